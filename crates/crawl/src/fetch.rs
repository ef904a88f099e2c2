//! Asks for a URL and brings back what came: address guard, robots.txt, pace, redirects and limits inside.
//!
//! One [`Fetcher`] serves all portals of a process. What a page says and where to go next is for others; whether a
//! redirect may leave the portal is asked of the caller.

mod address;
mod chain;
mod failure;
mod gate;
mod lane;
mod permission;
pub mod post;
mod robots_file;
mod verdict;
mod walk;
mod wire;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use model::{Capture, HostPace, Miss, Missed, RobotsAnswer, Time};
use url::Url;

use crate::pace::{PaceBook, PaceRules};
use crate::route::ConnectTo;

/// Who we are and how we behave.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Product and version, as in `Portolan/1.0`. The part before the slash is what robots.txt calls us.
    pub agent: String,
    /// A page about this crawler, sent along in the user agent. Without it only routed hosts are asked.
    pub contact: Option<Url>,
    /// Off for benchmarks: no pace, several requests at once. Only routed loopback hosts are asked then.
    pub polite: bool,
    /// The rules of pace.
    pub pace: PaceRules,
    /// Limits of one request.
    pub limits: Limits,
}

/// Limits of requests and of what the fetcher keeps in memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of response headers.
    pub headers: usize,
    /// Most bytes of a body, content-coded.
    pub body: usize,
    /// The same for PDF.
    pub pdf: usize,
    /// Bytes of robots.txt that count (RFC 9309 §2.5 asks for 500 KiB at least).
    pub robots: usize,
    /// Time to resolve a name, and again to connect and shake hands.
    pub connect: Duration,
    /// Longest silence.
    pub idle: Duration,
    /// Longest time of one exchange.
    pub total: Duration,
    /// After this time a body has to come at `slow_rate`.
    pub slow_after: Duration,
    /// Least bytes per second.
    pub slow_rate: u32,
    /// Most redirects of a visit.
    pub redirects: usize,
    /// Longest wait for a host's turn; a visit that would wait longer is a miss.
    pub patience: Duration,
    /// Age at which robots.txt is read again.
    pub robots_age: Duration,
    /// Time after which an unreachable robots.txt is tried again; then 3, 12 and 72 times as long.
    pub robots_retry: Duration,
    /// Hosts remembered at once; idle ones beyond it are forgotten, stopped ones never.
    pub hosts: usize,
    /// Most requests per second in all, so that many portals do not start in one burst.
    pub starts_per_second: std::num::NonZeroU32,
}

impl Limits {
    /// What is kind to small servers and enough for large pages.
    pub const DEFAULT: Self = Self {
        headers: 64 << 10,
        body: 32 << 20,
        pdf: 64 << 20,
        robots: 512 << 10,
        connect: Duration::from_secs(10),
        idle: Duration::from_secs(20),
        total: Duration::from_secs(60),
        slow_after: Duration::from_secs(10),
        slow_rate: 1024,
        redirects: 10,
        patience: Duration::from_secs(600),
        robots_age: Duration::from_secs(24 * 3600),
        robots_retry: Duration::from_secs(300),
        hosts: 10_000,
        starts_per_second: std::num::NonZeroU32::new(500).expect("500 is not zero"),
    };
}

/// What an earlier capture of a URL said about itself (RFC 9110 §13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditional {
    /// Its `ETag`, sent as `If-None-Match`.
    pub etag: Option<String>,
    /// Its `Last-Modified`, sent as `If-Modified-Since`.
    pub last_modified: Option<String>,
}

/// Why there can be no fetcher.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The public web is not asked anonymously.
    #[error("no contact URL is set, and no route names a host to ask without one")]
    NoContact,
    /// Politeness may only be off where nobody else is served.
    #[error("politeness is off, but {0}")]
    Impolite(&'static str),
    /// The agent or the contact does not fit into a header.
    #[error("`{0}` cannot be sent as a user agent")]
    Agent(String),
    /// A trusted certificate is broken.
    #[error("a trusted certificate cannot be used")]
    Trust(#[source] rustls::pki_types::pem::Error),
    /// A trusted file is something else.
    #[error("a file to trust holds no PEM certificate")]
    NoCertificate,
    /// TLS does not start.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The HTTP client does not start.
    #[error("the HTTP client cannot be built")]
    Client(#[source] reqwest::Error),
}

/// Fetches politely. Shared by all tasks of a process.
pub struct Fetcher {
    settings: Settings,
    clock: Clock,
    addresses: address::Addresses,
    gate: gate::Gate,
    permissions: permission::Permissions,
    lanes: lane::Lanes,
    wire: wire::Wire,
}

/// Why a request brought nothing, before it becomes a [`Missed`].
#[derive(Debug, Clone)]
struct Cause {
    miss: Miss,
    detail: String,
}

impl Cause {
    fn new(miss: Miss, detail: impl Into<String>) -> Self {
        Self { miss, detail: detail.into() }
    }
}

impl Fetcher {
    /// Prepares the client. `trust` holds certificate authorities as PEM; `paces` and `robots` come from an earlier
    /// process of the same survey.
    pub fn new(
        settings: Settings,
        routes: Vec<ConnectTo>,
        trust: &[Vec<u8>],
        book: Arc<dyn PaceBook>,
        paces: Vec<HostPace>,
        robots: Vec<RobotsAnswer>,
    ) -> Result<Self, Error> {
        if routes.is_empty() && settings.contact.is_none() {
            return Err(Error::NoContact);
        }
        if !settings.polite && routes.is_empty() {
            return Err(Error::Impolite("no route names a host"));
        }
        if !settings.polite && !routes.iter().all(|route| route.target().ip().is_loopback()) {
            return Err(Error::Impolite("a route leads to another machine"));
        }
        let clock = Clock::start();
        Ok(Self {
            clock,
            addresses: address::Addresses::new(&settings, routes),
            gate: gate::Gate::new(&settings, clock, book, paces),
            permissions: permission::Permissions::new(&settings, robots),
            lanes: lane::Lanes::new(settings.limits, settings.polite, trust)?,
            wire: wire::Wire::new(&settings, clock)?,
            settings,
        })
    }

    /// Visits a URL: obeys robots.txt and the pace, follows redirects as far as `scope` admits their targets.
    ///
    /// An answer that is no page (an error, a block, a challenge) is a miss with its exchanges kept. A 304 to a
    /// conditional request is a capture. A body cut by a limit is a capture marked as truncated where the part is worth
    /// reading: text cut by the size limit, or HTML whose end tag came before the line went silent; else it is a miss.
    pub async fn get(
        &self,
        url: &Url,
        conditional: Option<&Conditional>,
        scope: &(dyn Fn(&Url) -> bool + Send + Sync),
    ) -> Result<Capture, Missed> {
        walk::walk(self, url, conditional, scope).await
    }

    /// Sitemaps named by the robots.txt already read for the authority of `url`.
    pub fn sitemaps(&self, url: &Url) -> Vec<Url> {
        self.permissions.sitemaps(url)
    }
}

/// Wall-clock instants that never go back within a process: read once, then counted on.
#[derive(Debug, Clone, Copy)]
struct Clock {
    wall: Time,
    since: Instant,
}

impl Clock {
    fn start() -> Self {
        let wall = Time::from_system(SystemTime::now()).expect("the system clock stands between 1970 and 9999");
        Self { wall, since: Instant::now() }
    }

    fn now(self) -> Time {
        self.wall.plus(self.since.elapsed())
    }
}

#[cfg(test)]
mod tests;
