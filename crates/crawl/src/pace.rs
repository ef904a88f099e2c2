//! When a host may be asked again: a pure function of given instants, and the book it is written down in.
//!
//! Reads no clock and waits for nothing; `fetch` does both.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use model::{HostPace, Time};

/// A future that owns what it needs, as traits that are passed around hand them out.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where paces are written down before each request, so that a killed process comes back politely.
pub trait PaceBook: Send + Sync {
    /// Keeps the paces, by [`HostPace::host`], before it returns. No request leaves when it fails.
    fn reserve(&self, paces: Vec<HostPace>) -> BoxFuture<'_, Result<(), PaceError>>;
}

/// The book could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the pace of a host could not be written down")]
pub struct PaceError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A book that lasts as long as the process, for single questions outside a survey.
#[derive(Debug, Default)]
pub struct MemoryBook(Mutex<BTreeMap<String, HostPace>>);

impl MemoryBook {
    /// What is written, by host name.
    pub fn paces(&self) -> Vec<HostPace> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

impl PaceBook for MemoryBook {
    fn reserve(&self, paces: Vec<HostPace>) -> BoxFuture<'_, Result<(), PaceError>> {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.extend(paces.into_iter().map(|pace| (pace.host.clone(), pace)));
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The rules of pace, the same for all hosts.
#[derive(Debug, Clone, Copy)]
pub struct PaceRules {
    /// Least time from one request to the next: 2 s.
    pub delay: Duration,
    /// Longest time that we choose ourselves: 60 s. A longer Crawl-delay is obeyed.
    pub longest: Duration,
    /// Refusals in a row that stop a host: 3.
    pub stop_after: u32,
}

/// The pace of one host or address.
#[derive(Debug, Clone)]
pub struct Pace {
    kept: HostPace,
    crawl_delay: Duration,
    last_sent: Option<Time>,
    successes: u32,
}

/// How a request ended, as far as the pace is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// Instant of the last byte.
    pub done: Time,
    /// How the host took it.
    pub mood: Mood,
    /// What `Retry-After` asked for.
    pub retry_after: Option<Duration>,
}

/// How a host took a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It answered.
    Fine,
    /// It failed: 5xx, timeout, reset.
    Failed,
    /// It asked for less: 503.
    Busy,
    /// It refused us: 401, 403, a challenge.
    Refused,
    /// Both: 429.
    BusyAndRefused,
    /// It refused even robots.txt: one more refusal stops it.
    RefusedRobots,
}

/// Successes that earn back a tenth of the backoff.
const RECOVER_EVERY: u32 = 20;
/// More than this no backoff grows; the delay is capped anyway.
const MOST_BACKOFF_MILLI: u32 = 64_000;

impl Pace {
    /// A host never asked before.
    pub fn new(host: String, now: Time) -> Self {
        Self::restore(HostPace { host, next_allowed: now, backoff_milli: 1000, latency_micros: 0, blocks: 0, stopped: false })
    }

    /// A host as a former process wrote it down.
    pub fn restore(kept: HostPace) -> Self {
        Self { kept, crawl_delay: Duration::ZERO, last_sent: None, successes: 0 }
    }

    /// The part that is written down.
    pub fn kept(&self) -> &HostPace {
        &self.kept
    }

    /// Whether forgetting it changes nothing but the average.
    pub fn is_forgettable(&self, now: Time) -> bool {
        !self.kept.stopped && self.kept.blocks == 0 && self.kept.backoff_milli <= 1000 && self.kept.next_allowed <= now
    }

    /// max(configured, Crawl-delay, 2 × latency) × backoff, capped at `longest` or the Crawl-delay above it.
    pub fn delay(&self, rules: &PaceRules) -> Duration {
        let latency = Duration::from_micros(self.kept.latency_micros.saturating_mul(2));
        let base = rules.delay.max(self.crawl_delay).max(latency);
        let slowed = base.saturating_mul(self.kept.backoff_milli.max(1000)) / 1000;
        slowed.min(rules.longest.max(self.crawl_delay))
    }

    /// Obeys a Crawl-delay from now on, also for the request that learned of it.
    pub fn obey(&mut self, crawl_delay: Duration, rules: &PaceRules) {
        self.crawl_delay = crawl_delay;
        if let Some(sent) = self.last_sent {
            self.wait_until(sent.plus(self.delay(rules)));
        }
    }

    /// What to write down before a request that will leave at `start` or up to `slack` later.
    pub fn promise(&self, start: Time, slack: Duration, rules: &PaceRules) -> HostPace {
        HostPace { next_allowed: self.kept.next_allowed.max(start.plus(slack).plus(self.delay(rules))), ..self.kept.clone() }
    }

    /// A request left.
    pub fn sent(&mut self, at: Time, rules: &PaceRules) {
        self.last_sent = Some(at);
        self.wait_until(at.plus(self.delay(rules)));
    }

    /// A request ended.
    pub fn ended(&mut self, how: Ended, rules: &PaceRules) {
        let sent = self.last_sent.unwrap_or(how.done);
        self.learn_latency(how.done.since(sent));
        match how.mood {
            Mood::Fine => self.succeed(),
            Mood::Failed => self.successes = 0,
            Mood::Busy => self.slow_down(),
            Mood::Refused => self.refuse(rules),
            Mood::BusyAndRefused => {
                self.slow_down();
                self.refuse(rules);
            }
            Mood::RefusedRobots => {
                self.kept.blocks = self.kept.blocks.max(rules.stop_after.saturating_sub(2));
                self.refuse(rules);
            }
        }
        let asked = if how.mood == Mood::Fine { None } else { how.retry_after };
        self.wait_until(sent.plus(self.delay(rules)));
        self.wait_until(how.done.plus(asked.unwrap_or_default()));
    }

    fn wait_until(&mut self, instant: Time) {
        self.kept.next_allowed = self.kept.next_allowed.max(instant);
    }

    /// Moving average with a quarter for the newest.
    fn learn_latency(&mut self, latency: Duration) {
        let newest = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        let old = self.kept.latency_micros;
        self.kept.latency_micros = if old == 0 { newest } else { old - old / 4 + newest / 4 };
    }

    fn succeed(&mut self) {
        self.kept.blocks = 0;
        self.successes += 1;
        if self.successes >= RECOVER_EVERY {
            self.successes = 0;
            self.kept.backoff_milli = (self.kept.backoff_milli / 10 * 9).max(1000);
        }
    }

    fn slow_down(&mut self) {
        self.successes = 0;
        self.kept.backoff_milli = self.kept.backoff_milli.saturating_mul(2).min(MOST_BACKOFF_MILLI);
    }

    fn refuse(&mut self, rules: &PaceRules) {
        self.successes = 0;
        self.kept.blocks += 1;
        self.kept.stopped |= self.kept.blocks >= rules.stop_after;
    }
}

/// How long `Retry-After` asks to wait: seconds or an HTTP date (RFC 9110 §10.2.3). `None` if it is neither.
pub fn retry_after(value: &str, now: Time) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(Time::from_system(date).ok()?.since(now))
}

#[cfg(test)]
#[path = "pace_tests.rs"]
mod tests;
