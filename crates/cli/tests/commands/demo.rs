//! The demo from end to end, and the archive that it leaves behind judged again: the same answers, byte for byte.

use std::path::Path;
use std::process::Command;

use crate::program::{ended, portolan};

#[test]
fn the_demo_finds_evidence_in_three_cities_and_judging_its_archive_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut demo: Command = portolan(dir.path());
    let (code, out, told) = ended(demo.arg("demo").env("TMPDIR", dir.path()).output());
    assert_eq!(code, 0, "{told}");
    for city in ["Alderhaven (alderhaven)", "وادي النخيل (wadi-nakheel)", "Rochevigne (rochevigne)"] {
        let (_, after) = out.split_once(city).unwrap_or_else(|| panic!("no {city} in {out}"));
        let of_city = after.split("\n\n").next().unwrap();
        let present = of_city.lines().filter(|line| line.contains(" present ") && line.contains('“')).count();
        assert!(present >= 20, "{present} findings with a quote in {city}");
    }
    let (_, after) = out.split_once("Everything is kept in ").unwrap();
    let data = Path::new(after.lines().next().unwrap().strip_suffix(". To look further:").unwrap());

    let before = findings(data);
    assert_eq!(before.lines().count(), 3 * 95);
    for _ in 0..2 {
        let (code, out, told) = ended(portolan(data).arg("judge").output());
        assert_eq!(code, 0, "{told}");
        let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["portal", "present", "absent", "undetermined", "changed"]);
        assert_eq!(rows.len(), 4, "{out}");
        assert!(rows[1..].iter().all(|row| row[4] == "0"), "{out}");
        assert_eq!(findings(data), before);
    }
    let number = first_present(&before);
    let (code, out, told) = ended(portolan(data).args(["show", &number]).output());
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("warc"), "{out}");
}

/// All findings as JSON lines.
fn findings(data: &Path) -> String {
    let (code, out, told) = ended(portolan(data).args(["findings", "--format", "jsonl"]).output());
    assert_eq!(code, 0, "{told}");
    out
}

/// Number of the first finding that is present.
fn first_present(lines: &str) -> String {
    let mut findings = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    findings.find(|finding| finding["answer"] == "present").unwrap()["finding"].to_string()
}
