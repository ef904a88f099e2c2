//! What must outlive a process so that a restart stays polite: paces of hosts, answers of robots.txt.

use model::{HostPace, RobotsAnswer, RobotsOutcome, Time};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};

use crate::row::{insert, number, signed, time, unreadable};
use crate::{Error, Store, SurveyId};

impl Store {
    /// Writes paces down, to be awaited before the requests they are for. One statement, and so one transaction.
    pub async fn reserve(&self, survey: SurveyId, paces: &[HostPace]) -> Result<(), Error> {
        if paces.is_empty() {
            return Ok(());
        }
        let head = "insert into host_pace (host, survey, next_allowed, backoff_milli, latency_micros, blocks, stopped) ";
        let tail = " on conflict (host) do update set survey = excluded.survey, next_allowed = excluded.next_allowed, \
                    backoff_milli = excluded.backoff_milli, latency_micros = excluded.latency_micros, \
                    blocks = excluded.blocks, stopped = excluded.stopped";
        let mut statement = QueryBuilder::<Sqlite>::new(head);
        statement.push_values(paces, |mut tuple, pace| {
            tuple.push_bind(&*pace.host).push_bind(survey.0).push_bind(pace.next_allowed.micros());
            tuple.push_bind(pace.backoff_milli).push_bind(signed(pace.latency_micros)).push_bind(pace.blocks);
            tuple.push_bind(pace.stopped);
        });
        statement.push(tail);
        statement.build().execute(self.writer()).await.map_err(self.failed("reserve the pace of hosts"))?;
        Ok(())
    }

    /// The paces of all hosts, as a survey has to respect them: that a host refused another survey (blocks, stopped)
    /// does not count, when it may be asked next does.
    pub async fn paces(&self, survey: SurveyId) -> Result<Vec<HostPace>, Error> {
        let select = "select host, next_allowed, backoff_milli, latency_micros, iif(survey = ?1, blocks, 0) as blocks, \
                      survey = ?1 and stopped as stopped from host_pace order by host";
        let query = sqlx::query(select).bind(survey.0).try_map(|row| read_pace(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read the paces of hosts"))
    }

    /// The paces of the hosts that a survey was the last to ask.
    pub async fn paces_of(&self, survey: SurveyId) -> Result<Vec<HostPace>, Error> {
        let query = sqlx::query("select * from host_pace where survey = ? order by host").bind(survey.0);
        let query = query.try_map(|row| read_pace(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read the paces of hosts"))
    }

    /// Answers of robots.txt that were fetched at `since` or later.
    pub async fn robots(&self, since: Time) -> Result<Vec<RobotsAnswer>, Error> {
        let select = "select * from robots_answer where fetched >= ? order by authority";
        let query = sqlx::query(select).bind(since.micros()).try_map(|row| read_robots(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("read robots answers"))
    }
}

fn read_pace(row: &SqliteRow) -> Result<HostPace, sqlx::Error> {
    Ok(HostPace {
        host: row.try_get("host")?,
        next_allowed: time(row, "next_allowed")?,
        backoff_milli: number(row, "backoff_milli")?,
        latency_micros: number(row, "latency_micros")?,
        blocks: number(row, "blocks")?,
        stopped: row.try_get("stopped")?,
    })
}

/// The latest answer of each authority stays.
pub(crate) async fn keep_robots(connection: &mut SqliteConnection, rows: &[&RobotsAnswer]) -> Result<(), sqlx::Error> {
    let head = "insert into robots_answer (authority, fetched, outcome, text) ";
    let tail = " on conflict (authority) do update set fetched = excluded.fetched, outcome = excluded.outcome, \
                text = excluded.text where excluded.fetched >= robots_answer.fetched";
    insert(connection, head, tail, 4, rows, |tuple, answer| {
        let (outcome, text) = match &answer.outcome {
            RobotsOutcome::Rules(text) => ("rules", text),
            RobotsOutcome::Unavailable(why) => ("unavailable", why),
            RobotsOutcome::Unreachable(why) => ("unreachable", why),
        };
        tuple.push_bind(&*answer.authority).push_bind(answer.fetched.micros()).push_bind(outcome).push_bind(&**text);
    })
    .await
}

fn read_robots(row: &SqliteRow) -> Result<RobotsAnswer, sqlx::Error> {
    let text = row.try_get("text")?;
    let outcome = match row.try_get("outcome")? {
        "rules" => RobotsOutcome::Rules(text),
        "unavailable" => RobotsOutcome::Unavailable(text),
        "unreachable" => RobotsOutcome::Unreachable(text),
        other => return Err(unreadable("outcome", format!("`{other}` is no outcome of robots.txt"))),
    };
    Ok(RobotsAnswer { authority: row.try_get("authority")?, fetched: time(row, "fetched")?, outcome })
}
