//! A saved site over real sockets: virtual hosts, HTTPS, HEAD, keep-alive and bounds. Speaks HTTP by hand, so that
//! what is on the wire is seen.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

use std::sync::Arc;
use std::time::Duration;

use mirror::{Mirror, Ports, Response, Site, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::rustls;

async fn two_cities() -> (tempfile::TempDir, Mirror) {
    let dir = tempfile::tempdir().unwrap();
    for city in ["north", "south"] {
        std::fs::create_dir(dir.path().join(city)).unwrap();
        std::fs::write(dir.path().join(city).join("index.html"), format!("<h1>{city}</h1>")).unwrap();
    }
    let north = Site::saved(dir.path().join("north"), &["north.example", "www.north.example"]);
    let mut south = Site::saved(dir.path().join("south"), &["south.example"]);
    south.latency = Duration::from_millis(120);
    south.dynamic = Some(Arc::new(|request| {
        (request.path == "/search").then(|| Response::html(200, request.parameter("q").unwrap_or_default()))
    }));
    let mirror = serve(vec![north, south], Ports::free()).await.unwrap();
    (dir, mirror)
}

/// Sends raw bytes, reads until the server closes.
async fn raw(mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn plain(mirror: &Mirror, request: &str) -> String {
    raw(TcpStream::connect(mirror.http).await.unwrap(), request).await
}

fn get(method: &str, host: &str, path: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn each_name_gets_its_own_site_and_a_strange_name_gets_none() {
    let (_dir, mirror) = two_cities().await;
    assert!(plain(&mirror, &get("GET", "WWW.North.example.:8080", "/")).await.ends_with("<h1>north</h1>"));
    assert!(plain(&mirror, &get("GET", "south.example", "/")).await.ends_with("<h1>south</h1>"));
    assert!(plain(&mirror, &get("GET", "east.example", "/")).await.starts_with("HTTP/1.1 421"));
}

#[tokio::test]
async fn the_dynamic_part_comes_before_the_files_and_latency_holds_all_back() {
    let (_dir, mirror) = two_cities().await;
    let started = std::time::Instant::now();
    assert!(plain(&mirror, &get("GET", "south.example", "/search?q=waste+fee%21")).await.ends_with("\r\n\r\nwaste fee!"));
    assert!(started.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn head_tells_the_length_without_the_body() {
    let (_dir, mirror) = two_cities().await;
    let answer = plain(&mirror, &get("HEAD", "north.example", "/")).await;
    assert!(answer.contains("content-length: 14\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"));
}

#[tokio::test]
async fn one_connection_carries_several_requests() {
    let (_dir, mirror) = two_cities().await;
    let twice = format!("GET / HTTP/1.1\r\nHost: north.example\r\n\r\n{}", get("GET", "north.example", "/none"));
    let answer = plain(&mirror, &twice).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("HTTP/1.1 404"), "{answer}");
}

#[tokio::test]
async fn https_serves_every_name_to_a_client_that_trusts_the_authority() {
    let (_dir, mirror) = two_cities().await;
    for (host, expect) in [("www.north.example", "<h1>north</h1>"), ("south.example", "<h1>south</h1>")] {
        let stream = TcpStream::connect(mirror.https).await.unwrap();
        let name = rustls::pki_types::ServerName::try_from(host).unwrap();
        let stream = connector(&mirror.ca_pem).connect(name, stream).await.unwrap();
        assert!(raw(stream, &get("GET", host, "/")).await.ends_with(expect));
    }
}

#[tokio::test]
async fn https_does_not_pass_for_a_name_it_was_not_given() {
    let (_dir, mirror) = two_cities().await;
    let stream = TcpStream::connect(mirror.https).await.unwrap();
    let name = rustls::pki_types::ServerName::try_from("east.example").unwrap();
    assert!(connector(&mirror.ca_pem).connect(name, stream).await.is_err());
}

#[tokio::test]
async fn a_huge_head_is_refused() {
    let (_dir, mirror) = two_cities().await;
    let request = format!("GET / HTTP/1.1\r\nHost: north.example\r\nX: {}\r\n\r\n", "x".repeat(200 << 10));
    let mut stream = TcpStream::connect(mirror.http).await.unwrap();
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = [0; 12];
    let read = stream.read(&mut answer).await.unwrap_or(0);
    assert!(read == 0 || answer.starts_with(b"HTTP/1.1 431"), "{answer:?}");
}

#[tokio::test]
async fn shutting_down_frees_the_ports() {
    let (_dir, mirror) = two_cities().await;
    let at = mirror.http;
    mirror.shutdown().await;
    assert!(TcpStream::connect(at).await.is_err());
}

#[tokio::test]
async fn a_missing_folder_and_a_name_given_twice_are_said_at_once() {
    let missing = serve(vec![Site::saved("no-such-folder", &["a.example"])], Ports::free()).await;
    assert_eq!(missing.unwrap_err().to_string(), "cannot serve the directory `no-such-folder`");
    let dir = tempfile::tempdir().unwrap();
    let site = Site::saved(dir.path(), &["a.example"]);
    let twice = serve(vec![site.clone(), site], Ports::free()).await;
    assert_eq!(twice.unwrap_err().to_string(), "two sites answer to the name `a.example`");
}

fn connector(ca_pem: &str) -> tokio_rustls::TlsConnector {
    use rustls::pki_types::pem::PemObject as _;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(rustls::pki_types::CertificateDer::from_pem_slice(ca_pem.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    tokio_rustls::TlsConnector::from(Arc::new(config))
}
