//! ZIP containers with any lie in them.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write as _;

/// An entry; what its local header says can be told apart from what the directory says.
#[derive(Clone)]
pub(crate) struct Forged {
    pub(crate) name: Vec<u8>,
    pub(crate) packed: Vec<u8>,
    pub(crate) size: u64,
    pub(crate) crc: u32,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) attributes: u32,
    pub(crate) extra: Vec<u8>,
    pub(crate) local_name: Option<Vec<u8>>,
    pub(crate) local_size: Option<u32>,
    pub(crate) local_flags: Option<u16>,
    /// Stands at the place of the entry of this number instead of at its own.
    pub(crate) place_of: Option<usize>,
}

/// A stored entry that tells the truth.
pub(crate) fn stored(name: &str, data: &[u8]) -> Forged {
    Forged {
        name: name.into(),
        packed: data.to_vec(),
        size: data.len() as u64,
        crc: crc(data),
        method: 0,
        flags: 0,
        attributes: 0,
        extra: Vec::new(),
        local_name: None,
        local_size: None,
        local_flags: None,
        place_of: None,
    }
}

/// A deflated entry that tells the truth.
pub(crate) fn deflated(name: &str, data: &[u8]) -> Forged {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(data).unwrap();
    Forged { packed: packer.finish().unwrap(), method: 8, ..stored(name, data) }
}

fn crc(data: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(data);
    crc.sum()
}

/// What the end record says.
#[derive(Default)]
pub(crate) struct Claim {
    pub(crate) count: Option<u64>,
    pub(crate) zip64: bool,
}

pub(crate) fn zip(entries: &[Forged]) -> Vec<u8> {
    zip_claiming(entries, &Claim::default())
}

pub(crate) fn zip_claiming(entries: &[Forged], claim: &Claim) -> Vec<u8> {
    let (mut out, mut directory, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        places.push(u32::try_from(out.len()).unwrap());
        let name = entry.local_name.as_ref().unwrap_or(&entry.name);
        let described = entry.flags & 8 != 0;
        out.extend(b"PK\x03\x04\x14\0");
        put(&mut out, &[entry.local_flags.unwrap_or(entry.flags), entry.method, 0, 0x21]);
        let size = entry.local_size.unwrap_or(u32::try_from(entry.size).unwrap());
        let packed = u32::try_from(entry.packed.len()).unwrap();
        for value in if described { [0; 3] } else { [entry.crc, packed, size] } {
            out.extend(value.to_le_bytes());
        }
        put(&mut out, &[short(name.len()), 0]);
        out.extend(name);
        out.extend(&entry.packed);
        if described {
            out.extend(b"PK\x07\x08");
            [entry.crc, packed, size].iter().for_each(|value| out.extend(value.to_le_bytes()));
        }
    }
    for (n, entry) in entries.iter().enumerate() {
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        put(&mut directory, &[entry.flags, entry.method, 0, 0x21]);
        let (packed, size) = (u32::try_from(entry.packed.len()).unwrap(), u32::try_from(entry.size).unwrap());
        [entry.crc, packed, size].iter().for_each(|value| directory.extend(value.to_le_bytes()));
        put(&mut directory, &[short(entry.name.len()), short(entry.extra.len()), 0, 0, 0]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(places[entry.place_of.unwrap_or(n)].to_le_bytes());
        directory.extend(&entry.name);
        directory.extend(&entry.extra);
    }
    let (start, size) = (out.len() as u64, directory.len() as u64);
    let count = claim.count.unwrap_or(entries.len() as u64);
    out.extend(directory);
    if claim.zip64 {
        out.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\x03\x2d\0\0\0\0\0\0\0\0\0");
        [count, count, size, start].iter().for_each(|value| out.extend(value.to_le_bytes()));
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend((start + size).to_le_bytes());
        out.extend([1, 0, 0, 0]);
    }
    out.extend(b"PK\x05\x06\0\0\0\0");
    let short_count = if claim.zip64 { u16::MAX } else { u16::try_from(count & 0xffff).unwrap() };
    put(&mut out, &[short_count, short_count]);
    for value in [size, start] {
        out.extend(if claim.zip64 { u32::MAX } else { u32::try_from(value).unwrap() }.to_le_bytes());
    }
    put(&mut out, &[0]);
    out
}

fn put(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}

fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap()
}
