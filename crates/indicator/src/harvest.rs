//! The hits of a run that its findings can rest on, gathered page by page.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use model::{Code, Hit, Place, Quote, UrlKey, VisitNo};

use crate::step::STEP_LEAD;

/// Pages kept of each indicator: far more than are ever shown, so that a link to a page that says little of itself can
/// still bring it forward.
const KEPT: usize = 100;

/// What fired on the pages of a run. A menu says on every page what it said on the first: of links that lead to the
/// same target the strongest is kept. Of pages that speak for an indicator, those that say most are.
///
/// A survey holds one for each portal under way, so what is kept is kept small.
#[derive(Debug, Default)]
pub struct Harvest {
    found: BTreeMap<Code, Found>,
    words: Words,
}

/// What was found of one indicator.
#[derive(Debug, Default)]
struct Found {
    /// The pages that say most, best first, the earlier of equals first.
    pages: Vec<Told>,
    /// The strongest link to each target; a page that links to itself is told apart, since that counts for less.
    leads: HashMap<(UrlKey, bool), Lead>,
    /// Links that are kept one by one: those to a step, and those without a known target.
    others: Vec<(Option<UrlKey>, Lead)>,
}

/// What one page says of an indicator.
#[derive(Debug)]
struct Told {
    visit: VisitNo,
    worth: f32,
    said: Box<[Said]>,
}

/// What a link says of its target.
#[derive(Debug)]
struct Lead {
    visit: VisitNo,
    link: Option<u32>,
    said: Said,
}

/// A hit without what the place where it is kept tells of it.
#[derive(Debug)]
struct Said {
    signal: Arc<str>,
    quote: Arc<Quote>,
    weight: f32,
    place: Place,
}

/// On how many pages words fired, and on which first: words of most pages are furniture of the site.
#[derive(Debug, Default)]
pub(crate) struct Words(HashMap<u64, Standing>);

#[derive(Debug)]
struct Standing {
    first: VisitNo,
    last: VisitNo,
    pages: u32,
}

impl Harvest {
    /// Takes in the hits of one page, known by the identities given. Pages come in the order of their visits.
    pub fn add(&mut self, visit: VisitNo, own: &[&UrlKey], hits: impl IntoIterator<Item = Hit>) {
        let mut told: BTreeMap<Code, Vec<Said>> = BTreeMap::new();
        for hit in hits {
            let Hit { code, signal, place, weight, quote, visit: _, target, link } = hit;
            let said = Said { signal, quote, weight, place };
            match target {
                Some(target) if *said.signal != *STEP_LEAD => {
                    let itself = own.contains(&&target);
                    self.found.entry(code).or_default().lead((target, itself), Lead { visit, link, said });
                }
                _ if link.is_some() => {
                    self.found.entry(code).or_default().others.push((target, Lead { visit, link, said }));
                }
                _ => {
                    self.words.add(visit, &said);
                    told.entry(code).or_default().push(said);
                }
            }
        }
        for (code, said) in told {
            let worth = said.iter().map(|said| said.weight).sum();
            self.found.entry(code).or_default().page(Told { visit, worth, said: said.into() });
        }
    }

    /// What was kept of an indicator.
    pub(crate) fn hits(&self, code: &Code) -> Vec<Hit> {
        let Some(Found { pages, leads, others }) = self.found.get(code) else { return Vec::new() };
        let pages = pages.iter().flat_map(|page| page.said.iter().map(|said| said.hit(code, page.visit, None, None)));
        let leads = leads.iter().map(|((target, _), lead)| (Some(target), lead));
        let leads = leads.chain(others.iter().map(|(target, lead)| (target.as_ref(), lead)));
        pages.chain(leads.map(|(target, lead)| lead.said.hit(code, lead.visit, target, lead.link))).collect()
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }
}

impl Found {
    fn page(&mut self, page: Told) {
        let place = self.pages.partition_point(|known| known.worth >= page.worth);
        if place < KEPT {
            self.pages.truncate(KEPT - 1);
            self.pages.insert(place, page);
        }
    }

    fn lead(&mut self, to: (UrlKey, bool), lead: Lead) {
        match self.leads.get_mut(&to) {
            Some(known) if lead.said.weight > known.said.weight => *known = lead,
            Some(_) => {}
            None => {
                self.leads.insert(to, lead);
            }
        }
    }
}

impl Said {
    fn hit(&self, code: &Code, visit: VisitNo, target: Option<&UrlKey>, link: Option<u32>) -> Hit {
        Hit {
            code: code.clone(),
            signal: Arc::clone(&self.signal),
            place: self.place,
            weight: self.weight,
            quote: Arc::clone(&self.quote),
            visit,
            target: target.cloned(),
            link,
        }
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
    fn add(&mut self, visit: VisitNo, said: &Said) {
        if said.place == Place::Url || said.weight <= 0.0 {
            return;
        }
        let standing = self.0.entry(key(&said.signal, &said.quote)).or_insert(Standing { first: visit, last: visit, pages: 1 });
        if standing.last != visit {
            standing.last = visit;
            standing.pages += 1;
        }
    }

    /// Whether a hit's words stand on so many pages, and before on another.
    pub(crate) fn repeat(&self, hit: &Hit, pages: usize) -> bool {
        let counts = hit.place != Place::Url && hit.weight > 0.0;
        let standing = self.0.get(&key(&hit.signal, &hit.quote)).filter(|_| counts);
        standing.is_some_and(|standing| standing.pages as usize >= pages && standing.first != hit.visit)
    }
}

fn key(signal: &str, quote: &Quote) -> u64 {
    let mut hasher = DefaultHasher::new();
    (signal, &quote.exact).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(signal: &str, words: &str, weight: f32, target: Option<&str>) -> Hit {
        Hit {
            code: Code::new("219").unwrap(),
            signal: signal.into(),
            place: Place::Body,
            weight,
            quote: Arc::new(Quote { exact: words.to_owned(), ..Quote::default() }),
            visit: 0,
            target: target.map(|key| UrlKey(key.into())),
            link: target.map(|_| 1),
        }
    }

    fn kept(harvest: &Harvest) -> Vec<Hit> {
        harvest.hits(&Code::new("219").unwrap())
    }

    #[test]
    fn of_links_to_one_target_the_strongest_is_kept_and_the_first_of_equals() {
        let mut harvest = Harvest::default();
        for (visit, weight) in [(1, 1.0), (2, 3.0), (3, 3.0), (4, 2.0)] {
            harvest.add(visit, &[], [hit("topic@lead", "Budget", weight, Some("city)/budget"))]);
        }
        assert_eq!(kept(&harvest).iter().map(|hit| (hit.visit, hit.weight)).collect::<Vec<_>>(), [(2, 3.0)]);
    }

    #[test]
    fn the_pages_that_say_most_are_kept_whenever_they_came() {
        let mut harvest = Harvest::default();
        for visit in 1..=1000 {
            let weight = if visit == 7 || visit == 993 { 9.0 } else { 1.0 };
            harvest.add(visit, &[], [hit("topic@body", &format!("words {visit}"), weight, None)]);
        }
        let visits: Vec<VisitNo> = kept(&harvest).iter().map(|hit| hit.visit).collect();
        assert_eq!(visits[..4], [7, 993, 1, 2]);
        assert_eq!(visits.len(), KEPT);
    }

    #[test]
    fn words_repeat_on_all_pages_but_their_first() {
        let mut harvest = Harvest::default();
        for visit in 1..=5 {
            harvest.add(visit, &[], [hit("topic@body", "the budget of our city", 1.0, None)]);
        }
        let words = harvest.words();
        let repeats = |pages| move |hit: &&Hit| words.repeat(hit, pages);
        let hits = kept(&harvest);
        let repeating: Vec<VisitNo> = hits.iter().filter(repeats(5)).map(|hit| hit.visit).collect();
        assert_eq!(repeating, [2, 3, 4, 5]);
        assert_eq!(hits.iter().filter(repeats(6)).count(), 0);
    }
}
