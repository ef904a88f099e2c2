//! The signed attributes of a token: what they must say before the signature over them says anything of the stamp.

use cms::cert::x509::attr::Attribute;
use cms::cert::x509::der::asn1::{Any, AnyRef, ObjectIdentifier};
use cms::cert::x509::der::{self, Decode as _, Encode as _, Reader as _, SliceReader, Tag, Tagged as _};
use cms::cert::x509::spki::AlgorithmIdentifierOwned;
use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};

use super::token::{TST_INFO, Token, bare};
use super::{Fault, SHA_256, SHA_384, SHA_512};

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// Checks content type, digest and the named certificate, and returns the bytes that are signed: the attributes as the
/// DER of a SET OF (RFC 5652 §5.4).
pub(super) fn signed(token: &Token, signer: &[u8]) -> Result<Vec<u8>, Fault> {
    let attributes = token.signer_info.signed_attrs.as_ref();
    let attributes = attributes.ok_or(Fault::Attribute { name: "contentType", why: "is missing, as are all others" })?;
    let find = |name, kind| find(attributes.as_slice(), name, kind);

    let missing = |name| Fault::Attribute { name, why: "is missing" };
    let kind = find("contentType", CONTENT_TYPE)?.ok_or(missing("contentType"))?;
    if kind.decode_as::<ObjectIdentifier>() != Ok(TST_INFO) {
        return Err(Fault::Attribute { name: "contentType", why: "is not that of a stamp" });
    }
    let algorithm = algorithm(&token.signer_info.digest_alg)?;
    let said = find("messageDigest", MESSAGE_DIGEST)?.ok_or(missing("messageDigest"))?;
    if said.tag() != Tag::OctetString || said.value() != digest(algorithm, &token.content).as_ref() {
        return Err(Fault::Attribute { name: "messageDigest", why: "is not the digest of the stamp: it was changed" });
    }
    let (v1, v2) = ("signingCertificate", "signingCertificateV2");
    let named = [(v1, find(v1, SIGNING_CERTIFICATE)?), (v2, find(v2, SIGNING_CERTIFICATE_V2)?)];
    if named.iter().all(|(_, value)| value.is_none()) {
        return Err(missing(v1));
    }
    for (name, value) in named.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let (algorithm, hash) = certificate_hash(value, name == v1).map_err(Fault::malformed("the name of its certificate"))?;
        let algorithm = algorithm.as_ref().map_or(Ok(&SHA1_FOR_LEGACY_USE_ONLY), self::algorithm)?;
        if hash != digest(algorithm, signer).as_ref() {
            return Err(Fault::Attribute { name, why: "names another certificate than the signer's" });
        }
    }
    attributes.to_der().map_err(Fault::malformed("the set of signed attributes"))
}

/// The one value of an attribute that may stand once.
fn find<'a>(attributes: &'a [Attribute], name: &'static str, kind: ObjectIdentifier) -> Result<Option<&'a Any>, Fault> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == kind);
    let Some(attribute) = found.next() else { return Ok(None) };
    match (found.next(), attribute.values.as_slice()) {
        (None, [value]) => Ok(Some(value)),
        _ => Err(Fault::Attribute { name, why: "does not have one value" }),
    }
}

/// The first certificate that a `SigningCertificate` (RFC 2634) or `SigningCertificateV2` (RFC 5035) names: the signer's.
/// No algorithm means SHA-1, which is all that version 1 has.
fn certificate_hash(value: &Any, version_1: bool) -> der::Result<(Option<AlgorithmIdentifierOwned>, Vec<u8>)> {
    let certificates = first(value.tag(), value.value())?;
    let first = first(certificates.tag(), certificates.value())?;
    first.tag().assert_eq(Tag::Sequence)?;
    let mut reader = SliceReader::new(first.value())?;
    let algorithm = match (version_1, reader.peek_tag()? == Tag::Sequence) {
        (true, _) => None,
        (false, true) => Some(AlgorithmIdentifierOwned::decode(&mut reader)?),
        (false, false) => Some(AlgorithmIdentifierOwned { oid: SHA_256, parameters: None }),
    };
    let hash = AnyRef::decode(&mut reader)?;
    hash.tag().assert_eq(Tag::OctetString)?;
    Ok((algorithm, hash.value().to_vec()))
}

/// The first member of a sequence.
fn first(tag: Tag, value: &[u8]) -> der::Result<AnyRef<'_>> {
    tag.assert_eq(Tag::Sequence)?;
    AnyRef::decode(&mut SliceReader::new(value)?)
}

fn algorithm(named: &AlgorithmIdentifierOwned) -> Result<&'static Algorithm, Fault> {
    match named.oid {
        SHA_256 if bare(named) => Ok(&SHA256),
        SHA_384 if bare(named) => Ok(&SHA384),
        SHA_512 if bare(named) => Ok(&SHA512),
        other => Err(Fault::Algorithm(format!("digest {other}"))),
    }
}
