//! From the hits of a run and its coverage to one finding per indicator.

mod alone;
mod answer;
mod candidate;
mod lead;

pub use alone::{Alone, Lack};

use std::collections::HashMap;

use model::{Coverage, Finding, Hit, Seen, SeenAs, UrlKey, VisitNo};

use crate::harvest::{Harvest, Words};

use crate::fitted::Fitted;
use crate::rule::Rule;
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
    words: &'a Words,
    /// Pages on which words are furniture, except where they stand first.
    many: usize,
}

impl Rulebook {
    /// One finding per indicator, in the order of the instrument. Pure: the same coverage and harvest give the same
    /// findings.
    pub fn conclude(&self, coverage: &Coverage, harvest: &Harvest) -> Vec<Finding> {
        let ground = Ground::new(coverage, &self.fitted, harvest);
        let answer = |rule: &Rule| {
            let hits = harvest.hits(&rule.code);
            let mut hits: Vec<&Hit> = hits.iter().collect();
            hits.sort_by(|a, b| (a.visit, &a.signal, a.link).cmp(&(b.visit, &b.signal, b.link)));
            answer::answer(rule, &ground, &hits)
        };
        self.rules.iter().map(answer).collect()
    }
}

impl<'a> Ground<'a> {
    fn new(coverage: &'a Coverage, fitted: &'a Fitted, harvest: &'a Harvest) -> Self {
        let seen: HashMap<VisitNo, &Seen> = coverage.seen.iter().map(|seen| (seen.visit, seen)).collect();
        let mut shown = HashMap::new();
        for seen in coverage.seen.iter().filter(|seen| matches!(seen.outcome, SeenAs::Page { .. })) {
            for key in std::iter::once(&seen.key).chain(&seen.landed) {
                shown.entry(key).or_insert(seen.visit);
            }
        }
        let many = FEW.max((shown.len() as f32 * FURNITURE) as usize);
        Self { coverage, fitted, seen, shown, words: harvest.words(), many }
    }

    /// Whether a hit's words are furniture of the site here.
    pub(crate) fn is_furniture(&self, hit: &Hit) -> bool {
        self.words.repeat(hit, self.many)
    }
}
