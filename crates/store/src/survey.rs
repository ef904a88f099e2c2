//! Surveys: one campaign's crawl at one time, with all that judged it.

use model::{Digest, Time};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::row::{digest, json, maybe_time, time};
use crate::{Error, Store};

/// Number of a survey in its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurveyId(pub i64);

/// What a survey is begun with.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSurvey {
    /// Key of the campaign.
    pub campaign: String,
    /// When it begins.
    pub started: Time,
    /// Name and version of the program.
    pub tool: String,
    /// Digest of the rulebook.
    pub rulebook: Digest,
    /// Effective settings, after files, environment and flags.
    pub settings: Value,
    /// Seed of the exploring share.
    pub seed: u64,
}

/// A survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Its number.
    pub id: SurveyId,
    /// What it was begun with.
    pub begun: NewSurvey,
    /// When it ended; none while it runs or after it was killed.
    pub finished: Option<Time>,
}

impl Store {
    /// Begins a survey.
    pub async fn begin_survey(&self, new: &NewSurvey) -> Result<SurveyId, Error> {
        let insert = "insert into survey (campaign, started, tool, rulebook, settings, seed) values (?, ?, ?, ?, ?, ?)";
        let done = sqlx::query(insert)
            .bind(&new.campaign)
            .bind(new.started.micros())
            .bind(&new.tool)
            .bind(new.rulebook.0.as_slice())
            .bind(new.settings.to_string())
            .bind(new.seed.cast_signed())
            .execute(self.writer())
            .await;
        Ok(SurveyId(done.map_err(self.failed("begin a survey"))?.last_insert_rowid()))
    }

    /// Notes that a survey came to its end. Its runs have states of their own.
    pub async fn finish_survey(&self, survey: SurveyId, at: Time) -> Result<(), Error> {
        let update = sqlx::query("update survey set finished = ? where id = ?").bind(at.micros()).bind(survey.0);
        let done = update.execute(self.writer()).await.map_err(self.failed("finish a survey"))?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(self.unknown("survey", survey.0)) }
    }

    /// Notes that a survey runs again.
    pub async fn resume_survey(&self, survey: SurveyId) -> Result<Survey, Error> {
        let update = sqlx::query("update survey set finished = null where id = ?").bind(survey.0);
        update.execute(self.writer()).await.map_err(self.failed("resume a survey"))?;
        self.survey(survey).await
    }

    /// The survey of that number.
    pub async fn survey(&self, survey: SurveyId) -> Result<Survey, Error> {
        let query = sqlx::query("select * from survey where id = ?").bind(survey.0).try_map(|row| read(&row));
        let found = query.fetch_optional(&self.readers).await.map_err(self.failed("read a survey"))?;
        found.ok_or_else(|| self.unknown("survey", survey.0))
    }

    /// Every survey, the latest first.
    pub async fn surveys(&self) -> Result<Vec<Survey>, Error> {
        let query = sqlx::query("select * from survey order by id desc").try_map(|row| read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("list surveys"))
    }

    /// The latest survey, of one campaign or of all.
    pub async fn latest(&self, campaign: Option<&str>) -> Result<Option<Survey>, Error> {
        let select = "select * from survey where ?1 is null or campaign = ?1 order by id desc limit 1";
        let query = sqlx::query(select).bind(campaign).try_map(|row| read(&row));
        query.fetch_optional(&self.readers).await.map_err(self.failed("find the latest survey"))
    }

    /// For what should be there and is not.
    pub(crate) fn unknown(&self, noun: &'static str, id: i64) -> Error {
        Error::Unknown { noun, id, path: self.path().to_owned() }
    }
}

fn read(row: &SqliteRow) -> Result<Survey, sqlx::Error> {
    Ok(Survey {
        id: SurveyId(row.try_get("id")?),
        begun: NewSurvey {
            campaign: row.try_get("campaign")?,
            started: time(row, "started")?,
            tool: row.try_get("tool")?,
            rulebook: digest(row, "rulebook")?,
            settings: json(row, "settings")?,
            seed: row.try_get::<i64, _>("seed")?.cast_unsigned(),
        },
        finished: maybe_time(row, "finished")?,
    })
}
