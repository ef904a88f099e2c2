//! Fits to decisions that were made up from known weights.

use super::*;

const NAMES: [&str; 6] = ["topic@title", "topic@headline", "topic@body", "file", "form", "topic@url"];
/// Nearest to 1 among their multiples, as a fit chooses: the sum of squares is the sum.
const FACTORS_KNOWN: [f64; 6] = [1.4, 0.5, 1.0, 0.8, 0.8, 1.0];
const CURVE_KNOWN: Curve = Curve { intercept: -4.0, slope: 4.0 };
const NOW: (f64, f64) = (1.25, 1.6);

fn now() -> Weighing {
    Weighing { factors: BTreeMap::new(), medium: NOW.0, high: NOW.1 }
}

/// A number from 0 to 1 by a multiplicative generator with a fixed start (Park and Miller, 1988).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        f64::from(u32::try_from(self.0).unwrap()) / 2_147_483_647.0
    }
}

/// So many decisions, accepted by the chance that the known weights give.
fn made_up(count: usize) -> Vec<Sample> {
    let mut dice = Dice(20_261_123);
    let mut made = Vec::new();
    for _ in 0..count {
        let mut shares = Vec::new();
        let mut margin = 0.0;
        for (name, factor) in NAMES.into_iter().zip(FACTORS_KNOWN) {
            let (fires, share) = (dice.roll() < 0.5, 0.2 + 0.4 * dice.roll());
            if fires {
                shares.push((name.to_owned(), share));
                margin += factor * share;
            }
        }
        made.push(Sample { shares, accepted: dice.roll() < CURVE_KNOWN.chance(margin) });
    }
    made
}

/// Within a tenth, which is three standard errors with so many decisions.
#[test]
fn known_factors_and_cuts_are_recovered_within_a_tenth() {
    let found = fit(&made_up(12_000), &now()).unwrap();
    for (name, known) in NAMES.into_iter().zip(FACTORS_KNOWN) {
        let factor = found.weighing.factor(name);
        assert!((factor - known).abs() < 0.1, "{name}: {factor} for {known}");
    }
    let known = |chance| CURVE_KNOWN.margin_of(chance).unwrap();
    assert!((found.weighing.medium - known(0.75)).abs() < 0.1, "{:?}", found.weighing);
    assert!((found.weighing.high - known(0.9)).abs() < 0.1, "{:?}", found.weighing);
}

#[test]
fn a_fit_is_better_on_decisions_that_it_did_not_see_and_calibrated_by_band() {
    let found = fit(&made_up(4000), &now()).unwrap();
    assert!(found.after.brier < found.before.brier && found.after.unseen < found.before.unseen, "{found:?}");
    assert_eq!(found.after.bands.iter().map(|band| band.count).sum::<usize>(), 4000);
    for band in found.after.bands {
        assert!(band.count > 100 && (band.predicted - band.accepted).abs() < 0.05, "{band:?}");
    }
}

#[test]
fn with_few_decisions_hardly_anything_changes() {
    let most = |count| {
        let found = fit(&made_up(count), &now()).unwrap();
        NAMES.iter().map(|name| (found.weighing.factor(name) - 1.0).abs()).fold(0.0, f64::max)
    };
    let (few, many) = (most(200), most(12_000));
    assert!(few < 0.25 && many > 0.4, "{few} {many}");
}

#[test]
fn a_signal_seen_once_keeps_its_weight() {
    let mut samples = made_up(1000);
    samples[0].shares.push(("rare".to_owned(), 0.5));
    let factor = fit(&samples, &now()).unwrap().weighing.factor("rare");
    assert!((factor - 1.0).abs() < 0.05, "{factor}");
}

#[test]
fn the_same_decisions_give_the_same_bits() {
    let samples = made_up(500);
    assert_eq!(format!("{:?}", fit(&samples, &now())), format!("{:?}", fit(&samples, &now())));
}

#[test]
fn worth_that_tells_nothing_changes_nothing() {
    let sample =
        |n: u32| Sample { shares: vec![("file".to_owned(), 1.0 + f64::from(n % 3))], accepted: (n / 3).is_multiple_of(2) };
    let found = fit(&(0..600).map(sample).collect::<Vec<_>>(), &now()).unwrap();
    assert!(!found.telling);
    assert_eq!(found.weighing, now());
}

#[test]
fn what_worth_parts_without_fail_is_fitted_too() {
    let sample = |n: u32| Sample {
        shares: vec![("file".to_owned(), if n.is_multiple_of(2) { 2.0 } else { 1.0 })],
        accepted: n.is_multiple_of(2),
    };
    let found = fit(&(0..400).map(sample).collect::<Vec<_>>(), &now()).unwrap();
    assert!(found.after.brier < 0.01 && found.weighing.medium > 1.0 && found.weighing.high < 2.0, "{found:?}");
}

#[test]
fn too_few_decisions_of_any_sort_are_refused() {
    let of = |accepted: usize, rejected: usize| {
        let sample = |accepted| Sample { shares: vec![("file".to_owned(), 1.0)], accepted };
        let all: Vec<Sample> = (0..accepted).map(|_| sample(true)).chain((0..rejected).map(|_| sample(false))).collect();
        fit(&all, &now()).err()
    };
    assert_eq!(of(150, 49), Some(TooFew { accepted: 150, rejected: 49 }));
    assert_eq!(of(29, 300), Some(TooFew { accepted: 29, rejected: 300 }));
    assert_eq!(of(300, 29), Some(TooFew { accepted: 300, rejected: 29 }));
    assert_eq!(of(170, 30), None);
    let told = of(150, 49).unwrap().to_string();
    assert_eq!(told, "150 accepted and 49 rejected decisions are too few: a fit needs 200 in all and 30 of either sort");
}
