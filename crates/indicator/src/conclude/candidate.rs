//! Pages that may be evidence for an indicator, ranked.

use std::collections::BTreeMap;

use model::{Chain, Errand, Evidence, Hit, Place, SeenAs, VisitNo};

use super::Ground;
use super::alone::lacking;
use crate::rule::Rule;
use crate::step::{STEP, STEP_LEAD, STEP_OPENED};

/// A page with what speaks for and against it.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) visit: VisitNo,
    pub(crate) worth: f32,
    /// The strongest hit per signal.
    signals: BTreeMap<&'a str, &'a Hit>,
    /// The strongest link that leads to the page.
    inbound: Option<&'a Hit>,
    /// A link to the step whose target, an outside service, was opened.
    opened: Option<(&'a Hit, VisitNo)>,
}

/// The name under which the link that leads to a page counts for it.
const LED_TO: &str = "topic@lead";
/// What a step whose target was opened adds.
const OPENED: f32 = 2.0;

/// All pages with something of their own, best first.
pub(crate) fn candidates<'a>(ground: &Ground<'a>, hits: &[&'a Hit]) -> Vec<Candidate<'a>> {
    let mut pages: BTreeMap<VisitNo, Candidate<'a>> = BTreeMap::new();
    for &hit in hits.iter().filter(|hit| hit.link.is_none() && !ground.is_furniture(hit)) {
        let page = page_of(&mut pages, hit.visit);
        let strongest = page.signals.entry(&*hit.signal).or_insert(hit);
        if hit.weight.abs() > strongest.weight.abs() {
            *strongest = hit;
        }
    }
    for &hit in hits.iter().filter(|hit| hit.link.is_some()) {
        let Some(&target) = hit.target.as_ref().and_then(|key| ground.shown.get(key)) else { continue };
        if *hit.signal == *STEP_LEAD && ground.seen.get(&target).is_some_and(|seen| !seen.own) {
            let page = page_of(&mut pages, hit.visit);
            page.opened = page.opened.or(Some((hit, target)));
        }
        if hit.visit != target
            && let Some(page) = pages.get_mut(&target)
        {
            let stronger = page.inbound.is_none_or(|known| hit.weight > known.weight);
            page.inbound = if stronger { Some(hit) } else { page.inbound };
        }
    }
    let mut list: Vec<Candidate<'a>> = pages.into_values().filter(|page| page.is_page(ground)).collect();
    list.iter_mut().for_each(|page| page.add_up(ground));
    list.retain(|page| page.worth > 0.0);
    list.sort_by(|a, b| {
        b.worth.total_cmp(&a.worth).then_with(|| depth(ground, a).cmp(&depth(ground, b))).then(a.visit.cmp(&b.visit))
    });
    list
}

fn page_of<'m, 'a>(pages: &'m mut BTreeMap<VisitNo, Candidate<'a>>, visit: VisitNo) -> &'m mut Candidate<'a> {
    pages.entry(visit).or_insert_with(|| Candidate { visit, worth: 0.0, signals: BTreeMap::new(), inbound: None, opened: None })
}

fn depth(ground: &Ground<'_>, candidate: &Candidate<'_>) -> u16 {
    ground.seen.get(&candidate.visit).map_or(u16::MAX, |seen| seen.depth)
}

impl<'a> Candidate<'a> {
    /// Whether the page may be evidence at all: the right kind of visit, with words or markup of its own.
    fn is_page(&self, ground: &Ground<'_>) -> bool {
        let Some(seen) = ground.seen.get(&self.visit) else { return false };
        let right = matches!(seen.errand, Errand::Home | Errand::Page);
        let own = self.signals.values().any(|hit| hit.weight > 0.0 && hit.place != Place::Url);
        right && own && matches!(seen.outcome, SeenAs::Page { .. })
    }

    fn add_up(&mut self, ground: &Ground<'_>) {
        let own: f32 = self.signals.values().map(|hit| hit.weight).sum();
        self.worth = own + self.of_links(ground).map(|(_, worth)| worth).sum::<f32>();
    }

    /// What links add, as fitted: the one that leads to the page, and the one to the step.
    fn of_links(&self, ground: &Ground<'_>) -> impl Iterator<Item = (&'static str, f32)> {
        let inbound = self.inbound.map(|hit| (LED_TO, hit.weight));
        let opened = self.opened.map(|_| (STEP_OPENED, OPENED));
        let fitted = ground.fitted;
        inbound.into_iter().chain(opened).map(|(name, worth)| (name, worth * fitted.factor(name)))
    }

    /// Whether all that the rule insists on is there. A rule of the home page lists other pages only as a start.
    pub(crate) fn is_complete(&self, rule: &Rule, ground: &Ground<'_>) -> bool {
        let home = ground.seen.get(&self.visit).is_some_and(|seen| seen.errand == Errand::Home);
        let fired = |name: &str| self.signals.contains_key(name) || name == STEP && self.opened.is_some();
        lacking(rule, home, fired).next().is_none()
    }

    /// The words that speak most for the page.
    pub(crate) fn words(&self) -> &'a str {
        &self.best().quote.exact
    }

    /// The page as evidence: with the quote that a person would point at.
    pub(crate) fn evidence(&self, ground: &Ground<'_>) -> Evidence {
        let shown = self.signals.get(STEP).or(self.opened.as_ref().map(|(hit, _)| hit)).copied().unwrap_or_else(|| self.best());
        let mut signals: Vec<(String, f32)> = self.signals.values().map(|hit| (hit.signal.to_string(), hit.weight)).collect();
        signals.extend(self.of_links(ground).map(|(name, worth)| (name.to_owned(), worth)));
        Evidence {
            visit: self.visit,
            url: ground.seen.get(&self.visit).map(|seen| seen.url.clone()).unwrap_or_default(),
            quote: (*shown.quote).clone(),
            place: shown.place,
            worth: self.worth,
            signals,
            chain: self.chain(ground),
        }
    }

    /// The strongest hit of the page's own; among equals, words in the content before words in the title.
    fn best(&self) -> &'a Hit {
        let rank = |hit: &Hit| match hit.place {
            Place::Body | Place::File | Place::Link => 3,
            Place::Heading | Place::Headline => 2,
            Place::Title | Place::Label | Place::TableHeader => 1,
            _ => 0,
        };
        let own = self.signals.values().copied().filter(|hit| hit.weight > 0.0 && hit.place != Place::Url);
        own.max_by(|a, b| a.weight.total_cmp(&b.weight).then(rank(a).cmp(&rank(b))))
            .expect("a candidate has something of its own")
    }

    /// How an official page leads to a service elsewhere.
    fn chain(&self, ground: &Ground<'_>) -> Option<Chain> {
        if let Some((hit, target)) = self.opened {
            let url = ground.seen.get(&target).map(|seen| seen.url.clone()).unwrap_or_default();
            return Some(Chain { from: self.visit, text: hit.quote.exact.clone(), target: url, visit: Some(target) });
        }
        let seen = ground.seen.get(&self.visit).filter(|seen| !seen.own)?;
        let (from, text) = seen.via.clone()?;
        Some(Chain { from, text, target: seen.url.clone(), visit: Some(self.visit) })
    }
}
