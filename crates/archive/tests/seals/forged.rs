//! A log that was cut, mixed or written again.

use std::fs;

use archive::{Archive, Error, Log, Signer};
use serde_json::json;

use crate::ground::{Whole, edit_lines, exchange, faults, forge, killed, open, remarks, settings, sign};

/// Entries of the archive: 1 of itself, 2 to 6 of its segments, 7 of its key; signed.
fn six() -> Whole {
    Whole::new(5)
}

#[test]
fn an_entry_that_is_removed_moved_or_added_is_named_and_no_other() {
    let whole = six();
    let path = whole.dir().join("log.jsonl");
    let log = fs::read(&path).unwrap();
    let check = |change: &dyn Fn(&mut Vec<String>), expect: &[&str]| {
        edit_lines(&path, |lines| change(lines));
        assert_eq!(faults(whole.dir()), expect);
        fs::write(&path, &log).unwrap();
    };
    check(&|lines| drop(lines.remove(0)), &["entry 1"]);
    check(&|lines| drop(lines.remove(3)), &["entry 4"]);
    check(&|lines| drop(lines.drain(2..4)), &["entry 3", "entry 4"]);
    check(&|lines| lines.swap(2, 3), &["entry 3"]);
    check(&|lines| lines.insert(5, lines[2].clone()), &["entry 3"]);
    check(&|lines| lines[3].push(' '), &["entry 4"]);
    check(&|lines| lines[3].push('\r'), &["entry 4"]);
    check(&|lines| lines.push(String::new()), &["entry 8", "checkpoint 7"]);
    // The last one removed: the log is sound, and shorter than what was signed.
    check(&|lines| drop(lines.pop()), &["checkpoint 7"]);
    let mut unsealed = [format!("segment {}", whole.name(3)), format!("segment {}", whole.name(4))];
    unsealed.sort();
    check(&|lines| lines.truncate(4), &["checkpoint 7", &unsealed[0], &unsealed[1]]);
    fs::remove_file(&path).unwrap();
    assert!(matches!(archive::verify_folder(whole.dir(), &[]), Err(Error::Io { .. })));
}

#[test]
fn every_changed_byte_of_the_log_is_named_by_its_entry() {
    let whole = Whole::new(1);
    let path = whole.dir().join("log.jsonl");
    let (log, mut entry) = (fs::read(&path).unwrap(), 1);
    for at in 0..log.len() {
        for changed in [log[at] ^ 1, log[at] ^ 0x80, b'\n', b' '] {
            let mut bytes = log.clone();
            bytes[at] = changed;
            fs::write(&path, &bytes).unwrap();
            let found = faults(whole.dir());
            let expect = if changed == log[at] { found.is_empty() } else { found.contains(&format!("entry {entry}")) };
            assert!(expect, "byte {at} becomes {changed}: {found:?}");
        }
        entry += usize::from(log[at] == b'\n');
    }
}

#[test]
fn a_log_that_was_written_again_does_not_have_the_signed_root() {
    let whole = six();
    let path = whole.dir().join("log.jsonl");
    let log = fs::read(&path).unwrap();
    let check = |change: &dyn Fn(&mut Vec<serde_json::Value>), expect: &[String]| {
        forge(whole.dir(), |entries| change(entries));
        assert_eq!(faults(whole.dir()), expect);
        fs::write(&path, &log).unwrap();
    };
    let (signed, segment) = ("checkpoint 7".to_owned(), |n: usize| format!("segment {}", whole.name(n)));
    check(&|_| {}, &[]);
    check(&|entries| entries[2]["at"] = json!("2026-11-23T05:30:00.222221Z"), std::slice::from_ref(&signed));
    check(&|entries| entries.swap(2, 3), std::slice::from_ref(&signed));
    check(&|entries| drop(entries.remove(2)), &[signed.clone(), segment(1)]);
    check(&|entries| entries[3]["body"]["records"] = json!(1), std::slice::from_ref(&signed));
    check(
        &|entries| {
            let mut more = entries[3].clone();
            more["body"]["name"] = json!("test-0.warc.gz");
            entries.insert(3, more);
        },
        &[signed.clone(), "segment test-0.warc.gz".to_owned()],
    );
    // A decision that nobody made, at the end: the signature does not reach it.
    let made_up = json!({"at": "2026-11-23T05:30:00.222221Z", "kind": "row", "body": {"table": "decision", "row": {"id": "1"}}});
    check(&|entries| entries.push(made_up.clone()), std::slice::from_ref(&signed));
}

#[test]
fn nothing_is_appended_to_a_log_that_is_damaged_or_was_cut() {
    let whole = Whole::new(2);
    let path = whole.dir().join("log.jsonl");
    let log = fs::read(&path).unwrap();
    let refused = || {
        let before = fs::read(&path).unwrap();
        let error = Archive::open(whole.dir(), settings(1, std::time::Duration::from_secs(900))).err().unwrap();
        assert_eq!(fs::read(&path).unwrap(), before);
        error.to_string()
    };
    edit_lines(&path, |lines| lines[1] = lines[1].replace("\"no\":2", "\"no\":3"));
    assert!(refused().starts_with("entry 2 of the log"), "{}", refused());
    // The last line without its end, as a writer leaves it; but it was signed.
    fs::write(&path, &log[..log.len() - 1]).unwrap();
    assert!(refused().contains("checkpoint 4 was signed"), "{}", refused());
    let mut other_end = log.clone();
    *other_end.last_mut().unwrap() = b'x';
    fs::write(&path, &other_end).unwrap();
    assert!(refused().contains("checkpoint 4 was signed"), "{}", refused());
    fs::write(&path, &log).unwrap();
    drop(open(whole.dir()));
}

#[test]
fn two_that_append_by_turns_see_each_others_entries() {
    let (dir, _) = killed(1);
    let (mut one, mut two) = (open(dir.path()), open(dir.path()));
    for n in 0..3 {
        for archive in [&mut one, &mut two] {
            let record = archive
                .append_miss(
                    &exchange("http://city.example/", b"").url,
                    "2026-11-23T05:30:00.222221Z".parse().unwrap(),
                    &json!(n),
                )
                .unwrap();
            archive.sync().unwrap();
            archive.log().append(archive::Fact::Rulebook { digest: archive::digest(b"x"), record: record.id }).unwrap();
        }
    }
    one.close().unwrap();
    two.close().unwrap();
    sign(dir.path(), &Signer::new("city").unwrap());
    let log = Log::of(dir.path()).unwrap();
    assert_eq!(log.entries().len(), 2 + 6 + 2 + 1);
    // Each names a record that is no rulebook.
    assert_eq!(faults(dir.path()), (3..9).map(|no| format!("entry {no}")).collect::<Vec<_>>());
    assert_eq!(remarks(dir.path()), Vec::<String>::new());
}
