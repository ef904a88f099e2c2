//! What a book is made of: the rounds that whoever asks may read, with what was decided, proposed and pointed at in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Adjudication, Code, Decision, Pointed, Slot};
use store::{Campaign, Captured, Store};

use crate::error::Error;
use crate::overview::{Overview, Round, decisions};
use crate::published::Published;
use crate::stats::{Proposals, Proposed, standing};

/// A city, by the key of its portal, in a round.
type Key = (String, u32);

/// The rounds of a campaign or of a release.
pub(crate) struct Material {
    pub(crate) campaign: Campaign,
    /// The release that is asked for.
    pub(crate) published: Option<Published>,
    /// Rounds with both slots sealed, or of the cities of the release up to the round by which each was signed off.
    pub(crate) rounds: Vec<Round>,
    /// Each decision of them, also those whose place a later one took.
    pub(crate) decisions: HashMap<Key, Vec<Decision>>,
    /// Numbers of the releases that hold a sign-off.
    pub(crate) releases: BTreeMap<String, Vec<u32>>,
    /// The judging whose proposals each round was given.
    pub(crate) judged: BTreeMap<Key, i64>,
}

impl Material {
    /// Loads what a campaign has, or a release of it; none if there is no such. `reads` says of a round that is in no release
    /// whether it may be read; what is released may be by everybody.
    pub(crate) async fn load(
        store: &Store,
        campaign: &str,
        release: Option<u32>,
        reads: impl Fn(&Round) -> bool,
    ) -> Result<Option<Self>, Error> {
        let known = match store.campaign(campaign).await? {
            Some(known) => Some(known),
            None => surveyed(store, campaign).await?,
        };
        let Some(campaign) = known else { return Ok(None) };
        let all = Published::all(store, &campaign).await?;
        let mut releases: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for one in &all {
            for city in &one.release.cities {
                releases.entry(city.sign_off.clone()).or_default().push(one.release.number);
            }
        }
        let asked = release.map(|number| all.into_iter().find(|one| one.release.number == number));
        let published = match asked {
            Some(None) => return Ok(None),
            Some(found) => found,
            None => None,
        };
        let overview = Overview::load(store, campaign.clone()).await?;
        let held = |round: &Round| round.sign_off.as_ref().and_then(|one| releases.get(&one.id));
        let last: HashMap<String, u32> = match release {
            None => HashMap::new(),
            Some(number) => {
                let published = overview.rounds.iter().filter(|round| held(round).is_some_and(|all| all.contains(&number)));
                published.map(|round| (round.portal.id.clone(), round.round)).collect()
            }
        };
        let of = |round: &Round| match release {
            Some(_) => round.sign_off.is_some() && last.get(&round.portal.id).is_some_and(|last| round.round <= *last),
            // Of a slot that is not sealed nothing leaves, whoever asks (R2).
            None => held(round).is_some() || round.sealed() && reads(round),
        };
        let rounds: Vec<Round> = overview.rounds.into_iter().filter(of).collect();
        let mut decisions = decisions(store, &campaign.id).await?;
        decisions.retain(|key, _| rounds.iter().any(|round| (&round.portal.id, round.round) == (&key.0, key.1)));
        let mut judged = BTreeMap::new();
        for round in &rounds {
            let released = published.iter().flat_map(|one| &one.release.cities).find(|city| city.portal == round.portal.id);
            let given = round.assignments.iter().rev().find_map(|slot| slot.judging);
            let judging = released.map(|city| city.judging).or(given);
            if let Some(judging) = judging {
                judged.insert((round.portal.id.clone(), round.round), judging);
            }
        }
        Ok(Some(Self { campaign, published, rounds, decisions, releases, judged }))
    }

    /// How far a round is: released, or in the words of the screens.
    pub(crate) fn state(&self, round: &Round) -> &'static str {
        if self.numbers(round).is_empty() { round.state() } else { "released" }
    }

    /// Whether a round is what was asked for, and not one before it that its answers rest on.
    pub(crate) fn asked(&self, round: &Round) -> bool {
        self.published.as_ref().is_none_or(|one| self.numbers(round).contains(&one.release.number))
    }

    /// Numbers of the releases that hold a round.
    pub(crate) fn numbers(&self, round: &Round) -> &[u32] {
        let held = round.sign_off.as_ref().and_then(|one| self.releases.get(&one.id));
        held.map_or(&[], Vec::as_slice)
    }

    /// The number that a row of a round is under: of the release asked for, else the last that holds it.
    pub(crate) fn number(&self, round: &Round) -> Option<u32> {
        self.published.as_ref().map(|one| one.release.number).or_else(|| self.numbers(round).last().copied())
    }

    pub(crate) fn made(&self, round: &Round) -> &[Decision] {
        self.decisions.get(&(round.portal.id.clone(), round.round)).map_or(&[], Vec::as_slice)
    }

    /// What stands in the slots of a round.
    pub(crate) fn standing<'a>(&'a self, round: &Round) -> BTreeMap<(Slot, Code), &'a Decision> {
        standing(round, self.made(round))
    }

    /// What the machine proposed for each round.
    pub(crate) async fn proposals(&self, store: &Store) -> Result<Proposals, Error> {
        let mut proposals = Proposals::new();
        for (key, judging) in &self.judged {
            let mut proofs = store.proofs_of(*judging).await?;
            let mut own = HashMap::new();
            for found in store.findings(*judging).await? {
                let proofs = proofs.remove(&found.id).unwrap_or_default();
                let captured = proofs.into_iter().filter_map(|proof| Some((proof.captured?.1, proof.evidence)));
                let finding = found.finding;
                let proposed = Proposed {
                    id: found.id.0,
                    answer: finding.answer,
                    band: finding.band,
                    because: finding.because,
                    passages: captured.collect(),
                };
                own.insert(finding.code, proposed);
            }
            proposals.insert(key.clone(), own);
        }
        Ok(proposals)
    }

    /// The captures that decisions and rulings point at, by record.
    pub(crate) async fn pointed(&self, store: &Store) -> Result<HashMap<String, Captured>, Error> {
        let decided = self.decisions.values().flatten().flat_map(|one| &one.evidence);
        let ruled = self.rounds.iter().flat_map(|round| round.rulings.values()).flat_map(|one: &Adjudication| &one.evidence);
        let records: BTreeSet<&str> = decided.chain(ruled).map(|one: &Pointed| one.record.as_str()).collect();
        Ok(store.captures_of(&records.into_iter().collect::<Vec<_>>()).await?)
    }
}

/// The campaign of surveys that nobody entered in the application: its cities are those that were surveyed.
async fn surveyed(store: &Store, campaign: &str) -> Result<Option<Campaign>, Error> {
    let mut found: Option<Campaign> = None;
    for survey in store.surveys().await?.into_iter().filter(|survey| survey.begun.campaign == campaign) {
        let of = found.get_or_insert_with(|| Campaign {
            id: campaign.to_owned(),
            title: campaign.to_owned(),
            instrument: String::new(),
            portals: Vec::new(),
            begun: survey.begun.started,
            by: String::new(),
        });
        for run in store.runs(survey.id).await? {
            if of.portals.iter().all(|portal| portal.id != run.portal.id) {
                of.portals.push(run.portal);
            }
        }
    }
    Ok(found)
}
