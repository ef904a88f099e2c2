//! What a person may do in the review.

use serde::{Deserialize, Serialize};

/// What a person may do in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Looks after people, campaigns and surveys; decides nothing.
    Administrator,
    /// Answers the indicators of a city in a slot of their own.
    Assessor,
    /// Rules where two assessors differ.
    Reviewer,
    /// A reviewer who signs cities off and publishes.
    Senior,
    /// Reads everything, changes nothing.
    Auditor,
    /// Reads what is published.
    Viewer,
}

impl Duty {
    /// Every duty.
    pub const ALL: [Self; 6] = [Self::Administrator, Self::Assessor, Self::Reviewer, Self::Senior, Self::Auditor, Self::Viewer];

    /// The word used in the ledger and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Assessor => "assessor",
            Self::Reviewer => "reviewer",
            Self::Senior => "senior",
            Self::Auditor => "auditor",
            Self::Viewer => "viewer",
        }
    }

    /// The duty of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.as_str() == word)
    }
}
