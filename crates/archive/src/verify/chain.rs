//! The log: each line, and how each follows the one before.

use model::{Digest, Time};

use super::{Report, Subject};
use crate::log::{Entry, read_line};

/// Entries in a row that may be missing; a number beyond that is taken for damage.
const MOST_MISSING: u64 = 10_000;

/// The log as far as it can be read.
#[derive(Default)]
pub(super) struct Chain {
    /// The entries in order; none where one is damaged or missing.
    pub(super) entries: Vec<Option<Entry>>,
    /// Hash of the last one; none if it is not known.
    previous: Option<Digest>,
    latest: Option<Time>,
}

impl Chain {
    pub(super) fn read(text: &[u8], report: &mut Report) -> Self {
        let mut chain = Self { previous: Some(Digest([0; 32])), ..Self::default() };
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            report.entries += 1;
            let whole = line.strip_suffix(b"\n").ok_or_else(|| "its line has no end: its writer was stopped there".to_owned());
            match whole.and_then(read_line) {
                Ok((entry, hash)) => chain.take(entry, hash, report),
                Err(what) => chain.gap(what, report),
            }
        }
        chain
    }

    /// Takes an entry that is sound by itself. One that is missing before it, or that stands elsewhere, does not make
    /// those behind it faults.
    fn take(&mut self, entry: Entry, hash: Digest, report: &mut Report) {
        let no = entry.no;
        if no < self.next() {
            report.fault(Subject::Entry(no), format!("it stands behind entry {}, again or out of its order", self.next() - 1));
            let place = usize::try_from(no).ok().and_then(|no| no.checked_sub(1)).and_then(|at| self.entries.get_mut(at));
            if let Some(place) = place.filter(|place| place.is_none()) {
                *place = Some(entry);
            }
            return;
        }
        if no - self.next() > MOST_MISSING {
            return self.gap(format!("it is numbered {no}, and stands at {}", self.next()), report);
        }
        while self.next() < no {
            self.gap(format!("it is missing: entry {no} stands in its place"), report);
        }
        if self.previous.is_some_and(|previous| previous != entry.previous) {
            return self.gap("it does not follow the entry before it".to_owned(), report);
        }
        if self.latest.is_some_and(|latest| entry.at < latest) {
            report.remark(Subject::Entry(no), format!("the clock stood at {}, before the entry above it", entry.at));
        }
        self.latest = Some(entry.at);
        self.previous = Some(hash);
        self.entries.push(Some(entry));
    }

    /// Notes that the next entry cannot be used. Its true hash is not known: what follows cannot be held against it.
    fn gap(&mut self, what: String, report: &mut Report) {
        report.fault(Subject::Entry(self.next()), what);
        self.previous = None;
        self.entries.push(None);
    }

    /// The number that the next entry should have.
    fn next(&self) -> u64 {
        self.entries.len() as u64 + 1
    }

    /// The entries that could be read.
    pub(super) fn good(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    /// All entries up to `size`, if none of them is damaged or missing.
    pub(super) fn whole(&self, size: usize) -> Option<Vec<Entry>> {
        self.entries.get(..size)?.iter().cloned().collect()
    }

    /// Whether an entry is damaged or missing.
    pub(super) fn is_damaged(&self) -> bool {
        self.entries.iter().any(Option::is_none)
    }
}
