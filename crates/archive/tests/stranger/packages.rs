//! The digests that a package gives of itself, and packages as other programs write them.

use std::io::{Cursor, Write as _};

use archive::digest;
use archive::wacz::{Foreign, Limits, Refusal};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::forge::{Forged, stored, zip};
use crate::{WARC, open, warc};

/// `md5sum` of [`WARC`].
const MD5: &str = "md5:95d6415e12116d9d04161b8b2d023555";

fn package(resources: &Value) -> Forged {
    stored("datapackage.json", json!({ "resources": resources }).to_string().as_bytes())
}

fn listed(hash: &str) -> Value {
    json!([{"name": "data.warc", "path": "archive/data.warc", "hash": hash, "bytes": WARC.len()}])
}

fn check(resources: &Value) -> Result<archive::wacz::Hashes, Refusal> {
    open(zip(&[warc(), package(resources)]))?.check()
}

#[test]
fn right_digests_of_both_kinds_are_told_apart() {
    let sha = check(&listed(&digest(WARC).to_string())).unwrap();
    assert_eq!((sha.listed, sha.sealed, sha.right.len(), sha.weak.len()), (true, false, 1, 0));
    let md5 = check(&listed(MD5)).unwrap();
    assert_eq!(md5.weak, ["archive/data.warc"]);
    let none = open(zip(&[warc()])).unwrap().check().unwrap();
    assert_eq!((none.listed, none.unlisted), (false, vec!["archive/data.warc".to_owned()]));
}

#[test]
fn wrong_digests_sizes_and_files_are_refused() {
    let wrong = |resources: &Value| check(resources).unwrap_err();
    assert!(matches!(wrong(&listed(&digest(b"other").to_string())), Refusal::WrongDigest { .. }));
    assert!(matches!(wrong(&listed(&MD5.replace('9', "8"))), Refusal::WrongDigest { .. }));
    assert!(matches!(wrong(&listed("sha1:aa")), Refusal::UnknownDigest { .. }));
    assert!(matches!(wrong(&listed("sha256:aa")), Refusal::UnknownDigest { .. }));
    let mut twice = listed(MD5);
    twice.as_array_mut().unwrap().push(listed(MD5)[0].clone());
    assert!(matches!(wrong(&twice), Refusal::ListedTwice { .. }));
    let mut longer = listed(MD5);
    longer[0]["bytes"] = 1.into();
    assert!(matches!(wrong(&longer), Refusal::WrongSize { said: 1, .. }));
    let mut gone = listed(MD5);
    gone[0]["path"] = "archive/gone.warc".into();
    assert!(matches!(wrong(&gone), Refusal::NoSuchFile { .. }));
    assert!(matches!(wrong(&json!({})), Refusal::BadPackage { .. }));
    assert!(matches!(wrong(&json!([{"path": 1}])), Refusal::BadPackage { .. }));
    let no_json = open(zip(&[warc(), stored("datapackage.json", b"{")])).unwrap().check().unwrap_err();
    assert!(matches!(no_json, Refusal::BadPackage { .. }));
    let deep = "[".repeat(100_000);
    let deep = open(zip(&[warc(), stored("datapackage.json", deep.as_bytes())])).unwrap().check().unwrap_err();
    assert!(matches!(deep, Refusal::BadPackage { .. }));
}

#[test]
fn the_seal_of_the_list_must_be_right() {
    let list = package(&listed(MD5));
    let seal = |hash: String| {
        stored("datapackage-digest.json", json!({"path": "datapackage.json", "hash": hash}).to_string().as_bytes())
    };
    let right = digest(&list.packed).to_string();
    assert!(open(zip(&[warc(), list.clone(), seal(right)])).unwrap().check().unwrap().sealed);
    let wrong = digest(b"").to_string();
    let refusal = open(zip(&[warc(), list, seal(wrong)])).unwrap().check().unwrap_err();
    assert!(matches!(&refusal, Refusal::WrongDigest { name, .. } if name == "datapackage.json"));
}

/// As other programs do it: WARC stored, JSON deflated, ZIP64 fields for large files, descriptors for streams.
#[test]
fn packages_written_by_another_library_are_read() {
    let list = json!({"resources": listed(&digest(WARC).to_string())}).to_string();
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = stored.compression_method(CompressionMethod::Deflated);
    let fill = |mut zip: ZipWriter<Cursor<Vec<u8>>>| {
        zip.start_file("archive/data.warc", stored.large_file(true)).unwrap();
        zip.write_all(WARC).unwrap();
        zip.start_file("pages/pages.jsonl", packed).unwrap();
        zip.write_all(&b"{}\n".repeat(1000)).unwrap();
        zip.start_file("datapackage.json", packed.unix_permissions(0o600)).unwrap();
        zip.write_all(list.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let bytes = fill(ZipWriter::new(Cursor::new(Vec::new())));
    let mut foreign = Foreign::of(Cursor::new(bytes), &Limits::STRANGER).unwrap();
    let hashes = foreign.check().unwrap();
    assert_eq!((hashes.right.len(), hashes.unlisted), (1, vec!["pages/pages.jsonl".to_owned()]));
    assert_eq!(foreign.container().bytes("pages/pages.jsonl", 4000).unwrap(), b"{}\n".repeat(1000));
    assert!(matches!(foreign.container().bytes("pages/pages.jsonl", 2000), Err(Refusal::OverLimit { .. })));
}
