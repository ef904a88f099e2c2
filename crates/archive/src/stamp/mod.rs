//! Timestamps of an independent authority (RFC 3161): the question to put to one, and whether its answer proves that
//! some bytes were there at some time. Opens no connection and reads no clock: a stamp is judged at the time it names.

mod attributes;
mod chain;
mod fault;
mod token;

use cms::cert::x509::der::asn1::{Any, Int, ObjectIdentifier, OctetString};
use cms::cert::x509::der::{Decode as _, Encode as _};
use cms::cert::x509::spki::AlgorithmIdentifier;
use model::Time;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use x509_tsp::{MessageImprint, TimeStampReq, TspVersion};

pub(crate) use chain::moment;
pub use fault::Fault;

use crate::digest::digest;
use token::Token;

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// What a good answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// When the authority saw the message.
    pub at: Time,
    /// Who signed: subject of the certificate (RFC 4514).
    pub signer: String,
    /// Number of the stamp at its authority, in hexadecimal.
    pub serial: String,
}

/// The certificates in a PEM text (RFC 7468), as DER. Fails if there is none, or one cannot be read.
pub fn roots(pem: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let roots: Result<Vec<Vec<u8>>, _> = CertificateDer::pem_slice_iter(pem).map(|root| root.map(|root| root.to_vec())).collect();
    match roots {
        Ok(roots) if roots.is_empty() => Err("there is no certificate in the PEM file of its root".to_owned()),
        Ok(roots) => Ok(roots),
        Err(error) => Err(format!("the PEM file of its root cannot be read: {error}")),
    }
}

/// The question to an authority (`TimeStampReq`, DER): please stamp this message, with your certificate. The nonce ties
/// the answer to the question, see [`check_fresh`].
pub fn request(message: &[u8], nonce: u64) -> Vec<u8> {
    const PLAIN: &str = "a question of numbers and digests has a DER form";
    let nonce = nonce.to_der().and_then(|der| Int::from_der(&der)).expect(PLAIN);
    let question = TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint {
            hash_algorithm: AlgorithmIdentifier { oid: SHA_256, parameters: Some(Any::null()) },
            hashed_message: OctetString::new(digest(message).0).expect(PLAIN),
        },
        req_policy: None,
        nonce: Some(nonce),
        cert_req: true,
        extensions: None,
    };
    question.to_der().expect(PLAIN)
}

/// Checks an answer (`TimeStampResp`, DER) for a message: status, imprint, signature, the signer's certificate and its
/// chain to one of `trust` (certificates, DER), as `FORMAT.md` says under checkpoints. Revocation is not looked up.
pub fn check(answer: &[u8], message: &[u8], trust: &[Vec<u8>]) -> Result<Stamped, Fault> {
    let token = Token::open(answer)?;
    stamped(&token, message, trust)
}

/// As [`check`], for an answer that has just come: it must repeat the nonce of the question.
pub fn check_fresh(answer: &[u8], message: &[u8], nonce: u64, trust: &[Vec<u8>]) -> Result<Stamped, Fault> {
    let token = Token::open(answer)?;
    let stamped = stamped(&token, message, trust)?;
    if token.info.nonce == Some(nonce) { Ok(stamped) } else { Err(Fault::Nonce) }
}

fn stamped(token: &Token, message: &[u8], trust: &[Vec<u8>]) -> Result<Stamped, Fault> {
    let info = &token.info;
    if !info.imprint_is(&digest(message).0) {
        return Err(Fault::Imprint);
    }
    let (der, signer) = token.signer()?;
    let signed = attributes::signed(token, der)?;
    chain::purpose(&signer)?;
    chain::in_force(&signer, info.at)?;
    chain::signature(token, der, &signed)?;
    chain::trusted(der, &token.certificates, trust, info.at)?;
    Ok(Stamped { at: info.at, signer: signer.tbs_certificate.subject.to_string(), serial: info.serial.clone() })
}
