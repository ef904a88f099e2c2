//! The index of a WARC file: where in it the answer for a URL and an instant stands.

use std::io::{Result as IoResult, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use model::Digest;
use serde::Serialize;
use url::Url;

use super::surt::surt;
use crate::digest::digest;
use crate::fields::RawRecord;
use crate::http;

/// What a line says after key and instant; the names and their order are those of other tools.
#[derive(Serialize)]
struct Place<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    digest: String,
    length: String,
    offset: String,
    filename: &'a str,
}

/// The line of a record that starts at `offset` of the WARC file `filename`, without its line break. `None` for records
/// that nobody looks up: those but responses, revisits and resources.
///
/// Metadata records are left out, although indexers take them by default: ours have the URL of the page that they speak
/// of, and a player that looks the page up would be given the metadata in its place.
pub fn line(record: &RawRecord, offset: u64, filename: &str) -> Option<String> {
    let http = record.field("Content-Type").is_some_and(|kind| kind.starts_with("application/http"));
    let head = if http { Head::of(&record.block) } else { Head::default() };
    let (mime, status) = match record.kind() {
        "response" => (head.mime, head.status),
        "revisit" => (Some("warc/revisit".to_owned()), head.status),
        "resource" => (record.field("Content-Type").map(first_word), None),
        _ => return None,
    };
    let url = record.field("WARC-Target-URI")?.trim_start_matches('<').trim_end_matches('>');
    let key = surt(&Url::parse(url).ok()?);
    let instant: String = record.date()?.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
    let payload = record.field("WARC-Payload-Digest").map(str::to_owned);
    let place = Place {
        url,
        mime,
        status,
        digest: payload.unwrap_or_else(|| digest(record.payload()).to_string()),
        length: record.length.to_string(),
        offset: offset.to_string(),
        filename,
    };
    Some(format!("{key} {instant} {}", serde_json::to_string(&place).ok()?))
}

/// What an index needs of the head of an HTTP answer, however badly it is written.
#[derive(Default)]
struct Head {
    mime: Option<String>,
    status: Option<String>,
}

impl Head {
    fn of(block: &[u8]) -> Self {
        let head = String::from_utf8_lossy(http::split(block).0).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).map(str::to_owned);
        let fields = lines.filter_map(|line| line.split_once(':'));
        let mut kinds = fields.filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"));
        Self { mime: kinds.next().map(|(_, value)| first_word(value)), status }
    }
}

/// A media type without its parameters.
fn first_word(value: &str) -> String {
    value.trim().split(|c: char| c == ';' || c.is_whitespace()).next().unwrap_or_default().to_owned()
}

/// The index of a package: its two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// `indexes/index.cdx.gz`: the lines, sorted by byte, in one gzip member.
    pub lines: Vec<u8>,
    /// `indexes/index.idx`: where that member is and with which key it begins. Players that load parts of a package on
    /// demand look here first and do not find a compressed index without it.
    pub blocks: Vec<u8>,
}

impl Index {
    /// Sorts and packs lines.
    pub fn of(mut lines: Vec<String>) -> IoResult<Self> {
        lines.sort_unstable();
        lines.dedup();
        let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
        for line in &lines {
            packer.write_all(line.as_bytes())?;
            packer.write_all(b"\n")?;
        }
        let packed = packer.finish()?;
        let mut blocks = String::from("!meta 0 {\"format\":\"cdxj-gzip-1.0\",\"filename\":\"index.cdx.gz\"}\n");
        if let Some((first, _)) = lines.first().and_then(|line| line.split_once(" {")) {
            let sum: Digest = digest(&packed);
            blocks.push_str(&format!("{first} {{\"offset\":0,\"length\":{},\"digest\":\"{sum}\"}}\n", packed.len()));
        }
        Ok(Self { lines: packed, blocks: blocks.into_bytes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content: &str, block: &[u8]) -> RawRecord {
        let fields = [
            ("WARC-Type", kind),
            ("WARC-Target-URI", "https://www.city.example/B?a"),
            ("WARC-Date", "2026-11-23T05:30:00.999999Z"),
            ("Content-Type", content),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        RawRecord { offset: 3, length: 77, fields, block: block.to_vec() }
    }

    #[test]
    fn a_response_is_found_by_key_and_second() {
        let response = record(
            "response",
            "application/http;msgtype=response",
            b"HTTP/1.1 404 \r\nContent-type:text/html ;charset=x\r\n\r\nabc",
        );
        assert_eq!(
            line(&response, 5, "city.warc.gz").unwrap(),
            r#"example,city)/b?a 20261123053000 {"url":"https://www.city.example/B?a","mime":"text/html","status":"404","digest":"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","length":"77","offset":"5","filename":"city.warc.gz"}"#
        );
    }

    #[test]
    fn revisits_and_resources_are_looked_up_and_nothing_else_is() {
        let revisit = record("revisit", "application/http;msgtype=response", b"HTTP/1.1 304\r\n\r\n");
        assert!(line(&revisit, 0, "f").unwrap().contains(r#""mime":"warc/revisit","status":"304","#));
        let resource = record("resource", "text/plain; charset=utf-8", b"HTTP/1.1 200\r\n\r\n");
        assert!(line(&resource, 0, "f").unwrap().contains(r#""mime":"text/plain","digest""#));
        for kind in ["request", "metadata", "conversion", "warcinfo"] {
            assert_eq!(line(&record(kind, "application/json", b"{}"), 0, "f"), None);
        }
    }

    #[test]
    fn an_index_of_nothing_has_no_block() {
        let index = Index::of(Vec::new()).unwrap();
        assert_eq!(index.blocks.iter().filter(|byte| **byte == b'\n').count(), 1);
    }
}
