//! Scores, agreement and machine quality as rows: the numbers are `score`'s.

use std::collections::BTreeMap;

use report::book::{Agreement, Quality, Score};
use score::{Card, Interval, Precision, Ranking, Sheet, Standing};

use super::About;
use crate::overview::Round;
use crate::stats::{Counts, Measured, Over, Slice, Stats};

impl About<'_> {
    /// A score for each round that is signed off. Ranked are the cities of the release that is asked for, or of the last one, if
    /// it has each city of the campaign.
    pub(super) fn scores(&self) -> Vec<Score> {
        let cards: Vec<(&Round, Result<Card, String>)> = self.asked().map(|round| (round, self.card(round))).collect();
        let last = self.material.releases.values().flatten().max().copied();
        let number = self.of.release.or(last);
        let listed = |round: &Round| number.is_some_and(|number| self.material.numbers(round).contains(&number));
        let ranked: Vec<Standing> = cards
            .iter()
            .filter(|(round, _)| listed(round))
            .filter_map(|(_, card)| Some(Standing::Scored(card.as_ref().ok()?.clone())))
            .collect();
        let whole = self.material.campaign.portals.len() == ranked.len();
        let ranks: BTreeMap<String, u32> = match Ranking::new(ranked) {
            Ok(ranking) if whole => ranking.ranked.into_iter().map(|one| (one.card.portal, one.rank)).collect(),
            _ => BTreeMap::new(),
        };
        let row = |(round, card): (&Round, Result<Card, String>)| {
            let rank = ranks.get(&round.portal.id).copied().filter(|_| listed(round));
            let mark = match &card {
                Err(why) => why.clone(),
                Ok(_) if !listed(round) => "not in the release that is ranked".to_owned(),
                Ok(_) if rank.is_none() => "not ranked: the release lacks cities of the campaign".to_owned(),
                Ok(_) => String::new(),
            };
            let card = card.ok();
            Score {
                key: format!("{}/{}", round.portal.id, round.round),
                campaign: self.key(),
                portal: round.portal.id.clone(),
                city: round.portal.city.clone(),
                round: round.round,
                status: self.material.state(round).to_owned(),
                total: card.as_ref().map(|card| card.yes),
                denominator: card.as_ref().map(|card| card.denominator),
                score: card.as_ref().map(Card::value),
                band: card.and_then(|card| card.band).unwrap_or_default(),
                rank,
                mark,
            }
        };
        cards.into_iter().map(row).collect()
    }

    /// The scorecard of a round, or why there is none.
    fn card(&self, round: &Round) -> Result<Card, String> {
        let signed = round.sign_off.as_ref().ok_or("not signed off: no final answers")?;
        let finals = signed.finals.iter().map(|one| (one.code.clone(), one.answer));
        let sheet = Sheet::decided(self.instrument, &round.portal.id, finals).map_err(|why| why.to_string())?;
        Card::new(self.instrument, &sheet, self.instrument.denominator).map_err(|why| why.to_string())
    }

    pub(super) fn agreement(&self, stats: &Stats) -> Vec<Agreement> {
        let row = |one: &Slice<score::Agreement>| {
            let (of, mut why) = (&one.of, Vec::new());
            let (kappa, alpha, ac1) =
                (told("kappa", of.kappa, &mut why), told("alpha", of.alpha, &mut why), told("ac1", of.ac1, &mut why));
            let interval = of.interval.ok();
            Agreement {
                key: key(one.over, &one.part),
                campaign: self.key(),
                round: None,
                status: self.status(),
                over: one.over.as_str().to_owned(),
                part: one.part.clone(),
                pairs: of.n,
                same: of.same.map_or(0, score::Share::numerator),
                percent: of.same.ok().map(|same| 100.0 * same.value()),
                percent_low: interval.map(|ends| 100.0 * ends.low),
                percent_high: interval.map(|ends| 100.0 * ends.high),
                ac1,
                kappa,
                alpha,
                prevalence: of.yes.ok().map(|yes| 100.0 * yes.value()),
                note: why.join("; "),
            }
        };
        stats.agreement.iter().map(row).collect()
    }

    pub(super) fn machine(&self, stats: &Stats) -> Vec<Quality> {
        let row = |one: &Slice<Measured>| {
            let (of, counts, mut why) = (&one.of.quality, one.of.counts, Vec::new());
            let verdict = told("precision", of.verdict, &mut why);
            let evidence = told("evidence_precision", of.evidence, &mut why);
            let recall = told("recall", of.recall, &mut why);
            if one.over == Over::All {
                why.push(match &stats.saved {
                    Ok(saved) => {
                        let Interval { low, high } = saved.interval;
                        let assessors = saved.assessors;
                        format!("time saved: {:.1} s an item ({low:.1} to {high:.1}), {assessors} assessors", saved.median)
                    }
                    Err(reason) => format!("time saved: {reason}"),
                });
            }
            let ends = |of: Option<Precision>| of.map(|of| of.interval);
            let Counts { hits, false_alarms, misses, rejections, undetermined, passages, kept } = counts;
            Quality {
                key: key(one.over, &one.part),
                campaign: self.key(),
                round: None,
                status: self.status(),
                over: one.over.as_str().to_owned(),
                part: one.part.clone(),
                answers: of.n,
                hits,
                false_alarms,
                misses,
                rejections,
                undetermined,
                precision: verdict.map(|of| of.share.value()),
                precision_low: ends(verdict).map(|ends| ends.low),
                precision_high: ends(verdict).map(|ends| ends.high),
                passages: Some(passages),
                kept: Some(kept),
                evidence_precision: evidence.map(|of| of.share.value()),
                replaced: of.replaced.ok().map(score::Share::value),
                unaided: recall.map(|of| of.share.denominator()),
                recall: recall.map(|of| of.share.value()),
                recall_low: ends(recall).map(|ends| ends.low),
                recall_high: ends(recall).map(|ends| ends.high),
                note: why.join("; "),
            }
        };
        stats.machine.iter().map(row).collect()
    }
}

fn key(over: Over, part: &str) -> String {
    if part.is_empty() { over.as_str().to_owned() } else { format!("{}/{part}", over.as_str()) }
}

/// A number, or why there is none.
fn told<T, E: std::fmt::Display>(name: &str, number: Result<T, E>, why: &mut Vec<String>) -> Option<T> {
    number.map_err(|reason| why.push(format!("{name} {reason}"))).ok()
}
