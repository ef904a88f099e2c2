//! Why something that a person made was not kept.

/// Why something that a person made was not kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It breaks a rule of the review; the words say which and what to do.
    #[error("{0}")]
    Rule(String),
    /// The archive could not go on.
    #[error("the archive cannot go on")]
    Archive(#[from] archive::Error),
    /// The ledger could not go on.
    #[error("the ledger cannot go on")]
    Store(#[from] store::Error),
}

/// For `return Err(rule(...))`.
pub(crate) fn rule(what: impl Into<String>) -> Error {
    Error::Rule(what.into())
}
