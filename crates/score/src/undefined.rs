//! Why a number cannot be given.

use serde::Serialize;

/// Why a number is not defined by what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// There is nothing that could be counted.
    #[error("not defined: there is nothing to count")]
    Nothing,
    /// No item has two answers.
    #[error("not defined: no item was answered by two")]
    NoPairs,
    /// All answers are the same, so that chance would agree as well.
    #[error("not defined: all answers are the same, chance alone would agree as often")]
    OneCategory,
    /// The scale has fewer categories than answers use, or fewer than two.
    #[error("not defined: the scale has fewer categories than the answers, or fewer than two")]
    ScaleTooSmall,
}

/// Why something was not measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NotMeasured {
    /// Nothing was answered without the machine's help: there is nothing to compare with.
    #[error("not measured: nothing was answered without the machine's help")]
    NoCleanArm,
    /// Nobody said yes without the machine's help.
    #[error("not measured: nobody said yes without the machine's help")]
    NoCleanYes,
    /// Nothing was answered with the machine's help.
    #[error("not measured: nothing was answered with the machine's help")]
    NoAssistedArm,
    /// No assessor worked both with and without the machine's help.
    #[error("not measured: no assessor worked both with and without the machine's help")]
    NobodyDidBoth,
    /// An interval of no resamples.
    #[error("not measured: an interval needs at least one resample")]
    NoResamples,
}

/// Why cards or sheets may not stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mixed {
    /// What people decided beside what the machine proposes.
    #[error("`{portal}` rests on another basis than `{first}` (decided or provisional): score both on the same one")]
    Basis {
        /// Key of the portal that does not fit.
        portal: String,
        /// Key of the portal that it is held against.
        first: String,
    },
    /// Another edition of the instrument.
    #[error("`{portal}` was asked `{found}`, and not `{expected}`: compare over a crosswalk")]
    Edition {
        /// Key of the portal that does not fit.
        portal: String,
        /// Its edition.
        found: String,
        /// The edition of what it is held against.
        expected: String,
    },
    /// Another denominator.
    #[error("the score of `{portal}` divides by {found}, and not by {expected}: score both by the same denominator")]
    Denominator {
        /// Key of the portal that does not fit.
        portal: String,
        /// Its denominator.
        found: u32,
        /// The denominator of what it is held against.
        expected: u32,
    },
    /// A portal stands twice.
    #[error("`{portal}` stands twice: leave one out")]
    Twice {
        /// Key of the portal.
        portal: String,
    },
}
