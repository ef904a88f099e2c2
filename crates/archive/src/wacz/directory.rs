//! The directory of a ZIP container, read from a stranger: every bound is checked before anything is allocated for it,
//! and every entry's own header is held against the directory before the first file is given out.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Seek, SeekFrom};

use super::Refusal;
use super::fields::{WIDE, extras, u16_at, u32_at, u64_at, widen};
use super::local::locals;
use super::name::{self, MAX_NAME};

/// How much of a container is taken.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Entries.
    pub entries: u64,
    /// Bytes of the directory.
    pub directory: u64,
    /// Bytes of one file, unpacked.
    pub file: u64,
    /// Bytes of all files, unpacked.
    pub total: u64,
    /// How many times its packed size a file may have; counts for files over [`Self::ratio_after`].
    pub ratio: u64,
    /// Bytes of a file, unpacked, below which no ratio is asked for.
    pub ratio_after: u64,
}

impl Limits {
    /// For a package of a stranger: 100,000 entries, 2 GiB a file, 8 GiB in all, 200 to 1 after the first MiB.
    pub const STRANGER: Self =
        Self { entries: 100_000, directory: 32 << 20, file: 2 << 30, total: 8 << 30, ratio: 200, ratio_after: 1 << 20 };
    /// For a package as we write them: the WARC file of a large portal is not unpacked into memory.
    pub const OURS: Self = Self { file: 1 << 40, total: 1 << 40, ..Self::STRANGER };
}

/// A file of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, safe to show; folders end in `/`.
    pub name: String,
    /// Bytes, unpacked.
    pub size: u64,
    /// Bytes as packed.
    pub packed: u64,
    /// Where its packed bytes start.
    pub offset: u64,
    pub(crate) deflated: bool,
    pub(crate) crc: u32,
    pub(crate) flags: u16,
    /// Where its own header starts.
    pub(crate) header: u64,
}

/// What the end record says of the directory.
struct End {
    count: u64,
    size: u64,
    start: u64,
}

/// Encrypted, strongly encrypted, masked headers.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
/// The entries in the order of the directory.
pub(crate) fn read<R: Read + Seek>(stream: &mut R, limits: &Limits) -> Result<Vec<Entry>, Refusal> {
    let io = Refusal::io;
    let length = stream.seek(SeekFrom::End(0)).map_err(io("read the end of"))?;
    let end = end(stream, length)?;
    if end.count > limits.entries {
        return Err(Refusal::TooManyEntries { claimed: end.count, limit: limits.entries });
    }
    if end.size > limits.directory {
        return Err(Refusal::DirectoryTooLarge { bytes: end.size, limit: limits.directory });
    }
    stream.seek(SeekFrom::Start(end.start)).map_err(io("read the directory of"))?;
    let mut entries = Vec::new();
    let mut walk = Walk { stream: BufReader::new(stream.by_ref().take(end.size)), at: end.start };
    while walk.at < end.start + end.size {
        if entries.len() as u64 == end.count {
            return Err(Refusal::WrongCount { claimed: end.count });
        }
        entries.push(walk.entry()?);
    }
    if (entries.len() as u64) < end.count {
        return Err(Refusal::WrongCount { claimed: end.count });
    }
    bounded(&entries, limits)?;
    distinct(&entries)?;
    locals(stream, &mut entries, end.start)?;
    Ok(entries)
}

/// Finds the end record, and that of ZIP64 where there is one.
fn end<R: Read + Seek>(stream: &mut R, length: u64) -> Result<End, Refusal> {
    let from = length.saturating_sub(22 + 0xffff + 20);
    let mut tail = Vec::new();
    stream.seek(SeekFrom::Start(from)).map_err(Refusal::io("read the end of"))?;
    stream.take(length - from).read_to_end(&mut tail).map_err(Refusal::io("read the end of"))?;
    let fits = |at: &usize| tail[*at..].starts_with(b"PK\x05\x06") && usize::from(u16_at(&tail, at + 20)) == tail.len() - at - 22;
    let mut found = (0..(tail.len() + 1).saturating_sub(22)).filter(fits);
    let (Some(at), more) = (found.next(), found.next()) else { return Err(Refusal::NotZip) };
    if more.is_some() {
        return Err(Refusal::TwoEnds);
    }
    let record = &tail[at..];
    let place = from + at as u64;
    let said = [u64::from(u16_at(record, 8)), u64::from(u16_at(record, 10)), u32_at(record, 12), u32_at(record, 16)];
    let wide = at.checked_sub(20).map(|locator| &tail[locator..at]).filter(|locator| locator.starts_with(b"PK\x06\x07"));
    let (values, before) = match wide {
        Some(locator) => wide_end(stream, locator, place - 20, said)?,
        None if u16_at(record, 4) != 0 || u16_at(record, 6) != 0 => return Err(Refusal::Split),
        None => (said, place),
    };
    let [here, count, size, start] = values;
    match () {
        () if here != count => Err(Refusal::Split),
        () if start.checked_add(size) != Some(before) => {
            Err(Refusal::Directory { at: place, what: "the end record says another place than where the directory is" })
        }
        () => Ok(End { count, size, start }),
    }
}

/// The values of a ZIP64 end record, and where it starts.
fn wide_end<R: Read + Seek>(stream: &mut R, locator: &[u8], at: u64, said: [u64; 4]) -> Result<([u64; 4], u64), Refusal> {
    let place = u64_at(locator, 8);
    if u32_at(locator, 4) != 0 || u32_at(locator, 16) > 1 {
        return Err(Refusal::Split);
    }
    let damaged = |what| Refusal::Directory { at, what };
    if place.checked_add(56).is_none_or(|end| end > at) {
        return Err(damaged("the ZIP64 end record is not where it is said to be"));
    }
    let mut record = [0; 56];
    stream.seek(SeekFrom::Start(place)).map_err(Refusal::io("read the end of"))?;
    stream.read_exact(&mut record).map_err(Refusal::io("read the end of"))?;
    if !record.starts_with(b"PK\x06\x06") || place.checked_add(12).and_then(|end| end.checked_add(u64_at(&record, 4))) != Some(at)
    {
        return Err(damaged("the ZIP64 end record is not where it is said to be"));
    }
    if u32_at(&record, 16) != 0 || u32_at(&record, 20) != 0 {
        return Err(Refusal::Split);
    }
    let values = [u64_at(&record, 24), u64_at(&record, 32), u64_at(&record, 40), u64_at(&record, 48)];
    let marks = [0xffff, 0xffff, WIDE, WIDE];
    let agree = |n: usize| said[n] == values[n] || said[n] == marks[n];
    if (0..4).all(agree) { Ok((values, place)) } else { Err(damaged("its two end records say different things")) }
}

/// A walk through the directory.
struct Walk<S> {
    stream: S,
    at: u64,
}

impl<S: Read> Walk<S> {
    fn take(&mut self, length: usize) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        self.stream.by_ref().take(length as u64).read_to_end(&mut bytes).map_err(Refusal::io("read the directory of"))?;
        if bytes.len() < length {
            return Err(Refusal::Directory { at: self.at, what: "it ends inside an entry" });
        }
        self.at += length as u64;
        Ok(bytes)
    }

    fn entry(&mut self) -> Result<Entry, Refusal> {
        let at = self.at;
        let fixed = self.take(46)?;
        if !fixed.starts_with(b"PK\x01\x02") {
            return Err(Refusal::Directory { at, what: "there is no entry where one should start" });
        }
        let length = usize::from(u16_at(&fixed, 28));
        if length > MAX_NAME {
            return Err(Refusal::NameTooLong { at, length, limit: MAX_NAME });
        }
        let name = name::check(&self.take(length)?, at)?;
        let extra = self.take(usize::from(u16_at(&fixed, 30)))?;
        self.take(usize::from(u16_at(&fixed, 32)))?;
        if u16_at(&fixed, 34) != 0 {
            return Err(Refusal::Split);
        }
        let (flags, method) = (u16_at(&fixed, 8), u16_at(&fixed, 10));
        let wide = extras(&extra, &name, at)?;
        if flags & ENCRYPTED != 0 || method == 99 {
            return Err(Refusal::Encrypted { name });
        }
        if !matches!(method, 0 | 8) || flags & 1 << 5 != 0 {
            return Err(Refusal::UnknownMethod { name, method });
        }
        let fields = [u32_at(&fixed, 24), u32_at(&fixed, 20), u32_at(&fixed, 42)];
        let [size, packed, header] = widen(fields, wide.as_deref(), at)?;
        let crc = u32::try_from(u32_at(&fixed, 16)).unwrap_or_default();
        plain(&name, u32_at(&fixed, 38), size)?;
        if method == 0 && size != packed {
            return Err(Refusal::HeadersDiffer { name, field: "size" });
        }
        Ok(Entry { name, size, packed, offset: 0, deflated: method == 8, crc, flags, header })
    }
}

/// Refuses what is no plain file or folder, by the mode that Unix programs keep in the external attributes.
fn plain(name: &str, attributes: u64, size: u64) -> Result<(), Refusal> {
    let folder = name.ends_with('/');
    let fine = match attributes >> 16 & 0o170_000 {
        0 => !folder || size == 0,
        0o100_000 => !folder,
        0o040_000 => folder && size == 0,
        _ => false,
    };
    let nested = [".zip", ".wacz"].iter().any(|end| name.to_ascii_lowercase().trim_end_matches('/').ends_with(end));
    match () {
        () if !fine => Err(Refusal::Special { name: name.to_owned() }),
        () if nested => Err(Refusal::Nested { name: name.to_owned() }),
        () => Ok(()),
    }
}

/// Refuses what would be too much before a byte of it is unpacked.
fn bounded(entries: &[Entry], limits: &Limits) -> Result<(), Refusal> {
    let mut total: u64 = 0;
    for entry in entries {
        let (name, size, packed) = (&entry.name, entry.size, entry.packed);
        total = total.saturating_add(size);
        if size > limits.file {
            return Err(Refusal::FileTooLarge { name: name.clone(), size, limit: limits.file });
        }
        if total > limits.total {
            return Err(Refusal::TotalTooLarge { name: name.clone(), size: total, limit: limits.total });
        }
        if size > limits.ratio_after && size > packed.saturating_mul(limits.ratio) {
            return Err(Refusal::Bomb { name: name.clone(), packed, size, ratio: limits.ratio });
        }
    }
    Ok(())
}

fn distinct(entries: &[Entry]) -> Result<(), Refusal> {
    let mut keys = BTreeMap::new();
    for entry in entries {
        if let Some(first) = keys.insert(name::key(&entry.name)?, &entry.name) {
            return Err(Refusal::DuplicateName { first: first.clone(), second: entry.name.clone() });
        }
    }
    Ok(())
}
