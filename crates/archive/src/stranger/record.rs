//! The records of a stranger's WARC file, one after the other; only the blocks that are wanted come into memory.

use std::io::{BufRead as _, BufReader, Read};

use super::Limits;
use super::fault::{Fault, shown};
use super::source::Source;
use crate::fields::RawRecord;

/// Line breaks between two records beyond which they are no longer overlooked (two are right).
const GAP: usize = 16;

/// A record of a stranger. Its digests were not looked at.
pub(super) struct Found {
    /// From 1, in its file.
    pub(super) no: u64,
    /// Bytes of its block.
    pub(super) size: u64,
    /// Its block is empty unless it is a response or a request and not too large.
    pub(super) record: RawRecord,
}

/// Reads records.
pub(super) struct Records<R: Read> {
    stream: BufReader<Source<R>>,
    limits: Limits,
    /// Records of other files of the same package.
    before: u64,
    /// Number of the record read last in this file, and where it starts.
    no: u64,
    at: u64,
    /// Bytes read.
    read: u64,
}

impl<R: Read> Records<R> {
    /// `before` records were read from other files of the same package.
    pub(super) fn of(stream: R, limits: &Limits, before: u64) -> Result<Self, Fault> {
        let stream = BufReader::with_capacity(64 << 10, Source::of(stream, limits)?);
        Ok(Self { stream, limits: limits.clone(), before, no: 0, at: 0, read: 0 })
    }

    /// The next record; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Found>, Fault> {
        let Some(version) = self.first_line()? else { return Ok(None) };
        if self.before + self.no > self.limits.records {
            return Err(Fault::TooManyRecords { limit: self.limits.records });
        }
        if !matches!(version.as_slice(), b"WARC/1.0" | b"WARC/1.1") {
            return Err(Fault::Version { no: self.no, version: shown(&version) });
        }
        let mut record = RawRecord { offset: self.at, length: 0, fields: self.fields()?, block: Vec::new() };
        let size = self.length(&record)?;
        if matches!(record.kind(), "response" | "request") && size <= self.limits.block {
            // Grows with what really comes, not with what the head promises.
            self.stream.by_ref().take(size).read_to_end(&mut record.block).map_err(|error| self.fault(error))?;
            self.came(record.block.len() as u64, size)?;
        } else {
            let over = std::io::copy(&mut self.stream.by_ref().take(size), &mut std::io::sink());
            let over = over.map_err(|error| self.fault(error))?;
            self.came(over, size)?;
        }
        Ok(Some(Found { no: self.no, size, record }))
    }

    /// How many records were read.
    pub(super) fn count(&self) -> u64 {
        self.no
    }

    fn came(&mut self, came: u64, size: u64) -> Result<(), Fault> {
        self.read += came;
        if came < size { Err(Fault::Torn { no: self.no, at: self.at }) } else { Ok(()) }
    }

    /// The first line of the next record.
    fn first_line(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        for _ in 0..=GAP {
            (self.at, self.no) = (self.read, self.no + 1);
            let mut line = Vec::new();
            let n = self.stream.by_ref().take(64).read_until(b'\n', &mut line).map_err(|error| self.fault(error))?;
            self.read += n as u64;
            let ended = line.ends_with(b"\n");
            let plain = line.trim_ascii_end();
            if plain.is_empty() {
                self.no -= 1;
                if n == 0 {
                    return if self.read == 0 { Err(Fault::Empty) } else { Ok(None) };
                }
                continue;
            }
            return match () {
                () if ended && plain.starts_with(b"WARC/") => Ok(Some(plain.to_vec())),
                () if !ended && n < 64 && (plain.starts_with(b"WARC/") || b"WARC/".starts_with(plain)) => {
                    Err(Fault::Torn { no: self.no, at: self.at })
                }
                () if self.no == 1 => Err(Fault::NotWarc { start: shown(plain) }),
                () => Err(Fault::NoRecord { no: self.no, at: self.at, found: shown(plain) }),
            };
        }
        Err(Fault::NoRecord { no: self.no + 1, at: self.at, found: shown(b"\n") })
    }

    fn fields(&mut self) -> Result<Vec<(String, String)>, Fault> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut left = self.limits.head;
        loop {
            let mut line = Vec::new();
            let n = self.stream.by_ref().take(left).read_until(b'\n', &mut line).map_err(|error| self.fault(error))? as u64;
            (self.read, left) = (self.read + n, left - n);
            if !line.ends_with(b"\n") {
                let (no, at) = (self.no, self.at);
                let long = Fault::HeadTooLong { no, at, limit: self.limits.head };
                return Err(if left == 0 { long } else { Fault::Torn { no, at } });
            }
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            if text.is_empty() {
                return Ok(fields);
            }
            match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
                // A value that goes on in the next line (ISO 28500:2017, 4).
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (false, _, Some((name, value))) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
                _ => return Err(Fault::BadHead { no: self.no, at: self.at, line: shown(&line) }),
            }
        }
    }

    fn length(&self, record: &RawRecord) -> Result<u64, Fault> {
        let mut said = record.fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
        let (first, more) = (said.next().map_or("", |(_, value)| value.as_str()), said.next());
        let digits = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        let length = first.parse().ok().filter(|_| digits && more.is_none());
        let said = more.map_or_else(|| first.to_owned(), |(_, more)| format!("{first}` and `{more}"));
        length.ok_or_else(|| Fault::BadLength { no: self.no, at: self.at, said: shown(said.as_bytes()) })
    }

    fn fault(&self, error: std::io::Error) -> Fault {
        Fault::of(error, self.no, self.at)
    }
}
