//! What was asked and what came back, byte for byte.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{RobotsAnswer, Time};

/// What came back for a visit: every exchange on the way, the answer last.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// Exchanges in the order they were made: robots.txt files and redirects first, the answer last. Never empty.
    pub exchanges: Vec<Exchange>,
    /// Robots answers learned on the way, one per authority asked.
    pub robots: Vec<RobotsAnswer>,
}

impl Capture {
    /// The exchange that answered the visit.
    ///
    /// # Panics
    /// If `exchanges` is empty, which the fetcher and the archive never build.
    pub fn answer(&self) -> &Exchange {
        self.exchanges.last().expect("a capture ends with its answer")
    }
}

/// One request and its response.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// What it was for.
    pub purpose: Purpose,
    /// The URL asked for.
    pub url: Url,
    /// Request headers as sent, in order.
    pub request: Headers,
    /// Instant the request was sent.
    pub sent: Time,
    /// Instant the last byte came.
    pub done: Time,
    /// HTTP version as the response said it: `HTTP/1.1` or `HTTP/2`.
    pub version: String,
    /// Status code.
    pub status: u16,
    /// Response headers, in order; hop-by-hop transfer coding removed.
    pub headers: Headers,
    /// Payload: transfer-decoded, content-coded, exact.
    pub body: Vec<u8>,
    /// Address the bytes came from.
    pub address: Option<IpAddr>,
    /// What the name of the host resolved to: all addresses in the resolver's order, also those that are never asked.
    /// Empty where no name was resolved: the host is an address, or the operator sends it elsewhere.
    pub resolved: Vec<IpAddr>,
    /// The certificate chain, if the exchange was over TLS.
    pub tls: Option<Tls>,
    /// Whether a limit cut the body.
    pub truncated: Option<Truncation>,
}

/// What an exchange was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// A robots.txt file.
    Robots,
    /// A redirect on the way.
    Redirect,
    /// The answer to the visit, or the refusal that ended it.
    Answer,
}

impl Purpose {
    /// The word used in WARC metadata records and in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Robots => "robots",
            Self::Redirect => "redirect",
            Self::Answer => "answer",
        }
    }
}

/// Header fields in order. Names are lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headers(pub Vec<(String, String)>);

impl Headers {
    /// The first value of a field; `name` in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field; `name` in lower case.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What TLS told about the peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The certificates that the server sent, each as DER, the leaf first.
    pub chain: Vec<Vec<u8>>,
}

/// Why a body is shorter than what the server would have sent (the values of `WARC-Truncated`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Truncation {
    /// The byte limit.
    Length,
    /// The time limit.
    Time,
    /// The connection ended early.
    Disconnect,
}

impl Truncation {
    /// The value of `WARC-Truncated`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
        }
    }
}
