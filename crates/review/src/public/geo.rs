//! Land and places out of `GeoJSON` (RFC 7946), and where they stand on an equal-area map.

use std::collections::BTreeMap;

use serde_json::Value;

/// Bytes of a file that are looked at.
const MOST_BYTES: usize = 4 << 20;
/// Positions of all files.
const MOST_POSITIONS: usize = 100_000;
/// Features of a file.
const MOST_FEATURES: usize = 10_000;
/// Width of a map in its own units.
const WIDTH: f64 = 1000.0;
/// Room at each side for marks on the edge.
const MARGIN: f64 = 12.0;

/// Degrees, longitude first.
type Position = (f64, f64);

/// What maps are drawn of: areas, and where cities and countries stand. Empty: no map is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Atlas {
    land: Vec<Vec<Position>>,
    portals: BTreeMap<String, Position>,
    countries: BTreeMap<String, Position>,
}

/// Why a file makes no map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{file}`: {what}")]
pub struct MapError {
    /// Name of the file.
    pub file: String,
    /// What is wrong, where, and what to do.
    pub what: String,
}

impl Atlas {
    /// Reads files, each a name and its text. Areas are land, but for those of a file named `places.geojson`; features with the
    /// property `portal` or `country` are places. A later file's place goes before an earlier one's.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, MapError> {
        let (mut atlas, mut left) = (Self::default(), MOST_POSITIONS);
        for (file, text) in files {
            atlas
                .add(text, !file.ends_with("places.geojson"), &mut left)
                .map_err(|what| MapError { file: file.to_owned(), what })?;
        }
        Ok(atlas)
    }

    fn add(&mut self, text: &str, draws: bool, left: &mut usize) -> Result<(), String> {
        if text.len() > MOST_BYTES {
            return Err(format!("{} bytes are more than {MOST_BYTES}: leave out detail", text.len()));
        }
        // Nesting is bounded by the reader itself.
        let value: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
        let features = match value["type"].as_str() {
            Some("FeatureCollection") => value["features"].as_array().map(Vec::as_slice),
            Some("Feature") => Some(std::slice::from_ref(&value)),
            _ => None,
        };
        let features = features.ok_or("expected a FeatureCollection or a Feature (RFC 7946, sections 3.2 and 3.3)")?;
        if features.len() > MOST_FEATURES {
            return Err(format!("{} features are more than {MOST_FEATURES}: join some", features.len()));
        }
        for (no, feature) in features.iter().enumerate() {
            let rings = rings(&feature["geometry"], left).map_err(|what| format!("feature {}: {what}", no + 1))?;
            let place = match rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs())) {
                Some(largest) => Some(middle(largest)),
                None => point(&feature["geometry"]).transpose().map_err(|what| format!("feature {}: {what}", no + 1))?,
            };
            let named = |name: &str| feature["properties"][name].as_str().map(str::to_owned);
            if let (Some(portal), Some(place)) = (named("portal"), place) {
                self.portals.insert(portal, place);
            } else if let (Some(country), Some(place)) = (named("country"), place) {
                self.countries.insert(country.to_ascii_uppercase(), place);
            }
            if draws {
                self.land.extend(rings);
            }
        }
        Ok(())
    }

    /// Where a city stands: in its own place, else in that of its country; and whether it is its own.
    pub(crate) fn place(&self, portal: &str, country: &str) -> Option<(Position, bool)> {
        let own = self.portals.get(portal).map(|place| (*place, true));
        own.or_else(|| Some((*self.countries.get(country)?, false)))
    }

    /// The map of all its land; none if there is no land.
    pub(crate) fn frame(&self) -> Option<Frame> {
        let all = || self.land.iter().flatten();
        let ((west, east), (south, north)) = (ends(all().map(|one| one.0))?, ends(all().map(|one| one.1))?);
        let mut frame = Frame { meridian: f64::midpoint(west, east), left: 0.0, top: 0.0, scale: 1.0, height: 0.0 };
        // Meridians are farthest apart where the equator is nearest.
        let widest = 0f64.clamp(south, north);
        let (left, right) = (frame.at((west, widest)).0, frame.at((east, widest)).0);
        // Downwards as in a picture.
        let (top, bottom) = (frame.at((0.0, north)).1, frame.at((0.0, south)).1);
        let (wide, high) = ((right - left).max(1e-6), (bottom - top).max(1e-6));
        // What is much taller than wide is not drawn on and on.
        frame.scale = ((WIDTH - 2.0 * MARGIN) / wide).min(1.5 * WIDTH / high);
        frame.left = left - (WIDTH / frame.scale - wide) / 2.0;
        frame.top = top - MARGIN / frame.scale;
        frame.height = high * frame.scale + 2.0 * MARGIN;
        Some(frame)
    }

    /// The outline as the path of a drawing: whole units, relative, and only where it moves.
    pub(crate) fn outline(&self, frame: &Frame) -> String {
        use std::fmt::Write as _;
        let mut path = String::new();
        for ring in &self.land {
            let mut points: Vec<(i64, i64)> = ring.iter().map(|position| frame.whole(*position)).collect();
            points.dedup();
            let [first, rest @ ..] = points.as_slice() else { continue };
            if rest.len() < 3 {
                continue;
            }
            write!(path, "M{} {}l", first.0, first.1).expect("a string takes all");
            let mut last = *first;
            for (no, point) in rest.iter().enumerate() {
                let (x, y) = (point.0 - last.0, point.1 - last.1);
                let gap = if no == 0 || x < 0 { "" } else { " " };
                let between = if y < 0 { "" } else { " " };
                write!(path, "{gap}{x}{between}{y}").expect("a string takes all");
                last = *point;
            }
            path.push('z');
        }
        path
    }
}

/// How degrees become units of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    meridian: f64,
    left: f64,
    top: f64,
    scale: f64,
    height: f64,
}

impl Frame {
    /// Width and height.
    pub(crate) fn size(&self) -> (f64, f64) {
        (WIDTH, self.height.ceil())
    }

    /// Where a position is drawn.
    pub(crate) fn at(&self, (longitude, latitude): Position) -> (f64, f64) {
        let (x, y) = equal_earth((longitude - self.meridian).to_radians(), latitude.to_radians());
        ((x - self.left) * self.scale, (-y - self.top) * self.scale)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "positions are within ±180 and ±90, the drawing is a thousand units wide"
    )]
    fn whole(&self, position: Position) -> (i64, i64) {
        let (x, y) = self.at(position);
        (x.round() as i64, y.round() as i64)
    }
}

/// The Equal Earth projection of the unit sphere: areas are kept. With `sin θ = (√3/2)·sin φ`:
/// `x = 2√3·λ·cos θ / (3·(9A₄θ⁸ + 7A₃θ⁶ + 3A₂θ² + A₁))`, `y = A₄θ⁹ + A₃θ⁷ + A₂θ³ + A₁θ`.
///
/// Source: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of Geographical
/// Information Science 33 (2019).
fn equal_earth(longitude: f64, latitude: f64) -> (f64, f64) {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3f64.sqrt();
    let theta = (root / 2.0 * latitude.sin()).asin();
    let (two, six) = (theta * theta, theta.powi(6));
    let slope = 9.0 * A[3] * six * two + 7.0 * A[2] * six + 3.0 * A[1] * two + A[0];
    (2.0 * root * longitude * theta.cos() / (3.0 * slope), theta * (A[3] * six * two + A[2] * six + A[1] * two + A[0]))
}

fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |ends, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((value.min(low), value.max(high)))
    })
}

/// All rings of an area, holes included; of other geometries, none.
fn rings(geometry: &Value, left: &mut usize) -> Result<Vec<Vec<Position>>, String> {
    let whole = |value: &Value| value.as_array().cloned().ok_or_else(|| "`coordinates` is no list".to_owned());
    let polygons = match geometry["type"].as_str() {
        Some("Polygon") => vec![geometry["coordinates"].clone()],
        Some("MultiPolygon") => whole(&geometry["coordinates"])?,
        Some("GeometryCollection") => {
            return Err("a GeometryCollection: write a MultiPolygon, or a feature for each".to_owned());
        }
        _ => return Ok(Vec::new()),
    };
    let mut rings = Vec::new();
    for polygon in &polygons {
        for ring in &whole(polygon)? {
            let ring = whole(ring)?;
            if ring.len() < 4 {
                return Err("a ring has fewer than four positions".to_owned());
            }
            *left =
                left.checked_sub(ring.len()).ok_or_else(|| format!("more than {MOST_POSITIONS} positions: leave out detail"))?;
            rings.push(ring.iter().map(position).collect::<Result<Vec<_>, _>>()?);
        }
    }
    Ok(rings)
}

fn point(geometry: &Value) -> Option<Result<Position, String>> {
    (geometry["type"] == "Point").then(|| position(&geometry["coordinates"]))
}

fn position(value: &Value) -> Result<Position, String> {
    let number = |no: usize| value.get(no).and_then(Value::as_f64);
    match number(0).zip(number(1)) {
        Some((x, y)) if (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y) => Ok((x, y)),
        Some((x, y)) => Err(format!("[{x}, {y}] is nowhere: longitude comes first, within ±180, then latitude, within ±90")),
        None => Err("a position is no list of two numbers".to_owned()),
    }
}

/// Twice the area is enough to know which ring is the largest and where its middle is.
fn area(ring: &[Position]) -> f64 {
    ring.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum()
}

/// The centroid of a ring.
fn middle(ring: &[Position]) -> Position {
    let twice = area(ring);
    let mean = |of: fn(&Position) -> f64| ring.iter().map(of).sum::<f64>() / ring.len().max(1) as f64;
    if twice.abs() < 1e-9 {
        return (mean(|one| one.0), mean(|one| one.1));
    }
    let sum = ring.windows(2).fold((0.0, 0.0), |(x, y), pair| {
        let weight = pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1;
        (x + (pair[0].0 + pair[1].0) * weight, y + (pair[0].1 + pair[1].1) * weight)
    });
    (sum.0 / (3.0 * twice), sum.1 / (3.0 * twice))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAND: &str = include_str!("../../../../config/maps/land.geojson");
    const PLACES: &str = include_str!("../../../../config/maps/places.geojson");

    #[test]
    fn the_world_that_comes_along_is_read_and_every_state_stands_in_it() {
        let atlas = Atlas::read([("land.geojson", LAND), ("places.geojson", PLACES)]).unwrap();
        assert_eq!((atlas.countries.len(), atlas.portals.len()), (193, 0));
        let frame = atlas.frame().unwrap();
        let (width, height) = frame.size();
        for place in atlas.countries.values() {
            let (x, y) = frame.at(*place);
            assert!((0.0..=width).contains(&x) && (0.0..=height).contains(&y), "{place:?}");
        }
        let path = atlas.outline(&frame);
        assert!(path.len() < 30_000 && !path.contains("NaN"), "{}", path.len());
    }

    #[test]
    fn the_projection_is_as_published() {
        // Half the equator, and the pole, by the formulas: x = 2√3·π / (3·A₁), y = 1.3173627591574.
        let (x, y) = equal_earth(std::f64::consts::PI, 0.0);
        assert!((x - 2.706_629_983_696).abs() < 1e-9 && y == 0.0, "{x}");
        let (_, y) = equal_earth(0.0, std::f64::consts::FRAC_PI_2);
        assert!((y - 1.317_362_759_157).abs() < 1e-9, "{y}");
        // Area is kept: a small quadrangle, anywhere, has the area that it has on the sphere.
        for latitude in [0.1f64, 0.7, 1.2] {
            let step = 1e-4;
            let [a, b, c] = [(0.5, latitude), (0.5 + step, latitude), (0.5, latitude + step)].map(|(x, y)| equal_earth(x, y));
            let drawn = (b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1);
            let real = step * ((latitude + step).sin() - latitude.sin());
            assert!((drawn / real - 1.0).abs() < 1e-3, "{latitude}: {drawn} {real}");
        }
    }

    #[test]
    fn a_city_has_its_own_place_or_that_of_its_country() {
        let own = r#"{"type":"Feature","properties":{"portal":"a"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}}"#;
        let state = r#"{"type":"Feature","properties":{"country":"xx"},"geometry":{"type":"Point","coordinates":[10.5,-3]}}"#;
        let atlas = Atlas::read([("land.geojson", own), ("places.geojson", state)]).unwrap();
        assert_eq!(atlas.place("a", "XX"), Some(((1.0, 1.0), true)));
        assert_eq!(atlas.place("b", "XX"), Some(((10.5, -3.0), false)));
        assert_eq!(atlas.place("b", "YY"), None);
    }

    #[test]
    fn what_is_no_map_is_refused_with_where_and_why() {
        let told = |text: &str| Atlas::read([("x.geojson", text)]).unwrap_err().to_string();
        assert_eq!(
            told(r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[200,0]}}"#),
            "`x.geojson`: feature 1: [200, 0] is nowhere: longitude comes first, within ±180, then latitude, within ±90"
        );
        assert!(told("[1]").contains("expected a FeatureCollection"));
        assert!(told(&"[".repeat(10_000)).contains("no JSON: recursion limit"));
        let ring = format!("[{}]", vec!["[1,1]"; MOST_POSITIONS + 1].join(","));
        let huge = format!(r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#);
        assert!(told(&huge).contains("positions: leave out detail"));
        assert!(told(&" ".repeat(MOST_BYTES + 1)).contains("are more than"));
        assert_eq!(Atlas::read([]).unwrap().frame(), None);
    }

    #[test]
    fn a_file_cut_or_changed_anywhere_is_refused_or_drawn() {
        let good = r#"{"type":"Feature","properties":{"portal":"a"},"geometry":{"type":"Polygon","coordinates":[[[-180,9e1],[0,0],[1,1],[-180,9e1]]]}}"#;
        let mut drawn = 0;
        for at in 0..good.len() {
            for piece in ["", "9", "-", "[", "null", "1e999", "\u{0}"] {
                let text = format!("{}{piece}{}", &good[..at], &good[at + 1..]);
                for text in [text.as_str(), &good[..at]] {
                    let Ok(atlas) = Atlas::read([("land.geojson", text)]) else { continue };
                    let path = atlas.frame().map(|frame| atlas.outline(&frame)).unwrap_or_default();
                    assert!(!path.contains("NaN") && path.len() < 100, "{text}: {path}");
                    drawn += 1;
                }
            }
        }
        assert!(drawn > 50, "{drawn}");
    }
}
