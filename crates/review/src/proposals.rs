//! What the machine proposes for a city, as an assessor is shown it: frozen with the assignment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use archive::read_text;
use model::{Answer, Assist, Band, Code, Finding, Pointed, SeenAs};
use serde::Serialize;
use store::{Assignment, CaptureId, FindingId, Proof, RunId, Step};

use crate::app::App;
use crate::city::chance;
use crate::reply::Refusal;
use crate::rules::Rules;

/// Judgings kept in memory at most.
const KEPT: usize = 64;

/// Characters of the captured text shown before and behind a passage: so few that the passage is in sight at once.
const BEFORE: usize = 120;
const BEHIND: usize = 240;

/// The proposals of one judging. They never change.
pub(crate) struct Proposals {
    pub(crate) run: RunId,
    findings: HashMap<Code, (FindingId, Finding)>,
    /// Language of each page by visit.
    languages: HashMap<u32, String>,
    /// Words that the crawler tried in the portal's own search.
    pub(crate) searches: Vec<String>,
    /// Pages that were seen.
    pub(crate) pages: usize,
}

/// Proposals that were loaded before.
#[derive(Default)]
pub(crate) struct Memory(Mutex<HashMap<i64, Arc<Proposals>>>);

/// A candidate as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Candidate {
    /// What a form sends to choose it.
    pub(crate) pick: String,
    pub(crate) capture: i64,
    pub(crate) passage: Pointed,
    /// Captured text before and behind the passage.
    pub(crate) before: String,
    pub(crate) after: String,
    /// When it was captured.
    pub(crate) captured: model::Time,
    pub(crate) language: Option<String>,
    pub(crate) digest: model::Digest,
    /// Clicks from the home page: address, and what the link says.
    pub(crate) path: Vec<(String, Option<String>)>,
}

/// What the machine says, where the assist mode shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Said {
    pub(crate) answer: String,
    pub(crate) band: Band,
    pub(crate) because: String,
}

impl Proposals {
    /// The proposals that an assignment was given; none if nothing was surveyed then.
    pub(crate) async fn of(app: &App, slot: &Assignment) -> Result<Option<Arc<Self>>, Refusal> {
        let Some(judging) = slot.judging else { return Ok(None) };
        Self::load(app, judging).await.map(Some)
    }

    /// The proposals of a judging.
    pub(crate) async fn load(app: &App, judging: i64) -> Result<Arc<Self>, Refusal> {
        if let Some(known) = app.proposals.0.lock().unwrap_or_else(PoisonError::into_inner).get(&judging) {
            return Ok(Arc::clone(known));
        }
        let found = app.store.findings(judging).await?;
        let Some(run) = found.first().map(|found| found.run) else { return Err(Refusal::Unknown) };
        let judgings = app.store.judgings(run).await?;
        let Some(of) = judgings.into_iter().find(|of| of.id == judging) else { return Err(Refusal::Unknown) };
        let language = |seen: &model::Seen| match &seen.outcome {
            SeenAs::Page { language: Some(language), .. } => Some((seen.visit, language.clone())),
            _ => None,
        };
        let loaded = Arc::new(Self {
            run,
            languages: of.coverage.seen.iter().filter_map(language).collect(),
            searches: of.coverage.searches.iter().map(|search| search.query.clone()).collect(),
            pages: of.coverage.seen.len(),
            findings: found.into_iter().map(|found| (found.finding.code.clone(), (found.id, found.finding))).collect(),
        });
        let mut kept = app.proposals.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(judging, Arc::clone(&loaded));
        Ok(loaded)
    }

    /// Digest over all of them: what both slots were shown.
    pub(crate) fn digest(&self) -> model::Digest {
        let mut all: Vec<&Finding> = self.findings.values().map(|(_, finding)| finding).collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        archive::digest(archive::canonical(&all).as_bytes())
    }

    /// What the machine says of an indicator.
    pub(crate) fn said(&self, code: &Code) -> Option<Said> {
        let (_, finding) = self.findings.get(code)?;
        Some(Said { answer: finding.answer.to_string(), band: finding.band, because: finding.because.clone() })
    }

    /// Whether the machine is nearly certain that it is there, or that it is not.
    pub(crate) fn certain(&self, code: &Code) -> Option<bool> {
        let (_, finding) = self.findings.get(code)?;
        match (&finding.answer, finding.band) {
            (Answer::Present, Band::High) => Some(true),
            (Answer::Absent, Band::High) => Some(false),
            _ => None,
        }
    }

    /// The captured candidates of an indicator: the best first where the verdict is shown, else in an order that says nothing.
    pub(crate) async fn candidates(&self, app: &App, code: &Code, assist: Assist, seed: i64) -> Result<Vec<Candidate>, Refusal> {
        let Some((id, _)) = self.findings.get(code) else { return Ok(Vec::new()) };
        if assist == Assist::Clean {
            return Ok(Vec::new());
        }
        let mut candidates = Vec::new();
        for proof in app.store.proofs(*id).await? {
            if let Some(candidate) = self.candidate(app, *id, proof).await? {
                candidates.push(candidate);
            }
        }
        if assist != Assist::VerdictShown {
            candidates.sort_by_key(|candidate| archive::digest(format!("{seed} {}", candidate.pick).as_bytes()).0);
        }
        Ok(candidates)
    }

    async fn candidate(&self, app: &App, finding: FindingId, proof: Proof) -> Result<Option<Candidate>, Refusal> {
        let Some((capture, captured)) = proof.captured else { return Ok(None) };
        let quote = proof.evidence.quote;
        let passage = Pointed {
            record: captured.record.id.clone(),
            url: captured.url.to_string(),
            exact: quote.exact,
            prefix: quote.prefix,
            suffix: quote.suffix,
            start: quote.position.map(|(start, _)| start),
            end: quote.position.map(|(_, end)| end),
        };
        let (before, after) = around(app, capture, &passage).await?;
        let path = app.store.click_path(self.run, proof.evidence.visit).await?;
        Ok(Some(Candidate {
            pick: format!("c:{}:{}", finding.0, proof.rank),
            capture: capture.0,
            before,
            after,
            captured: captured.done,
            language: self.languages.get(&proof.evidence.visit).cloned(),
            digest: captured.record.payload,
            path: path.into_iter().map(|Step { url, link, .. }| (url, link)).collect(),
            passage,
        }))
    }
}

/// Captured text on each side of a passage; what the quote itself brings where the text is not kept.
pub(crate) async fn around(app: &App, capture: CaptureId, passage: &Pointed) -> Result<(String, String), Refusal> {
    let of_quote = || (passage.prefix.clone(), passage.suffix.clone());
    let (Some(layer), Some((start, end))) = (app.store.layer(capture).await?, passage.start.zip(passage.end)) else {
        return Ok(of_quote());
    };
    let text = read_text(&app.archive, &layer)?;
    let (start, end) = (start as usize, end as usize);
    let from = start.saturating_sub(BEFORE);
    let before = text.chars().skip(from).take(start - from).collect();
    Ok((before, text.chars().skip(end).take(BEHIND).collect()))
}

/// What an assessor is shown of an indicator: a share is drawn to be shown without anything of the machine (R5).
pub(crate) fn assist(rules: &Rules, slot: &Assignment, code: &Code) -> Assist {
    let drawn = chance(&format!("clean {} {code}", slot.seed)) < u64::from(rules.clean);
    if drawn { Assist::Clean } else { rules.assist }
}
