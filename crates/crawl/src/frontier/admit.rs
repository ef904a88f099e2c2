//! How URLs come in: from the links of a page, from sitemaps, from a site search, as seeds.

use std::sync::Arc;

use model::{Code, Errand, Link, Page, Region, Time, Via, Visit};
use url::Url;

use super::entry::{Entry, Id, State};
use super::language::{is_language_root, language_of};
use super::settle::{host_and_port, service_at};
use super::worth::{Promise, merge};
use super::{Frontier, Refused};
use crate::key::{host_name, key};
use crate::{Admission, Asked, Standing, shape};

/// Links of a page that are looked at.
const LINKS: usize = 2_000;
/// Sitemaps within sitemaps.
const SITEMAP_LEVELS: u16 = 3;
/// Clicks that a URL from a sitemap counts as until a link to it is found.
const SITEMAP_DEPTH: u16 = 2;
/// Characters of a link's text, and of its reference, that are kept.
const VIA: usize = 300;
/// Refusals remembered, so that each is told once.
const REFUSALS: usize = 200_000;

/// A link with what its words promise, as the rules see it.
#[derive(Debug, Clone)]
pub struct Lead<'a> {
    /// The link.
    pub link: &'a Link,
    /// Indicators with the worth of the link's signals; empty if it says nothing.
    pub promise: Vec<(Code, f32)>,
}

/// An entry of a sitemap with what its URL promises, as the rules see it.
#[derive(Debug, Clone)]
pub struct SitemapLead {
    /// The URL.
    pub url: Url,
    /// When it changed last, if the sitemap says so.
    pub modified: Option<Time>,
    /// Indicators with the worth of the URL's signals; empty if it says nothing.
    pub promise: Vec<(Code, f32)>,
}

/// A URL on its way in.
struct Candidate {
    url: Url,
    via: Option<Via>,
    depth: u16,
    region: Region,
    promise: Promise,
    bonus: f32,
    language: Option<String>,
}

impl Frontier {
    /// Takes in the links of a page that came for `visit`. `leads` are its links in document order.
    pub fn extend(&mut self, visit: &Visit, page: &Page, leads: &[Lead<'_>]) {
        let Some(id) = self.book.find(&visit.key) else { return };
        let standing = self.book.get(id).standing.clone();
        let depth = self.book.get(id).depth.saturating_add(1);
        if page.nofollow {
            return self.refuse(&page.url, Some(visit), "the page asks not to follow its links");
        }
        if leads.len() > LINKS {
            self.refuse(&page.url, Some(visit), "links after the 2,000th of the page");
        }
        for lead in leads.iter().take(LINKS) {
            let candidate = Candidate {
                url: lead.link.url.clone(),
                via: Some(via(visit, &lead.link.href, said(lead.link), lead.link.region)),
                depth,
                region: lead.link.region,
                promise: self.worth.promise(&lead.promise),
                bonus: bonus(visit, lead.link),
                language: language_of(&lead.link.url, lead.link.hreflang.as_deref()),
            };
            self.consider(candidate, &standing, Some(visit));
        }
        let alternates = page.alternates.iter().map(|other| (&other.url, other.language.as_str(), Some(&other.language)));
        let refresh = page.refresh.iter().map(|target| (target, "meta refresh", None));
        for (url, text, language) in refresh.chain(alternates).take(LINKS) {
            let candidate = Candidate {
                url: url.clone(),
                via: Some(via(visit, url.as_str(), text, Region::Header)),
                depth,
                region: Region::Header,
                promise: Promise::new(),
                bonus: 0.0,
                language: language_of(url, language.map(String::as_str)),
            };
            self.consider(candidate, &standing, Some(visit));
        }
    }

    /// Takes in the entries of a sitemap that came for `visit`, and the sitemaps it points to.
    pub fn sitemap(&mut self, visit: &Visit, leads: &[SitemapLead], indexes: &[Url]) {
        for SitemapLead { url, modified, promise } in leads {
            let recent = modified.is_some_and(|time| (-1..=366).contains(&self.settings.day.days_since(time.date())));
            let candidate = Candidate {
                url: url.clone(),
                via: None,
                depth: SITEMAP_DEPTH,
                region: Region::Main,
                promise: self.worth.promise(promise),
                bonus: if recent { 0.05 } else { 0.0 },
                language: language_of(url, None),
            };
            self.consider(candidate, &Standing::Own, Some(visit));
        }
        for index in indexes {
            if visit.depth + 1 >= SITEMAP_LEVELS {
                self.refuse(index, Some(visit), "sitemaps nested deeper than 3 levels");
            } else {
                self.seed_sitemap(index, visit.depth + 1, "listed in a sitemap");
            }
        }
    }

    /// Takes in the sitemaps that robots.txt names.
    pub fn sitemaps(&mut self, urls: &[Url]) {
        for url in urls {
            self.seed_sitemap(url, 0, "named in robots.txt");
        }
    }

    /// Asks the portal's own search form. False if that cannot be: another host, asked before, or queries used up.
    /// The first query opens the part of the budget that is kept for searching.
    pub fn search(&mut self, url: &Url, via: Option<Via>, query: &str) -> bool {
        let known = self.book.find(&key(url, self.scope.aliases())).is_some();
        if known || !self.scope.is_own(url) || self.tally.searches >= self.settings.searches {
            return false;
        }
        self.tally.searches += 1;
        self.tally.reserve_open = true;
        let id = self.seed(url.clone(), Errand::Search, &format!("site search for `{query}`"));
        let entry = self.book.get_mut(id);
        entry.via = via;
        entry.depth = 1;
        true
    }

    /// Admits a URL that no link led to; one that is known already stays as it is.
    pub(super) fn seed(&mut self, url: Url, errand: Errand, rule: &str) -> Id {
        if let Some(known) = self.book.find(&key(&url, self.scope.aliases())) {
            return known;
        }
        let candidate =
            Candidate { url, via: None, depth: 0, region: Region::Main, promise: Promise::new(), bonus: 0.0, language: None };
        self.admit(candidate, errand, rule.to_owned(), Standing::Own)
    }

    fn seed_sitemap(&mut self, url: &Url, level: u16, rule: &str) {
        if !self.scope.is_own(url) {
            return self.refuse(url, None, "sitemap on another host");
        }
        if self.tally.sitemaps >= self.settings.budget.sitemaps() {
            return self.refuse(url, None, "more sitemaps than the budget allows");
        }
        let known = self.book.find(&key(url, self.scope.aliases())).is_some();
        if !known {
            let id = self.seed(url.clone(), Errand::Sitemap, rule);
            self.book.get_mut(id).depth = level;
        }
    }

    fn consider(&mut self, candidate: Candidate, from: &Standing, visit: Option<&Visit>) {
        let telling = !candidate.promise.is_empty();
        let asked = Asked { to: &candidate.url, standing: from, region: candidate.region, telling };
        let (rule, standing) = match self.scope.judge(&asked) {
            Admission::Own { rule } => (rule, Standing::Own),
            Admission::Service { rule } => (rule, self.service_standing(&candidate.url, from)),
            Admission::Record { .. } => return,
            Admission::Refuse { rule } => return self.refuse(&candidate.url, visit, &rule),
        };
        let key = key(&candidate.url, self.scope.aliases());
        if let Some(known) = self.book.find(&key) {
            return self.again(known, candidate);
        }
        if let Some(rule) = self.too_far(&candidate, &standing) {
            return self.refuse(&candidate.url, visit, rule);
        }
        if standing == Standing::Own && !self.scope.is_own(&candidate.url) {
            Arc::make_mut(&mut self.scope).recruit(host_name(&candidate.url), &rule);
        }
        self.admit(candidate, Errand::Page, rule, standing);
    }

    fn service_standing(&self, url: &Url, from: &Standing) -> Standing {
        match from {
            Standing::Service { host, prefix, hops } => {
                Standing::Service { host: host.clone(), prefix: prefix.clone(), hops: hops + 1 }
            }
            Standing::Own => service_at(url),
        }
    }

    /// The limit of this run that an otherwise welcome URL is beyond.
    fn too_far(&mut self, candidate: &Candidate, standing: &Standing) -> Option<&'static str> {
        let waiting = self.queue.waiting().len();
        let telling = !candidate.promise.is_empty();
        let hops = if let Standing::Service { hops, .. } = standing { *hops } else { 0 };
        if candidate.depth > self.settings.max_depth {
            Some("more clicks from the home page than allowed")
        } else if hops > self.settings.service_hops {
            Some("more hops on an outside service than allowed")
        } else if waiting >= self.settings.max_waiting && (!telling || waiting >= 2 * self.settings.max_waiting) {
            Some("more URLs waiting than allowed")
        } else {
            let shape = self.shapes.number(shape(&candidate.url));
            self.shapes.closed(shape)
        }
    }

    fn admit(&mut self, candidate: Candidate, errand: Errand, rule: String, standing: Standing) -> Id {
        let shape = self.shapes.number(shape(&candidate.url));
        let host = self.hosts.number(&host_and_port(&candidate.url));
        let foreign = candidate.language.filter(|language| !self.languages.is_empty() && !self.languages.contains(language));
        let id = self.book.add(Entry {
            key: key(&candidate.url, self.scope.aliases()),
            url: candidate.url,
            errand,
            via: candidate.via,
            depth: candidate.depth,
            rule,
            standing,
            promise: candidate.promise,
            bonus: candidate.bonus,
            foreign: foreign.map(|language| self.worth.language(&language)),
            host,
            shape,
            state: State::Waiting,
        });
        self.tally.sitemaps += u32::from(errand == Errand::Sitemap);
        self.shapes.join(shape, id);
        self.enqueue(id);
        id
    }

    /// Another link to a URL that is known: its promise adds up, and the shorter way from the home page counts.
    fn again(&mut self, id: Id, candidate: Candidate) {
        let entry = self.book.get_mut(id);
        if entry.state != State::Waiting || entry.errand != Errand::Page {
            return;
        }
        let mut better = merge(&mut entry.promise, &candidate.promise);
        if candidate.via.is_some() && (entry.via.is_none() || candidate.depth < entry.depth) {
            entry.depth = candidate.depth;
            entry.via = candidate.via;
            better = true;
        }
        if candidate.bonus > entry.bonus {
            entry.bonus = candidate.bonus;
            better = true;
        }
        if better {
            self.enqueue(id);
        }
    }

    fn refuse(&mut self, url: &Url, visit: Option<&Visit>, rule: &str) {
        let mark = (key(url, self.scope.aliases()), rule.to_owned());
        if self.refused_before.len() < REFUSALS && self.refused_before.insert(mark) {
            self.refused.push(Refused { url: url.clone(), via: visit.map(|visit| visit.no), rule: rule.to_owned() });
        }
    }
}

fn via(visit: &Visit, href: &str, text: &str, region: Region) -> Via {
    let short = |text: &str| text.chars().take(VIA).collect::<String>();
    Via { from: visit.no, href: short(href), text: short(text), region }
}

fn said(link: &Link) -> &str {
    if link.text.is_empty() { &link.name } else { &link.text }
}

/// What the place of a link is worth: what the home page offers on every page, and ways into another language.
fn bonus(visit: &Visit, link: &Link) -> f32 {
    let place = match link.region {
        Region::Nav | Region::Header => 0.4,
        Region::Footer => 0.3,
        Region::Main | Region::Aside => 0.1,
    };
    let language = if is_language_root(&link.url) { 0.4 } else { 0.0 };
    if visit.errand == Errand::Home { place + language } else { language }
}
