//! Final answers, what A and B answered, and where they differ.

use std::collections::HashMap;

use model::{Choice, Code, Decision, Pointed, Slot};
use report::book::{Discrepancy, Final, Pair};

use super::About;
use crate::overview::Round;

/// What a row says of the passage that it points at.
#[derive(Default)]
pub(super) struct Words {
    pub(super) url: String,
    pub(super) quote: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) captured: String,
    pub(super) record: String,
    pub(super) digest: String,
}

impl About<'_> {
    /// Criterion and title of an indicator.
    pub(super) fn titled(&self, code: &Code) -> (String, String) {
        let found = self.instrument.indicators.iter().find(|one| one.code == *code);
        found.map(|one| (one.criterion.clone(), one.title.clone())).unwrap_or_default()
    }

    /// The first of the passages, with when it was captured.
    pub(super) fn words(&self, passages: &[Pointed]) -> Words {
        let Some(first) = passages.first() else { return Words::default() };
        let captured = self.pointed.get(&first.record);
        Words {
            url: first.url.clone(),
            quote: first.exact.clone(),
            prefix: first.prefix.clone(),
            suffix: first.suffix.clone(),
            start: first.start,
            end: first.end,
            captured: captured.map(|one| one.done.to_string()).unwrap_or_default(),
            record: first.record.clone(),
            digest: captured.map(|one| one.record.payload.to_string()).unwrap_or_default(),
        }
    }

    /// The passages that each decision and ruling points at, by its identifier: also those of earlier rounds.
    pub(super) fn passages(&self) -> HashMap<&str, &[Pointed]> {
        let decided = self.material.decisions.values().flatten().map(|one| (one.id.as_str(), one.evidence.as_slice()));
        let ruled = self.material.rounds.iter().flat_map(|round| round.rulings.values());
        decided.chain(ruled.map(|one| (one.id.as_str(), one.evidence.as_slice()))).collect()
    }

    pub(super) fn finals(&self) -> Vec<Final> {
        let passages = self.passages();
        let mut rows = Vec::new();
        for round in self.material.rounds.iter().filter(|round| self.material.asked(round)) {
            let Some(signed) = &round.sign_off else { continue };
            for one in &signed.finals {
                let (criterion, title) = self.titled(&one.code);
                let of = one.rests_on.iter().filter_map(|id| passages.get(id.as_str())).find(|of| !of.is_empty());
                let words = self.words(of.copied().unwrap_or_default());
                rows.push(Final {
                    key: format!("{}/{}/{}", round.portal.id, round.round, one.code),
                    campaign: self.key(),
                    portal: round.portal.id.clone(),
                    city: round.portal.city.clone(),
                    round: round.round,
                    status: self.material.state(round).to_owned(),
                    code: one.code.to_string(),
                    criterion,
                    title,
                    answer: one.answer.as_str().to_owned(),
                    by: by(one).to_owned(),
                    url: words.url,
                    quote: words.quote,
                    captured: words.captured,
                    digest: words.digest,
                    record: words.record,
                    trace: self.trace(round, &one.code),
                    rests_on: one.rests_on.join(" "),
                    signed: signed.at.to_string(),
                });
            }
        }
        rows
    }

    /// Where a released answer is followed to its bytes.
    fn trace(&self, round: &Round, code: &Code) -> String {
        let Some((origin, number)) = self.of.origin.zip(self.material.number(round)) else { return String::new() };
        let origin = origin.as_str().trim_end_matches('/');
        format!("{origin}/trace/{}/{number}/{}/{code}", self.of.campaign, round.portal.id)
    }

    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut rows = Vec::new();
        for round in &self.material.rounds {
            let standing = self.material.standing(round);
            for one in &self.instrument.indicators {
                let said = |slot| standing.get(&(slot, one.code.clone())).copied();
                let (Some(a), Some(b)) = (said(Slot::A), said(Slot::B)) else { continue };
                let (words_a, words_b) = (self.words(&a.evidence), self.words(&b.evidence));
                rows.push(Pair {
                    key: format!("{}/{}/{}", round.portal.id, round.round, one.code),
                    base_a: a.id.clone(),
                    base_b: b.id.clone(),
                    campaign: self.key(),
                    portal: round.portal.id.clone(),
                    city: round.portal.city.clone(),
                    round: round.round,
                    status: self.material.state(round).to_owned(),
                    code: one.code.to_string(),
                    criterion: one.criterion.clone(),
                    title: one.title.clone(),
                    same: a.answer == b.answer,
                    answer_a: a.answer.as_str().to_owned(),
                    answer_b: b.answer.as_str().to_owned(),
                    reason_a: a.reason.clone().unwrap_or_default(),
                    reason_b: b.reason.clone().unwrap_or_default(),
                    note_a: a.note.clone(),
                    note_b: b.note.clone(),
                    url_a: words_a.url,
                    url_b: words_b.url,
                    quote_a: words_a.quote,
                    quote_b: words_b.quote,
                    assessor_a: a.assessor.clone(),
                    assessor_b: b.assessor.clone(),
                    at_a: a.at.to_string(),
                    at_b: b.at.to_string(),
                });
            }
        }
        rows
    }

    pub(super) fn discrepancies(&self) -> Vec<Discrepancy> {
        let mut rows = Vec::new();
        for round in &self.material.rounds {
            let Some(comparison) = &round.comparison else { continue };
            let standing = self.material.standing(round);
            for code in &comparison.mismatches {
                let (criterion, title) = self.titled(code);
                let said = |slot| standing.get(&(slot, code.clone())).copied();
                let (a, b, ruling) = (said(Slot::A), said(Slot::B), round.rulings.get(code));
                let word = |of: Option<Choice>| of.map_or("", Choice::as_str).to_owned();
                let reason = |of: Option<&Decision>| of.and_then(|one| one.reason.clone()).unwrap_or_default();
                let note = |of: Option<&Decision>| of.map(|one| one.note.clone()).unwrap_or_default();
                rows.push(Discrepancy {
                    key: format!("{}/{}/{code}", round.portal.id, round.round),
                    base: ruling.map(|one| one.id.clone()).unwrap_or_default(),
                    campaign: self.key(),
                    portal: round.portal.id.clone(),
                    city: round.portal.city.clone(),
                    round: round.round,
                    status: if ruling.is_some() { "ruled" } else { "open" }.to_owned(),
                    path: if comparison.path == model::Path::Over { "over" } else { "within" }.to_owned(),
                    code: code.to_string(),
                    criterion,
                    title,
                    answer_a: word(a.map(|one| one.answer)),
                    reason_a: reason(a),
                    note_a: note(a),
                    answer_b: word(b.map(|one| one.answer)),
                    reason_b: reason(b),
                    note_b: note(b),
                    ruling: word(ruling.map(|one| one.answer)),
                    ruling_reason: ruling.map(|one| one.reason.clone()).unwrap_or_default(),
                    ruling_note: ruling.map(|one| one.note.clone()).unwrap_or_default(),
                    reviewer: ruling.map(|one| one.reviewer.clone()).unwrap_or_default(),
                    ruled: ruling.map(|one| one.at.to_string()).unwrap_or_default(),
                });
            }
        }
        rows
    }
}

/// How a final answer came about.
pub(super) fn by(one: &model::Final) -> &'static str {
    if one.rests_on.len() > 1 { "agreed" } else { "ruled" }
}
