//! Serves the benchmark's made-up site on loopback until it is killed. Prints `HTTP-ADDRESS HTTPS-ADDRESS` when ready;
//! `/-/served` tells how many different pages were asked for.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use mirror::{Bytes, Dynamic, Ports, Response, Site};
use testkit::synthetic::{Shape, page, path};

/// Names the site answers to; the address itself is for clients that cannot be sent elsewhere.
const HOSTS: [&str; 3] = ["bench.example", "127.0.0.1", "localhost"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pages = std::env::args().nth(1).map_or(Ok(Shape::BENCHMARK.pages), |text| text.parse())?;
    let shape = Shape { pages, ..Shape::BENCHMARK };
    let bodies: HashMap<String, (usize, Bytes)> = (0..shape.pages).map(|n| (path(n), (n, Bytes::from(page(n, shape))))).collect();
    let served = Mutex::new(HashSet::new());
    let dynamic: Dynamic = Arc::new(move |request| {
        let mut served = served.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((n, body)) = bodies.get(&request.path) {
            served.insert(*n);
            return Some(Response::html(200, body.clone()));
        }
        let text = match request.path.as_str() {
            "/robots.txt" => "User-agent: *\nDisallow:\n".to_owned(),
            "/-/served" => served.len().to_string(),
            _ => return None,
        };
        Some(Response::new(200, "text/plain", text))
    });
    let hosts = HOSTS.map(str::to_owned).to_vec();
    let site = Site { hosts, dir: None, dynamic: Some(dynamic), latency: std::time::Duration::ZERO };
    let mirror = mirror::serve(vec![site], Ports::free()).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{} {}", mirror.http, mirror.https)?;
    out.flush()?;
    std::future::pending().await
}
