//! What a killed process left behind: segments that nobody closed. Whole records are sealed where they are, the unfinished
//! rest is set aside; a segment without a whole record is taken away.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::digest::digest;
use crate::error::Error;
use crate::log::{Fact, Log};
use crate::scan::{SEGMENT, files, scan_from, segments};
use crate::seal::{Leaf, seal};
use crate::segment::PART;

/// First bytes of a gzip member with deflate (RFC 1952 §2.3.1).
const MEMBER: [u8; 3] = [0x1f, 0x8b, 8];

/// A segment that was closed in the place of its writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// File name of the segment.
    pub name: String,
    /// Whole records in it; if there are none, the file is gone.
    pub records: u64,
    /// Bytes set aside.
    pub torn: u64,
}

/// Seals every segment that is in no entry of the log and that nobody writes to.
pub(crate) fn repair(dir: &Path, log: &mut Log) -> Result<Vec<Repaired>, Error> {
    let mut repaired = begun(dir)?;
    for path in segments(dir)? {
        let name = name(&path);
        if log.has_segment(&name) {
            continue;
        }
        let Some(file) = take(&path)? else { continue };
        // Between the first look and the lock its writer may have closed it.
        log.refresh()?;
        if log.has_segment(&name) {
            continue;
        }
        let (leaves, torn) = close(dir, &name, &file)?;
        if leaves.is_empty() {
            // A segment gets its name with its first record: nobody is about to write to this one.
            repaired.extend(remove(&path, torn)?);
            continue;
        }
        let sealed = seal(dir, &name, &leaves, (torn > 0).then_some(torn))?;
        tracing::warn!(segment.name = %name, records = sealed.records, torn, "a segment that its writer could not close was sealed");
        repaired.push(Repaired { name, records: sealed.records, torn });
        log.append(Fact::Segment(sealed))?;
    }
    Ok(repaired)
}

/// Takes away what was to become a segment and has no record of a page. A writer that has created it and not yet locked
/// it finds it gone when it gives it its name ([`crate::segment::Segment::publish`]), and begins another.
fn begun(dir: &Path) -> Result<Vec<Repaired>, Error> {
    let mut removed = Vec::new();
    for path in files(dir, &format!("{SEGMENT}{PART}"))? {
        if let Some(_locked) = take(&path)? {
            removed.extend(remove(&path, 0)?);
        }
    }
    Ok(removed)
}

/// Opens and locks a file; none if its writer is at it, or has given it its name meanwhile.
fn take(path: &Path) -> Result<Option<File>, Error> {
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(Error::io("open segment", path))?,
    };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(Error::Io { what: "lock segment", path: path.to_owned(), source }),
        Ok(()) => Ok(Some(file)),
    }
}

/// Takes away a file without a whole record; none if another repair, or its writer, was faster.
fn remove(path: &Path, torn: u64) -> Result<Option<Repaired>, Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        removed => removed.map_err(Error::io("remove segment without a record", path))?,
    }
    let name = name(path);
    tracing::warn!(segment.name = %name, torn, "a segment without a whole record was taken away");
    Ok(Some(Repaired { name, records: 0, torn }))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Looks for the records of a segment; moves what follows the last whole one into a file of its own.
fn close(dir: &Path, name: &str, mut file: &File) -> Result<(Vec<Leaf>, u64), Error> {
    let path = dir.join(name);
    let io = |what| Error::io(what, &path);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes)).map_err(io("read segment"))?;
    let place = |at: u64| usize::try_from(at).expect("it lies in memory");

    let (mut leaves, mut at): (Vec<Leaf>, u64) = (Vec::new(), 0);
    while place(at) < bytes.len() {
        match scan_from(&path, at)?.next() {
            Some(Ok(record)) => {
                leaves.push(leaf(record.id(), &bytes, at, record.length));
                at += record.length;
            }
            // The member goes on to the end of the file. What looks like a record further on is the body of this one: a
            // city may serve WARC files too.
            None | Some(Err(Error::Torn { .. })) => break,
            Some(Err(_)) => {
                let Some(next) = resume(&path, &bytes, at)? else { break };
                // Damage with whole records behind it: it keeps its place, because the ledger knows where these are.
                leaves.push(leaf("", &bytes, at, next - at));
                at = next;
            }
        }
    }
    let rest = &bytes[place(at)..];
    if !rest.is_empty() {
        let aside = dir.join(format!("{name}.torn"));
        let keep = || {
            let mut kept = File::create(&aside)?;
            kept.write_all(rest)?;
            kept.sync_all()?;
            file.set_len(at)?;
            file.sync_all()
        };
        keep().map_err(Error::io("set aside the torn end in", &aside))?;
    }
    Ok((leaves, rest.len() as u64))
}

fn leaf(id: &str, bytes: &[u8], offset: u64, length: u64) -> Leaf {
    let range = usize::try_from(offset).unwrap_or(usize::MAX)..usize::try_from(offset + length).unwrap_or(usize::MAX);
    Leaf { digest: digest(&bytes[range]), id: id.to_owned(), length, offset }
}

/// The next place after `at` where a whole record starts.
fn resume(path: &Path, bytes: &[u8], at: u64) -> Result<Option<u64>, Error> {
    let from = usize::try_from(at).expect("it lies in memory") + 1;
    for (gap, _) in bytes[from..].windows(MEMBER.len()).enumerate().filter(|(_, window)| *window == MEMBER) {
        let start = (from + gap) as u64;
        if matches!(scan_from(path, start)?.next(), Some(Ok(_))) {
            return Ok(Some(start));
        }
    }
    Ok(None)
}
