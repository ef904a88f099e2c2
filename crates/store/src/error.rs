//! What can go wrong with the ledger. Each error names the file and, where there is something to do, what to do.

use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

/// What can go wrong with the ledger.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not an address of a ledger.
    #[error("`{0}` is not a ledger: expected `sqlite:` and a path, as in `sqlite:survey/ledger.db`")]
    Address(String),
    /// There is no such file, and only a survey creates one.
    #[error("there is no ledger `{}`: a survey creates it", .0.display())]
    Missing(PathBuf),
    /// The file system refused.
    #[error("cannot {what} `{}`", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Another process surveys into this ledger.
    #[error("the ledger `{}` is in use by another survey{holder}: wait for it or stop it", path.display())]
    Leased {
        /// The ledger.
        path: PathBuf,
        /// Who holds it, as in ` (process 1234)`; empty if unknown.
        holder: String,
    },
    /// Written by a version that knows more.
    #[error("the ledger `{}` was written by a newer or other version of Portolan: use that version", path.display())]
    Foreign {
        /// The ledger.
        path: PathBuf,
        /// Which migration does not fit.
        #[source]
        source: MigrateError,
    },
    /// The file is no database, or a damaged one.
    #[error(
        "cannot {what}: the ledger `{}` is damaged; keep it, put back a copy or survey into a new one (the archive is not affected)",
        path.display()
    )]
    Corrupt {
        /// What was tried.
        what: &'static str,
        /// The ledger.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: sqlx::Error,
    },
    /// No space is left. Nothing of the transaction was written.
    #[error("cannot {what}: no space is left for the ledger `{}`; free some and resume", path.display())]
    Full {
        /// What was tried.
        what: &'static str,
        /// The ledger.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: sqlx::Error,
    },
    /// Nothing has that number.
    #[error("the ledger `{}` has no {noun} {id}", path.display())]
    Unknown {
        /// What was looked for.
        noun: &'static str,
        /// By which number.
        id: i64,
        /// The ledger.
        path: PathBuf,
    },
    /// It contradicts what the ledger already says.
    #[error("{0}")]
    Conflict(String),
    /// Anything else that SQLite or the driver said.
    #[error("cannot {what} in the ledger `{}`", path.display())]
    Sql {
        /// What was tried.
        what: &'static str,
        /// The ledger.
        path: PathBuf,
        /// What was said.
        #[source]
        source: sqlx::Error,
    },
}

impl Error {
    /// For `map_err`: what was tried on which ledger, told apart by SQLite's primary result code.
    pub(crate) fn sql(what: &'static str, path: &Path) -> impl Fn(sqlx::Error) -> Self {
        move |source| {
            let path = path.to_owned();
            match primary_code(&source) {
                Some(SQLITE_CORRUPT | SQLITE_NOTADB) => Self::Corrupt { what, path, source },
                Some(SQLITE_FULL) => Self::Full { what, path, source },
                _ => Self::Sql { what, path, source },
            }
        }
    }

    /// As [`Self::sql`], for migrations.
    pub(crate) fn migrate(path: &Path) -> impl Fn(MigrateError) -> Self {
        move |error| match error {
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                Self::sql("bring the schema up to date", path)(source)
            }
            source => Self::Foreign { path: path.to_owned(), source },
        }
    }
}

// https://www.sqlite.org/rescode.html
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_FULL: u32 = 13;
const SQLITE_NOTADB: u32 = 26;

/// The low byte of an extended result code is the primary one.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    error.as_database_error()?.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}
