//! Runs: a survey's crawl of one portal.

use model::{Portal, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::row::{json, maybe_time, time, word};
use crate::{Error, Store, SurveyId};

/// Number of a run in its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub i64);

/// A survey's crawl of one portal.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// The survey it belongs to.
    pub survey: SurveyId,
    /// The portal as it was defined then.
    pub portal: Portal,
    /// The budget it was given.
    pub budget: Value,
    /// Where it stands.
    pub state: RunState,
    /// Why it stopped or failed, in words.
    pub reason: Option<String>,
    /// When it began.
    pub started: Time,
    /// When it ended.
    pub finished: Option<Time>,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunState {
    /// It runs, or was killed and waits to be resumed.
    Running,
    /// It came to its end: dry, proven or out of budget.
    Finished,
    /// A person stopped it.
    Stopped,
    /// It could not go on.
    Failed,
}

impl RunState {
    /// The word used in the ledger and on screens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }
}

impl Store {
    /// Begins the run of a portal, or takes it up again if the survey has one that is defined the same.
    pub async fn begin_run(&self, survey: SurveyId, portal: &Portal, budget: &Value, at: Time) -> Result<RunId, Error> {
        let failed = self.failed("begin a run");
        let definition = serde_json::to_string(portal).expect("a portal is plain data");
        let mut tx = self.begin().await.map_err(&failed)?;
        let insert = "insert into run (survey, portal, definition, budget, state, started) values (?, ?, ?, ?, 'running', ?) \
                      on conflict (survey, portal) do update set state = 'running', reason = null, finished = null \
                      returning id, definition";
        let query =
            sqlx::query(insert).bind(survey.0).bind(&portal.id).bind(&definition).bind(budget.to_string()).bind(at.micros());
        let row = query.fetch_one(&mut *tx).await.map_err(&failed)?;
        if row.try_get::<&str, _>("definition").map_err(&failed)? != definition {
            return Err(Error::Conflict(format!(
                "survey {} already has a run of portal `{}`, with other hosts, languages or home page: begin a new survey",
                survey.0, portal.id
            )));
        }
        let id = RunId(row.try_get("id").map_err(&failed)?);
        tx.commit().await.map_err(&failed)?;
        Ok(id)
    }

    /// Notes how a run ended.
    pub async fn finish_run(&self, run: RunId, state: RunState, reason: Option<&str>, at: Time) -> Result<(), Error> {
        let update = "update run set state = ?, reason = ?, finished = ? where id = ?";
        let query = sqlx::query(update).bind(state.as_str()).bind(reason).bind(at.micros()).bind(run.0);
        let done = query.execute(self.writer()).await.map_err(self.failed("finish a run"))?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(self.unknown("run", run.0)) }
    }

    /// The runs of a survey in the order they began.
    pub async fn runs(&self, survey: SurveyId) -> Result<Vec<Run>, Error> {
        let query = sqlx::query("select * from run where survey = ? order by id").bind(survey.0).try_map(|row| read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("list runs"))
    }

    /// The run of that number.
    pub async fn run(&self, run: RunId) -> Result<Run, Error> {
        let query = sqlx::query("select * from run where id = ?").bind(run.0).try_map(|row| read(&row));
        let found = query.fetch_optional(&self.readers).await.map_err(self.failed("read a run"))?;
        found.ok_or_else(|| self.unknown("run", run.0))
    }
}

fn read(row: &SqliteRow) -> Result<Run, sqlx::Error> {
    Ok(Run {
        id: RunId(row.try_get("id")?),
        survey: SurveyId(row.try_get("survey")?),
        portal: json(row, "definition")?,
        budget: json(row, "budget")?,
        state: word(row, "state")?,
        reason: row.try_get("reason")?,
        started: time(row, "started")?,
        finished: maybe_time(row, "finished")?,
    })
}
