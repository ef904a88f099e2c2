//! Links that promise an indicator and whose target brought no page.

use std::collections::{BTreeMap, HashMap};

use model::{Chain, Evidence, Hit, Miss, SeenAs, UrlKey};

use super::Ground;

/// A link worth following that was not followed to a page.
#[derive(Debug)]
pub(crate) struct Lead<'a> {
    pub(crate) hit: &'a Hit,
    /// The target as a URL.
    target: String,
    /// Why there is no page; none if the target is recorded only, such as a file or a social network.
    pub(crate) miss: Option<Miss>,
}

/// Leads of an indicator, strongest first, one per target.
pub(crate) fn leads<'a>(ground: &Ground<'a>, hits: &[&'a Hit]) -> Vec<Lead<'a>> {
    let missed: HashMap<&UrlKey, (Miss, &str)> = ground
        .coverage
        .seen
        .iter()
        .filter_map(|seen| match seen.outcome {
            SeenAs::Missed(miss) => Some((&seen.key, (miss, seen.url.as_str()))),
            SeenAs::Page { .. } => None,
        })
        .chain(ground.coverage.waiting.iter().map(|waiting| (&waiting.key, (waiting.miss, waiting.url.as_str()))))
        .collect();
    let mut best: BTreeMap<&UrlKey, Lead<'a>> = BTreeMap::new();
    for &hit in hits.iter().filter(|hit| hit.link.is_some() && hit.weight > 0.0) {
        let Some(key) = hit.target.as_ref().filter(|key| !ground.shown.contains_key(key)) else { continue };
        let known = missed.get(key);
        let target = known.map_or_else(|| key.0.to_string(), |(_, url)| (*url).to_owned());
        let lead = Lead { hit, target, miss: known.map(|(miss, _)| *miss) };
        let kept = best.entry(key).or_insert_with(|| Lead { hit, target: lead.target.clone(), miss: lead.miss });
        if hit.weight > kept.hit.weight {
            *kept = lead;
        }
    }
    // A target that does not exist promises nothing.
    let mut list: Vec<Lead<'a>> = best.into_values().filter(|lead| lead.miss != Some(Miss::NotFound)).collect();
    list.sort_by(|a, b| b.hit.weight.total_cmp(&a.hit.weight).then(a.hit.visit.cmp(&b.hit.visit)).then(a.target.cmp(&b.target)));
    list
}

impl Lead<'_> {
    /// The lead as evidence: the official page, what its link says, and where it goes.
    pub(crate) fn evidence(&self, ground: &Ground<'_>) -> Evidence {
        Evidence {
            visit: self.hit.visit,
            url: ground.seen.get(&self.hit.visit).map(|seen| seen.url.clone()).unwrap_or_default(),
            quote: (*self.hit.quote).clone(),
            place: self.hit.place,
            worth: self.hit.weight,
            signals: vec![(self.hit.signal.to_string(), self.hit.weight)],
            chain: Some(Chain {
                from: self.hit.visit,
                text: self.hit.quote.exact.clone(),
                target: self.target.clone(),
                visit: None,
            }),
        }
    }
}
