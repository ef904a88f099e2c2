//! What must outlive a process so that a restart stays polite.

use serde::{Deserialize, Serialize};

use crate::Time;

/// The pace of one host (or address), written down before each request to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostPace {
    /// Host name with port if not the scheme's own, or an address.
    pub host: String,
    /// No request before this instant.
    pub next_allowed: Time,
    /// Factor on the delay in thousandths, raised by refusals and lowered by successes; 1000 is normal.
    pub backoff_milli: u32,
    /// Moving average of response times in microseconds.
    pub latency_micros: u64,
    /// Refusals in a row.
    pub blocks: u32,
    /// No more requests in this survey.
    pub stopped: bool,
}

/// What robots.txt of one authority said, kept so that a restart need not ask again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobotsAnswer {
    /// Scheme, host and port, as in `https://example.org` or `http://example.org:8080`.
    pub authority: String,
    /// When it was asked.
    pub fetched: Time,
    /// What follows from it.
    pub outcome: RobotsOutcome,
}

/// What follows from an attempt to read robots.txt (RFC 9309 §2.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RobotsOutcome {
    /// The rules as text, at most 512 KiB, byte order mark removed.
    Rules(String),
    /// There are none: everything is allowed. The text says why (`404`, `HTML instead of rules`).
    Unavailable(String),
    /// It could not be read: everything is forbidden. The text says why (`503`, `timeout`).
    Unreachable(String),
}
