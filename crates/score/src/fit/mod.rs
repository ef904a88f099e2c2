//! The fit of signals and bands to confirmed decisions.
//!
//! A page is proposed when the worths of its signals add up to what its rule needs. Decisions tell which proposals people
//! accepted; from these each signal gets a factor on its worth, and the bands of confidence get their cuts.

mod measure;
mod newton;

use std::collections::BTreeMap;

use newton::{Observation, Prior, maximise};

pub use measure::{InBand, Measure};

/// Decisions that a fit needs at least, in all and of either sort.
pub const ENOUGH: usize = 200;
/// See [`ENOUGH`].
pub const ENOUGH_OF_EACH: usize = 30;
/// Chances from which on a page is in the middle and in the highest band.
pub const CHANCES: (f64, f64) = (0.75, 0.9);

/// How firmly a factor is held at 1: about as firmly as by a hundred pages on which its signal fired.
const FIRMNESS: f64 = 25.0;
/// The curve is held hardly at all: only so that it exists when worth parts accepted from rejected without fail.
const LOOSE: f64 = 1e-3;
/// A curve that rises less than this tells nothing by which factors could be found.
const LEVEL: f64 = 0.05;
/// Factors stay within these.
const FACTORS: (f64, f64) = (0.1, 10.0);
/// Cuts stay within these: a page below what its rule needs is not proposed.
const CUTS: (f64, f64) = (1.0, 10.0);
const SWEEPS: usize = 500;
const STILL: f64 = 1e-5;
const FOLDS: usize = 5;

/// One decision on a proposed page.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Each signal of the page with its worth before factors, as a share of what the rule needs.
    pub shares: Vec<(String, f64)>,
    /// Whether people accepted the page as evidence.
    pub accepted: bool,
}

/// Factors on the worth of signals, and shares of the need at which bands begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighing {
    /// Factors by the name of the signal; what is not named has 1.
    pub factors: BTreeMap<String, f64>,
    /// Where the middle band begins.
    pub medium: f64,
    /// Where the highest band begins.
    pub high: f64,
}

/// The chance of acceptance by the worth of a page: `σ(intercept + slope · worth/need)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Log-odds of a page without worth.
    pub intercept: f64,
    /// What a worth of once the need adds.
    pub slope: f64,
}

/// What a fit found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The new factors, rounded to hundredths, and cuts.
    pub weighing: Weighing,
    /// The curve with them.
    pub curve: Curve,
    /// In how many decisions each signal fired.
    pub fired: BTreeMap<String, usize>,
    /// How the present weighing does, on a curve of its own.
    pub before: Measure,
    /// How the new one does.
    pub after: Measure,
    /// Whether worth told anything of acceptance. If not, the weighing is as it was.
    pub telling: bool,
}

/// Too few decisions to fit anything to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{accepted} accepted and {rejected} rejected decisions are too few: a fit needs {ENOUGH} in all and {ENOUGH_OF_EACH} of either sort"
)]
pub struct TooFew {
    /// Accepted ones there are.
    pub accepted: usize,
    /// Rejected ones there are.
    pub rejected: usize,
}

impl Weighing {
    /// What a page is worth, as a share of the need.
    pub fn margin(&self, sample: &Sample) -> f64 {
        sample.shares.iter().map(|(name, share)| share * self.factor(name)).sum()
    }

    fn factor(&self, name: &str) -> f64 {
        self.factors.get(name).copied().unwrap_or(1.0)
    }
}

impl Curve {
    /// The chance that a page of that worth is accepted.
    pub fn chance(&self, margin: f64) -> f64 {
        newton::sigmoid(self.intercept + self.slope * margin)
    }

    /// The least worth with that chance, if worth raises it.
    fn margin_of(&self, chance: f64) -> Option<f64> {
        (self.slope >= LEVEL).then(|| ((chance / (1.0 - chance)).ln() - self.intercept) / self.slope)
    }
}

/// Fits factors and cuts to decisions.
///
/// The chance that a page is accepted is modelled as `σ(a + b · Σ fₛ·xₛ)`, where `xₛ` is the worth of signal `s` as a share
/// of what the rule needs: Platt's curve over the worth (J. Platt, *Probabilistic outputs for support vector machines*,
/// 1999) with the weights inside it. `a`, `b` and the factors `fₛ` maximise the likelihood less `½·λ·Σ (fₛ − 1)²`, a ridge
/// towards 1, so that a signal seen seldom keeps its weight. Given `b` this is a logistic regression in `a` and `fₛ`, and
/// given `fₛ` one in `a` and `b`: they take turns until nothing moves. `b·fₛ` is all that decisions tell; of all scales of
/// `f` the one nearest to 1 is taken, `c = Σf / Σf²`.
pub fn fit(samples: &[Sample], now: &Weighing) -> Result<Fit, TooFew> {
    let accepted = samples.iter().filter(|sample| sample.accepted).count();
    let rejected = samples.len() - accepted;
    if samples.len() < ENOUGH || accepted < ENOUGH_OF_EACH || rejected < ENOUGH_OF_EACH {
        return Err(TooFew { accepted, rejected });
    }
    let all: Vec<&Sample> = samples.iter().collect();
    let (factors, telling) = factors(&all);
    let factors = if telling { factors } else { now.factors.clone() };
    let mut weighing = Weighing { factors, ..now.clone() };
    let curve = curve(&all, &weighing);
    if telling {
        let cut = |chance| curve.margin_of(chance).map(|margin| ((margin * 100.0).ceil() / 100.0).clamp(CUTS.0, CUTS.1));
        weighing.medium = cut(CHANCES.0).unwrap_or(now.medium);
        weighing.high = cut(CHANCES.1).unwrap_or(now.high).max(weighing.medium);
    }
    let mut fired = BTreeMap::new();
    for (name, _) in samples.iter().flat_map(|sample| &sample.shares) {
        *fired.entry(name.clone()).or_insert(0) += 1;
    }
    let unseen = unseen(samples, now);
    let before = Measure::new(samples, now, &self::curve(&all, now), unseen.0);
    let after = Measure::new(samples, &weighing, &curve, unseen.1);
    Ok(Fit { weighing, curve, fired, before, after, telling })
}

/// Factors that fit, rounded to hundredths; `false` if worth tells nothing.
fn factors(samples: &[&Sample]) -> (BTreeMap<String, f64>, bool) {
    let mut names: Vec<&str> = samples.iter().flat_map(|sample| &sample.shares).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(n, name)| (*name, n)).collect();
    let mut weighing = Weighing { factors: BTreeMap::new(), medium: 1.0, high: 1.0 };
    let mut found = vec![1.0; names.len()];
    let mut on = curve(samples, &weighing);
    for _ in 0..SWEEPS {
        if on.slope < LEVEL {
            return (BTreeMap::new(), false);
        }
        let before = found.clone();
        found = turn(samples, &number, &on, found);
        let (sum, squares) = found.iter().fold((0.0, 0.0), |(sum, squares), f| (sum + f, squares + f * f));
        let scale = if sum > 0.0 { sum / squares } else { 1.0 };
        found.iter_mut().for_each(|factor| *factor *= scale);
        weighing.factors = names.iter().map(|name| (*name).to_owned()).zip(found.iter().copied()).collect();
        on = curve(samples, &weighing);
        if before.iter().zip(&found).all(|(before, now)| (before - now).abs() < STILL) {
            break;
        }
    }
    for factor in weighing.factors.values_mut() {
        *factor = (factor.clamp(FACTORS.0, FACTORS.1) * 100.0).round() / 100.0;
    }
    weighing.factors.retain(|_, factor| *factor != 1.0);
    (weighing.factors, true)
}

/// The best factors, and intercept, for a slope.
fn turn(samples: &[&Sample], number: &BTreeMap<&str, usize>, on: &Curve, mut found: Vec<f64>) -> Vec<f64> {
    let intercept = found.len();
    let observations: Vec<Observation> = samples
        .iter()
        .map(|sample| {
            let of_signals = sample.shares.iter().map(|(name, share)| (number[name.as_str()], on.slope * share));
            let values = of_signals.chain([(intercept, 1.0)]).collect();
            Observation { values, yes: sample.accepted }
        })
        .collect();
    let mut priors = vec![Prior { mean: 1.0, firmness: FIRMNESS }; intercept];
    priors.push(Prior { mean: 0.0, firmness: LOOSE });
    found.push(on.intercept);
    let mut found = maximise(&observations, &priors, found);
    found.pop();
    found
}

/// The best curve for a weighing.
fn curve(samples: &[&Sample], weighing: &Weighing) -> Curve {
    let observe = |sample: &&Sample| {
        let values = vec![(0, 1.0), (1, weighing.margin(sample))];
        Observation { values, yes: sample.accepted }
    };
    let observations: Vec<Observation> = samples.iter().map(observe).collect();
    let found = maximise(&observations, &[Prior { mean: 0.0, firmness: LOOSE }; 2], vec![0.0; 2]);
    Curve { intercept: found[0], slope: found[1] }
}

/// The Brier score before and after, each decision judged by a fit to the other folds: the n-th is in fold n mod 5.
fn unseen(samples: &[Sample], now: &Weighing) -> (f64, f64) {
    let (mut before, mut after) = (0.0, 0.0);
    for fold in 0..FOLDS {
        let (held, seen): (Vec<_>, Vec<_>) = samples.iter().enumerate().partition(|(n, _)| n % FOLDS == fold);
        let seen: Vec<&Sample> = seen.into_iter().map(|(_, sample)| sample).collect();
        let held = held.into_iter().map(|(_, sample)| sample);
        let (factors, telling) = factors(&seen);
        let factors = if telling { factors } else { now.factors.clone() };
        let then = Weighing { factors, ..now.clone() };
        let (curve_now, curve_then) = (curve(&seen, now), curve(&seen, &then));
        for sample in held {
            before += measure::brier(curve_now.chance(now.margin(sample)), sample.accepted);
            after += measure::brier(curve_then.chance(then.margin(sample)), sample.accepted);
        }
    }
    let count = measure::count(samples.len());
    (before / count, after / count)
}

#[cfg(test)]
mod tests;
