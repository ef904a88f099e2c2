//! What can stop a survey: our own trouble. What a portal does wrong is a miss, not an error.

/// What can stop a survey.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ledger.
    #[error("the ledger cannot go on")]
    Store(#[source] store::Error),
    /// The archive.
    #[error("the archive cannot go on")]
    Archive(#[source] archive::Error),
    /// The fetcher does not start.
    #[error("nothing can be fetched")]
    Fetcher(#[source] crawl::fetch::Error),
    /// The writer of archive and ledger stopped.
    #[error("captures cannot be kept: {0}")]
    Writer(String),
    /// The ledger takes no paces, and without that no request leaves.
    #[error("the pace of hosts cannot be written down: {0}")]
    Pace(String),
    /// A survey is taken up again under other conditions.
    #[error("survey {survey} was begun with another {what}, so it cannot be resumed as it was")]
    Changed {
        /// Number of the survey.
        survey: i64,
        /// What differs.
        what: &'static str,
    },
    /// The ledger and the frontier tell different stories.
    #[error(
        "visit {visit} of portal `{portal}` is {found} in the ledger and {expected} now: the ledger was written by another version"
    )]
    Diverged {
        /// Key of the portal.
        portal: String,
        /// Number of the visit.
        visit: u32,
        /// What the ledger has.
        found: String,
        /// What the frontier says.
        expected: String,
    },
    /// A file that a person brought is refused.
    #[error("the file is not taken")]
    Brought(#[source] archive::stranger::Fault),
    /// A run that was never judged.
    #[error("run {0} has no findings yet: finish it with `survey --resume`")]
    Unjudged(i64),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<archive::Error> for Error {
    fn from(error: archive::Error) -> Self {
        Self::Archive(error)
    }
}

impl From<archive::stranger::Fault> for Error {
    fn from(fault: archive::stranger::Fault) -> Self {
        Self::Brought(fault)
    }
}

/// An error with all its causes, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
