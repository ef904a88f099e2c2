//! Indicators by the share of cities that have them: a bar each, under its name.

use maud::{Markup, html};

use super::{Named, Told, short, size};

/// Height of a row: a line of words and a bar.
const ROW: f64 = 38.0;
/// Height of a bar.
const BAR: f64 = 10.0;

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    pub(crate) name: Named,
    /// Between 0 and 1.
    pub(crate) share: f64,
    /// The share in words.
    pub(crate) told: String,
}

/// Bars in the order in which they are drawn.
pub(crate) struct Bars<'a> {
    pub(crate) told: Told<'a>,
    pub(crate) bars: &'a [Bar],
}

impl Bars<'_> {
    /// Draws them.
    pub(crate) fn draw(&self) -> Markup {
        let told = &self.told;
        let top = |row: usize| ROW * row as f64;
        let width = |share: f64| format!("{:.1}%", 100.0 * share.clamp(0.0, 1.0));
        // A bar grows from where reading begins.
        let from = |share: f64| if told.mirrored { told.across(share) } else { "0".to_owned() };
        told.picture(
            "bars",
            ROW * self.bars.len() as f64,
            &html! {
                @for (row, bar) in self.bars.iter().enumerate() {
                    text x=(told.across(0.0)) y=(size(top(row) + 16.0)) lang=[bar.name.language.as_deref()] { (short(&bar.name.words, 42)) }
                    text.end x=(told.across(1.0)) y=(size(top(row) + 16.0)) { (bar.told) }
                    rect.trough x="0" y=(size(top(row) + 22.0)) width="100%" height=(size(BAR)) {}
                    rect.ink x=(from(bar.share)) y=(size(top(row) + 22.0)) width=(width(bar.share)) height=(size(BAR)) {}
                }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::TOLD;
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_from_where_reading_begins() {
        let bars = [Bar { name: Named::plain("Budget"), share: 0.25, told: "25 %".to_owned() }];
        let drawn = |mirrored| Bars { told: Told { mirrored, ..TOLD }, bars: &bars }.draw().into_string();
        assert!(drawn(false).contains(r#"<rect class="ink" x="0" y="22" width="25.0%""#), "{}", drawn(false));
        assert!(drawn(true).contains(r#"<rect class="ink" x="75%" y="22" width="25.0%""#), "{}", drawn(true));
    }
}
