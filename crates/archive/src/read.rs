//! One record by its place in the ledger, checked against what the ledger and its own head say of it.

use std::path::{Path, PathBuf};

use model::{Digest, Exchange, Record};

use crate::Error;
use crate::exchange;
use crate::fields::RawRecord;
use crate::log::Log;
use crate::proof::leaves;
use crate::revisit::Place;
use crate::scan::{Scan, scan_from};

/// The exchange of a response or revisit record, byte for byte as it was appended.
pub fn read(dir: &Path, record: &Record) -> Result<Exchange, Error> {
    let (response, mut following) = at(dir, record)?;
    let mut offsets = [record.offset; 3];
    let mut next = |n: usize, kind: &str| match following.next() {
        Some(Ok(found)) if found.kind() == kind && found.concurrent_to() == Some(&record.id) => {
            offsets[n] = found.offset;
            Ok(found)
        }
        Some(Err(error)) => Err(error),
        _ => Err(damaged(record, record.offset, format!("its {kind} record does not follow it"))),
    };
    let (request, metadata) = (next(1, "request")?, next(2, "metadata")?);
    let restored = exchange::restore([response, request, metadata]);
    let (mut exchange, original) = restored.map_err(|(n, what)| damaged(record, offsets[n], what.to_owned()))?;
    if let Some(original) = original {
        let unreadable = |source| Error::Original {
            id: record.id.clone(),
            segment: record.segment.clone(),
            original: original.record.clone(),
            source: Box::new(source),
        };
        exchange.body = body(dir, &original, record.payload).map_err(unreadable)?;
    }
    Ok(exchange)
}

/// The identifier of the response that has the body of a revisit, by the place of the revisit.
pub fn original(dir: &Path, segment: &str, offset: u64) -> Result<String, Error> {
    let found = scan_from(&path(dir, segment)?, offset)?.next().transpose()?;
    let id = found.as_ref().and_then(RawRecord::refers_to).map(str::to_owned);
    let unknown = || found.as_ref().map_or("unknown", RawRecord::id).to_owned();
    let what = "it refers to no original".to_owned();
    id.ok_or_else(|| Error::Damaged { id: unknown(), segment: segment.to_owned(), offset, what })
}

/// The body that a response has for a revisit, if it is the one that the revisit saw.
pub(crate) fn body(dir: &Path, of: &Place, payload: Digest) -> Result<Vec<u8>, Error> {
    let damaged = |what: String| Error::Damaged { id: of.record.clone(), segment: of.segment.clone(), offset: of.offset, what };
    let mut found = match scan_from(&path(dir, &of.segment)?, of.offset)?.next() {
        Some(Ok(found)) => found,
        Some(Err(Error::Damaged { what, .. })) => return Err(damaged(what)),
        Some(Err(error)) => return Err(error),
        None => return Err(damaged("the segment ends before it".to_owned())),
    };
    let has = found.field("WARC-Payload-Digest").unwrap_or("without a digest");
    let difference = match () {
        () if found.id() != of.record => format!("the record there is `{}`", found.id()),
        () if found.kind() != "response" => format!("it is a {}, and only a response has a body for others", found.kind()),
        () if has != payload.to_string() => format!("its payload is {has}, the revisit saw {payload}"),
        () => {
            let head = found.block.len() - found.payload().len();
            return Ok(found.block.split_off(head));
        }
    };
    Err(damaged(difference))
}

/// The place of a sealed record, by its identifier.
pub fn find(dir: &Path, log: &Log, id: &str) -> Result<Record, Error> {
    for segment in log.segments() {
        if let Some(leaf) = leaves(dir, segment)?.0.into_iter().find(|leaf| leaf.id == id) {
            let found = scan_from(&path(dir, &segment.name)?, leaf.offset)?.next().transpose()?;
            if let Some(record) = found.and_then(|found| found.record(&segment.name)) {
                return Ok(record);
            }
        }
    }
    Err(Error::Unsealed { missing: 1, dir: dir.to_owned() })
}

/// The text of a conversion record, or of a document of ours.
pub fn read_text(dir: &Path, record: &Record) -> Result<String, Error> {
    let (found, _) = at(dir, record)?;
    String::from_utf8(found.block).map_err(|_| damaged(record, record.offset, "its text is not UTF-8".to_owned()))
}

/// The record, checked, and the scan that goes on behind it.
pub(crate) fn at(dir: &Path, record: &Record) -> Result<(RawRecord, Scan), Error> {
    let mut scan = scan_from(&path(dir, &record.segment)?, record.offset)?;
    let found = match scan.next() {
        Some(Ok(found)) => found,
        // What cannot be read has no name of its own: give it the one it was looked for by.
        Some(Err(Error::Damaged { offset, what, .. })) => return Err(damaged(record, offset, what)),
        Some(Err(error)) => return Err(error),
        None => return Err(damaged(record, record.offset, "the segment ends before it".to_owned())),
    };
    let payload = found.payload_digest().map_or_else(|| "without a digest".to_owned(), |digest| digest.to_string());
    let difference = match () {
        () if found.id() != record.id => format!("the record there is `{}`", found.id()),
        () if found.kind() != record.kind => format!("it is a {}, the ledger says {}", found.kind(), record.kind),
        () if found.length != record.length => format!("it is {} bytes long, the ledger says {}", found.length, record.length),
        () if payload != record.payload.to_string() => format!("its payload is {payload}, the ledger says {}", record.payload),
        () => return Ok((found, scan)),
    };
    Err(damaged(record, record.offset, difference))
}

pub(crate) fn damaged(record: &Record, offset: u64, what: String) -> Error {
    Error::Damaged { id: record.id.clone(), segment: record.segment.clone(), offset, what }
}

/// The path of a segment; a name from a hostile ledger must not lead out of the archive.
fn path(dir: &Path, segment: &str) -> Result<PathBuf, Error> {
    let plain = Path::new(segment).file_name().is_some_and(|name| name == segment);
    if plain { Ok(dir.join(segment)) } else { Err(Error::SegmentName(segment.to_owned())) }
}
