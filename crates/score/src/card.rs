//! The scorecard of one city: how many indicators it has, over a denominator, by criterion, and the band.

use model::Instrument;
use serde::Serialize;

use crate::{Basis, Said, Share, Sheet, band};

/// One city's scorecard. Scored twice from the same answers, it is serialized to the same bytes: fields stand in this order,
/// and no float is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Key of the portal.
    pub portal: String,
    /// Edition of the instrument.
    pub edition: String,
    /// What the answers rest on.
    pub basis: Basis,
    /// Indicators answered with yes.
    pub yes: u32,
    /// What the score divides by.
    pub denominator: u32,
    /// `yes / denominator`, unweighted as in LOSI (UN E-Government Survey, chapter on the Local Online Service Index).
    pub score: Share,
    /// Name of the band that the score falls into; none if the instrument has no bands.
    pub band: Option<String>,
    /// In the order of the instrument.
    pub criteria: Vec<Part>,
    /// Of a provisional card, what it may become; of a decided one, none.
    pub open: Option<Open>,
}

/// What a city has of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Key of the criterion.
    pub id: String,
    /// Indicators answered with yes.
    pub yes: u32,
    /// Indicators of the criterion.
    pub of: u32,
    /// `yes / of`; none if the criterion has no indicators. The denominator of the edition plays no part.
    pub share: Option<Share>,
}

/// What of a provisional card is undetermined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    /// Indicators of which neither present nor absent can be said.
    pub undetermined: u32,
    /// The score if none of them is there: `yes / denominator`.
    pub least: Share,
    /// The score if all of them are: `(yes + undetermined) / denominator`.
    pub most: Share,
}

/// Where a city stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It has a score.
    Scored(Card),
    /// A reviewer confirmed that it cannot be assessed: no score, which is not the same as a score of 0.
    Unassessable {
        /// Key of the portal.
        portal: String,
        /// Edition of the instrument.
        edition: String,
        /// Why, for people.
        reason: String,
    },
    /// Answers still wait for a ruling: no score yet.
    Unruled {
        /// Key of the portal.
        portal: String,
        /// Edition of the instrument.
        edition: String,
        /// How many answers wait.
        waiting: u32,
    },
}

/// Why a sheet has no score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The denominator is zero or below the number of indicators, so that a score could lie above 1.
    #[error("`{portal}`: a score over {indicators} indicators cannot divide by {denominator}: take {indicators} or more")]
    Denominator {
        /// Key of the portal.
        portal: String,
        /// What the score should divide by.
        denominator: u16,
        /// Indicators of the edition.
        indicators: usize,
    },
    /// The sheet answers another edition.
    #[error("`{portal}` answers `{found}`, and not `{expected}`: take the instrument that was answered")]
    Edition {
        /// Key of the portal.
        portal: String,
        /// The edition of the sheet.
        found: String,
        /// The edition of the instrument.
        expected: String,
    },
}

impl Card {
    /// The card of a sheet. The denominator is the caller's: of LOSI 2024, 96 as in its published values
    /// ([`Instrument::denominator`]), 95 for "x of 95 evidenced", or any other not below the number of indicators.
    pub fn new(instrument: &Instrument, sheet: &Sheet, denominator: u16) -> Result<Self, CardError> {
        let portal = sheet.portal().to_owned();
        let indicators = instrument.indicators.len();
        if sheet.edition() != instrument.edition {
            let (found, expected) = (sheet.edition().to_owned(), instrument.edition.clone());
            return Err(CardError::Edition { portal, found, expected });
        }
        let wrong = CardError::Denominator { portal: portal.clone(), denominator, indicators };
        if usize::from(denominator) < indicators {
            return Err(wrong);
        }
        let count = |wanted| (0u32..).zip(sheet.answers().filter(|(_, said)| *said == wanted)).map(|(n, _)| n + 1).last();
        let (yes, undetermined) = (count(Said::Yes).unwrap_or(0), count(Said::Undetermined).unwrap_or(0));
        let over = |counted| Share::new(counted, u32::from(denominator)).map_err(|_| wrong.clone());
        let score = over(yes)?;
        let open = match sheet.basis() {
            Basis::Decided => None,
            Basis::Provisional => Some(Open { undetermined, least: score, most: over(yes + undetermined)? }),
        };
        Ok(Self {
            portal,
            edition: instrument.edition.clone(),
            basis: sheet.basis(),
            yes,
            denominator: u32::from(denominator),
            score,
            band: band(instrument, score.value()).map(|band| band.name.clone()),
            criteria: instrument.criteria.iter().map(|criterion| Part::new(instrument, sheet, &criterion.id)).collect(),
            open,
        })
    }

    /// The score between 0 and 1, as the nearest float.
    pub fn value(&self) -> f64 {
        self.score.value()
    }
}

impl Part {
    fn new(instrument: &Instrument, sheet: &Sheet, id: &str) -> Self {
        let here = instrument.indicators.iter().filter(|indicator| indicator.criterion == id);
        let share = Share::of(here.map(|indicator| sheet.said(&indicator.code) == Some(Said::Yes))).ok();
        let (yes, of) = share.map_or((0, 0), |share| (share.numerator(), share.denominator()));
        Self { id: id.to_owned(), yes, of, share }
    }
}

impl Standing {
    /// Key of the portal.
    pub fn portal(&self) -> &str {
        match self {
            Self::Scored(card) => &card.portal,
            Self::Unassessable { portal, .. } | Self::Unruled { portal, .. } => portal,
        }
    }

    /// Edition of the instrument.
    pub fn edition(&self) -> &str {
        match self {
            Self::Scored(card) => &card.edition,
            Self::Unassessable { edition, .. } | Self::Unruled { edition, .. } => edition,
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{Answer, Why};
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{instrument, sheet};

    fn card(answers: &str, denominator: u16) -> Result<Card, CardError> {
        let count = u16::try_from(answers.len()).unwrap();
        Card::new(&instrument("e", count), &sheet("e", "town", answers), denominator)
    }

    #[test]
    fn a_card_is_written_without_floats_and_in_one_order() {
        let text = serde_json::to_string(&card("yny", 4).unwrap()).unwrap();
        let expected = concat!(
            r#"{"portal":"town","edition":"e","basis":"decided","yes":2,"denominator":4,"#,
            r#""score":{"numerator":2,"denominator":4,"decimal":"0.5000"},"band":"middle","criteria":["#,
            r#"{"id":"OD","yes":2,"of":2,"share":{"numerator":2,"denominator":2,"decimal":"1.0000"}},"#,
            r#"{"id":"EV","yes":0,"of":1,"share":{"numerator":0,"denominator":1,"decimal":"0.0000"}}],"open":null}"#,
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn the_denominator_is_the_callers_but_no_score_lies_above_one() {
        assert_eq!(card("yny", 3).unwrap().score.decimal(), "0.6667");
        let told = card("yny", 2).unwrap_err().to_string();
        assert_eq!(told, "`town`: a score over 3 indicators cannot divide by 2: take 3 or more");
        assert!(card("", 0).is_err());
    }

    #[test]
    fn a_sheet_is_scored_by_its_own_edition() {
        let told = Card::new(&instrument("f", 3), &sheet("e", "town", "yny"), 4).unwrap_err().to_string();
        assert_eq!(told, "`town` answers `e`, and not `f`: take the instrument that was answered");
    }

    #[test]
    fn a_provisional_card_counts_what_is_present_and_tells_what_it_may_become() {
        let instrument = instrument("e", 4);
        let answers = [Answer::Present, Answer::Absent, Answer::Undetermined(Why::Lead), Answer::Undetermined(Why::Weak)];
        let codes = instrument.indicators.iter().map(|indicator| indicator.code.clone());
        let sheet = Sheet::provisional(&instrument, "town", codes.zip(&answers)).unwrap();
        let card = Card::new(&instrument, &sheet, 5).unwrap();
        let open = card.open.unwrap();
        let range = (open.undetermined, open.least.decimal(), open.most.decimal());
        assert_eq!((card.basis, card.yes), (Basis::Provisional, 1));
        assert_eq!(range, (2, "0.2000".to_owned(), "0.6000".to_owned()));
    }

    proptest! {
        #[test]
        fn one_more_yes_lowers_neither_score_nor_band(
            answers in "[yn]{1,95}",
            at in any::<prop::sample::Index>(),
            extra in 0u16..3,
        ) {
            let denominator = u16::try_from(answers.len()).unwrap() + extra;
            let mut more: Vec<char> = answers.chars().collect();
            *at.get_mut(&mut more) = 'y';
            let before = card(&answers, denominator).unwrap();
            let after = card(&more.iter().collect::<String>(), denominator).unwrap();
            let names = ["low", "middle", "high", "very high"];
            let height = |card: &Card| names.iter().position(|name| card.band.as_deref() == Some(*name));
            prop_assert!(before.score <= after.score && before.value() <= after.value());
            prop_assert!(height(&before).is_some() && height(&before) <= height(&after));
        }
    }
}
