//! Figures as SVG of plain data. Each has a name and a description, and its numbers stand in a table as well. Nothing is told by
//! colour alone: marks differ in shape, bars and cells in darkness. Words keep their size on narrow screens, since places across
//! are shares of the width. What has a direction runs from where reading begins.

mod bars;
mod dots;
mod heat;
mod map;
mod slope;

pub(crate) use bars::{Bar, Bars};
pub(crate) use dots::{Dot, Dots};
pub(crate) use heat::{Heat, Row};
pub(crate) use map::{Map, Spot};
use maud::{Markup, PreEscaped, html};
pub(crate) use slope::{Line, Slope};

/// Words, with their language where it is not the reader's.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    pub(crate) words: String,
    pub(crate) language: Option<String>,
}

impl Named {
    /// Words in the language of the page, or whose language nobody knows.
    pub(crate) fn plain(words: impl Into<String>) -> Self {
        Self { words: words.into(), language: None }
    }

    /// As it stands in a text.
    pub(crate) fn shown(&self) -> Markup {
        html! { bdi lang=[self.language.as_deref()] { (self.words) } }
    }
}

/// What a screen reader says of a figure, and where reading begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    /// Names the figure within its page.
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    /// What is to be seen, in a sentence or two.
    pub(crate) says: &'a str,
    /// Whether the page is read from the right.
    pub(crate) mirrored: bool,
}

/// Units between a label and what it names.
const GAP: f64 = 8.0;

impl Told<'_> {
    /// The picture: as wide as there is room, and so high.
    fn picture(&self, class: &str, height: f64, drawn: &Markup) -> Markup {
        self.drawing(class, html! { svg width="100%" height=(size(height)) { (drawn) } })
    }

    /// The picture in units of its own.
    fn scaled(&self, class: &str, (width, height): (f64, f64), drawn: &Markup) -> Markup {
        let view = format!("0 0 {} {}", size(width), size(height));
        self.drawing(class, html! { svg viewBox=(view) { (drawn) } })
    }

    fn drawing(&self, class: &str, drawn: Markup) -> Markup {
        let (title, says) = (format!("{}-title", self.id), format!("{}-says", self.id));
        let named = html! {
            title id=(title) { (self.title) }
            desc id=(says) { (self.says) }
        };
        let opening = format!(
            "<svg class=\"chart {class}\" id=\"{}\" role=\"img\" aria-labelledby=\"{title} {says}\" focusable=\"false\"",
            self.id
        );
        // One element with both its names and what is drawn.
        let drawn = drawn.into_string();
        let (head, rest) = drawn.strip_prefix("<svg").and_then(|rest| rest.split_once('>')).unwrap_or_default();
        PreEscaped(format!("{opening}{head}>{}{rest}", named.into_string()))
    }

    /// A share of the width, from where reading begins.
    fn across(&self, share: f64) -> String {
        let share = if self.mirrored { 1.0 - share } else { share };
        let text = format!("{:.1}", 100.0 * share.clamp(0.0, 1.0));
        format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
    }

    /// Units onwards in the direction of reading.
    fn onwards(&self, units: f64) -> String {
        size(if self.mirrored { -units } else { units })
    }
}

/// A length: whole, or with one decimal.
fn size(units: f64) -> String {
    let text = format!("{units:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// At most so many characters.
fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Marks that differ.
const MARKS: usize = 4;

/// The mark of a band, the highest first: a full disc, a ring with a point, a ring, a cross.
fn mark(band: Option<usize>) -> String {
    format!("#mark-{}", band.unwrap_or(MARKS).min(MARKS - 1))
}

/// Shapes of the marks, once a page.
pub(crate) fn marks() -> Markup {
    html! {
        svg.marks width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                g id="mark-0" { circle.ink r="6" {} }
                g id="mark-1" { circle.ring r="5" {} circle.ink r="2.5" {} }
                g id="mark-2" { circle.ring r="5" {} }
                g id="mark-3" { path.ring d="M-4-4L4 4M4-4L-4 4" {} }
            }
        }
    }
}

/// The mark of a band in a line of text, beside its name.
pub(crate) fn mark_of(band: usize) -> Markup {
    html! { svg.mark width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false" { use href=(mark(Some(band))) {} } }
}

/// A figure with its caption and, folded, its table.
pub(crate) fn figure(told: &Told<'_>, drawn: &Markup, fold: &str, table: &Markup) -> Markup {
    html! {
        figure.figure {
            figcaption { strong { (told.title) } " " (told.says) }
            (drawn)
            details { summary { (fold) } (table) }
        }
    }
}

/// A table in a frame that scrolls sideways where there is no room, also by keys.
pub(crate) fn wide(id: &str, caption: &Markup, head: &Markup, body: &Markup) -> Markup {
    html! {
        div.wide role="region" tabindex="0" aria-labelledby={ (id) "-caption" } {
            table id=(id) {
                caption id={ (id) "-caption" } { (caption) }
                thead { (head) }
                tbody { (body) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const TOLD: Told<'_> = Told { id: "f", title: "A <title>", says: "What & why.", mirrored: false };

    #[test]
    fn a_picture_is_named_and_described() {
        let text = TOLD.picture("x", 20.0, &html! { circle r="1" {} }).into_string();
        assert_eq!(
            text,
            "<svg class=\"chart x\" id=\"f\" role=\"img\" aria-labelledby=\"f-title f-says\" focusable=\"false\" width=\"100%\" height=\"20\">\
             <title id=\"f-title\">A &lt;title&gt;</title><desc id=\"f-says\">What &amp; why.</desc><circle r=\"1\"></circle></svg>"
        );
    }

    #[test]
    fn reading_begins_at_the_other_side_where_it_does() {
        let mirrored = Told { mirrored: true, ..TOLD };
        assert_eq!((TOLD.across(0.25), mirrored.across(0.25)), ("25%".to_owned(), "75%".to_owned()));
        assert_eq!((TOLD.onwards(8.0), mirrored.onwards(8.0)), ("8".to_owned(), "-8".to_owned()));
        assert_eq!(TOLD.across(f64::NAN.max(2.0)), "100%");
    }

    #[test]
    fn long_names_are_cut_by_characters() {
        assert_eq!(short("Ulaanbaatar", 11), "Ulaanbaatar");
        assert_eq!(short("Улан-Батор", 6), "Улан-…");
    }
}
