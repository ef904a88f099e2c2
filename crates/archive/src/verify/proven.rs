//! Entries that left the archive with their way to a signed checkpoint.

use serde_json::Value;

use super::notes::{self, Keys};
use super::{Report, Subject};
use crate::canon::{canonical, parse_canonical};
use crate::checkpoint::Checkpoint;
use crate::key::Verifier;
use crate::log::{Entry, Fact};
use crate::proof::{EntryProof, Hex};
use crate::tree::climb;

/// Proven entries of a log.
#[derive(Default)]
pub struct Proven {
    /// Those whose path leads to the checkpoint.
    pub entries: Vec<Entry>,
    /// The checkpoint, if its signature holds.
    pub checkpoint: Option<Checkpoint>,
    pub(crate) keys: Keys,
}

impl Proven {
    /// The rows of a table that people made, with their entries.
    pub fn rows(&self, of: &str) -> impl DoubleEndedIterator<Item = (&Entry, &Value)> {
        self.entries.iter().filter_map(move |entry| match &entry.fact {
            Fact::Row { table, row } if table == of => Some((entry, row)),
            _ => None,
        })
    }
}

/// Checks the lines of `entries.jsonl` against a checkpoint.
pub(super) fn entries(lines: &[u8], note: &[u8], trusted: &[Verifier], report: &mut Report) -> Proven {
    let mut proofs: Vec<(usize, EntryProof)> = Vec::new();
    for (n, line) in String::from_utf8_lossy(lines).lines().enumerate() {
        match parse_canonical(line) {
            Ok(proof) => proofs.push((n + 1, proof)),
            Err(what) => report.fault(Subject::ProofEntry(n + 1), what),
        }
    }
    let keys = Keys::of(proofs.iter().map(|(_, proof)| &proof.entry), trusted, report);
    report.checkpoints += 1;
    let mut proven = Proven { keys, ..Proven::default() };
    match notes::read(note, &proven.keys) {
        Ok(checkpoint) => proven.checkpoint = Some(checkpoint),
        Err(what) => report.fault(Subject::Checkpoint(size_of(note)), what),
    }
    for (line, EntryProof { entry, path }) in proofs {
        report.entries += 1;
        if let Some(checkpoint) = &proven.checkpoint {
            if matches!(&entry.fact, Fact::Archive { id } if *id != checkpoint.archive) {
                report.fault(Subject::ProofEntry(line), "it is of another archive than the checkpoint");
            }
            let leaf = canonical(&entry);
            let root = Hex::path(&path).and_then(|path| climb(leaf.as_bytes(), entry.no.wrapping_sub(1), checkpoint.size, &path));
            if root != Some(checkpoint.root) {
                report.fault(Subject::ProofEntry(line), "its path does not lead to the root that was signed");
                continue;
            }
        }
        proven.entries.push(entry);
    }
    proven
}

/// How many entries a damaged checkpoint seems to cover.
fn size_of(note: &[u8]) -> Option<u64> {
    String::from_utf8_lossy(note).lines().nth(1)?.parse().ok()
}
