//! Checkpoints: a signed note on the log as it is, short enough to be printed and mailed (C2SP `tlog-checkpoint`).

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{Digest, Time};

use crate::canon::canonical;
use crate::digest::digest;
use crate::error::Error;
use crate::key::Signer;
use crate::log::{Entry, Fact, Log, now};
use crate::note::Note;
use crate::stamp;
use crate::tree::Tree;
use crate::verify::stamp_name;
use crate::whole::write_whole;

/// Folder of the checkpoints within the archive.
pub(crate) const CHECKPOINTS: &str = "checkpoints";

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Identity of the archive.
    pub archive: String,
    /// How many entries of the log it covers.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Digest,
    /// When it was signed.
    pub at: Time,
}

impl Checkpoint {
    /// What is to be signed of a log as it is.
    pub(crate) fn of(archive: &str, entries: &[Entry]) -> Self {
        Self { archive: archive.to_owned(), size: entries.len() as u64, root: tree(entries).root(), at: now() }
    }

    /// The text that is signed.
    pub(crate) fn text(&self) -> String {
        format!("portolan/{}\n{}\n{}\nat {}\n", self.archive, self.size, STANDARD.encode(self.root.0), self.at)
    }

    /// The first checkpoint of an archive that covers an entry of its log; none if nothing was signed since. Its signature is
    /// not looked at: that is what `verify` is for.
    pub fn covering(dir: &Path, entry: u64) -> Result<Option<Self>, Error> {
        let Some(size) = sizes(dir).filter(|size| *size >= entry).min() else { return Ok(None) };
        let path = dir.join(CHECKPOINTS).join(file_name(size));
        let text = std::fs::read_to_string(&path).map_err(Error::io("read", &path))?;
        let note = text.parse::<Note>().and_then(|note| Self::read(&note.text));
        note.map(Some).map_err(|what| Error::Key { at: format!("`{}`", path.display()), what })
    }

    /// Reads the text of a note.
    pub fn read(text: &str) -> Result<Self, String> {
        let read = || {
            let mut lines = text.lines();
            let read = Self {
                archive: lines.next()?.strip_prefix("portolan/")?.to_owned(),
                size: lines.next()?.parse().ok()?,
                root: Digest(STANDARD.decode(lines.next()?).ok()?.try_into().ok()?),
                at: lines.next()?.strip_prefix("at ")?.parse().ok()?,
            };
            (read.text() == text).then_some(read)
        };
        read().ok_or_else(|| "its text has not the four lines of a checkpoint".to_owned())
    }
}

/// The tree over the entries of a log.
pub(crate) fn tree(entries: &[Entry]) -> Tree {
    let lines: Vec<String> = entries.iter().map(canonical).collect();
    Tree::of(lines.iter().map(String::as_bytes))
}

/// What an old key signs of the new one.
pub(crate) fn succession(verifier: &str) -> String {
    format!("portolan key\n{verifier}\n")
}

impl Log {
    /// Signs the log as it is; enters the key first if there is none. None if the last checkpoint covers all there is.
    pub fn sign(&mut self, signer: &Signer) -> Result<Option<(Checkpoint, PathBuf)>, Error> {
        let mut held = self.hold()?;
        if held.log().key().is_none() {
            let verifier = signer.verifier().to_string();
            held.append(Fact::Key { verifier, replaces: None, signature: None, reason: "first key".to_owned() })?;
        }
        drop(held);
        self.must_be_in_force(signer)?;
        self.checkpoint(signer)
    }

    /// Puts a new key in the place of the one in use, which signs it.
    pub fn rotate(&mut self, old: &Signer, new: &Signer, reason: &str) -> Result<Option<(Checkpoint, PathBuf)>, Error> {
        self.sign(old)?;
        let verifier = new.verifier().to_string();
        let signature = STANDARD.encode(old.sign(succession(&verifier).as_bytes()));
        let (replaces, reason) = (Some(old.verifier().to_string()), reason.to_owned());
        self.append(Fact::Key { verifier, replaces, signature: Some(signature), reason })?;
        self.checkpoint(new)
    }

    /// The file of a checkpoint: what is stamped.
    pub fn checkpoint_file(&self, size: u64) -> Result<Vec<u8>, Error> {
        let path = self.dir().join(CHECKPOINTS).join(file_name(size));
        std::fs::read(&path).map_err(Error::io("read", &path))
    }

    /// Keeps what an authority answered for a checkpoint, if it holds, and signs again so that the stamp is covered too.
    pub fn keep_stamp(
        &mut self,
        signer: &Signer,
        size: u64,
        authority: &str,
        answer: &[u8],
        roots: &[Vec<u8>],
    ) -> Result<(), Error> {
        let plain = !authority.is_empty() && authority.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let refused = |what: String| Error::Stamp { authority: authority.to_owned(), what };
        if !plain {
            return Err(refused("its name must be of letters, digits and `-`".to_owned()));
        }
        stamp::check(answer, &self.checkpoint_file(size)?, roots).map_err(|fault| refused(fault.to_string()))?;
        let stamp = self.dir().join(CHECKPOINTS).join(stamp_name(size, authority));
        write_whole("write", &stamp, &stamp.with_extension("part"), answer)?;
        let trust = roots.iter().map(|root| STANDARD.encode(root)).collect();
        self.append(Fact::Timestamp { checkpoint: size, authority: authority.to_owned(), digest: digest(answer), trust })?;
        self.sign(signer)?;
        Ok(())
    }

    /// The keys of the log, oldest first; the last is in force.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.entries().iter().filter_map(|entry| if let Fact::Key { verifier, .. } = &entry.fact { Some(verifier) } else { None })
    }

    /// The key in force.
    fn key(&self) -> Option<&String> {
        self.keys().last()
    }

    fn must_be_in_force(&self, signer: &Signer) -> Result<(), Error> {
        let force = self.key().map(String::as_str).unwrap_or_default();
        if force == signer.verifier().to_string() {
            return Ok(());
        }
        let what = format!("this archive is signed by {force}; `portolan key rotate` puts another key in its place");
        Err(Error::Key { at: format!("`{}`", signer.verifier()), what })
    }

    fn checkpoint(&mut self, signer: &Signer) -> Result<Option<(Checkpoint, PathBuf)>, Error> {
        let checkpoint = Checkpoint::of(self.archive_id(), self.entries());
        let dir = self.dir().join(CHECKPOINTS);
        let path = dir.join(file_name(checkpoint.size));
        if path.exists() {
            return Ok(None);
        }
        let note = Note::sign(checkpoint.text(), signer).to_string();
        write_whole("write", &path, &path.with_extension("part"), note.as_bytes())?;
        Ok(Some((checkpoint, path)))
    }

    /// The archive.
    pub(crate) fn dir(&self) -> &Path {
        self.path().parent().expect("the log lies in the archive")
    }
}

/// The file name of a checkpoint.
pub(crate) fn file_name(size: u64) -> String {
    format!("{size:010}.txt")
}

/// How many entries the largest checkpoint of an archive covers, by its file name; 0 if there is none.
pub(crate) fn largest(dir: &Path) -> u64 {
    sizes(dir).max().unwrap_or(0)
}

/// How many entries each checkpoint of an archive covers, by its file name.
fn sizes(dir: &Path) -> impl Iterator<Item = u64> {
    let names = std::fs::read_dir(dir.join(CHECKPOINTS)).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let size = |name: std::ffi::OsString| {
        let size = name.to_str()?.strip_suffix(".txt")?.parse().ok()?;
        (*name == *file_name(size)).then_some(size)
    };
    names.filter_map(size)
}
