//! Time saved by the machine's help, with a seeded bootstrap interval.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Interval, NotMeasured};

/// Whether the machine helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arm {
    /// It did not.
    Clean,
    /// It did.
    Assisted,
}

/// Active time of an assessor on one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed<'a> {
    /// Pseudonym.
    pub assessor: &'a str,
    /// Whether the machine helped.
    pub arm: Arm,
    /// Active seconds.
    pub seconds: u32,
}

/// Time saved per item, in seconds. Time of review and reconciliation is not taken off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Saved {
    /// Assessors who worked in both arms; others do not count.
    pub assessors: u32,
    /// Their clean items.
    pub clean: u32,
    /// Their assisted items.
    pub assisted: u32,
    /// The median over assessors of `median(clean) − median(assisted)`, each within one assessor; below 0 if help took time.
    pub median: f64,
    /// Percentile interval of that at 95 %.
    pub interval: Interval,
}

/// The seconds of one assessor by arm.
#[derive(Debug, Default)]
struct Times {
    clean: Vec<f64>,
    assisted: Vec<f64>,
}

impl Saved {
    /// Measures time saved. The interval has the 2.5 and 97.5 percent quantiles (linear between neighbours, type 7 of Hyndman
    /// and Fan 1996) of the median in `resamples` resamples. Items are drawn with replacement within assessor and arm, so it
    /// speaks of these assessors and not of others. Assessors are taken in the order of their names, times from the lowest:
    /// the same rows in any order and the same seed bring the same interval.
    ///
    /// Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13, percentile interval.
    pub fn measure(rows: &[Timed<'_>], seed: u64, resamples: u32) -> Result<Self, NotMeasured> {
        let has = |arm| rows.iter().any(|row| row.arm == arm);
        if !has(Arm::Clean) {
            return Err(NotMeasured::NoCleanArm);
        }
        if !has(Arm::Assisted) {
            return Err(NotMeasured::NoAssistedArm);
        }
        if resamples == 0 {
            return Err(NotMeasured::NoResamples);
        }
        let assessors = by_assessor(rows);
        let median = difference(&assessors).ok_or(NotMeasured::NobodyDidBoth)?;
        let mut chance = SplitMix64::new(seed);
        let mut drawn: Vec<f64> = (0..resamples)
            .filter_map(|_| {
                let again = |one: &Times| Times { clean: chance.resample(&one.clean), assisted: chance.resample(&one.assisted) };
                difference(&assessors.iter().map(again).collect::<Vec<_>>())
            })
            .collect();
        drawn.sort_by(f64::total_cmp);
        let end = |part| quantile(&drawn, part).ok_or(NotMeasured::NoResamples);
        let count = |arm: fn(&Times) -> usize| u32::try_from(assessors.iter().map(arm).sum::<usize>()).unwrap_or(u32::MAX);
        Ok(Self {
            assessors: count(|_| 1),
            clean: count(|one| one.clean.len()),
            assisted: count(|one| one.assisted.len()),
            median,
            interval: Interval { low: end(0.025)?, high: end(0.975)? },
        })
    }
}

/// The times of those who worked in both arms, from the lowest.
fn by_assessor(rows: &[Timed<'_>]) -> Vec<Times> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.seconds);
    let mut assessors: BTreeMap<&str, Times> = BTreeMap::new();
    for row in rows {
        let times = assessors.entry(row.assessor).or_default();
        let arm = if row.arm == Arm::Clean { &mut times.clean } else { &mut times.assisted };
        arm.push(f64::from(row.seconds));
    }
    assessors.into_values().filter(|times| !times.clean.is_empty() && !times.assisted.is_empty()).collect()
}

fn difference(assessors: &[Times]) -> Option<f64> {
    let saved = assessors.iter().map(|one| Some(median(&one.clean)? - median(&one.assisted)?));
    median(&saved.collect::<Option<Vec<_>>>()?)
}

fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lower, upper) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some(f64::midpoint(*lower, *upper))
}

/// A quantile of sorted numbers, linear between neighbours.
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let last = u32::try_from(sorted.len().checked_sub(1)?).ok()?;
    let place = part * f64::from(last);
    let below = (0..last).rev().find(|at| f64::from(*at) <= place).unwrap_or(0);
    let at = usize::try_from(below).ok()?;
    let (low, high) = (*sorted.get(at)?, *sorted.get(at + 1).or(sorted.get(at))?);
    Some(low + (high - low) * (place - f64::from(below)))
}

/// Chance from a seed: the generator `SplitMix64`.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// As many as there are, drawn with replacement: `⌊draw · n / 2⁶⁴⌋` each, uneven by n/2⁶⁴ at most.
    fn resample(&mut self, numbers: &[f64]) -> Vec<f64> {
        let pick = |_| {
            let at = (u128::from(self.draw()) * u128::try_from(numbers.len()).ok()?) >> 64;
            numbers.get(usize::try_from(at).ok()?).copied()
        };
        (0..numbers.len()).filter_map(pick).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(assessor: &str, arm: Arm, seconds: u32) -> Timed<'_> {
        Timed { assessor, arm, seconds }
    }

    #[test]
    fn the_generator_brings_its_published_numbers() {
        let mut chance = SplitMix64::new(1_234_567);
        let drawn = [0; 3].map(|_| chance.draw());
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn time_is_compared_within_an_assessor() {
        use Arm::{Assisted, Clean};
        // the slow one saves 10 and the quick one 2; across the two, help would seem to take time
        let rows = [
            timed("slow", Clean, 110),
            timed("slow", Assisted, 100),
            timed("slow", Assisted, 100),
            timed("quick", Clean, 12),
            timed("quick", Clean, 12),
            timed("quick", Assisted, 10),
            timed("idle", Assisted, 1),
        ];
        let saved = Saved::measure(&rows, 1, 100).unwrap();
        assert_eq!((saved.assessors, saved.clean, saved.assisted), (2, 3, 3));
        let Interval { low, high } = saved.interval;
        assert!([saved.median, low, high].iter().all(|seconds| (seconds - 6.0).abs() < 1e-12), "{saved:?}");
    }

    #[test]
    fn without_both_arms_nothing_is_measured() {
        let [clean, assisted] = [timed("a", Arm::Clean, 5), timed("b", Arm::Assisted, 4)];
        assert_eq!(Saved::measure(&[assisted], 1, 9), Err(NotMeasured::NoCleanArm));
        assert_eq!(Saved::measure(&[clean], 1, 9), Err(NotMeasured::NoAssistedArm));
        assert_eq!(Saved::measure(&[clean, assisted], 1, 9), Err(NotMeasured::NobodyDidBoth));
        assert_eq!(Saved::measure(&[clean, assisted], 1, 0), Err(NotMeasured::NoResamples));
    }
}
