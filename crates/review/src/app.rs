//! What all requests share.

use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use model::{Code, Indicator, Instrument, Portal, Time};
use report::import::{Refused, Sheets};
use score::Crosswalk;
use store::{Campaign, CaptureId, RunId, Store, SurveyId};
use url::Url;

use crate::advice::Advice;
use crate::desk::Desk;
use crate::imports::Waiting;
use crate::limit::Limiter;
use crate::proposals::Memory;
use crate::public::geo::Atlas;
use crate::public::learned::Remembered;
use crate::results::Made;

/// Something that takes its time.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'a>>;

/// What the application asks of the rest of the program: it knows neither how one crawls nor which files there are.
pub trait Outside: Send + Sync + 'static {
    /// Reads a portal list (CSV); every wrong row with its line.
    fn read_list(&self, text: &str) -> Result<Vec<Portal>, Vec<(u64, String)>>;
    /// Begins a survey of portals of a campaign; it goes on by itself.
    fn survey<'a>(&'a self, campaign: &'a Campaign, portals: Vec<Portal>) -> Doing<'a, SurveyId>;
    /// Asks a survey to stop after the visits under way.
    fn stop(&self, survey: SurveyId);
    /// Whether a survey is under way in this process.
    fn under_way(&self, survey: SurveyId) -> bool;
    /// The latest of what a survey has told, oldest first; empty if it did not go on in this process.
    fn told(&self, survey: SurveyId) -> Vec<String>;
    /// Fetches a page for a person as a further capture of a run, by the same guarded fetcher.
    fn fetch<'a>(&'a self, run: RunId, url: &'a Url, by: &'a str) -> Doing<'a, CaptureId>;
    /// Makes sure that the text layer of a capture is kept.
    fn layer(&self, capture: CaptureId) -> Doing<'_, ()>;
    /// The markup of a captured page, decoded; none if it is no HTML.
    fn markup(&self, capture: CaptureId) -> Doing<'_, Option<String>>;
    /// Reads a workbook or CSV that somebody sent, apart from the application and under limits; refused is what breaks them.
    fn sheets(&self, _file: Vec<u8>) -> Doing<'_, Result<Sheets, Refused>> {
        Box::pin(async { Err("no sheets are read here".to_owned()) })
    }
    /// Signs what is sealed so far; says what was signed.
    fn sign(&self) -> Doing<'_, String>;
    /// Walks a released score back to its bytes and checks each step: the page that `verify --score` prints, and whether all
    /// of it holds.
    fn walk<'a>(&'a self, campaign: &'a str, release: u32, portal: &'a str, code: &'a Code) -> Doing<'a, (String, bool)>;
}

/// What the application is started with.
pub struct Setup {
    /// The ledger.
    pub store: Store,
    /// Directory of the archive.
    pub archive: PathBuf,
    /// The instrument that campaigns use.
    pub instrument: Instrument,
    /// Advice to cities on what they lack; empty if there is none for the instrument.
    pub advice: Advice,
    /// Earlier editions, each with what became of its questions in the instrument.
    pub earlier: Vec<(Instrument, Crosswalk)>,
    /// What maps are drawn of; empty: there are none.
    pub atlas: Atlas,
    /// How the application is reached from outside, as in `https://review.example.org`; none: as the browser says.
    pub origin: Option<Url>,
    /// The rest of the program.
    pub outside: Arc<dyn Outside>,
    /// Reads the clock.
    pub clock: fn() -> Time,
}

/// What all requests share.
pub struct App {
    pub(crate) store: Store,
    pub(crate) archive: PathBuf,
    pub(crate) instrument: Instrument,
    pub(crate) advice: Advice,
    pub(crate) earlier: Vec<(Instrument, Crosswalk)>,
    pub(crate) atlas: Atlas,
    pub(crate) origin: Option<Url>,
    pub(crate) outside: Arc<dyn Outside>,
    pub(crate) clock: fn() -> Time,
    pub(crate) desk: Desk,
    pub(crate) limiter: Limiter,
    pub(crate) proposals: Memory,
    pub(crate) results: Made,
    pub(crate) learned: Remembered,
    pub(crate) waiting: Waiting,
    /// Campaigns that were asked for; they never change.
    campaigns: Mutex<HashMap<String, Arc<Campaign>>>,
    /// POSTs under way, by person and key: the same once more waits for the first.
    under_way: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl App {
    /// Makes the application ready. Must be called within a runtime.
    pub fn new(setup: Setup) -> Result<Arc<Self>, crate::Error> {
        let desk = Desk::start(setup.archive.clone(), setup.store.clone())?;
        Ok(Arc::new(Self {
            desk,
            limiter: Limiter::default(),
            proposals: Memory::default(),
            results: Made::default(),
            waiting: Waiting::default(),
            campaigns: Mutex::default(),
            under_way: Mutex::default(),
            store: setup.store,
            archive: setup.archive,
            instrument: setup.instrument,
            advice: setup.advice,
            earlier: setup.earlier,
            atlas: setup.atlas,
            learned: Remembered::default(),
            origin: setup.origin,
            outside: setup.outside,
            clock: setup.clock,
        }))
    }

    /// Signs what was sealed; to be called when nothing is served any more.
    pub async fn close(&self) -> Result<String, String> {
        self.outside.sign().await
    }

    /// An indicator of the instrument.
    pub(crate) fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.instrument.indicators.iter().find(|indicator| indicator.code.as_str() == code)
    }

    /// The codes of all indicators, in the order of the instrument.
    pub(crate) fn codes(&self) -> Vec<Code> {
        self.instrument.indicators.iter().map(|one| one.code.clone()).collect()
    }

    /// The campaign of that key.
    pub(crate) async fn campaign(&self, id: &str) -> Result<Option<Arc<Campaign>>, store::Error> {
        if let Some(known) = self.campaigns.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(found) = self.store.campaign(id).await?.map(Arc::new) else { return Ok(None) };
        self.campaigns.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), Arc::clone(&found));
        Ok(Some(found))
    }

    /// Whether cookies are for HTTPS only.
    pub(crate) fn secure(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.scheme() == "https")
    }

    /// The turn of a POST: one after the other of the same key.
    pub(crate) fn turn(&self, key: String) -> Arc<tokio::sync::Mutex<()>> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(under_way.entry(key).or_default())
    }
}

/// Where a request comes from.
pub(crate) fn peer(address: Option<&SocketAddr>) -> String {
    address.map_or_else(String::new, |address| address.ip().to_string())
}

/// A token for the first administrator; none if there are people already.
pub async fn first_token(app: &App, good_for: std::time::Duration) -> Result<Option<String>, crate::Error> {
    if !app.store.people().await?.is_empty() {
        return Ok(None);
    }
    let (token, now) = (crate::secret::random(), (app.clock)());
    let link = store::Link { person: None, purpose: "setup".to_owned(), expires: now.plus(good_for) };
    app.store.put_link(&crate::secret::digest(&token), &link, now).await?;
    Ok(Some(token))
}
