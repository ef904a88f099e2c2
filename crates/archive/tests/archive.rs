//! What goes in comes out, and nothing else: round trips, torn tails, flipped bytes, foreign names.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use archive::{Archive, Error, RawRecord, Settings, digest, read, read_text, scan, segments};
use model::{Exchange, Headers, Purpose, Record, Time, Tls, Truncation};
use proptest::prelude::*;
use serde_json::json;
use url::Url;

fn settings(max_segment: u64) -> Settings {
    Settings {
        prefix: "test".to_owned(),
        max_segment,
        max_age: Duration::from_secs(900),
        level: 1,
        software: "portolan/0".to_owned(),
    }
}

fn open(dir: &Path) -> Archive {
    Archive::open(dir, settings(1 << 28)).unwrap()
}

fn exchange(url: &str, body: &[u8]) -> Exchange {
    let sent: Time = "2026-11-23T05:30:00.123456Z".parse().unwrap();
    let headers = |pairs: &[(&str, &str)]| Headers(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect());
    Exchange {
        purpose: Purpose::Answer,
        url: Url::parse(url).unwrap(),
        request: headers(&[("host", "city.example"), ("user-agent", "portolan/0 (+https://portolan.example)")]),
        sent,
        done: sent.plus(Duration::from_micros(98_765)),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: headers(&[("content-type", "text/html; charset=utf-8"), ("vary", "accept"), ("vary", "cookie")]),
        body: body.to_vec(),
        address: Some([192, 0, 2, 7].into()),
        resolved: vec![[10, 0, 0, 1].into(), [192, 0, 2, 7].into()],
        tls: Some(Tls { chain: vec![vec![0x30, 0x82, 0x00, 0xff]] }),
        truncated: None,
    }
}

fn only_segment(dir: &Path) -> PathBuf {
    let found = segments(dir).unwrap();
    assert_eq!(found.len(), 1);
    found[0].clone()
}

fn records(segment: &Path) -> Vec<RawRecord> {
    scan(segment).unwrap().map(|record| record.unwrap()).collect()
}

#[test]
fn an_exchange_becomes_response_request_and_metadata_joined_by_the_response() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(dir.path());
    let written = archive.append(&exchange("https://city.example/a?b=1", b"<p>hello"), &json!({"errand": "page"})).unwrap();
    archive.close().unwrap();

    let found = records(&only_segment(dir.path()));
    let kinds: Vec<_> = found.iter().map(RawRecord::kind).collect();
    assert_eq!(kinds, ["warcinfo", "response", "request", "metadata"]);
    assert_eq!(found[1].record(&written.segment), Some(written.clone()));
    assert_eq!(written.payload, digest(b"<p>hello"));
    assert_eq!(found[2].concurrent_to(), Some(&*written.id));
    assert_eq!(found[3].concurrent_to(), Some(&*written.id));
    assert_eq!(found[1].field("warc-date"), Some("2026-11-23T05:30:00.123456Z"));
    assert_eq!(found[1].field("WARC-IP-Address"), Some("192.0.2.7"));
    assert_eq!(found[1].field("WARC-Protocol"), Some("http/1.1"));
    assert_eq!(
        String::from_utf8(found[3].block.clone()).unwrap(),
        r#"{"purpose":"answer","version":"HTTP/1.1","done":"2026-11-23T05:30:00.222221Z","tls":["308200ff"],"dns":{"name":"city.example","addresses":["10.0.0.1","192.0.2.7"]},"about":{"errand":"page"}}"#
    );
}

#[test]
fn text_and_misses_are_records_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(dir.path());
    let asked = exchange("https://city.example/plan.pdf", b"%PDF-1.7");
    let page = archive.append(&asked, &json!(null)).unwrap();
    let text = archive.append_text(&page, &asked.url, "Plan général", asked.done).unwrap();
    let gone = Url::parse("https://nowhere.example/").unwrap();
    let miss = archive.append_miss(&gone, asked.sent, &json!({"miss": "dns"})).unwrap();
    archive.close().unwrap();

    assert_eq!(read_text(dir.path(), &text).unwrap(), "Plan général");
    let found = records(&only_segment(dir.path()));
    assert_eq!(found[4].field("WARC-Refers-To"), Some(&*format!("<{}>", page.id)));
    assert_eq!(found[5].record(&miss.segment), Some(miss));
    assert_eq!(found[5].field("WARC-Target-URI"), Some("https://nowhere.example/"));
    assert_eq!(found[5].block, br#"{"about":{"miss":"dns"}}"#);
}

#[test]
fn a_transfer_coding_that_the_body_no_longer_has_is_not_in_the_record() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(dir.path());
    let mut asked = exchange("http://city.example/", b"x");
    asked.headers.0.push(("transfer-encoding".to_owned(), "chunked".to_owned()));
    let record = archive.append(&asked, &json!(null)).unwrap();
    archive.close().unwrap();
    assert_eq!(read(dir.path(), &record).unwrap().headers.get("transfer-encoding"), None);
}

#[test]
fn nothing_that_identifies_or_admits_a_person_is_in_the_segment() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(dir.path());
    let mut asked = exchange("http://city.example/", b"x");
    let field = |name: &str| (name.to_owned(), "secret-of-a-person".to_owned());
    asked.request.0.extend([field("cookie"), field("authorization"), field("proxy-authorization")]);
    asked.headers.0.extend([field("set-cookie"), field("Set-Cookie")]);
    archive.append(&asked, &json!(null)).unwrap();
    archive.close().unwrap();

    for record in records(&only_segment(dir.path())) {
        let text = String::from_utf8(record.block.clone()).unwrap();
        assert!(!text.contains("secret-of-a-person") && !text.contains("authorization"), "{text}");
    }
}

#[test]
fn a_full_segment_is_followed_by_a_new_one_and_no_writer_touches_another_ones() {
    let dir = tempfile::tempdir().unwrap();
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut archive = Archive::open(dir.path(), settings(1)).unwrap();
        for n in 0..3 {
            let asked = exchange(&format!("http://city.example/{n}"), b"x");
            kept.push((archive.append(&asked, &json!(n)).unwrap(), asked));
        }
        archive.close().unwrap();
    }
    let names: Vec<_> = segments(dir.path()).unwrap();
    // One record in the opening (it fills the segment), one segment per exchange after that.
    assert_eq!(names.len(), 6);
    assert!(names.iter().all(|path| records(path)[0].kind() == "warcinfo"));
    for (record, asked) in kept {
        assert!(record.segment.starts_with("test-20") && record.segment.ends_with(".warc.gz"), "{}", record.segment);
        assert_eq!(read(dir.path(), &record).unwrap(), asked);
    }
}

/// Two exchanges in one segment: its path, the record of the second, and where each record starts and ends.
fn two(dir: &Path) -> (PathBuf, Record, Vec<RawRecord>) {
    let mut archive = open(dir);
    archive.append(&exchange("http://city.example/1", b"first"), &json!(null)).unwrap();
    let second = archive.append(&exchange("http://city.example/2", b"second"), &json!(null)).unwrap();
    archive.close().unwrap();
    let segment = only_segment(dir);
    let found = records(&segment);
    (segment, second, found)
}

#[test]
fn a_tail_torn_at_any_byte_is_reported_and_never_read() {
    let dir = tempfile::tempdir().unwrap();
    let (segment, second, found) = two(dir.path());
    let whole = std::fs::read(&segment).unwrap();
    let last = found.last().unwrap();
    assert_eq!(last.offset + last.length, whole.len() as u64);
    for cut in last.offset + 1..whole.len() as u64 {
        std::fs::write(&segment, &whole[..usize::try_from(cut).unwrap()]).unwrap();
        let mut scanned: Vec<_> = scan(&segment).unwrap().collect();
        let torn = scanned.pop().unwrap();
        assert!(matches!(torn, Err(Error::Torn { offset, .. }) if offset == last.offset), "cut at {cut}: {torn:?}");
        assert_eq!(scanned.len(), found.len() - 1);
        assert!(scanned.iter().all(Result::is_ok));
        assert!(matches!(read(dir.path(), &second), Err(Error::Torn { .. })));
    }
}

#[test]
fn a_flipped_byte_is_detected_and_the_record_named() {
    let dir = tempfile::tempdir().unwrap();
    let (segment, second, _) = two(dir.path());
    let whole = std::fs::read(&segment).unwrap();
    let start = usize::try_from(second.offset).unwrap();
    let end = start + usize::try_from(second.length).unwrap();
    for at in start..end {
        // Bytes 4 to 9 of a gzip member are its time, extra flags and system: they carry nothing of ours.
        if (4..10).contains(&(at - start)) {
            continue;
        }
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        std::fs::write(&segment, &bytes).unwrap();
        let came = read(dir.path(), &second);
        // The last byte before the trailer of 8 ends in bits that carry nothing.
        if at == end - 9 && came.as_ref().is_ok_and(|came| *came == exchange("http://city.example/2", b"second")) {
            continue;
        }
        let said = came.expect_err(&format!("byte {at} was flipped")).to_string();
        let named = said.contains(&second.segment) && said.contains(&format!("at byte {start}"));
        assert!(named, "byte {at}: {said}");
    }
}

#[test]
fn a_ledger_that_disagrees_with_the_archive_is_told_what_differs() {
    let dir = tempfile::tempdir().unwrap();
    let (_, second, found) = two(dir.path());
    let said = |record: &Record| read(dir.path(), record).unwrap_err().to_string();
    let check = |record: Record, expect: &str| assert!(said(&record).contains(expect), "{}", said(&record));

    check(Record { payload: digest(b"other"), ..second.clone() }, "its payload is sha256:");
    check(Record { length: 1, ..second.clone() }, "the ledger says 1");
    check(Record { id: "urn:uuid:0".to_owned(), ..second.clone() }, &format!("the record there is `{}`", second.id));
    check(Record { offset: found[1].offset, ..second.clone() }, &format!("the record there is `{}`", found[1].id()));
    check(Record { offset: second.offset + 1, ..second.clone() }, "is damaged");
    check(Record { offset: 1 << 40, ..second.clone() }, "the segment ends before it");
    check(Record { kind: "conversion".to_owned(), ..second.clone() }, "it is a response, the ledger says conversion");
    check(Record { segment: "../secret".to_owned(), ..second.clone() }, "`../secret` is not the name of a segment");
    check(Record { segment: "gone.warc.gz".to_owned(), ..second }, "cannot open segment");
}

#[test]
fn hostile_heads_and_lengths_are_refused_without_being_believed() {
    use std::io::Write as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("hostile.warc.gz");
    let check = |plain: &[u8], expect: &str| {
        let mut gzip = flate2::write::GzEncoder::new(std::fs::File::create(&path).unwrap(), flate2::Compression::fast());
        gzip.write_all(plain).unwrap();
        gzip.finish().unwrap();
        let said = scan(&path).unwrap().next().unwrap().unwrap_err().to_string();
        assert!(said.contains(expect), "{said}");
    };
    check(b"WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n", "its Content-Length is `99999999999`");
    check(b"WARC/1.1\r\nContent-Length: -1\r\n\r\n", "its Content-Length is `-1`");
    check(b"WARC/1.1\r\nContent-Length: 100000000\r\n\r\nshort\r\n\r\n", "its block is not the 100000000 bytes");
    check(b"WARC/1.1\r\nContent-Length: 1\r\n\r\nlong\r\n\r\n", "its block is not the 1 bytes");
    check(b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "it has no WARC-Block-Digest");
    check(b"WARC/1.1\r\nno colon\r\n\r\n", "its head has the line `no colon`");
    check(b"HTTP/1.1 200\r\n\r\n", "it starts with `HTTP/1.1 200`");
    check(&vec![b'x'; 4 << 20], "its head has no end within 1048576 bytes");
    std::fs::write(&path, b"not gzip at all, but long enough for a header").unwrap();
    assert!(matches!(scan(&path).unwrap().next(), Some(Err(Error::Damaged { .. }))));
}

fn headers() -> impl Strategy<Value = Headers> {
    prop::collection::vec(("[a-su-z][a-z0-9-]{0,12}", "[ -~\u{a0}-\u{17f}]{0,40}"), 0..12).prop_map(Headers)
}

prop_compose! {
    fn any_exchange()(
        body in prop_oneof![prop::collection::vec(any::<u8>(), 0..4000), Just(b"\r\n\r\nWARC/1.1\r\n\r\n".to_vec())],
        request in headers(),
        answer in headers(),
        path in "[a-z0-9/%]{0,20}",
        status in 100..=599_u16,
        version in prop::sample::select(vec!["HTTP/0.9", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"]),
        truncated in prop::sample::select(vec![None, Some(Truncation::Length), Some(Truncation::Time), Some(Truncation::Disconnect)]),
        purpose in prop::sample::select(vec![Purpose::Robots, Purpose::Redirect, Purpose::Answer]),
        chain in prop::option::of(prop::collection::vec(prop::collection::vec(any::<u8>(), 0..99), 0..3)),
        address in prop::option::of(any::<std::net::IpAddr>()),
        resolved in prop::collection::vec(any::<std::net::IpAddr>(), 0..4),
        sent in 0..4_000_000_000_000_000_i64,
    ) -> Exchange {
        let sent = Time::from_micros(sent).unwrap();
        Exchange {
            purpose, sent, status, body, request, address, resolved, truncated,
            url: Url::parse(&format!("https://city.example/{path}?q#!f")).unwrap(),
            done: sent.plus(Duration::from_micros(1)),
            version: version.to_owned(),
            headers: answer,
            tls: chain.map(|chain| Tls { chain }),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_was_appended_is_read_back_equal(exchanges in prop::collection::vec(any_exchange(), 1..4), level in 0..=9_u32) {
        let dir = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(dir.path(), Settings { level, ..settings(3000) }).unwrap();
        let kept: Vec<_> = exchanges.iter().map(|one| archive.append(one, &json!({"n": 1})).unwrap()).collect();
        archive.close().unwrap();
        for (record, exchange) in kept.iter().zip(&exchanges) {
            prop_assert_eq!(&read(dir.path(), record).unwrap(), exchange);
        }
    }
}
