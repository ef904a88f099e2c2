//! From the hits of a run and its coverage to one finding per indicator.

mod answer;
mod candidate;
mod lead;

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Code, Coverage, Finding, Hit, Place, Seen, SeenAs, UrlKey, VisitNo};

use crate::fitted::Fitted;
use crate::rulebook::Rulebook;

/// Words that stand on more than this share of pages are furniture of the site, and on at least `FEW` pages.
const FURNITURE: f32 = 0.2;
const FEW: usize = 4;

/// What conclusions about all indicators share.
pub(crate) struct Ground<'a> {
    pub(crate) coverage: &'a Coverage,
    pub(crate) fitted: &'a Fitted,
    /// Visits by number.
    pub(crate) seen: HashMap<VisitNo, &'a Seen>,
    /// The visit that shows a URL, if it brought a page.
    pub(crate) shown: HashMap<&'a UrlKey, VisitNo>,
    /// Hits whose words stand on most pages, except where they stand first.
    pub(crate) furniture: HashSet<(VisitNo, &'a str, &'a str)>,
}

impl Rulebook {
    /// One finding per indicator, in the order of the instrument. Pure: the same coverage and hits, in any order of
    /// hits, give the same findings.
    pub fn conclude(&self, coverage: &Coverage, hits: &[Hit]) -> Vec<Finding> {
        let ground = Ground::new(coverage, &self.fitted, hits);
        let mut by_code: BTreeMap<&Code, Vec<&Hit>> = BTreeMap::new();
        for hit in hits {
            by_code.entry(&hit.code).or_default().push(hit);
        }
        for list in by_code.values_mut() {
            list.sort_by(|a, b| (a.visit, &a.signal, a.link).cmp(&(b.visit, &b.signal, b.link)));
        }
        self.rules
            .iter()
            .map(|rule| answer::answer(rule, &ground, by_code.get(&rule.code).map_or(&[][..], Vec::as_slice)))
            .collect()
    }
}

impl<'a> Ground<'a> {
    fn new(coverage: &'a Coverage, fitted: &'a Fitted, hits: &'a [Hit]) -> Self {
        let seen: HashMap<VisitNo, &Seen> = coverage.seen.iter().map(|seen| (seen.visit, seen)).collect();
        let mut shown = HashMap::new();
        for seen in coverage.seen.iter().filter(|seen| matches!(seen.outcome, SeenAs::Page { .. })) {
            for key in std::iter::once(&seen.key).chain(&seen.landed) {
                shown.entry(key).or_insert(seen.visit);
            }
        }
        let furniture = furniture(hits, shown.len());
        Self { coverage, fitted, seen, shown, furniture }
    }

    /// Whether a hit's words are furniture of the site here.
    pub(crate) fn is_furniture(&self, hit: &Hit) -> bool {
        self.furniture.contains(&(hit.visit, &*hit.signal, hit.quote.exact.as_str()))
    }
}

/// Hits of words that repeat over the site, on all pages but the first.
fn furniture(hits: &[Hit], pages: usize) -> HashSet<(VisitNo, &str, &str)> {
    let mut visits: HashMap<(&str, &str), Vec<VisitNo>> = HashMap::new();
    for hit in hits.iter().filter(|hit| hit.link.is_none() && hit.place != Place::Url && hit.weight > 0.0) {
        let of = visits.entry((&*hit.signal, hit.quote.exact.as_str())).or_default();
        if !of.contains(&hit.visit) {
            of.push(hit.visit);
        }
    }
    let many = FEW.max((pages as f32 * FURNITURE) as usize);
    let mut furniture = HashSet::new();
    for ((signal, exact), mut of) in visits.into_iter().filter(|(_, of)| of.len() >= many) {
        of.sort_unstable();
        furniture.extend(of.into_iter().skip(1).map(|visit| (visit, signal, exact)));
    }
    furniture
}
