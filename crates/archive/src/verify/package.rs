//! A WACZ that proves itself: the container, its files, each record up to a signature, and each quote in its text.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufReader, Read};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::Value;

use super::notes;
use super::proven::{self, Proven};
use super::quotes::{Sealed, quotes};
use super::served::Served;
use super::{Report, Subject};
use crate::canon::{canonical, parse_canonical};
use crate::digest::{digest, digest_of};
use crate::fields::{REVISIT, RawRecord};
use crate::key::Verifier;
use crate::log::Fact;
use crate::member;
use crate::proof::{Hex, RecordProof};
use crate::tree::climb;
use crate::wacz::{self, At, Container, SPKI, Wacz};

/// Bytes of the largest file that is read whole.
const MOST: u64 = 512 << 20;

/// A verified package: what it says.
#[derive(Default)]
pub struct Package {
    /// What does not fit.
    pub report: Report,
    /// The entries of the log that came along, proven.
    pub proven: Proven,
    /// Who stamped it, as the authorities say it.
    pub stamps: Vec<String>,
    /// Rows and texts.
    pub sealed: Sealed,
    /// Head fields of each record, and where it was sealed: segment, offset, index.
    pub records: HashMap<String, (Vec<(String, String)>, String)>,
    /// What servers said of themselves, by the identifier of the response.
    pub served: HashMap<String, Served>,
    /// Records whose bytes are not those that were sealed.
    pub damaged: Vec<String>,
}

/// Checks a package. It fails only by findings: whatever is wrong with it is in the report.
pub fn verify_package(path: &Path, trusted: &[Verifier]) -> Package {
    let mut package = Package::default();
    match wacz::check(path) {
        Ok(()) => {}
        Err(At::Byte { offset, what, .. }) => {
            package.report.fault(Subject::Container(offset), format!("the container is not as it was written: {what}"))
        }
        Err(At::Unreadable { source, .. }) => package.report.fault(file("."), format!("it cannot be read: {source}")),
    }
    let sound = package.report.findings.is_empty();
    match Wacz::open(path) {
        Ok(mut container) => {
            package.read(&mut container, trusted);
            if !sound {
                package.checksums(&mut container);
            }
        }
        Err(refusal) => package.report.fault(file("."), refusal.to_string()),
    }
    package
}

fn file(name: &str) -> Subject {
    Subject::File(name.to_owned())
}

impl Package {
    fn read(&mut self, container: &mut Container, trusted: &[Verifier]) {
        let list = self.whole(container, "datapackage.json");
        self.files(container, &list);
        self.proven_entries(container, trusted);
        self.signature(container, &list);
        self.stamped(container);
        let proofs = self.proven_records(container);
        self.warc(container, &proofs);
        self.pages(container);
        for (key, what) in quotes(&self.sealed) {
            self.report.fault(Subject::Row("evidence", key), what);
        }
    }

    /// Names each file whose bytes are not those of its checksum: what is in no list is damaged without a trace else.
    fn checksums(&mut self, container: &mut Container) {
        let names: Vec<String> = container.entries().iter().map(|entry| entry.name.clone()).collect();
        for name in names {
            let read = container.stream(&name).map_err(|refusal| refusal.to_string());
            let read =
                read.and_then(|mut stream| std::io::copy(&mut stream, &mut std::io::sink()).map_err(|error| error.to_string()));
            if let Err(what) = read {
                self.report.fault(file(&name), what);
            }
        }
    }

    /// A file; empty, and named, if it cannot be read.
    fn whole(&mut self, container: &mut Container, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let read = container
            .damaged(name)
            .map_err(|refusal| refusal.to_string())
            .and_then(|stream| stream.take(MOST).read_to_end(&mut bytes).map_err(|error| error.to_string()));
        if let Err(what) = read {
            self.report.fault(file(name), format!("it cannot be read: {what}"));
        }
        bytes
    }

    /// The lines of a file.
    fn lines(&mut self, container: &mut Container, name: &str) -> Vec<String> {
        let bytes = self.whole(container, name);
        match String::from_utf8(bytes) {
            Ok(text) => text.lines().map(str::to_owned).collect(),
            Err(_) => {
                self.report.fault(file(name), "it is not UTF-8");
                Vec::new()
            }
        }
    }

    /// Every file against the list, and the list against what is there.
    fn files(&mut self, container: &mut Container, list: &[u8]) {
        let list: Value = serde_json::from_slice(list).unwrap_or_default();
        let mut listed = BTreeSet::from(["datapackage.json".to_owned(), "datapackage-digest.json".to_owned()]);
        for resource in list["resources"].as_array().into_iter().flatten() {
            let path = resource["path"].as_str().unwrap_or_default().to_owned();
            let found = container
                .stream(&path)
                .map_err(|refusal| refusal.to_string())
                .and_then(|stream| digest_of(stream).map_err(|error| error.to_string()));
            match found {
                Ok((sum, bytes)) if resource["hash"] == sum.to_string() && resource["bytes"] == bytes => {}
                Ok(_) => self.report.fault(file(&path), "it is not the file that datapackage.json lists"),
                Err(what) => self.report.fault(file(&path), format!("datapackage.json lists it, and it cannot be read: {what}")),
            }
            listed.insert(path);
        }
        let strange: Vec<String> =
            container.entries().iter().map(|entry| entry.name.clone()).filter(|name| !listed.contains(name)).collect();
        for name in strange {
            self.report.fault(file(&name), "datapackage.json does not list it");
        }
    }

    /// The entries of the log, each up to the signed root.
    fn proven_entries(&mut self, container: &mut Container, trusted: &[Verifier]) {
        let note = self.whole(container, "proof/checkpoint.txt");
        let lines = self.whole(container, "proof/entries.jsonl");
        self.proven = proven::entries(&lines, &note, trusted, &mut self.report);
    }

    fn signature(&mut self, container: &mut Container, list: &[u8]) {
        let seal: Value = serde_json::from_slice(&self.whole(container, "datapackage-digest.json")).unwrap_or_default();
        let sum = digest(list).to_string();
        let whole = seal["path"] == "datapackage.json" && seal["hash"] == sum;
        let signed = &seal["signedData"];
        if !whole {
            // The digest stands there twice: what is signed tells which of the two files was changed.
            let changed = if signed["hash"] == sum { "datapackage-digest.json" } else { "datapackage.json" };
            self.report.fault(file(changed), format!("the digest of datapackage.json is {sum}, and another is signed or said"));
        }
        let text = |name: &str| signed[name].as_str().unwrap_or_default();
        let key = self.proven.checkpoint.as_ref().and_then(|checkpoint| self.proven.keys.at(checkpoint.size));
        let checked = match key {
            _ if signed.is_null() => Err("nobody signed the list of files".to_owned()),
            None => Err("there is no key in force to check it with".to_owned()),
            Some(key) if text("publicKey") != STANDARD.encode([&SPKI[..], key.public()].concat()) => {
                Err(format!("it is not by the key in force, {key}"))
            }
            Some(key) if !key.accepts(text("hash").as_bytes(), &STANDARD.decode(text("signature")).unwrap_or_default()) => {
                Err("it does not fit".to_owned())
            }
            Some(_) if text("hash") != sum => Err("it is over another list of files".to_owned()),
            Some(_) => Ok(()),
        };
        if let Err(what) = checked {
            self.report.fault(Subject::Signature, what);
        }
        if whole && canonical(&seal).as_bytes() != self.whole(container, "datapackage-digest.json") {
            self.report.fault(file("datapackage-digest.json"), "it is not canonical JSON");
        }
    }

    fn stamped(&mut self, container: &mut Container) {
        if container.entry("proof/stamps.jsonl").is_none() {
            return;
        }
        let size = self.proven.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.size);
        let note = self.whole(container, "proof/checkpoint.txt");
        for line in self.lines(container, "proof/stamps.jsonl") {
            let read =
                |authority: &str| container.bytes(&format!("proof/{authority}.tsr"), MOST).map_err(|refusal| refusal.to_string());
            match notes::stamp_line(&line, &note, read) {
                Ok(told) => self.stamps.push(told),
                Err((authority, what)) => self.report.fault(Subject::Stamp(size, authority), what),
            }
        }
    }

    /// What `proof/records.jsonl` says of each record, up to the root of its segment.
    fn proven_records(&mut self, container: &mut Container) -> Vec<RecordProof> {
        let bytes = self.whole(container, "proof/records.jsonl");
        let segments: HashMap<&str, &crate::log::SealedSegment> = self
            .proven
            .entries
            .iter()
            .filter_map(
                |entry| if let Fact::Segment(segment) = &entry.fact { Some((segment.name.as_str(), segment)) } else { None },
            )
            .collect();
        let (mut proofs, mut faults) = (Vec::new(), Vec::new());
        for (n, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            let checked = parse_canonical::<RecordProof>(line).and_then(|proof| {
                let segment = segments
                    .get(proof.segment.as_str())
                    .ok_or_else(|| format!("no entry is there for the segment {}", proof.segment))?;
                let root =
                    Hex::path(&proof.path).and_then(|path| climb(proof.line.line().as_bytes(), proof.index, proof.size, &path));
                if root == Some(segment.root) && proof.size == segment.records {
                    Ok(proof)
                } else {
                    Err("its path does not lead to the root of its segment".to_owned())
                }
            });
            match checked {
                Ok(proof) => proofs.push(proof),
                Err(what) => faults.push((n + 1, what)),
            }
        }
        for (line, what) in faults {
            self.report.fault(Subject::ProofLine(line), what);
        }
        proofs
    }

    /// Each record of the WARC file against its proof, and the index against the records.
    fn warc(&mut self, container: &mut Container, proofs: &[RecordProof]) {
        let names: Vec<String> =
            container.entries().iter().map(|entry| entry.name.clone()).filter(|name| name.starts_with("archive/")).collect();
        let [name] = names.as_slice() else {
            return self.report.fault(file("archive/"), format!("{} WARC files instead of one", names.len()));
        };
        let short = name.trim_start_matches("archive/").to_owned();
        let mut offset = 0;
        let mut indexed = Vec::new();
        let mut stream = match container.damaged(name) {
            Ok(stream) => BufReader::with_capacity(1 << 20, stream),
            Err(refusal) => return self.report.fault(file(name), refusal.to_string()),
        };
        let mut bytes = Vec::new();
        for proof in proofs {
            bytes.clear();
            let subject = || Subject::Record { id: proof.line.id.clone(), segment: short.clone() };
            if let Err(error) = stream.by_ref().take(proof.line.length).read_to_end(&mut bytes) {
                self.report.fault(subject(), format!("it cannot be read: {error}"));
            }
            self.report.records += 1;
            if digest(&bytes) != proof.line.digest {
                self.report.fault(subject(), "its bytes are not those that were sealed");
                self.damaged.push(proof.line.id.clone());
            } else if let Ok(Some(record)) = member::next(&mut &bytes[..], offset) {
                indexed.extend(wacz::line(&record, offset, &short));
                self.keep(record, proof);
            } else {
                self.report.fault(subject(), "it is sealed, and is no record");
            }
            offset += proof.line.length;
        }
        if stream.read(&mut [0]).is_ok_and(|more| more > 0) {
            self.report.fault(file(name), format!("records that nothing proves stand behind byte {offset}"));
        }
        drop(stream);
        self.originals(&short);
        self.index(container, indexed);
    }

    fn keep(&mut self, record: RawRecord, proof: &RecordProof) {
        let place = format!(
            "record {} of {} of the segment {}, digest as kept {}",
            proof.index + 1,
            proof.size,
            proof.segment,
            proof.line.digest
        );
        self.sealed.take(&record);
        Served::take(&mut self.served, &record);
        self.records.insert(record.id().to_owned(), (record.fields, place));
    }

    /// The body of each revisit must have come along: a response with the payload that the revisit saw.
    fn originals(&mut self, warc: &str) {
        // A damaged response is named already.
        if !self.report.is_good() {
            return;
        }
        let field = |id: &str, name: &str| {
            let (fields, _) = self.records.get(id)?;
            fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
        };
        let revisits = self.records.keys().filter(|id| field(id, "WARC-Type") == Some(REVISIT));
        let mut faults: Vec<(String, String)> = Vec::new();
        for id in revisits {
            let of = field(id, "WARC-Refers-To").unwrap_or_default().trim_start_matches('<').trim_end_matches('>');
            let payload = |id| field(id, "WARC-Payload-Digest");
            if field(of, "WARC-Type") != Some("response") || payload(of).is_none() || payload(of) != payload(id) {
                faults.push((id.clone(), format!("no response with its payload is there as the record `{of}` it refers to")));
            }
        }
        faults.sort();
        for (id, what) in faults {
            self.report.fault(Subject::Record { id, segment: warc.to_owned() }, what);
        }
    }

    fn index(&mut self, container: &mut Container, mut expected: Vec<String>) {
        let packed = self.whole(container, "indexes/index.cdx.gz");
        let mut text = String::new();
        if GzDecoder::new(&packed[..]).take(MOST).read_to_string(&mut text).is_err() {
            return self.report.fault(file("indexes/index.cdx.gz"), "it cannot be unpacked");
        }
        expected.sort_unstable();
        expected.dedup();
        // Damaged records are named already; what they should have in the index is not known.
        let all = self.report.is_good();
        for (n, line) in text.lines().enumerate() {
            if expected.binary_search_by(|one| one.as_str().cmp(line)).is_err() && all {
                self.report.fault(Subject::IndexLine(n + 1), "no record is as it says");
            }
        }
        if all && text.lines().count() != expected.len() {
            self.report
                .fault(file("indexes/index.cdx.gz"), format!("{} lines for {} records", text.lines().count(), expected.len()));
        }
    }

    fn pages(&mut self, container: &mut Container) {
        for (n, line) in self.lines(container, "pages/pages.jsonl").iter().enumerate().skip(1) {
            let page: Value = serde_json::from_str(line).unwrap_or_default();
            let good = wacz::id(&page).is_some_and(|id| page["id"] == id) && canonical(&page) == *line;
            if !good {
                let named = page["url"].as_str().map_or_else(|| format!("line {}", n + 1), str::to_owned);
                self.report.fault(Subject::Page(named), "the line is not the one that was written");
            }
        }
    }
}
