//! Cities on a map: land as an outline, a mark for each city, the larger the higher its band. A map has no direction of reading.

use maud::{Markup, html};

use super::{Told, mark, size};
use crate::public::geo::Atlas;

/// Distance of marks that share a place, in units of a map of a thousand.
const APART: f64 = 11.0;
/// The golden angle: marks of one place go round it without meeting (H. Vogel, "A better way to construct the sunflower head",
/// 1979).
const TURN: f64 = 2.399_963_229_728_653;

/// A city.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub(crate) portal: String,
    /// Two letters.
    pub(crate) country: String,
    /// Place of its band, the highest being 0.
    pub(crate) band: Option<usize>,
}

/// Cities on land.
pub(crate) struct Map<'a> {
    pub(crate) told: Told<'a>,
    pub(crate) atlas: &'a Atlas,
    pub(crate) spots: &'a [Spot],
}

impl Map<'_> {
    /// Draws it; none if there is no land.
    pub(crate) fn draw(&self) -> Option<Markup> {
        let frame = self.atlas.frame()?;
        let drawn = html! {
            path.land d=(self.atlas.outline(&frame)) {}
            // The highest band comes last, so that it lies above.
            @for (spot, (x, y)) in self.placed() {
                use href=(mark(spot.band)) x=(size(x)) y=(size(y)) {}
            }
        };
        Some(self.told.scaled("map", frame.size(), &drawn))
    }

    /// How many cities have no place on it.
    pub(crate) fn unplaced(&self) -> usize {
        self.spots.iter().filter(|spot| self.atlas.place(&spot.portal, &spot.country).is_none()).count()
    }

    fn placed(&self) -> Vec<(&Spot, (f64, f64))> {
        let Some(frame) = self.atlas.frame() else { return Vec::new() };
        let mut at: std::collections::HashMap<(i64, i64), u32> = std::collections::HashMap::new();
        let mut placed = Vec::new();
        for spot in self.spots {
            let Some((position, _)) = self.atlas.place(&spot.portal, &spot.country) else { continue };
            let (x, y) = frame.at(position);
            let before = at.entry(key(x, y)).or_default();
            let (far, turn) = (APART * f64::from(*before).sqrt(), TURN * f64::from(*before));
            placed.push((spot, (x + far * turn.cos(), y + far * turn.sin())));
            *before += 1;
        }
        placed.sort_by_key(|(spot, _)| std::cmp::Reverse(spot.band.unwrap_or(usize::MAX)));
        placed
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a drawing is a thousand units wide")]
fn key(x: f64, y: f64) -> (i64, i64) {
    (x.round() as i64, y.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::super::tests::TOLD;
    use super::*;

    const LAND: &str = r#"{"type":"Feature","properties":{"country":"XX"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[20,0],[20,20],[0,20],[0,0]]]}}"#;

    #[test]
    fn cities_of_one_place_stand_round_it() {
        let atlas = Atlas::read([("land.geojson", LAND)]).unwrap();
        let spot = |portal: &str, country: &str, band| Spot { portal: portal.to_owned(), country: country.to_owned(), band };
        let spots = [spot("a", "XX", Some(0)), spot("b", "XX", Some(1)), spot("c", "YY", None)];
        let map = Map { told: TOLD, atlas: &atlas, spots: &spots };
        assert_eq!(map.unplaced(), 1);
        let placed = map.placed();
        let [(first, a), (_, b)] = placed[..] else { panic!("{placed:?}") };
        assert_eq!(first.portal, "b", "the highest band comes last");
        assert!(((a.0 - b.0).hypot(a.1 - b.1) - APART).abs() < 1e-9);
        let text = map.draw().unwrap().into_string();
        assert!(text.contains("viewBox=\"0 0 1000 ") && text.contains("<path class=\"land\" d=\"M"), "{text}");
        let none = Atlas::default();
        assert!(Map { told: TOLD, atlas: &none, spots: &spots }.draw().is_none());
    }
}
