//! An exchange as three records: response, request, metadata. Written in this order, one behind the other, so that
//! the place of the response is the place of all three.

use std::net::IpAddr;

use model::{Digest, Exchange, Purpose, Time, Tls};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::digest::digest;
use crate::fields::RawRecord;
use crate::http;
use crate::press::{Draft, new_id};

/// What an exchange is made of besides its body.
pub(crate) struct Parts {
    /// Identifiers of response, request and metadata.
    pub(crate) ids: [String; 3],
    response: Vec<u8>,
    request: Vec<u8>,
    metadata: Vec<u8>,
    /// Digest of the body.
    pub(crate) payload: Digest,
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

impl Parts {
    pub(crate) fn of(exchange: &Exchange, about: &Value) -> Self {
        let metadata = Metadata {
            purpose: exchange.purpose,
            version: exchange.version.clone(),
            done: exchange.done,
            tls: exchange.tls.as_ref().map(|tls| tls.chain.iter().map(|der| to_hex(der)).collect()),
            dns: Dns::of(exchange),
            about: about.clone(),
        };
        Self {
            ids: [new_id(), new_id(), new_id()],
            response: http::response_head(&exchange.version, exchange.status, &exchange.headers),
            request: http::request_head(&exchange.url, &exchange.request),
            metadata: serde_json::to_vec(&metadata).expect("a tree of strings and JSON is JSON"),
            payload: digest(&exchange.body),
        }
    }

    pub(crate) fn drafts<'a>(&'a self, exchange: &'a Exchange) -> [Draft<'a>; 3] {
        let [response, request, metadata] = &self.ids;
        let together = || ("WARC-Concurrent-To", format!("<{response}>"));
        let draft = |kind, id, content_type, fields, head: &'a [u8], body: &'a [u8]| Draft {
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
        about_response.extend(exchange.truncated.map(|why| ("WARC-Truncated", why.as_str().to_owned())));
        [
            draft("response", response, "application/http;msgtype=response", about_response, &self.response, &exchange.body),
            draft("request", request, "application/http;msgtype=request", vec![together()], &self.request, b""),
            draft("metadata", metadata, "application/json", vec![together()], b"", &self.metadata),
        ]
    }
}

/// An exchange from its three records. The error names the record (0 to 2) and says what is wrong with it.
pub(crate) fn restore(records: [RawRecord; 3]) -> Result<Exchange, (usize, &'static str)> {
    let [mut response, request, metadata] = records;
    let (head, _) = http::split(&response.block);
    let head_length = head.len();
    let (status, headers) = http::parse_response(head).ok_or((0, "its HTTP head cannot be read"))?;
    let url = response.field("WARC-Target-URI").and_then(|url| Url::parse(url).ok()).ok_or((0, "it has no WARC-Target-URI"))?;
    let sent = response.date().ok_or((0, "it has no WARC-Date"))?;
    let address = response.field("WARC-IP-Address").and_then(|address| address.parse().ok());
    let truncated = match response.field("WARC-Truncated") {
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
    Ok(Exchange {
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
    })
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

fn from_hex(text: &str) -> Option<Vec<u8>> {
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
