//! Keeping what a person made: the log's entry first, then the row.

use std::path::Path;

use archive::{Fact, Log, read_text};
use model::{Adjudication, Choice, Decision, Made, Pointed};
use serde_json::Value;
use store::Store;

use crate::error::{Error, rule};

/// Keeps what a person made, if it breaks no rule; returns the number of its entry in the log.
pub async fn record(archive: &Path, log: &mut Log, store: &Store, made: &Made) -> Result<u64, Error> {
    catch_up(log, store).await?;
    match made {
        Made::Decision(decision) => check_decision(archive, store, decision).await?,
        Made::Adjudication(ruling) => check_adjudication(archive, store, ruling).await?,
        // What leads to these is computed from the ledger.
        Made::SignOff(_) | Made::Release(_) => {}
    }
    let (table, row) = (made.table(), made.row());
    let mut held = log.hold()?;
    let making = store.make(held.next(), table, &row).await?;
    let entry = held.append(Fact::Row { table: table.to_owned(), row })?;
    making.keep().await?;
    Ok(entry)
}

/// Puts into the ledger what the log has and a crash kept from it; returns how many rows.
pub async fn catch_up(log: &mut Log, store: &Store) -> Result<usize, Error> {
    let last = store.last_made().await?;
    log.refresh()?;
    let mut late = 0;
    for entry in log.entries().iter().filter(|entry| entry.no > last) {
        if let Fact::Row { table, row } = &entry.fact {
            store.make(entry.no, table, row).await?.keep().await?;
            late += 1;
        }
    }
    Ok(late)
}

async fn check_decision(archive: &Path, store: &Store, made: &Decision) -> Result<(), Error> {
    let place = format!("{} {} in slot {:?}", made.portal, made.code, made.slot);
    match made.answer {
        Choice::Yes if made.evidence.is_empty() => {
            return Err(rule(format!("{place}: a yes needs at least one passage of a captured page that shows it")));
        }
        Choice::No if made.trail.is_empty() => {
            return Err(rule(format!("{place}: a no needs its search trail, the pages and searches that were tried")));
        }
        Choice::No | Choice::Unclear | Choice::Blocked if made.reason.is_none() => {
            return Err(rule(format!("{place}: `{}` needs a reason code", made.answer.as_str())));
        }
        _ => {}
    }
    if store.made("sign_off", &made.campaign).await?.iter().any(|(_, row)| is_of(row, &made.portal, made.round)) {
        return Err(rule(format!("{place}: round {} of the city is signed off; a change needs a new round", made.round)));
    }
    let mut before = None;
    for (_, row) in store.made("decision", &made.campaign).await? {
        if !is_of(&row, &made.portal, made.round) {
            continue;
        }
        let (same_slot, same_person) = (row["slot"] == format!("{:?}", made.slot), row["assessor"] == made.assessor);
        if same_slot != same_person {
            return Err(rule(format!("{place}: a slot is one person's, and a person has one slot of a city")));
        }
        if same_slot && row["code"] == made.code.as_str() {
            before = row["id"].as_str().map(str::to_owned);
        }
    }
    if before != made.supersedes {
        let what = before.map_or("there is no decision that it could supersede".to_owned(), |id| {
            format!("decided before: give `supersedes` as {id}")
        });
        return Err(rule(format!("{place}: {what}")));
    }
    check_evidence(archive, store, &made.evidence).await
}

async fn check_adjudication(archive: &Path, store: &Store, made: &Adjudication) -> Result<(), Error> {
    let place = format!("{} {}", made.portal, made.code);
    if !matches!(made.answer, Choice::Yes | Choice::No) {
        return Err(rule(format!("{place}: a ruling is yes or no")));
    }
    let decisions = store.made("decision", &made.campaign).await?;
    let mut of_city = decisions.iter().filter(|(_, row)| is_of(row, &made.portal, made.round)).peekable();
    if of_city.peek().is_none() {
        return Err(rule(format!("{place}: nobody has decided anything of this city in round {}", made.round)));
    }
    if of_city.any(|(_, row)| row["assessor"] == made.reviewer) {
        return Err(rule(format!("{place}: who assessed a city may not rule on it")));
    }
    check_evidence(archive, store, &made.evidence).await
}

/// Each passage must be one of a kept capture, and stand where it is said to stand.
async fn check_evidence(archive: &Path, store: &Store, evidence: &[Pointed]) -> Result<(), Error> {
    for pointed in evidence {
        let Some((capture, _)) = store.capture_of(&pointed.record).await? else {
            return Err(rule(format!("evidence: no capture has the record {}", pointed.record)));
        };
        let Some((start, end)) = pointed.start.zip(pointed.end) else { continue };
        let Some(layer) = store.layer(capture).await? else {
            return Err(rule(format!("evidence: the text of {} is not kept; point at a page that was proposed", pointed.url)));
        };
        let text = read_text(archive, &layer)?;
        let passage: String = text.chars().skip(start as usize).take((end as usize).saturating_sub(start as usize)).collect();
        if passage != pointed.exact {
            return Err(rule(format!("evidence: characters {start} to {end} of {} are not the words quoted", pointed.url)));
        }
    }
    Ok(())
}

/// Whether a row is of a city and round.
pub(crate) fn is_of(row: &Value, portal: &str, round: u32) -> bool {
    row["portal"] == portal && row["round"] == round
}
