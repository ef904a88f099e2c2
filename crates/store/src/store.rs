//! Opening a ledger: one connection that writes, a few that read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Sqlite, Transaction};

use crate::{Error, schema};

/// How long to wait for another process that writes.
const BUSY: Duration = Duration::from_secs(20);

/// How long to wait for a connection of our own: a queue is no error, however slow the machine. Without this, half a
/// minute of other people's work on it would make the wait for a pace a miss, and a judging a failure.
const QUEUE: Duration = Duration::from_secs(24 * 3600);

/// Connections that read.
const READERS: u32 = 3;

/// The ledger. Cheap to clone: clones share their connections.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

impl Store {
    /// Opens an existing ledger, `sqlite:<path>`, and brings its schema up to date.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let path = path_of(url)?;
        if !path.exists() {
            return Err(Error::Missing(path));
        }
        Self::connect(path).await
    }

    /// Opens a ledger, creating file and directory if there are none.
    pub async fn open_or_create(url: &str) -> Result<Self, Error> {
        let path = path_of(url)?;
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).map_err(|source| Error::Io {
                what: "create directory",
                path: dir.to_owned(),
                source,
            })?;
        }
        Self::connect(path).await
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes all connections and folds the write-ahead log back into the file. Dropping does no harm, only leaves the log.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn connect(path: PathBuf) -> Result<Self, Error> {
        let failed = Error::sql("open it", &path);
        // With write-ahead logging `normal` loses nothing when the process is killed and keeps the file whole when the
        // power fails; then only the last transactions may be missing. What they referred to was synced to the archive
        // before, so a lost one means that a few pages are fetched again, and by then any pace has long passed. `full`
        // syncs at each commit. Measured: a reservation, one per request, 0.2 ms with `normal` and 1 to 2 ms with
        // `full`, three times the processor time; a batch of one visit 1 ms and 8 ms.
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            // A statement of a thousand rows is no log line.
            .disable_statement_logging();
        let pool = |connections| {
            let options = SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
            options.acquire_timeout(QUEUE).acquire_slow_threshold(QUEUE)
        };
        let writer = pool(1).connect_with(options.clone()).await.map_err(&failed)?;
        schema::migrator().run(&writer).await.map_err(Error::migrate(&path))?;
        let readers = pool(READERS).connect_with(options.pragma("query_only", "on")).await.map_err(failed)?;
        Ok(Self { path, writer, readers })
    }

    /// For `map_err`.
    pub(crate) fn failed(&self, what: &'static str) -> impl Fn(sqlx::Error) -> Error {
        Error::sql(what, &self.path)
    }

    /// Begins a transaction that writes. Immediate: it waits for other writers here and not half-way.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("begin immediate").await
    }

    /// The connection that writes, for a single statement.
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.writer
    }
}

fn path_of(url: &str) -> Result<PathBuf, Error> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
    match path {
        Some(path) if !path.is_empty() && !path.starts_with(':') => Ok(PathBuf::from(path)),
        _ => Err(Error::Address(url.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use model::{Digest, HostPace, Time};

    use super::*;
    use crate::{NewSurvey, SurveyId};

    #[tokio::test]
    async fn a_full_disk_is_told_apart_and_nothing_is_half_written() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&format!("sqlite:{}", dir.path().join("ledger.db").display())).await.unwrap();
        let epoch = Time::from_micros(0).unwrap();
        let (campaign, tool) = (String::new(), String::new());
        let new =
            NewSurvey { campaign, started: epoch, tool, rulebook: Digest([0; 32]), settings: serde_json::json!({}), seed: 1 };
        let survey: SurveyId = store.begin_survey(&new).await.unwrap();
        // No more pages than there are.
        sqlx::query("pragma max_page_count = 1").execute(store.writer()).await.unwrap();
        let pace = |n: usize| HostPace {
            host: format!("{n}{}", "x".repeat(200)),
            next_allowed: epoch,
            backoff_milli: 1,
            latency_micros: 1,
            blocks: 0,
            stopped: false,
        };
        let mut kept = 0;
        let error = loop {
            match store.reserve(survey, &[pace(kept)]).await {
                Ok(()) => kept += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::Full { .. }), "{error:?}");
        assert!(error.to_string().ends_with("free some and resume"), "{error}");
        assert_eq!(store.paces(survey).await.unwrap().len(), kept);
    }
}
