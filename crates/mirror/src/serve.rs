//! Listeners, connections and virtual hosts: bytes in, `answer` or the site's dynamic part, bytes out.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::answer::answer;
use crate::certificate::throw_away;
use crate::message::{Request, Response};

/// Connections served at once; more wait in the listener's queue.
const MAX_CONNECTIONS: usize = 512;
/// Bytes of a request's head.
const MAX_HEAD: usize = 64 << 10;
/// Bytes of a request's body.
const MAX_BODY: usize = 64 << 10;
/// How long a connection may be idle, and how long a TLS handshake or a request's head may take.
const IDLE: Duration = Duration::from_secs(30);

/// The part of a site that is made per request: search, forms, logs. `None` leaves the answer to the directory.
/// Called on the async threads, so it must not block.
pub type Dynamic = Arc<dyn Fn(&Request) -> Option<Response> + Send + Sync>;

/// One site with its names.
#[derive(Clone)]
pub struct Site {
    /// Names it answers to: lower case, without port.
    pub hosts: Vec<String>,
    /// Where its files are; without one, what `dynamic` leaves is not found.
    pub dir: Option<PathBuf>,
    /// What is answered before the directory is looked at.
    pub dynamic: Option<Dynamic>,
    /// How long each answer is held back.
    pub latency: Duration,
}

impl Site {
    /// A saved site as it is.
    pub fn saved(dir: impl Into<PathBuf>, hosts: &[&str]) -> Self {
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        Self { hosts, dir: Some(dir.into()), dynamic: None, latency: Duration::ZERO }
    }
}

/// Where to listen; port 0 takes a free one.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    /// For HTTP.
    pub http: SocketAddr,
    /// For HTTPS.
    pub https: SocketAddr,
}

impl Ports {
    /// Free ports of 127.0.0.1.
    pub fn free() -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { http: any, https: any }
    }
}

/// Sites being served; dropping it ends them at once.
#[derive(Debug)]
pub struct Mirror {
    /// Where HTTP is served.
    pub http: SocketAddr,
    /// Where HTTPS is served.
    pub https: SocketAddr,
    /// Certificate of the throw-away authority.
    pub ca_pem: String,
    tasks: JoinSet<()>,
}

impl Mirror {
    /// Ends all connections and frees the ports before it returns.
    pub async fn shutdown(mut self) {
        self.tasks.shutdown().await;
    }
}

/// Why sites cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A site's directory is not there.
    #[error("cannot serve the directory `{dir}`")]
    Directory {
        /// The directory.
        dir: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Two sites share a name.
    #[error("two sites answer to the name `{0}`")]
    Twice(String),
    /// An address cannot be listened on.
    #[error("cannot listen on `{at}`")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// No certificate could be made for the names.
    #[error("cannot make a certificate for `{hosts}`")]
    Certificate {
        /// The names.
        hosts: String,
        /// What the certificate library said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Serves sites until the returned [`Mirror`] is dropped or shut down. Needs a tokio runtime.
///
/// # Errors
/// If a directory is missing, a name is given twice or fits no certificate, or an address is taken.
pub async fn serve(sites: Vec<Site>, ports: Ports) -> Result<Mirror, Error> {
    serve_at(sites, ports, &[]).await
}

/// As [`serve()`], and the same sites at `further` places too, with the same certificate.
///
/// # Errors
/// As for [`serve()`].
pub async fn serve_at(sites: Vec<Site>, ports: Ports, further: &[Ports]) -> Result<Mirror, Error> {
    let mut by_host = HashMap::new();
    for mut site in sites {
        if let Some(dir) = &site.dir {
            let real = dir.canonicalize().and_then(|real| std::fs::read_dir(&real).map(|_| real));
            site.dir = Some(real.map_err(|source| Error::Directory { dir: dir.clone(), source })?);
        }
        let site = Arc::new(site);
        for host in &site.hosts {
            if by_host.insert(host.clone(), Arc::clone(&site)).is_some() {
                return Err(Error::Twice(host.clone()));
            }
        }
    }
    let mut hosts: Vec<String> = by_host.keys().cloned().collect();
    hosts.sort();
    let (tls, ca_pem) = throw_away(&hosts).map_err(|source| Error::Certificate { hosts: hosts.join(", "), source })?;
    let tls = TlsAcceptor::from(tls);
    let hub = Hub { sites: Arc::new(by_host), connections: Arc::new(Semaphore::new(MAX_CONNECTIONS)) };
    let mut tasks = JoinSet::new();
    let mut open = async |ports: Ports| {
        let (http, plain) = listen(ports.http).await?;
        let (https, secure) = listen(ports.https).await?;
        tasks.spawn(accept(plain, None, hub.clone()));
        tasks.spawn(accept(secure, Some(tls.clone()), hub.clone()));
        Ok(Ports { http, https })
    };
    let Ports { http, https } = open(ports).await?;
    for &ports in further {
        open(ports).await?;
    }
    Ok(Mirror { http, https, ca_pem, tasks })
}

/// What all connections share.
#[derive(Clone)]
struct Hub {
    sites: Arc<HashMap<String, Arc<Site>>>,
    connections: Arc<Semaphore>,
}

async fn listen(at: SocketAddr) -> Result<(SocketAddr, TcpListener), Error> {
    let bound = async {
        let listener = TcpListener::bind(at).await?;
        Ok((listener.local_addr()?, listener))
    };
    bound.await.map_err(|source| Error::Listen { at, source })
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, hub: Hub) {
    let mut open = JoinSet::new();
    loop {
        let accepted = listener.accept().await;
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                // Only now: an idle listener must not hold a place that a connection of another needs.
                let permit = Arc::clone(&hub.connections).acquire_owned().await.expect("the semaphore is never closed");
                let (tls, hub) = (tls.clone(), hub.clone());
                open.spawn(async move {
                    connection(stream, peer, tls, hub).await;
                    drop(permit);
                });
            }
            // Out of file descriptors, most likely: let some connections end first.
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, tls: Option<TlsAcceptor>, hub: Hub) {
    // Small answers must not wait for the client's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    match tls {
        None => speak(stream, peer, false, hub).await,
        Some(acceptor) => match tokio::time::timeout(IDLE, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => speak(stream, peer, true, hub).await,
            Ok(Err(error)) => tracing::debug!(%peer, %error, "TLS handshake failed"),
            Err(_) => tracing::debug!(%peer, "TLS handshake took too long"),
        },
    }
}

async fn speak(stream: impl AsyncRead + AsyncWrite + Unpin, peer: SocketAddr, secure: bool, hub: Hub) {
    let service = hyper::service::service_fn(move |request| {
        let hub = hub.clone();
        async move { Ok::<_, Infallible>(outgoing(respond(request, peer, secure, &hub).await)) }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(IDLE).max_buf_size(MAX_HEAD);
    if let Err(error) = http.serve_connection(TokioIo::new(stream), service).await {
        tracing::debug!(%peer, %error, "connection ended early");
    }
}

async fn respond(request: hyper::Request<Incoming>, peer: SocketAddr, secure: bool, hub: &Hub) -> Response {
    let Some(request) = incoming(request, peer, secure).await else {
        return Response::html(413, "<!doctype html><title>Too large</title>");
    };
    let Some(site) = hub.sites.get(&request.host).cloned() else {
        return Response::html(421, "<!doctype html><title>Misdirected request</title><p>No such site is served here.</p>");
    };
    if !site.latency.is_zero() {
        tokio::time::sleep(site.latency).await;
    }
    if let Some(response) = site.dynamic.as_ref().and_then(|dynamic| dynamic(&request)) {
        return response;
    }
    let Some(dir) = site.dir.clone() else {
        return Response::html(404, "<!doctype html><title>404 Not Found</title><h1>Not Found</h1>");
    };
    let answered = tokio::task::spawn_blocking(move || answer(&dir, &request)).await;
    answered.unwrap_or_else(|_| Response::html(500, "<!doctype html><title>Error</title>"))
}

/// The request as plain data; `None` if its body is too large or breaks off.
async fn incoming(request: hyper::Request<Incoming>, peer: SocketAddr, secure: bool) -> Option<Request> {
    let (head, body) = request.into_parts();
    let method = head.method.as_str().to_owned();
    let body = if matches!(method.as_str(), "GET" | "HEAD") {
        Bytes::new()
    } else {
        Limited::new(body, MAX_BODY).collect().await.ok()?.to_bytes()
    };
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let authority = head.uri.authority().map(ToString::to_string).or_else(|| header("host").map(str::to_owned));
    let lossy = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    Some(Request {
        host: host_of(&authority.unwrap_or_default()),
        method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), lossy(value.as_bytes()))).collect(),
        body,
        peer,
        secure,
    })
}

/// The host of an authority: lower case, without port and trailing dot.
fn host_of(authority: &str) -> String {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let host = authority.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(authority, |(host, _)| host);
    host.trim_end_matches('.').to_ascii_lowercase()
}

fn outgoing(response: Response) -> hyper::Response<Full<Bytes>> {
    let mut answer = hyper::Response::new(Full::new(response.body));
    *answer.status_mut() = hyper::StatusCode::from_u16(response.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        let name = hyper::header::HeaderName::from_bytes(name.as_bytes());
        let value = hyper::header::HeaderValue::from_bytes(value.as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}
