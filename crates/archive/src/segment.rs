//! One segment file: created new, only ever grown by whole records, and never opened for writing again. It gets its name
//! when its first record is on the disk, so that no segment is ever without one.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use model::Digest;

use crate::Error;
use crate::seal::Leaf;

/// What is added to the name of a segment until it has its first record.
pub(crate) const PART: &str = ".part";

/// A segment file being written.
pub(crate) struct Segment {
    file: File,
    path: PathBuf,
    /// File name within the archive.
    pub(crate) name: String,
    /// When it was created.
    pub(crate) since: Instant,
    /// Bytes of whole records in it.
    pub(crate) length: u64,
    /// What its seal will say of them.
    pub(crate) leaves: Vec<Leaf>,
    /// It ends in something that is no whole record and must not grow any more.
    pub(crate) broken: bool,
}

impl Segment {
    /// Creates the file, not yet under its name; fails if there is one of that name.
    pub(crate) fn create(dir: &Path, name: String) -> Result<Self, Error> {
        let (path, part) = (dir.join(&name), dir.join(format!("{name}{PART}")));
        let create = || OpenOptions::new().write(true).create_new(true).open(&part);
        let file = create().map_err(Error::io("create segment", &part))?;
        // Only who has created the first file gives its name: what is not there now is not there then.
        if path.exists() {
            let _ = std::fs::remove_file(&part);
            return Err(Error::Io { what: "create segment", path, source: ErrorKind::AlreadyExists.into() });
        }
        Ok(Self { file, path, name, since: Instant::now(), length: 0, leaves: Vec::new(), broken: false })
    }

    /// Tells other processes that somebody is at it; the system takes the lock away with the process.
    pub(crate) fn lock(&self) -> Result<(), Error> {
        self.file.lock().map_err(Error::io("lock segment", &self.part()))
    }

    /// Gives it its name when the disk has what was written so far; the disk has the name too when this returns. False if
    /// a repair took it away before it was locked, for one that a killed writer left: then another must be begun.
    pub(crate) fn publish(&self) -> Result<bool, Error> {
        self.sync()?;
        match std::fs::rename(self.part(), &self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            named => named.map_err(Error::io("name segment", &self.path))?,
        }
        let dir = self.path.parent().expect("a segment lies in the archive");
        let synced = File::open(dir).and_then(|dir| dir.sync_all());
        synced.map_err(Error::io("sync archive directory", dir))?;
        Ok(true)
    }

    /// Takes away a file that has not got its name.
    pub(crate) fn discard(self) {
        let _ = std::fs::remove_file(self.part());
    }

    fn part(&self) -> PathBuf {
        self.path.with_file_name(format!("{}{PART}", self.name))
    }

    /// Writes whole members at the end, each with its record's identifier, its length and its digest. If that fails half-way (a full disk), the file is cut back to its whole
    /// records, so that what was appended before stays readable and what comes after starts clean.
    pub(crate) fn write(&mut self, members: &[u8], records: Vec<(String, u64, Digest)>) -> Result<(), Error> {
        if let Err(source) = self.file.write_all(members) {
            let cut = self.file.set_len(self.length).and_then(|()| self.file.seek(SeekFrom::Start(self.length)));
            if let Err(error) = cut {
                self.broken = true;
                tracing::warn!(segment.name = %self.name, %error, "a segment could not be cut back to its last whole record");
            }
            return Err(Error::Io { what: "write to segment", path: self.path.clone(), source });
        }
        for (id, length, digest) in records {
            self.leaves.push(Leaf { digest, id, length, offset: self.length });
            self.length += length;
        }
        Ok(())
    }

    /// Returns when the disk has the bytes.
    pub(crate) fn sync(&self) -> Result<(), Error> {
        self.file.sync_data().map_err(Error::io("sync segment", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Log;
    use crate::repair::repair;
    use crate::scan::segments;

    #[test]
    fn a_full_disk_is_named_and_what_cannot_be_cut_back_grows_no_more() {
        let path = PathBuf::from("/dev/full");
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        let name = "full".to_owned();
        let mut segment = Segment { file, path, name, since: Instant::now(), length: 0, leaves: Vec::new(), broken: false };
        let error = segment.write(b"member", vec![("urn:uuid:1".to_owned(), 6, Digest([0; 32]))]).unwrap_err();
        assert_eq!(error.to_string(), "cannot write to segment `/dev/full`");
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("No space left"), "{cause}");
        assert!(segment.broken);
        assert_eq!((segment.length, segment.leaves.len()), (0, 0));
    }

    fn repaired(dir: &Path) -> Vec<String> {
        let repaired = repair(dir, &mut Log::open(dir).unwrap()).unwrap();
        repaired.into_iter().map(|one| format!("{}: {} and {}", one.name, one.records, one.torn)).collect()
    }

    #[test]
    fn what_a_repair_took_away_before_it_was_locked_does_not_get_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let mut segment = Segment::create(dir.path(), "a.warc.gz".to_owned()).unwrap();
        // A neighbour comes between the two steps.
        assert_eq!(repaired(dir.path()), ["a.warc.gz.part: 0 and 0"]);
        segment.lock().unwrap();
        segment.write(b"member", vec![("urn:uuid:1".to_owned(), 6, Digest([0; 32]))]).unwrap();
        assert!(!segment.publish().unwrap());
        assert!(segments(dir.path()).unwrap().is_empty());
    }

    #[test]
    fn what_is_locked_gets_its_name_with_its_first_record_and_no_repair_touches_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut segment = Segment::create(dir.path(), "a.warc.gz".to_owned()).unwrap();
        segment.lock().unwrap();
        assert_eq!(repaired(dir.path()), Vec::<String>::new());
        segment.write(b"member", vec![("urn:uuid:1".to_owned(), 6, Digest([0; 32]))]).unwrap();
        assert!(segments(dir.path()).unwrap().is_empty());
        assert!(segment.publish().unwrap());
        assert_eq!(repaired(dir.path()), Vec::<String>::new());
        assert_eq!(std::fs::read(dir.path().join("a.warc.gz")).unwrap(), b"member");
        // Its writer is killed: what is there is no whole record.
        drop(segment);
        assert_eq!(repaired(dir.path()), ["a.warc.gz: 0 and 6"]);
        assert!(segments(dir.path()).unwrap().is_empty());
        assert_eq!(std::fs::read(dir.path().join("a.warc.gz.torn")).unwrap(), b"member");
    }

    #[test]
    fn an_existing_file_is_never_written_to() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.warc.gz"), b"old").unwrap();
        assert!(matches!(Segment::create(dir.path(), "a.warc.gz".to_owned()), Err(Error::Io { what: "create segment", .. })));
        assert_eq!(std::fs::read(dir.path().join("a.warc.gz")).unwrap(), b"old");
    }
}
