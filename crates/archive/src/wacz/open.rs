//! A container that was looked through: its entries, and the bytes of each as a stream that is checked to its end.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Result as IoResult, Seek, SeekFrom, Take};
use std::path::Path;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::Refusal;
use super::directory::{self, Entry, Limits};

/// A ZIP container whose every header was checked. Gives out bytes, never paths.
#[derive(Debug)]
pub struct Container<R = File> {
    stream: R,
    entries: Vec<Entry>,
    /// Places in `entries`.
    names: BTreeMap<String, usize>,
}

impl Container {
    /// Opens a file.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Refusal> {
        Self::of(File::open(path).map_err(Refusal::io("open"))?, limits)
    }
}

impl<R: Read + Seek> Container<R> {
    /// Opens a stream from its beginning.
    pub fn of(mut stream: R, limits: &Limits) -> Result<Self, Refusal> {
        let entries = directory::read(&mut stream, limits)?;
        let names = entries.iter().enumerate().map(|(n, entry)| (entry.name.clone(), n)).collect();
        Ok(Self { stream, entries, names })
    }

    /// Its entries in the order of the directory, folders among them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.names.get(name).map(|n| &self.entries[*n])
    }

    /// The unpacked bytes of a file. Reading fails with a [`Refusal`] inside when there are more or fewer of them than
    /// the directory says, or others.
    pub fn stream(&mut self, name: &str) -> Result<Stream<'_, R>, Refusal> {
        let entry = self.names.get(name).map(|n| self.entries[*n].clone());
        let entry = entry.ok_or_else(|| Refusal::NoSuchFile { name: name.to_owned() })?;
        self.stream.seek(SeekFrom::Start(entry.offset)).map_err(Refusal::io("read"))?;
        let packed = BufReader::with_capacity(64 << 10, self.stream.by_ref().take(entry.packed));
        let bytes = if entry.deflated { Bytes::Deflated(DeflateDecoder::new(packed)) } else { Bytes::Stored(packed) };
        Ok(Stream { bytes, left: entry.size, crc: Some(Crc::new()), entry })
    }

    /// As [`Self::stream`], whatever the checksum: for a verifier, which says more exactly what is wrong with the bytes.
    pub(crate) fn damaged(&mut self, name: &str) -> Result<Stream<'_, R>, Refusal> {
        Ok(Stream { crc: None, ..self.stream(name)? })
    }

    /// A whole file of at most `limit` bytes.
    pub fn bytes(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
        let size = self.entry(name).map_or(0, |entry| entry.size);
        if size > limit {
            return Err(Refusal::OverLimit { name: name.to_owned(), size, limit });
        }
        let mut bytes = Vec::new();
        self.stream(name)?.read_to_end(&mut bytes).map_err(Refusal::io("read"))?;
        Ok(bytes)
    }

    /// The lines of a text of at most `limit` bytes, without their line breaks; each must have one.
    pub fn lines(&mut self, name: &str, limit: u64) -> Result<Vec<String>, Refusal> {
        let text = String::from_utf8(self.bytes(name, limit)?).ok();
        let text = text.filter(|text| text.is_empty() || text.ends_with('\n'));
        let text = text.ok_or_else(|| Refusal::NotLines { name: name.to_owned() })?;
        Ok(text.split_terminator('\n').map(str::to_owned).collect())
    }
}

/// The unpacked bytes of a file.
pub struct Stream<'a, R> {
    bytes: Bytes<'a, R>,
    entry: Entry,
    left: u64,
    /// None where nobody asks for it.
    crc: Option<Crc>,
}

enum Bytes<'a, R> {
    Stored(BufReader<Take<&'a mut R>>),
    Deflated(DeflateDecoder<BufReader<Take<&'a mut R>>>),
}

impl<R: Read> Bytes<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        match self {
            Self::Stored(bytes) => bytes.read(buffer),
            Self::Deflated(bytes) => bytes.read(buffer),
        }
    }
}

impl<R: Read> Stream<'_, R> {
    /// Checks what is known only after the last byte.
    fn end(&mut self) -> Result<(), Refusal> {
        let name = || self.entry.name.clone();
        let unread = matches!(&self.bytes, Bytes::Deflated(bytes) if bytes.total_in() != self.entry.packed);
        if unread || self.left > 0 {
            return Err(Refusal::WrongLength { name: name(), said: self.entry.size });
        }
        if self.crc.as_ref().is_some_and(|crc| crc.sum() != self.entry.crc) {
            return Err(Refusal::WrongChecksum { name: name() });
        }
        Ok(())
    }
}

impl<R: Read> Read for Stream<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let name = || self.entry.name.clone();
        let n = self.bytes.read(buffer).map_err(|error| match error.raw_os_error() {
            Some(_) => error,
            None => Refusal::Damaged { name: name() }.into(),
        })?;
        let said = self.entry.size;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| Refusal::WrongLength { name: name(), said })?;
        if let Some(crc) = &mut self.crc {
            crc.update(&buffer[..n]);
        }
        if n == 0 {
            self.end()?;
        }
        Ok(n)
    }
}
