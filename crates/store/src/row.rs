//! Between rows and model types: many rows in few statements, and columns read back with their meaning checked.

use model::{Digest, Time};
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as WordError;
use sqlx::query_builder::Separated;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{QueryBuilder, Row as _, Sqlite};

/// Variables that one statement may bind (`SQLITE_MAX_VARIABLE_NUMBER`).
const MAX_VARIABLES: usize = 32_766;

/// One tuple of an `insert` in the making.
pub(crate) type Tuple<'a> = Separated<'a, Sqlite, &'static str>;

/// Inserts many rows. `head` is the statement up to `values`, `tail` what follows the values, `width` the number of
/// variables that `bind` pushes per row.
///
/// Rows go in by powers of two, so that there are few different statements and the driver finds them prepared.
pub(crate) async fn insert<T>(
    connection: &mut SqliteConnection,
    head: &str,
    tail: &str,
    width: usize,
    rows: &[T],
    bind: impl Fn(&mut Tuple<'_>, &T),
) -> Result<(), sqlx::Error> {
    let mut rest = rows;
    while !rest.is_empty() {
        let most = rest.len().min(MAX_VARIABLES / width);
        let (now, later) = rest.split_at(1 << most.ilog2());
        let mut statement = QueryBuilder::<Sqlite>::new(head);
        statement.push_values(now, |mut tuple, row| bind(&mut tuple, row));
        statement.push(tail);
        statement.build().execute(&mut *connection).await?;
        rest = later;
    }
    Ok(())
}

/// A number that must fit.
pub(crate) fn number<T: TryFrom<i64>>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error> {
    let stored: i64 = row.try_get(column)?;
    T::try_from(stored).map_err(|_| unreadable(column, format!("{stored} is out of range")))
}

/// As [`number`], for a column that may be null.
pub(crate) fn maybe_number<T: TryFrom<i64>>(row: &SqliteRow, column: &str) -> Result<Option<T>, sqlx::Error> {
    match row.try_get::<Option<i64>, _>(column)? {
        Some(_) => number(row, column).map(Some),
        None => Ok(None),
    }
}

/// A type that reads itself from one word: the enums and checked names of the model.
pub(crate) fn word<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error> {
    read_word(row.try_get(column)?, column)
}

/// As [`word`], for a column that may be null.
pub(crate) fn maybe_word<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<Option<T>, sqlx::Error> {
    row.try_get::<Option<&str>, _>(column)?.map(|stored| read_word(stored, column)).transpose()
}

/// A JSON document.
pub(crate) fn json<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error> {
    serde_json::from_str(row.try_get(column)?).map_err(|error| unreadable(column, error))
}

/// An instant.
pub(crate) fn time(row: &SqliteRow, column: &str) -> Result<Time, sqlx::Error> {
    Time::from_micros(row.try_get(column)?).map_err(|error| unreadable(column, error))
}

/// As [`time`], for a column that may be null.
pub(crate) fn maybe_time(row: &SqliteRow, column: &str) -> Result<Option<Time>, sqlx::Error> {
    row.try_get::<Option<i64>, _>(column)?.map(|_| time(row, column)).transpose()
}

/// A digest.
pub(crate) fn digest(row: &SqliteRow, column: &str) -> Result<Digest, sqlx::Error> {
    let stored: &[u8] = row.try_get(column)?;
    stored.try_into().map(Digest).map_err(|_| unreadable(column, format!("{} bytes are no SHA-256 digest", stored.len())))
}

/// A value that the model does not know.
pub(crate) fn unreadable(column: &str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: source.into() }
}

/// An unsigned number as SQLite keeps it. Lengths and counts of ours are far below the limit.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn read_word<T: DeserializeOwned>(stored: &str, column: &str) -> Result<T, sqlx::Error> {
    T::deserialize(stored.into_deserializer()).map_err(|error: WordError| unreadable(column, error))
}
