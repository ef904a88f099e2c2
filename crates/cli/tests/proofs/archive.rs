//! What an archive holds: bytes for every row, and the pace of the requests by their dates.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Duration;

use archive::{Error, RawRecord, scan, segments};
use model::{Record, Time};
use url::Url;

/// All segments of an archive, read once from end to end, every digest checked.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Records by segment and offset.
    places: HashMap<(String, u64), Record>,
    /// When each host, and each address, was asked.
    asked: BTreeMap<String, Vec<Time>>,
    /// Segments.
    pub(crate) segments: usize,
    /// Segments that end inside a record, as a kill in the middle of a write leaves them.
    pub(crate) torn: usize,
    /// What is wrong.
    faults: Vec<String>,
}

/// Reads an archive.
pub(crate) fn read(folder: &Path) -> Held {
    let mut held = Held::default();
    // A process that was killed early has made no archive yet.
    for segment in segments(folder).unwrap_or_default() {
        held.segments += 1;
        let name = segment.file_name().unwrap().to_str().unwrap().to_owned();
        for record in scan(&segment).unwrap() {
            match record {
                Ok(record) => held.take(&name, &record),
                Err(Error::Torn { .. }) => held.torn += 1,
                Err(error) => held.faults.push(format!("{name}: {error}")),
            }
        }
    }
    held
}

impl Held {
    /// What is wrong with the bytes behind these rows.
    pub(crate) fn faults(&self, folder: &Path, rows: &[Record]) -> Vec<String> {
        let mut faults = self.faults.clone();
        for row in rows {
            if self.places.get(&(row.segment.clone(), row.offset)) != Some(row) {
                faults.push(format!("row without bytes: {row:?}"));
            } else if matches!(&*row.kind, "response" | "revisit")
                && let Err(error) = archive::read(folder, row)
            {
                faults.push(format!("row with unreadable bytes: {error}"));
            }
        }
        faults
    }

    /// The shortest time from one request to the next, to one host or one address, and to which.
    pub(crate) fn smallest_gap(&self) -> Option<(Duration, String)> {
        let gaps = self.asked.iter().flat_map(|(whom, times)| {
            let mut times = times.clone();
            times.sort();
            let gaps: Vec<Duration> = times.windows(2).map(|pair| pair[1].since(pair[0])).collect();
            gaps.into_iter().map(|gap| (gap, whom.clone()))
        });
        gaps.min()
    }

    fn take(&mut self, segment: &str, raw: &RawRecord) {
        if let Some(record) = raw.record(segment) {
            self.places.insert((segment.to_owned(), raw.offset), record);
        }
        if matches!(raw.kind(), "response" | "revisit") {
            let host = raw.field("WARC-Target-URI").and_then(|url| Url::parse(url).ok()).unwrap();
            let address = raw.field("WARC-IP-Address").unwrap().to_owned();
            for whom in [host.host_str().unwrap().to_owned(), address] {
                self.asked.entry(whom).or_default().push(raw.date().unwrap());
            }
        }
    }
}
