//! The entries' own headers, held against the directory in one pass through the container.

use std::io::{BufReader, Read, Seek, SeekFrom};

use super::Refusal;
use super::directory::Entry;
use super::fields::{WIDE, extras, u16_at, u32_at, widen};

/// Checksum and sizes stand behind the bytes of an entry.
const DESCRIPTOR: u16 = 1 << 3;

/// Holds each entry's own header against the directory, and finds where its bytes start. Goes through the container
/// once, so that entries that share bytes meet.
pub(crate) fn locals<R: Read + Seek>(stream: &mut R, entries: &mut [Entry], directory: u64) -> Result<(), Refusal> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|n| entries[*n].header);
    let mut stream = BufReader::new(stream);
    stream.seek(SeekFrom::Start(0)).map_err(Refusal::io("read"))?;
    let mut at = 0;
    let mut before: Option<usize> = None;
    for n in order {
        let entry = &entries[n];
        let shares = |other| Refusal::Overlap { name: entry.name.clone(), other };
        if entry.header < at {
            return Err(shares(before.map_or_else(String::new, |before| format!("`{}`", entries[before].name))));
        }
        let mut local = Local { stream: &mut stream, at, directory };
        local.skip_to(entry.header).ok_or_else(|| shares("the directory".to_owned()))??;
        let offset = local.header(entry)?.ok_or_else(|| shares("the directory".to_owned()))?;
        let end = offset.checked_add(entry.packed).filter(|end| *end <= directory);
        local.skip_to(end.unwrap_or(u64::MAX)).ok_or_else(|| shares("the directory".to_owned()))??;
        if entry.flags & DESCRIPTOR != 0 {
            local.descriptor(entry)?;
        }
        at = local.at;
        before = Some(n);
        entries[n].offset = offset;
    }
    Ok(())
}

/// A walk through the part of a container that stands before its directory.
struct Local<'a, R> {
    stream: &'a mut BufReader<R>,
    at: u64,
    directory: u64,
}

impl<R: Read + Seek> Local<'_, R> {
    /// `None` if there is the directory already.
    fn skip_to(&mut self, place: u64) -> Option<Result<(), Refusal>> {
        if place > self.directory {
            return None;
        }
        let step = i64::try_from(place - self.at).ok()?;
        self.at = place;
        Some(self.stream.seek_relative(step).map_err(Refusal::io("read")))
    }

    /// The next bytes; fewer if the directory comes before.
    fn take(&mut self, length: usize) -> Result<Vec<u8>, Refusal> {
        let length = (length as u64).min(self.directory - self.at);
        let mut bytes = Vec::new();
        self.stream.by_ref().take(length).read_to_end(&mut bytes).map_err(Refusal::io("read"))?;
        self.at += bytes.len() as u64;
        Ok(bytes)
    }

    /// Where the packed bytes start; `None` if the header runs into the directory.
    fn header(&mut self, entry: &Entry) -> Result<Option<u64>, Refusal> {
        let at = self.at;
        let fixed = self.take(30)?;
        if fixed.len() < 30 {
            return Ok(None);
        }
        if !fixed.starts_with(b"PK\x03\x04") {
            return Err(Refusal::Directory { at, what: "there is no entry where the directory says one is" });
        }
        let differ = |field| Err(Refusal::HeadersDiffer { name: entry.name.clone(), field });
        let name = self.take(usize::from(u16_at(&fixed, 26)))?;
        let extra_length = usize::from(u16_at(&fixed, 28));
        let extra = self.take(extra_length)?;
        if extra.len() < extra_length {
            return Ok(None);
        }
        let wide = extras(&extra, &entry.name, at)?;
        let sizes = widen([u32_at(&fixed, 22), u32_at(&fixed, 18)], wide.as_deref(), at)?;
        let crc = u32_at(&fixed, 14);
        let later = entry.flags & DESCRIPTOR != 0;
        let agrees = |said: u64, known: u64| said == known || later && (said == 0 || said == WIDE);
        match () {
            () if name != entry.name.as_bytes() => differ("name"),
            () if u16_at(&fixed, 6) != entry.flags => differ("flags"),
            () if u16_at(&fixed, 8) != if entry.deflated { 8 } else { 0 } => differ("method"),
            () if !agrees(crc, u64::from(entry.crc)) => differ("checksum"),
            () if !agrees(sizes[0], entry.size) || !agrees(sizes[1], entry.packed) => differ("size"),
            () => Ok(Some(self.at)),
        }
    }

    /// Checks the checksum and sizes that stand behind the bytes of an entry whose header did not know them yet.
    fn descriptor(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let start = self.at;
        let found = self.take(24)?;
        let forms = [(true, true), (true, false), (false, true), (false, false)].map(|(signed, wide)| {
            let mut form = if signed { b"PK\x07\x08".to_vec() } else { Vec::new() };
            form.extend(entry.crc.to_le_bytes());
            for size in [entry.packed, entry.size] {
                form.extend(&size.to_le_bytes()[..if wide { 8 } else { 4 }]);
            }
            form
        });
        let Some(form) = forms.iter().find(|form| found.starts_with(form)) else {
            return Err(Refusal::HeadersDiffer { name: entry.name.clone(), field: "data descriptor" });
        };
        let back = found.len() - form.len();
        self.at = start + form.len() as u64;
        let step = i64::try_from(back).unwrap_or_default();
        self.stream.seek_relative(-step).map_err(Refusal::io("read"))
    }
}
