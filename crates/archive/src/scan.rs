//! Whole segments, record by record, for verification and for re-judging without a ledger.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufReader, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::fields::RawRecord;
use crate::member::{self, Fault};

/// The records of a segment in order. Ends after the first error: what follows a damaged record has no known start.
pub struct Scan {
    /// None once the end was reached or an error was given.
    stream: Option<BufReader<File>>,
    path: PathBuf,
    offset: u64,
}

/// Every record of a segment, digests checked; a torn tail is reported as [`Error::Torn`]. Holds one record at a time.
pub fn scan(segment: &Path) -> Result<Scan, Error> {
    scan_from(segment, 0)
}

/// How names of segments end.
pub(crate) const SEGMENT: &str = ".warc.gz";

/// The segments of an archive, by name, which is by age within one writer.
pub fn segments(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    files(dir, SEGMENT)
}

/// The files of an archive whose names end so, by name.
pub(crate) fn files(dir: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(dir).map_err(Error::io("list archive", dir))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
    let mut paths = paths.map_err(Error::io("list archive", dir))?;
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending)));
    paths.sort();
    Ok(paths)
}

/// As [`scan`], from the record that starts at `offset`.
pub(crate) fn scan_from(segment: &Path, offset: u64) -> Result<Scan, Error> {
    let mut file = File::open(segment).map_err(Error::io("open segment", segment))?;
    file.seek(SeekFrom::Start(offset)).map_err(Error::io("read segment", segment))?;
    Ok(Scan { stream: Some(BufReader::with_capacity(64 << 10, file)), path: segment.to_owned(), offset })
}

impl Iterator for Scan {
    type Item = Result<RawRecord, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        match member::next(&mut stream, self.offset) {
            Ok(record) => {
                let record = record?;
                self.offset += record.length;
                self.stream = Some(stream);
                Some(Ok(record))
            }
            Err(fault) => Some(Err(self.error(fault))),
        }
    }
}

impl Scan {
    fn error(&self, fault: Fault) -> Error {
        let segment = self.path.file_name().unwrap_or(OsStr::new("?")).to_string_lossy().into_owned();
        let offset = self.offset;
        match fault {
            Fault::Torn => Error::Torn { segment, offset },
            Fault::Damaged { id, what } => {
                Error::Damaged { id: id.unwrap_or_else(|| "unknown".to_owned()), segment, offset, what }
            }
            Fault::Io(source) => Error::Io { what: "read segment", path: self.path.clone(), source },
        }
    }
}
