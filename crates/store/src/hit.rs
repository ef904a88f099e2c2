//! Hits: signals that fired, with the words that a person would point at.

use model::{Hit, Quote, UrlKey};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::row::{Tuple, maybe_number, number, unreadable, word};
use crate::{Error, RunId, Store};

impl Store {
    /// The hits of a run in the order of its visits.
    pub async fn hits(&self, run: RunId) -> Result<Vec<Hit>, Error> {
        let query = sqlx::query("select * from hit where run = ? order by visit, no").bind(run.0).try_map(|row| read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read the hits of a run"))
    }
}

fn read(row: &SqliteRow) -> Result<Hit, sqlx::Error> {
    Ok(Hit {
        code: word(row, "code")?,
        signal: row.try_get("signal")?,
        place: word(row, "place")?,
        weight: single(row, "weight")?,
        quote: read_quote(row)?,
        visit: number(row, "visit")?,
        target: row.try_get::<Option<_>, _>("target")?.map(UrlKey),
        link: maybe_number(row, "link")?,
    })
}

/// The columns of a quote.
pub(crate) fn read_quote(row: &SqliteRow) -> Result<Quote, sqlx::Error> {
    let position = match (maybe_number(row, "start")?, maybe_number(row, "end")?) {
        (Some(start), Some(end)) => Some((start, end)),
        (None, None) => None,
        _ => return Err(unreadable("start", "a position has a start and an end or neither")),
    };
    Ok(Quote { exact: row.try_get("exact")?, prefix: row.try_get("prefix")?, suffix: row.try_get("suffix")?, position })
}

/// A single-precision number, which SQLite keeps exactly in its double-precision one.
pub(crate) fn single(row: &SqliteRow, column: &str) -> Result<f32, sqlx::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "it was one before it was stored")]
    row.try_get::<f64, _>(column).map(|stored| stored as f32)
}

pub(crate) fn bind_quote(tuple: &mut Tuple<'_>, quote: &Quote) {
    tuple.push_bind(&*quote.exact).push_bind(&*quote.prefix).push_bind(&*quote.suffix);
    tuple.push_bind(quote.position.map(|(start, _)| start)).push_bind(quote.position.map(|(_, end)| end));
}

pub(crate) const INSERT_HIT: &str = "insert into hit (run, visit, no, code, signal, place, weight, target, link, exact, prefix, \
                                     suffix, start, end) ";
pub(crate) const HIT_WIDTH: usize = 14;

pub(crate) fn bind_hit(tuple: &mut Tuple<'_>, hit: &Hit) {
    tuple.push_bind(hit.code.as_str()).push_bind(&*hit.signal).push_bind(hit.place.as_str()).push_bind(f64::from(hit.weight));
    tuple.push_bind(hit.target.as_ref().map(|key| &*key.0)).push_bind(hit.link);
    bind_quote(tuple, &hit.quote);
}
