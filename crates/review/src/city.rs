//! A city in one round: its slots, what was decided in them, and how far it is.

use std::collections::BTreeMap;

use model::{
    Adjudication, Choice, Code, Comparison, Decision, Inspected, Inspection, Path, Portal, Rebuttal, Reopening, SignOff, Slot,
    SlotSeal,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::{Assignment, Campaign, Store};

use crate::error::{Error, rule};
use crate::policy::CityFacts;
use crate::rules::Rules;

/// A city in one round, with all that was made of it. Whoever shows it has asked the policy first.
#[derive(Debug, Clone)]
pub(crate) struct City {
    pub(crate) campaign: String,
    pub(crate) portal: Portal,
    pub(crate) round: u32,
    /// Indicators that are asked in this round.
    pub(crate) codes: Vec<Code>,
    pub(crate) assignments: Vec<Assignment>,
    /// The decisions that stand.
    pub(crate) decisions: BTreeMap<(Code, Slot), Decision>,
    pub(crate) seals: BTreeMap<Slot, SlotSeal>,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) rebuttals: Vec<Rebuttal>,
    /// The rulings that stand.
    pub(crate) rulings: BTreeMap<Code, Adjudication>,
    /// The last inspection of each.
    pub(crate) inspections: BTreeMap<Code, Inspection>,
    pub(crate) sign_off: Option<SignOff>,
    /// The number of the latest policy, and its rules.
    pub(crate) policy: (u32, Rules),
    pub(crate) interested: Vec<String>,
}

impl City {
    /// The city of that key in that round; none if the campaign has no such city or the round was not begun.
    pub(crate) async fn load(
        store: &Store,
        campaign: &Campaign,
        codes: &[Code],
        portal: &str,
        round: u32,
    ) -> Result<Option<Self>, Error> {
        let Some(portal) = campaign.portals.iter().find(|one| one.id == portal).cloned() else { return Ok(None) };
        let Some(codes) = asked(store, &campaign.id, &portal.id, round, codes).await? else { return Ok(None) };
        let of = |table| store.made_of(table, &campaign.id, &portal.id, round);
        let decisions: Vec<Decision> = rows(of("decision").await?)?;
        let seals: Vec<SlotSeal> = rows(of("slot_seal").await?)?;
        let rulings: Vec<Adjudication> = rows(of("adjudication").await?)?;
        let inspections: Vec<Inspection> = rows(of("inspection").await?)?;
        let assignments = store.assignments(&campaign.id).await?;
        let interests = store.interests(None).await?;
        Ok(Some(Self {
            campaign: campaign.id.clone(),
            round,
            codes,
            assignments: assignments.into_iter().filter(|one| one.portal == portal.id && one.round == round).collect(),
            // Later ones take the place of earlier ones.
            decisions: decisions.into_iter().map(|one| ((one.code.clone(), one.slot), one)).collect(),
            seals: seals.into_iter().map(|one| (one.slot, one)).collect(),
            comparison: rows(of("comparison").await?)?.pop(),
            rebuttals: rows(of("rebuttal").await?)?,
            rulings: rulings.into_iter().map(|one| (one.code.clone(), one)).collect(),
            inspections: inspections.into_iter().map(|one| (one.code.clone(), one)).collect(),
            sign_off: rows(of("sign_off").await?)?.pop(),
            policy: policy(store, &campaign.id).await?,
            interested: interests.into_iter().filter(|one| one.portal == portal.id).map(|one| one.person).collect(),
            portal,
        }))
    }

    /// Who has a slot now.
    pub(crate) fn holder(&self, slot: Slot) -> Option<&Assignment> {
        self.assignments.iter().filter(|one| one.slot == slot).max_by_key(|one| one.seq)
    }

    /// Whether both slots are sealed.
    pub(crate) fn sealed(&self) -> bool {
        [Slot::A, Slot::B].iter().all(|slot| self.seals.contains_key(slot))
    }

    /// What the policy looks at.
    pub(crate) fn facts(&self) -> CityFacts {
        CityFacts {
            assessors: self.assignments.iter().map(|one| one.person.clone()).collect(),
            // Where the rules let them sign off, it does not matter who ruled.
            rulers: self.rulings.values().filter(|_| !self.policy.1.own_rulings).map(|one| one.reviewer.clone()).collect(),
            sealed: self.sealed(),
            signed_off: self.sign_off.is_some(),
            interested: self.interested.clone(),
        }
    }

    /// How far it is, as a word that screens have a text for.
    pub(crate) fn state(&self) -> &'static str {
        match &self.comparison {
            _ if self.sign_off.is_some() => "signed_off",
            Some(_) if self.unruled().is_empty() => "ruled",
            Some(comparison) if comparison.path == Path::Over => "over",
            Some(_) => "within",
            None if self.sealed() => "sealed",
            None if self.assignments.is_empty() => "listed",
            None => "assessing",
        }
    }

    /// What a slot says of an indicator.
    pub(crate) fn of_slot(&self, code: &Code, slot: Slot) -> Option<&Decision> {
        self.decisions.get(&(code.clone(), slot))
    }

    /// Indicators on which the slots differ, or whose common answer can be no final one.
    pub(crate) fn mismatches(&self) -> Vec<Code> {
        self.codes.iter().filter(|code| self.agreed(code).is_none()).cloned().collect()
    }

    /// The answer on which both slots agree, if it can be a final one.
    pub(crate) fn agreed(&self, code: &Code) -> Option<Choice> {
        let (a, b) = (self.of_slot(code, Slot::A)?, self.of_slot(code, Slot::B)?);
        (a.answer == b.answer && matches!(a.answer, Choice::Yes | Choice::No)).then_some(a.answer)
    }

    /// Indicators that still need a ruling: those without agreement, and those whose agreement was doubted.
    pub(crate) fn unruled(&self) -> Vec<Code> {
        let doubted = |code: &Code| self.inspections.get(code).is_some_and(|one| one.outcome == Inspected::Doubted);
        let open = |code: &&Code| (self.agreed(code).is_none() || doubted(code)) && !self.rulings.contains_key(*code);
        self.codes.iter().filter(open).cloned().collect()
    }

    /// Slots that were not heard yet on a difference that needs it.
    pub(crate) fn unheard(&self, code: &Code) -> Vec<Slot> {
        let over = self.comparison.as_ref().is_some_and(|one| one.path == Path::Over && one.mismatches.contains(code));
        let heard = |slot: &Slot| self.rebuttals.iter().any(|one| one.slot == *slot && one.code == *code);
        if over { [Slot::A, Slot::B].into_iter().filter(|slot| !heard(slot)).collect() } else { Vec::new() }
    }

    /// Agreed indicators drawn for a look, the same for each who asks: chance comes from the seals.
    pub(crate) fn drawn(&self) -> Vec<Code> {
        let Some(comparison) = &self.comparison else { return Vec::new() };
        let lot = |code: &Code| {
            let seals: Vec<String> = comparison.seals.iter().map(ToString::to_string).collect();
            chance(&format!("{} {code}", seals.join(" ")))
        };
        let drawn = |code: &&Code| self.agreed(code).is_some() && lot(code) < u64::from(self.policy.1.inspected);
        self.codes.iter().filter(drawn).cloned().collect()
    }
}

/// A number from 0 to 99 that a text draws: the same text, the same number.
pub(crate) fn chance(text: &str) -> u64 {
    let digest = archive::digest(text.as_bytes());
    u64::from_be_bytes(digest.0[..8].try_into().expect("a digest has 32 bytes")) % 100
}

/// The rules of a campaign with the number of their policy.
pub(crate) async fn policy(store: &Store, campaign: &str) -> Result<(u32, Rules), Error> {
    let Some(last) = store.policies(campaign).await?.into_iter().next() else { return Ok((0, Rules::default())) };
    Ok((last.no, read(last.body)?))
}

/// The indicators that a round asks for: all in the first, those of the reopening in later ones; none if it was not begun.
pub(crate) async fn asked(
    store: &Store,
    campaign: &str,
    portal: &str,
    round: u32,
    all: &[Code],
) -> Result<Option<Vec<Code>>, Error> {
    if round == 1 {
        return Ok(Some(all.to_vec()));
    }
    let reopening: Option<Reopening> = rows(store.made_of("reopening", campaign, portal, round).await?)?.pop();
    Ok(reopening.map(|of| all.iter().filter(|code| of.codes.contains(code)).cloned().collect()))
}

/// Rows of the ledger as what they are.
pub(crate) fn rows<T: DeserializeOwned>(rows: Vec<Value>) -> Result<Vec<T>, Error> {
    rows.into_iter().map(read).collect()
}

/// A row of the ledger as what it is.
pub(crate) fn read<T: DeserializeOwned>(row: Value) -> Result<T, Error> {
    serde_json::from_value(row).map_err(|error| rule(format!("a row of the ledger was written by another version: {error}")))
}
