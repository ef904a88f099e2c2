//! Assignments: the slots of cities, what is typed in them before it is decided, and captures that their assessors added.

use model::{Slot, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row as _;

use crate::plain::Bind::{Maybe, MaybeNumber, Number, Text};
use crate::{CaptureId, Captured, Error, Store, capture};

/// An assessor's slot of a city in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Random; says nothing about others.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Round of the city.
    pub round: u32,
    /// Which of the independent assessors.
    pub slot: Slot,
    /// From 1; the last of a slot counts.
    pub seq: u32,
    /// Pseudonym.
    pub person: String,
    /// The judging whose proposals are shown.
    pub judging: Option<i64>,
    /// Digest over them.
    pub proposals: Option<String>,
    /// Of order and clean share.
    pub seed: i64,
    /// Until when it should be sealed.
    pub due: Option<String>,
    /// Since when.
    pub at: Time,
    /// Who assigned it.
    pub by: String,
}

/// What somebody typed and did not commit yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The indicator.
    pub code: String,
    /// What was typed.
    pub body: Value,
    /// When.
    pub at: Time,
}

/// A capture that an assessor may search in.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its number.
    pub capture: CaptureId,
    /// What the ledger knows of it.
    pub captured: Captured,
    /// What the links say that led to it; the first alone of those with the same words.
    pub links: Vec<String>,
    /// Whether its text can be searched without telling what the other assessor opened: evidence of the frozen proposals
    /// points into it.
    pub proposed: bool,
}

impl Store {
    /// Gives a slot to a person.
    pub async fn put_assignment(&self, of: &Assignment) -> Result<(), Error> {
        let insert = "insert into assignment (id, campaign, portal, round, slot, seq, person, judging, proposals, seed, due, at, \
                      \"by\") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let (slot, at) = (format!("{:?}", of.slot), of.at.to_string());
        let binds = [
            Text(&of.id),
            Text(&of.campaign),
            Text(&of.portal),
            Number(of.round.into()),
            Text(&slot),
            Number(of.seq.into()),
            Text(&of.person),
            MaybeNumber(of.judging),
            Maybe(of.proposals.as_deref()),
            Number(of.seed),
            Maybe(of.due.as_deref()),
            Text(&at),
            Text(&of.by),
        ];
        self.change("give a slot", insert, &binds).await?;
        Ok(())
    }

    /// The assignment of that number.
    pub async fn assignment(&self, id: &str) -> Result<Option<Assignment>, Error> {
        self.first("read an assignment", "select * from assignment where id = ?", &[Text(id)]).await
    }

    /// Whether somebody else has this slot now.
    pub async fn taken_over(&self, of: &Assignment) -> Result<bool, Error> {
        let select = "select exists (select 1 from assignment where campaign = ? and portal = ? and round = ? and slot = ? \
                      and seq > ?)";
        let query = sqlx::query_scalar(select).bind(&of.campaign).bind(&of.portal).bind(of.round);
        let query = query.bind(format!("{:?}", of.slot)).bind(of.seq);
        query.fetch_one(&self.readers).await.map_err(self.failed("look for an assignment"))
    }

    /// The assignments of a campaign, by city, round, slot and order.
    pub async fn assignments(&self, campaign: &str) -> Result<Vec<Assignment>, Error> {
        let select = "select * from assignment where campaign = ? order by portal, round, slot, seq";
        self.list("list assignments", select, &[Text(campaign)]).await
    }

    /// The assignments of a person, the latest first.
    pub async fn assignments_of(&self, person: &str) -> Result<Vec<Assignment>, Error> {
        self.list("list assignments", "select * from assignment where person = ? order by at desc, id", &[Text(person)]).await
    }

    /// Keeps what somebody typed.
    pub async fn put_draft(&self, assignment: &str, code: &str, body: &Value, at: Time) -> Result<(), Error> {
        let upsert = "insert into draft (assignment, code, body, at) values (?, ?, ?, ?) \
                      on conflict do update set body = excluded.body, at = excluded.at";
        self.change("keep a draft", upsert, &[Text(assignment), Text(code), Text(&body.to_string()), Text(&at.to_string())])
            .await?;
        Ok(())
    }

    /// Keeps what somebody brought for several indicators: all of it or nothing.
    pub async fn put_drafts(&self, assignment: &str, drafts: &[(String, Value)], at: Time) -> Result<(), Error> {
        let failed = self.failed("keep drafts");
        let upsert = "insert into draft (assignment, code, body, at) values (?, ?, ?, ?) \
                      on conflict do update set body = excluded.body, at = excluded.at";
        let mut tx = self.begin().await.map_err(&failed)?;
        for (code, body) in drafts {
            let query = sqlx::query(upsert).bind(assignment).bind(code).bind(body.to_string()).bind(at.to_string());
            query.execute(&mut *tx).await.map_err(&failed)?;
        }
        tx.commit().await.map_err(&failed)
    }

    /// What somebody typed in a slot, by indicator.
    pub async fn drafts(&self, assignment: &str) -> Result<Vec<Draft>, Error> {
        self.list("read drafts", "select code, body, at from draft where assignment = ?", &[Text(assignment)]).await
    }

    /// Forgets what was typed: it is decided now.
    pub async fn drop_draft(&self, assignment: &str, code: &str) -> Result<(), Error> {
        self.change("drop a draft", "delete from draft where assignment = ? and code = ?", &[Text(assignment), Text(code)])
            .await?;
        Ok(())
    }

    /// Notes that an assessor added a capture.
    pub async fn add_capture(&self, assignment: &str, capture: CaptureId, at: Time) -> Result<(), Error> {
        let insert = "insert into added (assignment, capture, at) values (?, ?, ?) on conflict do nothing";
        self.change("keep an added capture", insert, &[Text(assignment), Number(capture.0), Text(&at.to_string())]).await?;
        Ok(())
    }

    /// Whether an assessor may look at a capture: it is of the run whose proposals they see, they added it, or somebody
    /// brought it for this city who has no slot in it.
    pub async fn may_see(&self, of: &Assignment, capture: CaptureId) -> Result<bool, Error> {
        let select = "select exists (select 1 from visit v join judging j on j.run = v.run where j.id = ?1 and v.capture = ?3) \
                      or exists (select 1 from added where assignment = ?2 and capture = ?3) \
                      or exists (select 1 from manual_capture m join ingest i on i.entry = m.ingest \
                          where m.capture = ?3 and i.portal = ?4 and i.\"by\" not in \
                          (select person from assignment where campaign = ?5 and portal = ?4 and round = ?6))";
        let query = sqlx::query_scalar(select).bind(of.judging).bind(&of.id).bind(capture.0).bind(&of.portal);
        let query = query.bind(&of.campaign).bind(of.round);
        query.fetch_one(&self.readers).await.map_err(self.failed("look for a capture"))
    }

    /// The captures that an assessor added, the latest first.
    pub async fn added(&self, assignment: &str) -> Result<Vec<(CaptureId, Captured)>, Error> {
        let select = "select c.* from captured c join added a on a.capture = c.capture where a.assignment = ? order by a.at desc";
        let query = sqlx::query(select).bind(assignment).try_map(|row| capture::read(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("list added captures"))
    }

    /// The captures of the run whose proposals an assessor sees, in the order of their visits.
    pub async fn listed(&self, of: &Assignment) -> Result<Vec<Listed>, Error> {
        let select = "select c.*, v.link, exists (select 1 from evidence e join finding f on f.id = e.finding \
                      where f.judging = j.id and e.capture = c.capture) as proposed \
                      from judging j join visit v on v.run = j.run join captured c on c.capture = v.capture \
                      where j.id = ? order by v.no";
        let query = sqlx::query(select)
            .bind(of.judging)
            .try_map(|row| Ok((capture::read(&row)?, row.try_get::<Option<String>, _>("link")?, row.try_get("proposed")?)));
        let mut listed: Vec<Listed> = Vec::new();
        for ((capture, captured), link, proposed) in query.fetch_all(&self.readers).await.map_err(self.failed("list captures"))? {
            let known = listed.iter().position(|one| one.capture == capture);
            let at = known.unwrap_or(listed.len());
            if known.is_none() {
                listed.push(Listed { capture, captured, links: Vec::new(), proposed });
            }
            if let Some(link) = link.filter(|link| !link.is_empty() && !listed[at].links.contains(link)) {
                listed[at].links.push(link);
            }
        }
        Ok(listed)
    }

    /// The capture of that number.
    pub async fn capture(&self, capture: CaptureId) -> Result<Option<Captured>, Error> {
        let query = sqlx::query("select * from captured where capture = ?").bind(capture.0).try_map(|row| capture::read(&row));
        let found = query.fetch_optional(&self.readers).await.map_err(self.failed("read a capture"))?;
        Ok(found.map(|(_, captured)| captured))
    }
}
