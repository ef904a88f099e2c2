//! Manual captures: what people brought, and the captures that came of it.

use model::Record;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::capture::{self, CAPTURE_WIDTH, INSERT_CAPTURE, INSERT_RECORD, RECORD_WIDTH, bind_capture, bind_record};
use crate::row::{Tuple, insert, number, signed};
use crate::rows::Making;
use crate::{CaptureId, Captured, Error, RunId, Store};

/// A file that a person brought, as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingest {
    /// Number of its entry in the log.
    pub entry: u64,
    /// The run whose evidence it adds to.
    pub run: RunId,
    /// Key of the portal.
    pub portal: String,
    /// Who, by pseudonym.
    pub by: String,
    /// When it was taken in.
    pub at: String,
    /// Name of the file.
    pub file: String,
    /// Digest of the file.
    pub digest: String,
    /// What the person said of it.
    pub note: String,
}

impl Store {
    /// Readies a file with its captures, each with its text layer if it has one, under the number that its log entry will
    /// have. Until [`Making::keep`] nobody sees it, and nobody else writes.
    pub async fn take_in(&self, of: &Ingest, captures: &[(Captured, Option<Record>)]) -> Result<Making<'_>, Error> {
        let failed = self.failed("keep manual captures");
        let mut tx = self.begin().await.map_err(&failed)?;
        let write = async {
            let sql = "insert into ingest (entry, run, portal, \"by\", at, file, digest, note) values (?, ?, ?, ?, ?, ?, ?, ?)";
            let query = sqlx::query(sql).bind(signed(of.entry)).bind(of.run.0).bind(&of.portal).bind(&of.by);
            query.bind(&of.at).bind(&of.file).bind(&of.digest).bind(&of.note).execute(&mut *tx).await?;

            let last = "select (select coalesce(max(id), 0) from record), (select coalesce(max(id), 0) from capture)";
            let (mut record, mut capture): (i64, i64) = sqlx::query_as(last).fetch_one(&mut *tx).await?;
            let (mut records, mut rows, mut layers) = (Vec::new(), Vec::new(), Vec::new());
            for (captured, layer) in captures {
                let mut place = |of| {
                    record += 1;
                    records.push((record, of));
                    record
                };
                capture += 1;
                rows.push((capture, place(&captured.record), captured.text.as_ref().map(&mut place), captured));
                layers.extend(layer.as_ref().map(|layer| (capture, place(layer))));
            }
            let bind = |tuple: &mut Tuple<'_>, (id, record): &(i64, &Record)| bind_record(tuple, *id, record);
            insert(&mut tx, INSERT_RECORD, "", RECORD_WIDTH, &records, bind).await?;
            insert(&mut tx, INSERT_CAPTURE, "", CAPTURE_WIDTH, &rows, |tuple, (id, record, text, captured)| {
                tuple.push_bind(*id).push_bind(of.run.0).push_bind(*record).push_bind(*text);
                bind_capture(tuple, captured);
            })
            .await?;
            insert(&mut tx, "insert into text_layer (capture, record) ", "", 2, &layers, |tuple, (capture, record)| {
                tuple.push_bind(*capture).push_bind(*record);
            })
            .await?;
            insert(&mut tx, "insert into manual_capture (capture, ingest) ", "", 2, &rows, |tuple, (capture, ..)| {
                tuple.push_bind(*capture).push_bind(signed(of.entry));
            })
            .await
        };
        write.await.map_err(&failed)?;
        Ok(Making { store: self, tx })
    }

    /// What people brought, in the order of the log.
    pub async fn ingests(&self) -> Result<Vec<Ingest>, Error> {
        let query = sqlx::query("select * from ingest order by entry").try_map(|row: SqliteRow| {
            Ok(Ingest {
                entry: number(&row, "entry")?,
                run: RunId(row.try_get("run")?),
                portal: row.try_get("portal")?,
                by: row.try_get("by")?,
                at: row.try_get("at")?,
                file: row.try_get("file")?,
                digest: row.try_get("digest")?,
                note: row.try_get("note")?,
            })
        });
        query.fetch_all(&self.readers).await.map_err(self.failed("list manual captures"))
    }

    /// The captures that came of a file, in its order.
    pub async fn manual(&self, entry: u64) -> Result<Vec<(CaptureId, Captured)>, Error> {
        let select =
            "select * from captured where capture in (select capture from manual_capture where ingest = ?) order by capture";
        let query = sqlx::query(select).bind(signed(entry)).try_map(|row| capture::read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read manual captures"))
    }
}
