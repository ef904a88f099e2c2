//! What two assessors answered each by themselves, before anybody ruled. How far they agree is `score`'s to say.

use std::collections::BTreeMap;

use model::{Assist, Choice, Code, Decision, Slot};

use crate::overview::Round;

/// An indicator that both slots answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    pub(crate) code: Code,
    pub(crate) answers: (Choice, Choice),
    /// What both were shown of the machine; none if not the same.
    pub(crate) assist: Option<Assist>,
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
