//! Remembers the certificates that servers sent with theirs, because the client shows the leaf alone.
//!
//! The verifier here decides nothing: it asks the real one and notes what passed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// Certificates of a chain that are remembered behind the leaf.
const MOST_OF_ONE: usize = 10;
/// Bytes of all that is remembered; beyond them everything is forgotten, and comes again with the next handshakes.
const MOST_BYTES: usize = 16 << 20;

/// What servers sent behind their leaves.
#[derive(Debug, Default)]
pub(super) struct Chains {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// By the leaf as DER.
    behind: HashMap<Vec<u8>, Vec<Vec<u8>>>,
    bytes: usize,
}

impl Chains {
    /// The chain that a leaf came with last, the leaf first. The leaf alone if no more is known.
    pub(super) fn of(&self, leaf: &[u8]) -> Vec<Vec<u8>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let behind = seen.behind.get(leaf).into_iter().flatten();
        std::iter::once(leaf.to_vec()).chain(behind.cloned()).collect()
    }

    fn note(&self, leaf: &[u8], behind: &[CertificateDer<'_>]) {
        let behind: Vec<Vec<u8>> = behind.iter().take(MOST_OF_ONE).map(|der| der.to_vec()).collect();
        let size = |behind: &Vec<Vec<u8>>| leaf.len() + behind.iter().map(Vec::len).sum::<usize>();
        let new = size(&behind);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let old = seen.behind.remove(leaf).as_ref().map_or(0, size);
        seen.bytes -= old;
        if seen.bytes + new > MOST_BYTES {
            *seen = Seen::default();
        }
        if new <= MOST_BYTES {
            seen.bytes += new;
            seen.behind.insert(leaf.to_vec(), behind);
        }
    }
}

/// Trusts whom the machine trusts and `trust` besides, and remembers the chains in `chains`.
pub(super) fn witness(trust: &[CertificateDer<'static>], chains: &Arc<Chains>) -> Result<Witness, Error> {
    let real = Verifier::new_with_extra_roots(trust.iter().cloned(), provider())?;
    Ok(Witness(Arc::new(Noting { real: Arc::new(real), chains: Arc::clone(chains) })))
}

/// Trusts nobody.
pub(super) fn nobody() -> Result<ClientConfig, Error> {
    let config = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(with_protocols(config.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()))
}

/// A verifier for any number of clients.
#[derive(Clone)]
pub(super) struct Witness(Arc<Noting>);

impl Witness {
    /// TLS for one client, with sessions of its own.
    pub(super) fn config(&self) -> Result<ClientConfig, Error> {
        let config = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
        let verifier = Arc::<Noting>::clone(&self.0);
        Ok(with_protocols(config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()))
    }
}

fn with_protocols(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Asks the real verifier, and notes the chain if that one is content.
#[derive(Debug)]
struct Noting {
    real: Arc<dyn ServerCertVerifier>,
    chains: Arc<Chains>,
}

impl ServerCertVerifier for Noting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.real.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)?;
        self.chains.note(end_entity, intermediates);
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.real.verify_tls12_signature(message, cert, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.real.verify_tls13_signature(message, cert, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.real.supported_verify_schemes()
    }

    fn requires_raw_public_keys(&self) -> bool {
        self.real.requires_raw_public_keys()
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        self.real.root_hint_subjects()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(byte: u8, length: usize) -> CertificateDer<'static> {
        CertificateDer::from(vec![byte; length])
    }

    #[test]
    fn the_last_chain_of_a_leaf_counts_and_is_bounded() {
        let chains = Chains::default();
        assert_eq!(chains.of(b"leaf"), [b"leaf"]);
        chains.note(b"leaf", &[der(1, 3), der(2, 3)]);
        assert_eq!(chains.of(b"leaf"), [b"leaf".to_vec(), vec![1; 3], vec![2; 3]]);
        chains.note(b"leaf", &vec![der(3, 1); 99]);
        assert_eq!(chains.of(b"leaf").len(), 1 + MOST_OF_ONE);
        assert_eq!(chains.seen.lock().unwrap().bytes, 4 + MOST_OF_ONE);
    }

    #[test]
    fn what_is_remembered_never_outgrows_its_limit() {
        let chains = Chains::default();
        for leaf in 0..40_u8 {
            chains.note(&[leaf], &[der(leaf, 1 << 20)]);
            assert!(chains.seen.lock().unwrap().bytes <= MOST_BYTES);
            assert_eq!(chains.of(&[leaf]).len(), 2, "the newest is there");
        }
        assert_eq!(chains.of(&[0]), [[0]]);
        chains.note(b"x", &[der(9, MOST_BYTES)]);
        assert_eq!(chains.of(b"x"), [b"x"]);
    }
}
