//! A signal that fired, with the place and the quote.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Code, UrlKey, VisitNo};

/// A signal of one indicator's rule that fired on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The indicator.
    pub code: Code,
    /// Which signal of its rule, by its name in the rulebook; hits with one name add up once per page.
    pub signal: Arc<str>,
    /// Where on the page.
    pub place: Place,
    /// What it is worth for the page it speaks about; negative if it speaks against it.
    pub weight: f32,
    /// The words a person would point at.
    pub quote: Arc<Quote>,
    /// The page that holds the words.
    pub visit: VisitNo,
    /// The page it speaks about, if that is the target of a link and not the page itself: a lead.
    pub target: Option<UrlKey>,
    /// Index of that link among the page's links.
    pub link: Option<u32>,
}

/// Words on a page: a W3C Web Annotation TextQuoteSelector and, where they stand in the text layer, a
/// TextPositionSelector.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words themselves.
    pub exact: String,
    /// Up to 32 characters before them.
    pub prefix: String,
    /// Up to 32 characters after them.
    pub suffix: String,
    /// Character offsets (Unicode scalar values) of start and end in the text layer.
    pub position: Option<(u32, u32)>,
}

/// Where on a page words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The document title.
    Title,
    /// A first-level heading.
    Headline,
    /// A heading below the first level.
    Heading,
    /// Running text, list items, table cells in the main part.
    Body,
    /// Text of a link.
    Link,
    /// Path or query of the page's own URL.
    Url,
    /// Label, placeholder or button of a form.
    Label,
    /// Name of a linked file.
    File,
    /// Header of a table column or row.
    TableHeader,
    /// Alternative text of an image.
    Alt,
    /// A meta element.
    Meta,
    /// The markup: forms, embeds, hooks, types, relations.
    Markup,
    /// HTTP headers, TLS, the host name.
    Protocol,
    /// Navigation, header or footer of the site.
    Chrome,
}

impl Place {
    /// The word used in rules, in the ledger and on screens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Headline => "headline",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Link => "link",
            Self::Url => "url",
            Self::Label => "label",
            Self::File => "file",
            Self::TableHeader => "table-header",
            Self::Alt => "alt",
            Self::Meta => "meta",
            Self::Markup => "markup",
            Self::Protocol => "protocol",
            Self::Chrome => "chrome",
        }
    }
}
