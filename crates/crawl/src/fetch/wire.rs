//! One request and its response over reqwest, within limits, the payload byte for byte.
//!
//! Asks whatever it is told to ask at the address it is given: whether and when is decided before.

use std::collections::HashMap;
use std::error::Error as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use model::{Exchange, Headers, Miss, Purpose, Tls, Truncation};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HOST, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT};
use reqwest::{Certificate, Client, Method, Request, Response};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use super::{Cause, Clock, Conditional, Error, Limits, Settings, verdict};

/// The HTTP client.
pub(super) struct Wire {
    limits: Limits,
    clock: Clock,
    polite: bool,
    trust: Vec<Certificate>,
    headers: HeaderMap,
    lanes: Mutex<HashMap<u16, Lane>>,
}

/// What to ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) url: &'a Url,
    pub(super) purpose: Purpose,
    pub(super) conditional: Option<&'a Conditional>,
}

/// A client for one port of the other side.
///
/// reqwest asks its resolver by name alone, so that a client could not tell where http and https of one host go when
/// routes send them to different ports.
#[derive(Clone)]
pub(super) struct Lane {
    client: Client,
    dial: Arc<Dial>,
}

/// The resolver of a lane: names with the address that was checked for them.
struct Dial {
    port: u16,
    checked: Mutex<HashMap<String, IpAddr>>,
}

impl Resolve for Dial {
    fn resolve(&self, name: Name) -> Resolving {
        let ip = self.checked.lock().unwrap_or_else(PoisonError::into_inner).get(name.as_str()).copied();
        let found = ip.map(|ip| Box::new(std::iter::once(SocketAddr::new(ip, self.port))) as Addrs);
        Box::pin(std::future::ready(found.ok_or_else(|| "no address was checked for this name".into())))
    }
}

impl Dial {
    fn pin(&self, name: &str, ip: IpAddr) {
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if checked.get(name) != Some(&ip) {
            checked.insert(name.to_owned(), ip);
        }
    }
}

impl Wire {
    pub(super) fn new(settings: &Settings, clock: Clock, trust: &[Vec<u8>]) -> Result<Self, Error> {
        // A second fetcher finds the provider installed; that is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let contact = settings.contact.as_ref().map_or(String::new(), |contact| format!(" (+{contact})"));
        let agent = format!("{}{contact}", settings.agent);
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_str(&agent).map_err(|_| Error::Agent(agent))?);
        headers.insert(ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate, br"));
        let mut certificates = Vec::new();
        for pem in trust {
            let found = Certificate::from_pem_bundle(pem).map_err(Error::Trust)?;
            if found.is_empty() {
                return Err(Error::NoCertificate);
            }
            certificates.extend(found);
        }
        let (limits, polite) = (settings.limits, settings.polite);
        let wire = Self { limits, clock, polite, trust: certificates, headers, lanes: Mutex::default() };
        wire.open(443).map_err(Error::Client)?;
        Ok(wire)
    }

    /// Sends a request to `target` and reads the answer. An answer of any status is an exchange.
    pub(super) async fn send(&self, lane: &Lane, ask: Ask<'_>, target: SocketAddr) -> Result<Exchange, Cause> {
        let request = self.request(ask, target, &lane.dial);
        let sent_headers = recorded(ask.url, request.headers());
        let (sent, started) = (self.clock.now(), Instant::now());
        let first_byte = started + self.limits.total.min(self.limits.connect + self.limits.idle);
        let mut response = match timeout_at(first_byte, lane.client.execute(request)).await {
            Ok(answer) => answer.map_err(|error| classify(&error, ask.url))?,
            Err(_) => return Err(Cause::new(Miss::Timeout, format!("no answer within {:?}", first_byte - started))),
        };
        let headers = received(response.headers());
        let size: usize = headers.0.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        if size > self.limits.headers {
            return Err(Cause::new(Miss::TooLarge, format!("{size} bytes of headers")));
        }
        let tls = response.extensions().get::<reqwest::tls::TlsInfo>().and_then(|info| info.peer_certificate());
        let mut exchange = Exchange {
            purpose: ask.purpose,
            url: ask.url.clone(),
            request: sent_headers,
            sent,
            done: sent,
            version: if response.version() == reqwest::Version::HTTP_2 { "HTTP/2" } else { "HTTP/1.1" }.to_owned(),
            status: response.status().as_u16(),
            tls: tls.map(|leaf| Tls { chain: vec![leaf.to_vec()] }),
            address: response.remote_addr().map(|socket| socket.ip()),
            headers,
            body: Vec::new(),
            truncated: None,
        };
        exchange.truncated = self.read_body(&mut response, &mut exchange, started).await;
        exchange.done = self.clock.now();
        Ok(exchange)
    }

    fn request(&self, ask: Ask<'_>, target: SocketAddr, dial: &Dial) -> Request {
        let mut request = Request::new(Method::GET, dialled(ask.url, target, dial));
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        let conditions = ask.conditional.map(|c| [(IF_NONE_MATCH, &c.etag), (IF_MODIFIED_SINCE, &c.last_modified)]);
        for (name, value) in conditions.into_iter().flatten() {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        }
        if request.url().authority() != ask.url.authority()
            && let Ok(host) = HeaderValue::from_str(&authority(ask.url))
        {
            request.headers_mut().insert(HOST, host);
        }
        request
    }

    /// Reads the body into the exchange; says what cut it, if anything did.
    async fn read_body(&self, response: &mut Response, exchange: &mut Exchange, started: Instant) -> Option<Truncation> {
        let limit = self.body_limit(exchange);
        let announced = response.content_length().unwrap_or(0);
        if announced > limit as u64 && !verdict::is_readable_in_part(exchange) {
            return Some(Truncation::Length);
        }
        let body = &mut exchange.body;
        body.reserve_exact(usize::try_from(announced).unwrap_or(0).min(limit).min(1 << 20));
        let (head_done, end) = (Instant::now(), started + self.limits.total);
        loop {
            let chunk = match timeout_at(end.min(Instant::now() + self.limits.idle), response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => return None,
                Ok(Err(_)) => return Some(Truncation::Disconnect),
                Err(_) => return Some(Truncation::Time),
            };
            let room = limit - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                return Some(Truncation::Length);
            }
            if self.is_too_slow(body.len(), head_done.elapsed()) || Instant::now() >= end {
                return Some(Truncation::Time);
            }
        }
    }

    fn is_too_slow(&self, bytes: usize, elapsed: Duration) -> bool {
        elapsed > self.limits.slow_after && (bytes as f64) < f64::from(self.limits.slow_rate) * elapsed.as_secs_f64()
    }

    fn body_limit(&self, exchange: &Exchange) -> usize {
        let is_pdf = exchange.headers.get("content-type").is_some_and(|kind| kind.contains("application/pdf"));
        match exchange.purpose {
            Purpose::Robots => self.limits.robots,
            _ if is_pdf => self.limits.pdf,
            _ => self.limits.body,
        }
    }

    /// The client for a port, built when first needed, which takes a while: so before the turn comes.
    ///
    /// Routes and [`crate::guard::PORTS`] bound how many there are.
    pub(super) fn lane(&self, port: u16) -> Result<Lane, Cause> {
        self.open(port).map_err(|error| Cause::new(Miss::Tls, describe(&error)))
    }

    fn open(&self, port: u16) -> Result<Lane, reqwest::Error> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(&port) {
            return Ok(lane.clone());
        }
        let dial = Arc::new(Dial { port, checked: Mutex::default() });
        let builder = || {
            Client::builder()
                .dns_resolver(Arc::clone(&dial))
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .referer(false)
                .tls_info(true)
                .connect_timeout(self.limits.connect)
                .pool_max_idle_per_host(if self.polite { 1 } else { 64 })
                .http1_allow_obsolete_multiline_headers_in_responses(true)
                .http1_allow_spaces_after_header_name_in_responses(true)
                .http1_ignore_invalid_headers_in_responses(true)
                .http2_max_header_list_size(u32::try_from(self.limits.headers).unwrap_or(u32::MAX))
        };
        let client = builder().tls_certs_merge(self.trust.iter().cloned()).build().or_else(|error| {
            tracing::warn!("no certificate authorities of this machine can be used, so https will fail: {}", describe(&error));
            builder().tls_certs_only(self.trust.iter().cloned()).build()
        })?;
        let lane = Lane { client, dial };
        lanes.insert(port, lane.clone());
        Ok(lane)
    }
}

/// The URL to hand to reqwest so that it connects to `target`.
///
/// A port in the URL wins over the resolver's, and a literal host never meets the resolver: where a route says otherwise,
/// the URL changes and the `Host` header keeps the name.
fn dialled(url: &Url, target: SocketAddr, dial: &Dial) -> Url {
    let mut dialled = url.clone();
    dialled.set_fragment(None);
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        _ => None,
    };
    let unchanged = "an http URL takes any host and port";
    if let Some(ip) = literal {
        if ip != target.ip() {
            dialled.set_ip_host(target.ip()).expect(unchanged);
        }
        if url.port_or_known_default() != Some(target.port()) {
            dialled.set_port(Some(target.port())).expect(unchanged);
        }
    } else {
        dial.pin(url.host_str().unwrap_or_default(), target.ip());
        if url.port().is_some_and(|port| port != target.port()) {
            dialled.set_port(None).expect(unchanged);
        }
    }
    dialled
}

/// Host and port as the `Host` header has it (RFC 9110 §7.2).
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The headers as they go out; hyper puts `host` last unless it is there already.
fn recorded(url: &Url, headers: &HeaderMap) -> Headers {
    let mut recorded = received(headers);
    if !headers.contains_key(HOST) {
        recorded.0.push(("host".to_owned(), authority(url)));
    }
    recorded
}

/// Header fields in order, without the transfer coding that is undone. A value that is not UTF-8 is read as Latin-1.
fn received(headers: &HeaderMap) -> Headers {
    let text = |value: &HeaderValue| match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().map(|&byte| char::from(byte)).collect(),
    };
    let kept = headers.iter().filter(|(name, _)| name.as_str() != "transfer-encoding");
    Headers(kept.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect())
}

/// Which miss a failed request is. hyper's own kinds cannot be named from here, so its words have to do.
fn classify(error: &reqwest::Error, url: &Url) -> Cause {
    let told = describe(error);
    let io = io_kind(error);
    let miss = if error.is_timeout() {
        Miss::Timeout
    } else if error.is_connect() {
        let tcp_failed = told.contains("tcp connect error");
        if url.scheme() == "https" && !tcp_failed && io != Some(std::io::ErrorKind::ConnectionReset) {
            Miss::Tls
        } else {
            Miss::Connect
        }
    } else if told.contains("message head is too large") {
        Miss::TooLarge
    } else if io.is_some() || told.contains("closed before") {
        Miss::Connect
    } else {
        Miss::Malformed
    };
    Cause::new(miss, told)
}

fn io_kind(error: &reqwest::Error) -> Option<std::io::ErrorKind> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        source = cause.source();
    }
    None
}

/// The causes from the second on, which reqwest's own text leaves out; the URL is known anyway.
fn describe(error: &reqwest::Error) -> String {
    let mut told = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if told.last() != Some(&text) {
            told.push(text);
        }
        source = cause.source();
    }
    if told.is_empty() { error.to_string() } else { told.join(": ") }
}
