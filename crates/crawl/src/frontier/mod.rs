//! The order of visits of one run: which URL is next, when to stop asking, and what was left out for which rule.
//!
//! Pure and deterministic: the same calls bring the same answers, so a resumed run replays them. It fetches nothing,
//! reads no clock and knows no indicator beyond its code. How links come in is told in `admit`, what they are worth
//! in `worth`.

mod admit;
mod again;
mod entry;
mod hosts;
mod language;
mod queue;
mod round;
mod settings;
mod settle;
mod shapes;
mod worth;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use model::{Errand, Miss, Portal, Visit, VisitNo, Waiting};
use url::Url;

use crate::{Asked, Proposed, Scope, Standing};
use entry::{Book, Id};
use hosts::Hosts;
use queue::Queue;
use shapes::Shapes;
use worth::Worth;

pub use admit::{Lead, SitemapLead};
pub use settings::{Budget, FrontierSettings, Order};
pub use settle::Settled;
pub use worth::Need;

/// The order of visits of one run.
#[derive(Debug)]
pub struct Frontier {
    settings: FrontierSettings,
    home: Url,
    languages: Vec<String>,
    scope: Arc<Scope>,
    book: Book,
    queue: Queue,
    shapes: Shapes,
    hosts: Hosts,
    worth: Worth,
    rng: fastrand::Rng,
    tally: Tally,
    failed: again::Failed,
    refused: Vec<Refused>,
    /// Hashes of URL and rule.
    refused_before: HashSet<u64>,
}

/// A URL that was left out, and the rule that left it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The URL.
    pub url: Url,
    /// The visit whose page holds the link; none for what a seed or a closed shape left out.
    pub via: Option<VisitNo>,
    /// The rule, in words.
    pub rule: String,
}

/// Where redirects of one visit may lead. Owned, so that a fetch can take it along.
#[derive(Debug, Clone)]
pub struct Passage {
    scope: Arc<Scope>,
    from: Url,
    home: bool,
    standing: Standing,
    telling: bool,
}

/// What was used of the budget.
#[derive(Debug, Default)]
struct Tally {
    /// Pages that came; sitemaps and the probe are none.
    pages: u32,
    /// Pages asked for and not yet settled.
    pending: u32,
    /// Visits handed out.
    attempts: u32,
    bytes: u64,
    searches: u32,
    sitemaps: u32,
    /// Pages in a row that brought no signal.
    dull: u32,
    reserve_open: bool,
}

impl Frontier {
    /// The frontier at the start of a run: it knows the home page. Everything else follows from how that settles.
    pub fn new(portal: &Portal, settings: FrontierSettings, need: &Need) -> Self {
        let scope = Scope::new(portal, &settings.recorded_hosts, settings.day);
        let mut frontier = Self {
            rng: fastrand::Rng::with_seed(settings.seed),
            settings,
            home: portal.home.clone(),
            languages: portal.languages.iter().map(|language| language.primary().to_owned()).collect(),
            scope: Arc::new(scope),
            book: Book::default(),
            queue: Queue::default(),
            shapes: Shapes::default(),
            hosts: Hosts::default(),
            worth: Worth::default(),
            tally: Tally::default(),
            failed: again::Failed::default(),
            refused: Vec::new(),
            refused_before: HashSet::new(),
        };
        frontier.worth.set_need(need);
        frontier.seed(&portal.home, Errand::Home, "home page of the portal");
        frontier
    }

    /// Where redirects of a visit may lead.
    pub fn passage(&self, visit: &Visit) -> Passage {
        let entry = self.book.find(&visit.key).map(|id| self.book.get(id));
        Passage {
            scope: Arc::clone(&self.scope),
            from: visit.url.clone(),
            home: visit.errand == Errand::Home,
            standing: entry.map_or(Standing::Own, |entry| entry.standing.clone()),
            telling: entry.is_some_and(|entry| !entry.promise.is_empty()),
        }
    }

    /// Says anew what each indicator needs. Cheap while needs only fall.
    pub fn set_need(&mut self, need: &Need) {
        if !self.worth.set_need(need) {
            return;
        }
        for id in self.queue.waiting().to_vec() {
            self.enqueue(id);
        }
    }

    /// Lets the part of the budget that is kept for site search be used for anything: there is nothing to search with.
    pub fn open_reserve(&mut self) {
        self.tally.reserve_open = true;
    }

    /// What was admitted and not visited, best first, with what keeps it from being visited: its host's miss, or the budget.
    pub fn waiting(&self) -> Vec<Waiting> {
        let pages = self.queue.waiting().iter().filter(|id| self.book.get(**id).errand == Errand::Page);
        let mut ids: Vec<Id> = pages.copied().collect();
        ids.sort_by_cached_key(|id| Reverse(worth::rank(self.weigh(*id), *id)));
        let waiting = ids.into_iter().map(|id| {
            let entry = self.book.get(id);
            Waiting {
                url: entry.url.to_string(),
                key: entry.key.clone(),
                miss: self.hosts.closed(entry.host).unwrap_or(Miss::Budget),
                via: entry.via.as_ref().map(|via| (via.from, via.text.clone())),
                promise: self.worth.spell(&entry.promise),
            }
        });
        waiting.collect()
    }

    /// What was left out since the last call, each URL and rule once per run.
    pub fn take_refused(&mut self) -> Vec<Refused> {
        std::mem::take(&mut self.refused)
    }

    /// Hosts that the home page redirected to, for a person to confirm.
    pub fn proposed(&self) -> &[Proposed] {
        self.scope.proposed()
    }

    /// What belongs to the portal, as learnt so far.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Pages that came.
    pub fn fetched(&self) -> u32 {
        self.tally.pages
    }

    /// Visits handed out, with those that brought nothing, sitemaps and the probe.
    pub fn attempts(&self) -> u32 {
        self.tally.attempts
    }

    /// Pages in a row that brought no signal.
    pub fn dull(&self) -> u32 {
        self.tally.dull
    }

    fn enqueue(&mut self, id: Id) {
        let (host, score) = (self.book.get(id).host, self.weigh(id));
        self.queue.put(id, host, score);
    }

    fn weigh(&self, id: Id) -> f32 {
        weigh(&self.book, &self.worth, &self.shapes, self.settings.order, id)
    }
}

impl Passage {
    /// Whether a redirect to `url` may be followed.
    pub fn allows(&self, url: &Url) -> bool {
        let asked = Asked { to: url, standing: &self.standing, region: model::Region::Main, telling: self.telling };
        self.scope.follows(self.home, &self.from, &asked)
    }
}

/// The score of an entry; first come, first served when breadth goes first.
fn weigh(book: &Book, worth: &Worth, shapes: &Shapes, order: Order, id: Id) -> f32 {
    match order {
        Order::BreadthFirst => -(id as f32),
        Order::BestFirst => worth.of(book.get(id), shapes.visited(book.get(id).shape)),
    }
}

/// Whether what comes of an errand counts as a page of the budget.
fn is_page(errand: Errand) -> bool {
    matches!(errand, Errand::Home | Errand::Page | Errand::Search)
}

#[cfg(test)]
mod tests;
