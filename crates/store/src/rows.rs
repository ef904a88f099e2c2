//! Rows as plain JSON: what is sealed of a run, and what people made, put in again from the log.

use serde_json::{Map, Value};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Column as _, Row as _, Sqlite, Transaction, TypeInfo as _, ValueRef as _};

use crate::row::unreadable;
use crate::{Error, RunId, Store};

/// A table of which rows of a run are sealed.
struct Sealed {
    table: &'static str,
    /// How to choose them: `?1` is the run, `?2` the judging.
    rows: &'static str,
    /// Primary key.
    key: &'static [&'static str],
    /// Columns that change and are left out.
    changing: &'static [&'static str],
    /// Sealed with every judging, not only with the first.
    each: bool,
}

impl Sealed {
    const fn new(table: &'static str, rows: &'static str, key: &'static [&'static str]) -> Self {
        Self { table, rows, key, changing: &[], each: false }
    }

    const fn each(self) -> Self {
        Self { each: true, ..self }
    }

    const fn without(self, changing: &'static [&'static str]) -> Self {
        Self { changing, ..self }
    }
}

const SEALED: [Sealed; 12] = [
    Sealed::new("survey", "id = (select survey from run where id = ?1)", &["id"]).without(&["finished"]),
    Sealed::new("run", "id = ?1", &["id"]).without(&["state", "reason", "finished"]),
    Sealed::new(
        "record",
        "id in (select record from visit where run = ?1 union select record from exchange where run = ?1 \
         union select c.record from visit v join capture c on c.id = v.capture where v.run = ?1 \
         union select c.text from visit v join capture c on c.id = v.capture where v.run = ?1 \
         union select t.record from visit v join text_layer t on t.capture = v.capture where v.run = ?1)",
        &["id"],
    )
    .each(),
    Sealed::new("capture", "id in (select capture from visit where run = ?1)", &["id"]),
    Sealed::new("text_layer", "capture in (select capture from visit where run = ?1)", &["capture"]).each(),
    Sealed::new("visit", "run = ?1", &["run", "no"]),
    Sealed::new("exchange", "run = ?1", &["run", "visit", "no"]),
    Sealed::new("refusal", "run = ?1", &["run", "via", "url"]),
    Sealed::new("search", "run = ?1", &["run", "visit"]),
    Sealed::new("judging", "id = ?2", &["id"]).each(),
    Sealed::new("finding", "judging = ?2", &["id"]).each(),
    Sealed::new("evidence", "finding in (select id from finding where judging = ?2)", &["finding", "rank"]).each(),
];

/// The primary key of a table whose rows are sealed.
pub fn key_of(table: &str) -> Option<(&'static str, &'static [&'static str])> {
    SEALED.iter().find(|sealed| sealed.table == table).map(|sealed| (sealed.table, sealed.key))
}

/// Tables whose rows people make.
pub const MADE: [&str; 9] =
    ["decision", "slot_seal", "comparison", "rebuttal", "adjudication", "inspection", "sign_off", "release", "reopening"];

impl Store {
    /// The rows of a judged run that are to be sealed, by table, each as a JSON object. Of a run that was sealed
    /// before (`again`) only those that a further judging can add to.
    pub async fn sealed_rows(&self, run: RunId, judging: i64, again: bool) -> Result<Vec<(&'static str, Vec<Value>)>, Error> {
        let mut tables = Vec::new();
        for sealed in SEALED.iter().filter(|sealed| !again || sealed.each) {
            tables.push((sealed.table, self.rows_of(sealed, run, judging).await?));
        }
        Ok(tables)
    }

    /// The rows of `record` that are sealed with a run, each as a JSON object.
    pub async fn sealed_records(&self, run: RunId) -> Result<Vec<Value>, Error> {
        let mut rows = Vec::new();
        for sealed in SEALED.iter().filter(|sealed| sealed.table == "record") {
            // Which judging it is changes nothing here.
            rows.extend(self.rows_of(sealed, run, 0).await?);
        }
        Ok(rows)
    }

    async fn rows_of(&self, sealed: &Sealed, run: RunId, judging: i64) -> Result<Vec<Value>, Error> {
        // The parts are constants above; the run's number is no text of anybody's.
        let select = format!("select * from {} where {} and ?1 is not null and ?2 is not null", sealed.table, sealed.rows);
        let query = sqlx::query(AssertSqlSafe(select)).bind(run.0).bind(judging);
        let rows = query.try_map(|row| object(&row, sealed.changing)).fetch_all(&self.readers).await;
        rows.map_err(self.failed("read rows to seal"))
    }

    /// Every judging with its run, for verification.
    pub async fn all_judgings(&self) -> Result<Vec<(RunId, i64)>, Error> {
        let query = sqlx::query("select run, id from judging order by id");
        let query = query.try_map(|row: SqliteRow| Ok((RunId(row.try_get("run")?), row.try_get("id")?)));
        query.fetch_all(&self.readers).await.map_err(self.failed("list judgings"))
    }

    /// Readies rows that people made for their tables, each under the number that its log entry will have: whatever speaks
    /// against one is told before the log says it. Until [`Making::keep`] nobody sees them, and nobody else writes.
    pub async fn make(&self, rows: &[(u64, &str, Value)]) -> Result<Making<'_>, Error> {
        let failed = self.failed("keep what a person made");
        let mut tx = self.begin().await.map_err(&failed)?;
        for (entry, table, row) in rows {
            let table = MADE.iter().find(|made| *made == table);
            let (Some(table), Some(columns)) = (table, row.as_object()) else {
                return Err(Error::Conflict(format!(
                    "entry {entry} of the log is no row that people make: it was written by a later version"
                )));
            };
            let names: Vec<String> = columns.keys().map(|name| format!("\"{}\"", name.replace('"', ""))).collect();
            let places = vec!["?"; names.len()].join(", ");
            let insert = format!("insert into {table} (entry, {}) values (?, {places})", names.join(", "));
            let mut query = sqlx::query(AssertSqlSafe(insert)).bind(i64::try_from(*entry).unwrap_or(i64::MAX));
            for value in columns.values() {
                query = match value {
                    Value::Null => query.bind(None::<String>),
                    Value::Number(number) => query.bind(number.as_i64()),
                    Value::String(text) => query.bind(text.clone()),
                    other => query.bind(other.to_string()),
                };
            }
            query.execute(&mut *tx).await.map_err(&failed)?;
        }
        Ok(Making { store: self, tx })
    }

    /// The row that a person made under this identifier, with its entry.
    pub async fn made_as(&self, table: &'static str, id: &str) -> Result<Option<(u64, Value)>, Error> {
        let select = format!("select * from {table} where id = ?");
        let query = sqlx::query(AssertSqlSafe(select)).bind(id).try_map(|row| {
            let entry: i64 = row.try_get("entry")?;
            Ok((u64::try_from(entry).unwrap_or(0), unfolded(&row)?))
        });
        query.fetch_optional(&self.readers).await.map_err(self.failed("read what people made"))
    }

    /// The rows that the assessor of one slot made of a city in one round, in the order they were made.
    pub async fn made_in(
        &self,
        table: &'static str,
        campaign: &str,
        portal: &str,
        round: u32,
        slot: &str,
    ) -> Result<Vec<Value>, Error> {
        let select = format!("select * from {table} where campaign = ? and portal = ? and round = ? and slot = ? order by entry");
        let query = sqlx::query(AssertSqlSafe(select)).bind(campaign).bind(portal).bind(round).bind(slot);
        query.try_map(|row| unfolded(&row)).fetch_all(&self.readers).await.map_err(self.failed("read what people made"))
    }

    /// The decision that stands for an indicator in a slot.
    pub async fn stands(&self, campaign: &str, portal: &str, round: u32, slot: &str, code: &str) -> Result<Option<Value>, Error> {
        let select = "select * from decision where campaign = ? and portal = ? and round = ? and slot = ? and code = ? \
                      order by entry desc limit 1";
        let query = sqlx::query(select).bind(campaign).bind(portal).bind(round).bind(slot).bind(code);
        let found = query.try_map(|row| unfolded(&row)).fetch_optional(&self.readers).await;
        found.map_err(self.failed("read a decision"))
    }

    /// Whether somebody else decided in this slot, or this person in another one. Who handed the slot over is in nobody's way.
    pub async fn clashes(&self, campaign: &str, portal: &str, round: u32, slot: &str, person: &str) -> Result<bool, Error> {
        let select = "select exists (select 1 from decision d where d.campaign = ?1 and d.portal = ?2 and d.round = ?3 \
                      and ((d.slot = ?4) <> (d.assessor = ?5)) \
                      and not exists (select 1 from assignment own join assignment theirs using (campaign, portal, round, slot) \
                      where campaign = ?1 and portal = ?2 and round = ?3 and slot = ?4 and d.slot = ?4 \
                      and own.person = ?5 and theirs.person = d.assessor and own.seq > theirs.seq))";
        let query = sqlx::query_scalar(select).bind(campaign).bind(portal).bind(round).bind(slot).bind(person);
        query.fetch_one(&self.readers).await.map_err(self.failed("read decisions"))
    }

    /// The number of the last log entry that is in the ledger.
    pub async fn last_made(&self) -> Result<u64, Error> {
        let all = MADE.map(|table| format!("select max(entry) as entry from {table}")).join(" union all ");
        let query = sqlx::query_scalar::<_, Option<i64>>(AssertSqlSafe(format!("select max(entry) from ({all})")));
        let last = query.fetch_one(&self.readers).await.map_err(self.failed("read what people made"))?;
        Ok(last.and_then(|last| u64::try_from(last).ok()).unwrap_or(0))
    }

    /// Every row that a person made, by table, each under the number of its log entry; for verification.
    pub async fn all_made(&self) -> Result<Vec<(&'static str, u64, Value)>, Error> {
        let mut all = Vec::new();
        for table in MADE {
            let query = sqlx::query(AssertSqlSafe(format!("select * from {table} order by entry"))).try_map(|row: SqliteRow| {
                let entry: i64 = row.try_get("entry")?;
                Ok((table, u64::try_from(entry).unwrap_or(0), object(&row, &["entry"])?))
            });
            all.extend(query.fetch_all(&self.readers).await.map_err(self.failed("read what people made"))?);
        }
        Ok(all)
    }

    /// The rows that people made of a city in one round, in the order they were made.
    pub async fn made_of(&self, table: &'static str, campaign: &str, portal: &str, round: u32) -> Result<Vec<Value>, Error> {
        let select = format!("select * from {table} where campaign = ? and portal = ? and round = ? order by entry");
        let query = sqlx::query(AssertSqlSafe(select)).bind(campaign).bind(portal).bind(round).try_map(|row| unfolded(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read what people made"))
    }

    /// The rows that people made of a campaign, in the order they were made, each with its entry.
    pub async fn made(&self, table: &'static str, campaign: &str) -> Result<Vec<(u64, Value)>, Error> {
        let select = format!("select * from {table} where campaign = ? order by entry");
        let query = sqlx::query(AssertSqlSafe(select)).bind(campaign).try_map(|row| {
            let entry: i64 = row.try_get("entry")?;
            Ok((u64::try_from(entry).unwrap_or(0), unfolded(&row)?))
        });
        query.fetch_all(&self.readers).await.map_err(self.failed("read what people made"))
    }
}

/// What a person made or brought, ready to be kept. Dropped, it was never there.
pub struct Making<'a> {
    pub(crate) store: &'a Store,
    pub(crate) tx: Transaction<'static, Sqlite>,
}

impl Making<'_> {
    /// Keeps it.
    pub async fn keep(self) -> Result<(), Error> {
        self.tx.commit().await.map_err(self.store.failed("keep what a person made"))
    }
}

/// Columns of rows people made that hold JSON.
///
/// `policy` is a number in a comparison and JSON in a release: a number is JSON, too.
const JSON: [&str; 13] = [
    "evidence",
    "trail",
    "finals",
    "policy",
    "cities",
    "seals",
    "mismatches",
    "codes",
    "duties",
    "preferences",
    "portals",
    "body",
    "detail",
];

/// A row that a person made as it stands in the log: JSON in it is JSON.
pub(crate) fn unfolded(row: &SqliteRow) -> Result<Value, sqlx::Error> {
    let mut object = object(row, &["entry"])?;
    for column in JSON {
        if let Some(value) = object.get_mut(column)
            && let Some(text) = value.as_str()
        {
            *value = serde_json::from_str(text).map_err(|error| unreadable(column, error))?;
        }
    }
    Ok(object)
}

/// A row as a JSON object: blobs in hexadecimal, all else as it is.
fn object(row: &SqliteRow, without: &[&str]) -> Result<Value, sqlx::Error> {
    let mut object = Map::new();
    for column in row.columns().iter().filter(|column| !without.contains(&column.name())) {
        let at = column.ordinal();
        let raw = row.try_get_raw(at)?;
        let kind = raw.type_info().into_owned();
        let value = match kind.name() {
            _ if raw.is_null() => Value::Null,
            "INTEGER" => row.try_get::<i64, _>(at)?.into(),
            "REAL" => row.try_get::<f64, _>(at)?.into(),
            "BLOB" => hexadecimal(row.try_get(at)?).into(),
            // Text that is none was written by somebody else; it must not keep the rest from being read.
            _ => match String::from_utf8(row.try_get_unchecked(at)?) {
                Ok(text) => text.into(),
                Err(other) => serde_json::json!({ "bytes": hexadecimal(other.as_bytes()) }),
            },
        };
        object.insert(column.name().to_owned(), value);
    }
    Ok(Value::Object(object))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
