//! `links`: several links of one kind.

use std::collections::BTreeSet;

use model::{Place, Region};

use super::{Facts, Fired, quote_link, said_by_links};
use crate::expr::Expr;

#[derive(Debug, Clone)]
pub(crate) struct Links {
    /// What they say; any text if none.
    pub(crate) text: Option<Expr>,
    pub(crate) regions: Vec<Region>,
    /// Only links to other hosts.
    pub(crate) outside: bool,
    pub(crate) at_least: usize,
}

impl Links {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let own = facts.page.url.host_str();
        let said = said_by_links(self.text.as_ref(), facts.units)?;
        let mut targets = BTreeSet::new();
        let mut first = None;
        for (number, link) in facts.page.links.iter().enumerate() {
            let web = matches!(link.url.scheme(), "http" | "https")
                && !link.embedded
                && !(link.text.is_empty() && link.name.is_empty());
            let inside = link.url.host_str() == own;
            if web && !(self.outside && inside) && self.regions.contains(&link.region) && said(number) {
                // Links to one outside host count once; inside, each page counts.
                targets.insert(if self.outside { link.url.host_str().unwrap_or_default() } else { link.url.as_str() });
                let first = *first.get_or_insert(number);
                if targets.len() >= self.at_least {
                    return Some(Fired { place: Place::Link, quote: quote_link(facts.units, first) });
                }
            }
        }
        None
    }
}

/// Reads region names; none given means everywhere but the chrome.
pub(crate) fn read_regions(names: &[String]) -> Result<Vec<Region>, String> {
    if names.is_empty() {
        return Ok(vec![Region::Main, Region::Aside]);
    }
    let known = [Region::Main, Region::Nav, Region::Header, Region::Footer, Region::Aside];
    names
        .iter()
        .map(|name| {
            known
                .into_iter()
                .find(|region| region.as_str() == name)
                .ok_or_else(|| format!("`{name}` is no region: use main, nav, header, footer or aside"))
        })
        .collect()
}
