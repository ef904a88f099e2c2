//! One visit: answered from the ledger if it was kept before, else fetched, read and kept.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crawl::{Passage, sitemap::Sitemap};
use model::{Capture, Errand, Exchange, Miss, Missed, Portal, Purpose, UrlKey, Visit};
use store::{Captured, Outcome, Past, Refusal, RunId, Store, SurveyId};
use tokio::sync::Semaphore;
use url::Url;

use crate::book::LedgerBook;
use crate::commit::{Came, Committer, Job};
use crate::reading::{Reading, guarded, miss_of, read, setting};
use crate::{Error, Settings};

/// What all visits of a survey share.
pub(crate) struct Visitor {
    pub(crate) book: Arc<indicator::Rulebook>,
    pub(crate) fetcher: crawl::fetch::Fetcher,
    pub(crate) paces: Arc<LedgerBook>,
    pub(crate) store: Store,
    pub(crate) committer: Committer,
    pub(crate) archive: PathBuf,
    pub(crate) survey: SurveyId,
    pub(crate) day: model::Date,
    pub(crate) settings: Settings,
    /// Turns to read a page or to judge a portal: more at once than there are processors only take memory.
    pub(crate) readers: Semaphore,
    /// Outside pages under way, so that portals that share one wait for the first instead of asking too.
    pub(crate) shared: Mutex<HashMap<UrlKey, Arc<tokio::sync::Mutex<()>>>>,
}

/// What a visit needs to know of its run.
#[derive(Clone)]
pub(crate) struct Errands {
    pub(crate) run: RunId,
    pub(crate) portal: Arc<Portal>,
    /// What a path that cannot exist looks like here.
    pub(crate) nowhere: Option<u64>,
}

/// What came of a visit, for the run.
pub(crate) enum Brought {
    /// A page.
    Page { landed: Url, bytes: u64, reading: Box<Reading> },
    /// A sitemap.
    Sitemap { landed: Url, bytes: u64, sitemap: Sitemap },
    /// Nothing; `at` is the URL at fault, `bytes` is what came all the same.
    Nothing { miss: Miss, detail: String, at: Url, bytes: u64 },
}

impl Visitor {
    /// Fails when no visit can be kept any more, so that none is begun.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.paces.check()?;
        self.committer.check()
    }

    /// Goes on a visit. `past` is what the ledger has of it from before a restart.
    pub(crate) async fn go(
        self: Arc<Self>,
        of: Errands,
        visit: Visit,
        passage: Passage,
        outside: bool,
        past: Option<Past>,
        refused: Vec<Refusal>,
    ) -> Result<Brought, Error> {
        if let Some(past) = past {
            return self.recall(&of, &visit, past.outcome).await;
        }
        if !outside {
            return self.ask(of, visit, passage, refused).await;
        }
        let lock = Arc::clone(self.shared.lock().unwrap_or_else(PoisonError::into_inner).entry(visit.key.clone()).or_default());
        let _turn = lock.lock().await;
        let known = self.store.captured(self.survey, std::slice::from_ref(&visit.key)).await?.remove(&visit.key);
        let Some((id, captured)) = known else { return self.ask(of, visit, passage, refused).await };
        let brought = self.reread(&of, &visit, &captured).await?;
        let came = Came::Shared(id, Box::new(captured));
        self.committer.keep(Job { run: of.run, portal: of.portal.id.clone(), visit, came, refused }).await?;
        Ok(brought)
    }

    /// Asks the network, reads what comes and keeps it.
    async fn ask(self: Arc<Self>, of: Errands, visit: Visit, passage: Passage, refused: Vec<Refusal>) -> Result<Brought, Error> {
        let allows = move |url: &Url| passage.allows(url);
        let (came, brought) = match self.fetcher.get(&visit.url, None, &allows).await {
            Err(missed) => {
                // Nothing was asked where the pace could not be written down: that is our miss.
                self.paces.check()?;
                nothing(&visit, missed)
            }
            Ok(capture) => {
                let (visitor, run, errand) = (Arc::clone(&self), of.clone(), visit.errand);
                let _turn = self.readers.acquire().await.expect("it is never closed");
                let read = tokio::task::spawn_blocking(move || {
                    let brought = visitor.understand(&run, errand, capture.answer(), None);
                    (capture, brought)
                });
                let (capture, brought) = read.await.expect("reading a page does not panic");
                match brought {
                    Ok(brought) => (Came::Captured(capture, text_of(&brought)), brought),
                    Err((miss, detail)) => nothing(&visit, turned_down(capture, miss, detail)),
                }
            }
        };
        self.committer.keep(Job { run: of.run, portal: of.portal.id.clone(), visit, came, refused }).await?;
        Ok(brought)
    }

    /// What the ledger and the archive have of a visit.
    async fn recall(self: &Arc<Self>, of: &Errands, visit: &Visit, outcome: Outcome) -> Result<Brought, Error> {
        match outcome {
            Outcome::Captured(captured) | Outcome::Shared(_, captured) => self.reread(of, visit, &captured).await,
            Outcome::Missed { miss, detail, .. } => {
                let mut exchanged = self.store.exchanges(of.run, visit.no).await?;
                exchanged.retain(|exchanged| exchanged.purpose != Purpose::Robots);
                let archive = self.archive.clone();
                let read = move || exchanged.iter().map(|exchanged| archive::read(&archive, &exchanged.record)).collect();
                let exchanges: Result<Vec<Exchange>, archive::Error> =
                    tokio::task::spawn_blocking(read).await.expect("reading the archive does not panic");
                Ok(nothing_of(visit, miss, detail, &exchanges?))
            }
        }
    }

    async fn reread(self: &Arc<Self>, of: &Errands, visit: &Visit, captured: &Captured) -> Result<Brought, Error> {
        let (visitor, of, errand, captured) = (Arc::clone(self), of.clone(), visit.errand, captured.clone());
        let _turn = self.readers.acquire().await.expect("it is never closed");
        let read =
            tokio::task::spawn_blocking(move || {
                let exchange = archive::read(&visitor.archive, &captured.record)?;
                let text = captured.text.map(|text| archive::read_text(&visitor.archive, &text)).transpose()?;
                Ok::<_, Error>(visitor.understand(&of, errand, &exchange, text).unwrap_or_else(|(miss, detail)| {
                    Brought::Nothing { miss, detail, at: exchange.url, bytes: exchange.body.len() as u64 }
                }))
            });
        read.await.expect("reading a page does not panic")
    }

    /// Reads an exchange as what the errand expects; the error is why it is no page after all.
    fn understand(
        &self,
        of: &Errands,
        errand: Errand,
        exchange: &Exchange,
        text: Option<String>,
    ) -> Result<Brought, (Miss, String)> {
        let (landed, bytes) = (exchange.url.clone(), exchange.body.len() as u64);
        if errand == Errand::Sitemap {
            let body = crawl::decode::decode(&exchange.headers, &exchange.body, &self.settings.decode)
                .map_err(|error| (miss_of(&error), error.to_string()))?;
            let sitemap = guarded(|| Ok(crawl::sitemap::read(&body, &landed)))?;
            return Ok(Brought::Sitemap { sitemap, landed, bytes });
        }
        let reading = read(&self.book, &setting(&of.portal, self.day), exchange, text, &self.settings)?;
        let alike = of.nowhere.is_some_and(|nowhere| (nowhere ^ reading.page.fingerprint).count_ones() <= ALIKE);
        if alike && matches!(errand, Errand::Page) {
            return Err((Miss::NotFound, "looks like what this site answers for paths that do not exist".to_owned()));
        }
        Ok(Brought::Page { landed, bytes, reading: Box::new(reading) })
    }
}

/// Pages whose simhash differs in at most so many bits look alike.
const ALIKE: u32 = 3;

fn text_of(brought: &Brought) -> Option<String> {
    if let Brought::Page { reading, .. } = brought { reading.text.clone() } else { None }
}

/// A capture that turned out to be no page: its exchanges are kept all the same.
fn turned_down(capture: Capture, miss: Miss, detail: String) -> Missed {
    Missed { miss, detail, exchanges: capture.exchanges, robots: capture.robots }
}

fn nothing(visit: &Visit, missed: Missed) -> (Came, Brought) {
    let brought = nothing_of(visit, missed.miss, missed.detail.clone(), &missed.exchanges);
    (Came::Missed(missed), brought)
}

/// To blame is the URL where the last redirect led, else the visit's own. What was exchanged for robots.txt is nobody's.
fn nothing_of(visit: &Visit, miss: Miss, detail: String, exchanges: &[Exchange]) -> Brought {
    let own = || exchanges.iter().filter(|exchange| exchange.purpose != Purpose::Robots);
    let redirect = own().next_back().filter(|exchange| exchange.purpose == Purpose::Redirect);
    let target = redirect.and_then(|exchange| exchange.url.join(exchange.headers.get("location")?).ok());
    let bytes = own().map(|exchange| exchange.body.len() as u64).sum();
    Brought::Nothing { miss, detail, at: target.unwrap_or_else(|| visit.url.clone()), bytes }
}
