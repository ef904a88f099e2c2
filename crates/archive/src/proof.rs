//! What goes with some records when they leave the archive: the way of each to a signature.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use model::Digest;
use serde::{Deserialize, Serialize};

use crate::canon::canonical;
use crate::checkpoint::{CHECKPOINTS, file_name, largest};
use crate::error::Error;
use crate::log::{Entry, Fact, Log, SealedSegment};
use crate::seal::{Leaf, SEAL};
use crate::tree::Tree;
use crate::verify::stamp_name;

/// A line of `proof/records.jsonl`: a record and its way to the root of its segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecordProof {
    pub(crate) index: u64,
    pub(crate) line: Leaf,
    pub(crate) path: Vec<Hex>,
    pub(crate) segment: String,
    pub(crate) size: u64,
}

/// A line of `proof/entries.jsonl`: an entry of the log and its way to the root of the checkpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct EntryProof {
    pub(crate) entry: Entry,
    pub(crate) path: Vec<Hex>,
}

/// A line of `proof/stamps.jsonl`: who stamped the checkpoint, and the roots of trust that were named to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StampProof {
    pub(crate) authority: String,
    pub(crate) digest: Digest,
    pub(crate) trust: Vec<String>,
}

/// A hash of a path, as 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Hex(String);

impl Hex {
    pub(crate) fn of(path: Vec<Digest>) -> Vec<Self> {
        path.into_iter().map(|digest| Self(digest.to_string().split_off("sha256:".len()))).collect()
    }

    /// The hashes of a path; none if one is no hash.
    pub(crate) fn path(path: &[Self]) -> Option<Vec<Digest>> {
        path.iter().map(|hash| format!("sha256:{}", hash.0).parse().ok()).collect()
    }
}

/// Records of an archive chosen to leave it.
pub struct Selection {
    dir: PathBuf,
    /// For each segment in the order of names the chosen leaves with their paths.
    chosen: BTreeMap<String, Vec<RecordProof>>,
}

impl Selection {
    /// Chooses records by their identifiers; the number is how many of the records behind belong to each (two for an
    /// exchange). The `warcinfo` of each segment comes along. Fails if one is in no sealed segment.
    pub fn of(log: &Log, wanted: &HashMap<String, usize>) -> Result<Self, Error> {
        let dir = log.dir();
        let mut chosen = BTreeMap::new();
        let mut found = 0;
        for segment in log.segments() {
            let (leaves, tree) = leaves(dir, segment)?;
            let mut take = vec![false; leaves.len()];
            for (index, leaf) in leaves.iter().enumerate() {
                if let Some(behind) = wanted.get(&leaf.id) {
                    found += 1;
                    take.iter_mut().skip(index).take(1 + behind).for_each(|take| *take = true);
                }
            }
            if !take.contains(&true) {
                continue;
            }
            take[0] = true;
            let proofs = leaves.into_iter().enumerate().filter(|(index, _)| take[*index]).map(|(index, line)| RecordProof {
                index: index as u64,
                line,
                path: Hex::of(tree.path(index)),
                segment: segment.name.clone(),
                size: segment.records,
            });
            chosen.insert(segment.name.clone(), proofs.collect());
        }
        if found < wanted.len() {
            return Err(Error::Unsealed { missing: wanted.len() - found, dir: dir.to_owned() });
        }
        Ok(Self { dir: dir.to_owned(), chosen })
    }

    /// Bytes of all chosen members.
    pub fn length(&self) -> u64 {
        self.proofs().map(|proof| proof.line.length).sum()
    }

    /// Their gzip members, by segment and offset.
    pub fn members(&self) -> impl Iterator<Item = Result<Vec<u8>, Error>> {
        self.chosen.iter().flat_map(|(segment, proofs)| {
            let path = self.dir.join(segment);
            let file = File::open(&path).map_err(Error::io("open segment", &path));
            let mut file = file.map_err(Some);
            proofs.iter().map(move |proof| match &mut file {
                Ok(file) => member(file, &path, &proof.line),
                Err(error) => Err(error.take().unwrap_or_else(|| Error::SegmentName(segment.clone()))),
            })
        })
    }

    /// Names of the segments they come from.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.chosen.keys().map(String::as_str)
    }

    /// `proof/records.jsonl`.
    pub fn records(&self) -> Vec<u8> {
        lines(self.proofs())
    }

    fn proofs(&self) -> impl Iterator<Item = &RecordProof> {
        self.chosen.values().flatten()
    }
}

/// The proof files of some entries of the log: `entries.jsonl`, `checkpoint.txt`, and the stamps on it. The checkpoint is
/// the last that was stamped, if there is one that covers all of them, else the last. Fails if none covers them.
pub fn entries(dir: &Path, log: &[Entry], needed: impl Fn(&Entry) -> bool) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let needed: Vec<&Entry> = log.iter().filter(|entry| needed(entry)).collect();
    let last = needed.last().map_or(0, |entry| entry.no);
    let stamps: Vec<(u64, StampProof)> = log.iter().filter_map(stamp).filter(|(size, _)| *size >= last).collect();
    let stamped = stamps.iter().map(|(size, _)| *size).max();
    let latest = || Some(largest(dir)).filter(|size| *size >= last.max(1));
    let size = stamped.or_else(latest).ok_or_else(|| Error::Unsigned { entries: last, dir: dir.to_owned() })?;
    let covered: Vec<String> = log.iter().take(usize::try_from(size).unwrap_or(usize::MAX)).map(canonical).collect();
    let tree = Tree::of(covered.iter().map(String::as_bytes));
    let proofs = needed.into_iter().map(|entry| EntryProof {
        entry: entry.clone(),
        path: Hex::of(tree.path(usize::try_from(entry.no - 1).expect("the log lies in memory"))),
    });
    let read = |name: String| {
        let path = dir.join(CHECKPOINTS).join(name);
        std::fs::read(&path).map_err(Error::io("read", &path))
    };
    let mut files = vec![("entries.jsonl".to_owned(), lines(proofs)), ("checkpoint.txt".to_owned(), read(file_name(size))?)];
    let stamps: Vec<StampProof> = stamps.into_iter().filter(|(of, _)| *of == size).map(|(_, stamp)| stamp).collect();
    if !stamps.is_empty() {
        files.push(("stamps.jsonl".to_owned(), lines(&stamps)));
    }
    for stamp in stamps {
        files.push((format!("{}.tsr", stamp.authority), read(stamp_name(size, &stamp.authority))?));
    }
    Ok(files)
}

fn stamp(entry: &Entry) -> Option<(u64, StampProof)> {
    match &entry.fact {
        Fact::Timestamp { checkpoint, authority, digest, trust } => {
            Some((*checkpoint, StampProof { authority: authority.clone(), digest: *digest, trust: trust.clone() }))
        }
        _ => None,
    }
}

/// The leaves of a closed segment, from its seal, and the tree over them.
pub(crate) fn leaves(dir: &Path, segment: &SealedSegment) -> Result<(Vec<Leaf>, Tree), Error> {
    let path = dir.join(format!("{}{SEAL}", segment.name));
    let text = std::fs::read_to_string(&path).map_err(Error::io("read seal", &path))?;
    let tree = Tree::of(text.lines().map(str::as_bytes));
    let leaves: Option<Vec<Leaf>> = text.lines().map(|line| Leaf::read(line).ok()).collect();
    let whole = leaves.filter(|leaves| tree.root() == segment.root && !leaves.is_empty());
    whole.map(|leaves| (leaves, tree)).ok_or_else(|| Error::Seal { segment: segment.name.clone() })
}

fn member(file: &mut File, path: &Path, leaf: &Leaf) -> Result<Vec<u8>, Error> {
    let mut member = Vec::new();
    let read = file.seek(SeekFrom::Start(leaf.offset)).and_then(|_| file.take(leaf.length).read_to_end(&mut member));
    read.map_err(Error::io("read segment", path))?;
    Ok(member)
}

fn lines<T: Serialize>(all: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut text = String::new();
    for one in all {
        text.push_str(&canonical(&one));
        text.push('\n');
    }
    text.into_bytes()
}
