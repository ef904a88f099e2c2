//! One segment file: created new, only ever grown by whole records, and never opened for writing again.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use model::Digest;

use crate::Error;
use crate::seal::Leaf;

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
    /// Creates the file; fails if there is one of that name.
    pub(crate) fn create(dir: &Path, name: String) -> Result<Self, Error> {
        let path = dir.join(&name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(Error::io("create segment", &path))?;
        // Tells other processes that somebody is at it; the system takes the lock away with the process.
        file.lock().map_err(Error::io("lock segment", &path))?;
        Ok(Self { file, path, name, since: Instant::now(), length: 0, leaves: Vec::new(), broken: false })
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

    #[test]
    fn an_existing_file_is_never_written_to() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.warc.gz"), b"old").unwrap();
        assert!(matches!(Segment::create(dir.path(), "a.warc.gz".to_owned()), Err(Error::Io { what: "create segment", .. })));
        assert_eq!(std::fs::read(dir.path().join("a.warc.gz")).unwrap(), b"old");
    }
}
