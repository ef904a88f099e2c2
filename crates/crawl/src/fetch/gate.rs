//! Lets one request at a time through to a host and to an address, when its pace allows and after that is written down.
//!
//! The arithmetic is [`crate::pace`]'s; here are the locks, the waiting and the book.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::{HostPace, Miss};
use tokio::sync::{Mutex as Turnstile, OwnedMutexGuard};

use super::{Cause, Clock, Settings};
use crate::pace::{Ended, Mood, Pace, PaceBook, PaceRules};

/// The one way to the wire.
pub(super) struct Gate {
    polite: bool,
    rules: PaceRules,
    patience: Duration,
    most: usize,
    clock: Clock,
    book: Arc<dyn PaceBook>,
    smoother: DefaultDirectRateLimiter,
    paces: Mutex<HashMap<String, Arc<Turnstile<Pace>>>>,
}

/// The right to send one request now. Others wait until it is dropped.
pub(super) struct Turn<'a> {
    gate: &'a Gate,
    host: Option<OwnedMutexGuard<Pace>>,
    address: Option<OwnedMutexGuard<Pace>>,
}

/// How much later than planned a request may leave, at least, without the book being written once more.
const LATE_START: Duration = Duration::from_millis(100);

impl Gate {
    pub(super) fn new(settings: &Settings, clock: Clock, book: Arc<dyn PaceBook>, paces: Vec<HostPace>) -> Self {
        let paces = paces.into_iter().map(|pace| (pace.host.clone(), Arc::new(Turnstile::new(Pace::restore(pace))))).collect();
        Self {
            polite: settings.polite,
            rules: settings.pace,
            patience: settings.limits.patience,
            most: settings.limits.hosts,
            clock,
            book,
            smoother: RateLimiter::direct(Quota::per_second(settings.limits.starts_per_second)),
            paces: Mutex::new(paces),
        }
    }

    /// Waits for the turn of `host` (as in [`HostPace::host`]) and `address`, and writes both paces down before it comes.
    ///
    /// The promise in the book allows for a late start; the next request is counted from the real one.
    pub(super) async fn enter(&self, host: &str, address: IpAddr, crawl_delay: Option<Duration>) -> Result<Turn<'_>, Cause> {
        if !self.polite {
            return Ok(Turn { gate: self, host: None, address: None });
        }
        let by_address = address.to_string();
        let mut host_pace = self.pace(host).lock_owned().await;
        let mut address_pace = if by_address == host { None } else { Some(self.pace(&by_address).lock_owned().await) };
        if let Some(delay) = crawl_delay {
            host_pace.obey(delay, &self.rules);
        }
        let mut slack = LATE_START.max(self.rules.delay / 8);
        loop {
            let now = self.clock.now();
            let both = || std::iter::once(&*host_pace).chain(address_pace.as_deref());
            let start = both().map(|pace| pace.kept().next_allowed).max().map_or(now, |allowed| allowed.max(now));
            check_turn(host_pace.kept(), start.since(now), self.patience)?;
            let promises = both().map(|pace| pace.promise(start, slack, &self.rules)).collect();
            self.write_down(promises).await?;
            tokio::time::sleep(start.since(self.clock.now())).await;
            self.smooth().await;
            if self.clock.now() <= start.plus(slack) {
                break;
            }
            slack *= 2;
        }
        let sent = self.clock.now();
        host_pace.sent(sent, &self.rules);
        address_pace.iter_mut().for_each(|pace| pace.sent(sent, &self.rules));
        Ok(Turn { gate: self, host: Some(host_pace), address: address_pace })
    }

    async fn write_down(&self, paces: Vec<HostPace>) -> Result<(), Cause> {
        self.book.reserve(paces).await.map_err(|error| {
            let source = std::error::Error::source(&error).map_or(String::new(), |source| format!(": {source}"));
            Cause::new(Miss::Stopped, format!("no request left because {error}{source}"))
        })
    }

    /// Spreads the starts of many portals; within a host the pace is slower anyway.
    async fn smooth(&self) {
        while let Err(not_until) = self.smoother.check() {
            tokio::time::sleep(not_until.wait_time_from(DefaultClock::default().now())).await;
        }
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.paces.lock().unwrap().len()
    }

    fn pace(&self, host: &str) -> Arc<Turnstile<Pace>> {
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pace) = paces.get(host) {
            return Arc::clone(pace);
        }
        if paces.len() >= self.most {
            let now = self.clock.now();
            paces.retain(|_, pace| pace.try_lock().map_or(true, |pace| !pace.is_forgettable(now)) || Arc::strong_count(pace) > 1);
        }
        let fresh = Arc::new(Turnstile::new(Pace::new(host.to_owned(), self.clock.now())));
        paces.insert(host.to_owned(), Arc::clone(&fresh));
        fresh
    }
}

fn check_turn(host: &HostPace, wait: Duration, patience: Duration) -> Result<(), Cause> {
    if host.stopped {
        return Err(Cause::new(
            Miss::Stopped,
            format!("`{}` refused {} times in a row and is left alone", host.host, host.blocks),
        ));
    }
    if wait <= patience {
        return Ok(());
    }
    let miss = if host.backoff_milli > 1000 { Miss::Blocked } else { Miss::Budget };
    Err(Cause::new(miss, format!("`{}` may be asked again at {}, too late for this visit", host.host, host.next_allowed)))
}

impl Turn<'_> {
    /// Notes how the request ended. A refusal is written down at once, so that no restart forgets it.
    pub(super) async fn leave(mut self, how: Ended) {
        let rules = &self.gate.rules;
        if let Some(pace) = &mut self.address {
            pace.ended(Ended { mood: Mood::Neutral, retry_after: None, ..how }, rules);
        }
        let Some(pace) = &mut self.host else { return };
        pace.ended(how, rules);
        if !matches!(how.mood, Mood::Fine | Mood::Neutral)
            && let Err(cause) = self.gate.write_down(vec![pace.kept().clone()]).await
        {
            tracing::warn!(host = pace.kept().host, "a refusal could not be written down: {}", cause.detail);
        }
    }
}
