//! Counts as exact shares: written as a fraction and a decimal made of integers, with Wilson's interval and the rule of three.

use std::cmp::Ordering;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::Undefined;

/// The 0.975 quantile of the normal distribution, for intervals at 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Digits of a decimal behind the point.
const DIGITS: usize = 4;
const SCALE: u64 = 10_000;

/// `numerator / denominator`, never of nothing, never above one. Not reduced: 48 of 96 stays 48 of 96.
///
/// Serialized as `numerator`, `denominator` and `decimal`, in this order; no float takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    numerator: u32,
    denominator: u32,
}

/// An interval, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    /// `numerator` of `denominator`; undefined if there is nothing to have a share of.
    ///
    /// # Panics
    /// If the numerator is above the denominator: then something was counted twice.
    pub fn new(numerator: u32, denominator: u32) -> Result<Self, Undefined> {
        assert!(numerator <= denominator, "{numerator} of {denominator} is no share");
        if denominator == 0 { Err(Undefined::Nothing) } else { Ok(Self { numerator, denominator }) }
    }

    /// How many of `items` are `true`.
    pub(crate) fn of(items: impl IntoIterator<Item = bool>) -> Result<Self, Undefined> {
        let count = |(yes, of): (u32, u32), item| (yes + u32::from(item), of + 1);
        let (yes, of) = items.into_iter().fold((0, 0), count);
        Self::new(yes, of)
    }

    /// What was counted.
    pub fn numerator(self) -> u32 {
        self.numerator
    }

    /// Of how many.
    pub fn denominator(self) -> u32 {
        self.denominator
    }

    /// Between 0 and 1, the nearest float.
    pub fn value(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }

    /// Between 0 and 1 with four digits, a tie rounded up as in the published values of LOSI 2024: 87 of 96 (0.90625) is
    /// `0.9063`. Computed in integers.
    pub fn decimal(self) -> String {
        let (up, of) = (u64::from(self.numerator) * SCALE, u64::from(self.denominator));
        let (whole, twice) = (up / of, up % of * 2);
        let rounded = whole + u64::from(twice >= of);
        format!("{}.{:0DIGITS$}", rounded / SCALE, rounded % SCALE)
    }

    /// Wilson's score interval at 95 %, as a share.
    ///
    /// With p the share, n its denominator and z = 1.95996…:
    /// `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    pub fn wilson(self) -> Interval {
        let (p, n) = (self.value(), f64::from(self.denominator));
        let shrunk = 1.0 + Z * Z / n;
        let centre = (p + Z * Z / (2.0 * n)) / shrunk;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / shrunk;
        let low = if self.numerator == 0 { 0.0 } else { (centre - half).clamp(0.0, p) };
        let high = if self.numerator == self.denominator { 1.0 } else { (centre + half).clamp(p, 1.0) };
        Interval { low, high }
    }

    /// If nothing was counted in n trials: the share that is still possible at 95 %, `min(1, 3/n)`; else none.
    ///
    /// Source: J. A. Hanley, A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983).
    pub fn rule_of_three(self) -> Option<f64> {
        (self.numerator == 0).then(|| (3.0 / f64::from(self.denominator)).min(1.0))
    }

    /// Which fraction is worth more, in integers: 1 of 2 and 2 of 4 are worth the same.
    pub(crate) fn worth(self, other: Self) -> Ordering {
        let (left, right) = (u64::from(self.numerator), u64::from(other.numerator));
        (left * u64::from(other.denominator)).cmp(&(right * u64::from(self.denominator)))
    }

    /// What is left: `denominator − numerator` of `denominator`.
    #[must_use]
    pub fn rest(self) -> Self {
        Self { numerator: self.denominator - self.numerator, denominator: self.denominator }
    }
}

impl Ord for Share {
    /// By what the fractions are worth; of equal ones, that with the smaller denominator comes first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.worth(*other).then(self.denominator.cmp(&other.denominator))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Share", 3)?;
        row.serialize_field("numerator", &self.numerator)?;
        row.serialize_field("denominator", &self.denominator)?;
        row.serialize_field("decimal", &self.decimal())?;
        row.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(numerator: u32, denominator: u32) -> Share {
        Share::new(numerator, denominator).unwrap()
    }

    #[test]
    fn a_tie_goes_up_as_in_the_published_values() {
        let decimals = [(87, 96), (33, 96), (85, 96), (0, 96), (96, 96), (1, 3), (2, 3), (19_999, 20_000), (1, 20_000), (75, 96)];
        let decimals = decimals.map(|(numerator, denominator)| share(numerator, denominator).decimal());
        assert_eq!(
            decimals,
            ["0.9063", "0.3438", "0.8854", "0.0000", "1.0000", "0.3333", "0.6667", "1.0000", "0.0001", "0.7813"]
        );
    }

    #[test]
    fn the_interval_of_the_headline_is_as_published() {
        let Interval { low, high } = share(89, 95).wilson();
        assert_eq!((format!("{low:.2}"), format!("{high:.2}")), ("0.87".to_owned(), "0.97".to_owned()));
    }

    #[test]
    fn no_miss_in_a_hundred_still_allows_three() {
        assert_eq!(share(0, 100).rule_of_three().map(|bound| format!("{bound:.4}")).as_deref(), Some("0.0300"));
        assert_eq!(share(0, 2).rule_of_three().map(|bound| format!("{bound:.4}")).as_deref(), Some("1.0000"));
        assert_eq!(share(1, 100).rule_of_three(), None);
    }

    #[test]
    fn there_is_no_share_of_nothing() {
        assert_eq!(Share::new(0, 0), Err(Undefined::Nothing));
    }

    #[test]
    #[should_panic(expected = "5 of 4 is no share")]
    fn more_than_all_is_a_fault() {
        let _ = Share::new(5, 4);
    }

    proptest! {
        #[test]
        fn the_interval_lies_within_zero_and_one_and_holds_the_share(one in any::<u32>(), other in 1u32..) {
            let share = share(one.min(other), one.max(other));
            let Interval { low, high } = share.wilson();
            prop_assert!(0.0 <= low && low <= share.value() && share.value() <= high && high <= 1.0, "{low} {high}");
        }

        #[test]
        fn the_decimal_is_half_a_digit_off_at_most(denominator in 1u32..1_000_000, numerator in 0u32..1_000_000) {
            let share = share(numerator.min(denominator), denominator);
            let off = (share.decimal().parse::<f64>().unwrap() - share.value()).abs();
            prop_assert!(off <= 0.000_05 + 1e-12, "{off}");
        }
    }
}
