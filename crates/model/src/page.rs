//! A capture parsed to plain data: all that rules may look at.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Date, Headers};

/// A capture parsed to plain data.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The URL that answered.
    pub url: Url,
    /// Status code of the answer.
    pub status: u16,
    /// What kind of document.
    pub kind: PageKind,
    /// The document title, white space collapsed.
    pub title: String,
    /// The text layer: visible text in document order, one block per line.
    pub text: String,
    /// Blocks of the text layer, in order, without overlap.
    pub blocks: Vec<Block>,
    /// Links in document order.
    pub links: Vec<Link>,
    /// Forms in document order.
    pub forms: Vec<Form>,
    /// Images with alternative text or a telling name.
    pub images: Vec<Image>,
    /// Tables with their headers.
    pub tables: Vec<Table>,
    /// Meta elements: lower-case name, property or http-equiv, and content.
    pub meta: Vec<(String, String)>,
    /// Language declared by the page and detected from its text.
    pub language: Spoken,
    /// Versions in other languages, from `hreflang`.
    pub alternates: Vec<Alternate>,
    /// `rel=canonical`: a hint, never trusted across hosts.
    pub canonical: Option<Url>,
    /// Types named by JSON-LD, microdata and RDFa, without their namespace.
    pub types: Vec<String>,
    /// `data-*` attributes with short values: name and value, each pair once.
    pub hooks: Vec<(String, String)>,
    /// What the page loads from where.
    pub embeds: Vec<Embed>,
    /// Days mentioned, in document order.
    pub dates: Vec<DateMention>,
    /// Ways to reach someone.
    pub contacts: Vec<Contact>,
    /// Response headers.
    pub headers: Headers,
    /// Simhash of the visible words: pages that differ in few bits look alike.
    pub fingerprint: u64,
    /// Which charset was used and which step decided (none for binary documents).
    pub charset: Option<Charset>,
    /// The markup was too deep for the DOM: links and text come from tokens alone.
    pub dom_skipped: bool,
    /// Text or markup was cut at a limit.
    pub cut: bool,
    /// The page needs a script to show its content.
    pub shell: bool,
    /// `robots` meta or `X-Robots-Tag` asks not to follow links.
    pub nofollow: bool,
    /// Target of a `meta refresh` of at most 10 seconds.
    pub refresh: Option<Url>,
}

/// What kind of document a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// HTML or XHTML.
    Html,
    /// PDF.
    Pdf,
    /// Plain text.
    Text,
    /// XML, RSS, Atom.
    Xml,
    /// CSV, JSON and other open data.
    Data,
    /// Office documents.
    Office,
    /// Images, sound, film.
    Media,
    /// Anything else.
    Other,
}

impl PageKind {
    /// The word used in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Text => "text",
            Self::Xml => "xml",
            Self::Data => "data",
            Self::Office => "office",
            Self::Media => "media",
            Self::Other => "other",
        }
    }
}

/// A stretch of the text layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Byte offset in the text layer where it starts.
    pub start: u32,
    /// Byte offset where it ends.
    pub end: u32,
    /// What it is.
    pub kind: BlockKind,
    /// Which part of the page it stands in.
    pub region: Region,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item.
    Item,
    /// A table cell.
    Cell,
    /// A table header cell or caption.
    TableHeader,
    /// A label, legend, button or other text of a form.
    Label,
}

/// Which part of a page something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// The content.
    Main,
    /// Navigation: menus, breadcrumbs, sidebars of links.
    Nav,
    /// The head of the site.
    Header,
    /// The foot of the site.
    Footer,
    /// Beside the content.
    Aside,
}

impl Region {
    /// The word used in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Nav => "nav",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::Aside => "aside",
        }
    }

    /// Whether it is site-wide furniture rather than content.
    pub fn is_chrome(self) -> bool {
        matches!(self, Self::Nav | Self::Header | Self::Footer)
    }
}

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The reference as found.
    pub href: String,
    /// The reference resolved: http, https, mailto, tel and the like.
    pub url: Url,
    /// Visible text, white space collapsed.
    pub text: String,
    /// Accessible name where it differs from the text: `aria-label`, alternative text, `title`.
    pub name: String,
    /// Byte range of the text in the text layer, if it stands there.
    pub span: Option<(u32, u32)>,
    /// Which part of the page it stands in.
    pub region: Region,
    /// `rel` tokens, lower case.
    pub rel: Vec<String>,
    /// `hreflang`, if any.
    pub hreflang: Option<String>,
    /// Whether it stands in a frame source or an image map rather than an anchor.
    pub embedded: bool,
}

/// A form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it sends to.
    pub action: Url,
    /// Whether it is sent by POST.
    pub post: bool,
    /// Accessible name: `aria-label`, legend or the heading before it.
    pub name: String,
    /// `role=search`, or inside a `search` element.
    pub search: bool,
    /// Fields in order, hidden ones included.
    pub fields: Vec<Field>,
    /// Texts of its buttons.
    pub buttons: Vec<String>,
    /// Which part of the page it stands in.
    pub region: Region,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// `name` attribute.
    pub name: String,
    /// Type, lower case: `text`, `email`, `hidden`, `file`, `select`, `textarea`, `password` ...
    pub kind: String,
    /// Label, placeholder, `aria-label` or `title`, the first there is.
    pub label: String,
    /// Value it is sent with by default.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Alternative text.
    pub alt: String,
    /// Where it comes from.
    pub src: String,
    /// Which part of the page it stands in.
    pub region: Region,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Texts of header cells.
    pub headers: Vec<String>,
    /// Rows, the header row not counted.
    pub rows: u32,
}

/// The language of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    /// `lang` of the page or `Content-Language`, as found.
    pub declared: Option<String>,
    /// Primary subtag detected from the main text, where the detector was sure.
    pub detected: Option<String>,
}

/// A version in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// `hreflang`.
    pub language: String,
    /// Where it is.
    pub url: Url,
}

/// Something the page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// How.
    pub kind: EmbedKind,
    /// From where.
    pub url: Url,
}

/// How something is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmbedKind {
    /// A script.
    Script,
    /// A frame.
    Frame,
    /// A style sheet.
    Style,
    /// An object, video or audio.
    Media,
}

/// A day mentioned on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// The day.
    pub date: Date,
    /// Whether the markup says so (`time`, meta, JSON-LD) rather than the words.
    pub marked: bool,
    /// Byte range in the text layer, if it stands there.
    pub span: Option<(u32, u32)>,
}

/// A way to reach someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// A telephone number from a `tel:` link or next to a word for telephone.
    Telephone {
        /// As shown.
        number: String,
        /// Byte range in the text layer, if it stands there.
        span: Option<(u32, u32)>,
    },
    /// An e-mail address from a `mailto:` link or the text.
    Mail {
        /// The address.
        address: String,
        /// Byte range in the text layer, if it stands there.
        span: Option<(u32, u32)>,
    },
}

/// The charset of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charset {
    /// WHATWG name.
    pub name: String,
    /// Which step decided.
    pub from: CharsetFrom,
}

/// Which step decided the charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharsetFrom {
    /// Byte order mark.
    Mark,
    /// `Content-Type` header.
    Header,
    /// `meta` element.
    Meta,
    /// Detector.
    Detector,
}
