//! Fields of ZIP headers: numbers in them, and the extra fields at their end.

use super::Refusal;

/// Stands in a field of 32 bits whose value is in the ZIP64 field.
pub(crate) const WIDE: u64 = 0xffff_ffff;
/// Extra fields that make an entry something else than it seems: encryption, and links as two
/// kinds of Unix programs write them.
const AES: u16 = 0x9901;
const PKWARE_UNIX: u16 = 0x000d;
const ASI_UNIX: u16 = 0x756e;
/// A second name for an entry.
const UNICODE_PATH: u16 = 0x7075;

/// Looks through an extra field; returns the content of the ZIP64 one.
pub(crate) fn extras(mut extra: &[u8], name: &str, at: u64) -> Result<Option<Vec<u8>>, Refusal> {
    let mut wide = None;
    while !extra.is_empty() {
        let length = if extra.len() < 4 { usize::MAX } else { usize::from(u16_at(extra, 2)) };
        let Some(content) = length.checked_add(4).and_then(|end| extra.get(4..end)) else {
            return Err(Refusal::Directory { at, what: "an extra field ends too early" });
        };
        match u16_at(extra, 0) {
            1 if wide.is_some() => return Err(Refusal::Directory { at, what: "an entry has two ZIP64 fields" }),
            1 => wide = Some(content.to_vec()),
            AES => return Err(Refusal::Encrypted { name: name.to_owned() }),
            PKWARE_UNIX if length > 12 => return Err(Refusal::Special { name: name.to_owned() }),
            ASI_UNIX => return Err(Refusal::Special { name: name.to_owned() }),
            UNICODE_PATH if content.get(5..) != Some(name.as_bytes()) => {
                return Err(Refusal::HeadersDiffer { name: name.to_owned(), field: "name" });
            }
            _ => {}
        }
        extra = &extra[4 + length..];
    }
    Ok(wide)
}

/// Fields of 32 bits, those that stand for a wide one replaced from the ZIP64 field in its order.
pub(crate) fn widen<const N: usize>(mut fields: [u64; N], wide: Option<&[u8]>, at: u64) -> Result<[u64; N], Refusal> {
    let Some(mut wide) = wide else { return Ok(fields) };
    for field in fields.iter_mut().filter(|field| **field == WIDE) {
        let Some((value, rest)) = wide.split_first_chunk() else {
            return Err(Refusal::Directory { at, what: "a ZIP64 field ends too early" });
        };
        *field = u64::from_le_bytes(*value);
        wide = rest;
    }
    Ok(fields)
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// A field of 32 bits, wide enough for what ZIP64 may put in its place.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u16_at(bytes, at)) | u64::from(u16_at(bytes, at + 2)) << 16
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u32_at(bytes, at) | u32_at(bytes, at + 4) << 32
}
