//! The package of a workbook: what it lists is held against the limits before anything is unpacked, and while it is.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::guard::{Found, Guard};
use super::{Limits, Refused, Why};

/// How old and encrypted workbooks begin.
pub(super) const OLE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
/// Endings of parts that are not text and that no reader of cells opens.
const BINARY: [&str; 11] = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin", ".vml"];
/// Parts up to this size may have any ratio: a blank sheet packs well.
const SMALL: u64 = 1 << 20;

/// An entry of the list at the end of a package (APPNOTE 4.3.12).
struct Listed {
    name: String,
    packed: u64,
    unpacked: u64,
}

/// Looks through a package; answers what of it is needed beside the cells.
pub(super) fn checked(bytes: &[u8], limits: &Limits) -> Result<Found, Refused> {
    let listed = list(bytes, limits)?;
    names(&listed)?;
    sizes(&listed, limits)?;
    let damaged = |error: &dyn std::fmt::Display, place: &str| Why::Damaged(error.to_string()).at(place);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error, "the file"))?;
    if archive.len() != listed.len() {
        return Err(Why::Damaged("its list can be read in two ways".to_owned()).at("the file"));
    }
    let mut guard = Guard::new(limits);
    // The list of texts comes before the sheets that point into it.
    let mut order: Vec<usize> = (0..listed.len()).collect();
    order.sort_by_key(|at| !listed[*at].name.to_ascii_lowercase().ends_with("sharedstrings.xml"));
    for at in order {
        let entry = &listed[at];
        let mut part = archive.by_index(at).map_err(|error| damaged(&error, &entry.name))?;
        if part.name_raw() != entry.name.as_bytes() {
            return Err(Why::Damaged("its list can be read in two ways".to_owned()).at(&entry.name));
        }
        let mut text = Vec::new();
        let most = if binary(&entry.name) { 4 } else { entry.unpacked.saturating_add(1) };
        part.by_ref().take(most).read_to_end(&mut text).map_err(|error| damaged(&error, &entry.name))?;
        if text.starts_with(b"PK\x03\x04") || text.starts_with(&OLE) {
            return Err(Why::Nested.at(&entry.name));
        }
        if !binary(&entry.name) {
            if u64::try_from(text.len()).unwrap_or(u64::MAX) != entry.unpacked {
                return Err(Why::Size.at(&entry.name));
            }
            guard.part(&entry.name, &text)?;
        }
    }
    guard.end()
}

fn binary(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    BINARY.iter().any(|ending| name.ends_with(ending))
}

/// The list of a package, which ends where the file ends and where its last record says.
fn list(bytes: &[u8], limits: &Limits) -> Result<Vec<Listed>, Refused> {
    let damaged = |what: &str| Why::Damaged(what.to_owned()).at("the file");
    let from = bytes.len().saturating_sub(22 + 65_535);
    let ends = |at: &usize| {
        bytes[*at..].starts_with(b"PK\x05\x06") && word(bytes, at + 20).is_some_and(|note| at + 22 + note == bytes.len())
    };
    let end = (from..bytes.len().saturating_sub(21)).rev().find(ends).ok_or_else(|| damaged("its end is missing"))?;
    let field = |at| word(bytes, end + at).ok_or_else(|| damaged("its end is missing"));
    let long = |at| double(bytes, end + at).ok_or_else(|| damaged("its end is missing"));
    let (count, size, start) = (field(10)?, long(12)?, long(16)?);
    if count > limits.parts {
        return Err(Why::Parts(count).at("the file"));
    }
    if start.checked_add(size) != Some(end) {
        return Err(damaged("its list is not where it should be"));
    }
    let mut listed = Vec::new();
    let mut at = start;
    for _ in 0..count {
        let cut = || damaged("its list is cut");
        if !bytes[at..end].starts_with(b"PK\x01\x02") || end - at < 46 {
            return Err(cut());
        }
        let get = |offset| word(bytes, at + offset).ok_or_else(cut);
        let (flags, method, length, extra, note) = (get(8)?, get(10)?, get(28)?, get(30)?, get(32)?);
        let (packed, unpacked) = (double(bytes, at + 20).ok_or_else(cut)?, double(bytes, at + 24).ok_or_else(cut)?);
        let kind = word(bytes, at + 40).ok_or_else(cut)? & 0o170_000;
        let name = bytes.get(at + 46..at + 46 + length).ok_or_else(cut)?;
        let name = std::str::from_utf8(name).map_err(|_| Why::Path.at("the file"))?.to_owned();
        match (flags & 1, method, kind) {
            (1, ..) => return Err(Why::Password.at(name)),
            (_, _, 0o120_000) => return Err(Why::Path.at(name)),
            (_, 0 | 8, _) => {}
            _ => return Err(damaged("a packing that workbooks don't use")),
        }
        let whole = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        listed.push(Listed { name, packed: whole(packed), unpacked: whole(unpacked) });
        at += 46 + length + extra + note;
        if at > end {
            return Err(cut());
        }
    }
    if at == end { Ok(listed) } else { Err(damaged("its list is longer than it says")) }
}

/// Names that could do harm, or that say that there is more than cells.
fn names(listed: &[Listed]) -> Result<(), Refused> {
    let mut seen = HashSet::new();
    let mut workbook = false;
    for entry in listed {
        let name = entry.name.to_ascii_lowercase();
        let away = name.starts_with('/') || name.contains(['\\', ':', '\0']) || name.split('/').any(|step| step == "..");
        if away || name.len() > 255 {
            return Err(Why::Path.at(&entry.name));
        }
        let macros = name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") || name.contains("/activex/");
        if macros || name.starts_with("customui/") {
            return Err(Why::Macros.at(&entry.name));
        }
        if name.contains("/externallinks/") || name == "xl/connections.xml" || name.contains("/querytables/") {
            return Err(Why::External.at(&entry.name));
        }
        let packed =
            [".zip", ".xlsx", ".xlsm", ".xls", ".docx", ".7z", ".rar", ".gz"].iter().any(|ending| name.ends_with(ending));
        if packed || name.contains("/embeddings/") {
            return Err(Why::Nested.at(&entry.name));
        }
        workbook |= name == "xl/workbook.xml";
        if !seen.insert(name) {
            return Err(Why::Twice.at(&entry.name));
        }
    }
    if workbook { Ok(()) } else { Err(Why::NoWorkbook.at("the file")) }
}

fn sizes(listed: &[Listed], limits: &Limits) -> Result<(), Refused> {
    let mut total: u64 = 0;
    for entry in listed {
        total = total.saturating_add(entry.unpacked);
        let swollen = entry.unpacked > SMALL && entry.unpacked / entry.packed.max(1) > limits.ratio;
        if swollen || total > limits.unpacked {
            return Err(Why::Bomb(entry.unpacked).at(&entry.name));
        }
    }
    Ok(())
}

/// Two bytes, little end first.
fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes([pair[0], pair[1]])))
}

/// Four bytes, little end first.
fn double(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])).ok()
}
