//! Hostile WARC files: each trick is refused by its own words, nothing panics, memory does not follow promises.

use std::time::{Duration, Instant};

use archive::stranger::{Fault, Flaw, Limits};
use archive::wacz::Refusal;
use proptest::prelude::*;

use crate::forge::{stored, zip};
use crate::warcs::{flaw, packed, page, read, read_under, record, request, response};

const URL: &str = "https://city.example/";

macro_rules! refused {
    ($bytes:expr, $pattern:pat) => {
        let fault = read(&Vec::from($bytes)).unwrap_err();
        assert!(matches!(fault, $pattern), "{fault:?}");
        let words = fault.to_string();
        assert!(words.len() > 40 && words.chars().all(|c| !c.is_control()), "{words}");
    };
}

fn good() -> Vec<u8> {
    response(URL, &[], &page())
}

#[test]
fn what_is_no_warc_is_told_by_what_it_is() {
    refused!(b"", Fault::Empty);
    refused!(b"<!doctype html>\n<title>404</title>", Fault::NotWarc { .. });
    refused!(b"\x1b[2J\x07 evil", Fault::NotWarc { .. });
    refused!(packed(b"just a text"), Fault::NotWarc { .. });
    refused!(b"\x28\xb5\x2f\xfd....", Fault::Zstandard);
    refused!(record("WARC/0.18", &[("WARC-Type", "response")], b""), Fault::Version { no: 1, .. });
    refused!([good(), b"<html>".to_vec()].concat(), Fault::NoRecord { no: 2, .. });
    refused!(zip(&[stored("archive/a.warc", b"nothing of this kind")]), Fault::Within { .. });
    refused!(zip(&[stored("../a.warc", &good())]), Fault::Package(Refusal::NameLeavesContainer { .. }));
}

#[test]
fn a_torn_file_is_refused_wherever_it_was_torn() {
    let plain = [good(), request(URL, &[], "GET / HTTP/1.1\r\n\r\n")].concat();
    let first = good().len();
    for length in (1..plain.len() - 4).filter(|length| !(first - 4..=first).contains(length)) {
        let fault = read(&plain[..length]).unwrap_err();
        assert!(matches!(fault, Fault::Torn { .. }), "{length}: {fault:?}");
    }
    let members = [packed(&good()), packed(&good())].concat();
    let whole = packed(&good()).len();
    for length in (1..members.len()).filter(|length| *length != whole) {
        assert!(read(&members[..length]).is_err(), "{length}");
    }
    let mut behind = members;
    behind.extend(b"garbage behind it");
    refused!(behind, Fault::Damaged { .. });
}

#[test]
fn promises_cost_no_memory() {
    let before = Instant::now();
    let head = |length: &str| format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nshort").into_bytes();
    refused!(head("1152921504606846976"), Fault::Torn { no: 1, at: 0 });
    refused!(head("60000000"), Fault::Torn { .. });
    refused!(head("18446744073709551616"), Fault::BadLength { .. });
    refused!(head("-1"), Fault::BadLength { .. });
    refused!(head("5\r\nContent-Length: 1"), Fault::BadLength { .. });
    refused!(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", Fault::BadLength { .. });
    let long = format!("WARC/1.1\r\nWARC-Type: response\r\nX: {}", "x".repeat(100 << 10));
    refused!(long.as_bytes(), Fault::HeadTooLong { .. });
    refused!(b"WARC/1.1\r\nno field\r\n\r\n", Fault::BadHead { .. });
    refused!([vec![b'\n'; 100], good()].concat(), Fault::NoRecord { .. });
    assert!(before.elapsed() < Duration::from_secs(20), "{:?}", before.elapsed());
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let bomb = packed(&response(URL, &[], &vec![b' '; 48 << 20]));
    assert!(bomb.len() < 100 << 10);
    refused!(bomb, Fault::Bomb { ratio: 200 });
    // Nobody wants its block, it is a bomb all the same.
    refused!(packed(&record("WARC/1.1", &[("WARC-Type", "metadata")], &vec![0; 8 << 20])), Fault::Bomb { .. });
    let limits = Limits { total: 100, ..Limits::STRANGER };
    assert!(matches!(read_under(&good(), &limits), Err(Fault::TooLarge { limit: 100 })));
    let limits = Limits { requests: 100, ..Limits::STRANGER };
    assert!(matches!(read_under(&request(URL, &[], "GET / HTTP/1.1\r\n\r\n"), &limits), Err(Fault::RequestsTooLarge { .. })));
}

#[test]
fn millions_of_tiny_records_are_refused_at_the_limit() {
    let tiny = b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    let before = Instant::now();
    // Plain, so that it is not refused as a bomb: all ten million would be 340 MB, the reader stops after a hundredth.
    refused!(tiny.repeat(300_000), Fault::TooManyRecords { limit: 100_000 });
    let half = tiny.repeat(60_000);
    refused!(zip(&[stored("archive/a.warc", &half), stored("archive/b.warc", &half)]), Fault::TooManyRecords { .. });
    assert!(before.elapsed() < Duration::from_secs(60), "{:?}", before.elapsed());
}

#[test]
fn digests_that_do_not_fit_refuse_their_record_by_name() {
    for (field, said) in [
        ("WARC-Block-Digest", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"),
        ("WARC-Payload-Digest", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("WARC-Payload-Digest", "md5:900150983cd24fb0d6963f7d28e17f72"),
    ] {
        let bad = response("https://city.example/bad", &[(field, said)], &page());
        let (offers, taken) = read(&[good(), bad].concat()).unwrap();
        assert_eq!((offers.len(), taken.refused.len()), (1, 1));
        let words = taken.refused[0].to_string();
        assert!(words.starts_with("record 2 (https://city.example/bad): its bytes are not those that were captured"), "{words}");
        assert!(words.contains(field), "{words}");
    }
    assert!(matches!(flaw(&response(URL, &[("WARC-Block-Digest", "sha256:xyz")], &page())), Flaw::BadDigest { .. }));
}

#[test]
fn what_is_behind_a_log_in_is_refused() {
    let answered = response(URL, &[("WARC-Record-ID", "<urn:uuid:3>")], &page());
    let token = "GET / HTTP/1.1\r\nAuthorization: Bearer x\r\n\r\n";
    for linked in [&[("WARC-Concurrent-To", "<urn:uuid:3>")][..], &[]] {
        let asked = request(URL, linked, token);
        assert_eq!(flaw(&[answered.clone(), asked.clone()].concat()), Flaw::LoggedIn);
        assert_eq!(flaw(&[asked, answered.clone()].concat()), Flaw::LoggedIn);
    }
    // A second request with the same name does not hide the first.
    let linked = [("WARC-Concurrent-To", "<urn:uuid:3>")];
    let innocent = request(URL, &linked, "GET / HTTP/1.1\r\n\r\n");
    assert_eq!(flaw(&[request(URL, &linked, token), innocent, answered].concat()), Flaw::LoggedIn);
    assert_eq!(flaw(&response("https://me:secret@city.example/", &[], &page())), Flaw::Credentials);
}

#[test]
fn what_no_get_of_a_web_page_brought_is_refused() {
    for url in ["ftp://city.example/", "dns:city.example", "file:///etc/passwd", "urn:x:y", "", "nowhere"] {
        assert!(matches!(flaw(&response(url, &[], &page())), Flaw::Address(_)), "{url}");
    }
    let posted = [good(), request(URL, &[], "POST / HTTP/1.1\r\n\r\n")].concat();
    assert_eq!(flaw(&posted), Flaw::Method("POST".to_owned()));
    assert_eq!(flaw(&response(URL, &[], b"no http")), Flaw::NotHttp);
    let broken = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5\r\npe";
    assert_eq!(flaw(&response(URL, &[], broken)), Flaw::Chunks(9));
    assert_eq!(flaw(&response(URL, &[("WARC-Target-URI", "https://other.example/")], &page())), Flaw::Twice("WARC-Target-URI"));
    let revisit = record("WARC/1.1", &[("WARC-Type", "revisit"), ("WARC-Target-URI", URL)], b"");
    assert_eq!(flaw(&revisit), Flaw::Revisit);
    let dated = |date| record("WARC/1.1", &[("WARC-Type", "response"), ("WARC-Target-URI", URL), ("WARC-Date", date)], &page());
    assert!(matches!(flaw(&dated("2031-01-01T00:00:00Z")), Flaw::Future(_)));
    assert!(matches!(flaw(&dated("yesterday")), Flaw::Date(_)));
    let twice = response(URL, &[("WARC-Record-ID", "<urn:uuid:3>")], &page());
    let (offers, taken) = read(&[twice.clone(), twice].concat()).unwrap();
    assert_eq!((offers.len(), &taken.refused[0].flaw), (1, &Flaw::SameId));
    let limits = Limits { block: 50, ..Limits::STRANGER };
    let (_, taken) = read_under(&good(), &limits).unwrap();
    assert!(matches!(taken.refused[0].flaw, Flaw::TooLarge { limit: 50, .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_behind_a_good_start_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(read(&[b"WARC/1.1\r\n".as_slice(), &bytes].concat()));
        drop(read(&packed(&[b"WARC/1.1\r\nContent-Length: 3\r\n\r\n".as_slice(), &bytes].concat())));
    }

    #[test]
    fn a_changed_byte_never_panics(place in any::<prop::sample::Index>(), to in any::<u8>()) {
        let plain = [good(), request(URL, &[], "GET / HTTP/1.1\r\nAuthorization: x\r\n\r\n")].concat();
        for mut bytes in [plain.clone(), packed(&plain)] {
            let place = place.index(bytes.len());
            bytes[place] = to;
            drop(read(&bytes));
        }
    }
}
