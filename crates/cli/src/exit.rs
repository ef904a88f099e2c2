//! How the program ends. These numbers are part of the contract with scripts.

/// Exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Something unexpected; the message says what.
    Unexpected = 1,
    /// The command line is wrong (clap uses the same number).
    Usage = 2,
    /// A configuration, rule, label or portal file is wrong, or a file to ingest.
    Configuration = 3,
    /// Finished, but portals were not reached or failed; the summary says which.
    PartlyReached = 4,
    /// Stopped by a person; `survey --resume` goes on.
    Stopped = 5,
    /// Something is not as it was sealed; the findings say what.
    Unproven = 6,
}

/// The same, for `--help`.
pub(crate) const HELP: &str = "Exit codes:\n  0  done\n  1  unexpected failure\n  2  wrong command line\n  3  wrong configuration, rule, label or portal file, or a file refused by `ingest`\n  4  finished, but some portals were not reached\n  5  stopped, can be resumed with `survey --resume`\n  6  not as it was sealed (`verify`)";

/// An error that is the user's to mend: it ends the program with its own code.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Fault {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Fault {
    /// A file or setting is wrong.
    pub(crate) fn configuration(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Configuration, message: message.into(), hint: Some(hint.into()) }
    }

    /// The command line asks for what is not there.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hint: Some(hint.into()) }
    }
}
