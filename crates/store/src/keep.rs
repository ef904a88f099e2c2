//! Keeping visits: the one transaction that makes a batch of them, of any number of portals, part of the ledger.
//!
//! The caller has synced the archive before. This is the hot path: few statements with many rows each.

use model::{Miss, Record, RobotsAnswer, Visit};
use sqlx::SqliteConnection;

use crate::capture::{
    CAPTURE_WIDTH, EXCHANGE_WIDTH, INSERT_CAPTURE, INSERT_EXCHANGE, INSERT_RECORD, RECORD_WIDTH, bind_capture, bind_exchange,
    bind_record,
};
use crate::pace::keep_robots;
use crate::refusal::{Refusal, keep_refusals};
use crate::row::insert;
use crate::visit::{INSERT_VISIT, VISIT_WIDTH, bind_visit};
use crate::{CaptureId, Captured, Error, Exchanged, RunId, Store};

/// A visit with all that is to be known of it afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The run it belongs to.
    pub run: RunId,
    /// The visit.
    pub visit: Visit,
    /// What came of it.
    pub outcome: Outcome,
    /// Exchanges besides the capture, in order.
    pub exchanges: Vec<Exchanged>,
    /// Robots answers learned on the way.
    pub robots: Vec<RobotsAnswer>,
    /// Links that were not admitted, from this page or from earlier ones. One that is known already is passed over.
    pub refused: Vec<Refusal>,
}

/// What came of a visit.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was fetched.
    Captured(Box<Captured>),
    /// The survey had it already, and this is what it had. Only the number is written.
    Shared(CaptureId, Box<Captured>),
    /// Nothing came.
    Missed {
        /// The class of the cause.
        miss: Miss,
        /// What exactly happened.
        detail: String,
        /// The record in the archive that says why.
        record: Option<Record>,
    },
}

impl Outcome {
    /// What came, if something came.
    pub fn captured(&self) -> Option<&Captured> {
        match self {
            Self::Captured(captured) | Self::Shared(_, captured) => Some(captured),
            Self::Missed { .. } => None,
        }
    }
}

impl Store {
    /// Keeps a batch of visits: all or nothing. Returns the capture of each, where it has one.
    ///
    /// Fails if a visit of that number was kept before: a resumed run must not ask again for what the ledger knows.
    pub async fn keep(&self, kept: &[Kept]) -> Result<Vec<Option<CaptureId>>, Error> {
        let failed = self.failed("keep visits");
        let mut tx = self.begin().await.map_err(&failed)?;
        let captures = write(&mut tx, kept).await.map_err(&failed)?;
        tx.commit().await.map_err(&failed)?;
        Ok(captures)
    }
}

async fn write(connection: &mut SqliteConnection, kept: &[Kept]) -> Result<Vec<Option<CaptureId>>, sqlx::Error> {
    // Numbers are given here and not by SQLite, so that rows which refer to each other go in with few statements.
    // Nobody else can take them: the transaction has been the only writer since it began.
    let last = "select (select coalesce(max(id), 0) from record), (select coalesce(max(id), 0) from capture)";
    let (record, capture) = sqlx::query_as(last).fetch_one(&mut *connection).await?;
    let batch = Batch::of(kept, record, capture);

    let rows = &batch.records;
    insert(connection, INSERT_RECORD, "", RECORD_WIDTH, rows, |tuple, (id, record)| bind_record(tuple, *id, record)).await?;
    let rows = &batch.captures;
    insert(connection, INSERT_CAPTURE, "", CAPTURE_WIDTH, rows, |tuple, (id, run, record, text, captured)| {
        tuple.push_bind(id.0).push_bind(run.0).push_bind(*record).push_bind(*text);
        bind_capture(tuple, captured);
    })
    .await?;
    let rows = &batch.visits;
    insert(connection, INSERT_VISIT, "", VISIT_WIDTH, rows, |tuple, (one, capture, record)| {
        bind_visit(tuple, one.run, &one.visit, &one.outcome, *capture, *record);
    })
    .await?;
    let rows = &batch.exchanges;
    insert(connection, INSERT_EXCHANGE, "", EXCHANGE_WIDTH, rows, |tuple, (one, no, record, exchanged)| {
        tuple.push_bind(one.run.0).push_bind(one.visit.no).push_bind(*no).push_bind(*record);
        bind_exchange(tuple, exchanged);
    })
    .await?;

    let refused: Vec<_> = kept.iter().flat_map(|one| one.refused.iter().map(|refusal| (one.run, refusal))).collect();
    keep_refusals(connection, &refused).await?;
    let robots: Vec<_> = kept.iter().flat_map(|one| &one.robots).collect();
    keep_robots(connection, &robots).await?;
    Ok(batch.visits.iter().map(|(_, capture, _)| *capture).collect())
}

/// The rows of a batch that refer to each other, numbered.
struct Batch<'a> {
    records: Vec<(i64, &'a Record)>,
    /// Number, run, record, text record.
    captures: Vec<(CaptureId, RunId, i64, Option<i64>, &'a Captured)>,
    /// Capture, and record of a miss.
    visits: Vec<(&'a Kept, Option<CaptureId>, Option<i64>)>,
    /// Order within the visit, record.
    exchanges: Vec<(&'a Kept, u32, i64, &'a Exchanged)>,
}

impl<'a> Batch<'a> {
    /// Numbers follow the last ones given so far.
    fn of(kept: &'a [Kept], mut last_record: i64, mut last_capture: i64) -> Self {
        let mut batch = Self { records: Vec::new(), captures: Vec::new(), visits: Vec::new(), exchanges: Vec::new() };
        for one in kept {
            let mut place = |record| {
                last_record += 1;
                batch.records.push((last_record, record));
                last_record
            };
            let (capture, miss) = match &one.outcome {
                Outcome::Captured(captured) => {
                    last_capture += 1;
                    let id = CaptureId(last_capture);
                    let (record, text) = (place(&captured.record), captured.text.as_ref().map(&mut place));
                    batch.captures.push((id, one.run, record, text, captured));
                    (Some(id), None)
                }
                Outcome::Shared(id, _) => (Some(*id), None),
                Outcome::Missed { record, .. } => (None, record.as_ref().map(&mut place)),
            };
            batch.visits.push((one, capture, miss));
            let exchanges = (0..).zip(&one.exchanges);
            batch.exchanges.extend(exchanges.map(|(no, exchanged)| (one, no, place(&exchanged.record), exchanged)));
        }
        batch
    }
}
