//! From decisions to final answers, and from signed-off cities to a release.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use archive::Log;
use model::{Adjudication, Choice, Code, Decision, Final, Inspected, Inspection, Made, Release, Released, SignOff, Slot};
use store::Store;

use crate::city::{asked, read, rows};
use crate::error::{Error, rule};
use crate::record::record;

/// Signs a city off: every indicator has two decisions that agree, or a ruling. Fails with all that lack it.
pub async fn sign_off(archive: &Path, log: &mut Log, store: &Store, codes: &[Code], made: SignOff) -> Result<SignOff, Error> {
    let made = with_finals(store, codes, made, false).await?;
    record(archive, log, store, &Made::SignOff(made.clone())).await?;
    Ok(made)
}

/// The sign-off with every final answer and what it rests on. `own_rulings`: who ruled may sign off.
pub(crate) async fn with_finals(store: &Store, codes: &[Code], of: SignOff, own_rulings: bool) -> Result<SignOff, Error> {
    let table = |table| store.made_of(table, &of.campaign, &of.portal, of.round);
    let decisions: Vec<Decision> = rows(table("decision").await?)?;
    let rulings: Vec<Adjudication> = rows(table("adjudication").await?)?;
    let inspections: Vec<Inspection> = rows(table("inspection").await?)?;
    if rulings.iter().any(|ruling| ruling.reviewer == of.reviewer) && !own_rulings {
        return Err(rule(format!("{}: who ruled on a city may not sign it off", of.portal)));
    }
    if decisions.iter().any(|decision| decision.assessor == of.reviewer) {
        return Err(rule(format!("{}: who assessed a city may not sign it off", of.portal)));
    }
    // Later rows take the place of earlier ones.
    let decided: BTreeMap<(Code, Slot), Decision> =
        decisions.into_iter().map(|one| ((one.code.clone(), one.slot), one)).collect();
    let ruled: BTreeMap<Code, Adjudication> = rulings.into_iter().map(|one| (one.code.clone(), one)).collect();
    let looked: BTreeMap<Code, Inspected> = inspections.into_iter().map(|one| (one.code, one.outcome)).collect();
    let carried = carried(store, &of).await?;
    let asked = asked(store, &of.campaign, &of.portal, of.round, codes).await?.unwrap_or_default();
    let (mut finals, mut open) = (Vec::new(), Vec::new());
    for code in codes {
        let of_slot = |slot| decided.get(&(code.clone(), slot));
        let both = of_slot(Slot::A).zip(of_slot(Slot::B));
        match (ruled.get(code), both, carried.get(code)) {
            (None, _, Some(before)) if !asked.contains(code) => finals.push(before.clone()),
            (Some(ruling), ..) => {
                finals.push(Final { code: code.clone(), answer: ruling.answer, rests_on: vec![ruling.id.clone()] });
            }
            (None, Some(_), _) if looked.get(code) == Some(&Inspected::Doubted) => {
                open.push(format!("{code} was doubted and needs a ruling"));
            }
            (None, Some((a, b)), _) if a.answer == b.answer && matches!(a.answer, Choice::Yes | Choice::No) => {
                finals.push(Final { code: code.clone(), answer: a.answer, rests_on: vec![a.id.clone(), b.id.clone()] });
            }
            (None, Some(_), _) => open.push(format!("{code} needs a ruling")),
            (None, None, _) => open.push(format!("{code} is not decided by both")),
        }
    }
    if open.is_empty() {
        Ok(SignOff { finals, ..of })
    } else {
        Err(rule(format!("{} cannot be signed off: {}", of.portal, open.join(", "))))
    }
}

/// The final answers of the round before.
async fn carried(store: &Store, of: &SignOff) -> Result<BTreeMap<Code, Final>, Error> {
    if of.round < 2 {
        return Ok(BTreeMap::new());
    }
    let before: Vec<SignOff> = rows(store.made_of("sign_off", &of.campaign, &of.portal, of.round - 1).await?)?;
    Ok(before.into_iter().flat_map(|one| one.finals).map(|one| (one.code.clone(), one)).collect())
}

/// Publishes the signed-off cities of a campaign. The number and what is superseded follow from the releases before.
pub async fn release(archive: &Path, log: &mut Log, store: &Store, made: Release) -> Result<Release, Error> {
    let made = numbered(store, made).await?;
    record(archive, log, store, &Made::Release(made.clone())).await?;
    Ok(made)
}

/// The signed-off cities of a campaign as a release holds them: each by its latest sign-off, with the judging that its assessors
/// were given, else with its latest one.
pub async fn signed_off(store: &Store, campaign: &str) -> Result<Vec<Released>, Error> {
    let assignments = store.assignments(campaign).await?;
    let mut signed: BTreeMap<String, SignOff> = BTreeMap::new();
    let mut order = Vec::new();
    for (_, row) in store.made("sign_off", campaign).await? {
        let one: SignOff = read(row)?;
        order.retain(|portal| *portal != one.portal);
        order.push(one.portal.clone());
        signed.insert(one.portal.clone(), one);
    }
    let surveys: Vec<_> = store.surveys().await?.into_iter().filter(|survey| survey.begun.campaign == campaign).collect();
    let mut runs = Vec::new();
    for survey in &surveys {
        runs.extend(store.runs(survey.id).await?);
    }
    let mut cities = Vec::new();
    for one in order.iter().filter_map(|portal| signed.get(portal)) {
        let given = assignments.iter().rfind(|slot| slot.portal == one.portal && slot.round == one.round);
        let given = given.and_then(|slot| slot.judging);
        let mut found = None;
        for run in runs.iter().filter(|run| run.portal.id == one.portal) {
            let judgings = store.judgings(run.id).await?;
            let judging = judgings.iter().find(|judging| given.is_none_or(|given| judging.id == given));
            if let Some(judging) = judging {
                found = Some((run, judging.id));
                break;
            }
        }
        let Some((run, judging)) = found else {
            return Err(rule(format!(
                "{} is signed off, but no survey of it was judged: survey it, so that the release can name what was looked at",
                one.portal
            )));
        };
        let (portal, city, sign_off) = (one.portal.clone(), run.portal.city.clone(), one.id.clone());
        cities.push(Released { portal, city, run: run.id.0, judging, sign_off });
    }
    Ok(cities)
}

/// The release with its number and what it supersedes.
pub(crate) async fn numbered(store: &Store, made: Release) -> Result<Release, Error> {
    let before = store.made("release", &made.campaign).await?;
    let releases: Vec<Release> = before.into_iter().map(|(_, row)| read(row)).collect::<Result<_, _>>()?;
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
    Ok(Release { number: last.map_or(1, |last| last.number + 1), supersedes: last.map(|last| last.id.clone()), ..made })
}
