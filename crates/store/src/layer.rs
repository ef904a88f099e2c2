//! Text layers: the text of a page that evidence points into, as it was when positions were counted.

use model::Record;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::capture;
use crate::capture::{INSERT_RECORD, RECORD_WIDTH, bind_record};
use crate::row::insert;
use crate::{CaptureId, Captured, Error, RunId, Store};

impl Store {
    /// Captures that the evidence of a judging points into and whose text layer is not kept yet.
    pub async fn without_layer(&self, judging: i64) -> Result<Vec<(CaptureId, Captured)>, Error> {
        let select = "select * from captured where capture in (select e.capture from evidence e join finding f on f.id = e.finding \
                      where f.judging = ?) and capture not in (select capture from text_layer) order by capture";
        let query = sqlx::query(select).bind(judging).try_map(|row| capture::read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("look for pages without text layer"))
    }

    /// Keeps where text layers are. The first of a capture stays.
    pub async fn put_layers(&self, layers: &[(CaptureId, Record)]) -> Result<(), Error> {
        let failed = self.failed("keep text layers");
        let mut tx = self.begin().await.map_err(&failed)?;
        let last: i64 =
            sqlx::query_scalar("select coalesce(max(id), 0) from record").fetch_one(&mut *tx).await.map_err(&failed)?;
        let rows: Vec<_> = (last + 1..).zip(layers).collect();
        let records = insert(&mut tx, INSERT_RECORD, "", RECORD_WIDTH, &rows, |tuple, (id, (_, record))| {
            bind_record(tuple, *id, record);
        });
        records.await.map_err(&failed)?;
        let head = "insert into text_layer (capture, record) ";
        let kept = insert(&mut tx, head, " on conflict do nothing", 2, &rows, |tuple, (id, (capture, _))| {
            tuple.push_bind(capture.0).push_bind(*id);
        });
        kept.await.map_err(&failed)?;
        tx.commit().await.map_err(&failed)
    }

    /// The latest judging of a run that visited a capture, with that run: what its text layer is sealed with.
    pub async fn judged_with(&self, capture: CaptureId) -> Result<Option<(RunId, i64)>, Error> {
        let select =
            "select j.run, j.id from judging j join visit v on v.run = j.run where v.capture = ? order by j.id desc limit 1";
        let query =
            sqlx::query(select).bind(capture.0).try_map(|row: SqliteRow| Ok((RunId(row.try_get("run")?), row.try_get("id")?)));
        query.fetch_optional(&self.readers).await.map_err(self.failed("look for a judging"))
    }

    /// Where the text layer of a capture is.
    pub async fn layer(&self, capture: CaptureId) -> Result<Option<Record>, Error> {
        let select = "select r.name as record_name, r.kind as record_kind, r.segment as record_segment, r.offset as record_offset, \
                      r.length as record_length, r.payload as record_payload \
                      from text_layer t join record r on r.id = t.record where t.capture = ?";
        let query = sqlx::query(select).bind(capture.0).try_map(|row| capture::read_record(&row, "record"));
        query.fetch_optional(&self.readers).await.map_err(self.failed("look for a text layer"))
    }
}
