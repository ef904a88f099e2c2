//! Archives to break, and what their verification says.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use archive::{Archive, Log, Settings, Signer, canonical, digest, read, segments, verify_folder};
use model::{Exchange, Headers, Purpose, Record, Time};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

pub(crate) fn settings(max_segment: u64, max_age: Duration) -> Settings {
    Settings { prefix: "test".to_owned(), max_segment, max_age, level: 1, software: "portolan/0".to_owned() }
}

/// A writer that puts all into one segment.
pub(crate) fn open(dir: &Path) -> Archive {
    Archive::open(dir, settings(1 << 28, Duration::from_secs(900))).unwrap()
}

pub(crate) fn exchange(url: &str, body: &[u8]) -> Exchange {
    let sent: Time = "2026-11-23T05:30:00.123456Z".parse().unwrap();
    Exchange {
        purpose: Purpose::Answer,
        url: Url::parse(url).unwrap(),
        request: Headers(vec![("host".to_owned(), "city.example".to_owned())]),
        sent,
        done: sent.plus(Duration::from_micros(98_765)),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html".to_owned())]),
        body: body.to_vec(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// Appends so many exchanges.
pub(crate) fn fill(archive: &mut Archive, count: usize) -> Vec<(Record, Exchange)> {
    let one = |n| {
        let exchange = exchange(&format!("http://city.example/{n}"), format!("<p>page {n}").as_bytes());
        (archive.append(&exchange, &json!(n)).unwrap(), exchange)
    };
    let all = (0..count).map(one).collect();
    archive.sync().unwrap();
    all
}

/// An archive whose writer was killed after so many exchanges.
pub(crate) fn killed(count: usize) -> (TempDir, Vec<(Record, Exchange)>) {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(dir.path());
    let kept = fill(&mut archive, count);
    drop(archive);
    (dir, kept)
}

/// A sealed and signed archive with so many segments of four exchanges each.
pub(crate) struct Whole {
    pub(crate) folder: TempDir,
    pub(crate) signer: Signer,
    /// By segment.
    pub(crate) kept: Vec<Vec<(Record, Exchange)>>,
}

impl Whole {
    pub(crate) fn new(segments: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let one = |_| {
            let mut archive = open(folder.path());
            let kept = fill(&mut archive, 4);
            archive.close().unwrap();
            kept
        };
        let kept = (0..segments).map(one).collect();
        let signer = Signer::new("city").unwrap();
        sign(folder.path(), &signer);
        Self { folder, signer, kept }
    }

    pub(crate) fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// Name of a segment.
    pub(crate) fn name(&self, segment: usize) -> String {
        self.kept[segment][0].0.segment.clone()
    }

    pub(crate) fn path(&self, segment: usize) -> PathBuf {
        self.dir().join(self.name(segment))
    }

    pub(crate) fn seal(&self, segment: usize) -> PathBuf {
        self.dir().join(format!("{}.seal", self.name(segment)))
    }
}

pub(crate) fn sign(dir: &Path, signer: &Signer) {
    Log::of(dir).unwrap().sign(signer).unwrap();
}

/// Closes what is open and signs it all.
pub(crate) fn mend(dir: &Path, signer: &Signer) -> Vec<archive::Repaired> {
    let archive = open(dir);
    let repaired = archive.repaired().to_vec();
    archive.close().unwrap();
    sign(dir, signer);
    repaired
}

/// The subjects of all faults, each once.
pub(crate) fn faults(dir: &Path) -> Vec<String> {
    subjects(dir, true)
}

/// The subjects of all remarks but the one on the key.
pub(crate) fn remarks(dir: &Path) -> Vec<String> {
    let mut all = subjects(dir, false);
    all.retain(|subject| subject != "keys");
    all
}

fn subjects(dir: &Path, fault: bool) -> Vec<String> {
    let findings = verify_folder(dir, &[]).unwrap().report.findings;
    let mut all: Vec<String> = Vec::new();
    for subject in findings.iter().filter(|finding| finding.fault == fault).map(|finding| finding.subject.to_string()) {
        if !all.contains(&subject) {
            all.push(subject);
        }
    }
    all
}

/// Every one of these can be read, and is the one that was appended.
pub(crate) fn all_there(dir: &Path, kept: &[(Record, Exchange)]) {
    for (record, exchange) in kept {
        assert_eq!(read(dir, record).unwrap(), *exchange);
    }
}

pub(crate) fn copy(from: &Path) -> TempDir {
    fn into(from: &Path, to: &Path) {
        for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                fs::create_dir(&target).unwrap();
                into(&path, &target);
            } else {
                fs::copy(&path, target).unwrap();
            }
        }
    }
    let to = tempfile::tempdir().unwrap();
    into(from, to.path());
    to
}

pub(crate) fn only_segment(dir: &Path) -> PathBuf {
    let found = segments(dir).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

/// Changes a file.
pub(crate) fn edit(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Changes the lines of a text file.
pub(crate) fn edit_lines(path: &Path, change: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    change(&mut lines);
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

/// Changes the log as somebody would who knows how it is made: numbers, chain and hashes fit again afterwards.
pub(crate) fn forge(dir: &Path, change: impl FnOnce(&mut Vec<Value>)) {
    edit_lines(&dir.join("log.jsonl"), |lines| {
        let mut entries: Vec<Value> =
            lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap()["entry"].clone()).collect();
        change(&mut entries);
        let mut previous = format!("sha256:{}", "0".repeat(64));
        lines.clear();
        for (at, mut entry) in entries.into_iter().enumerate() {
            entry["no"] = json!(at + 1);
            entry["previous"] = json!(previous);
            previous = digest(canonical(&entry).as_bytes()).to_string();
            lines.push(canonical(&json!({"entry": entry, "hash": previous})));
        }
    });
}
