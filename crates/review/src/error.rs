//! Why something that a person made was not kept.

/// Why something that a person made was not kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It breaks a rule of the review; the words say which and what to do.
    #[error("{0}")]
    Rule(String),
    /// Something was decided in the meantime: what stands now.
    #[error("{what}")]
    Stale {
        /// In words, with what to do.
        what: String,
        /// The row that stands; null if none does.
        stands: serde_json::Value,
    },
    /// The log or the ledger could not go on while others were kept.
    #[error("nothing was kept: {0}")]
    Late(String),
    /// The program is about to end.
    #[error("the program is about to end: nothing was kept")]
    Closed,
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
