//! `vendor`: links to, embeds from or an answer by a host of a known class.

use model::Place;

use super::{Facts, Fired, quote_link, said_by_links, words};
use crate::expr::Expr;

#[derive(Debug, Clone)]
pub(crate) struct Vendor {
    pub(crate) class: String,
    pub(crate) places: Vec<Where>,
    pub(crate) term: Option<Expr>,
    /// What the words around a link must not say.
    pub(crate) unless: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    Link,
    Embed,
    Host,
}

impl Vendor {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        self.places.iter().find_map(|place| match place {
            Where::Link => self.link(facts),
            Where::Embed => self.embed(facts),
            Where::Host => self.host(facts),
        })
    }

    fn link(&self, facts: &Facts<'_>) -> Option<Fired> {
        let said = said_by_links(self.term.as_ref(), facts.units)?;
        let mut hosts = facts.links.hosts.iter().enumerate();
        let (number, _) = hosts
            .find(|(number, classes)| classes.contains(&self.class.as_str()) && said(*number) && !self.voided(facts, *number))?;
        let link = &facts.page.links[number];
        let said = quote_link(facts.units, number);
        let quote = if said.exact.is_empty() { words(link.url.as_str()) } else { said };
        Some(Fired { place: if link.region.is_chrome() { Place::Chrome } else { Place::Link }, quote })
    }

    /// Whether the block around a link says what voids it.
    fn voided(&self, facts: &Facts<'_>, number: usize) -> bool {
        let (Some(unless), Some((start, end))) = (&self.unless, facts.page.links[number].span) else { return false };
        facts.units.holding(unless).any(|(unit, _)| unit.is_around(start as usize, end as usize))
    }

    fn embed(&self, facts: &Facts<'_>) -> Option<Fired> {
        let mut embeds = facts.page.embeds.iter().zip(&facts.links.embeds);
        let (embed, _) = embeds.find(|(_, classes)| classes.contains(&self.class.as_str()))?;
        Some(Fired { place: Place::Markup, quote: words(embed.url.to_string()) })
    }

    fn host(&self, facts: &Facts<'_>) -> Option<Fired> {
        let host = facts.page.url.host_str().filter(|host| facts.vendors.is(host, &self.class))?;
        Some(Fired { place: Place::Protocol, quote: words(host.to_owned()) })
    }
}

/// Reads where to look; none given means links and embeds.
pub(crate) fn read_places(names: &[String]) -> Result<Vec<Where>, String> {
    if names.is_empty() {
        return Ok(vec![Where::Link, Where::Embed]);
    }
    names
        .iter()
        .map(|name| match name.as_str() {
            "link" => Ok(Where::Link),
            "embed" => Ok(Where::Embed),
            "host" => Ok(Where::Host),
            _ => Err(format!("`{name}` is no place for a vendor: use link, embed or host")),
        })
        .collect()
}
