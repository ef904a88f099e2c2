//! Bodies that come again: kept once, read back whole, and never referred to where that would lose something.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use archive::{Archive, Error, Originals, RawRecord, Settings, digest, may_revisit, original, read, scan, segments};
use model::{Exchange, Headers, Purpose, Record, Time, Truncation};
use serde_json::{Value, json};
use url::Url;

fn open(dir: &Path) -> Archive {
    let settings = Settings {
        prefix: "test".to_owned(),
        max_segment: 1 << 28,
        max_age: Duration::from_secs(900),
        level: 1,
        software: "portolan/0".to_owned(),
    };
    Archive::open(dir, settings).unwrap()
}

/// An exchange sent so many minutes after noon; the server's date changes with it.
fn exchange(url: &str, minutes: u64, body: &[u8]) -> Exchange {
    let sent = "2026-11-23T12:00:00.123456Z".parse::<Time>().unwrap().plus(Duration::from_secs(minutes * 60));
    let headers = |pairs: &[(&str, &str)]| Headers(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect());
    Exchange {
        purpose: Purpose::Answer,
        url: Url::parse(url).unwrap(),
        request: headers(&[("host", "city.example"), ("user-agent", "portolan/0")]),
        sent,
        done: sent.plus(Duration::from_millis(7)),
        version: "HTTP/2".to_owned(),
        status: 200,
        headers: headers(&[("content-type", "text/html"), ("date", &sent.to_string()), ("content-length", "4000")]),
        body: body.to_vec(),
        address: Some([192, 0, 2, 7].into()),
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

const PAGE: &str = "https://city.example/budget";

/// 4000 bytes that do not get smaller by packing.
fn body() -> Vec<u8> {
    (0..125_u8).flat_map(|n| digest(&[n]).0).collect()
}

/// Appends as a process of its own that knows these records.
fn session(dir: &Path, known: &[Record], exchanges: &[&Exchange]) -> Vec<Record> {
    let mut archive = open(dir);
    let mut known: Originals = known.iter().cloned().collect();
    let append = |one: &&Exchange| archive.append_once(one, digest(&one.body), &json!({"errand": "page"}), &mut known).unwrap();
    let written = exchanges.iter().map(append).collect();
    archive.close().unwrap();
    written
}

fn kinds(written: &[Record]) -> Vec<&str> {
    written.iter().map(|record| record.kind.as_str()).collect()
}

fn found(dir: &Path, record: &Record) -> Vec<RawRecord> {
    let all = scan(&dir.join(&record.segment)).unwrap().map(Result::unwrap);
    all.skip_while(|one| one.offset < record.offset).take(3).collect()
}

#[test]
fn a_page_that_comes_again_in_a_later_survey_is_kept_once_and_read_back_equal() {
    let dir = tempfile::tempdir().unwrap();
    let (then, now) = (exchange(PAGE, 0, &body()), exchange("https://www.city.example/budget?x", 90, &body()));
    let first = session(dir.path(), &[], &[&then]).remove(0);
    let again = session(dir.path(), std::slice::from_ref(&first), &[&now]).remove(0);
    assert_eq!((first.kind.as_str(), again.kind.as_str()), ("response", "revisit"));
    assert_eq!(again.payload, first.payload);
    assert_ne!(again.segment, first.segment);
    assert_eq!(read(dir.path(), &first).unwrap(), then);
    assert_eq!(read(dir.path(), &again).unwrap(), now);
    assert_eq!(original(dir.path(), &again.segment, again.offset).unwrap(), first.id);

    let [revisit, request, metadata] = found(dir.path(), &again).try_into().unwrap();
    assert_eq!((request.kind(), request.concurrent_to()), ("request", Some(&*again.id)));
    let field = |name| revisit.field(name).unwrap();
    assert_eq!(field("WARC-Profile"), "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
    assert_eq!(field("WARC-Refers-To"), format!("<{}>", first.id));
    assert_eq!(field("WARC-Refers-To-Target-URI"), PAGE);
    assert_eq!(field("WARC-Refers-To-Date"), "2026-11-23T12:00:00.123456Z");
    assert_eq!(field("WARC-Payload-Digest"), digest(&body()).to_string());
    assert_eq!(field("WARC-Truncated"), "length");
    assert_eq!(field("Content-Type"), "application/http;msgtype=response");
    let head = String::from_utf8(revisit.block.clone()).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 \r\n") && head.contains("date: 2026-11-23T13:30") && head.ends_with("\r\n\r\n"));
    let says: Value = serde_json::from_slice(&metadata.block).unwrap();
    let place = json!({"record": first.id, "segment": first.segment, "offset": first.offset, "bytes": 4000});
    assert_eq!(says["original"], place);
}

#[test]
fn within_a_batch_what_was_written_stands_for_what_follows_and_revisits_form_no_chain() {
    let dir = tempfile::tempdir().unwrap();
    let pages = [0, 1, 2].map(|n| exchange(PAGE, n, &body()));
    let written = session(dir.path(), &[], &pages.each_ref());
    assert_eq!(kinds(&written), ["response", "revisit", "revisit"]);
    for (record, page) in written.iter().zip(&pages) {
        assert_eq!(&read(dir.path(), record).unwrap(), page);
    }
    for revisit in &written[1..] {
        assert_eq!(original(dir.path(), &revisit.segment, revisit.offset).unwrap(), written[0].id);
    }
    // Whoever names a revisit as an original is not believed.
    let later = session(dir.path(), &written[1..2], &[&exchange(PAGE, 3, &body())]);
    assert_eq!(kinds(&later), ["response"]);
}

#[test]
fn a_body_that_differs_is_small_or_was_cut_is_kept_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut other = body();
    other[3999] ^= 1;
    let whole = exchange(PAGE, 0, &body());
    let cut = Exchange { truncated: Some(Truncation::Length), ..exchange(PAGE, 2, &body()) };
    let (small, large) = (exchange(PAGE, 3, &[b'x'; 511]), exchange(PAGE, 5, &[b'x'; 512]));
    let all = [&whole, &exchange(PAGE, 1, &other), &cut, &small, &small, &large, &large];
    let written = session(dir.path(), &[], &all);
    assert_eq!(kinds(&written), ["response", "response", "response", "response", "response", "response", "revisit"]);
    for (record, exchange) in written.iter().zip(all) {
        assert_eq!(&read(dir.path(), record).unwrap(), exchange);
    }
    assert_eq!([&whole, &cut, &small, &large].map(may_revisit), [true, false, false, true]);

    // A cut response is no original either, though its bytes are the same.
    let later = session(dir.path(), &written[2..3], &[&whole]);
    assert_eq!(kinds(&later), ["response"]);
}

/// A page, and a revisit of it in another segment.
fn two(dir: &Path) -> [Record; 2] {
    let first = session(dir, &[], &[&exchange(PAGE, 0, &body())]).remove(0);
    let again = session(dir, std::slice::from_ref(&first), &[&exchange(PAGE, 9, &body())]).remove(0);
    [first, again]
}

/// What reading a revisit says, with its cause.
#[track_caller]
fn refused(dir: &Path, first: &Record, again: &Record) -> String {
    let error = read(dir, again).unwrap_err();
    let Error::Original { id, original, source, .. } = &error else { panic!("{error:?}") };
    assert_eq!((id, original), (&again.id, &first.id));
    let said = error.to_string();
    assert!(said.contains(&again.segment) && said.contains(&first.id), "{said}");
    source.to_string()
}

#[test]
fn a_revisit_whose_original_is_damaged_or_missing_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let [first, again] = two(dir.path());
    let path = dir.path().join(&first.segment);
    let whole = fs::read(&path).unwrap();
    let at = usize::try_from(first.offset).unwrap();

    let mut damaged = whole.clone();
    damaged[at + usize::try_from(first.length).unwrap() / 2] ^= 0x10;
    fs::write(&path, &damaged).unwrap();
    assert!(refused(dir.path(), &first, &again).contains(&format!("record `{}` at byte {at}", first.id)));
    fs::write(&path, &whole[..at]).unwrap();
    assert!(refused(dir.path(), &first, &again).contains("the segment ends before it"));
    fs::remove_file(&path).unwrap();
    assert!(refused(dir.path(), &first, &again).contains("cannot open segment"));

    // A sound segment of other records in its place: same name, the payload is another one.
    // Names and times in its first record shrink to more or fewer bytes by chance; the record must stand at the same place.
    let others = std::iter::repeat_with(|| {
        let elsewhere = tempfile::tempdir().unwrap();
        let other = session(elsewhere.path(), &[], &[&exchange(PAGE, 0, &[b'y'; 4000])]).remove(0);
        (elsewhere, other)
    });
    let (elsewhere, other) = others.take(500).find(|(_, other)| other.offset == first.offset).unwrap();
    fs::copy(elsewhere.path().join(&other.segment), &path).unwrap();
    assert!(refused(dir.path(), &first, &again).contains("the record there is"));
    fs::write(&path, &whole).unwrap();
    read(dir.path(), &again).unwrap();
}

#[test]
fn what_cannot_be_read_any_more_is_not_referred_to_but_kept_anew() {
    let dir = tempfile::tempdir().unwrap();
    let [first, again] = two(dir.path());
    fs::remove_file(dir.path().join(&first.segment)).unwrap();
    let anew = exchange(PAGE, 20, &body());
    let written = session(dir.path(), &[first, again], &[&anew, &anew]);
    assert_eq!(kinds(&written), ["response", "revisit"]);
    assert_eq!(read(dir.path(), &written[1]).unwrap(), anew);
}

#[test]
fn every_record_of_a_segment_with_revisits_is_sound_and_small() {
    let dir = tempfile::tempdir().unwrap();
    let [first, again] = two(dir.path());
    for segment in segments(dir.path()).unwrap() {
        assert_eq!(scan(&segment).unwrap().map(Result::unwrap).count(), 4);
    }
    assert!(again.length * 3 < first.length, "{} and {}", again.length, first.length);
}
