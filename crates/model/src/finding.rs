//! The machine's answer for one indicator. It proposes; people decide.

use serde::{Deserialize, Serialize};

use crate::{Code, Miss, Place, Quote, VisitNo};

/// The machine's answer for one indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The indicator.
    pub code: Code,
    /// Present, absent or undetermined.
    pub answer: Answer,
    /// How sure, until weights are fitted on confirmed decisions.
    pub band: Band,
    /// Ranked evidence, at most five. For an undetermined finding these are leads.
    pub evidence: Vec<Evidence>,
    /// One sentence on how the answer came about, for a person.
    pub because: String,
}

/// Present, absent or undetermined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Evidence was seen.
    Present,
    /// Looked for with sufficient coverage, and not seen.
    Absent,
    /// Neither can be said.
    Undetermined(Why),
}

/// Why neither present nor absent can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The home page could not be reached, for this reason.
    Unreached(Miss),
    /// A promising page could not be read, for this reason.
    Missed(Miss),
    /// A link promises it and its target was not opened or lies outside.
    Lead,
    /// Something like it was seen, too weak to propose.
    Weak,
    /// Information about the service was seen, or a form to download, but no way to do it online.
    InformationOnly,
    /// Pages need a script to show their content.
    Script,
    /// No lexicon for the language of the pages.
    Language,
    /// Only a browser engine or an outside validator can tell.
    NeedsRenderer,
    /// Only a person can tell.
    NeedsPerson,
}

impl Answer {
    /// The first word: `present`, `absent` or `undetermined`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Undetermined(_) => "undetermined",
        }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Undetermined(why) => write!(f, "undetermined({why})"),
            other => f.write_str(other.word()),
        }
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unreached(miss) | Self::Missed(miss) => miss.as_str(),
            Self::Lead => "lead",
            Self::Weak => "weak",
            Self::InformationOnly => "information-only",
            Self::Script => "script",
            Self::Language => "language",
            Self::NeedsRenderer => "needs-renderer",
            Self::NeedsPerson => "needs-person",
        })
    }
}

/// How sure, as a band until it is fitted on confirmed decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// Look twice.
    Low,
    /// Likely.
    Medium,
    /// Nearly certain.
    High,
}

impl Band {
    /// The word used in the ledger, in exports and on screens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A capture plus a selector, plus why it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The visit whose capture holds the words.
    pub visit: VisitNo,
    /// The URL of that capture.
    pub url: String,
    /// The words to point at.
    pub quote: Quote,
    /// Where they stand.
    pub place: Place,
    /// What the signals add up to.
    pub worth: f32,
    /// The signals that fired, by name, with what each was worth.
    pub signals: Vec<(String, f32)>,
    /// Where the indicator is satisfied by a link to a service elsewhere: page, link text, target.
    pub chain: Option<Chain>,
}

/// An official page that names a target with a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The visit of the official page.
    pub from: VisitNo,
    /// What the link says.
    pub text: String,
    /// The target as fetched, or as it would be.
    pub target: String,
    /// The visit of the target, if it was opened.
    pub visit: Option<VisitNo>,
}
