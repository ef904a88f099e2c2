//! A file that a person brought, read twice: for its requests, then for its responses.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use model::{Digest, Headers, Time};

use super::Limits;
use super::fault::{Fault, shown};
use super::flaw::Flaw;
use super::message::Message;
use super::offer::{Offer, offer, target};
use super::record::{Found, Records};
use crate::digest::digest;
use crate::fields::RawRecord;
use crate::wacz::{self, Foreign, Refusal};

/// A WARC file or a WACZ of a stranger.
#[derive(Debug)]
pub struct Brought {
    kind: Kind,
    limits: Limits,
}

#[derive(Debug)]
enum Kind {
    Warc(File),
    Wacz(Box<Foreign>),
}

/// What the first reading found.
#[derive(Debug, Default)]
pub struct Looked {
    requests: Vec<Asked>,
    /// Places in `requests`: by the response that a request names, by its own name, by its address.
    by_response: HashMap<Digest, usize>,
    by_id: HashMap<Digest, usize>,
    by_address: HashMap<Digest, usize>,
    /// Fields in it that identify or admit a person, by name; empty in a file that may be kept as it is.
    pub of_persons: BTreeSet<&'static str>,
}

/// A request of a stranger's file.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) headers: Headers,
    pub(super) authorized: bool,
    pub(super) dropped: Vec<&'static str>,
}

/// What the second reading did not offer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many responses were offered.
    pub offered: u64,
    /// Records that are refused.
    pub refused: Vec<Refused>,
    /// How many records of other types were passed over.
    pub passed: BTreeMap<&'static str, u64>,
}

/// A record that is refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which, as in `record 3 of archive/data.warc.gz`.
    pub record: String,
    /// Its address, safe to show.
    pub url: String,
    /// Why.
    pub flaw: Flaw,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}): {}", self.record, self.url, self.flaw)
    }
}

impl Brought {
    /// Opens a file. Of a WACZ every header and every digest that it gives is checked.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Fault> {
        let failed = |source| Fault::Io { what: "open", source };
        let mut file = File::open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(std::io::Error::other("it is no plain file")));
        }
        let mut start = Vec::new();
        file.by_ref().take(2).read_to_end(&mut start).map_err(|source| Fault::Io { what: "read", source })?;
        let kind = if start == b"PK" {
            let mut foreign = Foreign::of(file, &wacz::Limits::STRANGER).map_err(package)?;
            foreign.check().map_err(package)?;
            Kind::Wacz(Box::new(foreign))
        } else {
            Kind::Warc(file)
        };
        Ok(Self { kind, limits: limits.clone() })
    }

    /// The first reading: requests, and whether the file is whole.
    pub fn look(&mut self) -> Result<Looked, Fault> {
        let mut looked = Looked::default();
        let (limit, mut held) = (self.limits.requests, 0);
        self.each::<Fault>(|_, found| {
            looked.look(&found.record);
            if found.record.kind() == "request" {
                held += looked.remember(&found.record);
            }
            if held > limit { Err(Fault::RequestsTooLarge { limit }) } else { Ok(()) }
        })?;
        Ok(looked)
    }

    /// The second reading: offers every response that nothing is wrong with, one after the other.
    pub fn take<E: From<Fault>>(
        &mut self,
        looked: &Looked,
        now: Time,
        mut sink: impl FnMut(Offer) -> Result<(), E>,
    ) -> Result<Taken, E> {
        let (mut taken, limit) = (Taken::default(), self.limits.block);
        let mut seen: HashSet<Digest> = HashSet::new();
        self.each::<E>(|file, found| {
            let passed = match found.record.kind() {
                "response" | "revisit" => None,
                "warcinfo" => Some("warcinfo"),
                "request" => Some("request"),
                "metadata" => Some("metadata"),
                "resource" => Some("resource"),
                "conversion" => Some("conversion"),
                "continuation" => Some("continuation"),
                _ => Some("of other types"),
            };
            if let Some(kind) = passed {
                *taken.passed.entry(kind).or_default() += 1;
                return Ok(());
            }
            let record = file.map_or_else(|| format!("record {}", found.no), |file| format!("record {} of {file}", found.no));
            let url = shown(target(&found.record).as_bytes());
            let again = !found.record.id().is_empty() && !seen.insert(digest(found.record.id().as_bytes()));
            let offered = match () {
                () if found.record.kind() == "revisit" => Err(Flaw::Revisit),
                () if again => Err(Flaw::SameId),
                () => {
                    let asked = looked.asked(&found.record);
                    offer(found, asked, now, limit)
                }
            };
            match offered {
                Ok(offer) => {
                    taken.offered += 1;
                    sink(offer)?;
                }
                Err(flaw) => taken.refused.push(Refused { record, url, flaw }),
            }
            Ok(())
        })?;
        Ok(taken)
    }

    /// Gives every record in order, with the name of its file within a package.
    fn each<E: From<Fault>>(&mut self, mut give: impl FnMut(Option<&str>, Found) -> Result<(), E>) -> Result<(), E> {
        match &mut self.kind {
            Kind::Warc(file) => {
                file.rewind().map_err(|source| Fault::Io { what: "read", source })?;
                let mut records = Records::of(&mut *file, &self.limits, 0)?;
                while let Some(found) = records.next()? {
                    give(None, found)?;
                }
            }
            Kind::Wacz(foreign) => {
                let mut before = 0;
                for name in foreign.warcs().to_vec() {
                    let within = |fault| match fault {
                        Fault::Package(_) | Fault::TooManyRecords { .. } => fault,
                        other => Fault::Within { name: name.clone(), fault: Box::new(other) },
                    };
                    let stream = foreign.stream(&name).map_err(package)?;
                    let mut records = Records::of(stream, &self.limits, before).map_err(within)?;
                    loop {
                        match records.next() {
                            Ok(Some(found)) => give(Some(&name), found)?,
                            // A package may have an empty file among others.
                            Ok(None) | Err(Fault::Empty) => break,
                            Err(fault) => return Err(within(fault).into()),
                        }
                    }
                    before += records.count();
                }
            }
        }
        Ok(())
    }
}

fn package(refusal: Refusal) -> Fault {
    Fault::Package(refusal)
}

impl Looked {
    /// Notes what identifies or admits a person, in records of any fate.
    fn look(&mut self, record: &RawRecord) {
        if let Some(message) = Message::of(&record.block) {
            self.of_persons.extend(message.dropped);
        }
        if url::Url::parse(target(record)).is_ok_and(|url| !url.username().is_empty() || url.password().is_some()) {
            self.of_persons.insert("an address with a password");
        }
    }

    /// Keeps a request until its response comes; returns how many bytes that takes.
    fn remember(&mut self, record: &RawRecord) -> u64 {
        let Some(message) = Message::of(&record.block) else { return 0 };
        let asked = Asked {
            method: message.method().chars().take(20).collect(),
            authorized: message.dropped.contains(&"authorization"),
            headers: message.headers,
            dropped: message.dropped,
        };
        let place = self.requests.len();
        let response = record.concurrent_to().map(|id| digest(id.as_bytes()));
        let before =
            response.and_then(|response| self.by_response.get(&response)).and_then(|place| self.requests.get_mut(*place));
        if let Some(before) = before {
            // Which of the two was answered is not known: the one that says less for it counts.
            before.authorized |= asked.authorized;
            before.dropped.extend(asked.dropped);
            return 0;
        }
        if let Some(response) = response {
            self.by_response.insert(response, place);
        } else {
            self.by_address.insert(digest(target(record).as_bytes()), place);
        }
        self.by_id.insert(digest(record.id().as_bytes()), place);
        self.requests.push(asked);
        message.body as u64 + 256
    }

    /// The request of a response: the one that names it, the one that it names, or one of its address that names none.
    fn asked(&self, response: &RawRecord) -> Option<&Asked> {
        let by_response = self.by_response.get(&digest(response.id().as_bytes()));
        let named = || response.concurrent_to().and_then(|id| self.by_id.get(&digest(id.as_bytes())));
        let by_address = || self.by_address.get(&digest(target(response).as_bytes()));
        by_response.or_else(named).or_else(by_address).and_then(|place| self.requests.get(*place))
    }
}
