//! WARC files in the forms of other programs, and what is offered of them.

use std::io::Write as _;

use archive::stranger::{Brought, Fault, Flaw, Limits, Offer, Taken};
use flate2::Compression;
use flate2::write::GzEncoder;
use model::Time;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

use crate::forge::{stored, zip};

pub(crate) const PAGE: &str = "<!doctype html><title>Budget</title><p>The budget of 2026.";

/// A record with its length.
pub(crate) fn record(version: &str, fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut record = format!("{version}\r\n").into_bytes();
    for (name, value) in fields {
        record.extend(format!("{name}: {value}\r\n").bytes());
    }
    record.extend(format!("Content-Length: {}\r\n\r\n", block.len()).bytes());
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

/// A response with further fields.
pub(crate) fn response(url: &str, more: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut fields = vec![
        ("WARC-Type", "response"),
        ("WARC-Target-URI", url),
        ("WARC-Date", "2026-01-02T03:04:05Z"),
        ("Content-Type", "application/http;msgtype=response"),
    ];
    fields.extend(more);
    record("WARC/1.1", &fields, block)
}

/// A request with further fields.
pub(crate) fn request(url: &str, more: &[(&str, &str)], block: &str) -> Vec<u8> {
    let mut fields = vec![("WARC-Type", "request"), ("WARC-Target-URI", url), ("WARC-Date", "2026-01-02T03:04:05Z")];
    fields.extend(more);
    record("WARC/1.1", &fields, block.as_bytes())
}

/// A good answer with a page.
pub(crate) fn page() -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}").into_bytes()
}

/// A gzip member.
pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Reads a file as it would be taken in.
pub(crate) fn read_under(bytes: &[u8], limits: &Limits) -> Result<(Vec<Offer>, Taken), Fault> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut brought = Brought::open(file.path(), limits)?;
    let looked = brought.look()?;
    let mut offers = Vec::new();
    let now: Time = "2026-11-23T12:00:00Z".parse().unwrap();
    let taken = brought.take(&looked, now, |offer| {
        offers.push(offer);
        Ok::<(), Fault>(())
    })?;
    Ok((offers, taken))
}

pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Offer>, Taken), Fault> {
    read_under(bytes, &Limits::STRANGER)
}

/// The flaw of the only record that is refused.
#[track_caller]
pub(crate) fn flaw(bytes: &[u8]) -> Flaw {
    let (offers, mut taken) = read(bytes).unwrap();
    assert!(offers.is_empty(), "{offers:?}");
    assert_eq!(taken.refused.len(), 1, "{taken:?}");
    let refused = taken.refused.remove(0);
    assert!(refused.to_string().starts_with("record "), "{refused}");
    refused.flaw
}

fn sha1(bytes: &[u8]) -> String {
    let sum = digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes);
    let letters = |five: &[u8]| {
        let held = five.iter().fold(0_u64, |held, byte| held << 8 | u64::from(*byte));
        (0..8)
            .map(|n| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[usize::try_from(held >> (35 - 5 * n) & 31).unwrap()]))
            .collect::<String>()
    };
    format!("sha1:{}", sum.as_ref().chunks(5).map(letters).collect::<String>())
}

fn sha256(bytes: &[u8]) -> String {
    let sum = digest(&SHA256, bytes);
    format!("sha256:{}", sum.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

#[test]
fn a_file_of_wget_is_read() {
    // WARC 1.0, brackets around addresses, the response names its request, SHA-1, chunks as they came.
    let body = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
    let block =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nSet-Cookie: s=1\r\n\r\n{body}");
    let info = record("WARC/1.0", &[("WARC-Type", "warcinfo"), ("WARC-Record-ID", "<urn:uuid:1>")], b"software: Wget\r\n");
    let asked = record(
        "WARC/1.0",
        &[
            ("WARC-Type", "request"),
            ("WARC-Target-URI", "<http://city.example/budget>"),
            ("WARC-Record-ID", "<urn:uuid:2>"),
            ("WARC-Date", "2026-01-02T03:04:05Z"),
        ],
        b"GET /budget HTTP/1.1\r\nUser-Agent: Wget\r\nHost: city.example\r\n\r\n",
    );
    let (of_block, of_body) = (sha1(block.as_bytes()), sha1(body.as_bytes()));
    let fields = [
        ("WARC-Type", "response"),
        ("WARC-Target-URI", "<http://city.example/budget>"),
        ("WARC-Record-ID", "<urn:uuid:3>"),
        ("WARC-Date", "2026-01-02T03:04:05Z"),
        ("WARC-Concurrent-To", "<urn:uuid:2>"),
        ("WARC-IP-Address", "192.0.2.7"),
        ("WARC-Block-Digest", &of_block),
        ("WARC-Payload-Digest", &of_body),
    ];
    let answered = record("WARC/1.0", &fields, block.as_bytes());
    let plain = [info.clone(), asked.clone(), answered.clone()].concat();
    let members = [packed(&info), packed(&asked), packed(&answered)].concat();
    for bytes in [plain.clone(), members, packed(&plain)] {
        let (offers, taken) = read(&bytes).unwrap();
        assert_eq!((offers.len(), taken.refused.len()), (1, 0), "{taken:?}");
        assert_eq!((taken.passed["warcinfo"], taken.passed["request"]), (1, 1));
        let Offer { exchange, asked, dropped, proven, .. } = &offers[0];
        assert_eq!((exchange.url.as_str(), exchange.status), ("http://city.example/budget", 200));
        assert_eq!(exchange.body, PAGE.as_bytes());
        assert_eq!(exchange.request.get("user-agent"), Some("Wget"));
        assert_eq!(exchange.address, Some("192.0.2.7".parse().unwrap()));
        assert_eq!((*asked, dropped.as_slice(), *proven), (true, &["set-cookie"][..], false));
        assert_eq!(exchange.headers.get("set-cookie"), None);
    }
}

#[test]
fn a_file_of_warcio_is_read_and_the_payload_may_be_meant_with_or_without_chunks() {
    let body = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
    let block = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
    for payload in [sha256(body.as_bytes()), sha256(PAGE.as_bytes())] {
        let more = [("WARC-Record-ID", "<urn:uuid:3>"), ("WARC-Payload-Digest", payload.as_str())];
        let answered = response("https://city.example/", &more, block.as_bytes());
        let linked = [("WARC-Record-ID", "<urn:uuid:4>"), ("WARC-Concurrent-To", "<urn:uuid:3>")];
        let asked = request("https://city.example/", &linked, "GET / HTTP/1.1\r\nAccept: */*\r\nCookie: a=b\r\n\r\n");
        let (offers, _) = read(&[packed(&answered), packed(&asked)].concat()).unwrap();
        assert_eq!(offers[0].exchange.body, PAGE.as_bytes());
        assert_eq!(offers[0].exchange.request.0, [("accept".to_owned(), "*/*".to_owned())]);
        assert_eq!((offers[0].dropped.as_slice(), offers[0].proven), (&["cookie"][..], true));
    }
}

#[test]
fn a_package_of_a_browser_extension_is_read() {
    // The body as the browser shows it, under the head as it came.
    let block = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nx-wabac-preset-cookie: a=b\r\n\r\n{PAGE}");
    let warc = packed(&response("https://city.example/", &[("WARC-Record-ID", "<urn:uuid:3>")], block.as_bytes()));
    let other = response("https://city.example/two", &[("WARC-Record-ID", "<urn:uuid:4>")], &page());
    let package = zip(&[
        stored("archive/a.warc", b""),
        stored("archive/data.warc.gz", &warc),
        stored("archive/more.warc", &other),
        stored("pages/pages.jsonl", b"{}\n"),
    ]);
    let (offers, taken) = read(&package).unwrap();
    assert_eq!((offers.len(), taken.offered, taken.refused.len()), (2, 2, 0));
    assert_eq!(offers[0].exchange.body, PAGE.as_bytes());
    assert_eq!((offers[0].asked, offers[0].dropped.as_slice()), (false, &["x-wabac-preset-cookie"][..]));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&package).unwrap();
    let looked = Brought::open(file.path(), &Limits::STRANGER).unwrap().look().unwrap();
    assert_eq!(looked.of_persons.into_iter().collect::<Vec<_>>(), ["x-wabac-preset-cookie"]);
}
