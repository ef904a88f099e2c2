//! Cities in the order of their scores, a dot each; cities that share a score are tied together.

use maud::{Markup, html};

use super::{Named, Told, mark, short, size};

/// Height of a row.
const ROW: f64 = 22.0;
/// Height of the scale above the rows.
const TOP: f64 = 26.0;
/// Share of the width that names take.
const NAMES: f64 = 0.42;
/// Units for ranks, and for what stands beyond the last dot.
const RANKS: f64 = 34.0;
/// Share of the width between the scale's ends and the edges.
const EDGE: f64 = 0.03;

/// A city.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dot {
    /// Its rank in words; none if nothing is ranked.
    pub(crate) rank: Option<String>,
    pub(crate) name: Named,
    /// Between 0 and 1.
    pub(crate) score: f64,
    /// Place of its band, the highest being 0.
    pub(crate) band: Option<usize>,
}

/// Cities in the order in which they are drawn.
pub(crate) struct Dots<'a> {
    pub(crate) told: Told<'a>,
    pub(crate) rows: &'a [Dot],
    /// Marks of the scale, each with its words.
    pub(crate) scale: &'a [(f64, String)],
}

impl Dots<'_> {
    /// Draws them.
    pub(crate) fn draw(&self) -> Markup {
        let told = &self.told;
        let height = TOP + ROW * self.rows.len() as f64;
        let x = |score: f64| told.across(NAMES + EDGE + (1.0 - NAMES - 2.0 * EDGE) * score);
        let y = |row: usize| TOP + ROW * (row as f64 + 0.5);
        let ranked = self.rows.iter().any(|row| row.rank.is_some());
        let names = if ranked { RANKS } else { 0.0 };
        told.picture(
            "dots",
            height + 4.0,
            &html! {
                g.scale { @for (score, words) in self.scale {
                    line x1=(x(*score)) x2=(x(*score)) y1=(size(TOP - 6.0)) y2=(size(height)) {}
                    text.middle x=(x(*score)) y="14" { (words) }
                } }
                // What is too long for its column is cut off there.
                svg x=(if told.mirrored { told.across(NAMES) } else { "0".to_owned() }) y="0" width=(format!("{}%", 100.0 * NAMES)) height=(size(height)) {
                    @for (row, dot) in self.rows.iter().enumerate() {
                        @if let Some(rank) = &dot.rank { text.soft x=(told.across(0.0)) y=(size(y(row) + 5.0)) { (rank) } }
                        text x=(told.across(0.0)) dx=(told.onwards(names)) y=(size(y(row) + 5.0)) lang=[dot.name.language.as_deref()] { (short(&dot.name.words, 26)) }
                    }
                }
                g.ties { @for (from, to, score) in ties(self.rows) {
                    line x1=(x(score)) x2=(x(score)) y1=(size(y(from))) y2=(size(y(to))) {}
                } }
                @for (row, dot) in self.rows.iter().enumerate() { use href=(mark(dot.band)) x=(x(dot.score)) y=(size(y(row))) {} }
            },
        )
    }
}

/// Rows from and to which the score is the same.
fn ties(rows: &[Dot]) -> Vec<(usize, usize, f64)> {
    let mut ties = Vec::new();
    let mut from = 0;
    for tied in rows.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq()) {
        if tied.len() > 1 {
            ties.push((from, from + tied.len() - 1, tied[0].score));
        }
        from += tied.len();
    }
    ties
}

#[cfg(test)]
mod tests {
    use super::super::tests::TOLD;
    use super::*;

    fn rows() -> Vec<Dot> {
        let row = |rank: &str, name: &str, score, band| Dot {
            rank: Some(rank.to_owned()),
            name: Named::plain(name),
            score,
            band: Some(band),
        };
        vec![row("1", "A<b>", 1.0, 0), row("2", "B", 0.5, 1), row("2", "C", 0.5, 1), row("4", "D", 0.0, 9)]
    }

    #[test]
    fn those_with_one_score_are_tied() {
        assert_eq!(ties(&rows()), [(1, 2, 0.5)]);
        assert!(ties(&[]).is_empty());
    }

    #[test]
    fn dots_stand_on_their_scores_from_where_reading_begins() {
        let scale = [(0.0, "0".to_owned()), (1.0, "100".to_owned())];
        let drawn = |mirrored| {
            let rows = rows();
            Dots { told: Told { mirrored, ..TOLD }, rows: &rows, scale: &scale }.draw().into_string()
        };
        let (left, right) = (drawn(false), drawn(true));
        assert!(left.contains("<use href=\"#mark-0\" x=\"97%\" y=\"37\">") && left.contains("A&lt;b&gt;"), "{left}");
        assert!(right.contains("<use href=\"#mark-0\" x=\"3%\" y=\"37\">"), "{right}");
        // Beyond the last mark all bands share it.
        assert!(left.contains("<use href=\"#mark-3\" x=\"45%\""), "{left}");
    }
}
