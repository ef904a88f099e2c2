//! What leaves as CSV: decisions, final answers and differences of cities that whoever asks may read.

use std::collections::BTreeSet;

use model::{Decision, Duty, Slot};
use report::decisions::{Decided, Difference, Final};

use crate::cx::Cx;
use crate::export::Material;
use crate::overview::Round;
use crate::policy::{Need, On, Verdict, may};
use crate::reply::Refusal;

/// The cities of a campaign that whoever asks may read.
pub(crate) struct Readable(pub(crate) Material);

impl Readable {
    /// Who reads both slots of a city reads it here; everybody else what is released.
    pub(crate) async fn of(cx: &Cx) -> Result<Self, Refusal> {
        let reader = cx.has(&[Duty::Reviewer, Duty::Senior, Duty::Auditor]);
        let reads = |round: &Round| {
            let on = On { slot: None, city: Some(round.facts()) };
            reader && may(cx.who.as_ref(), Need::ReadCity, &on) == Verdict::Yes
        };
        let material = Material::load(&cx.app.store, &cx.campaign().id, None, reads).await?;
        material.map(Self).ok_or(Refusal::Unknown)
    }

    /// Each decision, also those whose place a later one took.
    pub(crate) fn decided(&self, cx: &Cx) -> Vec<Decided> {
        let mut lines = Vec::new();
        for round in &self.0.rounds {
            let made = self.0.made(round);
            let replaced: BTreeSet<&str> = made.iter().filter_map(|one| one.supersedes.as_deref()).collect();
            for one in made {
                let (criterion, title) = about(cx, one.code.as_str());
                let first = one.evidence.first();
                let of = |member: fn(&model::Pointed) -> &String| first.map(member).cloned().unwrap_or_default();
                lines.push(Decided {
                    campaign: self.0.campaign.id.clone(),
                    portal: round.portal.id.clone(),
                    city: round.portal.city.clone(),
                    round: round.round,
                    slot: format!("{:?}", one.slot),
                    assessor: one.assessor.clone(),
                    code: one.code.to_string(),
                    criterion,
                    title,
                    answer: one.answer.as_str().to_owned(),
                    reason: one.reason.clone().unwrap_or_default(),
                    note: one.note.clone(),
                    trail: one.trail.join("\n"),
                    assist: one.assist.as_str().to_owned(),
                    seconds: one.seconds,
                    at: one.at.to_string(),
                    stands: !replaced.contains(one.id.as_str()),
                    id: one.id.clone(),
                    supersedes: one.supersedes.clone().unwrap_or_default(),
                    evidence: one.evidence.len(),
                    url: of(|one| &one.url),
                    quote: of(|one| &one.exact),
                    record: of(|one| &one.record),
                });
            }
        }
        lines
    }

    /// Each final answer of signed-off cities.
    pub(crate) fn finals(&self, cx: &Cx) -> Vec<Final> {
        let mut lines = Vec::new();
        for round in &self.0.rounds {
            let Some(signed) = &round.sign_off else { continue };
            let numbers: Vec<String> = self.0.numbers(round).iter().map(ToString::to_string).collect();
            for one in &signed.finals {
                let (criterion, title) = about(cx, one.code.as_str());
                lines.push(Final {
                    campaign: self.0.campaign.id.clone(),
                    portal: round.portal.id.clone(),
                    city: round.portal.city.clone(),
                    round: round.round,
                    code: one.code.to_string(),
                    criterion,
                    title,
                    answer: one.answer.as_str().to_owned(),
                    by: if one.rests_on.len() > 1 { "agreed" } else { "ruled" }.to_owned(),
                    rests_on: one.rests_on.join(" "),
                    signed_by: signed.reviewer.clone(),
                    signed: signed.at.to_string(),
                    releases: numbers.join(" "),
                });
            }
        }
        lines
    }

    /// Each difference of compared cities, with its ruling.
    pub(crate) fn differences(&self, cx: &Cx) -> Vec<Difference> {
        let mut lines = Vec::new();
        for round in &self.0.rounds {
            let Some(comparison) = &round.comparison else { continue };
            let made = self.0.made(round);
            for code in &comparison.mismatches {
                let (criterion, title) = about(cx, code.as_str());
                let said = |slot| made.iter().rfind(|one| one.slot == slot && one.code == *code);
                let (a, b, ruling) = (said(Slot::A), said(Slot::B), round.rulings.get(code));
                let answer = |one: Option<&Decision>| one.map_or("", |one| one.answer.as_str()).to_owned();
                let reason = |one: Option<&Decision>| one.and_then(|one| one.reason.clone()).unwrap_or_default();
                let note = |one: Option<&Decision>| one.map(|one| one.note.clone()).unwrap_or_default();
                lines.push(Difference {
                    campaign: self.0.campaign.id.clone(),
                    portal: round.portal.id.clone(),
                    city: round.portal.city.clone(),
                    round: round.round,
                    path: if comparison.path == model::Path::Over { "over" } else { "within" }.to_owned(),
                    code: code.to_string(),
                    criterion,
                    title,
                    answer_a: answer(a),
                    reason_a: reason(a),
                    note_a: note(a),
                    answer_b: answer(b),
                    reason_b: reason(b),
                    note_b: note(b),
                    ruling: ruling.map_or("", |one| one.answer.as_str()).to_owned(),
                    ruling_reason: ruling.map(|one| one.reason.clone()).unwrap_or_default(),
                    ruling_note: ruling.map(|one| one.note.clone()).unwrap_or_default(),
                    reviewer: ruling.map(|one| one.reviewer.clone()).unwrap_or_default(),
                    ruled: ruling.map(|one| one.at.to_string()).unwrap_or_default(),
                });
            }
        }
        lines
    }
}

/// Criterion and title of an indicator.
fn about(cx: &Cx, code: &str) -> (String, String) {
    cx.app.indicator(code).map_or_else(Default::default, |one| (one.criterion.clone(), one.title.clone()))
}
