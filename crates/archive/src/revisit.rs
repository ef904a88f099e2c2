//! Bodies that the archive has already: which exchange may leave its body out, and which response it stands in.

use std::collections::HashMap;
use std::path::Path;

use model::{Digest, Exchange, Record, Time};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::read::{at, damaged};

/// The `WARC-Profile` of a record whose body stands elsewhere (ISO 28500:2017, 6.7.2).
pub(crate) const PROFILE: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// Bytes of the smallest body that is left out. To say where it stands takes about 220 bytes of a segment, as many as 450
/// bytes of HTML do once packed: below that nothing is gained, and a record that needs no other is worth more.
const LEAST: usize = 512;

/// Whether an exchange leaves its body out where the archive has it. One that a limit cut is kept as it came: it is not
/// known what the rest would have been.
pub fn may_revisit(exchange: &Exchange) -> bool {
    exchange.body.len() >= LEAST && exchange.truncated.is_none()
}

/// Where the body of a revisit stands, as its metadata record says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// `WARC-Record-ID` of the response, without brackets.
    pub(crate) record: String,
    pub(crate) segment: String,
    pub(crate) offset: u64,
    /// Length of the body.
    pub(crate) bytes: u64,
}

/// A whole response, whose body stands for later ones.
#[derive(Debug, Clone)]
pub(crate) struct Original {
    pub(crate) record: Record,
    pub(crate) url: String,
    pub(crate) date: Time,
}

impl Original {
    pub(crate) fn of(exchange: &Exchange, record: &Record) -> Self {
        Self { record: record.clone(), url: exchange.url.to_string(), date: exchange.sent }
    }

    /// Reads it from the archive, body and all: what cannot be read now must not be left out elsewhere.
    fn read(dir: &Path, record: &Record) -> Result<Self, Error> {
        let (found, _) = at(dir, record)?;
        let url = found.field("WARC-Target-URI").map(str::to_owned);
        match (found.kind(), url, found.date(), found.field("WARC-Truncated")) {
            ("response", Some(url), Some(date), None) => Ok(Self { record: record.clone(), url, date }),
            _ => Err(damaged(record, record.offset, "it is no whole response".to_owned())),
        }
    }

    pub(crate) fn place(&self, bytes: usize) -> Place {
        let Record { id, segment, offset, .. } = &self.record;
        Place { record: id.clone(), segment: segment.clone(), offset: *offset, bytes: bytes as u64 }
    }
}

/// Responses by the digest of their body: those that the ledger named, and those that were written since.
#[derive(Debug, Default)]
pub struct Originals(HashMap<Digest, Known>);

#[derive(Debug)]
enum Known {
    Named(Record),
    Checked(Original),
}

/// Of responses with the same body the last one counts.
impl FromIterator<Record> for Originals {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        Self(records.into_iter().map(|record| (record.payload, Known::Named(record))).collect())
    }
}

impl Originals {
    pub(crate) fn insert(&mut self, original: Original) {
        self.0.insert(original.record.payload, Known::Checked(original));
    }

    /// The response that has this body. One that was only named is read first, and forgotten if it is not what it should
    /// be: then the body is written once more, and stands for later ones.
    pub(crate) fn get(&mut self, dir: &Path, payload: Digest) -> Option<Original> {
        if let Known::Checked(original) = self.0.get(&payload)? {
            return Some(original.clone());
        }
        let Some(Known::Named(record)) = self.0.remove(&payload) else { return None };
        match Original::read(dir, &record) {
            Ok(original) => {
                self.insert(original.clone());
                Some(original)
            }
            Err(error) => {
                tracing::warn!(record.id = %record.id, %error, "a response cannot be read again: what it brought is kept anew");
                None
            }
        }
    }
}
