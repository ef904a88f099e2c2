//! `file`: links to documents of certain types.

use model::{Place, Region};

use super::{Facts, Fired, quote_link, said_by_links};
use crate::expr::Expr;

#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) types: Vec<String>,
    pub(crate) term: Option<Expr>,
    pub(crate) regions: Vec<Region>,
    pub(crate) at_least: usize,
}

impl File {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let said = said_by_links(self.term.as_ref(), facts.units)?;
        let typed = |number: usize| facts.links.files[number].is_some_and(|ext| self.types.iter().any(|wanted| wanted == ext));
        let links = facts.page.links.iter().enumerate();
        let mut found = links.filter(|(number, link)| typed(*number) && self.regions.contains(&link.region) && said(*number));
        let (first, link) = found.next()?;
        (found.count() + 1 >= self.at_least).then(|| Fired {
            place: if link.region.is_chrome() { Place::Chrome } else { Place::File },
            quote: quote_link(facts.units, first),
        })
    }
}
