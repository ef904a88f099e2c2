//! The archive: what was asked and what came back, byte for byte, in WARC 1.1 segments (ISO 28500:2017).
//!
//! Knows the WARC format, compression and digests; knows no SQL, no HTML and opens no connection. What exactly
//! is written is on one page, `FORMAT.md`. The order that makes a record safe to refer to: [`Archive::append`],
//! then [`Archive::sync`], and only then a row in the ledger.

mod archive;
mod digest;
mod error;
mod exchange;
mod fields;
mod http;
mod member;
mod press;
mod read;
mod receipt;
mod scan;
mod segment;
pub mod stamp;

pub use archive::{Archive, Settings};
pub use digest::digest;
pub use error::Error;
pub use fields::RawRecord;
pub use read::{read, read_text};
pub use receipt::receipt;
pub use scan::{Scan, scan, segments};
