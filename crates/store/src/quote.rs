//! Quotes and numbers of evidence as columns.

use model::Quote;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::row::{Tuple, maybe_number, unreadable};

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
