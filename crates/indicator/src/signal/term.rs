//! `term`: an expression in certain places.

use model::Place;

use super::{Facts, Fired};
use crate::expr::Expr;
use crate::quote::quote;

#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) expr: Expr,
    pub(crate) places: Vec<Place>,
}

impl Term {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let (unit, matched) = facts.units.holding(&self.expr).find(|(unit, _)| self.places.contains(&unit.place))?;
        Some(Fired { place: unit.place, quote: quote(facts.units, unit, matched) })
    }
}

const PLACES: [Place; 12] = [
    Place::Title,
    Place::Headline,
    Place::Heading,
    Place::Body,
    Place::Link,
    Place::Url,
    Place::Label,
    Place::File,
    Place::TableHeader,
    Place::Alt,
    Place::Meta,
    Place::Chrome,
];

/// Reads place names; none given means the places of the content: title, headings, body.
pub(crate) fn read_places(names: &[String]) -> Result<Vec<Place>, String> {
    if names.is_empty() {
        return Ok(vec![Place::Title, Place::Headline, Place::Heading, Place::Body]);
    }
    names
        .iter()
        .map(|name| {
            PLACES.into_iter().find(|place| place.as_str() == name).ok_or_else(|| {
                let known: Vec<&str> = PLACES.iter().map(|place| place.as_str()).collect();
                format!("`{name}` is no place: use one of {}", known.join(", "))
            })
        })
        .collect()
}
