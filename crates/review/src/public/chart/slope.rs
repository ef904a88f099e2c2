//! From one release or edition to the next: a line for each city. Where there are many, only those that moved the most are named.

use maud::{Markup, html};

use super::{GAP, Named, Told, short, size};

/// Height of the scale.
const HEIGHT: f64 = 380.0;
/// Height above and below it.
const EDGE: f64 = 34.0;
/// Least distance of two names.
const LINE: f64 = 17.0;
/// Names on a side.
const NAMED: usize = 16;
/// Where the lines begin and end.
const ENDS: (f64, f64) = (0.36, 0.64);

/// A city.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) name: Named,
    /// Between 0 and 1.
    pub(crate) before: f64,
    pub(crate) after: f64,
    /// Both scores in words.
    pub(crate) told: (String, String),
}

/// Cities at two times.
pub(crate) struct Slope<'a> {
    pub(crate) told: Told<'a>,
    /// Heads of both sides.
    pub(crate) heads: (&'a str, &'a str),
    pub(crate) lines: &'a [Line],
}

impl Slope<'_> {
    /// Draws it.
    pub(crate) fn draw(&self) -> Markup {
        let (told, named) = (&self.told, self.named());
        let (left, right) = (told.across(ENDS.0), told.across(ENDS.1));
        let before = spread(named.iter().map(|line| (*line, line.before)).collect());
        let after = spread(named.iter().map(|line| (*line, line.after)).collect());
        told.picture(
            "slope",
            HEIGHT + 2.0 * EDGE,
            &html! {
                text.end.strong x=(left) y="16" { (self.heads.0) }
                text.strong x=(right) y="16" { (self.heads.1) }
                // Those that are named lie above.
                @for line in self.lines.iter().filter(|line| !named.contains(line)).chain(named.iter().copied()) {
                    line class=(kind(line, named.contains(&line))) x1=(left) x2=(right) y1=(size(y(line.before))) y2=(size(y(line.after))) {}
                }
                @for (line, at) in before {
                    text.end x=(left) dx=(told.onwards(-GAP)) y=(size(at + 5.0)) { (short(&line.name.words, 12)) " " (line.told.0) }
                }
                @for (line, at) in after {
                    text x=(right) dx=(told.onwards(GAP)) y=(size(at + 5.0)) { (line.told.1) " " (short(&line.name.words, 12)) }
                }
            },
        )
    }

    /// Those that moved the most, in the order given.
    fn named(&self) -> Vec<&Line> {
        let moved = |line: &Line| (line.after - line.before).abs();
        let mut all: Vec<&Line> = self.lines.iter().collect();
        all.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
        all.truncate(NAMED);
        all
    }
}

/// Upwards and downwards differ in the stroke.
fn kind(line: &Line, named: bool) -> &'static str {
    match line.after.total_cmp(&line.before) {
        _ if !named => "faint",
        std::cmp::Ordering::Less => "down",
        std::cmp::Ordering::Equal => "same",
        std::cmp::Ordering::Greater => "up",
    }
}

fn y(score: f64) -> f64 {
    EDGE + (1.0 - score.clamp(0.0, 1.0)) * HEIGHT
}

/// Moves names apart: none stands over another, and each as near as that allows to its line.
fn spread(mut names: Vec<(&Line, f64)>) -> Vec<(&Line, f64)> {
    for name in &mut names {
        name.1 = y(name.1);
    }
    names.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut least = EDGE;
    for name in &mut names {
        name.1 = name.1.max(least);
        least = name.1 + LINE;
    }
    let mut most = EDGE + HEIGHT;
    for name in names.iter_mut().rev() {
        name.1 = name.1.min(most);
        most = name.1 - LINE;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::tests::TOLD;
    use super::*;

    fn line(name: &str, before: f64, after: f64) -> Line {
        Line { name: Named::plain(name), before, after, told: (format!("{before}"), format!("{after}")) }
    }

    #[test]
    fn names_stand_apart_and_within() {
        let lines: Vec<Line> = (0..NAMED).map(|no| line(&no.to_string(), 0.0, 1.0)).collect();
        for scores in [0.0, 0.5, 1.0] {
            let placed = spread(lines.iter().map(|line| (line, scores)).collect());
            assert!(placed.windows(2).all(|pair| pair[1].1 - pair[0].1 >= LINE - 1e-9));
            assert!(placed.iter().all(|(_, at)| (EDGE - 1e-9..=EDGE + HEIGHT + 1e-9).contains(at)), "{scores}");
        }
    }

    #[test]
    fn of_many_those_are_named_that_moved_the_most() {
        let mut lines: Vec<Line> = (0..40).map(|no| line(&format!("N{no}"), 0.5, 0.5)).collect();
        lines.push(line("Riser", 0.1, 0.9));
        let text = Slope { told: TOLD, heads: ("old", "new"), lines: &lines }.draw().into_string();
        assert_eq!(text.matches("<line").count(), 41);
        assert!(text.contains("Riser 0.1") && text.contains("class=\"up\"") && text.contains("class=\"faint\""), "{text}");
        assert_eq!(text.matches("<text").count(), 2 + 2 * NAMED);
    }

    #[test]
    fn the_earlier_side_is_where_reading_begins() {
        let lines = [line("A", 0.2, 0.4)];
        let text = Slope { told: Told { mirrored: true, ..TOLD }, heads: ("old", "new"), lines: &lines }.draw().into_string();
        assert!(text.contains("x1=\"64%\" x2=\"36%\""), "{text}");
    }
}
