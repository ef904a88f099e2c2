//! Why nothing came. A miss is data, never an error, and never an absence.

use serde::{Deserialize, Serialize};

use crate::{Exchange, RobotsAnswer};

/// A visit that brought no page.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The class of the cause.
    pub miss: Miss,
    /// What exactly happened, in words a person can act on.
    pub detail: String,
    /// What was exchanged before it ended: block pages, refused redirects, error pages.
    pub exchanges: Vec<Exchange>,
    /// Robots answers learned on the way.
    pub robots: Vec<RobotsAnswer>,
}

/// Why nothing came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Miss {
    /// 401, 403, 429 or a challenge page: the site refuses us.
    Blocked,
    /// robots.txt forbids the URL, or could not be read and so forbids all (RFC 9309 §2.3.1.4).
    Robots,
    /// No answer within the time limit, or too slow.
    Timeout,
    /// The host name does not resolve.
    Dns,
    /// The connection was refused, reset or closed.
    Connect,
    /// The certificate or the handshake failed.
    Tls,
    /// The server answered with 5xx.
    Server,
    /// The page does not exist: 404, 410, or a page that looks like the site's "not found".
    NotFound,
    /// Redirects in a circle, too many of them, or without a target.
    Redirect,
    /// A private or special-use address, or a host the operator denied.
    Forbidden,
    /// Larger than the limit, or its content coding expands beyond the limit.
    TooLarge,
    /// The response breaks HTTP or its content coding.
    Malformed,
    /// The host was stopped after repeated blocks.
    Stopped,
    /// The budget of pages, bytes or time ended first.
    Budget,
}

impl Miss {
    /// The word used in the ledger, in exports and on screens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Robots => "robots",
            Self::Timeout => "timeout",
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Server => "server",
            Self::NotFound => "not-found",
            Self::Redirect => "redirect",
            Self::Forbidden => "forbidden",
            Self::TooLarge => "too-large",
            Self::Malformed => "malformed",
            Self::Stopped => "stopped",
            Self::Budget => "budget",
        }
    }

    /// Every reason, for reading words back.
    pub const ALL: [Self; 14] = [
        Self::Blocked,
        Self::Robots,
        Self::Timeout,
        Self::Dns,
        Self::Connect,
        Self::Tls,
        Self::Server,
        Self::NotFound,
        Self::Redirect,
        Self::Forbidden,
        Self::TooLarge,
        Self::Malformed,
        Self::Stopped,
        Self::Budget,
    ];
}

impl std::fmt::Display for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}
