//! Segments and seals that are not the ones that were closed.

use std::fs;

use crate::ground::{Whole, all_there, edit, edit_lines, faults, remarks};

#[test]
fn an_untouched_archive_has_no_finding() {
    let whole = Whole::new(3);
    assert_eq!((faults(whole.dir()), remarks(whole.dir())), (vec![], vec![]));
}

#[test]
fn a_segment_that_is_missing_short_long_or_another_is_named() {
    let whole = Whole::new(3);
    let named = |segment: usize| format!("segment {}", whole.name(segment));
    let (first, second) = (fs::read(whole.path(0)).unwrap(), fs::read(whole.path(1)).unwrap());
    let last = whole.kept[1].last().unwrap();
    let other = Whole::new(1);

    fs::remove_file(whole.path(1)).unwrap();
    assert_eq!(faults(whole.dir()), [named(1)]);
    fs::write(whole.path(1), &first).unwrap();
    assert_eq!(faults(whole.dir()), [named(1)]);
    fs::write(whole.path(0), &second).unwrap();
    assert_eq!(faults(whole.dir()), [named(0), named(1)]);
    fs::write(whole.path(0), &first).unwrap();
    fs::copy(other.path(0), whole.path(1)).unwrap();
    assert!(faults(whole.dir()).contains(&named(1)));
    fs::write(whole.path(1), [second.as_slice(), &first[..900]].concat()).unwrap();
    assert_eq!(faults(whole.dir()), [named(1)]);

    // Cut within the metadata of the last exchange: it and nothing else is gone.
    fs::write(whole.path(1), &second[..second.len() - 1]).unwrap();
    let found = faults(whole.dir());
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], named(1));
    assert!(found[1].starts_with("record urn:uuid:") && found[1].ends_with(&whole.name(1)), "{found:?}");
    // Cut at the start of the last response: it is named, with what followed it.
    fs::write(whole.path(1), &second[..usize::try_from(last.0.offset).unwrap()]).unwrap();
    let found = faults(whole.dir());
    assert_eq!((found.len(), &found[0], &found[1]), (4, &named(1), &format!("record {} in {}", last.0.id, whole.name(1))));
    fs::write(whole.path(1), b"").unwrap();
    assert_eq!(faults(whole.dir()), [named(1)]);
    fs::write(whole.path(1), &second).unwrap();
    assert_eq!(faults(whole.dir()), Vec::<String>::new());
}

#[test]
fn a_segment_that_nobody_sealed_is_named() {
    let (whole, other) = (Whole::new(1), Whole::new(1));
    fs::copy(other.path(0), whole.dir().join(other.name(0))).unwrap();
    assert_eq!(faults(whole.dir()), [format!("segment {}", other.name(0))]);
    fs::copy(other.seal(0), whole.dir().join(format!("{}.seal", other.name(0)))).unwrap();
    assert_eq!(faults(whole.dir()), [format!("segment {}", other.name(0))]);
    fs::remove_file(whole.dir().join(other.name(0))).unwrap();
    assert_eq!(faults(whole.dir()), [format!("file {}.seal", other.name(0))]);
}

#[test]
fn records_that_changed_places_are_named() {
    let whole = Whole::new(2);
    let bytes = fs::read(whole.path(0)).unwrap();
    let name = whole.name(0);
    let lines: Vec<serde_json::Value> =
        fs::read_to_string(whole.seal(0)).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let part = |n: usize| {
        let number = |field: &str| usize::try_from(lines[n][field].as_u64().unwrap()).unwrap();
        (number("offset"), number("offset") + number("length"))
    };
    let id = |n: usize| format!("record {} in {name}", lines[n]["id"].as_str().unwrap());
    let mut pairs = Vec::new();
    for a in 1..lines.len() {
        for b in a + 1..lines.len() {
            let ((start_a, end_a), (start_b, end_b)) = (part(a), part(b));
            let swapped =
                [&bytes[..start_a], &bytes[start_b..end_b], &bytes[end_a..start_b], &bytes[start_a..end_a], &bytes[end_b..]];
            fs::write(whole.path(0), swapped.concat()).unwrap();
            let found = faults(whole.dir());
            assert!(found.contains(&id(a)) && found.contains(&id(b)), "{a} and {b}: {found:?}");
            let same = end_a - start_a == end_b - start_b;
            if same {
                assert_eq!(found.len(), 2, "{found:?}");
            }
            pairs.push(same);
        }
    }
    assert!(pairs.contains(&true) && pairs.contains(&false), "some are of equal length, some are not");
    fs::write(whole.path(0), &bytes).unwrap();
    all_there(whole.dir(), &whole.kept[0]);
}

#[test]
fn every_changed_byte_of_a_segment_is_a_fault_of_its_record() {
    let whole = Whole::new(1);
    let bytes = fs::read(whole.path(0)).unwrap();
    for (record, _) in &whole.kept[0] {
        for at in record.offset..record.offset + record.length {
            edit(&whole.path(0), |bytes| bytes[usize::try_from(at).unwrap()] ^= 1);
            assert_eq!(faults(whole.dir()), [format!("record {} in {}", record.id, record.segment)], "byte {at}");
            fs::write(whole.path(0), &bytes).unwrap();
        }
    }
}

#[test]
fn every_change_of_a_seal_is_named_by_its_line() {
    let whole = Whole::new(1);
    let (path, sealed) = (whole.seal(0), fs::read(whole.seal(0)).unwrap());
    let line = |n: usize| format!("seal line {n} of {}", whole.name(0));
    let mut at_line = 1;
    for (at, byte) in sealed.iter().enumerate() {
        for changed in [byte ^ 1, byte ^ 0x80, b'\n', b'\r', 0] {
            if changed != *byte {
                edit(&path, |bytes| bytes[at] = changed);
                assert!(faults(whole.dir()).contains(&line(at_line)), "byte {at} becomes {changed}: {:?}", faults(whole.dir()));
                fs::write(&path, &sealed).unwrap();
            }
        }
        at_line += usize::from(*byte == b'\n');
    }
    let check = |change: &dyn Fn(&mut Vec<String>), expect: &[String]| {
        edit_lines(&path, |lines| change(lines));
        assert_eq!(faults(whole.dir()), expect);
        fs::write(&path, &sealed).unwrap();
    };
    check(&|lines| drop(lines.remove(2)), &[line(3)]);
    check(&|lines| lines.insert(2, lines[2].clone()), &[line(3)]);
    check(&|lines| lines.swap(2, 5), &[line(3), line(6)]);
    check(&|lines| lines.push(String::new()), &[line(14)]);
    check(&|lines| lines[3].push('\r'), &[line(4)]);
    edit(&path, |bytes| bytes.truncate(bytes.len() - 1));
    assert_eq!(faults(whole.dir()), [line(13)]);
    fs::remove_file(&path).unwrap();
    assert_eq!(faults(whole.dir()), [format!("segment {}", whole.name(0))]);
}
