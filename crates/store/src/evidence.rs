//! Evidence: the ranked captures and selectors behind a finding, with what the ledger knows of their bytes.

use std::collections::HashMap;

use model::{Evidence, Finding};
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::capture;
use crate::quote::{bind_quote, read_quote, single};
use crate::row::{insert, json, maybe_word, number, word};
use crate::{CaptureId, Captured, Error, FindingId, RunId, Store};

/// A piece of evidence with the capture that it points into.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// From 1, the best first.
    pub rank: u16,
    /// The evidence.
    pub evidence: Evidence,
    /// The capture of its visit; none for a lead whose page did not come.
    pub captured: Option<(CaptureId, Captured)>,
}

impl Store {
    /// The evidence of a finding, the best first, with its captures.
    pub async fn proofs(&self, finding: FindingId) -> Result<Vec<Proof>, Error> {
        let failed = self.failed("read evidence");
        let select = "select * from evidence where finding = ? order by rank";
        let query = sqlx::query(select).bind(finding.0).try_map(|row| {
            let capture: Option<i64> = row.try_get("capture")?;
            Ok((Proof { rank: number(&row, "rank")?, evidence: read_evidence(&row)?, captured: None }, capture))
        });
        let mut proofs = Vec::new();
        for (mut proof, capture) in query.fetch_all(&self.readers).await.map_err(&failed)? {
            if let Some(id) = capture {
                let query = sqlx::query("select * from captured where capture = ?").bind(id);
                let found = query.try_map(|row| capture::read(&row)).fetch_one(&self.readers).await;
                proof.captured = Some(found.map_err(&failed)?);
            }
            proofs.push(proof);
        }
        Ok(proofs)
    }
}

impl Store {
    /// The evidence of every finding of a judging, the best first, with its captures.
    pub async fn proofs_of(&self, judging: i64) -> Result<HashMap<FindingId, Vec<Proof>>, Error> {
        let failed = self.failed("read evidence");
        let select = "select * from captured where capture in \
                      (select e.capture from evidence e join finding f on f.id = e.finding where f.judging = ?)";
        let query = sqlx::query(select).bind(judging).try_map(|row| capture::read(&row));
        let captures = query.fetch_all(&self.readers).await.map_err(&failed)?;
        let captures: HashMap<i64, (CaptureId, Captured)> = captures.into_iter().map(|one| (one.0.0, one)).collect();
        let select = "select * from evidence where finding in (select id from finding where judging = ?) order by finding, rank";
        let query = sqlx::query(select).bind(judging).try_map(|row| {
            let capture: Option<i64> = row.try_get("capture")?;
            let captured = capture.and_then(|id| captures.get(&id).cloned());
            let proof = Proof { rank: number(&row, "rank")?, evidence: read_evidence(&row)?, captured };
            Ok((FindingId(row.try_get("finding")?), proof))
        });
        let mut proofs: HashMap<FindingId, Vec<Proof>> = HashMap::new();
        for (finding, proof) in query.fetch_all(&self.readers).await.map_err(&failed)? {
            proofs.entry(finding).or_default().push(proof);
        }
        Ok(proofs)
    }
}

pub(crate) fn read_evidence(row: &SqliteRow) -> Result<Evidence, sqlx::Error> {
    Ok(Evidence {
        visit: number(row, "visit")?,
        url: row.try_get("url")?,
        quote: read_quote(row)?,
        place: word(row, "place")?,
        worth: single(row, "worth")?,
        signals: json(row, "signals")?,
        chain: match maybe_word::<String>(row, "chain")? {
            Some(_) => Some(json(row, "chain")?),
            None => None,
        },
    })
}

pub(crate) async fn keep_evidence(
    tx: &mut SqliteConnection,
    run: RunId,
    findings: &[(i64, &Finding)],
) -> Result<(), sqlx::Error> {
    let ranked =
        findings.iter().flat_map(|(id, finding)| (1_u16..).zip(&finding.evidence).map(move |(rank, one)| (*id, rank, one)));
    let rows: Vec<_> = ranked.collect();
    let head = "insert into evidence (finding, rank, capture, visit, url, place, worth, signals, chain, exact, prefix, suffix, \
                start, end) ";
    insert(tx, head, "", 15, &rows, |tuple, (finding, rank, evidence)| {
        tuple.push_bind(*finding).push_bind(*rank);
        tuple.push("(select capture from visit where run = ").push_bind_unseparated(run.0);
        tuple.push_unseparated(" and no = ").push_bind_unseparated(evidence.visit).push_unseparated(")");
        tuple.push_bind(evidence.visit).push_bind(&*evidence.url).push_bind(evidence.place.as_str());
        tuple.push_bind(f64::from(evidence.worth)).push_bind(json!(evidence.signals).to_string());
        tuple.push_bind(evidence.chain.as_ref().map(|chain| json!(chain).to_string()));
        bind_quote(tuple, &evidence.quote);
    })
    .await
}
