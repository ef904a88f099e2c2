//! The cheapest next points of a city: what it misses, the easiest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use model::{Code, Instrument};
use serde::{Deserialize, Serialize};

use crate::{Mixed, Said, Share, Sheet};

/// How much work it is to bring an indicator onto a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// A page or a link.
    Easy,
    /// Work of weeks.
    Moderate,
    /// A service or a change of how the city works.
    Hard,
}

/// A point that a city can win.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The indicator.
    pub code: Code,
    /// How much work it is; none if nobody has said.
    pub effort: Option<Effort>,
    /// Other cities that have it, of those of which yes or no is known; none if there are none.
    pub others: Option<Share>,
}

/// The first `take` of what a city answers with no. By effort, what nobody has classed last; then by the share of other cities
/// that have it, the highest first; then in the order of the instrument. Undetermined is not missing.
pub fn cheapest(
    instrument: &Instrument,
    sheet: &Sheet,
    others: &[&Sheet],
    efforts: &BTreeMap<Code, Effort>,
    take: usize,
) -> Result<Vec<Step>, Mixed> {
    crate::sheet::same_edition(sheet.portal(), sheet.edition(), &instrument.edition)?;
    others.iter().try_for_each(|other| sheet.fits(other))?;
    let known = |said| match said {
        Said::Yes => Some(true),
        Said::No => Some(false),
        Said::Undetermined => None,
    };
    let others = others.iter().filter(|other| other.portal() != sheet.portal());
    let step = |code: &Code| Step {
        code: code.clone(),
        effort: efforts.get(code).copied(),
        others: Share::of(others.clone().filter_map(|other| known(other.said(code)?))).ok(),
    };
    let codes = instrument.indicators.iter().map(|indicator| &indicator.code);
    let mut steps: Vec<Step> = codes.filter(|code| sheet.said(code) == Some(Said::No)).map(step).collect();
    let worth = |a: Option<Share>, b: Option<Share>| match (a, b) {
        (Some(a), Some(b)) => b.worth(a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let last = |step: &Step| Reverse(step.effort.map(Reverse));
    steps.sort_by(|a, b| last(a).cmp(&last(b)).then_with(|| worth(a.others, b.others)));
    steps.truncate(take);
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{code, instrument, sheet};

    fn order(others: &[&str], efforts: &[(&str, Effort)], take: usize) -> Vec<String> {
        let others: Vec<Sheet> = others.iter().zip('a'..).map(|(row, name)| sheet("e", &name.to_string(), row)).collect();
        let efforts = efforts.iter().map(|(name, effort)| (code(name), *effort)).collect();
        let town = sheet("e", "town", "nnynn");
        let steps = cheapest(&instrument("e", 5), &town, &others.iter().collect::<Vec<_>>(), &efforts, take).unwrap();
        steps.iter().map(|step| step.code.to_string()).collect()
    }

    #[test]
    fn the_easiest_come_first_then_what_most_others_have_then_the_order_of_the_questions() {
        let efforts = [("1", Effort::Hard), ("2", Effort::Easy), ("4", Effort::Easy), ("5", Effort::Moderate)];
        assert_eq!(order(&[], &efforts, 9), ["2", "4", "5", "1"]);
        assert_eq!(order(&["nnnyn", "nynyn"], &efforts, 9), ["4", "2", "5", "1"]);
        assert_eq!(order(&[], &efforts[..2], 9), ["2", "1", "4", "5"]);
        assert_eq!(order(&[], &efforts, 2), ["2", "4"]);
    }

    #[test]
    fn a_city_is_not_among_the_others() {
        let town = sheet("e", "town", "ny");
        let steps = cheapest(&instrument("e", 2), &town, &[&town, &sheet("e", "b", "yn")], &BTreeMap::new(), 9).unwrap();
        assert_eq!(steps, [Step { code: code("1"), effort: None, others: Share::new(1, 1).ok() }]);
    }

    #[test]
    fn cities_of_another_edition_are_refused() {
        let told = cheapest(&instrument("e", 2), &sheet("e", "a", "ny"), &[&sheet("f", "b", "ny")], &BTreeMap::new(), 9);
        assert_eq!(told.unwrap_err().to_string(), "`b` was asked `f`, and not `e`: compare over a crosswalk");
    }
}
