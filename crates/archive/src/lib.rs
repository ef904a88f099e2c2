//! The archive: what was asked and what came back, byte for byte, in WARC 1.1 segments (ISO 28500:2017).
//!
//! Knows the WARC format, compression and digests; knows no SQL, no HTML and opens no connection. What exactly
//! is written is on one page, `FORMAT.md`. The order that makes a record safe to refer to: [`Archive::append`],
//! then [`Archive::sync`], and only then a row in the ledger.

mod archive;
mod canon;
mod checkpoint;
mod digest;
mod error;
mod exchange;
mod fields;
mod http;
mod key;
mod log;
mod member;
mod note;
mod press;
pub mod proof;
mod read;
mod receipt;
mod repair;
mod revisit;
mod scan;
mod seal;
mod segment;
pub mod stamp;
pub mod stranger;
mod tree;
mod verify;
pub mod wacz;
mod whole;

pub use archive::{Archive, Settings};
pub use canon::canonical;
pub use checkpoint::Checkpoint;
pub use digest::{digest, digest_of_file};
pub use error::Error;
pub use fields::RawRecord;
pub use key::{Signer, Verifier};
pub use log::{Entry, Fact, Held, Ingested, Log, SealedRows, SealedSegment};
pub use note::Note;
pub use press::new_id;
pub use read::{find, original, read, read_text};
pub use receipt::receipt;
pub use repair::Repaired;
pub use revisit::{Originals, may_revisit};
pub use scan::{Scan, scan, segments};
pub use seal::Leaf;
pub use tree::{Tree, climb};
pub use verify::{
    Audit, Finding, Folder, Named, Package, Proven, Report, Sealed, Served, Subject, is_audit_pack, verify_audit, verify_folder,
    verify_package,
};
