//! One edition of the questionnaire as data.

use serde::{Deserialize, Serialize};

use crate::Code;

/// One edition of the questionnaire: what is asked and how answers become a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Folder name and key of the edition, for example `losi-2024`.
    pub edition: String,
    /// Name for people.
    pub title: String,
    /// BCP 47 tag of the language that its texts are in.
    #[serde(default = "english")]
    pub language: String,
    /// What a score divides by. Published LOSI 2024 values are k/96 although 95 indicators are documented.
    pub denominator: u16,
    /// Criteria in the order of the questionnaire.
    pub criteria: Vec<Criterion>,
    /// Score bands from the highest to the lowest.
    pub bands: Vec<ScoreBand>,
    /// Indicators in the order of the questionnaire.
    pub indicators: Vec<Indicator>,
}

fn english() -> String {
    "en".to_owned()
}

/// A group of indicators, for example `SP`, services provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Short key, for example `SP`.
    pub id: String,
    /// Name for people.
    pub name: String,
}

/// A class of scores, for example `very high` from above 0.75.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreBand {
    /// Name for people.
    pub name: String,
    /// A score above this is in the band (the lowest band has -1, so that 0 is in it).
    pub above: f64,
}

/// One yes/no question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Key, stable between editions.
    pub code: Code,
    /// The criterion it belongs to.
    pub criterion: String,
    /// Name for people.
    pub title: String,
    /// What a person must see to answer yes.
    pub seen: String,
    /// What looks like it and is not enough.
    pub not_enough: String,
    /// Where evidence may live.
    pub scope: Scope,
    /// How it can be decided.
    pub kind: Kind,
}

/// Where evidence may live. A tag for the reviewer, never a reason to drop a find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Only on the portal or what it links to.
    Portal,
    /// On any channel.
    Any,
}

/// How an indicator can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// From protocol, markup, validators or search results.
    Technical,
    /// A page or document must be found and read.
    Content,
    /// An online transaction must be identified.
    Service,
    /// A two-way feature must be exercised or judged.
    Interactive,
}
