//! One page in, hits out: topics in places, signals, voids, classes and steps, each with its quote.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use model::{Country, Date, Hit, Language, Page, Place, Quote};

use crate::expr::Expr;
use crate::fold::fold;
use crate::quote::quote;
use crate::rule::{Decide, Rule};
use crate::rulebook::Rulebook;
use crate::scan::Active;
use crate::signal::{Facts, Fired, LinkFacts, REACH};
use crate::step::{DOWNLOAD, STEP, STEP_LEAD, STEP_OPENED, step};
use crate::unit::{Unit, Units, file_type, path_words, units};

/// What a rule must know of a page besides the page.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// Languages of the portal.
    pub languages: &'a [Language],
    /// Country of the portal, where it is known.
    pub country: Option<Country>,
    /// The day of the run.
    pub day: Date,
}

/// Worth of a link that hints at where it may be.
const HINT: f32 = 1.5;
/// Blocks of the content that name a subject, from which on the page dwells on it; what that adds.
const DWELLS: usize = 4;
const DWELLING: f32 = 1.5;
/// A block that is hardly more than the name of the subject, as an entry of a list, says more than a mention in a sentence.
const NAMED: f32 = 1.5;
/// Worth of a service being named on a page that lists services.
const LISTED: f32 = 1.0;
/// Worth of a sentence that says what is done: more than a mention of the service.
const TOLD: f32 = 0.5;
/// Worth of a void: more than title and headline of a topic, which such a page names as well.
const VOID: f32 = -7.0;

impl Rulebook {
    /// All that fires on a page. Pure: the same page, setting and rulebook give the same hits in the same order.
    /// `visit` and `target` of the hits are left to the caller, who knows the run.
    pub fn detect(&self, page: &Page, setting: &Setting<'_>) -> Vec<Hit> {
        let active = self.active(page, setting.languages);
        let units = units(page, &self.scanner, &active, self.language_no("en"));
        let classes: Vec<String> =
            self.classes.iter().filter(|class| class.holds(page, &units)).map(|class| class.name.clone()).collect();
        let hosts = self.hosts(page);
        let links = LinkFacts {
            files: page.links.iter().map(|link| file_type(&link.url)).collect(),
            hosts: page.links.iter().map(|link| hosts[link.url.host_str().unwrap_or_default()].as_slice()).collect(),
            embeds: page.embeds.iter().map(|embed| self.vendors.classes(embed.url.host_str().unwrap_or_default())).collect(),
        };
        let official = setting.country.map_or(&[][..], |country| self.states.official(country));
        let facts =
            Facts { page, units: &units, vendors: &self.vendors, links: &links, official, day: setting.day, classes: &classes };
        let lists_services = lists_services(self, &facts);
        let topics = self.topics(&units);
        let mut hits = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let mut found = Found::default();
            for (unit, matched) in &topics[number] {
                self.take_topic(&units, &units.all[*unit], *matched, &mut found);
            }
            take_hints(rule, &units, &mut found);
            self.take_signals(rule, &facts, &mut found);
            if rule.decide == Decide::Service && !topics[number].is_empty() {
                take_telling(self, rule, &facts, lists_services, &mut found);
                take_step(self, rule, &facts, &mut found);
            }
            if found.hits.values().any(|f| f.weight > 0.0) {
                self.take_voids(rule, &facts, &mut found);
            }
            hits.extend(found.into_hits(rule, self));
        }
        hits
    }

    /// What a URL alone promises, by the words of its path.
    pub fn promise(&self, url: &url::Url, languages: &[Language]) -> Vec<(model::Code, f32)> {
        let portal = languages.iter().filter_map(|tag| self.language_no(tag.primary()));
        let active = if languages.is_empty() { self.all_languages() } else { Active::new(portal.collect()) };
        let active = self.language_no("en").map_or_else(|| active.clone(), |english| active.with(english));
        let mut best: BTreeMap<&model::Code, f32> = BTreeMap::new();
        let segments = path_words(url);
        let last = segments.len().saturating_sub(1);
        for (number, words) in segments.iter().enumerate() {
            let folded = fold(words);
            let mut matches = self.scanner.scan(&folded, words, &active);
            matches.retain(|m| self.scanner.counts(*m, Place::Url, &folded.text));
            let share = if number == last { 1.0 } else { 0.4 };
            for &(rule, topic) in matches.iter().flat_map(|m| &self.topics_by_concept[usize::from(m.concept)]) {
                if self.rules[rule].topic[topic].find(&matches, REACH).is_some() {
                    let kept = best.entry(&self.rules[rule].code).or_default();
                    *kept = kept.max(self.places.url * share);
                }
            }
        }
        best.into_iter().map(|(code, weight)| (code.clone(), weight)).collect()
    }

    /// Languages whose terms count on a page: what it declares, what it shows, and the portal's own.
    fn active(&self, page: &Page, languages: &[Language]) -> Active {
        let declared =
            page.language.declared.as_deref().map(|tag| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase());
        let shown = page.language.detected.as_ref();
        if declared.is_none() && shown.is_none() && languages.is_empty() {
            return self.all_languages();
        }
        let subtags = declared.iter().chain(shown).map(String::as_str).chain(languages.iter().map(Language::primary));
        Active::new(subtags.filter_map(|subtag| self.language_no(subtag)).collect())
    }

    fn all_languages(&self) -> Active {
        Active::new((1..).zip(&self.languages[1..]).map(|(number, _)| number).collect())
    }

    /// What is known of each host that a page links to.
    fn hosts<'p>(&'p self, page: &'p Page) -> HashMap<&'p str, Vec<&'p str>> {
        let mut hosts = HashMap::new();
        for link in &page.links {
            let host = link.url.host_str().unwrap_or_default();
            hosts.entry(host).or_insert_with(|| self.vendors.classes(host));
        }
        hosts
    }

    /// For each rule, the units in which one of its topics holds.
    fn topics(&self, units: &Units<'_>) -> Vec<Vec<(usize, (usize, usize))>> {
        let mut of_rule: Vec<Vec<(usize, (usize, usize))>> = vec![Vec::new(); self.rules.len()];
        let mut tried: Vec<(usize, usize)> = Vec::new();
        for (number, unit) in units.all.iter().enumerate() {
            tried.clear();
            for m in &unit.matches {
                for &(rule, topic) in &self.topics_by_concept[usize::from(m.concept)] {
                    if tried.contains(&(rule, topic)) {
                        continue;
                    }
                    tried.push((rule, topic));
                    if let Some(matched) = self.rules[rule].topic[topic].find(&unit.matches, REACH) {
                        of_rule[rule].push((number, matched));
                    }
                }
            }
        }
        of_rule
    }

    /// A topic in a unit: evidence of the page itself, or a lead to where the unit's link goes.
    fn take_topic(&self, units: &Units<'_>, unit: &Unit<'_>, matched: (usize, usize), found: &mut Found<'_>) {
        let base = self.places.of(unit.place) * unit.factor;
        match unit.place {
            Place::Link | Place::Chrome => {
                if let Some(link) = unit.link {
                    let weight = base * fills(unit, matched);
                    found.lead(link, "topic@lead", weight, unit.place, || quote(units, unit, matched));
                }
            }
            Place::File => {
                if let Some(link) = unit.link.filter(|_| !unit.region.is_chrome()) {
                    found.lead(link, "topic@file-name", base * fills(unit, matched), unit.place, || quote(units, unit, matched));
                    found.page("topic@file", base, unit.place, || quote(units, unit, matched));
                }
            }
            Place::Body => {
                found.blocks += 1;
                let base = if fills(unit, matched) >= 1.0 { base * NAMED } else { base };
                match found.blocks {
                    1 => found.page("topic@body", base, unit.place, || quote(units, unit, matched)),
                    2 => found.page("topic@body-again", base, unit.place, || quote(units, unit, matched)),
                    DWELLS => found.page("topic@body-dwells", DWELLING, unit.place, || quote(units, unit, matched)),
                    _ => {}
                }
            }
            place @ (Place::Title | Place::Headline | Place::Heading | Place::Url) => {
                let (weight, words) = (base * fills(unit, matched), quote(units, unit, matched));
                let first = found.hits.get(&("topic@heading".into(), None));
                if place == Place::Heading && first.is_some_and(|first| first.quote.exact != words.exact) {
                    // A further section, in words of its own: half a section more.
                    found.page("topic@heading-again", weight / 2.0, place, || words.clone());
                }
                found.page(topic_at(place), weight, place, || words);
            }
            place => found.page(topic_at(place), base, place, || quote(units, unit, matched)),
        }
    }

    fn take_signals<'r>(&self, rule: &'r Rule, facts: &Facts<'_>, found: &mut Found<'r>) {
        for signal in &rule.signals {
            if let Some(Fired { place, quote }) = signal.fire(facts) {
                found.page(&*signal.name, signal.weight, place, || quote);
            }
        }
    }

    fn take_voids(&self, rule: &Rule, facts: &Facts<'_>, found: &mut Found<'_>) {
        let naming = [Place::Title, Place::Headline, Place::Url];
        for unit in facts.units.near(&rule.void).into_iter().filter(|unit| naming.contains(&unit.place) && unit.factor == 1.0) {
            if let Some(matched) = first(&rule.void, unit) {
                found.page("void", VOID, unit.place, || quote(facts.units, unit, matched));
            }
        }
        for class in self.classes.iter().filter(|class| facts.classes.contains(&class.name) && !rule.allow.contains(&class.name))
        {
            let words = || Arc::new(Quote { exact: class.name.clone(), ..Quote::default() });
            found.page(class_signal(&class.name), -class.penalty, Place::Markup, words);
        }
    }
}

/// Links that lead to where it may be, without naming it.
fn take_hints(rule: &Rule, units: &Units<'_>, found: &mut Found<'_>) {
    for unit in units.near(&rule.hint).into_iter().filter(|unit| matches!(unit.place, Place::Link | Place::Chrome)) {
        if let (Some(link), Some(matched)) = (unit.link, first(&rule.hint, unit)) {
            found.lead(link, "hint@lead", HINT * fills(unit, matched), unit.place, || quote(units, unit, matched));
        }
    }
}

/// A page about the service that shows the step; or a link to the step, which is a lead to its target.
fn take_step(book: &Rulebook, rule: &Rule, facts: &Facts<'_>, found: &mut Found<'_>) {
    let naming = ["topic@title", "topic@headline", "topic@url"];
    let says = |name: &'static str| found.hits.get(&(name.into(), None)).is_some_and(|f| f.weight >= 1.0);
    // A page is about what it is named after, and about what has a section of its own and is spoken of all over.
    let about = naming.into_iter().any(says) || says("topic@heading") && says("topic@body-dwells");
    let Some(step) = step(rule, &book.step_words, facts, about) else { return };
    let (name, weight, place, words) = (step.name, step.weight, step.place, step.quote);
    if let Some(link) = step.link.and_then(|n| u32::try_from(n).ok()).filter(|_| matches!(name, STEP | STEP_LEAD)) {
        found.lead(link, STEP_LEAD, weight, place, || words.clone());
    }
    found.page(name, weight, place, || words);
}

/// What tells of a service without showing the step: its name in a list of services, a sentence on doing it.
fn take_telling(book: &Rulebook, rule: &Rule, facts: &Facts<'_>, lists_services: bool, found: &mut Found<'_>) {
    if found.blocks > 0 && lists_services {
        let words = found.hits.get(&("topic@body".into(), None)).map(|f| f.quote.clone()).unwrap_or_default();
        found.page("listed", LISTED, Place::Body, || words);
    }
    let told = facts.units.near(&rule.act_on_topic).into_iter().find_map(|unit| {
        let denied = book.step_words.not_online.as_ref().is_some_and(|expr| expr.find(&unit.matches, REACH).is_some());
        let matched = (unit.place == Place::Body && !denied).then(|| first(&rule.act_on_topic, unit))??;
        Some(quote(facts.units, unit, matched))
    });
    if let Some(words) = told {
        found.page("told", TOLD, Place::Body, || words);
    }
}

/// Whether a page calls itself the list of services, or the place where they are done.
fn lists_services(book: &Rulebook, facts: &Facts<'_>) -> bool {
    let naming = |unit: &&Unit<'_>| matches!(unit.place, Place::Title | Place::Headline);
    let words = &book.step_words.services;
    let mut named = facts.units.near(words).into_iter().filter(naming);
    named.any(|unit| first(words, unit).is_some_and(|matched| fills(unit, matched) >= 1.0))
}

/// The signal of a page class that a rule does not allow.
pub(crate) fn class_signal(class: &str) -> String {
    format!("class@{class}")
}

/// Names of signals that all rules have.
pub(crate) const COMMON: [&str; 25] = [
    "topic@title",
    "topic@headline",
    "topic@heading",
    "topic@heading-again",
    "topic@url",
    "topic@label",
    "topic@table-header",
    "topic@alt",
    "topic@meta",
    "topic@markup",
    "topic@protocol",
    "topic@lead",
    "topic@file",
    "topic@file-name",
    "topic@body",
    "topic@body-again",
    "topic@body-dwells",
    "hint@lead",
    "listed",
    "told",
    "void",
    STEP,
    STEP_LEAD,
    DOWNLOAD,
    STEP_OPENED,
];

/// The signal of a topic in a place other than a link or the body.
fn topic_at(place: Place) -> &'static str {
    match place {
        Place::Title => "topic@title",
        Place::Headline => "topic@headline",
        Place::Heading => "topic@heading",
        Place::Url => "topic@url",
        Place::Label => "topic@label",
        Place::TableHeader => "topic@table-header",
        Place::Alt => "topic@alt",
        Place::Meta => "topic@meta",
        Place::Markup => "topic@markup",
        Place::Protocol => "topic@protocol",
        Place::Link | Place::Chrome => "topic@lead",
        Place::File => "topic@file",
        Place::Body => "topic@body",
    }
}

/// How much of a short text a term fills, as a factor from 0.5 to 1.
fn fills(unit: &Unit<'_>, matched: (usize, usize)) -> f32 {
    let share = (matched.1 - matched.0) as f32 / unit.length.max(1) as f32;
    (0.5 + share).min(1.0)
}

fn first(expressions: &[Expr], unit: &Unit<'_>) -> Option<(usize, usize)> {
    expressions.iter().find_map(|expr| expr.find(&unit.matches, REACH))
}

/// The hits of one rule on one page: the strongest per name, and per link for leads.
#[derive(Default)]
struct Found<'r> {
    /// Blocks of the content that name the topic.
    blocks: usize,
    hits: BTreeMap<(Name<'r>, Option<u32>), Strongest>,
}

/// The name of a signal; most are known before a page is.
type Name<'r> = Cow<'r, str>;

struct Strongest {
    weight: f32,
    place: Place,
    quote: Arc<Quote>,
}

impl<'r> Found<'r> {
    fn page(&mut self, name: impl Into<Name<'r>>, weight: f32, place: Place, quote: impl FnOnce() -> Arc<Quote>) {
        self.keep((name.into(), None), weight, place, quote);
    }

    fn lead(&mut self, link: u32, name: &'static str, weight: f32, place: Place, quote: impl FnOnce() -> Arc<Quote>) {
        self.keep((name.into(), Some(link)), weight, place, quote);
    }

    fn keep(&mut self, key: (Name<'r>, Option<u32>), weight: f32, place: Place, quote: impl FnOnce() -> Arc<Quote>) {
        let stronger = self.hits.get(&key).is_none_or(|kept| weight.abs() > kept.weight.abs());
        if stronger {
            self.hits.insert(key, Strongest { weight, place, quote: quote() });
        }
    }

    /// Hits of the page itself are weighed as fitted; those of links are when they come to count for a page.
    fn into_hits(self, rule: &Rule, book: &Rulebook) -> impl Iterator<Item = Hit> {
        self.hits.into_iter().map(move |((signal, link), Strongest { weight, place, quote })| Hit {
            code: rule.code.clone(),
            place,
            weight: if link.is_none() { weight * book.fitted.factor(&signal) } else { weight },
            signal: book.signal_names.get(&*signal).map_or_else(|| signal.into(), Arc::clone),
            quote,
            visit: 0,
            target: None,
            link,
        })
    }
}
