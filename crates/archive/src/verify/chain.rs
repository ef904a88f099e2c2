//! The log: each line, and how each follows the one before.

use model::Digest;

use super::{Report, Subject};
use crate::log::{Entry, read_line};

/// The log as far as it can be read.
pub(super) struct Chain {
    /// The entries in order; none where a line is damaged.
    pub(super) entries: Vec<Option<Entry>>,
}

impl Chain {
    pub(super) fn read(text: &[u8], report: &mut Report) -> Self {
        let mut entries = Vec::new();
        // After a damaged entry its true hash is not known: what the next says of it is all there is.
        let mut previous = Some(Digest([0; 32]));
        let mut latest = None;
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let no = entries.len() as u64 + 1;
            report.entries += 1;
            let whole = line.strip_suffix(b"\n").ok_or_else(|| "its line has no end: its writer was stopped there".to_owned());
            let read = whole.and_then(|line| read_line(line, no, previous.unwrap_or_else(|| previous_of(line))));
            match read {
                Ok((entry, hash)) => {
                    if latest.is_some_and(|latest| entry.at < latest) {
                        report.remark(Subject::Entry(no), format!("the clock stood at {}, before the entry above it", entry.at));
                    }
                    latest = Some(entry.at);
                    previous = Some(hash);
                    entries.push(Some(entry));
                }
                Err(what) => {
                    report.fault(Subject::Entry(no), what);
                    previous = None;
                    entries.push(None);
                }
            }
        }
        Self { entries }
    }

    /// The entries that could be read.
    pub(super) fn good(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    /// All entries up to `size`, if none of them is damaged or missing.
    pub(super) fn whole(&self, size: usize) -> Option<Vec<Entry>> {
        self.entries.get(..size)?.iter().cloned().collect()
    }

    /// Whether a line is damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.entries.iter().any(Option::is_none)
    }
}

/// What a line says of the entry before it.
fn previous_of(line: &[u8]) -> Digest {
    let value: Option<serde_json::Value> = serde_json::from_slice(line).ok();
    let said = value.as_ref().and_then(|line| line["entry"]["previous"].as_str()).and_then(|text| text.parse().ok());
    said.unwrap_or(Digest([0; 32]))
}
