//! The order of visits of one run: which URL is next, when to stop asking, and what was left out for which rule.
//!
//! Pure and deterministic: the same calls bring the same answers, so a resumed run replays them. It fetches nothing,
//! reads no clock and knows no indicator beyond its code. How links come in is told in `admit`, what they are worth
//! in `worth`.

mod admit;
mod entry;
mod hosts;
mod language;
mod queue;
mod settings;
mod settle;
mod shapes;
mod worth;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use model::{Errand, Miss, Portal, UrlKey, Visit, VisitNo, Waiting};
use url::Url;

use crate::key::key;
use crate::{Asked, Proposed, Scope};
use entry::{Book, Id, State};
use hosts::Hosts;
use queue::Queue;
use shapes::Shapes;
use worth::Worth;

pub use admit::Lead;
pub use settings::{Budget, FrontierSettings, Order};
pub use settle::Settled;
pub use worth::Need;

/// Draws for a random entry before the best one is taken instead: most may belong to hosts that have had their turn.
const DRAWS: usize = 16;

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
    refused: Vec<Refused>,
    refused_before: HashSet<(UrlKey, String)>,
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
    standing: crate::Standing,
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
            refused: Vec::new(),
            refused_before: HashSet::new(),
        };
        frontier.worth.set_need(need);
        frontier.seed(portal.home.clone(), Errand::Home, "home page of the portal");
        frontier
    }

    /// The next visits, best first: at most `width`, at most `per_host` of them to one host. Empty when there is
    /// nothing left to do or no budget to do it; `elapsed` is the time the run has used so far.
    pub fn round(&mut self, width: usize, per_host: usize, elapsed: Duration) -> Vec<Visit> {
        let mut visits = Vec::new();
        let mut turns = HashMap::<u32, usize>::new();
        while visits.len() < width && self.may_ask(elapsed) {
            let free = |host: u32| turns.get(&host).copied().unwrap_or(0) < per_host;
            let Some((id, explored)) = self.choose(free) else { break };
            let host = self.book.get(id).host;
            if let Some(visit) = self.hand_out(id, explored) {
                *turns.entry(host).or_default() += 1;
                visits.push(visit);
            }
        }
        visits
    }

    /// Where redirects of a visit may lead.
    pub fn passage(&self, visit: &Visit) -> Passage {
        let entry = self.book.find(&visit.key).map(|id| self.book.get(id));
        Passage {
            scope: Arc::clone(&self.scope),
            from: visit.url.clone(),
            home: visit.errand == Errand::Home,
            standing: entry.map_or(crate::Standing::Own, |entry| entry.standing.clone()),
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
        ids.sort_by_cached_key(|id| std::cmp::Reverse(worth::rank(self.weigh(*id), *id)));
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

    fn may_ask(&self, elapsed: Duration) -> bool {
        let budget = &self.settings.budget;
        let reserve = if self.tally.reserve_open { 0 } else { budget.reserve() };
        let pages = self.tally.pages + self.tally.pending < budget.pages.saturating_sub(reserve);
        pages && self.tally.attempts < budget.attempts() && self.tally.bytes < budget.bytes && elapsed < budget.time
    }

    /// The entry whose turn it is among hosts that are `free`, and whether chance chose it.
    fn choose(&mut self, free: impl Fn(u32) -> bool) -> Option<(Id, bool)> {
        let (best, errand) = self.best(&free)?;
        let explores = self.settings.order == Order::BestFirst && errand == Errand::Page;
        if !explores || self.rng.f32() >= self.settings.explore_share {
            return Some((best, false));
        }
        for _ in 0..DRAWS {
            let waiting = self.queue.waiting();
            let id = waiting[self.rng.usize(..waiting.len())];
            let entry = self.book.get(id);
            if entry.errand == Errand::Page && free(entry.host) && self.is_open(entry.host) {
                return Some((id, true));
            }
        }
        Some((best, false))
    }

    fn best(&mut self, free: impl Fn(u32) -> bool) -> Option<(Id, Errand)> {
        let mut best = None;
        for host in 0..self.queue.hosts() {
            if !free(host) || !self.is_open(host) {
                continue;
            }
            let (book, worth, shapes, order) = (&self.book, &self.worth, &self.shapes, self.settings.order);
            best = best.max(self.queue.best(host, |id| weigh(book, worth, shapes, order, id)));
        }
        best.map(|(_, std::cmp::Reverse(id))| (id, self.book.get(id).errand))
    }

    /// Whether a host is still asked: it answers, and an outside one has not had its share.
    fn is_open(&self, host: u32) -> bool {
        self.hosts.closed(host).is_none() && self.hosts.served(host) < self.settings.service_pages
    }

    /// Turns an entry into a visit; none if it turns out to be a double of another by what was learnt about hosts.
    fn hand_out(&mut self, id: Id, explored: bool) -> Option<Visit> {
        self.queue.remove(id);
        let key = key(&self.book.get(id).url, self.scope.aliases());
        if let Some(other) = self.book.also(key.clone(), id) {
            self.fold_into(id, other);
            return None;
        }
        let entry = self.book.get_mut(id);
        entry.state = State::Handed;
        entry.key = key;
        let entry = self.book.get(id);
        let (host, shape) = (entry.host, entry.shape);
        self.worth.follow_up(entry);
        self.tally.attempts += 1;
        self.tally.pending += u32::from(is_page(entry.errand));
        let visit = Visit {
            no: self.tally.attempts,
            url: entry.url.clone(),
            key: entry.key.clone(),
            errand: entry.errand,
            via: entry.via.clone(),
            depth: entry.depth,
            rule: entry.rule.clone(),
            explored,
        };
        if entry.standing != crate::Standing::Own {
            self.hosts.serve(host);
        }
        if entry.errand == Errand::Page {
            let dropped = self.shapes.hand_out(shape, self.settings.per_shape);
            self.drop_members(shape, dropped);
        }
        Some(visit)
    }

    /// Drops an entry that turned out to be a double; what it promised goes over.
    fn fold_into(&mut self, id: Id, other: Id) {
        let entry = self.book.get_mut(id);
        entry.state = State::Dropped;
        let promise = std::mem::take(&mut entry.promise);
        let double = self.book.get_mut(other);
        if double.state == State::Waiting && worth::merge(&mut double.promise, &promise) {
            self.enqueue(other);
        }
    }

    /// Leaves out what was waiting of a shape that closed.
    fn drop_members(&mut self, shape: u32, members: Vec<Id>) {
        let Some(rule) = self.shapes.closed(shape) else { return };
        for id in members {
            let entry = self.book.get_mut(id);
            if entry.state == State::Waiting {
                entry.state = State::Dropped;
                self.queue.remove(id);
                let via = entry.via.as_ref().map(|via| via.from);
                self.refused.push(Refused { url: entry.url.clone(), via, rule: rule.to_owned() });
            }
        }
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
