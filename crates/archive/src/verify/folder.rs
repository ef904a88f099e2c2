//! An archive folder as a whole.

use std::collections::{HashMap, HashSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use model::Digest;
use sha2::{Digest as _, Sha256};

use super::chain::Chain;
use super::notes::Keys;
use super::{Report, Subject, notes, segment};
use crate::checkpoint::CHECKPOINTS;
use crate::digest::digest;
use crate::error::Error;
use crate::fields::RawRecord;
use crate::key::Verifier;
use crate::log::{Entry, Fact, LOG};
use crate::scan::scan_from;
use crate::seal::{Leaf, SEAL};

/// A verified archive folder: what it says, and how to reach its records.
pub struct Folder {
    /// What does not fit.
    pub report: Report,
    dir: PathBuf,
    entries: Vec<Entry>,
    whole: bool,
    /// Where each sealed record is.
    places: HashMap<String, (String, Leaf)>,
}

/// Checks an archive folder: the log, its checkpoints and stamps, each segment to the byte, and that nothing is there
/// that the log does not know. `trusted` are the keys that the reader knows to be the owner's; without any, the log's
/// own are taken and named.
pub fn verify_folder(dir: &Path, trusted: &[Verifier]) -> Result<Folder, Error> {
    let mut report = Report::default();
    let path = dir.join(LOG);
    let chain = Chain::read(&std::fs::read(&path).map_err(Error::io("read log", &path))?, &mut report);
    let keys = Keys::of(chain.good(), trusted, &mut report);
    notes::checkpoints(dir, &chain, &keys, &mut report);
    notes::stamps(dir, &chain, &mut report);

    let mut places = HashMap::new();
    let mut known = HashSet::new();
    let mut lost = false;
    for entry in chain.good() {
        let Fact::Segment(sealed) = &entry.fact else { continue };
        if let Some(torn) = sealed.torn {
            report.remark(
                Subject::Segment(sealed.name.clone()),
                format!("its writer was stopped; {torn} unfinished bytes were set aside"),
            );
        }
        known.insert(sealed.name.clone());
        match segment::check(dir, sealed, &mut report) {
            Some(leaves) => places.extend(leaves.into_iter().map(|leaf| (leaf.id.clone(), (sealed.name.clone(), leaf)))),
            None => lost = true,
        }
    }
    strangers(dir, &known, chain.is_damaged(), &mut report);
    let entries = chain.good().cloned().collect();
    let mut folder = Folder { report, dir: dir.to_owned(), entries, whole: !chain.is_damaged(), places };
    folder.named_records(lost);
    Ok(folder)
}

/// Files that the log does not know.
fn strangers(dir: &Path, known: &HashSet<String>, damaged: bool, report: &mut Report) {
    for name in notes::names(dir) {
        let (segment, rest) =
            name.split_once(".warc.gz").map_or((name.clone(), ""), |(stem, rest)| (format!("{stem}.warc.gz"), rest));
        match rest {
            "" if !segment.ends_with(".warc.gz") => {
                if name != LOG && name != CHECKPOINTS {
                    report.remark(Subject::File(name), "nothing of ours");
                }
            }
            "" if known.contains(&segment) => {}
            "" if is_locked(&dir.join(&name)) => report.remark(Subject::Segment(segment), "it is being written"),
            "" if damaged => report.remark(Subject::Segment(segment), "no entry names it; a damaged one may have"),
            "" => report.fault(
                Subject::Segment(segment),
                "it is not sealed: run `portolan seal` if its survey was stopped, else it is not ours",
            ),
            SEAL if known.contains(&segment) || damaged || dir.join(&segment).exists() => {}
            SEAL => report.fault(Subject::File(name), "no segment in the log has this seal"),
            ".torn" => report.remark(Subject::File(name), "the unfinished end of a segment, set aside by a repair"),
            _ => report.remark(Subject::File(name), "left by a process that was stopped while writing it"),
        }
    }
}

/// Whether another process writes to a file.
fn is_locked(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

impl Folder {
    /// The entries of the log that could be read.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether every entry of the log could be read.
    pub fn log_is_whole(&self) -> bool {
        self.whole
    }

    /// Where a record is: its segment and its place in it.
    pub fn place(&self, id: &str) -> Option<&(String, Leaf)> {
        self.places.get(id)
    }

    /// A sealed record, by its identifier.
    pub fn record(&self, id: &str) -> Option<RawRecord> {
        let (segment, leaf) = self.places.get(id)?;
        scan_from(&self.dir.join(segment), leaf.offset).ok()?.next()?.ok()
    }

    /// The digest of a file that a person brought, from its parts, which are named first; none if it was not kept, or a
    /// part cannot be read and is named as such.
    fn brought(&self, records: &[String]) -> Option<Digest> {
        let mut sum = None;
        for id in records {
            let record = self.record(id)?;
            if !record.field("WARC-Target-URI").is_some_and(|urn| urn.starts_with("urn:portolan:ingest:")) {
                break;
            }
            sum.get_or_insert_with(Sha256::new).update(&record.block);
        }
        sum.map(|sum| Digest(sum.finalize().into()))
    }

    /// Every record that an entry names must be there and be what the entry says.
    fn named_records(&mut self, lost: bool) {
        let mut faults = Vec::new();
        for entry in &self.entries {
            let named: Vec<&String> = match &entry.fact {
                Fact::Rows { tables, .. } => tables.values().flat_map(|rows| &rows.records).collect(),
                Fact::Ingest(ingested) => {
                    if self.brought(&ingested.records).is_some_and(|found| found != ingested.digest) {
                        faults.push((entry.no, "the file that it keeps is not the one it names".to_owned()));
                    }
                    ingested.records.iter().collect()
                }
                Fact::Rulebook { record, digest: said } => {
                    let block = self.record(record).map(|record| digest(&record.block));
                    if block.is_some_and(|found| found != *said) {
                        faults.push((entry.no, format!("record {record} is not the rulebook it names")));
                    }
                    vec![record]
                }
                _ => continue,
            };
            let missing: Vec<&String> = named.into_iter().filter(|id| !self.places.contains_key(*id)).collect();
            // What a segment held that cannot be known any more is no fault of the entries that name it.
            if let Some(first) = missing.first().filter(|_| self.whole && !lost) {
                faults.push((
                    entry.no,
                    format!("{} of the records it names are in no sealed segment, the first is {first}", missing.len()),
                ));
            }
        }
        for (no, what) in faults {
            self.report.fault(Subject::Entry(no), what);
        }
    }
}
