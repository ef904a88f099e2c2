//! Every city of a campaign at a glance: what was made of each of its rounds, read table by table instead of city by city.

use std::collections::{BTreeMap, HashMap};

use model::{Adjudication, Code, Comparison, Decision, Inspected, Inspection, Path, Portal, Reopening, SignOff, Slot, SlotSeal};
use serde::de::DeserializeOwned;
use store::{Assignment, Campaign, Store};

use crate::city::{policy, read};
use crate::error::Error;
use crate::policy::CityFacts;

/// A city, by the key of its portal, in a round.
type Key = (String, u32);

/// Every round of every city of a campaign.
pub(crate) struct Overview {
    pub(crate) campaign: Campaign,
    /// By city in the order of the campaign's list, then by round.
    pub(crate) rounds: Vec<Round>,
}

/// A city in one round, without its decisions.
pub(crate) struct Round {
    pub(crate) portal: Portal,
    pub(crate) round: u32,
    /// Whether no later one was begun.
    pub(crate) latest: bool,
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) seals: BTreeMap<Slot, SlotSeal>,
    pub(crate) comparison: Option<Comparison>,
    /// The rulings that stand.
    pub(crate) rulings: BTreeMap<Code, Adjudication>,
    inspections: BTreeMap<Code, Inspection>,
    pub(crate) sign_off: Option<SignOff>,
    interested: Vec<String>,
    own_rulings: bool,
}

impl Overview {
    /// All that was made in a campaign, but for decisions.
    pub(crate) async fn load(store: &Store, campaign: Campaign) -> Result<Self, Error> {
        let id = campaign.id.as_str();
        let mut seals = grouped::<SlotSeal>(store, "slot_seal", id).await?;
        let mut comparisons = grouped::<Comparison>(store, "comparison", id).await?;
        let mut rulings = grouped::<Adjudication>(store, "adjudication", id).await?;
        let mut inspections = grouped::<Inspection>(store, "inspection", id).await?;
        let mut sign_offs = grouped::<SignOff>(store, "sign_off", id).await?;
        let reopenings = grouped::<Reopening>(store, "reopening", id).await?;
        let assignments = store.assignments(id).await?;
        let interests = store.interests(None).await?;
        let own_rulings = policy(store, id).await?.1.own_rulings;
        let mut rounds = Vec::new();
        for portal in &campaign.portals {
            let last = reopenings.keys().filter(|(of, _)| *of == portal.id).map(|(_, round)| *round).max().unwrap_or(1);
            for round in 1..=last {
                let key = (portal.id.clone(), round);
                let here = |one: &&Assignment| one.portal == portal.id && one.round == round;
                rounds.push(Round {
                    portal: portal.clone(),
                    round,
                    latest: round == last,
                    assignments: assignments.iter().filter(here).cloned().collect(),
                    seals: seals.remove(&key).into_iter().flatten().map(|one| (one.slot, one)).collect(),
                    comparison: comparisons.remove(&key).and_then(|mut of| of.pop()),
                    // Later ones take the place of earlier ones.
                    rulings: rulings.remove(&key).into_iter().flatten().map(|one| (one.code.clone(), one)).collect(),
                    inspections: inspections.remove(&key).into_iter().flatten().map(|one| (one.code.clone(), one)).collect(),
                    sign_off: sign_offs.remove(&key).and_then(|mut of| of.pop()),
                    interested: interests.iter().filter(|one| one.portal == portal.id).map(|one| one.person.clone()).collect(),
                    own_rulings,
                });
            }
        }
        Ok(Self { campaign, rounds })
    }

    /// The latest sign-off of each city.
    pub(crate) fn signed_off(&self) -> BTreeMap<&str, &SignOff> {
        let signed = self.rounds.iter().filter_map(|one| Some((one.portal.id.as_str(), one.sign_off.as_ref()?)));
        signed.collect()
    }
}

impl Round {
    /// Whether both slots are sealed.
    pub(crate) fn sealed(&self) -> bool {
        [Slot::A, Slot::B].iter().all(|slot| self.seals.contains_key(slot))
    }

    /// What the policy looks at.
    pub(crate) fn facts(&self) -> CityFacts {
        CityFacts {
            assessors: self.assignments.iter().map(|one| one.person.clone()).collect(),
            rulers: self.rulings.values().filter(|_| !self.own_rulings).map(|one| one.reviewer.clone()).collect(),
            sealed: self.sealed(),
            signed_off: self.sign_off.is_some(),
            interested: self.interested.clone(),
        }
    }

    /// How far it is, in the words of `City::state`.
    pub(crate) fn state(&self) -> &'static str {
        let Some(comparison) = &self.comparison else {
            return match () {
                () if self.sign_off.is_some() => "signed_off",
                () if self.sealed() => "sealed",
                () if self.assignments.is_empty() => "listed",
                () => "assessing",
            };
        };
        let doubted = self.inspections.values().filter(|one| one.outcome == Inspected::Doubted).map(|one| &one.code);
        let open = comparison.mismatches.iter().chain(doubted).any(|code| !self.rulings.contains_key(code));
        match comparison.path {
            _ if self.sign_off.is_some() => "signed_off",
            _ if !open => "ruled",
            Path::Over => "over",
            Path::Within => "within",
        }
    }
}

/// The decisions of a campaign in the order they were made, by city and round.
pub(crate) async fn decisions(store: &Store, campaign: &str) -> Result<HashMap<Key, Vec<Decision>>, Error> {
    grouped(store, "decision", campaign).await
}

/// The rows of a table, by city and round.
async fn grouped<T: DeserializeOwned>(store: &Store, table: &'static str, campaign: &str) -> Result<HashMap<Key, Vec<T>>, Error> {
    let mut of: HashMap<Key, Vec<T>> = HashMap::new();
    for (_, row) in store.made(table, campaign).await? {
        let round = row["round"].as_u64().and_then(|round| u32::try_from(round).ok()).unwrap_or(0);
        let key = (row["portal"].as_str().unwrap_or_default().to_owned(), round);
        of.entry(key).or_default().push(read(row)?);
    }
    Ok(of)
}

/// A share in percent, to one decimal.
pub(crate) fn percent(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { (1000.0 * part as f64 / of as f64).round() / 10.0 }
}
