//! TLS on a listener, with a certificate of the owner's.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A connection with TLS.
pub type TlsStream = tokio_rustls::server::TlsStream<TcpStream>;

/// How long a handshake may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections with TLS, each handed out once its handshake is done: a slow one holds up no other.
pub struct Secure {
    connections: mpsc::Receiver<(TlsStream, SocketAddr)>,
    address: SocketAddr,
}

impl Secure {
    /// TLS on a listener. `chain` and `key` are PEM; the error says what is wrong with them.
    pub fn new(listener: TcpListener, chain: &[u8], key: &[u8]) -> Result<Self, String> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<_, _>>()
            .map_err(|error| format!("the certificate chain is no PEM: {error}"))?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| format!("the private key is no PEM: {error}"))?;
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| format!("certificate and key do not fit: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (ready, connections) = mpsc::channel(64);
        tokio::spawn(async move {
            while !ready.is_closed() {
                let (stream, peer) = match listener.accept().await {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept a connection");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                };
                let (acceptor, ready) = (acceptor.clone(), ready.clone());
                tokio::spawn(async move {
                    match tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                        // Who no longer listens ends the connection.
                        Ok(Ok(stream)) => drop(ready.send((stream, peer)).await),
                        Ok(Err(error)) => tracing::debug!(%peer, %error, "TLS handshake failed"),
                        Err(_) => tracing::debug!(%peer, "TLS handshake took too long"),
                    }
                });
            }
        });
        Ok(Self { connections, address })
    }

    /// The next connection.
    pub async fn accept(&mut self) -> (TlsStream, SocketAddr) {
        match self.connections.recv().await {
            Some(connection) => connection,
            // The task above holds a sender as long as this one listens.
            None => std::future::pending().await,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}
