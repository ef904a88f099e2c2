//! How often something may be tried: by account and by address, forgotten after a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use model::Time;

/// Tries within the window before one has to wait.
const TRIES: u32 = 10;

/// The window, in seconds.
const WINDOW: u64 = 300;

/// Keys remembered at most; beyond that the oldest are forgotten.
const KEYS: usize = 50_000;

/// Counts tries.
#[derive(Default)]
pub(crate) struct Limiter(Mutex<HashMap<String, (Time, u32)>>);

impl Limiter {
    /// Counts a try; the error is how many seconds to wait.
    pub(crate) fn count(&self, key: &str, most: Option<u32>, now: Time) -> Result<(), u64> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= KEYS {
            tries.retain(|_, (since, _)| now.since(*since).as_secs() < WINDOW);
        }
        let of = tries.entry(key.to_owned()).or_insert((now, 0));
        if now.since(of.0).as_secs() >= WINDOW {
            *of = (now, 0);
        }
        of.1 += 1;
        if of.1 > most.unwrap_or(TRIES) { Err(WINDOW - now.since(of.0).as_secs()) } else { Ok(()) }
    }

    /// Forgets the tries of a key: it went well.
    pub(crate) fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}
