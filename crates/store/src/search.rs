//! Queries to a portal's own search form.

use model::SiteSearch;
use sqlx::Row as _;

use crate::row::{insert, number};
use crate::{Error, RunId, Store};

impl Store {
    /// Keeps the queries of a run; the pages of results are visits and were kept before. Counts may be put again.
    pub async fn put_searches(&self, run: RunId, searches: &[SiteSearch]) -> Result<(), Error> {
        let failed = self.failed("keep searches");
        let mut tx = self.begin().await.map_err(&failed)?;
        let head = "insert into search (run, visit, query, results) ";
        let tail = " on conflict (run, visit) do update set results = excluded.results";
        let done = insert(&mut tx, head, tail, 4, searches, |tuple, search| {
            tuple.push_bind(run.0).push_bind(search.visit).push_bind(&*search.query).push_bind(search.results);
        });
        done.await.map_err(&failed)?;
        tx.commit().await.map_err(&failed)
    }

    /// The queries of a run in order.
    pub async fn searches(&self, run: RunId) -> Result<Vec<SiteSearch>, Error> {
        let query = sqlx::query("select * from search where run = ? order by visit").bind(run.0).try_map(|row| {
            Ok(SiteSearch { visit: number(&row, "visit")?, query: row.try_get("query")?, results: number(&row, "results")? })
        });
        query.fetch_all(&self.readers).await.map_err(self.failed("read the searches of a run"))
    }
}
