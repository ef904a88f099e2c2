//! Counts of a run, for progress and for the summary.

use std::collections::BTreeMap;

use model::Miss;
use sqlx::Row as _;

use crate::row::{maybe_word, number};
use crate::{Error, RunId, Store, SurveyId};

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Visits whose page was fetched.
    pub captured: u32,
    /// Visits whose page the survey had already.
    pub shared: u32,
    /// Visits that brought nothing, by reason.
    pub missed: BTreeMap<Miss, u32>,
    /// Bytes of the bodies that were fetched.
    pub bytes: u64,
    /// URLs that were found and not admitted.
    pub refused: u32,
}

impl Tally {
    /// Visits in all.
    pub fn visits(&self) -> u32 {
        self.captured + self.shared + self.missed.values().sum::<u32>()
    }
}

impl Store {
    /// Counts of every run of a survey, as of one moment.
    pub async fn tallies(&self, survey: SurveyId) -> Result<BTreeMap<RunId, Tally>, Error> {
        self.count(survey).await.map_err(self.failed("count visits"))
    }

    async fn count(&self, survey: SurveyId) -> Result<BTreeMap<RunId, Tally>, sqlx::Error> {
        let select = "select r.id as run, v.miss, v.shared, count(v.no) as visits, \
                      coalesce(sum(iif(v.shared, 0, c.bytes)), 0) as bytes, \
                      (select count(*) from refusal where refusal.run = r.id) as refused \
                      from run r left join visit v on v.run = r.id left join capture c on c.id = v.capture \
                      where r.survey = ? group by r.id, v.miss, v.shared";
        let mut tallies: BTreeMap<RunId, Tally> = BTreeMap::new();
        for row in sqlx::query(select).bind(survey.0).fetch_all(&self.readers).await? {
            let tally = tallies.entry(RunId(row.try_get("run")?)).or_default();
            let visits: u32 = number(&row, "visits")?;
            match maybe_word(&row, "miss")? {
                Some(miss) => drop(tally.missed.insert(miss, visits)),
                None if row.try_get::<Option<bool>, _>("shared")? == Some(true) => tally.shared = visits,
                None => tally.captured = visits,
            }
            tally.bytes += number::<u64>(&row, "bytes")?;
            tally.refused = number(&row, "refused")?;
        }
        Ok(tallies)
    }
}
