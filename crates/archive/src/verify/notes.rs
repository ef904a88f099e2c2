//! Checkpoints, the keys that signed them, and their stamps.

use std::collections::BTreeSet;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::Digest;

use super::chain::Chain;
use super::{Report, Subject};
use crate::canon::parse_canonical;
use crate::checkpoint::{CHECKPOINTS, Checkpoint, file_name, succession, tree};
use crate::digest::digest;
use crate::key::Verifier;
use crate::log::{Entry, Fact};
use crate::note::Note;
use crate::proof::StampProof;
use crate::stamp;
use crate::tree::Tree;

/// The keys of a log: each with the number of its entry, in order.
#[derive(Default)]
pub(crate) struct Keys(Vec<(u64, Verifier)>);

impl Keys {
    /// Reads the keys and checks that each was put in its place by the one before, and the first by the reader's word.
    pub(crate) fn of<'a>(entries: impl Iterator<Item = &'a Entry>, trusted: &[Verifier], report: &mut Report) -> Self {
        let mut keys: Vec<(u64, Verifier)> = Vec::new();
        for entry in entries {
            let Fact::Key { verifier, replaces, signature, .. } = &entry.fact else { continue };
            let before = keys.last().map(|(_, key)| key);
            match verifier
                .parse()
                .map_err(|what| format!("it names no key: {what}"))
                .and_then(|key| follows(before, verifier, replaces.as_deref(), signature.as_deref()).map(|()| key))
            {
                Ok(key) => keys.push((entry.no, key)),
                Err(what) => report.fault(Subject::Entry(entry.no), what),
            }
        }
        match keys.first() {
            Some((_, first)) if trusted.is_empty() => {
                let what = format!("all rests on the key {first}: compare it with the one that its owner published");
                report.remark(Subject::Keys, what);
            }
            Some((_, first)) if !trusted.contains(first) => {
                report.fault(Subject::Keys, format!("the first key is {first}, which is not one that you trust"));
            }
            _ => {}
        }
        Self(keys)
    }

    /// The key in force for a checkpoint of `size` entries.
    pub(crate) fn at(&self, size: u64) -> Option<&Verifier> {
        self.0.iter().rev().find(|(no, _)| *no <= size).map(|(_, key)| key)
    }
}

fn follows(before: Option<&Verifier>, verifier: &str, replaces: Option<&str>, signature: Option<&str>) -> Result<(), String> {
    let Some(before) = before else {
        let first = replaces.is_none() && signature.is_none();
        return if first { Ok(()) } else { Err("it replaces a key that is not there".to_owned()) };
    };
    if replaces != Some(before.to_string().as_str()) {
        return Err(format!("it does not replace the key before it, {before}"));
    }
    let signature = signature.and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
    let signed = before.accepts(succession(verifier).as_bytes(), &signature);
    if signed { Ok(()) } else { Err("the key that it replaces did not sign it".to_owned()) }
}

/// Checks every checkpoint of an archive, and that the last one covers all entries.
pub(super) fn checkpoints(dir: &Path, chain: &Chain, keys: &Keys, report: &mut Report) {
    let all = chain.whole(chain.entries.len());
    let roots = all.as_deref().map(tree);
    let mut last = None;
    for name in names(&dir.join(CHECKPOINTS)) {
        let Some(size) =
            name.strip_suffix(".txt").and_then(|size| size.parse::<u64>().ok()).filter(|size| file_name(*size) == name)
        else {
            stray(&name, chain, report);
            continue;
        };
        report.checkpoints += 1;
        let bytes = std::fs::read(dir.join(CHECKPOINTS).join(&name)).map_err(|error| format!("it cannot be read: {error}"));
        last = last.max(Some(size));
        if let Err(what) = bytes.and_then(|bytes| checkpoint(&bytes, size, chain, keys, roots.as_ref())) {
            report.fault(Subject::Checkpoint(Some(size)), what);
        }
    }
    let entries = chain.entries.len() as u64;
    match last {
        None => report
            .fault(Subject::Checkpoint(None), "nobody signed: make a key with `portolan key init`, then run `portolan seal`"),
        Some(size) if size < entries => report.fault(
            Subject::Checkpoint(last),
            format!("entries {} to {entries} behind it are not signed: run `portolan seal`", size + 1),
        ),
        Some(_) => {}
    }
}

fn checkpoint(bytes: &[u8], size: u64, chain: &Chain, keys: &Keys, roots: Option<&Tree>) -> Result<(), String> {
    let place = usize::try_from(size).ok().filter(|size| *size <= chain.entries.len());
    let Some(place) = place else { return Err(format!("the log has only {} entries", chain.entries.len())) };
    let said = read(bytes, keys)?;
    if said.size != size {
        return Err(format!("it covers {} entries, its name says {size}", said.size));
    }
    if chain
        .entries
        .first()
        .and_then(Option::as_ref)
        .is_some_and(|entry| !matches!(&entry.fact, Fact::Archive { id } if *id == said.archive))
    {
        return Err(format!("it is of the archive {}, the log is of another", said.archive));
    }
    // With a damaged entry there is no root to compare with; the entry is named already.
    let root = match roots {
        Some(tree) => Some(tree.root_at(place)),
        None => chain.whole(place).map(|entries| tree(&entries).root()),
    };
    match root {
        Some(root) if root != said.root => {
            Err("its root is not that of the log: the log was rewritten, or this is of another log".to_owned())
        }
        _ => Ok(()),
    }
}

/// Reads a checkpoint and checks its signature.
pub(crate) fn read(bytes: &[u8], keys: &Keys) -> Result<Checkpoint, String> {
    let note: Note = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?.parse()?;
    let said = Checkpoint::read(&note.text)?;
    note.check(keys.at(said.size).ok_or("no key was in force for it")?)?;
    Ok(said)
}

/// Checks the stamps that the log names.
pub(super) fn stamps(dir: &Path, chain: &Chain, report: &mut Report) {
    for entry in chain.good() {
        let Fact::Timestamp { checkpoint, authority, digest, trust } = &entry.fact else { continue };
        let file = |name: String| {
            std::fs::read(dir.join(CHECKPOINTS).join(&name)).map_err(|error| format!("`{name}` cannot be read: {error}"))
        };
        let checked = file(stamp_name(*checkpoint, authority)).and_then(|answer| {
            let message = file(file_name(*checkpoint))?;
            stamp(&answer, &message, *digest, trust)
        });
        if let Err(what) = checked {
            report.fault(Subject::Stamp(*checkpoint, authority.clone()), what);
        }
    }
}

/// Checks one stamp: its bytes, and what the authority signed. Returns that in words.
pub(crate) fn stamp(answer: &[u8], message: &[u8], said: Digest, trust: &[String]) -> Result<String, String> {
    let found = digest(answer);
    if found != said {
        return Err(format!("its digest is {found}, the log says {said}"));
    }
    let trust: Option<Vec<Vec<u8>>> = trust.iter().map(|root| STANDARD.decode(root).ok()).collect();
    let trust = trust.ok_or("a root of trust in the log is not base64")?;
    let stamped = stamp::check(answer, message, &trust).map_err(|fault| fault.to_string())?;
    Ok(format!("seen by {} at {}, serial {}", stamped.signer, stamped.at, stamped.serial))
}

/// Checks a line of `stamps.jsonl`; the error names the authority.
pub(super) fn stamp_line(
    line: &str,
    checkpoint: &[u8],
    read: impl FnOnce(&str) -> Result<Vec<u8>, String>,
) -> Result<String, (String, String)> {
    let said: StampProof = parse_canonical(line).map_err(|what| ("?".to_owned(), what))?;
    let checked = read(&said.authority).and_then(|answer| stamp(&answer, checkpoint, said.digest, &said.trust));
    checked.map_err(|what| (said.authority, what))
}

/// The file name of a stamp.
pub(crate) fn stamp_name(size: u64, authority: &str) -> String {
    format!("{size:010}-{authority}.tsr")
}

/// A file among the checkpoints that is none.
fn stray(name: &str, chain: &Chain, report: &mut Report) {
    let named = chain.good().any(|entry| match &entry.fact {
        Fact::Timestamp { checkpoint, authority, .. } => stamp_name(*checkpoint, authority) == name,
        _ => false,
    });
    let path = format!("{CHECKPOINTS}/{name}");
    if name.ends_with(".part") {
        report.remark(Subject::File(path), "left by a process that was stopped while writing it");
    } else if !named && !chain.is_damaged() {
        report.fault(Subject::File(path), "the log does not name it");
    }
}

/// File names in a folder, sorted; none if it is not there.
pub(super) fn names(dir: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
