//! The web server: every route as a page and as JSON, limits, and the headers of each answer.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::serve::{IncomingStream, Listener};
use mirror::{Secure, TlsStream};
use tokio::net::TcpListener;

use crate::app::{App, peer};
use crate::dispatch::{Asked, answer};
use crate::reply::response;
use crate::route::{Method, Route, routes};
use crate::{asset, openapi};

/// Bytes of a form or of JSON that are taken.
const MOST: usize = 2 << 20;

/// Serves until `stop` comes.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let service = router(&app).into_make_service_with_connect_info::<Peer>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}

/// As [`serve`], over TLS.
pub async fn serve_secure(
    listener: Secure,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(&app).into_make_service_with_connect_info::<Peer>();
    axum::serve(Tls(listener), service).with_graceful_shutdown(stop).await
}

/// Where a connection comes from.
#[derive(Clone, Copy)]
struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, Tls>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Tls>) -> Self {
        Self(*stream.remote_addr())
    }
}

struct Tls(Secure);

impl Listener for Tls {
    type Io = TlsStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        self.0.accept().await
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(self.0.address())
    }
}

/// Every route as a page and as JSON.
fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for prefix in ["", API] {
        let mut by_path: BTreeMap<&str, MethodRouter> = BTreeMap::new();
        for route in routes() {
            let own = by_path.remove(route.path).unwrap_or_default();
            by_path.insert(route.path, own.merge(handler(app, route, prefix == API)));
        }
        for (path, methods) in by_path {
            router = router.route(&format!("{prefix}{path}"), methods);
        }
    }
    router = router.route(&format!("{API}/openapi.json"), on(MethodFilter::GET, async || openapi::answer()));
    router = router.route("/assets/{name}", on(MethodFilter::GET, asset::answer));
    router = router.route("/health", on(MethodFilter::GET, async || response(StatusCode::OK, "text/plain", "ok\n")));
    router.fallback(async |headers: HeaderMap| secured(crate::dispatch::nowhere(&headers)))
}

/// Where JSON begins.
pub(crate) const API: &str = "/api/v1";

fn handler(app: &Arc<App>, route: &'static Route, json: bool) -> MethodRouter {
    let app = Arc::clone(app);
    let filter = match route.method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
    };
    on(filter, async move |ConnectInfo(Peer(from)): ConnectInfo<Peer>, params: RawPathParams, request: Request| {
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, MOST).await else {
            return secured(response(
                StatusCode::PAYLOAD_TOO_LARGE,
                "text/plain; charset=utf-8",
                "413: more than 2 MiB were sent\n",
            ));
        };
        let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let path = parts.uri.path();
        let asked = Asked {
            route,
            json,
            path: path.strip_prefix(API).filter(|_| json).unwrap_or(path).to_owned(),
            params,
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body: body.to_vec(),
            address: peer(Some(&from)),
        };
        secured(Box::pin(answer(app, asked)).await)
    })
}

/// Adds what every answer says about itself, unless it says so already.
fn secured(mut answer: Response<Body>) -> Response<Body> {
    const FIELDS: [(header::HeaderName, &str); 6] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
             form-action 'self'; frame-ancestors 'self'; base-uri 'none'; require-trusted-types-for 'script'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // With `no-referrer` forms would name no origin.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::VARY, "cookie, accept-language"),
    ];
    for (name, value) in FIELDS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    let more =
        [("cross-origin-opener-policy", "same-origin"), ("permissions-policy", "camera=(), microphone=(), geolocation=()")];
    for (name, value) in more {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}
