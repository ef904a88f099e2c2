//! Refusals: URLs that were found and not admitted. Decisions not to fetch are as much part of the proof as fetches.

use model::VisitNo;
use sqlx::{Row as _, SqliteConnection};

use crate::row::{insert, number};
use crate::{Error, RunId, Store};

/// A URL that was not admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The URL.
    pub url: String,
    /// The visit whose page holds the link; none for a seed.
    pub via: Option<VisitNo>,
    /// The rule that refused it, in words.
    pub rule: String,
}

impl Store {
    /// Keeps refusals for which no visit came after. One that is known already is passed over.
    pub async fn refuse(&self, run: RunId, refused: &[Refusal]) -> Result<(), Error> {
        let failed = self.failed("keep refusals");
        let rows: Vec<_> = refused.iter().map(|refusal| (run, refusal)).collect();
        let mut tx = self.begin().await.map_err(&failed)?;
        keep_refusals(&mut tx, &rows).await.map_err(&failed)?;
        tx.commit().await.map_err(&failed)
    }

    /// The refusals of a run by the page that holds the link.
    pub async fn refusals(&self, run: RunId) -> Result<Vec<Refusal>, Error> {
        let query = sqlx::query("select * from refusal where run = ? order by via, url").bind(run.0).try_map(|row| {
            let via = Some(number(&row, "via")?).filter(|via| *via != SEED);
            Ok(Refusal { url: row.try_get("url")?, via, rule: row.try_get("rule")? })
        });
        query.fetch_all(&self.readers).await.map_err(self.failed("read the refusals of a run"))
    }
}

/// In place of a visit that does not exist: visits are numbered from 1.
const SEED: VisitNo = 0;

pub(crate) async fn keep_refusals(connection: &mut SqliteConnection, rows: &[(RunId, &Refusal)]) -> Result<(), sqlx::Error> {
    let head = "insert into refusal (run, via, url, rule) ";
    insert(connection, head, " on conflict do nothing", 4, rows, |tuple, (run, refusal)| {
        tuple.push_bind(run.0).push_bind(refusal.via.unwrap_or(SEED)).push_bind(&*refusal.url).push_bind(&*refusal.rule);
    })
    .await
}
