//! Ordinary tables: rows as types that read themselves from JSON, statements with a list of what is bound.

use serde::de::DeserializeOwned;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Sqlite, SqliteConnection};

use crate::row::unreadable;
use crate::rows::unfolded;
use crate::{Error, Store};

/// A value of a statement.
pub(crate) enum Bind<'a> {
    Text(&'a str),
    Maybe(Option<&'a str>),
    Number(i64),
    MaybeNumber(Option<i64>),
    Bytes(&'a [u8]),
}

impl Store {
    /// The rows of a query.
    pub(crate) async fn list<T: DeserializeOwned + Send + Unpin>(
        &self,
        what: &'static str,
        select: &'static str,
        binds: &[Bind<'_>],
    ) -> Result<Vec<T>, Error> {
        let query =
            bound(select, binds).try_map(|row| serde_json::from_value(unfolded(&row)?).map_err(|error| unreadable("row", error)));
        query.fetch_all(&self.readers).await.map_err(self.failed(what))
    }

    /// The first row of a query.
    pub(crate) async fn first<T: DeserializeOwned + Send + Unpin>(
        &self,
        what: &'static str,
        select: &'static str,
        binds: &[Bind<'_>],
    ) -> Result<Option<T>, Error> {
        Ok(self.list(what, select, binds).await?.into_iter().next())
    }

    /// Does a statement that writes; returns how many rows it touched.
    pub(crate) async fn change(&self, what: &'static str, statement: &'static str, binds: &[Bind<'_>]) -> Result<u64, Error> {
        let done = bound(statement, binds).execute(self.writer()).await.map_err(self.failed(what))?;
        Ok(done.rows_affected())
    }
}

/// As [`Store::change`], within a transaction.
pub(crate) async fn change_in(
    tx: &mut SqliteConnection,
    statement: &'static str,
    binds: &[Bind<'_>],
) -> Result<u64, sqlx::Error> {
    Ok(bound(statement, binds).execute(tx).await?.rows_affected())
}

fn bound<'a>(statement: &'static str, binds: &[Bind<'a>]) -> Query<'a, Sqlite, SqliteArguments> {
    let mut query = sqlx::query(statement);
    for bind in binds {
        query = match bind {
            Bind::Text(text) => query.bind(*text),
            Bind::Maybe(text) => query.bind(*text),
            Bind::Number(number) => query.bind(*number),
            Bind::MaybeNumber(number) => query.bind(*number),
            Bind::Bytes(bytes) => query.bind(*bytes),
        };
    }
    query
}
