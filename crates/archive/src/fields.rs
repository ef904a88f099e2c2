//! The head of a WARC record: named fields, written and read (ISO 28500:2017, 4 and 5).

use model::{Digest, Record, Time};

use crate::digest::digest;
use crate::http;

/// First line of every record.
pub(crate) const VERSION: &str = "WARC/1.1";
/// Type of a record whose body stands in another.
pub(crate) const REVISIT: &str = "revisit";

/// A record as it stands in a segment, digests checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// Byte offset of its gzip member in the segment.
    pub offset: u64,
    /// Length of the gzip member in bytes.
    pub length: u64,
    /// Named fields of its head in order, as written.
    pub fields: Vec<(String, String)>,
    /// Its block: what follows the head.
    pub block: Vec<u8>,
}

impl RawRecord {
    /// The value of a named field; names do not distinguish case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// `WARC-Record-ID` without brackets; empty if there is none.
    pub fn id(&self) -> &str {
        self.field("WARC-Record-ID").map_or("", without_brackets)
    }

    /// `WARC-Type`; empty if there is none.
    pub fn kind(&self) -> &str {
        self.field("WARC-Type").unwrap_or_default()
    }

    /// `WARC-Concurrent-To` without brackets: the record this one belongs to.
    pub fn concurrent_to(&self) -> Option<&str> {
        self.field("WARC-Concurrent-To").map(without_brackets)
    }

    /// `WARC-Refers-To` without brackets: the record this one speaks of, or has its body in.
    pub fn refers_to(&self) -> Option<&str> {
        self.field("WARC-Refers-To").map(without_brackets)
    }

    /// `WARC-Date`.
    pub fn date(&self) -> Option<Time> {
        self.field("WARC-Date")?.parse().ok()
    }

    /// The payload as it stands here: the body of an HTTP message, else the whole block. That of a revisit stands elsewhere.
    pub fn payload(&self) -> &[u8] {
        let http = self.field("Content-Type").is_some_and(|kind| kind.starts_with("application/http"));
        if http { http::split(&self.block).1 } else { &self.block }
    }

    /// Digest of the payload, or of the block where there is no payload of its own.
    pub fn payload_digest(&self) -> Option<Digest> {
        self.field("WARC-Payload-Digest").or_else(|| self.field("WARC-Block-Digest"))?.parse().ok()
    }

    /// How the ledger refers to it.
    pub fn record(&self, segment: &str) -> Option<Record> {
        Some(Record {
            id: self.id().to_owned(),
            kind: self.kind().to_owned(),
            segment: segment.to_owned(),
            offset: self.offset,
            length: self.length,
            payload: self.payload_digest()?,
        })
    }

    /// What differs between the bytes and the digests in the head, if something does. The payload digest of a revisit is
    /// over bytes that stand elsewhere.
    pub(crate) fn difference(&self) -> Option<String> {
        let differs = |name: &str, bytes: &[u8]| {
            let said = self.field(name)?;
            let found = digest(bytes);
            (said.parse::<Digest>() != Ok(found)).then(|| format!("{name} says {said}, the bytes give {found}"))
        };
        if self.field("WARC-Block-Digest").is_none() {
            return Some("it has no WARC-Block-Digest".to_owned());
        }
        let payload = || if self.kind() == REVISIT { None } else { differs("WARC-Payload-Digest", self.payload()) };
        differs("WARC-Block-Digest", &self.block).or_else(payload)
    }
}

/// Reads the named fields of a head, version line included. The error says what is wrong with it.
pub(crate) fn parse(head: &[u8]) -> Result<Vec<(String, String)>, String> {
    let text = std::str::from_utf8(head).map_err(|_| "its head is not UTF-8".to_owned())?;
    let mut lines = text.lines();
    match lines.next() {
        Some("WARC/1.1" | "WARC/1.0") => {}
        other => return Err(format!("it starts with `{}`, not with `{VERSION}`", other.unwrap_or_default().escape_debug())),
    }
    lines
        .filter(|line| !line.is_empty())
        .map(|line| match line.split_once(':') {
            Some((name, value)) => Ok((name.to_owned(), value.trim().to_owned())),
            None => Err(format!("its head has the line `{}`", line.escape_debug())),
        })
        .collect()
}

fn without_brackets(id: &str) -> &str {
    id.trim_start_matches('<').trim_end_matches('>')
}
