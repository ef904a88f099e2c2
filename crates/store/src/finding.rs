//! Findings: what a rulebook concluded from a run. Insert-only; a run that is judged again gets a further judging.

use std::collections::HashMap;

use model::{Answer, Coverage, Digest, Evidence, Finding, Time, Why};
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::evidence::{keep_evidence, read_evidence};
use crate::row::{digest, insert, json, number, time, unreadable, word};
use crate::{Error, RunId, Store};

/// Number of a finding in its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub i64);

/// One judging of a run by one rulebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Judging {
    /// Its number.
    pub id: i64,
    /// The run.
    pub run: RunId,
    /// Digest of the rulebook.
    pub rulebook: Digest,
    /// Name and version of the program.
    pub tool: String,
    /// When.
    pub judged: Time,
    /// What had been seen and missed: the certificate behind every "absent".
    pub coverage: Coverage,
}

/// A finding in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its number.
    pub id: FindingId,
    /// The judging it belongs to.
    pub judging: i64,
    /// The run it speaks about.
    pub run: RunId,
    /// What was found, with its evidence.
    pub finding: Finding,
}

impl Store {
    /// Keeps what a rulebook concluded from a run. The same once more is a no-op; something else from the same
    /// rulebook and the same visits is refused, because then a judging would not be reproducible.
    pub async fn put_findings(
        &self,
        run: RunId,
        rulebook: &Digest,
        tool: &str,
        judged: Time,
        coverage: &Coverage,
        findings: &[Finding],
    ) -> Result<i64, Error> {
        let failed = self.failed("keep findings");
        let certificate = serde_json::to_string(coverage).expect("coverage is plain data");
        let mut tx = self.begin().await.map_err(&failed)?;
        let insert = "insert into judging (run, rulebook, visits, tool, judged, coverage) values (?, ?, ?, ?, ?, ?) \
                      on conflict (run, rulebook, visits) do nothing returning id";
        let visits = i64::try_from(coverage.seen.len()).expect("visits are counted in 32 bits");
        let query = sqlx::query_scalar(insert).bind(run.0).bind(rulebook.0.as_slice()).bind(visits).bind(tool);
        let new = query.bind(judged.micros()).bind(&certificate).fetch_optional(&mut *tx).await.map_err(&failed)?;
        if let Some(judging) = new {
            keep_findings(&mut tx, judging, run, findings).await.map_err(&failed)?;
            tx.commit().await.map_err(&failed)?;
            return Ok(judging);
        }
        drop(tx);
        self.same_again(run, rulebook, visits, &certificate, findings).await
    }

    /// The judgings of a run, the latest first.
    pub async fn judgings(&self, run: RunId) -> Result<Vec<Judging>, Error> {
        let select = "select * from judging where run = ? order by id desc";
        let query = sqlx::query(select).bind(run.0).try_map(|row| read_judging(&row));
        query.fetch_all(&self.readers).await.map_err(self.failed("list judgings"))
    }

    /// The latest judging of a portal in the surveys of a campaign: of its latest run that was judged.
    pub async fn latest_judging(&self, campaign: &str, portal: &str) -> Result<Option<i64>, Error> {
        let select = "select j.id from judging j join run r on r.id = j.run join survey s on s.id = r.survey \
                      where s.campaign = ? and r.portal = ? order by s.id desc, j.id desc limit 1";
        let query = sqlx::query_scalar(select).bind(campaign).bind(portal);
        query.fetch_optional(&self.readers).await.map_err(self.failed("find the latest judging"))
    }

    /// The findings of a judging in the order they were put, which is that of the instrument.
    pub async fn findings(&self, judging: i64) -> Result<Vec<Found>, Error> {
        let failed = self.failed("read findings");
        let select = "select f.*, j.run from finding f join judging j on j.id = f.judging where f.judging = ? order by f.id";
        let query = sqlx::query(select).bind(judging).try_map(|row| read(&row));
        let mut found = query.fetch_all(&self.readers).await.map_err(&failed)?;
        let select = "select * from evidence where finding in (select id from finding where judging = ?) order by finding, rank";
        let query = sqlx::query(select).bind(judging).try_map(|row| Ok((row.try_get("finding")?, read_evidence(&row)?)));
        let mut evidence: HashMap<i64, Vec<Evidence>> = HashMap::new();
        for (finding, one) in query.fetch_all(&self.readers).await.map_err(&failed)? {
            evidence.entry(finding).or_default().push(one);
        }
        for one in &mut found {
            one.finding.evidence = evidence.remove(&one.id.0).unwrap_or_default();
        }
        Ok(found)
    }

    /// The finding of that number.
    pub async fn finding(&self, finding: FindingId) -> Result<Found, Error> {
        let select = "select f.*, j.run from finding f join judging j on j.id = f.judging where f.id = ?";
        let query = sqlx::query(select).bind(finding.0).try_map(|row| read(&row));
        let found = query.fetch_optional(&self.readers).await.map_err(self.failed("read a finding"))?;
        let mut found = found.ok_or_else(|| self.unknown("finding", finding.0))?;
        found.finding.evidence = self.proofs(finding).await?.into_iter().map(|proof| proof.evidence).collect();
        Ok(found)
    }

    /// The number of a judging that was kept before, if it says the same.
    async fn same_again(
        &self,
        run: RunId,
        rulebook: &Digest,
        visits: i64,
        certificate: &str,
        findings: &[Finding],
    ) -> Result<i64, Error> {
        let select = "select id, coverage from judging where run = ? and rulebook = ? and visits = ?";
        let query = sqlx::query_as(select).bind(run.0).bind(rulebook.0.as_slice()).bind(visits);
        let (judging, known): (i64, String) = query.fetch_one(&self.readers).await.map_err(self.failed("read a judging"))?;
        let before = self.findings(judging).await?;
        let differs = before.iter().map(|found| &found.finding).zip(findings).find(|(old, new)| old != new);
        let what = match differs {
            Some((old, _)) => format!("another finding for `{}`", old.code),
            None if before.len() != findings.len() => format!("{} findings, not {}", before.len(), findings.len()),
            None if known != certificate => "another coverage".to_owned(),
            None => return Ok(judging),
        };
        Err(Error::Conflict(format!("run {} was judged before by the same rulebook on the same visits, with {what}", run.0)))
    }
}

async fn keep_findings(tx: &mut SqliteConnection, judging: i64, run: RunId, findings: &[Finding]) -> Result<(), sqlx::Error> {
    let last: i64 = sqlx::query_scalar("select coalesce(max(id), 0) from finding").fetch_one(&mut *tx).await?;
    let numbered: Vec<_> = (last + 1..).zip(findings).collect();
    let head = "insert into finding (id, judging, code, answer, why, band, because) ";
    insert(tx, head, "", 7, &numbered, |tuple, (id, finding)| {
        let why = match &finding.answer {
            Answer::Undetermined(why) => Some(json!(why).to_string()),
            Answer::Present | Answer::Absent => None,
        };
        tuple.push_bind(*id).push_bind(judging).push_bind(finding.code.as_str()).push_bind(finding.answer.word());
        tuple.push_bind(why).push_bind(finding.band.as_str()).push_bind(&*finding.because);
    })
    .await?;
    keep_evidence(tx, run, &numbered).await
}

fn read(row: &SqliteRow) -> Result<Found, sqlx::Error> {
    let answer = match row.try_get("answer")? {
        "present" => Answer::Present,
        "absent" => Answer::Absent,
        "undetermined" => Answer::Undetermined(json::<Why>(row, "why")?),
        other => return Err(unreadable("answer", format!("`{other}` is no answer"))),
    };
    let finding = Finding {
        code: word(row, "code")?,
        answer,
        band: word(row, "band")?,
        evidence: Vec::new(),
        because: row.try_get("because")?,
    };
    Ok(Found { id: FindingId(row.try_get("id")?), judging: number(row, "judging")?, run: RunId(row.try_get("run")?), finding })
}

fn read_judging(row: &SqliteRow) -> Result<Judging, sqlx::Error> {
    Ok(Judging {
        id: row.try_get("id")?,
        run: RunId(row.try_get("run")?),
        rulebook: digest(row, "rulebook")?,
        tool: row.try_get("tool")?,
        judged: time(row, "judged")?,
        coverage: json(row, "coverage")?,
    })
}
