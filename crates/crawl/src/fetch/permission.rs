//! Remembers what robots.txt of each authority said, and reads it when that is not known or too old.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use model::{Exchange, Miss, Purpose, RobotsAnswer, RobotsOutcome, Time};
use url::Url;

use super::verdict::{self, Verdict};
use super::walk::{Answered, Trail};
use super::wire::Ask;
use super::{Cause, Fetcher, Limits, Settings, robots_file};
use crate::robots::Rules;

/// Redirects that robots.txt may take, also to other hosts (RFC 9309 §2.3.1.2).
const REDIRECTS: usize = 5;
/// How often as long as `robots_retry` to wait after the first, second ... failure: 5 min, 15 min, 1 h, 6 h.
const RETRY_FACTORS: [u32; 4] = [1, 3, 12, 72];
/// Sitemaps taken from one robots.txt.
const SITEMAPS: usize = 100;

/// What is known of robots.txt files.
pub(super) struct Permissions {
    token: String,
    limits: Limits,
    slowest: Duration,
    known: Mutex<HashMap<String, Arc<Entry>>>,
}

/// One authority. Whoever holds `reading` asks for the file; others wait for what comes of it.
#[derive(Default)]
struct Entry {
    reading: tokio::sync::Mutex<()>,
    known: Mutex<Option<Arc<Known>>>,
}

/// What robots.txt of one authority said, ready for use.
pub(super) struct Known {
    answer: RobotsAnswer,
    rules: Rules,
    until: Time,
    failures: usize,
    /// `Some` of zero as well: a Crawl-delay that was taken back no longer holds.
    pub(super) crawl_delay: Option<Duration>,
}

impl Permissions {
    pub(super) fn new(settings: &Settings, answers: Vec<RobotsAnswer>) -> Self {
        let token = settings.agent.split('/').next().unwrap_or_default().to_owned();
        let permissions = Self { token, limits: settings.limits, slowest: settings.pace.longest, known: Mutex::default() };
        for answer in answers {
            let entry = permissions.entry(&answer.authority);
            permissions.keep(&entry, answer);
        }
        permissions
    }

    pub(super) fn sitemaps(&self, url: &Url) -> Vec<Url> {
        let entry = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&authority(url)).cloned();
        let Some(known) = entry.and_then(|entry| entry.known()) else { return Vec::new() };
        let listed = known.rules.sitemaps().iter().filter_map(|text| url.join(text).ok());
        listed.filter(|url| matches!(url.scheme(), "http" | "https")).take(SITEMAPS).collect()
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.known.lock().unwrap().len()
    }

    fn entry(&self, authority: &str) -> Arc<Entry> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = known.get(authority) {
            return Arc::clone(entry);
        }
        if known.len() >= self.limits.hosts {
            let mut excess = known.len() / 4;
            known.retain(|_, entry| {
                let forget = excess > 0 && Arc::strong_count(entry) == 1;
                excess -= usize::from(forget);
                !forget
            });
        }
        Arc::clone(known.entry(authority.to_owned()).or_default())
    }

    /// Compiles the rules and forgets their text, which may be long.
    fn keep(&self, entry: &Entry, mut answer: RobotsAnswer) -> Arc<Known> {
        let text = if let RobotsOutcome::Rules(text) = &mut answer.outcome { std::mem::take(text) } else { String::new() };
        let rules = Rules::parse(&text, &self.token);
        let is_failure = matches!(answer.outcome, RobotsOutcome::Unreachable(_));
        let failures = if is_failure { entry.known().map_or(0, |known| known.failures) + 1 } else { 0 };
        let retry = self.limits.robots_retry * RETRY_FACTORS[failures.clamp(1, RETRY_FACTORS.len()) - 1];
        let age = if is_failure { retry.min(self.limits.robots_age) } else { self.limits.robots_age };
        let crawl_delay = if robots_file::is_refused(&answer.outcome) { Some(self.slowest) } else { rules.crawl_delay() };
        let until = answer.fetched.plus(age);
        let known = Arc::new(Known { answer, rules, until, failures, crawl_delay: Some(crawl_delay.unwrap_or_default()) });
        *entry.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&known));
        known
    }
}

impl Entry {
    fn known(&self) -> Option<Arc<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fresh(&self, now: Time) -> Option<Arc<Known>> {
        self.known().filter(|known| now < known.until)
    }
}

impl Known {
    /// Whether the URL may be fetched.
    ///
    /// Where robots.txt could not be read because the host does not answer at all, the miss is that cause: it says more
    /// to a person than "robots".
    pub(super) fn check(&self, url: &Url) -> Result<(), Cause> {
        match &self.answer.outcome {
            RobotsOutcome::Unavailable(_) => Ok(()),
            RobotsOutcome::Unreachable(why) => {
                let detail = format!("{}/robots.txt could not be read, which forbids all: {why}", self.answer.authority);
                Err(Cause::new(true_cause(why), detail))
            }
            RobotsOutcome::Rules(_) => {
                let verdict = self.rules.verdict(&url[url::Position::BeforePath..url::Position::AfterQuery]);
                let line = verdict.line.map_or(String::new(), |line| format!(", line {line}"));
                let detail = || format!("{}/robots.txt{line} forbids it", self.answer.authority);
                if verdict.allowed { Ok(()) } else { Err(Cause::new(Miss::Robots, detail())) }
            }
        }
    }
}

/// `Unreachable` texts of hosts that do not answer begin with the word of the miss.
fn true_cause(why: &str) -> Miss {
    let silent = [Miss::Dns, Miss::Connect, Miss::Tls, Miss::Timeout];
    silent.into_iter().find(|miss| why.starts_with(&format!("{miss}: "))).unwrap_or(Miss::Robots)
}

/// What robots.txt says about this URL's authority, asked for if need be. What was asked is added to the trail.
///
/// Fails where no request may leave at all.
pub(super) async fn permission(fetcher: &Fetcher, url: &Url, trail: &mut Trail) -> Result<Arc<Known>, Cause> {
    let permissions = &fetcher.permissions;
    let authority = authority(url);
    let entry = permissions.entry(&authority);
    if let Some(known) = entry.fresh(fetcher.clock.now()) {
        return Ok(known);
    }
    let _reading = entry.reading.lock().await;
    if let Some(known) = entry.fresh(fetcher.clock.now()) {
        return Ok(known);
    }
    let outcome = read(fetcher, url, &mut trail.exchanges).await?;
    let answer = RobotsAnswer { authority, fetched: fetcher.clock.now(), outcome };
    trail.robots.push(answer.clone());
    Ok(permissions.keep(&entry, answer))
}

async fn read(fetcher: &Fetcher, url: &Url, exchanges: &mut Vec<Exchange>) -> Result<RobotsOutcome, Cause> {
    let mut at = url.join("/robots.txt").map_err(|error| Cause::new(Miss::Malformed, error.to_string()))?;
    for hop in 0..=REDIRECTS {
        let ask = Ask { url: &at, purpose: Purpose::Robots, conditional: None };
        let Answered { exchange, challenge } = match fetcher.ask(ask, None).await {
            Ok(answered) => answered,
            Err(cause) if hop == 0 && is_ours(cause.miss) => return Err(cause),
            Err(cause) => return Ok(RobotsOutcome::Unreachable(format!("{}: {}", cause.miss, cause.detail))),
        };
        let next = match verdict::verdict(&exchange, challenge, false) {
            Verdict::Redirect(target) => target,
            _ => {
                let outcome = robots_file::outcome(&exchange, challenge, fetcher.settings.limits.robots);
                exchanges.push(exchange);
                return Ok(outcome);
            }
        };
        exchanges.push(exchange);
        at = next;
    }
    Ok(RobotsOutcome::Unavailable(format!("more than {REDIRECTS} redirects")))
}

/// Misses that say nothing about robots.txt: no request left.
fn is_ours(miss: Miss) -> bool {
    matches!(miss, Miss::Forbidden | Miss::Stopped | Miss::Blocked | Miss::Budget)
}

fn authority(url: &Url) -> String {
    url.origin().ascii_serialization()
}
