//! How far each indicator is proven while a run goes on: what the frontier should look for next.

use std::collections::BTreeMap;

use model::{Code, Hit};

use crate::rule::Decide;
use crate::rulebook::Rulebook;
use crate::step::STEP;

/// Strong pages seen per indicator.
#[derive(Debug)]
pub struct Progress {
    proofs: BTreeMap<Code, Proof>,
}

#[derive(Debug)]
struct Proof {
    decide: Decide,
    need: f32,
    strong: u32,
}

impl Progress {
    /// Nothing proven yet.
    pub fn new(book: &Rulebook) -> Self {
        let proof = |rule: &crate::rule::Rule| (rule.code.clone(), Proof { decide: rule.decide, need: rule.need, strong: 0 });
        Self { proofs: book.rules.iter().map(proof).collect() }
    }

    /// Takes in the hits of one page; `true` if an indicator gained a strong page, so that needs changed.
    pub fn note(&mut self, hits: &[Hit]) -> bool {
        let mut worth: BTreeMap<&Code, (f32, bool)> = BTreeMap::new();
        for hit in hits.iter().filter(|hit| hit.link.is_none()) {
            let (sum, step) = worth.entry(&hit.code).or_default();
            *sum += hit.weight;
            *step |= *hit.signal == *STEP;
        }
        let mut changed = false;
        for (code, (sum, step)) in worth {
            if let Some(proof) = self.proofs.get_mut(code)
                && sum >= proof.need
                && (proof.decide != Decide::Service || step)
            {
                proof.strong += 1;
                changed |= proof.strong <= 2;
            }
        }
        changed
    }

    /// How much each indicator is still wanted, from 0 to 1.
    pub fn needs(&self) -> BTreeMap<Code, f32> {
        self.proofs.iter().map(|(code, proof)| (code.clone(), proof.wanted())).collect()
    }

    /// Indicators with at least one strong page.
    pub fn proven(&self) -> usize {
        self.proofs.values().filter(|proof| proof.strong > 0).count()
    }

    /// Indicators without a strong page that a page could prove.
    pub fn unproven(&self) -> impl Iterator<Item = &Code> {
        self.proofs.iter().filter(|(_, proof)| proof.strong == 0 && proof.wanted() >= 1.0).map(|(code, _)| code)
    }
}

impl Proof {
    fn wanted(&self) -> f32 {
        match (self.decide, self.strong) {
            (Decide::Renderer | Decide::Home, _) => 0.0,
            (Decide::Person, 0) => 0.4,
            (Decide::Person, _) => 0.05,
            (_, 0) => 1.0,
            (_, 1) => 0.4,
            (_, 2) => 0.1,
            _ => 0.02,
        }
    }
}
