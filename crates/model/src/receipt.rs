//! A politeness receipt: what a run asked of whom, how fast, and what it was told. Figures only, for the people whose
//! servers were asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, Time};

/// What one run asked of the hosts of one portal, computed from the dates and heads of its WARC records alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Number of the run.
    pub run: i64,
    /// Key of the portal, as the records have it.
    pub portal: String,
    /// `User-Agent` as sent; more than one only if it changed between requests.
    pub agents: Vec<String>,
    /// The page about the crawler that the user agent names, if it names one.
    pub contact: Option<String>,
    /// All hosts together.
    pub total: Traffic,
    /// Each host, by name.
    pub hosts: Vec<HostReceipt>,
    /// Segments of the archive that hold records of the run.
    pub segments: Vec<String>,
    /// What a reader has to know to trust the figures: a clock that was set back, a segment that ends early.
    pub remarks: Vec<String>,
}

/// What was asked of one host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostReceipt {
    /// Its name, without port.
    pub host: String,
    /// Requests and answers.
    pub traffic: Traffic,
    /// What was answered when robots.txt was asked for, in order.
    pub robots: Vec<RobotsReceipt>,
}

/// Requests and answers, counted. Times are whole microseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// Requests that were answered, those for robots.txt and redirects among them.
    pub requests: u64,
    /// Bytes of the answers' bodies, as they came (compressed, if they came so).
    pub bytes: u64,
    /// When the first request was sent.
    pub first: Option<Time>,
    /// When the last byte of the last answer came.
    pub last: Option<Time>,
    /// Shortest time from the start of a request to the start of the next; none with fewer than two requests.
    pub least_between_starts: Option<u64>,
    /// Shortest time from the end of an answer to the start of the next request; 0 where a request was sent before
    /// the answer to one before it had ended.
    pub least_pause: Option<u64>,
    /// Most requests under way at once.
    pub at_once: u64,
    /// Answers by status code.
    pub statuses: BTreeMap<u16, u64>,
    /// Answers that refuse us or ask to slow down: 403, 429, 451 and 503.
    pub refusals: u64,
    /// Visits that brought no page, by reason; `robots` are those that robots.txt kept us from.
    pub misses: BTreeMap<String, u64>,
}

/// An answer to the question for robots.txt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobotsReceipt {
    /// What was asked for.
    pub url: String,
    /// When.
    pub at: Time,
    /// Status code.
    pub status: u16,
    /// Digest of the file as it came.
    pub digest: Option<Digest>,
    /// `WARC-Record-ID` of the answer.
    pub record: String,
    /// `User-agent` and `Crawl-delay` lines of the groups that speak to us, as they stand in the file; empty if the file
    /// came compressed or has no such group.
    pub lines: Vec<String>,
}
