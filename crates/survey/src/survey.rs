//! A survey: the portals of a campaign, some at once, each to its findings. A portal that fails stops no other.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use archive::Archive;
use crawl::fetch::Fetcher;
use crawl::pace::PaceBook;
use crawl::route::ConnectTo;
use indicator::Rulebook;
use model::{Digest, Finding, Portal, Time};
use serde_json::json;
use store::{Lease, RunId, RunState, Store, SurveyId};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::trace_span;

use crate::book::LedgerBook;
use crate::commit::Committer;
use crate::error::chain;
use crate::event::Event;
use crate::run::{End, Run};
use crate::sealing::{Sealing, keep_rulebook, layers};
use crate::visitor::{Errands, Visitor};
use crate::{Error, STAGES, Settings};

/// A wish to stop, shared by all portals; what is committed stays and the survey can be resumed.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks every portal to stop after the visits under way.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Where a survey keeps what it finds, and what judges it. Cheap to clone.
#[derive(Clone)]
pub struct Ground {
    /// The ledger.
    pub store: Store,
    /// Directory of the archive.
    pub archive: PathBuf,
    /// What judges pages.
    pub book: Arc<Rulebook>,
    /// The rulebook's files as one text, to be kept with what they judged.
    pub rules: Arc<str>,
    /// Digest of that text.
    pub digest: Digest,
    /// Name and version of this program.
    pub tool: String,
}

/// How to reach the portals.
#[derive(Clone)]
pub struct Reach {
    /// Who we are, pace and limits.
    pub fetch: crawl::fetch::Settings,
    /// Hosts sent elsewhere.
    pub routes: Vec<ConnectTo>,
    /// Further certificate authorities as PEM.
    pub trust: Vec<Vec<u8>>,
}

/// How one portal ended.
#[derive(Debug)]
pub struct Outcome {
    /// The portal.
    pub portal: Portal,
    /// Its run, if it could begin.
    pub run: Option<RunId>,
    /// Whether it came to its end; a stopped one can be resumed.
    pub finished: bool,
    /// Why the home page could not be reached, or what failed.
    pub failure: Option<String>,
    /// The findings, if it came to its end.
    pub findings: Vec<Finding>,
}

/// A survey that is under way.
pub struct Survey {
    pub(crate) visitor: Arc<Visitor>,
    ground: Arc<Ground>,
    writer: tokio::task::JoinHandle<Result<(), Error>>,
    _lease: Lease,
}

impl Survey {
    /// Takes up a survey: opens a segment, remembers paces and robots answers, starts the writer.
    pub async fn open(ground: Ground, survey: SurveyId, settings: Settings, reach: Reach) -> Result<Self, Error> {
        let lease = ground.store.lease()?;
        let begun = ground.store.survey(survey).await?.begun;
        if begun.rulebook != ground.digest {
            return Err(Error::Changed { survey: survey.0, what: "rulebook" });
        }
        let mut archive = Archive::open(&ground.archive, settings.archive.clone())?;
        keep_rulebook(&mut archive, &ground)?;
        let paces = Arc::new(LedgerBook::new(ground.store.clone(), survey));
        let kept = ground.store.paces(survey).await?;
        let robots = ground.store.robots(Time::from_micros(begun.started.micros() - DAY).unwrap_or(begun.started)).await?;
        let book: Arc<dyn PaceBook> = Arc::<LedgerBook>::clone(&paces);
        let fetcher = Fetcher::new(reach.fetch, reach.routes, &reach.trust, book, kept, robots).map_err(Error::Fetcher)?;
        let (committer, writer) = Committer::start(archive, ground.store.clone());
        let visitor = Visitor {
            book: Arc::clone(&ground.book),
            fetcher,
            paces,
            store: ground.store.clone(),
            committer,
            archive: ground.archive.clone(),
            survey,
            day: begun.started.date(),
            settings,
            readers: Semaphore::new(readers()),
            shared: Mutex::new(HashMap::new()),
        };
        Ok(Self { visitor: Arc::new(visitor), ground: Arc::new(ground), writer, _lease: lease })
    }

    /// Walks the portals, some at once, and judges each that came to its end. The outcomes are in the order of the list.
    ///
    /// Fails if ledger or archive cannot go on. The survey ends only when each portal came to its end: what was stopped
    /// or failed by our own fault can be resumed.
    pub async fn walk(
        self,
        portals: Vec<Portal>,
        stop: &Stop,
        tell: Arc<dyn Fn(Event) + Send + Sync>,
    ) -> Result<Vec<Outcome>, Error> {
        let mut waiting = portals.into_iter().enumerate();
        let mut under_way = JoinSet::new();
        let mut outcomes = Vec::new();
        loop {
            while under_way.len() < self.visitor.settings.portals.max(1)
                && let Some((place, portal)) = waiting.next()
            {
                let (visitor, ground, stop, tell) =
                    (Arc::clone(&self.visitor), Arc::clone(&self.ground), stop.clone(), Arc::clone(&tell));
                under_way.spawn(async move { (place, Box::pin(one(visitor, ground, portal, stop, tell)).await) });
            }
            let Some(done) = under_way.join_next().await else { break };
            outcomes.push(done.expect("a portal's run does not panic"));
        }
        outcomes.sort_by_key(|(place, _)| *place);
        let outcomes: Vec<Outcome> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
        let (survey, paces) = (self.visitor.survey, Arc::clone(&self.visitor.paces));
        // The writer ends when nobody can hand in anything any more.
        drop(self.visitor);
        self.writer.await.expect("the writer does not panic")?;
        paces.check()?;
        if outcomes.iter().all(|outcome| outcome.finished) {
            self.ground.store.finish_survey(survey, now()).await?;
        }
        Ok(outcomes)
    }
}

/// Pages read at once: some wait for a PDF's child process while others compute.
fn readers() -> usize {
    2 * std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
}

/// Robots answers older than this are read again, in microseconds.
const DAY: i64 = 24 * 3600 * 1_000_000;

/// One portal; its trouble is told in the outcome.
async fn one(
    visitor: Arc<Visitor>,
    ground: Arc<Ground>,
    portal: Portal,
    stop: Stop,
    tell: Arc<dyn Fn(Event) + Send + Sync>,
) -> Outcome {
    let mut outcome = Outcome { portal, run: None, finished: false, failure: None, findings: Vec::new() };
    if stop.is_asked() {
        return outcome;
    }
    if let Err(error) = Box::pin(walk_one(&visitor, &ground, &mut outcome, &stop, &*tell)).await {
        let failure = chain(&error);
        if let Some(run) = outcome.run {
            // The ledger may be what failed; the outcome tells it either way.
            visitor.store.finish_run(run, RunState::Failed, Some(&failure), now()).await.ok();
        }
        tell(Event::Ended { portal: outcome.portal.id.clone(), pages: 0, failure: Some(failure.clone()) });
        outcome.failure = Some(failure);
    }
    outcome
}

async fn walk_one(
    visitor: &Arc<Visitor>,
    ground: &Ground,
    outcome: &mut Outcome,
    stop: &Stop,
    tell: &(dyn Fn(Event) + Send + Sync),
) -> Result<(), Error> {
    visitor.check()?;
    let budget = visitor.settings.frontier.budget;
    let certificate = json!({ "pages": budget.pages, "bytes": budget.bytes, "seconds": budget.time.as_secs() });
    let run = visitor.store.begin_run(visitor.survey, &outcome.portal, &certificate, now()).await?;
    outcome.run = Some(run);
    tell(Event::Started { portal: outcome.portal.id.clone(), pages: budget.pages });
    let past = visitor.store.outcomes(run).await?;
    let of = Errands { run, portal: Arc::new(outcome.portal.clone()), nowhere: None };
    let mut walk = Run::new(Arc::clone(visitor), of, past, tell);
    let end = walk.walk(stop).await?;
    let pages = walk.pages();
    let (coverage, harvest, refused) = walk.into_coverage();
    visitor.store.refuse(run, &refused).await?;
    match end {
        End::Stopped => visitor.store.finish_run(run, RunState::Stopped, Some("stopped by the operator"), now()).await?,
        End::Finished => {
            visitor.store.put_searches(run, &coverage.searches).await?;
            let book = Arc::clone(&ground.book);
            // Portals of one budget end together.
            let turn = visitor.readers.acquire().await.expect("it is never closed");
            let judged = tokio::task::spawn_blocking(move || {
                let conclude = || book.conclude(&coverage, &harvest);
                (trace_span!(target: STAGES, "conclude").in_scope(conclude), coverage)
            });
            let (findings, coverage) = judged.await.expect("conclusions do not panic");
            let judging = visitor.store.put_findings(run, &ground.digest, &ground.tool, now(), &coverage, &findings).await?;
            let layers = layers(ground, judging, &visitor.settings).await?;
            visitor.committer.seal(Sealing { run, portal: outcome.portal.id.clone(), judging, layers }).await?;
            // Texts and rows of many portals that end together would fill the memory.
            drop(turn);
            visitor.store.finish_run(run, RunState::Finished, None, now()).await?;
            outcome.failure = unreached(&coverage);
            outcome.findings = findings;
            outcome.finished = true;
        }
    }
    tell(Event::Ended { portal: outcome.portal.id.clone(), pages, failure: outcome.failure.clone() });
    Ok(())
}

/// Why the home page brought nothing, if it did not.
fn unreached(coverage: &model::Coverage) -> Option<String> {
    let home = coverage.seen.iter().rev().find(|seen| seen.errand == model::Errand::Home)?;
    match home.outcome {
        model::SeenAs::Missed(miss) => Some(format!("the home page {} brought nothing: {miss}", home.url)),
        model::SeenAs::Page { .. } => None,
    }
}

pub(crate) fn now() -> Time {
    Time::from_system(std::time::SystemTime::now()).expect("the system clock stands between 1970 and 9999")
}
