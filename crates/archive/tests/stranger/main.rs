//! Packages of strangers: those of honest programs are read, each trick is refused by its own name, nothing panics.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

mod forge;
mod hostile;
mod packages;
mod warcs;

use std::io::{Cursor, Read as _};
use std::time::{Duration, Instant};

use archive::wacz::{Foreign, Limits, Refusal};
use proptest::prelude::*;

use forge::{Claim, Forged, deflated, stored, zip, zip_claiming};

const WARC: &[u8] = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n";

fn warc() -> Forged {
    stored("archive/data.warc", WARC)
}

fn open(bytes: Vec<u8>) -> Result<Foreign<Cursor<Vec<u8>>>, Refusal> {
    Foreign::of(Cursor::new(bytes), &Limits::STRANGER)
}

/// Opens, checks digests and reads every file to its end.
fn read(bytes: Vec<u8>) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut foreign = open(bytes)?;
    foreign.check()?;
    let names: Vec<String> = foreign.container().entries().iter().map(|entry| entry.name.clone()).collect();
    names.into_iter().map(|name| foreign.container().bytes(&name, 8 << 20).map(|bytes| (name, bytes))).collect()
}

macro_rules! refused {
    ($entries:expr, $pattern:pat) => {
        let refusal = read(zip($entries)).unwrap_err();
        assert!(matches!(refusal, $pattern), "{refusal:?}");
        assert!(refusal.to_string().len() > 40, "{refusal}");
    };
}

#[test]
fn stored_deflated_described_and_folder_entries_are_read() {
    let described = Forged { flags: 8 | 1 << 11, ..deflated("pages/pages.jsonl", &b"{}\n".repeat(100)) };
    let folder = Forged { attributes: 0o040_755 << 16 | 0x10, ..stored("archive/", b"") };
    let bytes = zip(&[folder, warc(), described, stored("logs/über.log", b"x")]);
    let found = read(bytes).unwrap();
    assert_eq!(found[1], ("archive/data.warc".to_owned(), WARC.to_vec()));
    assert_eq!(found[2].1, b"{}\n".repeat(100));
    let zip64 = zip_claiming(&[warc()], &Claim { zip64: true, ..Claim::default() });
    assert_eq!(read(zip64).unwrap().len(), 1);
}

#[test]
fn a_warc_is_a_stream() {
    let mut foreign = open(zip(&[stored("archive/b.warc.gz", b"\x1f\x8b"), warc(), stored("x/c.warc", b"")])).unwrap();
    assert_eq!(foreign.warcs(), ["archive/b.warc.gz", "archive/data.warc"]);
    let mut text = String::new();
    foreign.stream("archive/data.warc").unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text.as_bytes(), WARC);
}

#[test]
fn names_that_lead_anywhere_else_are_refused() {
    let named = |name: &[u8]| [warc(), Forged { name: name.to_vec(), ..stored("", b"x") }];
    refused!(&named(b"../../etc/passwd"), Refusal::NameLeavesContainer { .. });
    refused!(&named(b"archive/../../x"), Refusal::NameLeavesContainer { .. });
    refused!(&named(b"/etc/passwd"), Refusal::NameAbsolute { .. });
    refused!(&named(b"..\\..\\x"), Refusal::NameWithBackslash { .. });
    refused!(&named(b"C:/x"), Refusal::NameWithDrive { .. });
    refused!(&named(b"a\0.warc"), Refusal::NameWithNul { .. });
    refused!(&named(b"a\x1b[2J"), Refusal::NameWithControl { .. });
    refused!(&named(b"a\xff"), Refusal::NameNotText { .. });
    refused!(&named(b"a//b"), Refusal::NameWithEmptyPart { .. });
    refused!(&named(&[b'n'; 2000]), Refusal::NameTooLong { .. });
    refused!(&named("\u{301}".as_bytes()), Refusal::NameOfDoubtfulForm { .. });
}

#[test]
fn one_name_twice_is_refused_by_case_and_normal_form_too() {
    for (a, b) in [("a", "a"), ("Pages/x", "pages/X"), ("é", "e\u{301}"), ("a", "a/")] {
        refused!(&[warc(), stored(a, b""), stored(b, b"")], Refusal::DuplicateName { .. });
    }
}

#[test]
fn links_devices_and_disguised_folders_are_refused() {
    for mode in [0o120_777, 0o020_666, 0o060_666, 0o010_666, 0o140_666, 0o040_755] {
        refused!(&[Forged { attributes: mode << 16, ..warc() }], Refusal::Special { .. });
    }
    refused!(&[warc(), stored("folder/", b"bytes")], Refusal::Special { .. });
    refused!(&[Forged { extra: b"\x6e\x75\x0e\0aaaabbccccddddd".to_vec(), ..warc() }], Refusal::Special { .. });
}

#[test]
fn encrypted_and_strangely_packed_entries_are_refused() {
    refused!(&[Forged { flags: 1, ..warc() }], Refusal::Encrypted { .. });
    refused!(&[Forged { method: 99, ..warc() }], Refusal::Encrypted { .. });
    refused!(&[Forged { method: 93, ..warc() }], Refusal::UnknownMethod { method: 93, .. });
}

#[test]
fn packages_in_packages_are_refused() {
    refused!(&[warc(), stored("archive/inner.wacz", &zip(&[warc()]))], Refusal::Nested { .. });
    refused!(&[warc(), stored("x.ZIP", b"")], Refusal::Nested { .. });
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    refused!(&[deflated("archive/a.warc", &vec![0; 2 << 20])], Refusal::Bomb { .. });
    let huge = Forged { size: 3 << 30, ..deflated("archive/a.warc", b"x") };
    refused!(&[huge], Refusal::FileTooLarge { .. });
    // Little is said and much would come.
    let liar = Forged { size: 10, local_size: Some(10), ..deflated("archive/a.warc", &vec![0; 900 << 10]) };
    refused!(&[liar], Refusal::WrongLength { .. });
    let limits = Limits { total: 100, ..Limits::STRANGER };
    let many = zip(&[warc(), stored("b", &[0; 60])]);
    assert!(matches!(Foreign::of(Cursor::new(many), &limits), Err(Refusal::TotalTooLarge { .. })));
}

#[test]
fn entries_that_share_bytes_are_refused() {
    let inner = stored("b", &[0; 100]);
    let shared = Forged { name: b"b2".to_vec(), place_of: Some(1), ..inner.clone() };
    let refusal = read(zip(&[warc(), inner, shared])).unwrap_err();
    assert!(matches!(&refusal, Refusal::Overlap { other, .. } if other == "`b`"), "{refusal:?}");
    // An entry that reaches into the next one, and one that reaches into the directory.
    let mut quoted = stored("a", b"");
    quoted.packed = vec![0; 8];
    let bytes = zip(&[quoted, warc()]);
    let mut longer = bytes.clone();
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for place in [18, directory + 20, 22, directory + 24] {
        longer[place..place + 4].copy_from_slice(&40_u32.to_le_bytes());
    }
    assert!(matches!(open(longer).unwrap_err(), Refusal::Overlap { .. }));
    let mut last = bytes.clone();
    for place in [18, directory + 20, 22, directory + 24] {
        last[place..place + 4].copy_from_slice(&4000_u32.to_le_bytes());
    }
    assert!(matches!(open(last).unwrap_err(), Refusal::Overlap { other, .. } if other == "the directory"));
}

#[test]
fn headers_that_disagree_are_refused() {
    refused!(
        &[Forged { local_name: Some(b"archive/evil.warc".to_vec()), ..warc() }],
        Refusal::HeadersDiffer { field: "name", .. }
    );
    refused!(&[Forged { local_size: Some(1), ..warc() }], Refusal::HeadersDiffer { field: "size", .. });
    refused!(&[Forged { local_flags: Some(1 << 11), ..warc() }], Refusal::HeadersDiffer { field: "flags", .. });
    refused!(&[Forged { crc: 1, ..warc() }], Refusal::WrongChecksum { .. });
    let mut described = zip(&[Forged { flags: 8, ..warc() }]);
    let at = described.windows(4).position(|four| four == b"PK\x07\x08").unwrap();
    described[at + 5] ^= 1;
    assert!(matches!(open(described).unwrap_err(), Refusal::HeadersDiffer { field: "data descriptor", .. }));
    let second_name = Forged { extra: b"\x75\x70\x06\0\x01aaaab".to_vec(), ..warc() };
    refused!(&[second_name], Refusal::HeadersDiffer { field: "name", .. });
}

#[test]
fn more_entries_than_are_taken_are_refused_by_count_at_once() {
    for zip64 in [false, true] {
        let claimed = if zip64 { 10_000_000 } else { 65_535 };
        let bytes = zip_claiming(&[warc()], &Claim { count: Some(claimed), zip64 });
        let refusal = open(bytes).unwrap_err();
        assert!(matches!(refusal, Refusal::TooManyEntries { .. } | Refusal::WrongCount { .. }), "{refusal:?}");
    }
    // 200,000 real ones: told truly, and told as few.
    let entry = |n: usize| stored(&format!("archive/{n}.warc"), b"");
    let entries: Vec<Forged> = (0..200_000).map(entry).collect();
    let truly = zip_claiming(&entries, &Claim { zip64: true, ..Claim::default() });
    let falsely = zip_claiming(&entries, &Claim { zip64: true, count: Some(10) });
    let sixteen = zip(&entries);
    let before = Instant::now();
    assert!(matches!(open(truly).unwrap_err(), Refusal::TooManyEntries { claimed: 200_000, limit: 100_000 }));
    assert!(matches!(open(falsely).unwrap_err(), Refusal::WrongCount { claimed: 10 }));
    assert!(matches!(open(sixteen).unwrap_err(), Refusal::WrongCount { .. }));
    assert!(before.elapsed() < Duration::from_secs(5), "{:?}", before.elapsed());
    let few = zip_claiming(&[warc()], &Claim { count: Some(2), zip64: true });
    assert!(matches!(open(few).unwrap_err(), Refusal::WrongCount { claimed: 2 }));
}

#[test]
fn a_cut_file_is_refused_wherever_it_was_cut() {
    let bytes = zip(&[warc(), deflated("pages/pages.jsonl", &b"abc".repeat(50))]);
    for length in 0..bytes.len() {
        assert!(read(bytes[..length].to_vec()).is_err(), "{length}");
    }
}

#[test]
fn two_ends_and_parts_are_refused() {
    let mut two = zip(&[warc()]);
    let end = two[two.len() - 22..].to_vec();
    let comment = two.len() - 2;
    two[comment] = 22;
    two.extend(end);
    assert!(matches!(open(two).unwrap_err(), Refusal::TwoEnds));
    let mut part = zip(&[warc()]);
    let disk = part.len() - 18;
    part[disk] = 1;
    assert!(matches!(open(part).unwrap_err(), Refusal::Split));
    assert!(matches!(open(b"<html>404</html>".to_vec()).unwrap_err(), Refusal::NotZip));
    assert!(matches!(open(zip(&[stored("a.txt", b"")])).unwrap_err(), Refusal::NoWarc));
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(read(bytes).is_err());
    }

    #[test]
    fn a_changed_byte_never_panics_and_never_changes_what_is_read(place in any::<prop::sample::Index>(), to in any::<u8>()) {
        let described = Forged { flags: 8, ..deflated("pages/pages.jsonl", &b"abc".repeat(50)) };
        let entries = [warc(), described, stored("x", b"y")];
        let wanted = read(zip(&entries)).unwrap();
        for zip64 in [false, true] {
            let mut bytes = zip_claiming(&entries, &Claim { zip64, ..Claim::default() });
            let place = place.index(bytes.len());
            bytes[place] = to;
            // What no longer reads is refused; what still reads has the same files.
            if let Ok(found) = read(bytes) {
                prop_assert_eq!(&found, &wanted);
            }
        }
    }
}
