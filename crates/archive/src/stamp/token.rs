//! What stands in a token: the answer's status, the envelope (RFC 5652 `SignedData`) and the stamp itself (`TSTInfo`).
//! Certificates are kept as the bytes they came as, since digests and signatures are over these.

use cms::cert::x509::Certificate;
use cms::cert::x509::der::asn1::{AnyRef, Int, ObjectIdentifier};
use cms::cert::x509::der::{self, Decode, Encode as _, Reader, SliceReader, Tag, TagNumber, Tagged as _};
use cms::cert::x509::ext::pkix::SubjectKeyIdentifier;
use cms::cert::x509::spki::AlgorithmIdentifierOwned;
use cms::content_info::CmsVersion;
use cms::signed_data::{DigestAlgorithmIdentifiers, EncapsulatedContentInfo, SignerIdentifier, SignerInfo, SignerInfos};
use model::Time;
use x509_tsp::{MessageImprint, TimeStampResp};

use super::{Fault, SHA_256};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// Content type of a `TSTInfo`.
pub(super) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// A token of an answer that was granted. Nothing in it is believed yet.
pub(super) struct Token {
    /// The stamp as DER: what the signed attributes name by digest.
    pub(super) content: Vec<u8>,
    /// The same, read.
    pub(super) info: Info,
    /// Certificates, each as DER.
    pub(super) certificates: Vec<Vec<u8>>,
    /// Who signed, what and how.
    pub(super) signer_info: SignerInfo,
}

/// The stamp.
pub(super) struct Info {
    imprint: MessageImprint,
    /// The stamp's number, in hexadecimal.
    pub(super) serial: String,
    /// `genTime`.
    pub(super) at: Time,
    /// What came with the question; none if it is larger than ours ever are.
    pub(super) nonce: Option<u64>,
}

impl Token {
    /// Reads an answer.
    pub(super) fn open(answer: &[u8]) -> Result<Self, Fault> {
        let answer = TimeStampResp::from_der(answer).map_err(Fault::malformed("the answer"))?;
        // 0 granted, 1 granted with modifications (RFC 3161 §2.4.2): any other number brings no token.
        let granted = matches!(answer.status.status as u8, 0 | 1);
        if !granted || answer.status.fail_info.is_some() {
            let words = answer.status.status_string.iter().flatten().map(|text| text.as_str().to_owned());
            let number = format!("status {}", answer.status.status as u8);
            return Err(Fault::Refused(std::iter::once(number).chain(words).collect::<Vec<_>>().join(", ")));
        }
        let token = answer.time_stamp_token.ok_or_else(|| Fault::Refused("the answer holds no token".to_owned()))?;
        if token.content_type != SIGNED_DATA || token.content.tag() != Tag::Sequence {
            return Err(Fault::Malformed {
                what: "the token",
                why: format!("it is a {} and not signed data", token.content_type),
            });
        }
        let (content, certificates, signer_info) = envelope(token.content.value())?;
        let info = Info::read(&content).map_err(Fault::malformed("the stamp"))?;
        Ok(Self { content, info, certificates, signer_info })
    }

    /// The certificate that the token names as its signer's, as DER and read.
    pub(super) fn signer(&self) -> Result<(&[u8], Certificate), Fault> {
        // A certificate that cannot be read may be anybody's, but not the signer's.
        let readable = self.certificates.iter().filter_map(|der| Some((der.as_slice(), Certificate::from_der(der).ok()?)));
        let mut named = readable.filter(|(_, certificate)| names(&self.signer_info.sid, certificate));
        named.next().ok_or(Fault::NoSigner)
    }
}

fn names(sid: &SignerIdentifier, certificate: &Certificate) -> bool {
    let body = &certificate.tbs_certificate;
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            named.issuer == body.issuer && named.serial_number == body.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(named) => {
            matches!(body.get::<SubjectKeyIdentifier>(), Ok(Some((_, found))) if found == *named)
        }
    }
}

type Envelope = (Vec<u8>, Vec<Vec<u8>>, SignerInfo);

/// Content, certificates and the one signer of a `SignedData`.
fn envelope(value: &[u8]) -> Result<Envelope, Fault> {
    let malformed = |why: &str| Fault::Malformed { what: "the token", why: why.to_owned() };
    let (version, digests, encapsulated, certificates, signers) = fields(value).map_err(Fault::malformed("the token"))?;
    // RFC 5652 §5.1: version 3 for content that is not plain data; only certificates and lists of other kinds raise it.
    if version != CmsVersion::V3 {
        return Err(malformed("its version is not 3"));
    }
    if encapsulated.econtent_type != TST_INFO {
        return Err(malformed("what it holds is not a stamp"));
    }
    let content = encapsulated.econtent.filter(|content| content.tag() == Tag::OctetString);
    let content = content.ok_or_else(|| malformed("it holds nothing"))?.value().to_vec();
    let [signer] = signers.0.as_slice() else { return Err(malformed("it does not have one signature")) };
    let version = match signer.sid {
        SignerIdentifier::IssuerAndSerialNumber(_) => CmsVersion::V1,
        SignerIdentifier::SubjectKeyIdentifier(_) => CmsVersion::V3,
    };
    if signer.version != version {
        return Err(malformed("the version of its signature does not fit how it names its signer"));
    }
    if !digests.iter().all(bare) || !digests.iter().any(|one| one.oid == signer.digest_alg.oid) {
        return Err(malformed("it does not list the digest that it is signed with"));
    }
    Ok((content, certificates, signer.clone()))
}

type Fields = (CmsVersion, DigestAlgorithmIdentifiers, EncapsulatedContentInfo, Vec<Vec<u8>>, SignerInfos);

fn fields(value: &[u8]) -> der::Result<Fields> {
    let mut reader = SliceReader::new(value)?;
    let (version, digests, encapsulated) = (reader.decode()?, reader.decode()?, reader.decode()?);
    let mut certificates = Vec::new();
    if let Some(set) = optional(&mut reader, TagNumber::N0)? {
        let mut members = SliceReader::new(set)?;
        while !members.is_finished() {
            certificates.push(members.tlv_bytes()?.to_vec());
        }
    }
    // Revocation lists: FORMAT.md asks for none.
    let _ = optional(&mut reader, TagNumber::N1)?;
    let signers = reader.decode()?;
    reader.finish((version, digests, encapsulated, certificates, signers))
}

/// The value of a constructed field with this number, if it comes next.
fn optional<'a>(reader: &mut SliceReader<'a>, number: TagNumber) -> der::Result<Option<&'a [u8]>> {
    let tag = Tag::ContextSpecific { constructed: true, number };
    if reader.is_finished() || reader.peek_tag()? != tag {
        return Ok(None);
    }
    Ok(Some(AnyRef::decode(reader)?.value()))
}

impl Info {
    fn read(content: &[u8]) -> der::Result<Self> {
        let all = AnyRef::from_der(content)?;
        all.tag().assert_eq(Tag::Sequence)?;
        let mut reader = SliceReader::new(all.value())?;
        if u8::decode(&mut reader)? != 1 {
            return Err(Tag::Integer.value_error());
        }
        let _policy = ObjectIdentifier::decode(&mut reader)?;
        let (imprint, serial, at) = (reader.decode()?, Int::decode(&mut reader)?, AnyRef::decode(&mut reader)?);
        at.tag().assert_eq(Tag::GeneralizedTime)?;
        let at = instant(at.value()).ok_or_else(|| Tag::GeneralizedTime.value_error())?;
        let mut nonce = None;
        while !reader.is_finished() {
            // Accuracy, ordering, the authority's name and extensions carry tags of their own.
            let other = AnyRef::decode(&mut reader)?;
            if other.tag() == Tag::Integer {
                nonce = u64::from_der(&other.to_der()?).ok();
            }
        }
        // DER puts a zero before a number whose first bit is set.
        let serial = serial.as_bytes().strip_prefix(&[0]).filter(|rest| !rest.is_empty()).unwrap_or(serial.as_bytes());
        let serial = serial.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { imprint, serial, at, nonce })
    }

    /// Whether it is a stamp of the bytes with this SHA-256.
    pub(super) fn imprint_is(&self, digest: &[u8; 32]) -> bool {
        let algorithm = &self.imprint.hash_algorithm;
        algorithm.oid == SHA_256 && bare(algorithm) && self.imprint.hashed_message.as_bytes() == digest
    }
}

/// `YYYYMMDDhhmmss[.f…]Z` (RFC 3161 §2.4.2); fractions are allowed here, unlike in certificates.
fn instant(value: &[u8]) -> Option<Time> {
    let (whole, rest) = std::str::from_utf8(value).ok()?.split_at_checked(14)?;
    if !whole.bytes().all(|b| b.is_ascii_digit()) || !rest.ends_with('Z') {
        return None;
    }
    let [date, clock] = [&whole[..8], &whole[8..]];
    let text = format!("{}-{}-{}T{}:{}:{}{rest}", &date[..4], &date[4..6], &date[6..], &clock[..2], &clock[2..4], &clock[4..]);
    text.parse().ok()
}

/// Whether an algorithm stands without parameters: left out, or NULL.
pub(super) fn bare(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm.parameters.as_ref().is_none_or(|parameters| parameters.is_null())
}
