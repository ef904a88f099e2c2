//! Serves the benchmark's made-up site on loopback until it is killed. Prints `HTTP-ADDRESS HTTPS-ADDRESS` when ready.

use std::io::Write as _;

use mirror::{Ports, Site};
use testkit::synthetic::{Shape, page, path};

/// Names the site answers to; the address itself is for clients that cannot be sent elsewhere.
const HOSTS: [&str; 3] = ["bench.example", "127.0.0.1", "localhost"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pages = std::env::args().nth(1).map_or(Ok(Shape::BENCHMARK.pages), |text| text.parse())?;
    let shape = Shape { pages, ..Shape::BENCHMARK };
    let bodies: std::collections::HashMap<String, mirror::Bytes> =
        (0..shape.pages).map(|n| (path(n), mirror::Bytes::from(page(n, shape)))).collect();
    let dynamic: mirror::Dynamic = std::sync::Arc::new(move |request| match bodies.get(&request.path) {
        Some(body) => Some(mirror::Response::html(200, body.clone())),
        None => (request.path == "/robots.txt").then(|| mirror::Response::new(200, "text/plain", "User-agent: *\nDisallow:\n")),
    });
    let hosts = HOSTS.map(str::to_owned).to_vec();
    let site = Site { hosts, dir: None, dynamic: Some(dynamic), latency: std::time::Duration::ZERO };
    let mirror = mirror::serve(vec![site], Ports::free()).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{} {}", mirror.http, mirror.https)?;
    out.flush()?;
    std::future::pending().await
}
