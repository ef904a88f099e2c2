//! What a served city was asked, and when: the proof of pace and of nothing being fetched twice.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mirror::Request;

/// One request as the server saw it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// When its head had been read.
    pub at: Instant,
    /// Method in upper case.
    pub method: String,
    /// Host asked for.
    pub host: String,
    /// Path and query as sent.
    pub target: String,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Address of the client: one per connection.
    pub peer: SocketAddr,
    /// Whether it came over TLS.
    pub secure: bool,
}

/// Requests in the order in which they came; clones share one list.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<Asked>>>);

impl Log {
    pub(crate) fn note(&self, request: &Request) {
        let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Asked {
            at: Instant::now(),
            method: request.method.clone(),
            host: request.host.clone(),
            target: format!("{}{query}", request.path),
            headers: request.headers.clone(),
            peer: request.peer,
            secure: request.secure,
        });
    }

    /// All requests so far.
    pub fn all(&self) -> Vec<Asked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many requests so far.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Paths and queries asked of a host, in order.
    pub fn targets(&self, host: &str) -> Vec<String> {
        self.all().into_iter().filter(|asked| asked.host == host).map(|asked| asked.target).collect()
    }

    /// The shortest time between two requests to one host; `None` with fewer than two.
    pub fn smallest_gap(&self, host: &str) -> Option<Duration> {
        let times: Vec<Instant> = self.all().into_iter().filter(|asked| asked.host == host).map(|asked| asked.at).collect();
        times.windows(2).map(|pair| pair[1].duration_since(pair[0])).min()
    }

    /// What was asked more than once, as `host/target` with how often.
    pub fn repeated(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for asked in self.all() {
            *counts.entry(format!("{}{}", asked.host, asked.target)).or_insert(0) += 1;
        }
        counts.retain(|_, count| *count > 1);
        counts
    }

    /// How many connections a host's requests came over.
    pub fn connections(&self, host: &str) -> usize {
        self.all().into_iter().filter(|asked| asked.host == host).map(|asked| asked.peer).collect::<BTreeSet<_>>().len()
    }
}
