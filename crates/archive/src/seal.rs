//! The seal of a closed segment: a line for each record, and the root of the tree over them for the log.

use std::path::Path;

use model::Digest;
use serde::{Deserialize, Serialize};

use crate::canon::{canonical, parse_canonical};
use crate::error::Error;
use crate::log::SealedSegment;
use crate::tree::Tree;
use crate::whole::write_whole;

/// What is added to the name of a segment for the name of its seal.
pub(crate) const SEAL: &str = ".seal";

/// What a seal says of a record: a leaf of the segment's tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Digest of the gzip member.
    pub digest: Digest,
    /// `WARC-Record-ID` without brackets.
    pub id: String,
    /// Bytes of the member.
    pub length: u64,
    /// Where it starts in the segment.
    pub offset: u64,
}

impl Leaf {
    /// Its line, without line break.
    pub fn line(&self) -> String {
        canonical(self)
    }

    /// Reads a line.
    pub(crate) fn read(line: &str) -> Result<Self, String> {
        parse_canonical(line)
    }
}

/// Writes the seal file of a segment and syncs it; returns what the log is to say.
pub(crate) fn seal(dir: &Path, name: &str, leaves: &[Leaf], torn: Option<u64>) -> Result<SealedSegment, Error> {
    let lines: Vec<String> = leaves.iter().map(Leaf::line).collect();
    let (part, whole) = (dir.join(format!("{name}{SEAL}.part")), dir.join(format!("{name}{SEAL}")));
    let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    write_whole("write seal", &whole, &part, text.as_bytes())?;
    Ok(SealedSegment {
        name: name.to_owned(),
        bytes: leaves.last().map_or(0, |leaf| leaf.offset + leaf.length),
        records: leaves.len() as u64,
        root: Tree::of(lines.iter().map(String::as_bytes)).root(),
        torn,
    })
}
