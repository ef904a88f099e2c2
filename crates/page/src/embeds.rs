//! What a page loads from where: scripts, frames, styles, media.

use model::{Embed, EmbedKind};
use url::Url;

use crate::element::Element;
use crate::links::resolve;

/// The embeds of a page while it is read.
pub(crate) struct Embeds {
    pub(crate) list: Vec<Embed>,
    /// Scripts of any kind, inline ones included.
    pub(crate) scripts: u32,
    max: usize,
}

impl Embeds {
    pub(crate) fn new(max: usize) -> Self {
        Self { list: Vec::new(), scripts: 0, max }
    }

    pub(crate) fn script(&mut self, element: &Element<'_>, base: &Url) {
        self.scripts += 1;
        self.add(EmbedKind::Script, element.word("src"), base);
    }

    pub(crate) fn frame(&mut self, element: &Element<'_>, base: &Url) {
        self.add(EmbedKind::Frame, element.word("src").or_else(|| element.word("data-src")), base);
    }

    pub(crate) fn media(&mut self, element: &Element<'_>, base: &Url) {
        self.add(EmbedKind::Media, element.word("src").or_else(|| element.word("data")), base);
    }

    /// A link element, if it is a style sheet.
    pub(crate) fn style(&mut self, element: &Element<'_>, base: &Url) {
        let rel = element.attr("rel").unwrap_or_default();
        if rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("stylesheet")) {
            self.add(EmbedKind::Style, element.word("href"), base);
        }
    }

    fn add(&mut self, kind: EmbedKind, href: Option<&str>, base: &Url) {
        if let Some(url) = href.and_then(|href| resolve(base, href))
            && self.list.len() < self.max
        {
            self.list.push(Embed { kind, url });
        }
    }
}
