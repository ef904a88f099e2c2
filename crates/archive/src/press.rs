//! Records pressed into gzip members, one member each, so that every record can be read on its own.
//!
//! Works in memory; writing the bytes to a segment is left to `segment`.

use flate2::{Compress, Compression, FlushCompress, Status};
use model::{Digest, Time};
use url::Url;
use uuid::Uuid;

use crate::digest::digest_pair;
use crate::fields::VERSION;

/// One record to write. Its block is `head` and `body`, one after the other.
pub(crate) struct Draft<'a> {
    pub(crate) kind: &'static str,
    pub(crate) id: &'a str,
    pub(crate) date: Time,
    pub(crate) url: Option<&'a Url>,
    pub(crate) content_type: &'static str,
    /// Further named fields with their values.
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) head: &'a [u8],
    pub(crate) body: &'a [u8],
}

/// A compressor that is used again for every record: setting one up costs more than a small record does.
pub(crate) struct Press {
    compress: Compress,
    plain: Vec<u8>,
}

/// A fresh `urn:uuid:` (version 7, RFC 9562), as in `WARC-Record-ID` without brackets.
pub fn new_id() -> String {
    Uuid::now_v7().urn().to_string()
}

impl Press {
    /// `level` as in gzip, 0 to 9.
    pub(crate) fn new(level: u32) -> Self {
        Self { compress: Compress::new_gzip(Compression::new(level.min(9)), 15), plain: Vec::new() }
    }

    /// Appends the record's gzip member to `out`; returns its length and the digest of the block.
    pub(crate) fn add(&mut self, draft: &Draft<'_>, out: &mut Vec<u8>) -> std::io::Result<(u64, Digest)> {
        let block = digest_pair(draft.head, draft.body);
        self.plain.clear();
        self.plain.extend_from_slice(record_head(draft, block).as_bytes());
        self.plain.extend_from_slice(draft.head);
        self.plain.extend_from_slice(draft.body);
        self.plain.extend_from_slice(b"\r\n\r\n");

        let start = out.len();
        self.compress.reset();
        loop {
            out.reserve(self.plain.len() / 2 + 512);
            let done = usize::try_from(self.compress.total_in()).expect("no more went in than is in memory");
            if self.compress.compress_vec(&self.plain[done..], out, FlushCompress::Finish)? == Status::StreamEnd {
                return Ok(((out.len() - start) as u64, block));
            }
        }
    }
}

fn record_head(draft: &Draft<'_>, block: Digest) -> String {
    let mut head = format!(
        "{VERSION}\r\nWARC-Type: {}\r\nWARC-Record-ID: <{}>\r\nWARC-Date: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nWARC-Block-Digest: {block}\r\n",
        draft.kind,
        draft.id,
        draft.date,
        draft.content_type,
        draft.head.len() + draft.body.len(),
    );
    let target = draft.url.map(|url| ("WARC-Target-URI", url.to_string()));
    for (name, value) in target.iter().chain(&draft.fields) {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head
}
