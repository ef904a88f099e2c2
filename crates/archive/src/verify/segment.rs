//! One closed segment against its seal and the log. A record whose bytes have the sealed digest is the record that was
//! sealed: nothing needs to be inflated for that.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use model::Digest;

use super::{Report, Subject};
use crate::digest::digest;
use crate::log::SealedSegment;
use crate::scan::scan;
use crate::seal::{Leaf, SEAL};
use crate::tree::Tree;

/// Records of one segment that are named one by one.
const MOST: usize = 100;

/// Checks a segment; returns what is known of its records.
pub(super) fn check(dir: &Path, sealed: &SealedSegment, report: &mut Report) -> Vec<Leaf> {
    let name = &sealed.name;
    let whole = || Subject::Segment(name.clone());
    let path = dir.join(name);
    let size = match std::fs::metadata(&path) {
        Ok(kept) => kept.len(),
        Err(error) => {
            report.fault(whole(), format!("it cannot be read: {error}"));
            return Vec::new();
        }
    };
    let leaves = match std::fs::read_to_string(dir.join(format!("{name}{SEAL}"))) {
        Ok(text) if root(text.lines()) == sealed.root && text.ends_with('\n') => text.lines().map(Leaf::read).collect(),
        Ok(text) => rebuilt(&path, sealed, Some(&text), report),
        Err(error) => {
            report.fault(whole(), format!("its seal cannot be read: {error}"));
            rebuilt(&path, sealed, None, report)
        }
    };
    let Ok(leaves) = leaves else { return Vec::new() };
    match size.cmp(&sealed.bytes) {
        std::cmp::Ordering::Less => {
            report.fault(whole(), format!("it has {size} bytes of the {} that were sealed", sealed.bytes))
        }
        std::cmp::Ordering::Greater => {
            report.fault(whole(), format!("{} bytes stand behind its last record", size - sealed.bytes))
        }
        std::cmp::Ordering::Equal => {}
    }
    report.records += leaves.len() as u64;
    match members(&path, &leaves) {
        Ok(bad) if bad.len() == leaves.len() => {
            report.fault(whole(), "none of its records is the sealed one: another file is in its place")
        }
        Ok(bad) => {
            for (leaf, what) in bad.iter().take(MOST) {
                report.fault(Subject::Record { id: leaf.id.clone(), segment: name.clone() }, *what);
            }
            if bad.len() > MOST {
                report.fault(whole(), format!("{} more records are not the sealed ones", bad.len() - MOST));
            }
        }
        Err(error) => report.fault(whole(), format!("it cannot be read: {error}")),
    }
    leaves
}

fn root<'a>(lines: impl Iterator<Item = &'a str>) -> Digest {
    Tree::of(lines.map(str::as_bytes)).root()
}

/// The leaves as the segment itself gives them, where the seal file is not the one that was written. An error if the
/// segment is not either; then all is named.
fn rebuilt(path: &Path, sealed: &SealedSegment, seal: Option<&str>, report: &mut Report) -> Result<Vec<Leaf>, String> {
    let name = &sealed.name;
    let mut leaves = Vec::new();
    if let Ok(bytes) = std::fs::read(path) {
        for record in scan(path).into_iter().flatten().map_while(Result::ok) {
            let range = usize::try_from(record.offset).ok().zip(usize::try_from(record.offset + record.length).ok());
            let member = range.and_then(|(start, end)| bytes.get(start..end)).unwrap_or_default();
            leaves.push(Leaf {
                digest: digest(member),
                id: record.id().to_owned(),
                length: record.length,
                offset: record.offset,
            });
        }
    }
    let lines: Vec<String> = leaves.iter().map(Leaf::line).collect();
    let agrees = root(lines.iter().map(String::as_str)) == sealed.root;
    if let Some(seal) = seal {
        let said: Vec<&str> = seal.split_terminator('\n').collect();
        let differ = (0..said.len().max(lines.len())).filter(|n| said.get(*n).copied() != lines.get(*n).map(String::as_str));
        for n in differ.take(MOST) {
            let what = if agrees {
                "the segment and the log agree on another"
            } else {
                "neither the log nor the segment agrees with it"
            };
            report.fault(Subject::SealLine(n + 1, name.clone()), what);
        }
        if said == lines && agrees {
            report.fault(Subject::SealLine(said.len(), name.clone()), "its line has no end");
        }
    }
    if agrees {
        return Ok(leaves);
    }
    report.fault(Subject::Segment(name.clone()), "its records are not those that the log names");
    Err(String::new())
}

/// The records whose bytes are not the sealed ones.
fn members<'a>(path: &Path, leaves: &'a [Leaf]) -> std::io::Result<Vec<(&'a Leaf, &'static str)>> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut bad = Vec::new();
    let mut member = Vec::new();
    for leaf in leaves {
        member.clear();
        file.by_ref().take(leaf.length).read_to_end(&mut member)?;
        if (member.len() as u64) < leaf.length {
            bad.push((leaf, "the segment ends before its end"));
        } else if digest(&member) != leaf.digest {
            bad.push((leaf, "its bytes are not those that were sealed"));
        }
    }
    Ok(bad)
}
