//! Every answer from every source as one long table: slots, rulings, final answers, proposals.

use model::{Answer as Said, Choice, Code, Slot};
use report::tidy::Answer;

use super::About;
use super::sides::{Words, by};
use crate::overview::Round;
use crate::stats::{Proposals, Proposed};

impl About<'_> {
    pub(super) fn answers(&self, proposals: &Proposals) -> Vec<Answer> {
        let mut rows = Vec::new();
        let passages = self.passages();
        for round in &self.material.rounds {
            for ((slot, code), one) in self.material.standing(round) {
                let source = match slot {
                    Slot::A => "slot_a",
                    Slot::B => "slot_b",
                    Slot::C => "slot_c",
                };
                rows.push(Answer {
                    assist: one.assist.as_str().to_owned(),
                    by: one.assessor.clone(),
                    reason: one.reason.clone().unwrap_or_default(),
                    note: one.note.clone(),
                    seconds: Some(one.seconds),
                    at: one.at.to_string(),
                    id: one.id.clone(),
                    ..self.answer(round, &code, source, one.answer.as_str(), self.words(&one.evidence))
                });
            }
            for (code, one) in &round.rulings {
                rows.push(Answer {
                    by: one.reviewer.clone(),
                    reason: one.reason.clone(),
                    note: one.note.clone(),
                    at: one.at.to_string(),
                    id: one.id.clone(),
                    ..self.answer(round, code, "ruling", one.answer.as_str(), self.words(&one.evidence))
                });
            }
            let signed = round.sign_off.iter().filter(|_| self.material.asked(round));
            for (signed, one) in signed.flat_map(|signed| signed.finals.iter().map(move |one| (signed, one))) {
                let of = one.rests_on.iter().filter_map(|id| passages.get(id.as_str())).find(|of| !of.is_empty());
                rows.push(Answer {
                    by: by(one).to_owned(),
                    at: signed.at.to_string(),
                    rests_on: one.rests_on.join(" "),
                    ..self.answer(round, &one.code, "final", one.answer.as_str(), self.words(of.copied().unwrap_or_default()))
                });
            }
            self.proposed(round, proposals, &mut rows);
        }
        rows
    }

    fn proposed(&self, round: &Round, proposals: &Proposals, rows: &mut Vec<Answer>) {
        let key = (round.portal.id.clone(), round.round);
        let (Some(own), Some(judging)) = (proposals.get(&key), self.material.judged.get(&key)) else { return };
        for one in &self.instrument.indicators {
            let Some(proposed) = own.get(&one.code) else { continue };
            let word = match proposed.answer {
                Said::Present => "yes",
                Said::Absent => "no",
                Said::Undetermined(_) => "unclear",
            };
            rows.push(Answer {
                confidence: proposed.band.as_str().to_owned(),
                by: format!("judging {judging}"),
                note: proposed.because.clone(),
                id: proposed.id.to_string(),
                ..self.answer(round, &one.code, "proposal", word, best(proposed))
            });
        }
    }

    fn answer(&self, round: &Round, code: &Code, source: &str, answer: &str, words: Words) -> Answer {
        let value = match answer {
            word if word == Choice::Yes.as_str() => Some(1),
            word if word == Choice::No.as_str() => Some(0),
            _ => None,
        };
        Answer {
            key: format!("{}/{}/{code}/{source}", round.portal.id, round.round),
            campaign: self.key(),
            edition: self.instrument.edition.clone(),
            release: self.material.number(round),
            portal: round.portal.id.clone(),
            city: round.portal.city.clone(),
            country: round.portal.country.to_string(),
            round: round.round,
            status: self.material.state(round).to_owned(),
            code: code.to_string(),
            criterion: self.titled(code).0,
            source: source.to_owned(),
            answer: answer.to_owned(),
            value,
            url: words.url,
            quote: words.quote,
            prefix: words.prefix,
            suffix: words.suffix,
            start: words.start,
            end: words.end,
            captured: words.captured,
            record: words.record,
            digest: words.digest,
            ..Answer::default()
        }
    }
}

/// The best passage that was proposed.
fn best(of: &Proposed) -> Words {
    let Some((capture, evidence)) = of.passages.first() else { return Words::default() };
    let quote = &evidence.quote;
    Words {
        url: capture.url.to_string(),
        quote: quote.exact.clone(),
        prefix: quote.prefix.clone(),
        suffix: quote.suffix.clone(),
        start: quote.position.map(|(start, _)| start),
        end: quote.position.map(|(_, end)| end),
        captured: capture.done.to_string(),
        record: capture.record.id.clone(),
        digest: capture.record.payload.to_string(),
    }
}
