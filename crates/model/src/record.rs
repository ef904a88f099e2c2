//! Where in the archive some bytes are.

use serde::{Deserialize, Serialize};

use crate::Digest;

/// One WARC record: where it is and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// `WARC-Record-ID` without brackets, as in `urn:uuid:018f...`.
    pub id: String,
    /// `WARC-Type`: `request`, `response`, `metadata`, `conversion` ...
    pub kind: String,
    /// File name of the segment within the archive.
    pub segment: String,
    /// Byte offset of the record's gzip member in the segment.
    pub offset: u64,
    /// Length of the gzip member in bytes.
    pub length: u64,
    /// Digest of the payload (`WARC-Payload-Digest`), or of the block where there is no payload of its own.
    pub payload: Digest,
}
