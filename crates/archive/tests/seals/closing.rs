//! A writer that is stopped between any two of its steps, and the next one that finishes them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use archive::{Archive, Log, Signer, scan, segments};
use serde_json::json;
use tempfile::TempDir;

use crate::ground::{
    all_there, copy, edit, exchange, faults, fill, forge, killed, mend, only_segment, open, remarks, settings, sign,
};

/// Checks what is said of a state, mends it, and checks that all is there then.
fn mends(dir: &TempDir, kept: &[(model::Record, model::Exchange)], said: &[String], noted: &[String]) {
    assert_eq!(faults(dir.path()), said);
    assert_eq!(remarks(dir.path()), noted);
    mend(dir.path(), &Signer::new("city").unwrap());
    assert_eq!(faults(dir.path()), Vec::<String>::new());
    all_there(dir.path(), kept);
}

#[test]
fn a_power_cut_between_any_two_writes_of_closing_is_named_and_mended() {
    let (unsealed, kept) = killed(3);
    let name = only_segment(unsealed.path()).file_name().unwrap().to_str().unwrap().to_owned();
    let (segment, entry) = (format!("segment {name}"), "entry 2".to_owned());
    let (unsigned, seal) = ("checkpoint none".to_owned(), format!("{name}.seal"));
    let before = fs::read(unsealed.path().join("log.jsonl")).unwrap();
    let sealed = copy(unsealed.path());
    drop(open(sealed.path()));
    let lines = fs::read(sealed.path().join(&seal)).unwrap();
    let log = fs::read(sealed.path().join("log.jsonl")).unwrap();

    // All members, no seal.
    mends(&copy(unsealed.path()), &kept, &[unsigned.clone(), segment.clone()], &[]);
    // The seal under its first name, whole or in part.
    for length in [0, 1, lines.len() / 2, lines.len()] {
        let state = copy(unsealed.path());
        fs::write(state.path().join(format!("{seal}.part")), &lines[..length]).unwrap();
        mends(&state, &kept, &[unsigned.clone(), segment.clone()], &[format!("file {seal}.part")]);
    }
    // The seal, no entry; then each byte of the entry.
    for length in before.len()..log.len() {
        let state = copy(sealed.path());
        fs::write(state.path().join("log.jsonl"), &log[..length]).unwrap();
        if length == before.len() {
            mends(&state, &kept, &[unsigned.clone(), segment.clone()], &[]);
        } else if length % 7 == 0 || length + 1 == log.len() {
            mends(&state, &kept, &[entry.clone(), unsigned.clone()], std::slice::from_ref(&segment));
        }
    }
    // The entry, no checkpoint; then the checkpoint under its first name.
    mends(&copy(sealed.path()), &kept, std::slice::from_ref(&unsigned), &[]);
    for part in ["", "portolan/0\n"] {
        let state = copy(sealed.path());
        fs::create_dir(state.path().join("checkpoints")).unwrap();
        fs::write(state.path().join("checkpoints/0000000003.part"), part).unwrap();
        mends(&state, &kept, std::slice::from_ref(&unsigned), &["file checkpoints/0000000003.part".to_owned()]);
    }
}

#[test]
fn what_has_no_whole_record_is_told_and_taken_away() {
    for length in [0, 1, 9, 10, 100] {
        let (dir, _) = killed(1);
        let segment = only_segment(dir.path());
        edit(&segment, |bytes| bytes.truncate(length));
        let repaired = mend(dir.path(), &Signer::new("city").unwrap());
        assert_eq!((repaired.len(), repaired[0].records, repaired[0].torn), (1, 0, length as u64));
        assert_eq!(faults(dir.path()), Vec::<String>::new(), "cut at {length}");
        assert!(segments(dir.path()).unwrap().is_empty(), "cut at {length}");
        let torn = format!("{}.torn", segment.display());
        assert_eq!(fs::read(torn).map_or(0, |kept| kept.len()), length);
    }
}

/// Where each record of a segment starts, and the segment's end.
fn starts(segment: &Path) -> Vec<usize> {
    let ends = scan(segment).unwrap().map(|record| record.unwrap()).map(|record| record.offset + record.length);
    std::iter::once(0).chain(ends).map(|end| usize::try_from(end).unwrap()).collect()
}

#[test]
fn a_torn_end_is_set_aside_at_whatever_byte_it_tore() {
    let (dir, kept) = killed(3);
    let segment = only_segment(dir.path());
    let (whole, signer) = (fs::read(&segment).unwrap(), Signer::new("city").unwrap());
    let starts = starts(&segment);
    let name = segment.file_name().unwrap().to_str().unwrap();
    let torn = dir.path().join(format!("{name}.torn"));
    let log = fs::read(dir.path().join("log.jsonl")).unwrap();
    let third = starts[starts.len() - 4];
    assert!(whole.len() - third > 500, "there are several hundred places to cut at");
    for cut in third + 1..whole.len() {
        fs::write(&segment, &whole[..cut]).unwrap();
        fs::write(dir.path().join("log.jsonl"), &log).unwrap();
        let _ = fs::remove_file(&torn);
        let _ = fs::remove_dir_all(dir.path().join("checkpoints"));
        let repaired = mend(dir.path(), &signer);
        let good = *starts.iter().rfind(|start| **start <= cut).unwrap();
        assert_eq!(repaired.len(), 1);
        assert_eq!(repaired[0].torn, (cut - good) as u64, "cut at {cut}");
        assert_eq!(fs::read(&segment).unwrap(), whole[..good]);
        assert_eq!(faults(dir.path()), Vec::<String>::new(), "cut at {cut}");
        if cut > good {
            assert_eq!(fs::read(&torn).unwrap(), whole[good..cut]);
            assert_eq!(remarks(dir.path()), [format!("segment {name}"), format!("file {name}.torn")], "cut at {cut}");
        }
    }
    all_there(dir.path(), &kept[..2]);
}

#[test]
fn damage_in_an_unsealed_segment_is_named_for_ever_and_costs_no_other_record() {
    let (dir, kept) = killed(3);
    let segment = only_segment(dir.path());
    let (whole, signer) = (fs::read(&segment).unwrap(), Signer::new("city").unwrap());
    let starts = starts(&segment);
    let name = segment.file_name().unwrap().to_str().unwrap();
    let log = fs::read(dir.path().join("log.jsonl")).unwrap();
    let mut harmless = 0;
    // The three records of the second exchange: 5, 6 and 7 of the segment.
    for at in starts[4]..starts[7] {
        let record = starts.iter().rposition(|start| *start <= at).unwrap();
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&segment, &bytes).unwrap();
        fs::write(dir.path().join("log.jsonl"), &log).unwrap();
        let _ = fs::remove_dir_all(dir.path().join("checkpoints"));
        if scan(&segment).unwrap().all(|record| record.is_ok()) {
            // Time and system in the head of a member, bits that fill up its last byte: the record says what it said.
            harmless += 1;
            continue;
        }
        let repaired = mend(dir.path(), &signer);
        assert_eq!((repaired[0].records, repaired[0].torn), (10, 0), "byte {at}");
        assert_eq!(faults(dir.path()), [format!("seal line {} of {name}", record + 1)], "byte {at}");
        assert_eq!(fs::read(&segment).unwrap(), bytes);
        all_there(dir.path(), &kept[..1]);
        all_there(dir.path(), &kept[2..]);
    }
    assert!(harmless <= 3 * 8, "{harmless} bytes");
}

#[test]
fn a_segment_that_is_being_written_is_left_to_its_writer() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = open(dir.path());
    let mut kept = fill(&mut first, 2);
    let mut second = open(dir.path());
    assert_eq!(second.repaired(), []);
    kept.extend(fill(&mut second, 2));
    let name = &kept[0].0.segment;
    let other = &kept[2].0.segment;
    assert_eq!(faults(dir.path()), ["checkpoint none"]);
    let mut written = [format!("segment {name}"), format!("segment {other}")];
    written.sort();
    assert_eq!(remarks(dir.path()), written);
    kept.extend(fill(&mut first, 2));
    first.close().unwrap();
    second.close().unwrap();
    sign(dir.path(), &Signer::new("city").unwrap());
    assert_eq!((faults(dir.path()), remarks(dir.path())), (vec![], vec![]));
    all_there(dir.path(), &kept);
}

#[test]
fn writers_side_by_side_lose_no_entry() {
    let dir = tempfile::tempdir().unwrap();
    let write = |_| {
        let dir: PathBuf = dir.path().to_owned();
        std::thread::spawn(move || {
            // Each exchange fills a segment; each opening looks for what others left.
            let mut kept = Vec::new();
            for _ in 0..10 {
                let mut archive = Archive::open(&dir, settings(1, Duration::from_secs(900))).unwrap();
                // In the moment before it is locked, a new segment may be taken for one left behind; its writer begins another.
                assert!(archive.repaired().iter().all(|repaired| (repaired.records, repaired.torn) == (0, 0)));
                assert!(archive.repaired().iter().all(|repaired| repaired.name.ends_with(".warc.gz.part")));
                kept.extend(fill(&mut archive, 5));
                archive.close().unwrap();
            }
            kept
        })
    };
    let writers: Vec<_> = (0..4).map(write).collect();
    let look = || segments(dir.path()).unwrap().iter().filter(|path| path.metadata().unwrap().len() == 0).count();
    let mut looks = 0;
    while !writers.iter().all(std::thread::JoinHandle::is_finished) {
        assert_eq!(look(), 0, "a segment has its first record when it has its name");
        looks += 1;
    }
    assert!(looks > 10);
    let kept: Vec<_> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    let mut log = Log::of(dir.path()).unwrap();
    assert_eq!(log.entries().len(), 1 + 4 * 10 * 5);
    log.sign(&Signer::new("city").unwrap()).unwrap();
    assert_eq!((faults(dir.path()), remarks(dir.path())), (vec![], vec![]));
    all_there(dir.path(), &kept);
}

#[test]
fn a_writer_whose_segment_was_taken_away_before_it_had_its_name_begins_another() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(dir.path(), settings(1, Duration::from_secs(900))).unwrap();
    let (path, done) = (dir.path().to_owned(), Arc::new(AtomicBool::new(false)));
    let ended = done.clone();
    // Takes away some that it sees, as a repair would between its creation and its lock.
    let neighbour = std::thread::spawn(move || {
        let mut taken = 0;
        while !ended.load(Ordering::Relaxed) {
            let parts = fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path());
            let odd = |part: &PathBuf| {
                part.to_str().unwrap().strip_suffix(".warc.gz.part").is_some_and(|name| name.ends_with(['1', '5', '9']))
            };
            taken += parts.filter(odd).filter(|part| fs::remove_file(part).is_ok()).count();
        }
        taken
    });
    let kept = fill(&mut archive, 60);
    done.store(true, Ordering::Relaxed);
    let taken = neighbour.join().unwrap();
    assert!(taken > 0, "the neighbour was never in time");
    archive.close().unwrap();
    sign(dir.path(), &Signer::new("city").unwrap());
    assert_eq!(segments(dir.path()).unwrap().len(), 60, "{taken} were begun again");
    assert_eq!((faults(dir.path()), remarks(dir.path())), (vec![], vec![]));
    all_there(dir.path(), &kept);
}

#[test]
fn an_old_segment_is_closed_though_nothing_is_appended() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(dir.path(), settings(1 << 28, Duration::from_millis(300))).unwrap();
    let first = archive.append(&exchange("http://city.example/", b"x"), &json!(null)).unwrap();
    archive.tidy().unwrap();
    assert_eq!(archive.log().segments().count(), 0, "it is young");
    std::thread::sleep(Duration::from_millis(310));
    archive.tidy().unwrap();
    assert!(archive.log().segments().map(|segment| &segment.name).eq([&first.segment]));
    let second = archive.append(&exchange("http://city.example/", b"x"), &json!(null)).unwrap();
    assert_ne!(first.segment, second.segment);
    archive.close().unwrap();
}

#[test]
fn a_clock_that_was_set_back_is_remarked_and_no_more() {
    let (dir, _) = killed(1);
    drop(open(dir.path()));
    forge(dir.path(), |entries| entries[1]["at"] = json!("2001-01-01T00:00:00.000000Z"));
    sign(dir.path(), &Signer::new("city").unwrap());
    assert_eq!(faults(dir.path()), Vec::<String>::new());
    assert_eq!(remarks(dir.path()), ["entry 2"]);
}
