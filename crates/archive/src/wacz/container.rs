//! The canonical ZIP container: written, and compared byte for byte with what would be written.
//!
//! The headers are built here rather than by a library: a container must come out the same in twenty years, so nothing
//! of it may depend on another's defaults (the version that made an entry, when ZIP64 is used, the order of its fields).

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Error as IoError, ErrorKind, Read, Result as IoResult, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::Crc;
use model::Digest;
use sha2::{Digest as _, Sha256};

use super::name;

/// Files of the largest container that is written or found canonical.
const MAX_FILES: usize = 100_000;
/// Stands in a field of 32 bits whose value is in the ZIP64 field.
const WIDE: u32 = u32::MAX;
/// 1980-01-01, the first day that a DOS date can say.
const DATE: u16 = 0x21;
const VERSION: u16 = 20;
const VERSION_WIDE: u16 = 45;
/// Unix, version 2.0.
const MADE_BY: u16 = 3 << 8 | 20;
/// A plain file that its owner may write and all may read.
const MODE: u32 = 0o100_644 << 16;

/// A file as the headers tell of it.
struct Head {
    name: String,
    crc: u32,
    size: u64,
    /// Where its local header starts.
    offset: u64,
}

/// The container being written. Each file's size is told before its bytes, so that its header has the right form.
pub struct Writer<W> {
    out: W,
    /// Bytes written so far.
    at: u64,
    heads: Vec<Head>,
    names: BTreeSet<String>,
    open: Option<Open>,
}

/// The file being written.
struct Open {
    left: u64,
    crc: Crc,
    digest: Sha256,
}

impl<W: Write + Seek> Writer<W> {
    /// A container that starts at the beginning of `out`.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, heads: Vec::new(), names: BTreeSet::new(), open: None }
    }

    /// Begins a file of exactly `size` bytes.
    pub fn begin(&mut self, name: &str, size: u64) -> IoResult<()> {
        if self.open.is_some() {
            return Err(misuse(format!("`{name}` begins before the file before it has ended")));
        }
        if !name::is_ours(name) || self.names.contains(name) || self.heads.len() == MAX_FILES {
            return Err(misuse(format!("`{name}` cannot be the name of one more file of a container")));
        }
        let head = Head { name: name.to_owned(), crc: 0, size, offset: self.at };
        let bytes = local(&head);
        self.out.write_all(&bytes)?;
        self.at += bytes.len() as u64;
        self.names.insert(head.name.clone());
        self.heads.push(head);
        self.open = Some(Open { left: size, crc: Crc::new(), digest: Sha256::new() });
        Ok(())
    }

    /// More bytes of the file that was begun.
    pub fn write(&mut self, bytes: &[u8]) -> IoResult<()> {
        let open = self.open.as_mut().ok_or_else(|| misuse("bytes come before a file has begun".to_owned()))?;
        let length = bytes.len() as u64;
        open.left = open.left.checked_sub(length).ok_or_else(|| misuse("a file is longer than was said".to_owned()))?;
        open.crc.update(bytes);
        open.digest.update(bytes);
        self.out.write_all(bytes)?;
        self.at += length;
        Ok(())
    }

    /// Ends the file that was begun; returns the digest of its bytes.
    pub fn end(&mut self) -> IoResult<Digest> {
        let (Some(open), Some(head)) = (self.open.take(), self.heads.last_mut()) else {
            return Err(misuse("a file ends that has not begun".to_owned()));
        };
        if open.left != 0 {
            return Err(misuse(format!("`{}` is {} bytes shorter than was said", head.name, open.left)));
        }
        head.crc = open.crc.sum();
        self.out.seek(SeekFrom::Start(head.offset + CRC_AT as u64))?;
        self.out.write_all(&head.crc.to_le_bytes())?;
        self.out.seek(SeekFrom::Start(self.at))?;
        Ok(Digest(open.digest.finalize().into()))
    }

    /// A whole file from memory.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> IoResult<Digest> {
        self.begin(name, bytes.len() as u64)?;
        self.write(bytes)?;
        self.end()
    }

    /// Writes the directory and gives back what was written to, flushed but not synced.
    pub fn finish(mut self) -> IoResult<W> {
        if self.open.is_some() {
            return Err(misuse("the container ends inside a file".to_owned()));
        }
        self.out.write_all(&tail(&self.heads, self.at))?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn misuse(what: String) -> IoError {
    IoError::new(ErrorKind::InvalidInput, what)
}

/// Where the checksum stands in a local header.
const CRC_AT: usize = 14;

fn local(head: &Head) -> Vec<u8> {
    let wide = head.size >= u64::from(WIDE);
    let size = u32::try_from(head.size).unwrap_or(WIDE);
    let mut bytes = Vec::with_capacity(64);
    bytes.extend(b"PK\x03\x04");
    put16(&mut bytes, &[if wide { VERSION_WIDE } else { VERSION }, 0, 0, 0, DATE]);
    put32(&mut bytes, &[head.crc, size, size]);
    put16(&mut bytes, &[short(head.name.len()), if wide { 20 } else { 0 }]);
    bytes.extend(head.name.as_bytes());
    if wide {
        put16(&mut bytes, &[1, 16]);
        put64(&mut bytes, &[head.size, head.size]);
    }
    bytes
}

fn central(head: &Head) -> Vec<u8> {
    let (size, offset) = (u32::try_from(head.size).unwrap_or(WIDE), u32::try_from(head.offset).unwrap_or(WIDE));
    let mut extra = Vec::new();
    if size == WIDE {
        put64(&mut extra, &[head.size, head.size]);
    }
    if offset == WIDE {
        put64(&mut extra, &[head.offset]);
    }
    let wide = !extra.is_empty();
    let mut bytes = Vec::with_capacity(96);
    bytes.extend(b"PK\x01\x02");
    put16(&mut bytes, &[MADE_BY, if wide { VERSION_WIDE } else { VERSION }, 0, 0, 0, DATE]);
    put32(&mut bytes, &[head.crc, size, size]);
    put16(&mut bytes, &[short(head.name.len()), if wide { short(extra.len() + 4) } else { 0 }, 0, 0, 0]);
    put32(&mut bytes, &[MODE, offset]);
    bytes.extend(head.name.as_bytes());
    if wide {
        put16(&mut bytes, &[1, short(extra.len())]);
        bytes.extend(extra);
    }
    bytes
}

/// The directory, which starts at `start`, and what ends the container.
fn tail(heads: &[Head], start: u64) -> Vec<u8> {
    let mut bytes: Vec<u8> = heads.iter().flat_map(central).collect();
    let end = end(heads.len() as u64, bytes.len() as u64, start);
    bytes.extend(end);
    bytes
}

fn end(count: u64, size: u64, start: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(98);
    let (size32, start32) = (u32::try_from(size).unwrap_or(WIDE), u32::try_from(start).unwrap_or(WIDE));
    let count16 = u16::try_from(count).unwrap_or(u16::MAX);
    if count16 == u16::MAX || size32 == WIDE || start32 == WIDE {
        bytes.extend(b"PK\x06\x06");
        put64(&mut bytes, &[44]);
        put16(&mut bytes, &[MADE_BY, VERSION_WIDE]);
        put32(&mut bytes, &[0, 0]);
        put64(&mut bytes, &[count, count, size, start]);
        bytes.extend(b"PK\x06\x07");
        put32(&mut bytes, &[0]);
        put64(&mut bytes, &[start + size]);
        put32(&mut bytes, &[1]);
    }
    bytes.extend(b"PK\x05\x06");
    put16(&mut bytes, &[0, 0, count16, count16]);
    put32(&mut bytes, &[size32, start32]);
    put16(&mut bytes, &[0]);
    bytes
}

/// A length that `name::is_ours` and the form of the extra field keep small.
fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

fn put16(bytes: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
}

fn put32(bytes: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
}

fn put64(bytes: &mut Vec<u8>, values: &[u64]) {
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
}

/// Where a container first differs from a canonical one.
#[derive(Debug, thiserror::Error)]
pub enum At {
    /// A byte is not the one that would have been written.
    #[error("`{}` is not as it was written: byte {offset} differs ({what}); get a fresh copy from whoever issued it", path.display())]
    Byte {
        /// The container.
        path: PathBuf,
        /// The first byte that differs; the size of the file, where it ends too early.
        offset: u64,
        /// Which part of the container it belongs to.
        what: String,
    },
    /// The system could not read it.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// The container.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: IoError,
    },
}

/// Whether a container is byte for byte what [`Writer`] writes for the same files. Reads it once, in constant memory
/// but for its directory.
pub fn check(path: &Path) -> Result<(), At> {
    let unreadable = |source| At::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    let found = compare(&mut BufReader::with_capacity(64 << 10, file));
    found.map_err(|fault| match fault {
        Fault::Byte(offset, what) => At::Byte { path: path.to_owned(), offset, what },
        Fault::Io(source) => unreadable(source),
    })
}

enum Fault {
    Byte(u64, String),
    Io(IoError),
}

fn compare<R: Read>(stream: &mut R) -> Result<(), Fault> {
    let mut heads = Vec::new();
    let mut names = BTreeSet::new();
    let mut at = 0;
    let mut start = Vec::new();
    loop {
        start.clear();
        stream.by_ref().take(4).read_to_end(&mut start).map_err(Fault::Io)?;
        // Only a container of no files has no directory entry.
        if start == b"PK\x01\x02" || heads.is_empty() && start == b"PK\x05\x06" {
            break;
        }
        stream.by_ref().take(26).read_to_end(&mut start).map_err(Fault::Io)?;
        let head = compare_file(stream, &start, at)?;
        if heads.len() == MAX_FILES || !names.insert(head.name.clone()) {
            return Err(Fault::Byte(at + 30, format!("the name `{}` is there twice, or one file too many", head.name)));
        }
        at += local(&head).len() as u64 + head.size;
        heads.push(head);
    }
    let tail = tail(&heads, at);
    // One byte more than there should be, to see that there is none.
    stream.take(tail.len() as u64 + 1 - 4).read_to_end(&mut start).map_err(Fault::Io)?;
    same(&start, &tail, at, "the directory")
}

/// The file whose local header begins with `start`, which is at byte `at`.
fn compare_file<R: Read>(stream: &mut R, start: &[u8], at: u64) -> Result<Head, Fault> {
    let Some(start) = start.first_chunk::<30>() else {
        return Err(Fault::Byte(at + start.len() as u64, "it ends inside a header".to_owned()));
    };
    let word = |at: usize| u32::from_le_bytes([start[at], start[at + 1], start[at + 2], start[at + 3]]);
    let (crc, size32) = (word(CRC_AT), word(18));
    let wide = if size32 == WIDE { 20 } else { 0 };
    let length = usize::from(u16::from_le_bytes([start[26], start[27]]));
    let mut found = start.to_vec();
    stream.by_ref().take(length as u64 + wide).read_to_end(&mut found).map_err(Fault::Io)?;
    let name = found.get(30..30 + length).and_then(|name| std::str::from_utf8(name).ok()).filter(|name| name::is_ours(name));
    let name = name.ok_or_else(|| Fault::Byte(at + 30, "no name of ours".to_owned()))?.to_owned();
    let size = match found.get(34 + length..42 + length).and_then(|bytes| bytes.first_chunk()) {
        Some(bytes) if wide > 0 => u64::from_le_bytes(*bytes),
        _ => u64::from(size32),
    };
    let head = Head { name, crc, size, offset: at };
    same(&found, &local(&head), at, &format!("the header of `{}`", head.name))?;

    let data = at + found.len() as u64;
    let mut sum = Crc::new();
    let mut left = size;
    let mut buffer = vec![0; 64 << 10];
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        match stream.read(&mut buffer[..want]).map_err(Fault::Io)? {
            0 => return Err(Fault::Byte(data + size - left, format!("it ends inside `{}`", head.name))),
            n => {
                sum.update(&buffer[..n]);
                left -= n as u64;
            }
        }
    }
    let what = format!("the checksum of `{}`, or its bytes", head.name);
    same(&crc.to_le_bytes(), &sum.sum().to_le_bytes(), at + CRC_AT as u64, &what)?;
    Ok(head)
}

fn same(found: &[u8], wanted: &[u8], at: u64, what: &str) -> Result<(), Fault> {
    if found == wanted {
        return Ok(());
    }
    let equal = found.iter().zip(wanted).take_while(|(found, wanted)| found == wanted).count();
    Err(Fault::Byte(at + equal as u64, what.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_or_place_beyond_32_bits_is_in_zip64_fields_and_nothing_else_is() {
        let head = |size, offset| Head { name: "a".to_owned(), crc: 7, size, offset };
        assert_eq!(local(&head(0xffff_fffe, 0)).len(), 31);
        let wide = local(&head(0xffff_ffff, 0));
        assert_eq!(wide[4..6], [45, 0]);
        assert_eq!(wide[31..], *b"\x01\0\x10\0\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\0\0\0\0");
        assert_eq!(central(&head(1, 0xffff_fffe)).len(), 47);
        assert_eq!(central(&head(1, 1 << 32))[47..], *b"\x01\0\x08\0\0\0\0\0\x01\0\0\0");
        assert_eq!(central(&head(1 << 33, 1 << 32)).len(), 47 + 4 + 24);
        assert_eq!(end(0xfffe, 1, 1).len(), 22);
        assert_eq!(end(0xffff, 1, 1).len(), 98);
        assert_eq!(end(1, 1, 1 << 32)[..24], *b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x14\x03\x2d\0\0\0\0\0\0\0\0\0");
    }
}
