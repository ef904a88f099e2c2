//! WARC files of strangers, alone or in a WACZ, believed in nothing: what a browser extension, a crawler or a downloader
//! of somebody else wrote becomes exchanges of ours, or is refused in words.
//!
//! A file is read twice as a stream: first for the requests, which may stand on either side of their response, then for the
//! responses. Whatever breaks the file itself (a [`Fault`]) refuses it whole; what is wrong with one record (a [`Flaw`])
//! refuses that one by its number.

mod brought;
mod digests;
mod fault;
mod flaw;
mod message;
mod offer;
mod record;
mod source;

pub use brought::{Brought, Looked, Refused, Taken};
pub use fault::Fault;
pub use flaw::Flaw;
pub use offer::Offer;

/// How much of a stranger's WARC file is taken.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Records, in all WARC files of a package together.
    pub records: u64,
    /// Bytes of the head of a record.
    pub head: u64,
    /// Bytes of the block of a response or request; a larger one is read over and refused.
    pub block: u64,
    /// Bytes, unpacked.
    pub total: u64,
    /// How many times its packed size a file may have.
    pub ratio: u64,
    /// Unpacked bytes below which no ratio is asked for.
    pub ratio_after: u64,
    /// Bytes of all heads of requests, which are held in memory.
    pub requests: u64,
}

impl Limits {
    /// 100,000 records, 64 KiB a head, 64 MiB a block, 8 GiB in all, 200 to 1 after the first MiB, 64 MiB of requests.
    pub const STRANGER: Self = Self {
        records: 100_000,
        head: 64 << 10,
        block: 64 << 20,
        total: 8 << 30,
        ratio: 200,
        ratio_after: 1 << 20,
        requests: 64 << 20,
    };
}
