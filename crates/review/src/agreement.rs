//! How far two assessors agree: on what both answered by themselves, before anybody ruled.

use std::collections::BTreeMap;

use model::{Assist, Choice, Code, Decision, Slot};
use serde::Serialize;

use crate::overview::{Round, percent};

/// How many answers were compared, and how many are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Agreement {
    /// Pairs of answers.
    pub(crate) n: usize,
    /// Pairs of which both say the same.
    pub(crate) same: usize,
    /// In percent.
    pub(crate) percent: f64,
}

impl Agreement {
    pub(crate) fn add(&mut self, pairs: impl IntoIterator<Item = bool>) {
        for same in pairs {
            self.n += 1;
            self.same += usize::from(same);
        }
        self.percent = percent(self.same, self.n);
    }
}

/// An indicator that both slots answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    pub(crate) code: Code,
    pub(crate) answers: (Choice, Choice),
    /// What both were shown of the machine; none if not the same.
    pub(crate) assist: Option<Assist>,
}

impl Pair {
    pub(crate) fn same(&self) -> bool {
        self.answers.0 == self.answers.1
    }
}

/// What both sealed slots of a city answered: the answer that stood at the seal, but where the verdict was shown after the first
/// one, that first one (R4). What an abandoned slot left does not count.
pub(crate) fn pairs(round: &Round, decisions: &[Decision]) -> Vec<Pair> {
    let mut of: BTreeMap<(Slot, Code), &Decision> = BTreeMap::new();
    let sealed = |one: &&Decision| round.seals.get(&one.slot).is_some_and(|seal| seal.assessor == one.assessor);
    for one in decisions.iter().filter(sealed) {
        let known = of.entry((one.slot, one.code.clone())).or_insert(one);
        if known.assist != Assist::RevealAfterCommit {
            *known = one;
        }
    }
    let firsts = of.iter().filter(|((slot, _), _)| *slot == Slot::A);
    let pair = |((_, code), a): (&(Slot, Code), &&Decision)| {
        let b = of.get(&(Slot::B, code.clone()))?;
        let assist = (a.assist == b.assist).then_some(a.assist);
        Some(Pair { code: code.clone(), answers: (a.answer, b.answer), assist })
    };
    firsts.filter_map(pair).collect()
}
