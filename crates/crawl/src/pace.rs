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
    /// Instant it left.
    pub sent: Time,
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
    /// Neither thanks nor refusal: a redirect, a failure, silence.
    Neutral,
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

    /// A request leaves.
    pub fn sent(&mut self, at: Time, rules: &PaceRules) {
        self.last_sent = Some(at);
        self.wait_until(at.plus(self.delay(rules)));
    }

    /// A request ended.
    pub fn ended(&mut self, how: Ended, rules: &PaceRules) {
        self.learn_latency(how.done.since(how.sent));
        match how.mood {
            Mood::Fine => self.succeed(),
            Mood::Neutral => {}
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
        self.sent(how.sent, rules);
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
mod tests {
    use super::*;

    const RULES: PaceRules = PaceRules { delay: Duration::from_secs(2), longest: Duration::from_secs(60), stop_after: 3 };

    fn at(seconds: f64) -> Time {
        Time::from_micros((seconds * 1e6) as i64).unwrap()
    }

    fn pace() -> Pace {
        Pace::new("city.example".to_owned(), at(0.0))
    }

    /// Sends at `sent`, ends `latency` seconds later.
    fn ask(pace: &mut Pace, sent: f64, latency: f64, mood: Mood, retry_after: Option<u64>) {
        pace.sent(at(sent), &RULES);
        let retry_after = retry_after.map(Duration::from_secs);
        pace.ended(Ended { sent: at(sent), done: at(sent + latency), mood, retry_after }, &RULES);
    }

    fn check(pace: &Pace, next_allowed: f64) {
        assert_eq!(pace.kept().next_allowed, at(next_allowed));
    }

    #[test]
    fn the_delay_counts_from_start_to_start() {
        let mut pace = pace();
        ask(&mut pace, 10.0, 0.5, Mood::Fine, None);
        check(&pace, 12.0);
    }

    #[test]
    fn a_slow_host_gets_twice_its_latency_up_to_a_minute() {
        let mut pace = pace();
        ask(&mut pace, 0.0, 3.0, Mood::Fine, None);
        check(&pace, 6.0);
        ask(&mut pace, 100.0, 1.0, Mood::Fine, None);
        assert_eq!(pace.kept().latency_micros, 2_500_000);
        check(&pace, 106.0);
        ask(&mut pace, 200.0, 4000.0, Mood::Neutral, None);
        assert_eq!(pace.delay(&RULES), Duration::from_secs(60));
    }

    #[test]
    fn a_crawl_delay_is_obeyed_also_above_a_minute_and_for_the_request_that_learned_of_it() {
        let mut pace = pace();
        ask(&mut pace, 0.0, 0.1, Mood::Fine, None);
        pace.obey(Duration::from_secs(90), &RULES);
        check(&pace, 90.0);
        pace.obey(Duration::ZERO, &RULES);
        assert_eq!(pace.delay(&RULES), Duration::from_secs(2));
        check(&pace, 90.0);
    }

    #[test]
    fn retry_after_is_obeyed_in_full_and_then_the_delay_doubles() {
        let mut pace = pace();
        ask(&mut pace, 0.0, 1.0, Mood::Busy, Some(7200));
        check(&pace, 7201.0);
        ask(&mut pace, 7201.0, 0.1, Mood::Fine, None);
        check(&pace, 7205.0);
        ask(&mut pace, 7205.0, 0.1, Mood::Busy, None);
        check(&pace, 7213.0);
    }

    #[test]
    fn twenty_successes_earn_back_a_tenth() {
        let mut pace = pace();
        ask(&mut pace, 0.0, 0.1, Mood::Busy, None);
        assert_eq!(pace.kept().backoff_milli, 2000);
        (1..20).for_each(|i| ask(&mut pace, 10.0 * f64::from(i), 0.1, Mood::Fine, None));
        assert_eq!(pace.kept().backoff_milli, 2000);
        ask(&mut pace, 500.0, 0.1, Mood::Fine, None);
        assert_eq!(pace.kept().backoff_milli, 1800);
        (0..400).for_each(|i| ask(&mut pace, 1000.0 + 10.0 * f64::from(i), 0.1, Mood::Fine, None));
        assert_eq!(pace.kept().backoff_milli, 1000);
    }

    #[test]
    fn three_refusals_in_a_row_stop_a_host_unless_an_answer_comes_between_them() {
        let mut pace = pace();
        for mood in [Mood::Refused, Mood::BusyAndRefused, Mood::Fine, Mood::Refused, Mood::Neutral, Mood::Refused] {
            ask(&mut pace, 0.0, 0.1, mood, None);
            assert!(!pace.kept().stopped);
        }
        ask(&mut pace, 0.0, 0.1, Mood::Refused, None);
        assert!(pace.kept().stopped);
        assert!(!pace.is_forgettable(at(1e9)), "a stopped host is remembered");
    }

    #[test]
    fn a_host_that_refuses_robots_and_then_a_page_is_stopped() {
        let mut pace = pace();
        ask(&mut pace, 0.0, 0.1, Mood::RefusedRobots, None);
        assert!(!pace.kept().stopped);
        ask(&mut pace, 60.0, 0.1, Mood::Refused, None);
        assert!(pace.kept().stopped);
    }

    #[test]
    fn a_restored_pace_waits_as_if_the_process_had_lived() {
        let mut before = pace();
        ask(&mut before, 0.0, 0.1, Mood::Busy, Some(300));
        let after = Pace::restore(before.kept().clone());
        check(&after, 300.1);
        assert_eq!(after.delay(&RULES), Duration::from_secs(4));
    }

    #[test]
    fn a_promise_covers_a_late_start() {
        assert_eq!(pace().promise(at(5.0), Duration::from_millis(250), &RULES).next_allowed, at(7.25));
    }

    #[test]
    fn retry_after_comes_as_seconds_or_as_a_date() {
        let now: Time = "2026-11-23T05:30:00Z".parse().unwrap();
        let check = |value: &str, expect: Option<u64>| {
            assert_eq!(retry_after(value, now), expect.map(Duration::from_secs), "{value}");
        };
        check(" 120 ", Some(120));
        check("Mon, 23 Nov 2026 06:30:00 GMT", Some(3600));
        check("Monday, 23-Nov-26 05:31:00 GMT", Some(60));
        check("Mon, 23 Nov 2020 06:30:00 GMT", Some(0));
        check("99999999999999999999999", Some(u64::MAX));
        check("soon", None);
        check("-1", None);
        check("", None);
    }

    #[test]
    fn an_endless_retry_after_does_not_overflow() {
        let mut pace = pace();
        ask(&mut pace, 0.0, 0.1, Mood::Busy, Some(u64::MAX));
        assert!(pace.kept().next_allowed > at(1e11));
    }
}
