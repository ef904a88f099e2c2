//! One city's site: where it starts and which hosts belong to it.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Country, Language};

/// One city's site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// Key within a campaign: letters, digits, `-` and `_`.
    pub id: String,
    /// Name of the city for people.
    pub city: String,
    /// Country of the city.
    pub country: Country,
    /// Where the survey starts.
    pub home: Url,
    /// Hosts known beforehand, besides the one of `home`.
    pub hosts: Vec<Host>,
    /// Languages the city administers in, the main one first; empty if not known.
    pub languages: Vec<Language>,
    /// Free text of whoever made the list.
    pub notes: String,
}

/// A host with its role in a portal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Host {
    /// Host name as ASCII (A-labels), lower case, no trailing dot.
    pub name: String,
    /// What it is to the portal.
    pub role: Role,
}

/// What a host is to a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The host of the home page.
    Primary,
    /// Another name of the primary host.
    Alias,
    /// A further site of the city, walked like the primary host.
    Subdomain,
    /// An outside site that does something for the city: visited one hop out, with the chain that led there.
    Service,
    /// Never visited.
    Denied,
}

impl Role {
    /// The word used in portal lists and in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Alias => "alias",
            Self::Subdomain => "subdomain",
            Self::Service => "service",
            Self::Denied => "denied",
        }
    }
}
