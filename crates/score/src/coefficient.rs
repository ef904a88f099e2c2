//! Agreement beyond chance: Cohen's kappa, Krippendorff's alpha, Gwet's AC1. All nominal, all without unit, at most 1.
//!
//! Answers are counted in integers; floats come in with the last divisions, so the order of items and of raters changes
//! nothing, and whether a coefficient is defined is never a question of rounding.

use std::collections::BTreeMap;

use crate::Undefined;

/// Cohen's kappa of two raters who each answered every item: `κ = (p₀ − pₑ) / (1 − pₑ)`, with p₀ the share of items on which
/// both say the same and `pₑ = Σ_c p_A(c)·p_B(c)`. In counts, with s items agreed on and `e = Σ_c a_c·b_c`:
/// `κ = (n·s − e) / (n² − e)`.
///
/// Undefined without items, and where all answers are the same.
///
/// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
pub fn kappa<C: PartialEq>(pairs: &[(C, C)]) -> Result<f64, Undefined> {
    if pairs.is_empty() {
        return Err(Undefined::Nothing);
    }
    let mut scale = Vec::new();
    let (mut first, mut second, mut same) = (Vec::new(), Vec::new(), 0u64);
    for (a, b) in pairs {
        let (a, b) = (place(&mut scale, a), place(&mut scale, b));
        first.resize(scale.len(), 0u64);
        second.resize(scale.len(), 0u64);
        first[a] += 1;
        second[b] += 1;
        same += u64::from(a == b);
    }
    let n: u64 = first.iter().sum();
    let chance: u64 = first.iter().zip(&second).map(|(a, b)| a * b).sum();
    if chance == n * n {
        return Err(Undefined::OneCategory);
    }
    Ok((real(n * same) - real(chance)) / real(n * n - chance))
}

/// Krippendorff's alpha for nominal data, two raters or more, answers may be missing. Rows are items, columns raters.
///
/// `α = 1 − Dₒ/Dₑ`. With items u that `m_u` ≥ 2 raters answered, `n_uc` of them with c, `n = Σ_u m_u` and `n_c = Σ_u n_uc`:
/// `α = 1 − (n − 1) · Σ_u (m_u² − Σ_c n_uc²)/(m_u − 1) / (n² − Σ_c n_c²)`. Items with fewer than two answers do not count.
///
/// Undefined without items, where no item has two answers, and where all answers that count are the same.
///
/// Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section on nominal data.
pub fn alpha<C: PartialEq>(items: &[Vec<Option<C>>]) -> Result<f64, Undefined> {
    let tally = Tally::new(items)?;
    let paired = tally.paired()?;
    let mut categories = vec![0u64; tally.categories];
    let mut differing: BTreeMap<u64, u64> = BTreeMap::new();
    for counts in paired {
        let raters: u64 = counts.iter().sum();
        let squares: u64 = counts.iter().map(|count| count * count).sum();
        *differing.entry(raters).or_default() += raters * raters - squares;
        categories.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
    }
    let n: u64 = categories.iter().sum();
    let expected = n * n - categories.iter().map(|count| count * count).sum::<u64>();
    if expected == 0 {
        return Err(Undefined::OneCategory);
    }
    let observed: f64 = differing.iter().map(|(raters, sum)| real(*sum) / real(raters - 1)).sum();
    Ok(1.0 - real(n - 1) * observed / real(expected))
}

/// Gwet's AC1 for two raters or more, answers may be missing. Rows are items, columns raters; `scale` is how many categories
/// could be answered, used or not: 2 for yes and no.
///
/// `AC1 = (pₐ − pₑ) / (1 − pₑ)`. With `m_u` raters of item u, `n_uc` of them answering c: pₐ is the mean of
/// `Σ_c n_uc(n_uc − 1) / (m_u(m_u − 1))` over items with two answers or more, `π_c` the mean of `n_uc/m_u` over items with any,
/// and `pₑ = Σ_c π_c(1 − π_c) / (scale − 1)`. For two raters, yes and no: `pₑ = 2q(1 − q)`.
///
/// Undefined without items, where no item has two answers, and where the scale has less than two categories or than are used.
/// Where all answers are the same it is 1.
///
/// Source: K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement", British
/// Journal of Mathematical and Statistical Psychology 61 (2008).
pub fn ac1<C: PartialEq>(items: &[Vec<Option<C>>], scale: u32) -> Result<f64, Undefined> {
    let tally = Tally::new(items)?;
    let paired = tally.paired()?;
    if scale < 2 || usize::try_from(scale).is_ok_and(|scale| scale < tally.categories) {
        return Err(Undefined::ScaleTooSmall);
    }
    let mut agreeing: BTreeMap<u64, u64> = BTreeMap::new();
    let mut pairs = 0u64;
    for counts in paired {
        let raters: u64 = counts.iter().sum();
        *agreeing.entry(raters).or_default() += counts.iter().map(|count| count * count.saturating_sub(1)).sum::<u64>();
        pairs += 1;
    }
    let agreed: f64 = agreeing.iter().map(|(raters, sum)| real(*sum) / real(raters * (raters - 1))).sum();
    let agreed = agreed / real(pairs);
    let spread = (0..tally.categories).map(|category| {
        let mut by_raters: BTreeMap<u64, u64> = BTreeMap::new();
        for counts in &tally.items {
            *by_raters.entry(counts.iter().sum()).or_default() += counts[category];
        }
        let share: f64 = by_raters.iter().map(|(raters, sum)| real(*sum) / real(*raters)).sum();
        let share = share / tally.len();
        share * (1.0 - share)
    });
    let chance = spread.sum::<f64>() / f64::from(scale - 1);
    Ok((agreed - chance) / (1.0 - chance))
}

/// How often each category was answered, item by item; items that nobody answered are left out.
struct Tally {
    items: Vec<Vec<u64>>,
    categories: usize,
}

impl Tally {
    fn new<C: PartialEq>(rows: &[Vec<Option<C>>]) -> Result<Self, Undefined> {
        let mut scale = Vec::new();
        let mut items = Vec::new();
        for row in rows {
            let mut counts = Vec::new();
            for answer in row.iter().flatten() {
                let at = place(&mut scale, answer);
                counts.resize(scale.len(), 0);
                counts[at] += 1;
            }
            items.push(counts);
        }
        items.retain(|counts| !counts.is_empty());
        items.iter_mut().for_each(|counts| counts.resize(scale.len(), 0));
        if items.is_empty() { Err(Undefined::Nothing) } else { Ok(Self { items, categories: scale.len() }) }
    }

    /// Items that two or more answered.
    fn paired(&self) -> Result<impl Iterator<Item = &Vec<u64>>, Undefined> {
        let mut paired = self.items.iter().filter(|counts| counts.iter().sum::<u64>() > 1).peekable();
        if paired.peek().is_some() { Ok(paired) } else { Err(Undefined::NoPairs) }
    }

    fn len(&self) -> f64 {
        self.items.iter().map(|_| 1.0).sum()
    }
}

/// The place of a category on the scale, which grows with those not met before.
fn place<'a, C: PartialEq>(scale: &mut Vec<&'a C>, category: &'a C) -> usize {
    scale.iter().position(|known| *known == category).unwrap_or_else(|| {
        scale.push(category);
        scale.len() - 1
    })
}

/// A count as a float: exact up to 2⁵³, the nearest one above.
fn real(count: u64) -> f64 {
    let (high, low) = (u32::try_from(count >> 32), u32::try_from(count & u64::from(u32::MAX)));
    f64::from(high.unwrap_or(0)) * 4_294_967_296.0 + f64::from(low.unwrap_or(0))
}
