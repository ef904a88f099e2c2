//! The hits of a run that its findings can rest on, gathered page by page.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use model::{Code, Hit, Place, UrlKey, VisitNo};

use crate::step::STEP_LEAD;

/// Pages kept of each indicator: far more than are ever shown, so that a link to a page that says little of itself can
/// still bring it forward.
const KEPT: usize = 100;

/// What fired on the pages of a run. A menu says on every page what it said on the first: of links that lead to the
/// same target the strongest is kept. Of pages that speak for an indicator, those that say most are.
#[derive(Debug, Default)]
pub struct Harvest {
    pages: BTreeMap<Code, Vec<Told>>,
    leads: Vec<Hit>,
    /// Where in `leads` the strongest link to a target stands, by indicator; a page that links to itself is told apart,
    /// since that counts for less.
    targets: HashMap<UrlKey, Vec<(Code, bool, usize)>>,
    words: Words,
}

/// What one page says of an indicator.
#[derive(Debug)]
struct Told {
    visit: VisitNo,
    worth: f32,
    hits: Vec<Hit>,
}

/// On how many pages words fired, and on which first: words of most pages are furniture of the site.
#[derive(Debug, Default)]
pub(crate) struct Words(HashMap<u64, Standing>);

#[derive(Debug)]
struct Standing {
    first: VisitNo,
    last: VisitNo,
    pages: usize,
}

impl Harvest {
    /// Takes in the hits of one page, known by the identities given. Pages come in the order of their visits.
    pub fn add(&mut self, visit: VisitNo, own: &[&UrlKey], hits: impl IntoIterator<Item = Hit>) {
        let mut told: BTreeMap<Code, Told> = BTreeMap::new();
        for hit in hits {
            let hit = Hit { visit, ..hit };
            match &hit.target {
                Some(target) if *hit.signal != *STEP_LEAD => self.add_lead(own.contains(&target), hit),
                _ if hit.link.is_some() => self.leads.push(hit),
                _ => {
                    self.words.add(&hit);
                    let page = told.entry(hit.code.clone()).or_insert_with(|| Told { visit, worth: 0.0, hits: Vec::new() });
                    page.worth += hit.weight;
                    page.hits.push(hit);
                }
            }
        }
        for (code, page) in told {
            let pages = self.pages.entry(code).or_default();
            pages.push(page);
            if pages.len() >= 2 * KEPT {
                pages.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.visit.cmp(&b.visit)));
                pages.truncate(KEPT);
            }
        }
    }

    fn add_lead(&mut self, itself: bool, hit: Hit) {
        let Some(target) = &hit.target else { return };
        let known = match self.targets.entry(target.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Vec::new()),
        };
        match known.iter().find(|(code, to_itself, _)| *code == hit.code && *to_itself == itself) {
            Some(&(_, _, at)) if hit.weight > self.leads[at].weight => self.leads[at] = hit,
            Some(_) => {}
            None => {
                known.push((hit.code.clone(), itself, self.leads.len()));
                self.leads.push(hit);
            }
        }
    }

    /// What was kept.
    pub(crate) fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.pages.values().flatten().flat_map(|page| &page.hits).chain(&self.leads)
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }
}

/// Hits in any order, with the visits that they name.
impl From<Vec<Hit>> for Harvest {
    fn from(mut hits: Vec<Hit>) -> Self {
        hits.sort_by(|a, b| (a.visit, &a.signal, a.link).cmp(&(b.visit, &b.signal, b.link)));
        let mut harvest = Self::default();
        for page in hits.chunk_by(|a, b| a.visit == b.visit) {
            harvest.add(page[0].visit, &[], page.iter().cloned());
        }
        harvest
    }
}

impl Words {
    fn add(&mut self, hit: &Hit) {
        if hit.place == Place::Url || hit.weight <= 0.0 {
            return;
        }
        let standing = self.0.entry(key(hit)).or_insert(Standing { first: hit.visit, last: hit.visit, pages: 1 });
        if standing.last != hit.visit {
            standing.last = hit.visit;
            standing.pages += 1;
        }
    }

    /// Whether a hit's words stand on so many pages, and before on another.
    pub(crate) fn repeat(&self, hit: &Hit, pages: usize) -> bool {
        let counts = hit.place != Place::Url && hit.weight > 0.0;
        counts && self.0.get(&key(hit)).is_some_and(|standing| standing.pages >= pages && standing.first != hit.visit)
    }
}

fn key(hit: &Hit) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&*hit.signal, &hit.quote.exact).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::Quote;

    use super::*;

    fn hit(signal: &str, words: &str, weight: f32, target: Option<&str>) -> Hit {
        Hit {
            code: Code::new("219").unwrap(),
            signal: signal.into(),
            place: Place::Body,
            weight,
            quote: Arc::new(Quote { exact: words.to_owned(), ..Quote::default() }),
            visit: 0,
            target: target.map(|key| UrlKey(key.to_owned())),
            link: target.map(|_| 1),
        }
    }

    #[test]
    fn of_links_to_one_target_the_strongest_is_kept_and_the_first_of_equals() {
        let mut harvest = Harvest::default();
        for (visit, weight) in [(1, 1.0), (2, 3.0), (3, 3.0), (4, 2.0)] {
            harvest.add(visit, &[], [hit("topic@lead", "Budget", weight, Some("city)/budget"))]);
        }
        assert_eq!(harvest.hits().map(|hit| (hit.visit, hit.weight)).collect::<Vec<_>>(), [(2, 3.0)]);
    }

    #[test]
    fn the_pages_that_say_most_are_kept_whenever_they_came() {
        let mut harvest = Harvest::default();
        for visit in 1..=1000 {
            let weight = if visit == 7 || visit == 993 { 9.0 } else { 1.0 };
            harvest.add(visit, &[], [hit("topic@body", &format!("words {visit}"), weight, None)]);
        }
        let kept: Vec<VisitNo> = harvest.hits().map(|hit| hit.visit).collect();
        assert!(kept.contains(&7) && kept.contains(&993) && kept.len() < 2 * KEPT, "{} kept", kept.len());
    }

    #[test]
    fn words_repeat_on_all_pages_but_their_first() {
        let mut harvest = Harvest::default();
        for visit in 1..=5 {
            harvest.add(visit, &[], [hit("topic@body", "the budget of our city", 1.0, None)]);
        }
        let repeating: Vec<VisitNo> = harvest.hits().filter(|hit| harvest.words().repeat(hit, 5)).map(|hit| hit.visit).collect();
        assert_eq!(repeating, [2, 3, 4, 5]);
        assert!(harvest.hits().all(|hit| !harvest.words().repeat(hit, 6)));
    }
}
