//! One portal from its home page to its coverage: rounds of visits until there is nothing left to do or to spend.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crawl::{Frontier, FrontierSettings, Lead, Need, Settled};
use indicator::{Harvest, Progress};
use model::{Code, Coverage, Errand, Hit, PageKind, Seen, SeenAs, SiteSearch, UrlKey, Visit, VisitNo};
use store::{Past, Refusal};
use tokio::task::JoinSet;
use tracing::trace_span;
use url::Url;

use crate::event::Event;
use crate::identity::loose;
use crate::reading::Reading;
use crate::searching::{SearchForm, form};
use crate::visitor::{Brought, Errands, Visitor};
use crate::{Error, STAGES, Stop};

/// A portal being walked.
pub(crate) struct Run<'a> {
    visitor: Arc<Visitor>,
    of: Errands,
    /// What the ledger has from before a restart.
    past: HashMap<VisitNo, Past>,
    frontier: Frontier,
    progress: Progress,
    harvest: Harvest,
    seen: Vec<Seen>,
    /// Hashes of links already asked what they promise by their URL.
    weighed: HashSet<u64>,
    /// Hashes of what fired so far: indicator, signal and words.
    fired: HashSet<u64>,
    /// Hashes of what pages other than search results link to.
    linked: HashSet<u64>,
    search: Option<SearchForm>,
    /// Words of each query under way, by its URL.
    asked: HashMap<UrlKey, String>,
    searches: Vec<SiteSearch>,
    sitemap_urls: u32,
    refused: Vec<Refusal>,
    tell: &'a (dyn Fn(Event) + Send + Sync),
}

/// How a run came to its end.
pub(crate) enum End {
    /// Dry, proven or out of budget.
    Finished,
    /// A person asked for it.
    Stopped,
}

impl<'a> Run<'a> {
    pub(crate) fn new(visitor: Arc<Visitor>, of: Errands, past: Vec<Past>, tell: &'a (dyn Fn(Event) + Send + Sync)) -> Self {
        let progress = Progress::new(&visitor.book);
        let frontier = FrontierSettings {
            day: visitor.day,
            recorded_hosts: visitor.book.recorded_hosts(),
            ..visitor.settings.frontier.clone()
        };
        let frontier = Frontier::new(&of.portal, frontier, &Need(progress.needs()));
        Self {
            visitor,
            of,
            past: past.into_iter().map(|past| (past.visit.no, past)).collect(),
            frontier,
            progress,
            harvest: Harvest::default(),
            seen: Vec::new(),
            weighed: HashSet::new(),
            fired: HashSet::new(),
            linked: HashSet::new(),
            search: None,
            asked: HashMap::new(),
            searches: Vec::new(),
            sitemap_urls: 0,
            refused: Vec::new(),
            tell,
        }
    }

    /// Walks until the end.
    pub(crate) async fn walk(&mut self, stop: &Stop) -> Result<End, Error> {
        let mut clock: Option<Instant> = None;
        let mut searched = false;
        loop {
            if stop.is_asked() {
                return Ok(End::Stopped);
            }
            let elapsed = clock.map_or(Duration::ZERO, |clock| clock.elapsed());
            let settings = &self.visitor.settings;
            // A portal that has nothing more to say is asked by its search; after that it is heard once more as long.
            let patience = settings.dull.saturating_mul(1 + u32::from(searched));
            let dull = self.frontier.dull() >= patience;
            let mut visits = if dull { Vec::new() } else { self.frontier.round(settings.width, settings.per_host, elapsed) };
            if visits.is_empty() && searched {
                visits = self.frontier.second_round(settings.width, settings.per_host, elapsed);
            }
            if visits.is_empty() {
                if searched {
                    return Ok(End::Finished);
                }
                searched = true;
                self.ask_site_search();
                continue;
            }
            // Time counts from the first visit that the ledger does not answer, so that a replay is not late.
            if clock.is_none() && visits.iter().any(|visit| !self.past.contains_key(&visit.no)) {
                clock = Some(Instant::now());
            }
            for (visit, brought) in self.go(visits).await? {
                trace_span!(target: STAGES, "learn").in_scope(|| self.take(&visit, brought));
            }
        }
    }

    /// Goes on the visits of a round at once; they come back in the order of the frontier.
    async fn go(&mut self, visits: Vec<Visit>) -> Result<Vec<(Visit, Brought)>, Error> {
        let mut under_way = JoinSet::new();
        for (place, visit) in visits.iter().enumerate() {
            let past = self.past.remove(&visit.no);
            if let Some(past) = past.as_ref().filter(|past| past.visit.key != visit.key) {
                return Err(Error::Diverged {
                    portal: self.of.portal.id.clone(),
                    visit: visit.no,
                    found: past.visit.url.to_string(),
                    expected: visit.url.to_string(),
                });
            }
            let refused = std::mem::take(&mut self.refused);
            let own = self.frontier.scope().is_own(&visit.url);
            let passage = self.frontier.passage(visit);
            let go = Arc::clone(&self.visitor).go(self.of.clone(), visit.clone(), passage, !own, past, refused);
            under_way.spawn(async move { (place, go.await) });
        }
        let mut came: Vec<Option<Brought>> = visits.iter().map(|_| None).collect();
        while let Some(done) = under_way.join_next().await {
            let (place, brought) = done.expect("a visit does not panic");
            came[place] = Some(brought?);
        }
        Ok(visits.into_iter().zip(came.into_iter().flatten()).collect())
    }

    /// Learns from one visit, in the order of the frontier.
    fn take(&mut self, visit: &Visit, brought: Brought) {
        match brought {
            Brought::Page { landed, bytes, reading } => {
                self.take_page(visit, &landed, bytes, &reading);
                self.harvest.add(visit.no, &[&loose(&visit.url), &loose(&landed)], reading.hits);
            }
            Brought::Sitemap { landed, bytes, sitemap } => {
                self.note(
                    visit,
                    Some(&landed),
                    SeenAs::Page { kind: PageKind::Xml, language: None, characters: 0, shell: false, cut: sitemap.cut },
                );
                self.frontier.settle(visit, &Settled::Captured { landed, bytes, fingerprint: 0, signals: false });
                self.sitemap_urls += u32::try_from(sitemap.pages.len()).unwrap_or(u32::MAX);
                let book = &self.visitor.book;
                let languages = &self.of.portal.languages;
                let urls: Vec<_> = sitemap
                    .pages
                    .into_iter()
                    .map(|(url, changed)| {
                        let promise = book.promise(&url, languages);
                        (url, changed, promise)
                    })
                    .collect();
                self.frontier.sitemap(visit, &urls, &sitemap.indexes);
            }
            Brought::Nothing { miss, detail, at, bytes } => {
                self.note(visit, None, SeenAs::Missed(miss));
                self.frontier.settle(visit, &Settled::Missed { miss, at, bytes });
                (self.tell)(Event::Missed { portal: self.of.portal.id.clone(), url: visit.url.clone(), miss, detail });
            }
        }
        let refused = self.frontier.take_refused().into_iter();
        self.refused.extend(refused.map(|refused| Refusal {
            url: refused.url.to_string(),
            via: refused.via,
            rule: refused.rule,
        }));
    }

    fn take_page(&mut self, visit: &Visit, landed: &Url, bytes: u64, reading: &Reading) {
        let page = &reading.page;
        let characters = u32::try_from(page.text.chars().count()).unwrap_or(u32::MAX);
        let language = page.language.detected.clone().or_else(|| page.language.declared.as_deref().map(primary));
        self.note(
            visit,
            Some(landed),
            SeenAs::Page { kind: page.kind, language: language.clone(), characters, shell: page.shell, cut: page.cut },
        );
        let signals = self.is_news(&reading.hits);
        let fresh = self
            .frontier
            .settle(visit, &Settled::Captured { landed: landed.clone(), bytes, fingerprint: page.fingerprint, signals });
        match visit.errand {
            Errand::Probe => return self.of.nowhere = (characters >= 20).then_some(page.fingerprint),
            Errand::Home => self.frontier.sitemaps(&self.visitor.fetcher.sitemaps(landed)),
            _ => {}
        }
        if self.search.is_none() {
            let portal = self.of.portal.languages.first().map(|tag| tag.primary().to_owned());
            self.search = form(page, visit.no, &portal.or(language).unwrap_or_default());
        }
        if visit.errand == Errand::Search {
            self.note_results(visit, reading);
        } else {
            self.linked.extend(reading.targets.iter().map(hash));
        }
        if fresh && self.progress.note(&reading.hits) {
            self.frontier.set_need(&Need(self.progress.needs()));
        }
        self.follow(visit, reading);
        (self.tell)(Event::Page {
            portal: self.of.portal.id.clone(),
            url: landed.clone(),
            pages: self.frontier.fetched(),
            proven: self.progress.proven(),
        });
    }

    /// Whether any words fired that did not fire before in this run: what menus repeat on every page is no news.
    fn is_news(&mut self, hits: &[Hit]) -> bool {
        let mut news = false;
        for hit in hits.iter().filter(|hit| hit.link.is_none() && hit.weight > 0.0) {
            news |= self.fired.insert(hash(&(hit.code.as_str(), &hit.signal, &hit.quote.exact)));
        }
        news
    }

    /// Hands the links of a page to the frontier, with what their words and their URLs promise.
    fn follow(&mut self, visit: &Visit, reading: &Reading) {
        let book = &self.visitor.book;
        let mut leads: Vec<Lead<'_>> = Vec::with_capacity(reading.page.links.len());
        for (link, mut promise) in reading.page.links.iter().zip(reading.promises()) {
            if self.weighed.insert(hash(&link.url)) {
                promise.extend(book.promise(&link.url, &self.of.portal.languages));
            }
            leads.push(Lead { link, promise });
        }
        self.frontier.extend(visit, &reading.page, &leads);
    }

    fn note(&mut self, visit: &Visit, landed: Option<&Url>, outcome: SeenAs) {
        let key = loose(&visit.url);
        let at = landed.unwrap_or(&visit.url);
        let landed = Some(loose(at)).filter(|landed| *landed != key);
        let via = visit.via.as_ref().map(|via| (via.from, via.text.clone()));
        let own = self.frontier.scope().is_own(at);
        self.seen.push(Seen {
            visit: visit.no,
            key,
            landed,
            url: at.to_string(),
            errand: visit.errand,
            depth: visit.depth,
            own,
            via,
            outcome,
        });
    }

    fn note_results(&mut self, visit: &Visit, reading: &Reading) {
        let new: HashSet<u64> = reading.targets.iter().map(hash).filter(|hash| !self.linked.contains(hash)).collect();
        let query = self.asked.remove(&loose(&visit.url)).unwrap_or_default();
        self.searches.push(SiteSearch { visit: visit.no, query, results: u32::try_from(new.len()).unwrap_or(u32::MAX) });
    }

    /// Asks the site's own search for what is still unproven; without a form, frees what was kept for that.
    fn ask_site_search(&mut self) {
        let unproven: Vec<Code> = self.progress.unproven().cloned().collect();
        let mut any = false;
        if let Some(search) = &self.search {
            for (url, via, words) in search.queries(&self.visitor.book, unproven.iter()) {
                if self.frontier.search(&url, Some(via), &words) {
                    self.asked.insert(loose(&url), words);
                    any = true;
                }
            }
        }
        if !any {
            self.frontier.open_reserve();
        }
    }

    /// Pages that came.
    pub(crate) fn pages(&self) -> u32 {
        self.frontier.fetched()
    }

    /// What was seen and missed, what fired, and the decisions not yet in the ledger.
    pub(crate) fn into_coverage(self) -> (Coverage, Harvest, Vec<Refusal>) {
        let mut waiting = self.frontier.waiting();
        for entry in &mut waiting {
            if let Ok(url) = Url::parse(&entry.url) {
                entry.key = loose(&url);
            }
        }
        let coverage = Coverage {
            day: self.visitor.day,
            seen: self.seen,
            waiting,
            searches: self.searches,
            sitemap_urls: self.sitemap_urls,
            lexicons: self.visitor.book.lexicons(),
        };
        (coverage, self.harvest, self.refused)
    }
}

/// What is only asked for again is remembered by 64 bits: two in a run that are alike by chance are not to be expected.
fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}
