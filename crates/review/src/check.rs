//! By which rules something that a person made is kept.

use std::path::Path;

use archive::read_text;
use model::{Adjudication, Choice, Decision, Inspection, Made, Pointed, Rebuttal, SlotSeal};
use serde_json::Value;
use store::Store;

use crate::error::{Error, rule};

/// Fails with the rule that it breaks.
pub(crate) async fn check(archive: &Path, store: &Store, made: &Made) -> Result<(), Error> {
    match made {
        Made::Decision(made) => check_decision(archive, store, made).await,
        Made::SlotSeal(made) => check_seal(store, made).await,
        Made::Rebuttal(made) => check_rebuttal(store, made).await,
        Made::Adjudication(made) => check_adjudication(archive, store, made).await,
        Made::Inspection(made) => check_inspection(store, made).await,
        // What leads to these is computed from the ledger, and the ledger keeps one of each.
        Made::Comparison(_) | Made::SignOff(_) | Made::Release(_) | Made::Reopening(_) => Ok(()),
    }
}

async fn check_decision(archive: &Path, store: &Store, made: &Decision) -> Result<(), Error> {
    let slot = format!("{:?}", made.slot);
    let place = format!("{} {} in slot {slot}", made.portal, made.code);
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
    if !store.made_of("sign_off", &made.campaign, &made.portal, made.round).await?.is_empty() {
        return Err(rule(format!("{place}: round {} of the city is signed off; a change needs a new round", made.round)));
    }
    let seals = store.made_of("slot_seal", &made.campaign, &made.portal, made.round).await?;
    if seals.iter().any(|seal| seal["slot"] == slot.as_str()) {
        return Err(rule(format!("{place}: the slot is sealed, its decisions stay")));
    }
    if store.clashes(&made.campaign, &made.portal, made.round, &slot, &made.assessor).await? {
        return Err(rule(format!("{place}: a slot is one person's, and a person has one slot of a city")));
    }
    let stands = store.stands(&made.campaign, &made.portal, made.round, &slot, made.code.as_str()).await?;
    // What somebody decided who then handed the slot over is no answer of this person.
    let stands = stands.filter(|row| row["assessor"] == made.assessor.as_str());
    let before = stands.as_ref().and_then(|row| row["id"].as_str());
    if before != made.supersedes.as_deref() {
        let what = before.map_or("there is no decision that it could supersede".to_owned(), |id| {
            format!("decided before: give `supersedes` as {id}")
        });
        return Err(Error::Stale { what: format!("{place}: {what}"), stands: stands.unwrap_or(Value::Null) });
    }
    check_evidence(archive, store, &made.evidence).await
}

async fn check_seal(store: &Store, made: &SlotSeal) -> Result<(), Error> {
    let place = format!("{} in slot {:?}", made.portal, made.slot);
    let decisions = store.made_of("decision", &made.campaign, &made.portal, made.round).await?;
    let slot = format!("{:?}", made.slot);
    // The last one: whoever handed the slot over decided before.
    match decisions.iter().rfind(|row| row["slot"] == slot.as_str()) {
        None => Err(rule(format!("{place}: nothing is decided"))),
        Some(row) if row["assessor"] != made.assessor.as_str() => Err(rule(format!("{place}: it is somebody else's slot"))),
        Some(_) => Ok(()),
    }
}

async fn check_rebuttal(store: &Store, made: &Rebuttal) -> Result<(), Error> {
    let place = format!("{} {} in slot {:?}", made.portal, made.code, made.slot);
    let comparisons = store.made_of("comparison", &made.campaign, &made.portal, made.round).await?;
    let differs = comparisons.iter().flat_map(|row| row["mismatches"].as_array().into_iter().flatten());
    if !differs.into_iter().any(|code| code == made.code.as_str()) {
        return Err(rule(format!("{place}: the slots do not differ here")));
    }
    let rulings = store.made_of("adjudication", &made.campaign, &made.portal, made.round).await?;
    if rulings.iter().any(|row| row["code"] == made.code.as_str()) {
        return Err(rule(format!("{place}: it is ruled on")));
    }
    Ok(())
}

async fn check_adjudication(archive: &Path, store: &Store, made: &Adjudication) -> Result<(), Error> {
    let place = format!("{} {}", made.portal, made.code);
    if !matches!(made.answer, Choice::Yes | Choice::No) {
        return Err(rule(format!("{place}: a ruling is yes or no")));
    }
    apart(store, &made.campaign, &made.portal, made.round, &made.reviewer, &place, "rule on it").await?;
    if !store.made_of("sign_off", &made.campaign, &made.portal, made.round).await?.is_empty() {
        return Err(rule(format!("{place}: round {} of the city is signed off; a change needs a new round", made.round)));
    }
    let rulings = store.made_of("adjudication", &made.campaign, &made.portal, made.round).await?;
    let stands = rulings.into_iter().rfind(|row| row["code"] == made.code.as_str());
    if stands.as_ref().and_then(|row| row["id"].as_str()) != made.supersedes.as_deref() {
        let what = format!("{place}: it was ruled on in the meantime");
        return Err(Error::Stale { what, stands: stands.unwrap_or(Value::Null) });
    }
    check_evidence(archive, store, &made.evidence).await
}

async fn check_inspection(store: &Store, made: &Inspection) -> Result<(), Error> {
    let place = format!("{} {}", made.portal, made.code);
    apart(store, &made.campaign, &made.portal, made.round, &made.reviewer, &place, "look at it").await
}

/// Who assessed a city keeps away from what follows.
async fn apart(store: &Store, campaign: &str, portal: &str, round: u32, who: &str, place: &str, what: &str) -> Result<(), Error> {
    let decisions = store.made_of("decision", campaign, portal, round).await?;
    if decisions.is_empty() {
        return Err(rule(format!("{place}: nobody has decided anything of this city in round {round}")));
    }
    if decisions.iter().any(|row| row["assessor"] == who) {
        return Err(rule(format!("{place}: who assessed a city may not {what}")));
    }
    Ok(())
}

/// Each passage must be one of a kept capture, and stand where it is said to stand.
pub(crate) async fn check_evidence(archive: &Path, store: &Store, evidence: &[Pointed]) -> Result<(), Error> {
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
