//! What was seen, what was missed and why: the certificate behind an "absent".

use serde::{Deserialize, Serialize};

use crate::{Code, Date, Errand, Miss, PageKind, UrlKey, VisitNo};

/// What a run looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The day of the run: what "upcoming" and "out of date" are measured against.
    pub day: Date,
    /// Every visit, in order.
    pub seen: Vec<Seen>,
    /// URLs that were admitted and not visited, best first.
    pub waiting: Vec<Waiting>,
    /// Queries to the portal's own search form.
    pub searches: Vec<SiteSearch>,
    /// URLs read from sitemaps.
    pub sitemap_urls: u32,
    /// Primary language subtags that the rulebook has a lexicon for.
    pub lexicons: Vec<String>,
}

/// One visit and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Its number.
    pub visit: VisitNo,
    /// Its identity.
    pub key: UrlKey,
    /// Identity of where redirects ended, if elsewhere.
    pub landed: Option<UrlKey>,
    /// The URL that answered.
    pub url: String,
    /// Why it was visited.
    pub errand: Errand,
    /// Clicks from the home page.
    pub depth: u16,
    /// Whether the host belongs to the city, rather than being an outside service.
    pub own: bool,
    /// The link that led here: the page that holds it and what it says.
    pub via: Option<(VisitNo, String)>,
    /// What came.
    pub outcome: SeenAs,
}

/// What came of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeenAs {
    /// A page.
    Page {
        /// What kind of document.
        kind: PageKind,
        /// Primary subtag of the language its text is in, if it could be told.
        language: Option<String>,
        /// Characters of visible text.
        characters: u32,
        /// The page needs a script to show its content: an empty shell.
        shell: bool,
        /// A limit cut the page: what stood behind it was not seen.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        cut: bool,
    },
    /// Nothing, for this reason.
    Missed(Miss),
}

/// A URL that was admitted and not visited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// The URL.
    pub url: String,
    /// Its identity.
    pub key: UrlKey,
    /// Why it was not visited.
    pub miss: Miss,
    /// The link that led there.
    pub via: Option<(VisitNo, String)>,
    /// What it promised: indicators with the worth of the link's own signals.
    pub promise: Vec<(Code, f32)>,
}

/// A query to the portal's own search form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteSearch {
    /// The visit of the result page.
    pub visit: VisitNo,
    /// The words asked for.
    pub query: String,
    /// Links on the result page that stand on no other page of the run.
    pub results: u32,
}
