//! Bytes to a [`Page`]: never fails, never hangs, reads no clock.
//!
//! Start at [`parse`]. Markup is read once, from a tree or, where a tree would cost too much, from tokens; both tell the same
//! builder what begins and ends. This crate knows nothing of networks and of what rules look for.

mod attributes;
mod build;
mod charset;
mod contacts;
mod dates;
mod element;
mod embeds;
mod feed;
mod fingerprint;
mod forms;
mod head;
mod hooks;
mod html;
mod kind;
mod language;
mod layer;
mod links;
mod months;
pub mod pdf;

#[cfg(test)]
mod bombs;
#[cfg(test)]
mod fixture;
mod plain;
mod region;
mod shell;
mod structured;
mod tables;
mod tag;
mod tokens;
mod tree;
mod walk;

use model::{Exchange, Page, PageKind};

/// What a page may cost. Whatever is beyond a limit is left out, and the page says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Text layer, in bytes.
    pub max_text: usize,
    /// Links of a page.
    pub max_links: usize,
    /// Markup or text that is read at all, in bytes.
    pub max_markup: usize,
    /// Nodes of the tree; a page with more is read from tokens.
    pub max_nodes: u32,
    /// Looks at open elements while the tree is built, about 10 ns each; a page that needs more is read from tokens.
    pub max_work: u64,
    /// Attributes of one tag; a page with more in one is read from tokens.
    pub max_attributes: u32,
    /// Forms.
    pub max_forms: usize,
    /// Tables.
    pub max_tables: usize,
    /// `data-*` hooks, each pair once.
    pub max_hooks: usize,
    /// Scripts, frames, styles and media.
    pub max_embeds: usize,
}

impl Limits {
    /// The limits of the survey: no page takes a second or 256 MiB.
    pub const DEFAULT: Self = Self {
        max_text: 1024 * 1024,
        max_links: 5000,
        max_markup: 4 * 1024 * 1024,
        max_nodes: 250_000,
        max_work: 15_000_000,
        max_attributes: 300,
        max_forms: 100,
        max_tables: 200,
        max_hooks: 300,
        max_embeds: 300,
    };
}

/// The page that an answer holds. `body` is its payload with content codings undone.
///
/// Text of a PDF is not extracted here: see [`pdf`] and [`parse_pdf`].
pub fn parse(answer: &Exchange, body: &[u8], limits: &Limits) -> Page {
    let kind = kind::sniff(&answer.url, answer.headers.get("content-type"), body);
    match kind {
        PageKind::Html => html::page(answer, body, limits),
        PageKind::Text | PageKind::Data => plain::page(answer, kind, body, limits),
        PageKind::Xml => feed::page(answer, body, limits),
        PageKind::Pdf | PageKind::Office | PageKind::Media | PageKind::Other => plain::blank(answer, kind),
    }
}

/// The markup of an HTML answer as text, cut where parsing cuts it; none if it is no HTML.
pub fn markup(answer: &Exchange, body: &[u8], limits: &Limits) -> Option<String> {
    let kind = kind::sniff(&answer.url, answer.headers.get("content-type"), body);
    let (text, _) = charset::decode(body, answer.headers.get("content-type"), answer.url.host_str());
    (kind == PageKind::Html).then(|| text[..text.floor_char_boundary(limits.max_markup)].to_owned())
}

/// The page of a PDF whose text was extracted before, by [`pdf::Extractor::text`].
pub fn parse_pdf(answer: &Exchange, text: &str, limits: &Limits) -> Page {
    plain::pdf(answer, text, limits)
}
