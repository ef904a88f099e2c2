//! Visits: every URL a run asked for, with what came of it and how one gets there from the home page.

use model::{Region, UrlKey, Via, Visit, VisitNo};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::capture::{self, read_record};
use crate::row::{Tuple, maybe_number, maybe_word, number, word};
use crate::{CaptureId, Error, Outcome, RunId, Store};

/// A visit and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The visit.
    pub visit: Visit,
    /// What came of it.
    pub outcome: Outcome,
}

/// One step of a click path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The visit.
    pub visit: VisitNo,
    /// What was asked for.
    pub url: String,
    /// What the link says that led here; none for the home page and other seeds.
    pub link: Option<String>,
    /// Where on the page before it that link stands.
    pub region: Option<Region>,
}

impl Store {
    /// Every visit of a run in the order of the frontier, to replay it.
    pub async fn outcomes(&self, run: RunId) -> Result<Vec<Past>, Error> {
        let query = sqlx::query("select * from past where run = ? order by no").bind(run.0).try_map(|row| read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read the visits of a run"))
    }

    /// One visit of a run.
    pub async fn outcome(&self, run: RunId, visit: VisitNo) -> Result<Option<Past>, Error> {
        let query = sqlx::query("select * from past where run = ? and no = ?").bind(run.0).bind(visit).try_map(|row| read(&row));
        query.fetch_optional(&self.readers).await.map_err(self.failed("read a visit"))
    }

    /// The first visit of a run that brought a capture; none if no visit of it did.
    pub async fn visit_of(&self, run: RunId, capture: CaptureId) -> Result<Option<VisitNo>, Error> {
        let select = "select no from visit where run = ? and capture = ? order by no limit 1";
        let query = sqlx::query(select).bind(run.0).bind(capture.0).try_map(|row| number(&row, "no"));
        query.fetch_optional(&self.readers).await.map_err(self.failed("look for the visit of a capture"))
    }

    /// The way from the home page (or another seed) to a visit, the visit last. Empty if there is no such visit.
    pub async fn click_path(&self, run: RunId, visit: VisitNo) -> Result<Vec<Step>, Error> {
        // A page is admitted by one that was visited before it, so numbers fall along the way and it must end.
        let select = "with recursive way (no) as (select ?2 union all \
                      select v.via from way join visit v on v.run = ?1 and v.no = way.no where v.via < v.no) \
                      select v.no, v.url, v.link, v.region from way join visit v on v.run = ?1 and v.no = way.no order by v.no";
        let query = sqlx::query(select).bind(run.0).bind(visit).try_map(|row| {
            Ok(Step {
                visit: number(&row, "no")?,
                url: row.try_get("url")?,
                link: row.try_get("link")?,
                region: maybe_word(&row, "region")?,
            })
        });
        query.fetch_all(&self.readers).await.map_err(self.failed("read a click path"))
    }
}

fn read(row: &SqliteRow) -> Result<Past, sqlx::Error> {
    let via = match maybe_number(row, "via")? {
        Some(from) => Some(Via { from, href: row.try_get("href")?, text: row.try_get("link")?, region: word(row, "region")? }),
        None => None,
    };
    let visit = Visit {
        no: number(row, "no")?,
        url: word(row, "url")?,
        key: UrlKey(row.try_get::<String, _>("key")?.into()),
        errand: word(row, "errand")?,
        via,
        depth: number(row, "depth")?,
        rule: row.try_get("rule")?,
        explored: row.try_get("explored")?,
    };
    Ok(Past { visit, outcome: read_outcome(row)? })
}

fn read_outcome(row: &SqliteRow) -> Result<Outcome, sqlx::Error> {
    if let Some(miss) = maybe_word(row, "miss")? {
        let archived = row.try_get::<Option<&str>, _>("miss_name")?.is_some();
        let record = if archived { Some(read_record(row, "miss")?) } else { None };
        return Ok(Outcome::Missed { miss, detail: row.try_get("detail")?, record });
    }
    let (id, captured) = capture::read(row)?;
    Ok(if row.try_get("shared")? { Outcome::Shared(id, Box::new(captured)) } else { Outcome::Captured(Box::new(captured)) })
}

pub(crate) const INSERT_VISIT: &str = "insert into visit (run, no, url, key, errand, via, href, link, region, depth, rule, \
                                       explored, capture, shared, miss, detail, record) ";
pub(crate) const VISIT_WIDTH: usize = 17;

pub(crate) fn bind_visit(
    tuple: &mut Tuple<'_>,
    run: RunId,
    visit: &Visit,
    outcome: &Outcome,
    capture: Option<CaptureId>,
    record: Option<i64>,
) {
    let via = visit.via.as_ref();
    tuple.push_bind(run.0).push_bind(visit.no).push_bind(visit.url.as_str()).push_bind(&*visit.key.0);
    tuple.push_bind(visit.errand.as_str()).push_bind(via.map(|via| via.from)).push_bind(via.map(|via| &*via.href));
    tuple.push_bind(via.map(|via| &*via.text)).push_bind(via.map(|via| via.region.as_str()));
    tuple.push_bind(visit.depth).push_bind(&*visit.rule).push_bind(visit.explored).push_bind(capture.map(|id| id.0));
    let (miss, detail) = match outcome {
        Outcome::Missed { miss, detail, .. } => (Some(miss.as_str()), Some(&**detail)),
        _ => (None, None),
    };
    tuple.push_bind(matches!(outcome, Outcome::Shared(..))).push_bind(miss).push_bind(detail).push_bind(record);
}
