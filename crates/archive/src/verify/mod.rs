//! Verification without trust, network or ledger: each part is checked against the next, up to a signature, and what
//! does not fit is named.

mod audit;
mod chain;
mod folder;
mod notes;
mod package;
mod proven;
mod quotes;
mod segment;
mod served;

use std::fmt::{Display, Formatter};

pub use audit::{Audit, is_audit_pack, verify_audit};
pub use folder::{Folder, verify_folder};
pub(crate) use notes::stamp_name;
pub use package::{Package, verify_package};
pub use proven::Proven;
pub use quotes::Sealed;
pub use served::{Named, Served};

/// What was looked at, and what does not fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order they were found.
    pub findings: Vec<Finding>,
    /// Records that were checked.
    pub records: u64,
    /// Entries of the log that were checked.
    pub entries: u64,
    /// Checkpoints that were checked.
    pub checkpoints: u64,
}

/// One thing that does not fit, or that a reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it breaks the proof.
    pub fault: bool,
    /// The smallest thing at fault.
    pub subject: Subject,
    /// What is wrong with it, in words.
    pub what: String,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A record of a WARC file, by its identifier.
    Record {
        /// `WARC-Record-ID` without brackets.
        id: String,
        /// File name of the segment, or of the WARC file in a WACZ.
        segment: String,
    },
    /// A line of a seal file, from 1.
    SealLine(usize, String),
    /// A segment as a whole.
    Segment(String),
    /// An entry of the log.
    Entry(u64),
    /// A checkpoint by its size; none if there should be one.
    Checkpoint(Option<u64>),
    /// A stamp: size of the checkpoint and authority.
    Stamp(u64, String),
    /// A row of the ledger: its table and its primary key.
    Row(&'static str, String),
    /// A page of a WACZ, by its URL.
    Page(String),
    /// A line of the CDXJ index, from 1.
    IndexLine(usize),
    /// A line of `proof/records.jsonl`, from 1.
    ProofLine(usize),
    /// A line of `proof/entries.jsonl`, from 1.
    ProofEntry(usize),
    /// Another file.
    File(String),
    /// The ZIP container, at a byte.
    Container(u64),
    /// A score: city and code.
    Score(String),
    /// The signature of a package.
    Signature,
    /// The keys that all rests on.
    Keys,
}

impl Report {
    /// Whether nothing breaks the proof.
    pub fn is_good(&self) -> bool {
        self.findings.iter().all(|finding| !finding.fault)
    }

    /// Notes what breaks the proof.
    pub fn fault(&mut self, subject: Subject, what: impl Into<String>) {
        self.findings.push(Finding { fault: true, subject, what: what.into() });
    }

    /// Notes what a reader should know.
    pub fn remark(&mut self, subject: Subject, what: impl Into<String>) {
        self.findings.push(Finding { fault: false, subject, what: what.into() });
    }
}

impl Display for Subject {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Record { id, segment } => write!(f, "record {id} in {segment}"),
            Self::SealLine(line, segment) => write!(f, "seal line {line} of {segment}"),
            Self::Segment(name) => write!(f, "segment {name}"),
            Self::Entry(no) => write!(f, "entry {no}"),
            Self::Checkpoint(Some(size)) => write!(f, "checkpoint {size}"),
            Self::Checkpoint(None) => f.write_str("checkpoint none"),
            Self::Stamp(size, authority) => write!(f, "stamp {size}-{authority}"),
            Self::Row(table, key) => write!(f, "row {table} {key}"),
            Self::Page(url) => write!(f, "page {url}"),
            Self::IndexLine(line) => write!(f, "index line {line}"),
            Self::ProofLine(line) => write!(f, "proof line {line}"),
            Self::ProofEntry(line) => write!(f, "proof entry {line}"),
            Self::File(path) => write!(f, "file {path}"),
            Self::Container(at) => write!(f, "container at byte {at}"),
            Self::Score(score) => write!(f, "score {score}"),
            Self::Signature => f.write_str("signature"),
            Self::Keys => f.write_str("keys"),
        }
    }
}

/// As verifiers print it: severity, subject and words, parted by tabs.
impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let severity = if self.fault { "fault" } else { "remark" };
        let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        write!(f, "{severity}\t{}\t{}", plain(&self.subject.to_string()), plain(&self.what))
    }
}
