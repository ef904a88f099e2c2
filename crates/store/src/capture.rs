//! Captures and other exchanges: what came back, and where in the archive its bytes are.

use std::collections::HashMap;

use model::{Digest, Exchange, Purpose, Record, Time, Truncation, UrlKey, VisitNo};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use url::Url;

use crate::row::{Tuple, digest, maybe_word, number, signed, time, word};
use crate::{Error, RunId, Store, SurveyId};

/// Number of a capture in its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaptureId(pub i64);

/// What came back for a visit, as the ledger knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Captured {
    /// Identity of the URL asked for.
    pub key: UrlKey,
    /// The URL that answered.
    pub url: Url,
    /// Status code.
    pub status: u16,
    /// Type and subtype in lower case, without parameters; empty if the answer named none.
    pub media_type: String,
    /// When the request was sent.
    pub sent: Time,
    /// When the last byte came.
    pub done: Time,
    /// Bytes of the body as archived.
    pub bytes: u64,
    /// Whether a limit cut the body.
    pub truncated: Option<Truncation>,
    /// Validator for a conditional request of a later survey.
    pub etag: Option<String>,
    /// The other validator.
    pub last_modified: Option<String>,
    /// The response in the archive.
    pub record: Record,
    /// The text extracted from it (PDF) in the archive.
    pub text: Option<Record>,
}

/// An exchange of a visit that is not its capture: a robots.txt file, a redirect, a block or error page.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchanged {
    /// What it was for.
    pub purpose: Purpose,
    /// What was asked for.
    pub url: Url,
    /// Status code.
    pub status: u16,
    /// When the request was sent.
    pub sent: Time,
    /// The response in the archive.
    pub record: Record,
}

impl Captured {
    /// The row of an exchange that was archived.
    pub fn of(exchange: &Exchange, key: UrlKey, record: Record, text: Option<Record>) -> Self {
        let field = |name| exchange.headers.get(name).map(str::to_owned);
        let media_type = exchange.headers.get("content-type").unwrap_or_default();
        Self {
            key,
            url: exchange.url.clone(),
            status: exchange.status,
            media_type: media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
            sent: exchange.sent,
            done: exchange.done,
            bytes: exchange.body.len() as u64,
            truncated: exchange.truncated,
            etag: field("etag"),
            last_modified: field("last-modified"),
            record,
            text,
        }
    }
}

impl Exchanged {
    /// The row of an exchange that was archived.
    pub fn of(exchange: &Exchange, record: Record) -> Self {
        Self { purpose: exchange.purpose, url: exchange.url.clone(), status: exchange.status, sent: exchange.sent, record }
    }
}

impl Store {
    /// What the survey has captured under these identities, by any of its runs; the first capture of each. What people
    /// brought is not among it.
    pub async fn captured(&self, survey: SurveyId, keys: &[UrlKey]) -> Result<HashMap<UrlKey, (CaptureId, Captured)>, Error> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let select = "select * from captured where captured_key in (select value from json_each(?)) \
                      and captured_by in (select id from run where survey = ?) \
                      and capture not in (select capture from manual_capture) order by capture desc";
        let query = sqlx::query(select).bind(json!(keys).to_string()).bind(survey.0);
        let rows = query.try_map(|row| read(&row)).fetch_all(&self.readers).await.map_err(self.failed("look up captures"))?;
        Ok(rows.into_iter().map(|(id, captured)| (captured.key.clone(), (id, captured))).collect())
    }

    /// The capture whose response has this `WARC-Record-ID`, whether the crawler or a person brought it.
    pub async fn capture_of(&self, record: &str) -> Result<Option<(CaptureId, Captured)>, Error> {
        let query = sqlx::query("select * from captured where record_name = ?").bind(record).try_map(|row| read(&row));
        query.fetch_optional(&self.readers).await.map_err(self.failed("look up a capture"))
    }

    /// The captures whose responses have these `WARC-Record-ID`s, by that.
    pub async fn captures_of(&self, records: &[&str]) -> Result<HashMap<String, Captured>, Error> {
        let select = "select * from captured where record_name in (select value from json_each(?))";
        let query = sqlx::query(select).bind(json!(records).to_string()).try_map(|row| read(&row));
        let rows = query.fetch_all(&self.readers).await.map_err(self.failed("look up captures"))?;
        Ok(rows.into_iter().map(|(_, captured)| (captured.record.id.clone(), captured)).collect())
    }

    /// The other exchanges of a visit, in order.
    pub async fn exchanges(&self, run: RunId, visit: VisitNo) -> Result<Vec<Exchanged>, Error> {
        let select = "select e.purpose, e.url, e.status, e.sent, r.name as record_name, r.kind as record_kind, \
                      r.segment as record_segment, r.offset as record_offset, r.length as record_length, \
                      r.payload as record_payload from exchange e join record r on r.id = e.record \
                      where e.run = ? and e.visit = ? order by e.no";
        let query = sqlx::query(select).bind(run.0).bind(visit).try_map(|row| {
            Ok(Exchanged {
                purpose: word(&row, "purpose")?,
                url: word(&row, "url")?,
                status: number(&row, "status")?,
                sent: time(&row, "sent")?,
                record: read_record(&row, "record")?,
            })
        });
        query.fetch_all(&self.readers).await.map_err(self.failed("read exchanges"))
    }

    /// The responses that have these payloads, the earlier ones first.
    pub async fn originals(&self, payloads: &[Digest]) -> Result<Vec<Record>, Error> {
        if payloads.is_empty() {
            return Ok(Vec::new());
        }
        let select = "select name as record_name, kind as record_kind, segment as record_segment, offset as record_offset, \
                      length as record_length, payload as record_payload from record where kind = 'response' \
                      and payload in (select unhex(substr(value, 8)) from json_each(?)) order by id";
        let query = sqlx::query(select).bind(json!(payloads).to_string()).try_map(|row| read_record(&row, "record"));
        query.fetch_all(&self.readers).await.map_err(self.failed("look up payloads"))
    }

    /// Every place in the archive that the ledger refers to, for verification.
    pub async fn records(&self) -> Result<Vec<Record>, Error> {
        let select = "select name as record_name, kind as record_kind, segment as record_segment, offset as record_offset, \
                      length as record_length, payload as record_payload from record order by segment, offset";
        let query = sqlx::query(select).try_map(|row| read_record(&row, "record"));
        query.fetch_all(&self.readers).await.map_err(self.failed("list records"))
    }
}

/// A row of the views `captured` and `past`.
pub(crate) fn read(row: &SqliteRow) -> Result<(CaptureId, Captured), sqlx::Error> {
    let has_text = row.try_get::<Option<&str>, _>("text_name")?.is_some();
    let captured = Captured {
        key: UrlKey(row.try_get::<String, _>("captured_key")?.into()),
        url: word(row, "answered")?,
        status: number(row, "status")?,
        media_type: row.try_get("media_type")?,
        sent: time(row, "sent")?,
        done: time(row, "done")?,
        bytes: number(row, "bytes")?,
        truncated: maybe_word(row, "truncated")?,
        etag: row.try_get("etag")?,
        last_modified: row.try_get("last_modified")?,
        record: read_record(row, "record")?,
        text: if has_text { Some(read_record(row, "text")?) } else { None },
    };
    Ok((CaptureId(row.try_get("capture")?), captured))
}

/// A record whose columns start with `prefix`.
pub(crate) fn read_record(row: &SqliteRow, prefix: &str) -> Result<Record, sqlx::Error> {
    let column = |name: &str| format!("{prefix}_{name}");
    Ok(Record {
        id: row.try_get(&*column("name"))?,
        kind: row.try_get(&*column("kind"))?,
        segment: row.try_get(&*column("segment"))?,
        offset: number(row, &column("offset"))?,
        length: number(row, &column("length"))?,
        payload: digest(row, &column("payload"))?,
    })
}

pub(crate) const INSERT_RECORD: &str = "insert into record (id, name, kind, segment, offset, length, payload) ";
pub(crate) const RECORD_WIDTH: usize = 7;

pub(crate) fn bind_record(tuple: &mut Tuple<'_>, id: i64, record: &Record) {
    tuple.push_bind(id).push_bind(&*record.id).push_bind(&*record.kind).push_bind(&*record.segment);
    tuple.push_bind(signed(record.offset)).push_bind(signed(record.length)).push_bind(record.payload.0.as_slice());
}

pub(crate) const INSERT_CAPTURE: &str = "insert into capture (id, run, record, text, key, url, status, media_type, sent, done, \
                                         bytes, truncated, etag, last_modified) ";
pub(crate) const CAPTURE_WIDTH: usize = 14;

pub(crate) fn bind_capture(tuple: &mut Tuple<'_>, captured: &Captured) {
    tuple.push_bind(&*captured.key.0).push_bind(captured.url.as_str()).push_bind(captured.status);
    tuple.push_bind(&*captured.media_type).push_bind(captured.sent.micros()).push_bind(captured.done.micros());
    tuple.push_bind(signed(captured.bytes)).push_bind(captured.truncated.map(Truncation::as_str));
    tuple.push_bind(captured.etag.as_deref()).push_bind(captured.last_modified.as_deref());
}

pub(crate) const INSERT_EXCHANGE: &str = "insert into exchange (run, visit, no, record, purpose, url, status, sent) ";
pub(crate) const EXCHANGE_WIDTH: usize = 8;

pub(crate) fn bind_exchange(tuple: &mut Tuple<'_>, exchanged: &Exchanged) {
    tuple.push_bind(exchanged.purpose.as_str()).push_bind(exchanged.url.as_str());
    tuple.push_bind(exchanged.status).push_bind(exchanged.sent.micros());
}
