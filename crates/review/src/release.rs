//! From decisions to final answers, and from signed-off cities to a release.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use archive::Log;
use model::{Choice, Code, Decision, Final, Made, Release, SignOff, Slot};
use serde_json::Value;
use store::Store;

use crate::error::{Error, rule};
use crate::record::{is_of, record};

/// Signs a city off: every indicator has two decisions that agree, or a ruling. Fails with all that lack it.
pub async fn sign_off(archive: &Path, log: &mut Log, store: &Store, codes: &[Code], made: SignOff) -> Result<SignOff, Error> {
    let finals = finals(store, codes, &made).await?;
    let made = SignOff { finals, ..made };
    record(archive, log, store, &Made::SignOff(made.clone())).await?;
    Ok(made)
}

async fn finals(store: &Store, codes: &[Code], of: &SignOff) -> Result<Vec<Final>, Error> {
    let mut decided: BTreeMap<(Code, Slot), Decision> = BTreeMap::new();
    for (_, row) in store.made("decision", &of.campaign).await? {
        if is_of(&row, &of.portal, of.round) {
            let decision: Decision = read(row)?;
            decided.insert((decision.code.clone(), decision.slot), decision);
        }
    }
    let mut rulings: BTreeMap<String, (Choice, String)> = BTreeMap::new();
    for (_, row) in store.made("adjudication", &of.campaign).await? {
        if is_of(&row, &of.portal, of.round) {
            let ruling: model::Adjudication = read(row)?;
            if ruling.reviewer == of.reviewer {
                return Err(rule(format!("{}: who ruled on a city may not sign it off", of.portal)));
            }
            rulings.insert(ruling.code.as_str().to_owned(), (ruling.answer, ruling.id));
        }
    }
    if decided.values().any(|decision| decision.assessor == of.reviewer) {
        return Err(rule(format!("{}: who assessed a city may not sign it off", of.portal)));
    }
    let (mut finals, mut open) = (Vec::new(), Vec::new());
    for code in codes {
        let of_slot = |slot| decided.get(&(code.clone(), slot));
        match (rulings.get(code.as_str()), of_slot(Slot::A), of_slot(Slot::B)) {
            (Some((answer, id)), ..) => finals.push(Final { code: code.clone(), answer: *answer, rests_on: vec![id.clone()] }),
            (None, Some(a), Some(b)) if a.answer == b.answer && matches!(a.answer, Choice::Yes | Choice::No) => {
                finals.push(Final { code: code.clone(), answer: a.answer, rests_on: vec![a.id.clone(), b.id.clone()] });
            }
            (None, Some(_), Some(_)) => open.push(format!("{code} needs a ruling")),
            _ => open.push(format!("{code} is not decided by both")),
        }
    }
    if open.is_empty() { Ok(finals) } else { Err(rule(format!("{} cannot be signed off: {}", of.portal, open.join(", ")))) }
}

/// Publishes the signed-off cities of a campaign. The number and what is superseded follow from the releases before.
pub async fn release(archive: &Path, log: &mut Log, store: &Store, made: Release) -> Result<Release, Error> {
    let releases: Vec<Release> =
        store.made("release", &made.campaign).await?.into_iter().map(|(_, row)| read(row)).collect::<Result<_, _>>()?;
    let mut cities = BTreeSet::new();
    for city in &made.cities {
        if !cities.insert(&city.portal) {
            return Err(rule(format!("{} would be in the release twice", city.portal)));
        }
    }
    if made.cities.is_empty() {
        return Err(rule(format!("no city of the campaign `{}` is signed off", made.campaign)));
    }
    let last = releases.last();
    let made = Release { number: last.map_or(1, |last| last.number + 1), supersedes: last.map(|last| last.id.clone()), ..made };
    record(archive, log, store, &Made::Release(made.clone())).await?;
    Ok(made)
}

fn read<T: serde::de::DeserializeOwned>(row: Value) -> Result<T, Error> {
    serde_json::from_value(row).map_err(|error| rule(format!("a row of the ledger was written by another version: {error}")))
}
