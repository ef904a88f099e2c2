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

/// Checks a segment; returns what is known of its records, none if neither the seal nor the segment can be used.
pub(super) fn check(dir: &Path, sealed: &SealedSegment, report: &mut Report) -> Option<Vec<Leaf>> {
    let name = &sealed.name;
    let whole = || Subject::Segment(name.clone());
    let path = dir.join(name);
    let size = match std::fs::metadata(&path) {
        Ok(kept) => Some(kept.len()),
        Err(error) => {
            report.fault(whole(), format!("it cannot be read: {error}"));
            None
        }
    };
    let leaves = match std::fs::read(dir.join(format!("{name}{SEAL}"))) {
        Ok(text) if root(lines(&text)) == sealed.root && text.last().is_none_or(|last| *last == b'\n') => {
            let read = |(n, line)| Leaf::read(line).map_err(|what| (n + 1, what));
            let text = String::from_utf8_lossy(&text);
            let read: Result<Vec<Leaf>, (usize, String)> = text.lines().enumerate().map(read).collect();
            read.map_err(|(n, what)| report.fault(Subject::SealLine(n, name.clone()), what)).ok()
        }
        Ok(text) => rebuilt(&path, sealed, Some(&text), report),
        Err(error) => {
            report.fault(whole(), format!("its seal cannot be read: {error}"));
            rebuilt(&path, sealed, None, report)
        }
    }?;
    let Some(size) = size else { return Some(leaves) };
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
    for (n, _) in leaves.iter().enumerate().filter(|(_, leaf)| leaf.id.is_empty()) {
        let what = "its bytes are no record: they were damaged before the segment was sealed";
        report.fault(Subject::SealLine(n + 1, name.clone()), what);
    }
    match members(&path, &leaves) {
        Ok(bad) if bad.len() == leaves.len() && bad.len() > 1 => {
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
    Some(leaves)
}

/// The lines of a text, without their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\n").unwrap_or(line))
}

fn root<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Digest {
    Tree::of(lines).root()
}

/// The leaves as the segment itself gives them, where the seal file is not the one that was written. None if the
/// segment is not either; then all is named.
fn rebuilt(path: &Path, sealed: &SealedSegment, seal: Option<&[u8]>, report: &mut Report) -> Option<Vec<Leaf>> {
    let name = &sealed.name;
    let leaves = scanned(path);
    let lines_now: Vec<String> = leaves.iter().map(Leaf::line).collect();
    let agrees = root(lines_now.iter().map(String::as_bytes)) == sealed.root;
    if let Some(seal) = seal {
        let said: Vec<&[u8]> = lines(seal).collect();
        let same = |(said, now): &(&&[u8], &String)| **said == now.as_bytes();
        // A line that is missing or was added does not make those behind it faults.
        let tail = said.iter().rev().zip(lines_now.iter().rev()).take_while(same).count();
        let (said, now) = (&said[..said.len() - tail], &lines_now[..lines_now.len() - tail]);
        let differ = |n: &usize| said.get(*n).copied() != now.get(*n).map(String::as_bytes);
        for n in (0..said.len().max(now.len())).filter(differ).take(MOST) {
            let what = if agrees {
                "the segment and the log agree on another"
            } else {
                "neither the log nor the segment agrees with it"
            };
            report.fault(Subject::SealLine(n + 1, name.clone()), what);
        }
        if agrees && said.is_empty() && now.is_empty() {
            report.fault(Subject::SealLine(lines_now.len(), name.clone()), "its line has no end");
        }
    }
    if agrees {
        return Some(leaves);
    }
    report.fault(Subject::Segment(name.clone()), "its records are not those that the log names");
    None
}

/// What the seal of a segment would say, from the segment alone, as far as it can be read.
fn scanned(path: &Path) -> Vec<Leaf> {
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
    leaves
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
