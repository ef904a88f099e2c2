//! One request and its response over reqwest, within limits, the payload byte for byte.
//!
//! Asks whatever it is told to ask at the address it is given: whether and when is decided before.

use std::time::Duration;

use model::{Exchange, Headers, Miss, Purpose, Tls, Truncation};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HOST, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT};
use reqwest::{Method, Request, Response};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::address::Target;
use super::failure::classify;
use super::lane::Lane;
use super::{Cause, Clock, Conditional, Error, Limits, Settings, verdict};

/// How we ask, whatever we ask for.
pub(super) struct Wire {
    limits: Limits,
    clock: Clock,
    headers: HeaderMap,
}

/// What to ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) url: &'a Url,
    pub(super) purpose: Purpose,
    pub(super) conditional: Option<&'a Conditional>,
}

/// Most bytes kept of an answer that is no page.
const NO_PAGE: usize = 1 << 20;

impl Wire {
    pub(super) fn new(settings: &Settings, clock: Clock) -> Result<Self, Error> {
        let contact = settings.contact.as_ref().map_or(String::new(), |contact| format!(" (+{contact})"));
        let agent = format!("{}{contact}", settings.agent);
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_str(&agent).map_err(|_| Error::Agent(agent))?);
        headers.insert(ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate, br"));
        Ok(Self { limits: settings.limits, clock, headers })
    }

    /// Sends a request to `target` and reads the answer. An answer of any status is an exchange.
    pub(super) async fn send(&self, lane: &Lane, ask: Ask<'_>, target: &Target) -> Result<Exchange, Cause> {
        let request = self.request(ask, lane.dial(ask.url, target.socket));
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
            tls: tls.map(|leaf| Tls { chain: lane.chain(leaf) }),
            address: response.remote_addr().map(|socket| socket.ip()),
            resolved: target.resolved.clone(),
            headers,
            body: Vec::new(),
            truncated: None,
        };
        exchange.truncated = self.read_body(&mut response, &mut exchange, started).await;
        exchange.done = self.clock.now();
        Ok(exchange)
    }

    fn request(&self, ask: Ask<'_>, dialled: Url) -> Request {
        let mut request = Request::new(Method::GET, dialled);
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        let conditions = ask.conditional.map(|c| [(IF_NONE_MATCH, &c.etag), (IF_MODIFIED_SINCE, &c.last_modified)]);
        for (name, value) in conditions.into_iter().flatten() {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        }
        keep_host(&mut request, ask.url);
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
            _ if exchange.status >= 300 => self.limits.body.min(NO_PAGE),
            _ if is_pdf => self.limits.pdf,
            _ => self.limits.body,
        }
    }
}

/// Names the host that is asked for where the URL dialled names another.
pub(super) fn keep_host(request: &mut Request, url: &Url) {
    if request.url().authority() != url.authority()
        && let Ok(host) = HeaderValue::from_str(&authority(url))
    {
        request.headers_mut().insert(HOST, host);
    }
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
