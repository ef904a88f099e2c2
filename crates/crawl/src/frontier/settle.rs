//! What came of a visit, and what follows for its host, its shape and its doubles.

use std::sync::Arc;

use model::{Errand, Miss, Visit};
use url::Url;

use super::entry::{Id, State};
use super::{Frontier, is_page};
use crate::key::{host_name, key};
use crate::{Scope, Standing};

/// What came of a visit.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled {
    /// A page.
    Captured {
        /// The URL that answered, after redirects.
        landed: Url,
        /// Bytes on the wire.
        bytes: u64,
        /// Simhash of the visible words.
        fingerprint: u64,
        /// Whether it brought a signal that the run did not have yet: what keeps a shape of URLs going.
        signals: bool,
    },
    /// Nothing.
    Missed {
        /// Why.
        miss: Miss,
        /// The URL at fault: the visit's own, or where a redirect led.
        at: Url,
        /// Bytes on the wire.
        bytes: u64,
    },
}

impl Frontier {
    /// Learns what came of a visit. False if the page is one that another visit brought already, under another URL.
    pub fn settle(&mut self, visit: &Visit, outcome: &Settled) -> bool {
        let Some(id) = self.book.find(&visit.key) else { return false };
        self.tally.pending -= u32::from(is_page(visit.errand));
        let fresh = match outcome {
            Settled::Captured { landed, bytes, fingerprint, signals } => {
                self.tally.bytes += bytes;
                self.captured(id, visit, landed, *fingerprint, *signals)
            }
            Settled::Missed { miss, at, bytes } => {
                self.tally.bytes += bytes;
                let host = self.hosts.number(&host_and_port(at));
                self.hosts.missed(host, *miss);
                self.note_failed(id, *miss);
                false
            }
        };
        let again = self.book.get(id).state == State::Again;
        if visit.errand == Errand::Home && (!again || matches!(outcome, Settled::Captured { .. })) {
            self.seeds(outcome);
        }
        fresh
    }

    fn captured(&mut self, id: Id, visit: &Visit, landed: &Url, fingerprint: u64, signals: bool) -> bool {
        let host = self.hosts.number(&host_and_port(landed));
        self.hosts.answered(host);
        self.tally.pages += u32::from(is_page(visit.errand));
        if is_page(visit.errand) {
            self.tally.dull = if signals { 0 } else { self.tally.dull + 1 };
        }
        if visit.errand == Errand::Page {
            let shape = self.book.get(id).shape;
            let dropped = self.shapes.settle(shape, fingerprint, signals, self.settings.per_shape);
            self.drop_members(shape, dropped);
        }
        *landed == visit.url || self.moved(id, visit, landed)
    }

    /// Learns from a redirect; false if where it led was visited before.
    fn moved(&mut self, id: Id, visit: &Visit, landed: &Url) -> bool {
        let (from, to) = (host_name(&visit.url), host_name(landed));
        let scope = Arc::make_mut(&mut self.scope);
        if visit.errand == Errand::Home {
            scope.home_landed(&visit.url, landed);
        }
        let upgraded = visit.url.scheme() == "http" && landed.scheme() == "https" && from == to;
        if upgraded && scope.aliases().canonical(from).is_none() {
            scope.verify_alias(from, from);
        }
        self.book.get_mut(id).standing = standing_at(scope, landed, visit, &self.book.get(id).standing);
        let Some(other) = self.book.also(key(landed, self.scope.aliases()), id) else { return true };
        let double = self.book.get_mut(other);
        let waited = double.state == State::Waiting;
        if waited {
            double.state = State::Dropped;
            self.queue.remove(other);
        }
        waited
    }

    /// What follows the home page: the probe and the sitemaps at their usual places, on the host that answered.
    fn seeds(&mut self, outcome: &Settled) {
        let origin = match outcome {
            Settled::Captured { landed, .. } if self.scope.is_own(landed) => landed.clone(),
            _ => self.home.clone(),
        };
        let unlikely: String = (0..16).map(|_| self.rng.lowercase()).collect();
        let places = [
            (format!("/{unlikely}"), Errand::Probe, "a path that cannot exist"),
            ("/sitemap.xml".to_owned(), Errand::Sitemap, "usual place of a sitemap"),
            ("/sitemap_index.xml".to_owned(), Errand::Sitemap, "usual place of a sitemap"),
        ];
        for (path, errand, rule) in places {
            if let Ok(url) = origin.join(&path) {
                self.seed(&url, errand, rule);
            }
        }
    }
}

/// What the page that answered is to the portal.
fn standing_at(scope: &Scope, landed: &Url, visit: &Visit, before: &Standing) -> Standing {
    match before {
        _ if scope.is_own(landed) => Standing::Own,
        Standing::Service { host, .. } if host == host_name(landed) => before.clone(),
        _ if visit.errand == Errand::Home => Standing::Own,
        _ => service_at(landed),
    }
}

/// The standing of the first page of an outside service: further pages share its host and directory.
pub(super) fn service_at(url: &Url) -> Standing {
    let directory = url.path().rfind('/').map_or("/", |at| &url.path()[..=at]);
    Standing::Service { host: host_name(url).to_owned(), prefix: directory.to_owned(), hops: 0 }
}

/// What pace and blocks are counted by.
pub(super) fn host_and_port(url: &Url) -> String {
    match url.port() {
        Some(port) => format!("{}:{port}", host_name(url)),
        None => host_name(url).to_owned(),
    }
}
