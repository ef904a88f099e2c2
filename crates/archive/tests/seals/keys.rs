//! Who may sign: the key in force and nobody else.

use std::fs;
use std::path::{Path, PathBuf};

use archive::{Error, Log, Note, Signer, Tree, canonical, digest, verify_folder};
use serde_json::{Value, json};

use crate::ground::{Whole, edit, faults, fill, forge, open, sign};

/// Puts one more segment and so one more entry into an archive.
fn grow(dir: &Path) {
    let mut archive = open(dir);
    fill(&mut archive, 1);
    archive.close().unwrap();
}

fn checkpoint(dir: &Path, size: usize) -> PathBuf {
    dir.join(format!("checkpoints/{size:010}.txt"))
}

/// Signs the first `size` entries, whoever the key is.
fn sign_anyway(dir: &Path, size: usize, signer: &Signer) {
    let text = fs::read_to_string(dir.join("log.jsonl")).unwrap();
    let entries: Vec<String> =
        text.lines().take(size).map(|line| canonical(&serde_json::from_str::<Value>(line).unwrap()["entry"])).collect();
    let root = Tree::of(entries.iter().map(String::as_bytes)).root();
    let first: Value = serde_json::from_str(&entries[0]).unwrap();
    let model = Note::sign("x\n".to_owned(), signer).to_string();
    assert!(model.contains("— "));
    let text = format!(
        "portolan/{}\n{size}\n{}\nat 2026-11-23T05:30:00.222221Z\n",
        first["body"]["id"].as_str().unwrap(),
        base64(&root.0)
    );
    fs::create_dir_all(dir.join("checkpoints")).unwrap();
    fs::write(checkpoint(dir, size), Note::sign(text, signer).to_string()).unwrap();
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().chain(&[0; 2]).take(3).fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
        for n in 0..4 {
            text.push(if n <= chunk.len() { char::from(LETTERS[word >> (18 - 6 * n) & 63]) } else { '=' });
        }
    }
    text
}

/// Entries: 1 archive, 2 segment, 3 key, 4 segment, 5 the second key, 6 segment. Checkpoints: 3, 4, 5, 6.
fn rotated() -> (Whole, Signer) {
    let whole = Whole::new(1);
    grow(whole.dir());
    let new = Signer::new("city-2").unwrap();
    Log::of(whole.dir()).unwrap().rotate(&whole.signer, &new, "the old one was lent out").unwrap();
    grow(whole.dir());
    sign(whole.dir(), &new);
    (whole, new)
}

#[test]
fn a_key_is_put_in_the_place_of_another_and_what_each_signed_stays_good() {
    let (whole, new) = rotated();
    let sizes: Vec<usize> = (1..9).filter(|size| checkpoint(whole.dir(), *size).exists()).collect();
    assert_eq!(sizes, [3, 4, 5, 6]);
    assert_eq!(faults(whole.dir()), Vec::<String>::new());
    let trusting = |key: &Signer| verify_folder(whole.dir(), &[key.verifier().clone()]).unwrap().report;
    assert!(trusting(&whole.signer).is_good());
    assert_eq!(trusting(&new).findings[0].subject.to_string(), "keys");
    assert!(!trusting(&new).is_good());
    // The old one signs no more.
    let error = Log::of(whole.dir()).unwrap().sign(&whole.signer).unwrap_err();
    assert!(matches!(error, Error::Key { .. }), "{error}");
}

#[test]
fn a_checkpoint_by_a_key_that_is_not_in_force_is_named() {
    let (whole, new) = rotated();
    let stranger = Signer::new("city").unwrap();
    for (size, signer) in [
        (2, &whole.signer), // before its own entry
        (4, &new),          // before its entry
        (5, &whole.signer), // after its rotation
        (6, &whole.signer),
        (6, &stranger), // of the same name
        (3, &stranger),
    ] {
        let kept = fs::read(checkpoint(whole.dir(), size)).ok();
        sign_anyway(whole.dir(), size, signer);
        assert_eq!(faults(whole.dir()), [format!("checkpoint {size}")], "{:?} at {size}", signer.verifier());
        match kept {
            Some(kept) => fs::write(checkpoint(whole.dir(), size), kept).unwrap(),
            None => fs::remove_file(checkpoint(whole.dir(), size)).unwrap(),
        }
    }
    // The same way of signing by the right key is good: it is the key that was refused.
    for (size, signer) in [(3, &whole.signer), (4, &whole.signer), (5, &new), (6, &new)] {
        sign_anyway(whole.dir(), size, signer);
    }
    assert_eq!(faults(whole.dir()), Vec::<String>::new());
}

#[test]
fn a_checkpoint_of_another_archive_is_named() {
    let (whole, other) = (Whole::new(1), Whole::new(1));
    fs::copy(checkpoint(other.dir(), 3), checkpoint(whole.dir(), 3)).unwrap();
    assert_eq!(faults(whole.dir()), ["checkpoint 3"]);
    // Of another archive by the same key.
    let other = Whole::new(1);
    fs::remove_dir_all(other.dir().join("checkpoints")).unwrap();
    forge(other.dir(), |entries| entries[2]["body"]["verifier"] = json!(whole.signer.verifier().to_string()));
    sign_anyway(other.dir(), 3, &whole.signer);
    assert_eq!(faults(other.dir()), Vec::<String>::new());
    fs::copy(checkpoint(other.dir(), 3), checkpoint(whole.dir(), 3)).unwrap();
    assert_eq!(faults(whole.dir()), ["checkpoint 3"]);
    // Under another number.
    sign_anyway(whole.dir(), 3, &whole.signer);
    fs::copy(checkpoint(whole.dir(), 3), checkpoint(whole.dir(), 2)).unwrap();
    assert_eq!(faults(whole.dir()), ["checkpoint 2"]);
}

#[test]
fn every_changed_byte_of_a_checkpoint_is_named() {
    let whole = Whole::new(1);
    let path = checkpoint(whole.dir(), 3);
    let signed = fs::read(&path).unwrap();
    for at in 0..signed.len() {
        for bit in 0..8 {
            edit(&path, |bytes| bytes[at] ^= 1 << bit);
            assert_eq!(faults(whole.dir()), ["checkpoint 3"], "bit {bit} of byte {at}");
            fs::write(&path, &signed).unwrap();
        }
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(faults(whole.dir()), ["checkpoint none"]);
}

#[test]
fn a_key_that_nobody_put_in_its_place_is_named_however_well_it_signs() {
    let owner = |whole: &Whole| [whole.signer.verifier().clone()];
    let subjects = |whole: &Whole| {
        let findings = verify_folder(whole.dir(), &owner(whole)).unwrap().report.findings;
        findings.into_iter().filter(|finding| finding.fault).map(|finding| finding.subject.to_string()).collect::<Vec<_>>()
    };
    let thief = Signer::new("city").unwrap();
    let verifier = thief.verifier().to_string();
    for replaces in [json!(null), json!("owner")] {
        let whole = Whole::new(2);
        let said = if replaces.is_null() { Value::Null } else { json!(whole.signer.verifier().to_string()) };
        forge(whole.dir(), |entries| {
            entries[1]["at"] = json!("2026-11-23T05:30:00.222221Z");
            let mut key = entries[3].clone();
            key["body"] = json!({"reason": "lost", "verifier": verifier});
            if !said.is_null() {
                key["body"]["replaces"] = said.clone();
                key["body"]["signature"] = json!(base64(&[7; 64]));
            }
            entries.push(key);
        });
        fs::remove_file(checkpoint(whole.dir(), 4)).unwrap();
        sign_anyway(whole.dir(), 5, &thief);
        assert_eq!(subjects(&whole), ["entry 5", "checkpoint 5"]);
    }
    // All written again under another first key: the reader who knows the owner's sees it.
    let whole = Whole::new(1);
    forge(whole.dir(), |entries| entries[2]["body"]["verifier"] = json!(verifier));
    sign_anyway(whole.dir(), 3, &thief);
    assert_eq!(subjects(&whole), ["keys"]);
}

#[test]
fn the_wrong_key_signs_nothing_and_changes_nothing() {
    let whole = Whole::new(1);
    grow(whole.dir());
    let log = fs::read(whole.dir().join("log.jsonl")).unwrap();
    let stranger = Signer::new("city").unwrap();
    let error = Log::of(whole.dir()).unwrap().sign(&stranger).unwrap_err().to_string();
    assert!(error.contains(&stranger.verifier().to_string()) && error.contains("key rotate"), "{error}");
    let error = Log::of(whole.dir()).unwrap().rotate(&stranger, &Signer::new("x").unwrap(), "").unwrap_err();
    assert!(matches!(error, Error::Key { .. }), "{error}");
    assert_eq!(digest(&fs::read(whole.dir().join("log.jsonl")).unwrap()), digest(&log));
    assert_eq!(faults(whole.dir()), ["checkpoint 3"], "entry 4 is not signed");
    sign(whole.dir(), &whole.signer);
    assert_eq!(faults(whole.dir()), Vec::<String>::new());
}
