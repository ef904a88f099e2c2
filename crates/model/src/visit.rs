//! A URL to fetch, with the link that admitted it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::Region;

/// Number of a visit within its run, in the order in which the frontier handed them out, from 1.
pub type VisitNo = u32;

/// Identity of a URL: two URLs with one key are the same page. Never fetched, only compared.
/// Shared, since many things of a run name the same page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UrlKey(pub Arc<str>);

/// A URL to fetch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Number within the run.
    pub no: VisitNo,
    /// What to ask for.
    pub url: Url,
    /// Its identity.
    pub key: UrlKey,
    /// Why it is visited.
    pub errand: Errand,
    /// The link that admitted it; none for the home page and other seeds.
    pub via: Option<Via>,
    /// Clicks from the home page.
    pub depth: u16,
    /// The scope rule that admitted it, in words.
    pub rule: String,
    /// Whether it was chosen by the exploring share rather than by need.
    pub explored: bool,
}

/// Where a visit was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// The visit whose page holds the link.
    pub from: VisitNo,
    /// The link as found in the page, before it was resolved.
    pub href: String,
    /// What the link says.
    pub text: String,
    /// Where on the page it stands.
    pub region: Region,
}

/// Why a URL is visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Errand {
    /// The home page.
    Home,
    /// A page that links led to.
    Page,
    /// A path that cannot exist, to learn what "not found" looks like here.
    Probe,
    /// A sitemap file.
    Sitemap,
    /// A query to the portal's own search form.
    Search,
}

impl Errand {
    /// The word used in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Page => "page",
            Self::Probe => "probe",
            Self::Sitemap => "sitemap",
            Self::Search => "search",
        }
    }
}
