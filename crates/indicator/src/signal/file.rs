//! `file`: links to documents of certain types.

use super::{Facts, Fired, quote_link, said_by_links};
use crate::expr::Expr;
use crate::unit::file_type;

#[derive(Debug)]
pub(crate) struct File {
    pub(crate) types: Vec<String>,
    pub(crate) term: Option<Expr>,
    pub(crate) at_least: usize,
}

impl File {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let said = said_by_links(self.term.as_ref(), facts.units);
        let mut found = facts.page.links.iter().enumerate().filter(|(number, link)| {
            let typed = file_type(&link.url).is_some_and(|ext| self.types.iter().any(|wanted| wanted == ext));
            typed && !link.region.is_chrome() && said(*number)
        });
        let (first, link) = found.next()?;
        (found.count() + 1 >= self.at_least).then(|| Fired {
            place: if link.region.is_chrome() { model::Place::Chrome } else { model::Place::File },
            quote: quote_link(facts.page, first),
        })
    }
}
