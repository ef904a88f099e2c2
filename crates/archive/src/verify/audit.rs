//! An audit pack: the signed list of its files, the decisions up to the signed root, and each city's package.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::notes;
use super::package::{Package, verify_package};
use super::proven::{self, Proven};
use super::{Report, Subject};
use crate::canon::parse_canonical;
use crate::digest::{digest, digest_of_file};
use crate::key::Verifier;
use crate::note::Note;

/// File names of the signed list.
const MANIFEST: &str = "manifest.json";
const NOTE: &str = "manifest.txt";

/// A verified audit pack: what it says.
pub struct Audit {
    /// What does not fit, of the pack and of each package in it.
    pub report: Report,
    /// The signed list.
    pub manifest: Value,
    /// The entries of the log that came along, proven.
    pub proven: Proven,
    /// Who stamped the checkpoint, as the authorities say it.
    pub stamps: Vec<String>,
    /// The package of each portal.
    pub packages: BTreeMap<String, Package>,
}

/// Whether a folder looks like an audit pack.
pub fn is_audit_pack(dir: &Path) -> bool {
    dir.join(MANIFEST).is_file()
}

/// Checks an audit pack. It fails only by findings.
pub fn verify_audit(dir: &Path, trusted: &[Verifier]) -> Audit {
    let mut report = Report::default();
    let read = |name: &str, report: &mut Report| {
        std::fs::read(dir.join(name)).unwrap_or_else(|error| {
            report.fault(Subject::File(name.to_owned()), format!("it cannot be read: {error}"));
            Vec::new()
        })
    };
    let list = read(MANIFEST, &mut report);
    let manifest: Value = parse_canonical(&String::from_utf8_lossy(&list)).unwrap_or_else(|what| {
        report.fault(Subject::File(MANIFEST.to_owned()), what);
        Value::Null
    });
    let (entries, checkpoint) = (read("entries.jsonl", &mut report), read("checkpoint.txt", &mut report));
    let proven = proven::entries(&entries, &checkpoint, trusted, &mut report);
    if let Err(what) = signed(&read(NOTE, &mut report), &list, &proven) {
        report.fault(Subject::Signature, what);
    }
    let stamps = stamps(dir, &checkpoint, &proven, &mut report);

    rests(&proven, &mut report);
    let mut packages = BTreeMap::new();
    for name in files(dir, &manifest, &mut report) {
        let Some(portal) = name.strip_prefix("wacz/").and_then(|name| name.strip_suffix(".wacz")) else { continue };
        let mut package = verify_package(&dir.join(&name), trusted);
        report.records += package.report.records;
        for mut finding in std::mem::take(&mut package.report.findings) {
            // The key is the pack's; it is named once.
            if finding.fault || finding.subject != Subject::Keys {
                finding.what = format!("{name}: {}", finding.what);
                report.findings.push(finding);
            }
        }
        packages.insert(portal.to_owned(), package);
    }
    Audit { report, manifest, proven, stamps, packages }
}

fn signed(note: &[u8], list: &[u8], proven: &Proven) -> Result<(), String> {
    let note: Note = std::str::from_utf8(note).map_err(|_| "manifest.txt is not UTF-8".to_owned())?.parse()?;
    let size = proven.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.size);
    note.check(proven.keys.at(size).ok_or("there is no key in force to check it with")?)?;
    let said = format!("portolan pack\n{}\n", digest(list));
    if note.text == said { Ok(()) } else { Err("manifest.txt is over another list of files".to_owned()) }
}

/// Every final answer of the release must have what it rests on.
fn rests(proven: &Proven, report: &mut Report) {
    let made = |of: &'static str| proven.rows(of).map(|(_, row)| row);
    let known: BTreeSet<&str> = made("decision").chain(made("adjudication")).filter_map(|row| row["id"].as_str()).collect();
    let Some(release) = made("release").next_back() else {
        return report.fault(Subject::File("entries.jsonl".to_owned()), "it holds no release");
    };
    for city in release["cities"].as_array().into_iter().flatten() {
        let portal = city["portal"].as_str().unwrap_or_default();
        let Some(signed) = made("sign_off").find(|row| row["id"] == city["sign_off"]) else {
            report.fault(Subject::Score(portal.to_owned()), "the sign-off of the city is missing or damaged");
            continue;
        };
        for answer in signed["finals"].as_array().into_iter().flatten() {
            let rests_on: Vec<&str> = answer["rests_on"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let missing: Vec<&&str> = rests_on.iter().filter(|id| !known.contains(**id)).collect();
            let score = || Subject::Score(format!("{portal}/{}", answer["code"].as_str().unwrap_or_default()));
            match missing.first() {
                Some(id) => report.fault(score(), format!("it rests on {id}, which is missing or damaged")),
                None if rests_on.is_empty() => report.fault(score(), "it rests on nothing"),
                None => {}
            }
        }
    }
}

fn stamps(dir: &Path, checkpoint: &[u8], proven: &Proven, report: &mut Report) -> Vec<String> {
    let Ok(lines) = std::fs::read_to_string(dir.join("stamps.jsonl")) else { return Vec::new() };
    let mut told = Vec::new();
    let size = proven.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.size);
    for line in lines.lines() {
        let read = |authority: &str| std::fs::read(dir.join(format!("{authority}.tsr"))).map_err(|error| error.to_string());
        match notes::stamp_line(line, checkpoint, read) {
            Ok(stamp) => told.push(stamp),
            Err((authority, what)) => report.fault(Subject::Stamp(size, authority), what),
        }
    }
    told
}

/// Every listed file against the list, and what is there against it; returns the names that are as listed.
fn files(dir: &Path, manifest: &Value, report: &mut Report) -> Vec<String> {
    let mut listed = BTreeSet::from([MANIFEST.to_owned(), NOTE.to_owned()]);
    let mut names = Vec::new();
    for file in manifest["files"].as_array().into_iter().flatten() {
        let name = file["path"].as_str().unwrap_or_default().to_owned();
        let inside = Path::new(&name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let found = if inside { digest_of_file(&dir.join(&name)).ok() } else { None };
        match found {
            None => report.fault(Subject::File(name.clone()), "the manifest lists it, and it cannot be read"),
            Some((sum, bytes)) => {
                if file["digest"] != sum.to_string() || file["bytes"] != bytes {
                    report.fault(Subject::File(name.clone()), "it is not the file that the manifest lists");
                }
                names.push(name.clone());
            }
        }
        listed.insert(name);
    }
    for name in tree(dir, &PathBuf::new()) {
        if !listed.contains(&name) {
            report.fault(Subject::File(name), "the manifest does not list it");
        }
    }
    names
}

/// Names of all files below a folder, two levels deep as a pack is.
fn tree(dir: &Path, below: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir.join(below)).into_iter().flatten().flatten() {
        let name = below.join(entry.file_name());
        if entry.path().is_dir() && below.as_os_str().is_empty() {
            names.extend(tree(dir, &name));
        } else {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names
}
