//! An exchange as three records: response (or revisit), request, metadata. Written in this order, one behind the other,
//! so that the place of the response is the place of all three.

use std::net::IpAddr;

use model::{Digest, Exchange, Purpose, Time, Tls, Truncation};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::fields::{REVISIT, RawRecord};
use crate::http;
use crate::press::{Draft, new_id};
use crate::revisit::{Original, PROFILE, Place};

/// `WARC-Truncated` of a revisit: its body is left out on purpose (ISO 28500:2017, 6.7.2), and it came whole.
const LEFT_OUT: &str = "length";

/// What an exchange is made of besides its body.
pub(crate) struct Parts<'a> {
    /// Identifiers of response, request and metadata.
    pub(crate) ids: [String; 3],
    response: Vec<u8>,
    request: Vec<u8>,
    metadata: Vec<u8>,
    /// Digest of the body.
    payload: Digest,
    /// Where the body is, if it is left out.
    original: Option<&'a Original>,
}

/// The block of a metadata record, as JSON: what an exchange was beyond its two messages.
#[derive(Serialize, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) purpose: Purpose,
    /// HTTP version of the response.
    version: String,
    /// Instant the last byte came; the instant the request was sent is `WARC-Date`.
    pub(crate) done: Time,
    /// Certificates as DER in hexadecimal (gzip takes back what the notation doubles), the leaf first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tls: Option<Vec<String>>,
    /// What the name of the host resolved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dns: Option<Dns>,
    /// Of a revisit: where its body is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) original: Option<Place>,
    /// What the caller had to say.
    pub(crate) about: Value,
}

#[derive(Serialize, Deserialize)]
struct Dns {
    name: String,
    /// All of them, in the resolver's order.
    addresses: Vec<IpAddr>,
}

impl Dns {
    fn of(exchange: &Exchange) -> Option<Self> {
        let name = exchange.url.host_str().filter(|_| !exchange.resolved.is_empty())?;
        Some(Self { name: name.to_owned(), addresses: exchange.resolved.clone() })
    }
}

impl<'a> Parts<'a> {
    /// `payload` is the digest of the body.
    pub(crate) fn of(exchange: &Exchange, payload: Digest, about: &Value, original: Option<&'a Original>) -> Self {
        let metadata = Metadata {
            purpose: exchange.purpose,
            version: exchange.version.clone(),
            done: exchange.done,
            tls: exchange.tls.as_ref().map(|tls| tls.chain.iter().map(|der| to_hex(der)).collect()),
            dns: Dns::of(exchange),
            original: original.map(|original| original.place(exchange.body.len())),
            about: about.clone(),
        };
        Self {
            ids: [new_id(), new_id(), new_id()],
            response: http::response_head(&exchange.version, exchange.status, &exchange.headers),
            request: http::request_head(&exchange.url, &exchange.request),
            metadata: serde_json::to_vec(&metadata).expect("a tree of strings and JSON is JSON"),
            payload,
            original,
        }
    }

    pub(crate) fn drafts<'b>(&'b self, exchange: &'b Exchange) -> [Draft<'b>; 3] {
        let [response, request, metadata] = &self.ids;
        let together = || ("WARC-Concurrent-To", format!("<{response}>"));
        let draft = |kind, id, content_type, fields, head: &'b [u8], body: &'b [u8]| Draft {
            kind,
            id,
            date: exchange.sent,
            url: Some(&exchange.url),
            content_type,
            fields,
            head,
            body,
        };

        let mut about_response = vec![("WARC-Payload-Digest", self.payload.to_string())];
        about_response.extend(exchange.address.map(|address| ("WARC-IP-Address", address.to_string())));
        about_response.extend(protocol(&exchange.version).map(|name| ("WARC-Protocol", name.to_owned())));
        let (kind, body, truncated) = match self.original {
            None => ("response", &*exchange.body, exchange.truncated.map(Truncation::as_str)),
            Some(original) => {
                about_response.extend(referring(original));
                (REVISIT, &b""[..], Some(LEFT_OUT))
            }
        };
        about_response.extend(truncated.map(|why| ("WARC-Truncated", why.to_owned())));
        [
            draft(kind, response, "application/http;msgtype=response", about_response, &self.response, body),
            draft("request", request, "application/http;msgtype=request", vec![together()], &self.request, b""),
            draft("metadata", metadata, "application/json", vec![together()], b"", &self.metadata),
        ]
    }
}

/// What the record of a revisit says of the response that has its body.
fn referring(original: &Original) -> [(&'static str, String); 4] {
    [
        ("WARC-Profile", PROFILE.to_owned()),
        ("WARC-Refers-To", format!("<{}>", original.record.id)),
        ("WARC-Refers-To-Target-URI", original.url.clone()),
        ("WARC-Refers-To-Date", original.date.to_string()),
    ]
}

/// An exchange from its three records, and where its body is if they leave it out. The error names the record (0 to 2)
/// and says what is wrong with it.
pub(crate) fn restore(records: [RawRecord; 3]) -> Result<(Exchange, Option<Place>), (usize, &'static str)> {
    let [mut response, request, metadata] = records;
    let (head, _) = http::split(&response.block);
    let head_length = head.len();
    let (status, headers) = http::parse_response(head).ok_or((0, "its HTTP head cannot be read"))?;
    let url = response.field("WARC-Target-URI").and_then(|url| Url::parse(url).ok()).ok_or((0, "it has no WARC-Target-URI"))?;
    let sent = response.date().ok_or((0, "it has no WARC-Date"))?;
    let address = response.field("WARC-IP-Address").and_then(|address| address.parse().ok());
    let revisit = response.kind() == REVISIT;
    let truncated = match response.field("WARC-Truncated").filter(|why| !revisit || *why != LEFT_OUT) {
        None => None,
        Some(word) => Some(serde_json::from_value(word.into()).map_err(|_| (0, "its WARC-Truncated is unknown"))?),
    };
    let more: Metadata = serde_json::from_slice(&metadata.block).map_err(|_| (2, "its block is not the JSON of an exchange"))?;
    let tls = match more.tls {
        None => None,
        Some(chain) => Some(Tls {
            chain: chain
                .iter()
                .map(|hex| from_hex(hex))
                .collect::<Option<_>>()
                .ok_or((2, "a certificate in it is not hexadecimal"))?,
        }),
    };
    let original = match more.original.filter(|_| revisit) {
        Some(place) if response.refers_to() != Some(&place.record) => {
            return Err((2, "it names another original than the revisit does"));
        }
        None if revisit => return Err((2, "it does not say where the body of the revisit is")),
        original => original,
    };
    let exchange = Exchange {
        purpose: more.purpose,
        url,
        request: http::parse_request(&request.block).ok_or((1, "its HTTP head cannot be read"))?,
        sent,
        done: more.done,
        version: more.version,
        status,
        headers,
        body: response.block.split_off(head_length),
        address,
        resolved: more.dns.map(|dns| dns.addresses).unwrap_or_default(),
        tls,
        truncated,
    };
    Ok((exchange, original))
}

/// The block of the record that opens a segment.
pub(crate) fn warcinfo(software: &str) -> String {
    let software = software.replace(['\r', '\n'], " ");
    format!(
        "software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    )
}

/// The value of `WARC-Protocol` (an extension in common use; names as in ALPN, RFC 7301).
fn protocol(version: &str) -> Option<&'static str> {
    match version {
        "HTTP/1.0" => Some("http/1.0"),
        "HTTP/1.1" => Some("http/1.1"),
        "HTTP/2" => Some("h2"),
        "HTTP/3" => Some("h3"),
        _ => None,
    }
}

fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_written_before_there_was_dns_in_it_is_read() {
        let old = r#"{"purpose":"answer","version":"HTTP/2","done":"2026-11-23T05:30:00.222221Z","about":{"errand":"page"}}"#;
        let read: Metadata = serde_json::from_str(old).unwrap();
        assert!(read.dns.is_none() && read.tls.is_none());
        assert_eq!(serde_json::to_string(&read).unwrap(), old);
    }
}
