//! The signer: whether the signature is theirs, what their certificate is for, when it was valid, and whose it is.

use std::time::Duration;

use cms::cert::x509::Certificate;
use cms::cert::x509::der::Decode as _;
use cms::cert::x509::der::asn1::ObjectIdentifier;
use cms::cert::x509::ext::pkix::ExtendedKeyUsage;
use model::Time;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage, VerifiedPath, anchor_from_trusted_cert, ring as with};

use super::token::{Token, bare};
use super::{Fault, SHA_256, SHA_384, SHA_512};

const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// The same as the value of its DER.
const TIME_STAMPING_DER: &[u8] = &[43, 6, 1, 5, 5, 7, 3, 8];

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// RFC 3161 §2.3: the certificate is for timestamps and nothing else, and says so in a critical extension.
pub(super) fn purpose(signer: &Certificate) -> Result<(), Fault> {
    let why = match signer.tbs_certificate.get::<ExtendedKeyUsage>() {
        Ok(Some((true, usage))) if usage.0 == [TIME_STAMPING] => return Ok(()),
        Ok(Some((true, usage))) if usage.0.contains(&TIME_STAMPING) => "it is for other things as well",
        Ok(Some((false, usage))) if usage.0.contains(&TIME_STAMPING) => "its extended key usage is not marked as critical",
        Ok(Some(_)) => "its extended key usage is another",
        Ok(None) => "it has no extended key usage",
        Err(_) => "its extended key usage cannot be read, or stands twice",
    };
    Err(Fault::Purpose { signer: signer.tbs_certificate.subject.to_string(), why })
}

/// Whether the certificate was valid at the time of the stamp.
pub(super) fn in_force(certificate: &Certificate, at: Time) -> Result<(), Fault> {
    let validity = &certificate.tbs_certificate.validity;
    let [from, until] = [validity.not_before, validity.not_after].map(|time| moment(time.to_unix_duration()));
    let whose = || format!("the certificate of `{}`", certificate.tbs_certificate.subject);
    if at < from {
        return Err(Fault::Early { whose: whose(), from, at });
    }
    if until.plus(Duration::from_secs(1)) <= at {
        return Err(Fault::Expired { whose: whose(), until, at });
    }
    Ok(())
}

/// Whether the signature over the attributes is that of the certificate's key.
pub(super) fn signature(token: &Token, signer: &[u8], signed: &[u8]) -> Result<(), Fault> {
    let info = &token.signer_info;
    let kind = &info.signature_algorithm;
    let unknown = || Fault::Algorithm(format!("signature {}, digest {}", kind.oid, info.digest_alg.oid));
    let ways: &[&dyn SignatureVerificationAlgorithm] = match (kind.oid, info.digest_alg.oid) {
        _ if !bare(kind) => return Err(unknown()),
        (RSA | RSA_SHA_256, SHA_256) => &[with::RSA_PKCS1_2048_8192_SHA256],
        (RSA | RSA_SHA_384, SHA_384) => &[with::RSA_PKCS1_2048_8192_SHA384],
        (RSA | RSA_SHA_512, SHA_512) => &[with::RSA_PKCS1_2048_8192_SHA512],
        (ECDSA_SHA_256, SHA_256) => &[with::ECDSA_P256_SHA256, with::ECDSA_P384_SHA256],
        (ECDSA_SHA_384, SHA_384) => &[with::ECDSA_P256_SHA384, with::ECDSA_P384_SHA384],
        // RFC 8419 §3.1: the digest of the content is SHA-512; the signature itself names none.
        (ED25519, SHA_512) => &[with::ED25519],
        _ => return Err(unknown()),
    };
    let der = CertificateDer::from(signer);
    let certificate = EndEntityCert::try_from(&der).map_err(Fault::malformed("the certificate of its signer"))?;
    for way in ways {
        match certificate.verify_signature(*way, signed, info.signature.as_bytes()) {
            Ok(()) => return Ok(()),
            Err(Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)) => {}
            Err(_) => return Err(Fault::Signature(subject(signer))),
        }
    }
    Err(unknown())
}

/// Whether certificates that were all valid at the time of the stamp lead from the signer's to a trusted one.
pub(super) fn trusted(signer: &[u8], others: &[Vec<u8>], trust: &[Vec<u8>], at: Time) -> Result<(), Fault> {
    let ders: Vec<CertificateDer<'_>> = trust.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let mut anchors = Vec::with_capacity(ders.len());
    for (index, der) in ders.iter().enumerate() {
        let unreadable = |why: String| Fault::Trust { number: index + 1, why };
        let anchor = anchor_from_trusted_cert(der).map_err(|error| unreadable(error.to_string()))?;
        let root = Certificate::from_der(der).map_err(|error| unreadable(error.to_string()))?;
        anchors.push((anchor, root));
    }
    let plain: Vec<TrustAnchor<'_>> = anchors.iter().map(|(anchor, _)| anchor.clone()).collect();
    let between: Vec<CertificateDer<'_>> =
        others.iter().filter(|der| der.as_slice() != signer).map(|der| CertificateDer::from(der.as_slice())).collect();
    let seconds = at.micros().div_euclid(1_000_000);
    let now = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));

    // A root is believed for its key, but it has a validity too, which the path builder leaves to us.
    let root_in_force = |path: &VerifiedPath<'_>| {
        let mut same = anchors.iter().filter(|(anchor, _)| anchor == path.anchor());
        let good = same.any(|(_, root)| in_force(root, at).is_ok());
        if good { Ok(()) } else { Err(Error::CertDistrusted) }
    };
    let der = CertificateDer::from(signer);
    let certificate = EndEntityCert::try_from(&der).map_err(Fault::malformed("the certificate of its signer"))?;
    let usage = KeyUsage::required_if_present(TIME_STAMPING_DER);
    let path =
        certificate.verify_for_usage(webpki::ALL_VERIFICATION_ALGS, &plain, &between, now, usage, None, Some(&root_in_force));
    path.map(|_| ()).map_err(|error| {
        let late = || anchors.iter().find_map(|(_, root)| in_force(root, at).err());
        refused(error, at, late)
    })
}

/// What the path builder's error means.
fn refused(error: Error, at: Time, late_root: impl Fn() -> Option<Fault>) -> Fault {
    let whose = "a certificate between the signer's and the trusted one".to_owned();
    let at_second = |time: UnixTime| moment(Duration::from_secs(time.as_secs()));
    match error {
        Error::CertExpired { not_after, .. } => Fault::Expired { whose, until: at_second(not_after), at },
        Error::CertNotValidYet { not_before, .. } => Fault::Early { whose, from: at_second(not_before), at },
        Error::CertDistrusted => late_root().unwrap_or_else(|| Fault::Chain("its root is distrusted".to_owned())),
        Error::UnknownIssuer => Fault::Chain("no trusted certificate has signed it or one before it".to_owned()),
        Error::InvalidSignatureForPublicKey => Fault::Chain("a certificate is not signed by the one that it names".to_owned()),
        other => Fault::Chain(other.to_string()),
    }
}

fn subject(der: &[u8]) -> String {
    Certificate::from_der(der)
        .map_or_else(|_| "its signer".to_owned(), |certificate| certificate.tbs_certificate.subject.to_string())
}

pub(crate) fn moment(since_1970: Duration) -> Time {
    // Certificates end in the year 9999 at the latest, and so do instants.
    Time::from_micros(0).map_or_else(|_| unreachable!("1970 is an instant"), |start| start.plus(since_1970))
}
