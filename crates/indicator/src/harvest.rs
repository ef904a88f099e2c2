//! The hits of a run that its findings can rest on, gathered page by page.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::{Code, Hit, UrlKey, VisitNo};

use crate::step::STEP_LEAD;

/// What fired on the pages of a run. A menu says on every page what it said on the first: of links that lead to the
/// same target the strongest is kept.
#[derive(Debug, Default)]
pub struct Harvest {
    hits: Vec<Hit>,
    /// Where in `hits` the strongest link to a target stands, by indicator; a page that links to itself is told apart,
    /// since that counts for less.
    leads: HashMap<UrlKey, Vec<(Code, bool, usize)>>,
}

impl Harvest {
    /// Takes in the hits of one page, known by the identities given. Pages come in the order of their visits.
    pub fn add(&mut self, visit: VisitNo, own: &[&UrlKey], hits: impl IntoIterator<Item = Hit>) {
        for hit in hits {
            let hit = Hit { visit, ..hit };
            match &hit.target {
                Some(target) if *hit.signal != *STEP_LEAD => self.add_lead(own.contains(&target), hit),
                _ => self.hits.push(hit),
            }
        }
    }

    fn add_lead(&mut self, itself: bool, hit: Hit) {
        let Some(target) = &hit.target else { return };
        let known = match self.leads.entry(target.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Vec::new()),
        };
        match known.iter().find(|(code, to_itself, _)| *code == hit.code && *to_itself == itself) {
            Some(&(_, _, at)) if hit.weight > self.hits[at].weight => self.hits[at] = hit,
            Some(_) => {}
            None => {
                known.push((hit.code.clone(), itself, self.hits.len()));
                self.hits.push(hit);
            }
        }
    }

    /// What was kept.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }
}
