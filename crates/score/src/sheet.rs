//! All answers of one city to one edition, on one basis: decided by people, or proposed by the machine.

use std::collections::BTreeMap;

use model::{Answer, Choice, Code, Instrument};
use serde::Serialize;

use crate::Mixed;

/// What answers rest on. Never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Final answers of people.
    Decided,
    /// Findings of the machine that nobody has looked at yet.
    Provisional,
}

/// An answer as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Counts.
    Yes,
    /// Does not count.
    No,
    /// Does not count and may still become a yes; provisional only.
    Undetermined,
}

/// An answer to each indicator of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    portal: String,
    edition: String,
    basis: Basis,
    answers: BTreeMap<Code, Said>,
}

/// Why answers do not make a sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// The edition does not ask this.
    #[error("`{portal}`: `{edition}` has no indicator `{code}`: take the instrument that was answered")]
    Unknown {
        /// Key of the portal.
        portal: String,
        /// The edition.
        edition: String,
        /// What it does not ask.
        code: Code,
    },
    /// Two answers to one indicator.
    #[error("`{portal}` answers `{code}` twice: leave one out")]
    Twice {
        /// Key of the portal.
        portal: String,
        /// The indicator.
        code: Code,
    },
    /// A final answer is yes or no (R6).
    #[error("`{portal}` answers `{code}` with `{}`: a reviewer has to rule yes or no first", answer.as_str())]
    NotFinal {
        /// Key of the portal.
        portal: String,
        /// The indicator.
        code: Code,
        /// What was answered.
        answer: Choice,
    },
    /// An indicator without an answer.
    #[error("`{portal}` does not answer `{code}`: a score needs all answers")]
    Missing {
        /// Key of the portal.
        portal: String,
        /// The first such indicator of the instrument.
        code: Code,
    },
}

impl Sheet {
    /// Final answers of people, each yes or no.
    pub fn decided(
        instrument: &Instrument,
        portal: &str,
        answers: impl IntoIterator<Item = (Code, Choice)>,
    ) -> Result<Self, SheetError> {
        let said = answers.into_iter().map(|(code, answer)| match answer {
            Choice::Yes => Ok((code, Said::Yes)),
            Choice::No => Ok((code, Said::No)),
            Choice::Unclear | Choice::Blocked => Err(SheetError::NotFinal { portal: portal.to_owned(), code, answer }),
        });
        Self::new(instrument, portal, Basis::Decided, said.collect::<Result<Vec<_>, _>>()?)
    }

    /// Findings of the machine.
    pub fn provisional<'a>(
        instrument: &Instrument,
        portal: &str,
        answers: impl IntoIterator<Item = (Code, &'a Answer)>,
    ) -> Result<Self, SheetError> {
        let said = answers.into_iter().map(|(code, answer)| match answer {
            Answer::Present => (code, Said::Yes),
            Answer::Absent => (code, Said::No),
            Answer::Undetermined(_) => (code, Said::Undetermined),
        });
        Self::new(instrument, portal, Basis::Provisional, said.collect())
    }

    fn new(instrument: &Instrument, portal: &str, basis: Basis, said: Vec<(Code, Said)>) -> Result<Self, SheetError> {
        let mut answers = BTreeMap::new();
        for (code, said) in said {
            if instrument.indicators.iter().all(|indicator| indicator.code != code) {
                return Err(SheetError::Unknown { portal: portal.to_owned(), edition: instrument.edition.clone(), code });
            }
            if answers.insert(code.clone(), said).is_some() {
                return Err(SheetError::Twice { portal: portal.to_owned(), code });
            }
        }
        if let Some(indicator) = instrument.indicators.iter().find(|indicator| !answers.contains_key(&indicator.code)) {
            return Err(SheetError::Missing { portal: portal.to_owned(), code: indicator.code.clone() });
        }
        Ok(Self { portal: portal.to_owned(), edition: instrument.edition.clone(), basis, answers })
    }

    /// Key of the portal.
    pub fn portal(&self) -> &str {
        &self.portal
    }

    /// Edition of the instrument.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// What the answers rest on.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The answers in the order of codes.
    pub fn answers(&self) -> impl Iterator<Item = (&Code, Said)> {
        self.answers.iter().map(|(code, said)| (code, *said))
    }

    /// The answer to an indicator; none if the edition does not ask it.
    pub fn said(&self, code: &Code) -> Option<Said> {
        self.answers.get(code).copied()
    }

    /// Whether another sheet may be held against this one.
    pub(crate) fn fits(&self, other: &Self) -> Result<(), Mixed> {
        self.same_basis(other)?;
        same_edition(&other.portal, &other.edition, &self.edition)
    }

    pub(crate) fn same_basis(&self, other: &Self) -> Result<(), Mixed> {
        if self.basis == other.basis {
            return Ok(());
        }
        Err(Mixed::Basis { portal: other.portal.clone(), first: self.portal.clone() })
    }
}

/// Whether a portal was asked the edition that is expected.
pub(crate) fn same_edition(portal: &str, found: &str, expected: &str) -> Result<(), Mixed> {
    if found == expected {
        return Ok(());
    }
    Err(Mixed::Edition { portal: portal.to_owned(), found: found.to_owned(), expected: expected.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{code, instrument};

    fn decided(answers: &[(&str, Choice)]) -> Result<Sheet, String> {
        let answers = answers.iter().map(|(name, answer)| (code(name), *answer));
        Sheet::decided(&instrument("e", 2), "town", answers).map_err(|error| error.to_string())
    }

    #[test]
    fn a_sheet_answers_every_indicator_once_with_yes_or_no() {
        use Choice::{No, Unclear, Yes};
        let sheet = decided(&[("2", No), ("1", Yes)]).unwrap();
        assert_eq!(sheet.answers().map(|(_, said)| said).collect::<Vec<_>>(), [Said::Yes, Said::No]);
        for (answers, told) in [
            (&[("1", Yes)][..], "`town` does not answer `2`: a score needs all answers"),
            (&[("1", Yes), ("1", Yes)], "`town` answers `1` twice: leave one out"),
            (&[("1", Yes), ("3", Yes)], "`town`: `e` has no indicator `3`: take the instrument that was answered"),
            (&[("1", Yes), ("2", Unclear)], "`town` answers `2` with `unclear`: a reviewer has to rule yes or no first"),
        ] {
            assert_eq!(decided(answers).unwrap_err(), told);
        }
    }
}
