//! How URLs come in: from the links of a page, from sitemaps, from a site search, as seeds.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use model::{Code, Errand, Link, Page, Region, Time, UrlKey, Via, Visit, VisitNo};
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

/// An entry of a sitemap: its URL, when it changed last if the sitemap says so, and what the URL promises.
pub type SitemapLead = (Url, Option<Time>, Vec<(Code, f32)>);

/// A URL on its way in.
struct Candidate<'a> {
    url: &'a Url,
    /// The visit whose page holds the link, the reference and what the link says; none for what no link led to.
    link: Option<(VisitNo, &'a str, &'a str)>,
    region: Region,
    depth: u16,
    promise: Promise,
    bonus: f32,
    hreflang: Option<&'a str>,
}

impl Frontier {
    /// Takes in the links of a page that came for `visit`. `leads` are its links in document order.
    pub fn extend(&mut self, visit: &Visit, page: &Page, leads: &[Lead<'_>]) {
        let Some(id) = self.book.find(&visit.key) else { return };
        let standing = self.book.get(id).standing.clone();
        let depth = self.book.get(id).depth.saturating_add(1);
        if page.nofollow {
            return self.refuse(&page.url, Some(visit.no), "the page asks not to follow its links");
        }
        if leads.len() > LINKS {
            self.refuse(&page.url, Some(visit.no), "links after the 2,000th of the page");
        }
        for Lead { link, promise } in leads.iter().take(LINKS) {
            let candidate = Candidate {
                link: Some((visit.no, &link.href, said(link))),
                region: link.region,
                depth,
                promise: self.worth.promise(promise),
                bonus: bonus(visit, link),
                hreflang: link.hreflang.as_deref(),
                ..Candidate::bare(&link.url)
            };
            self.consider(candidate, &standing, visit);
        }
        let alternates = page.alternates.iter().map(|other| (&other.url, other.language.as_str(), Some(other.language.as_str())));
        let refresh = page.refresh.iter().map(|target| (target, "meta refresh", None));
        for (url, text, hreflang) in refresh.chain(alternates).take(LINKS) {
            let link = Some((visit.no, url.as_str(), text));
            let candidate = Candidate { link, region: Region::Header, depth, hreflang, ..Candidate::bare(url) };
            self.consider(candidate, &standing, visit);
        }
    }

    /// Takes in the entries of a sitemap that came for `visit`, and the sitemaps it points to.
    pub fn sitemap(&mut self, visit: &Visit, leads: &[SitemapLead], indexes: &[Url]) {
        for (url, modified, promise) in leads {
            let recent = modified.is_some_and(|time| (-1..=366).contains(&self.settings.day.days_since(time.date())));
            let candidate = Candidate {
                depth: SITEMAP_DEPTH,
                promise: self.worth.promise(promise),
                bonus: if recent { 0.05 } else { 0.0 },
                ..Candidate::bare(url)
            };
            self.consider(candidate, &Standing::Own, visit);
        }
        for index in indexes {
            if visit.depth + 1 >= SITEMAP_LEVELS {
                self.refuse(index, Some(visit.no), "sitemaps nested deeper than 3 levels");
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
        let id = self.seed(url, Errand::Search, &format!("site search for `{query}`"));
        let entry = self.book.get_mut(id);
        entry.via = via;
        entry.depth = 1;
        true
    }

    /// Admits a URL that no link led to; one that is known already stays as it is.
    pub(super) fn seed(&mut self, url: &Url, errand: Errand, rule: &str) -> Id {
        let key = key(url, self.scope.aliases());
        match self.book.find(&key) {
            Some(known) => known,
            None => self.admit(Candidate::bare(url), key, errand, rule.to_owned(), Standing::Own),
        }
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
            let id = self.seed(url, Errand::Sitemap, rule);
            self.book.get_mut(id).depth = level;
        }
    }

    fn consider(&mut self, candidate: Candidate<'_>, from: &Standing, visit: &Visit) {
        let url = candidate.url;
        let key = key(url, self.scope.aliases());
        if let Some(known) = self.book.find(&key) {
            return self.again(known, &candidate);
        }
        let telling = !candidate.promise.is_empty();
        let asked = Asked { to: url, standing: from, region: candidate.region, telling };
        let (rule, standing) = match self.scope.judge(&asked) {
            Admission::Own { rule } => (rule, Standing::Own),
            Admission::Service { rule } => (rule, service_standing(url, from)),
            Admission::Record { .. } => return,
            Admission::Refuse { rule } => return self.refuse(url, Some(visit.no), &rule),
        };
        if let Some(rule) = self.too_far(&candidate, &standing) {
            return self.refuse(url, Some(visit.no), rule);
        }
        if standing == Standing::Own && !self.scope.is_own(url) {
            Arc::make_mut(&mut self.scope).recruit(host_name(url), &rule);
        }
        self.admit(candidate, key, Errand::Page, rule, standing);
    }

    /// The limit of this run that an otherwise welcome URL is beyond.
    fn too_far(&mut self, candidate: &Candidate<'_>, standing: &Standing) -> Option<&'static str> {
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
            let shape = self.shapes.number(shape(candidate.url));
            self.shapes.closed(shape)
        }
    }

    fn admit(&mut self, candidate: Candidate<'_>, key: UrlKey, errand: Errand, rule: String, standing: Standing) -> Id {
        let url = candidate.url;
        let shape = self.shapes.number(shape(url));
        let host = self.hosts.number(&host_and_port(url));
        let foreign = language_of(url, candidate.hreflang)
            .filter(|language| !self.languages.is_empty() && !self.languages.contains(language))
            .map(|language| self.worth.language(&language));
        let id = self.book.add(Entry {
            url: url.clone(),
            key,
            errand,
            via: candidate.via(),
            depth: candidate.depth,
            rule,
            standing,
            promise: candidate.promise,
            bonus: candidate.bonus,
            foreign,
            host,
            shape,
            state: State::Waiting,
        });
        self.tally.sitemaps += u32::from(errand == Errand::Sitemap);
        self.shapes.join(shape, id);
        self.enqueue(id);
        id
    }

    /// Another link to a URL that is known: its promise adds up, and the shorter way from the home page counts, unless
    /// it says nothing where the longer one was telling.
    fn again(&mut self, id: Id, candidate: &Candidate<'_>) {
        let entry = self.book.get_mut(id);
        if entry.state != State::Waiting || entry.errand != Errand::Page {
            return;
        }
        let silent = candidate.promise.is_empty() && !entry.promise.is_empty();
        let shorter = candidate.depth < entry.depth && !silent;
        let mut better = merge(&mut entry.promise, &candidate.promise);
        if candidate.link.is_some() && (entry.via.is_none() || shorter) {
            entry.depth = candidate.depth;
            entry.via = candidate.via();
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

    fn refuse(&mut self, url: &Url, via: Option<VisitNo>, rule: &str) {
        let mut mark = DefaultHasher::new();
        (key(url, self.scope.aliases()), rule).hash(&mut mark);
        if self.refused_before.len() < REFUSALS && self.refused_before.insert(mark.finish()) {
            self.refused.push(Refused { url: url.clone(), via, rule: rule.to_owned() });
        }
    }
}

impl<'a> Candidate<'a> {
    /// A URL that no link led to and that promises nothing.
    fn bare(url: &'a Url) -> Self {
        Self { url, link: None, region: Region::Main, depth: 0, promise: Promise::new(), bonus: 0.0, hreflang: None }
    }

    fn via(&self) -> Option<Via> {
        let short = |text: &str| text.chars().take(VIA).collect::<String>();
        self.link.map(|(from, href, text)| Via { from, href: short(href), text: short(text), region: self.region })
    }
}

/// The standing of a page of an outside service: one hop on, or the first.
fn service_standing(url: &Url, from: &Standing) -> Standing {
    match from {
        Standing::Service { host, prefix, hops } => {
            Standing::Service { host: host.clone(), prefix: prefix.clone(), hops: hops + 1 }
        }
        Standing::Own => service_at(url),
    }
}

fn said(link: &Link) -> &str {
    if link.text.is_empty() { &link.name } else { &link.text }
}

/// What the place of a link is worth: what the home page offers on every page, and ways into another language.
fn bonus(visit: &Visit, link: &Link) -> f32 {
    if visit.errand != Errand::Home {
        return 0.0;
    }
    let place = match link.region {
        Region::Nav | Region::Header => 0.4,
        Region::Footer => 0.3,
        Region::Main | Region::Aside => 0.1,
    };
    let section = if is_section(&link.url) && link.region.is_chrome() { SECTION } else { 0.0 };
    place + section + if is_language_root(&link.url) { 0.4 } else { 0.0 }
}

/// What the menu of the home page calls a section of the site: one page of it shows what the whole section promises.
const SECTION: f32 = 2.5;

/// Whether a URL is the root of a section: one segment of path, and no more.
fn is_section(url: &Url) -> bool {
    let mut segments = url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty());
    url.query().is_none() && segments.next().is_some() && segments.next().is_none()
}
