//! HTTPS: whom we trust, what is kept of the certificate, and what a failed handshake is called.

use std::net::SocketAddr;
use std::sync::Mutex;

use rcgen::{BasicConstraints, CertificateParams, CertifiedKey, DnType, IsCa, Issuer, KeyPair, generate_simple_self_signed};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{HandshakeKind, ServerConfig};

use super::server::{Reply, Server, read_head, send, with};
use super::*;

/// Serves one page over TLS as `name`; returns the address and the certificate as PEM and DER.
async fn start(name: &str) -> (SocketAddr, Vec<u8>, Vec<u8>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
    let (address, _) = serve(vec![cert.der().clone()], &signing_key).await;
    (address, cert.pem().into_bytes(), cert.der().to_vec())
}

/// Serves one page over TLS with this chain, each connection for one request; notes how each began.
async fn serve(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> (SocketAddr, Arc<Mutex<Vec<HandshakeKind>>>) {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (address, begun) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<HandshakeKind>>>::default());
    let kinds = Arc::clone(&begun);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, kinds) = (acceptor.clone(), Arc::clone(&kinds));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                kinds.lock().unwrap().extend(stream.get_ref().1.handshake_kind());
                if read_head(&mut stream).await.is_some() {
                    send(&mut stream, with("200 OK", &[("content-type", "text/html"), ("connection", "close")], "safe")).await;
                }
            });
        }
    });
    (address, begun)
}

/// An authority's certificate and what it signs with; signed by another, or by itself.
fn authority(name: &str, by: Option<&Issuer<'_, KeyPair>>) -> (rcgen::Certificate, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    let cert = by.map_or_else(|| params.self_signed(&key), |by| params.signed_by(&key, by)).unwrap();
    (cert, Issuer::new(params, key))
}

fn trusting(pem: Vec<u8>, address: SocketAddr) -> Fetcher {
    let routes = vec![format!("::{address}").parse().unwrap()];
    Fetcher::new(settings(), routes, &[pem], Arc::new(MemoryBook::default()), vec![], vec![]).unwrap()
}

#[tokio::test]
async fn a_trusted_certificate_is_kept_with_the_exchange() {
    let (address, pem, der) = start("city.example").await;
    let capture = get(&trusting(pem, address), "https://city.example/").await.unwrap();
    assert_eq!(capture.answer().body, b"safe");
    assert_eq!(capture.answer().tls, Some(model::Tls { chain: vec![der] }));
}

#[tokio::test]
async fn the_whole_chain_is_kept_with_every_exchange_also_of_a_resumed_session() {
    let (root, root_key) = authority("root", None);
    let (middle, middle_key) = authority("middle", Some(&root_key));
    let (key, leaf) = (KeyPair::generate().unwrap(), CertificateParams::new(["city.example".to_owned()]).unwrap());
    let leaf = leaf.signed_by(&key, &middle_key).unwrap();
    let (address, begun) = serve(vec![leaf.der().clone(), middle.der().clone()], &key).await;
    let fetcher = trusting(root.pem().into_bytes(), address);
    for path in ["", "a", "b"] {
        let capture = get(&fetcher, &format!("https://city.example/{path}")).await.unwrap();
        for exchange in &capture.exchanges {
            assert_eq!(exchange.tls.as_ref().unwrap().chain, [leaf.der().to_vec(), middle.der().to_vec()], "{}", exchange.url);
        }
    }
    let begun = begun.lock().unwrap();
    assert!(begun.contains(&HandshakeKind::Full) && begun.contains(&HandshakeKind::Resumed), "{begun:?}");
}

#[tokio::test]
async fn an_explicit_port_can_be_routed_over_tls_too() {
    let (address, pem, _) = start("city.example").await;
    let capture = get(&trusting(pem, address), "https://city.example:8443/").await.unwrap();
    assert_eq!(capture.answer().request.get("host"), Some("city.example:8443"));
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_a_tls_miss() {
    let (address, _, _) = start("city.example").await;
    let fetcher = fetcher(settings(), &[format!("::{address}")]);
    check_miss(&fetcher, "https://city.example/", Miss::Tls, "invalid peer certificate").await;
}

#[tokio::test]
async fn a_certificate_for_another_name_is_a_tls_miss() {
    let (address, pem, _) = start("city.example").await;
    check_miss(&trusting(pem, address), "https://other.example/", Miss::Tls, "not valid for name").await;
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_a_tls_miss() {
    for garbage in [b"HTTP/1.1 400 Bad Request\r\n\r\n".as_slice(), b"\0\0\0\0\0\0\0\0", b""] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fetcher = fetcher(settings(), &[format!("::{}", listener.local_addr().unwrap())]);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut hello = [0; 64];
                let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut hello).await;
                send(&mut stream, Reply::Close(garbage.to_vec())).await;
            }
        });
        check_miss(&fetcher, "https://city.example/", Miss::Tls, "").await;
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_a_timeout() {
    let server = Server::start(|_| Reply::Hang(vec![])).await;
    check_miss(&fetcher(settings(), &server.route()), "https://city.example/", Miss::Timeout, "").await;
}

#[test]
fn what_is_no_certificate_is_refused_at_the_start() {
    let routes = vec!["::127.0.0.1:1".parse().unwrap()];
    let made = Fetcher::new(settings(), routes, &[b"no pem".to_vec()], Arc::new(MemoryBook::default()), vec![], vec![]);
    assert!(matches!(made, Err(Error::NoCertificate)));
}
