//! What people make: decisions, seals, comparisons, rulings, sign-offs, releases. Each is a row of its own that is never
//! changed; a change of mind is a new one that supersedes. People appear under pseudonyms.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Code, Digest, Time};

/// One thing that a person made, under the name of its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Made {
    /// An assessor's answer.
    Decision(Decision),
    /// An assessor's word that all answers of a slot are given.
    SlotSeal(SlotSeal),
    /// What two sealed slots say beside each other.
    Comparison(Comparison),
    /// What an assessor says to a difference.
    Rebuttal(Rebuttal),
    /// A reviewer's ruling.
    Adjudication(Adjudication),
    /// A reviewer's look at an answer on which both agreed.
    Inspection(Inspection),
    /// A senior reviewer's word that a city is done.
    SignOff(SignOff),
    /// What was published.
    Release(Release),
    /// A reviewer's word that a signed-off city is looked at again.
    Reopening(Reopening),
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
    /// What the assessor was shown of the machine's proposal.
    #[serde(default)]
    pub assist: Assist,
    /// Seconds that the assessor was active on the indicator.
    #[serde(default)]
    pub seconds: u32,
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

/// An assessor's word that all answers of a slot are given; from now on they stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotSeal {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Round of the city.
    pub round: u32,
    /// The slot.
    pub slot: Slot,
    /// Pseudonym.
    pub assessor: String,
    /// Digest over the identifiers of the decisions that stand, in the order of the instrument.
    pub digest: Digest,
    /// When.
    pub at: Time,
}

/// What two sealed slots say beside each other, indicator by indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Round of the city.
    pub round: u32,
    /// Digests of the two seals, slot A first.
    pub seals: Vec<Digest>,
    /// Indicators that both answered.
    pub compared: u32,
    /// Those on which they differ.
    pub mismatches: Vec<Code>,
    /// Number of the policy whose threshold counts.
    pub policy: u32,
    /// Where the city goes from here.
    pub path: Path,
    /// When.
    pub at: Time,
}

/// What an assessor says to a difference, without seeing the other's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rebuttal {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Round of the city.
    pub round: u32,
    /// The slot.
    pub slot: Slot,
    /// Pseudonym.
    pub assessor: String,
    /// The indicator.
    pub code: Code,
    /// Whether the assessor gives way.
    pub stance: Stance,
    /// Why.
    pub note: String,
    /// When.
    pub at: Time,
}

/// A reviewer's look at an answer on which both agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
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
    /// Whether the answer stands.
    pub outcome: Inspected,
    /// In their own words.
    pub note: String,
    /// When.
    pub at: Time,
}

/// A reviewer's word that a signed-off city is looked at again, in a round of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// The new round.
    pub round: u32,
    /// Pseudonym.
    pub reviewer: String,
    /// Indicators that are asked again.
    pub codes: Vec<Code>,
    /// What it rests on: an appeal, drift, an error found.
    pub cause: String,
    /// In their own words.
    pub note: String,
    /// When.
    pub at: Time,
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

/// Where a compared city goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// The share of differences is within the threshold: a reviewer rules item by item.
    Within,
    /// It is above it: both assessors are heard first.
    Over,
}

/// What an assessor does about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Stays with the answer given.
    Keep,
    /// Gives way. The decision itself stays as it was.
    Concede,
}

/// What an inspection says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inspected {
    /// The answer on which both agreed stands.
    Stands,
    /// It does not: a ruling has to follow.
    Doubted,
}

/// What an assessor is shown of the machine's proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assist {
    /// Candidates in neutral order, no verdict.
    #[default]
    EvidenceOnly,
    /// As before, and the verdict once the first answer is committed; a change is a second decision.
    RevealAfterCommit,
    /// Candidates with the verdict.
    VerdictShown,
    /// Nothing of the machine.
    Clean,
}

impl Assist {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::EvidenceOnly, Self::RevealAfterCommit, Self::VerdictShown, Self::Clean];

    /// The word used in the ledger and in policies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EvidenceOnly => "evidence_only",
            Self::RevealAfterCommit => "reveal_after_commit",
            Self::VerdictShown => "verdict_shown",
            Self::Clean => "clean",
        }
    }
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
            Self::SlotSeal(_) => "slot_seal",
            Self::Comparison(_) => "comparison",
            Self::Rebuttal(_) => "rebuttal",
            Self::Inspection(_) => "inspection",
            Self::Reopening(_) => "reopening",
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
            Self::Rebuttal(made) => Some(&made.code),
            Self::Inspection(made) => Some(&made.code),
            Self::SlotSeal(_) | Self::Comparison(_) | Self::SignOff(_) | Self::Release(_) | Self::Reopening(_) => None,
        }
    }

    /// Its row: a member for each column.
    pub fn row(&self) -> Value {
        let row = match self {
            Self::Decision(made) => serde_json::to_value(made),
            Self::SlotSeal(made) => serde_json::to_value(made),
            Self::Comparison(made) => serde_json::to_value(made),
            Self::Rebuttal(made) => serde_json::to_value(made),
            Self::Inspection(made) => serde_json::to_value(made),
            Self::Reopening(made) => serde_json::to_value(made),
            Self::Adjudication(made) => serde_json::to_value(made),
            Self::SignOff(made) => serde_json::to_value(made),
            Self::Release(made) => serde_json::to_value(made),
        };
        row.expect("it is plain data")
    }
}
