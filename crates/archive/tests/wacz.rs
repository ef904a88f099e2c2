//! Packages of our own: put together from segments, the same to the byte each time, and no changed byte unnoticed.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use std::io::{Cursor, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use archive::wacz::{About, At, Container, Contents, Limits, Page, Refusal, Wacz, Writer, Written, check, id};
use archive::{Archive, Error, Settings, digest, scan, segments};
use model::{Exchange, Headers, Purpose, Time};
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

fn exchange(url: &str, body: &[u8]) -> Exchange {
    let sent: Time = "2026-11-23T05:30:00.123456Z".parse().unwrap();
    let headers = |pairs: &[(&str, &str)]| Headers(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect());
    Exchange {
        purpose: Purpose::Answer,
        url: Url::parse(url).unwrap(),
        request: headers(&[("host", "city.example")]),
        sent,
        done: sent.plus(Duration::from_micros(98_765)),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: headers(&[("content-type", "text/html; charset=utf-8")]),
        body: body.to_vec(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

const URLS: [&str; 3] =
    ["https://www.city.example/", "https://city.example/Budget?y=2026&a", "http://city.example:8080/plan.pdf"];

/// The gzip members of a small run, in order.
fn members(dir: &Path) -> Vec<Vec<u8>> {
    let settings = Settings {
        prefix: "test".to_owned(),
        max_segment: 1 << 28,
        max_age: Duration::from_secs(900),
        level: 1,
        software: "portolan/0".to_owned(),
    };
    let mut archive = Archive::open(dir, settings).unwrap();
    for url in URLS {
        archive.append(&exchange(url, format!("<title>{url}</title>").as_bytes()), &json!({"errand": "page"})).unwrap();
    }
    archive.close().unwrap();
    let segment = &segments(dir).unwrap()[0];
    let mut file = std::fs::File::open(segment).unwrap();
    let member = |record: Result<archive::RawRecord, Error>| {
        let record = record.unwrap();
        let mut bytes = vec![0; usize::try_from(record.length).unwrap()];
        file.seek(SeekFrom::Start(record.offset)).unwrap();
        file.read_exact(&mut bytes).unwrap();
        bytes
    };
    scan(segment).unwrap().map(member).collect()
}

fn contents() -> Contents {
    let at: Time = "2026-11-23T05:30:00.123456Z".parse().unwrap();
    let page = |url: &&str| Page {
        url: Url::parse(url).unwrap(),
        at,
        title: "Câmara".to_owned(),
        text: None,
        evidence: vec![("losi".to_owned(), vec!["219".to_owned()])],
    };
    let line = br#"{"index":0,"line":{"digest":"sha256:00","id":"urn:uuid:1","length":1,"offset":0},"path":["ab"],"segment":"s","size":1}"#;
    Contents {
        portal: "city".to_owned(),
        pages: URLS.iter().map(page).collect(),
        proof: vec![
            ("records.jsonl".to_owned(), [&line[..], b"\n", line, b"\n"].concat()),
            (
                "entries.jsonl".to_owned(),
                b"{\"entry\":{\"no\":1},\"path\":[]}\n{\"entry\":{\"no\":2,\"x\":[]},\"path\":[\"00\"]}\n".to_vec(),
            ),
            ("checkpoint.txt".to_owned(), "portolan/0\n2\nrQ6Z=\nat 2026\n\n— un Kx3f=\n".into()),
            ("checkpoint-1-free.tsr".to_owned(), (0..=255).collect()),
        ],
        about: About {
            title: "City".to_owned(),
            created: at,
            software: "portolan/0".to_owned(),
            main: Some((Url::parse(URLS[0]).unwrap(), at)),
        },
    }
}

fn write(path: &Path, members: &[Vec<u8>], length: u64) -> Result<Written, Error> {
    Wacz::write(path, &contents(), length, members.iter().cloned().map(Ok), Some(&|_| ([1; 64], [2; 32])))
}

fn length(members: &[Vec<u8>]) -> u64 {
    members.iter().map(|member| member.len() as u64).sum()
}

/// Leaves a package where outside programs look at it after the tests.
fn leave(package: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("target/peers/packages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(package, folder.join(package.file_name().unwrap())).unwrap();
}

/// A package in a folder that goes away with the first of these.
fn package() -> (tempfile::TempDir, PathBuf, Vec<Vec<u8>>, Written) {
    let dir = tempfile::tempdir().unwrap();
    let members = members(&dir.path().join("archive"));
    let path = dir.path().join("city.wacz");
    let written = write(&path, &members, length(&members)).unwrap();
    (dir, path, members, written)
}

#[test]
fn a_package_has_the_members_byte_for_byte_and_an_index_that_leads_to_them() {
    let (_dir, path, members, written) = package();
    check(&path).unwrap();
    leave(&path);
    let mut package = Wacz::open(&path).unwrap();
    let names: Vec<&str> = package.entries().iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "archive/city.warc.gz",
            "indexes/index.cdx.gz",
            "indexes/index.idx",
            "pages/pages.jsonl",
            "proof/records.jsonl",
            "proof/entries.jsonl",
            "proof/checkpoint.txt",
            "proof/checkpoint-1-free.tsr",
            "datapackage.json",
            "datapackage-digest.json"
        ]
    );
    let warc = package.bytes("archive/city.warc.gz", 1 << 20).unwrap();
    assert_eq!(warc, members.concat());

    let mut lines = String::new();
    let packed = package.bytes("indexes/index.cdx.gz", 1 << 20).unwrap();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut lines).unwrap();
    let keys: Vec<&str> = lines.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(keys, ["example,city)/", "example,city)/budget?a&y=2026", "example,city:8080)/plan.pdf"]);
    for line in lines.lines() {
        let place: Value = serde_json::from_str(line.splitn(3, ' ').nth(2).unwrap()).unwrap();
        let number = |name: &str| place[name].as_str().unwrap().parse::<usize>().unwrap();
        let member = &warc[number("offset")..number("offset") + number("length")];
        let mut record = String::new();
        flate2::read::GzDecoder::new(member).read_to_string(&mut record).unwrap();
        assert!(record.contains("WARC-Type: response") && record.contains(place["url"].as_str().unwrap()));
    }

    let list: Value = serde_json::from_slice(&package.bytes("datapackage.json", 1 << 20).unwrap()).unwrap();
    assert_eq!(list["resources"].as_array().unwrap().len(), names_of(&written).len());
    for file in &written.resources {
        assert_eq!(digest(&package.bytes(&file.path, 1 << 20).unwrap()), file.digest);
    }
    let pages = package.lines("pages/pages.jsonl", 1 << 20).unwrap();
    assert_eq!(pages.len(), 1 + URLS.len());
    assert!(matches!(package.lines("proof/checkpoint-1-free.tsr", 999), Err(Refusal::NotLines { .. })));
    for line in &pages[1..] {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(id(&line).as_deref(), line["id"].as_str());
    }
}

fn names_of(written: &Written) -> Vec<&str> {
    written.resources.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn another_library_reads_the_same_files() {
    let (_dir, path, members, _) = package();
    let mut other = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut warc = Vec::new();
    let mut file = other.by_name("archive/city.warc.gz").unwrap();
    assert_eq!((file.unix_mode(), file.compression()), (Some(0o100_644), zip::CompressionMethod::Stored));
    file.read_to_end(&mut warc).unwrap();
    assert_eq!(warc, members.concat());
}

#[test]
fn the_same_contents_give_the_same_bytes() {
    let (dir, path, members, written) = package();
    let again = dir.path().join("again.wacz");
    assert_eq!(write(&again, &members, length(&members)).unwrap(), written);
    assert_eq!(std::fs::read(path).unwrap(), std::fs::read(again).unwrap());
}

#[test]
fn a_package_that_cannot_be_finished_leaves_nothing_and_replaces_nothing() {
    let (dir, path, mut members, _) = package();
    let before = std::fs::read(&path).unwrap();
    let right = length(&members);
    assert!(matches!(write(&path, &members, right - 1), Err(Error::Io { what: "write package", .. })));
    assert!(matches!(write(&path, &members, right + 1), Err(Error::Io { what: "write package", .. })));
    let at = members[1].len() - 20;
    members[1][at] ^= 1;
    let error = write(&path, &members, right).unwrap_err();
    assert!(matches!(&error, Error::Damaged { offset, .. } if *offset == members[0].len() as u64), "{error}");
    let whole = members[2].len();
    members[1] = members[2][..whole - 1].to_vec();
    assert!(matches!(write(&path, &members, right), Err(Error::Damaged { .. })));
    members[1] = [members[2].clone(), members[3].clone()].concat();
    assert!(matches!(write(&path, &members, right), Err(Error::Damaged { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
}

#[test]
fn a_writer_refuses_what_would_not_be_canonical() {
    let mut out = Writer::new(Cursor::new(Vec::new()));
    out.add("a", b"1").unwrap();
    for name in ["a", "", "/b", "../b", "b/", "ä", "b c"] {
        assert!(out.add(name, b"").is_err(), "{name}");
    }
    assert!(out.write(b"x").is_err());
    assert!(out.end().is_err());
    out.begin("b", 2).unwrap();
    assert!(out.begin("c", 2).is_err());
    assert!(out.write(b"xyz").is_err());
}

/// Where the first byte differs from a canonical container.
fn differs(dir: &Path, bytes: &[u8]) -> Option<u64> {
    let path = dir.join("c.zip");
    std::fs::write(&path, bytes).unwrap();
    match check(&path) {
        Ok(()) => None,
        Err(At::Byte { offset, .. }) => Some(offset),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_changed_missing_or_added_byte_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let empty = Writer::new(Cursor::new(Vec::new())).finish().unwrap().into_inner();
    assert_eq!(differs(dir.path(), &empty), None);
    assert_eq!(differs(dir.path(), &empty[..21]), Some(21));
    assert_eq!(differs(dir.path(), b""), Some(0));

    let mut out = Writer::new(Cursor::new(Vec::new()));
    out.add("a/b.txt", b"twelve bytes").unwrap();
    out.add("c", b"").unwrap();
    let bytes = out.finish().unwrap().into_inner();
    assert_eq!(differs(dir.path(), &bytes), None);
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x20;
        let found = differs(dir.path(), &changed);
        assert!(found.is_some(), "{place}");
        let cut = differs(dir.path(), &bytes[..place]);
        assert!(cut.is_some_and(|at| at <= place as u64), "{place} {cut:?}");
    }
    // In fields that nothing else depends on, the byte itself is named.
    for place in [4, 6, 8, 10, 12] {
        let mut changed = bytes.clone();
        changed[place] ^= 0x40;
        assert_eq!(differs(dir.path(), &changed), Some(place as u64));
    }
    assert_eq!(differs(dir.path(), &[&bytes[..], b"x"].concat()), Some(bytes.len() as u64));
}

#[test]
fn what_another_library_writes_is_not_canonical_but_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    other.start_file("a", stored).unwrap();
    let bytes = other.finish().unwrap().into_inner();
    assert!(differs(dir.path(), &bytes).is_some());
    assert_eq!(Container::of(Cursor::new(bytes), &Limits::OURS).unwrap().entries().len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_the_check_panic(start in 0_usize..4, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"];
        let dir = tempfile::tempdir().unwrap();
        prop_assert!(differs(dir.path(), &[starts[start], &rest].concat()).is_some());
    }

    #[test]
    fn whatever_is_written_is_canonical_and_reads_back(files in proptest::collection::btree_map("[a-z]{1,9}", proptest::collection::vec(any::<u8>(), 0..300), 0..9)) {
        let dir = tempfile::tempdir().unwrap();
        let mut out = Writer::new(Cursor::new(Vec::new()));
        for (name, bytes) in &files {
            prop_assert_eq!(out.add(name, bytes).unwrap(), digest(bytes));
        }
        let bytes = out.finish().unwrap().into_inner();
        prop_assert_eq!(differs(dir.path(), &bytes), None);
        let mut container = Container::of(Cursor::new(bytes), &Limits::OURS).unwrap();
        for (name, bytes) in &files {
            prop_assert_eq!(&container.bytes(name, 300).unwrap(), bytes);
        }
    }
}
