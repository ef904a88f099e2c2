//! What people make: decisions, rulings, sign-offs and releases. Each is a row of its own that is never changed; a change of
//! mind is a new one that supersedes. People appear under pseudonyms.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Code, Time};

/// One thing that a person made, under the name of its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Made {
    /// An assessor's answer.
    Decision(Decision),
    /// A reviewer's ruling.
    Adjudication(Adjudication),
    /// A senior reviewer's word that a city is done.
    SignOff(SignOff),
    /// What was published.
    Release(Release),
}

/// An assessor's answer to one indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// From 1; a re-opened city has a further one.
    pub round: u32,
    /// Which of the independent assessors.
    pub slot: Slot,
    /// Pseudonym.
    pub assessor: String,
    /// The indicator.
    pub code: Code,
    /// The answer.
    pub answer: Choice,
    /// Code from the campaign's list of reasons.
    pub reason: Option<String>,
    /// In their own words.
    pub note: String,
    /// What it rests on; of a yes, not empty.
    pub evidence: Vec<Pointed>,
    /// Where was looked; of a no, not empty.
    pub trail: Vec<String>,
    /// When.
    pub at: Time,
    /// The decision that this one takes the place of.
    pub supersedes: Option<String>,
}

/// A reviewer's ruling where assessors differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjudication {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Round of the city.
    pub round: u32,
    /// Pseudonym.
    pub reviewer: String,
    /// The indicator.
    pub code: Code,
    /// The final answer: yes or no.
    pub answer: Choice,
    /// Code from the campaign's list of reasons.
    pub reason: String,
    /// In their own words.
    pub note: String,
    /// What it rests on.
    pub evidence: Vec<Pointed>,
    /// When.
    pub at: Time,
    /// The ruling that this one takes the place of.
    pub supersedes: Option<String>,
}

/// A senior reviewer's word that a city is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Round of the city.
    pub round: u32,
    /// Pseudonym.
    pub reviewer: String,
    /// Every final answer, by code.
    pub finals: Vec<Final>,
    /// When.
    pub at: Time,
}

/// A final answer with the rows that it rests on: two decisions that agree, or a ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Final {
    /// The indicator.
    pub code: Code,
    /// Yes or no.
    pub answer: Choice,
    /// UUIDs of the decisions or of the ruling.
    pub rests_on: Vec<String>,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// From 1 within the campaign.
    pub number: u32,
    /// Edition of the instrument.
    pub instrument: String,
    /// Rules of the campaign as they were.
    pub policy: Value,
    /// What it holds.
    pub cities: Vec<Released>,
    /// Why, above all of a correction.
    pub reason: String,
    /// Pseudonym.
    pub publisher: String,
    /// When.
    pub at: Time,
    /// The release that this one corrects.
    pub supersedes: Option<String>,
}

/// A city of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Key of the portal.
    pub portal: String,
    /// Name of the city.
    pub city: String,
    /// The run whose captures were looked at.
    pub run: i64,
    /// Its judging, whose proposals were looked at.
    pub judging: i64,
    /// UUID of the sign-off.
    pub sign_off: String,
}

/// Which of the independent assessors of a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
    /// One called in where these two differ too much.
    C,
}

/// What a person answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// It is there.
    Yes,
    /// It is not there.
    No,
    /// It cannot be said.
    Unclear,
    /// The portal could not be used.
    Blocked,
}

/// A passage that a person points at: where it was captured, and its words (W3C Web Annotation, TextQuoteSelector and
/// TextPositionSelector).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointed {
    /// `WARC-Record-ID` of the response, without brackets.
    pub record: String,
    /// What answered.
    pub url: String,
    /// The words.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands behind them.
    pub suffix: String,
    /// Where they start in the text layer, in code points.
    pub start: Option<u32>,
    /// Where they end.
    pub end: Option<u32>,
}

impl Choice {
    /// The word used in the ledger and on screens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unclear => "unclear",
            Self::Blocked => "blocked",
        }
    }
}

impl Made {
    /// The table it belongs to.
    pub fn table(&self) -> &'static str {
        match self {
            Self::Decision(_) => "decision",
            Self::Adjudication(_) => "adjudication",
            Self::SignOff(_) => "sign_off",
            Self::Release(_) => "release",
        }
    }

    /// The indicator that it answers; none for what speaks of all of a city.
    pub fn code(&self) -> Option<&Code> {
        match self {
            Self::Decision(made) => Some(&made.code),
            Self::Adjudication(made) => Some(&made.code),
            Self::SignOff(_) | Self::Release(_) => None,
        }
    }

    /// Its row: a member for each column.
    pub fn row(&self) -> Value {
        let row = match self {
            Self::Decision(made) => serde_json::to_value(made),
            Self::Adjudication(made) => serde_json::to_value(made),
            Self::SignOff(made) => serde_json::to_value(made),
            Self::Release(made) => serde_json::to_value(made),
        };
        row.expect("it is plain data")
    }
}
