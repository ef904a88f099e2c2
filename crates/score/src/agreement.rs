//! How far two assessors agree on what both answered by themselves, before anybody ruled.

use std::collections::BTreeMap;

use model::Choice;
use serde::Serialize;

use crate::{Interval, Share, Undefined, ac1, alpha, kappa};

/// Agreement of two assessors. No number stands alone: with few or nearly only yes, kappa and alpha fall although hardly an
/// answer differs (A. R. Feinstein, D. V. Cicchetti, "High agreement but low kappa", 1990), so all are shown together.
///
/// `unclear` and `blocked` are categories as yes and no are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Agreement {
    /// Pairs of answers.
    pub n: u32,
    /// Pairs of which both say the same, of all: `p₀`.
    pub same: Result<Share, Undefined>,
    /// Wilson's interval of that at 95 %.
    pub interval: Result<Interval, Undefined>,
    /// Cohen's kappa, see [`kappa`].
    pub kappa: Result<f64, Undefined>,
    /// Krippendorff's alpha, see [`alpha`].
    pub alpha: Result<f64, Undefined>,
    /// Gwet's AC1, see [`ac1`]. Its scale is as many categories as were answered, and at least yes and no.
    pub ac1: Result<f64, Undefined>,
    /// Prevalence: answers of either assessor that are yes, of all, 2n.
    pub yes: Result<Share, Undefined>,
}

impl Agreement {
    /// The agreement of pairs, the answer of slot A first. Give the answers before reveal and reconciliation, without those of
    /// abandoned slots.
    pub fn of(pairs: &[(Choice, Choice)]) -> Self {
        let same = Share::of(pairs.iter().map(|(a, b)| a == b));
        let rows: Vec<Vec<Option<Choice>>> = pairs.iter().map(|(a, b)| vec![Some(*a), Some(*b)]).collect();
        let answers = || pairs.iter().flat_map(|(a, b)| [*a, *b]);
        let beyond =
            [Choice::Unclear, Choice::Blocked].into_iter().filter(|category| answers().any(|answer| answer == *category));
        Self {
            n: same.map_or(0, Share::denominator),
            same,
            interval: same.map(Share::wilson),
            kappa: kappa(pairs),
            alpha: alpha(&rows),
            ac1: ac1(&rows, beyond.fold(2, |scale, _| scale + 1)),
            yes: Share::of(answers().map(|answer| answer == Choice::Yes)),
        }
    }

    /// The agreement of each group: by indicator, criterion, language, assist mode or pair of assessors, whatever the key is.
    pub fn by<K: Ord>(pairs: impl IntoIterator<Item = (K, (Choice, Choice))>) -> BTreeMap<K, Self> {
        let mut groups: BTreeMap<K, Vec<(Choice, Choice)>> = BTreeMap::new();
        for (key, pair) in pairs {
            groups.entry(key).or_default().push(pair);
        }
        groups.into_iter().map(|(key, pairs)| (key, Self::of(&pairs))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Choice::{No, Yes};

    /// Both yes, A only, B only, both no.
    fn table(cells: [usize; 4]) -> Agreement {
        let kinds = [(Yes, Yes), (Yes, No), (No, Yes), (No, No)];
        let pairs: Vec<_> = kinds.iter().zip(cells).flat_map(|(pair, count)| vec![*pair; count]).collect();
        Agreement::of(&pairs)
    }

    fn two_digits(number: Result<f64, Undefined>) -> String {
        number.map_or_else(|why| why.to_string(), |number| format!("{number:.2}"))
    }

    #[test]
    fn the_same_six_differences_in_ninety_five_are_as_published() {
        for (cells, kappa, ac1) in
            [([45, 3, 3, 44], "0.87", "0.87"), ([3, 3, 3, 86], "0.47", "0.93"), ([0, 3, 3, 89], "-0.03", "0.93")]
        {
            let agreement = table(cells);
            assert_eq!((agreement.n, agreement.same), (95, Share::new(89, 95)));
            assert_eq!((two_digits(agreement.kappa), two_digits(agreement.ac1)), (kappa.to_owned(), ac1.to_owned()));
        }
    }

    #[test]
    fn alpha_of_two_raters_is_as_its_short_formula_says() {
        for cells in [[45, 3, 3, 44], [3, 3, 3, 86], [0, 3, 3, 89], [1, 9, 2, 5]] {
            let agreement = table(cells);
            let (p, q, n) = (agreement.same.unwrap().value(), agreement.yes.unwrap().value(), f64::from(agreement.n));
            let short = 1.0 - (1.0 - p) / (2.0 * q * (1.0 - q)) * (2.0 * n - 1.0) / (2.0 * n);
            assert!((agreement.alpha.unwrap() - short).abs() < 1e-12, "{cells:?}");
        }
    }

    #[test]
    fn where_all_answers_are_the_same_chance_agrees_as_well() {
        let agreement = table([0, 0, 0, 9]);
        assert_eq!((agreement.kappa, agreement.alpha), (Err(Undefined::OneCategory), Err(Undefined::OneCategory)));
        assert_eq!((two_digits(agreement.ac1), agreement.same), ("1.00".to_owned(), Share::new(9, 9)));
        let nothing = Agreement::of(&[]);
        let why = Undefined::Nothing;
        assert_eq!((nothing.n, nothing.kappa, nothing.alpha, nothing.ac1), (0, Err(why), Err(why), Err(why)));
        assert_eq!((nothing.same, nothing.interval, nothing.yes), (Err(why), Err(why), Err(why)));
    }

    #[test]
    fn unclear_widens_the_scale() {
        let agreement = Agreement::of(&[(Yes, Yes), (Yes, Choice::Unclear), (No, No)]);
        // pₐ 2/3, shares 1/2, 1/6, 1/3 on a scale of three: pₑ 11/36
        assert!((agreement.ac1.unwrap() - 13.0 / 25.0).abs() < 1e-12);
        assert_eq!(agreement.yes, Share::new(3, 6));
    }

    #[test]
    fn groups_are_measured_apart() {
        let groups = Agreement::by([("b", (Yes, No)), ("a", (Yes, Yes)), ("b", (No, No))]);
        let same: Vec<_> = groups.iter().map(|(key, group)| (*key, group.same)).collect();
        assert_eq!(same, [("a", Share::new(1, 1)), ("b", Share::new(1, 2))]);
    }
}
