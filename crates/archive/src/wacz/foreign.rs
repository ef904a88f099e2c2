//! A stranger's WACZ, for taking in: its WARC files as streams, and its own digests held against its bytes.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use md5::Md5;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::directory::Limits;
use super::open::{Container, Stream};
use super::refusal::Refusal;

const PACKAGE: &str = "datapackage.json";
const PACKAGE_DIGEST: &str = "datapackage-digest.json";
/// Bytes of the largest `datapackage.json` that is read.
const MAX_PACKAGE: u64 = 16 << 20;

/// A package of a stranger that has at least one WARC file.
#[derive(Debug)]
pub struct Foreign<R = File> {
    container: Container<R>,
    warcs: Vec<String>,
}

/// What the digests of a package said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hashes {
    /// There is a `datapackage.json`.
    pub listed: bool,
    /// There is a `datapackage-digest.json`, and it is right about `datapackage.json`. Who signed it is not looked at.
    pub sealed: bool,
    /// Files whose digest is right.
    pub right: Vec<String>,
    /// Files of which no digest is given; their bytes rest on the checksums of the container alone.
    pub unlisted: Vec<String>,
    /// Files whose digest is MD5, which a forger can imitate.
    pub weak: Vec<String>,
}

impl Foreign {
    /// Opens a file and looks through its headers.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Refusal> {
        Self::of(File::open(path).map_err(Refusal::io("open"))?, limits)
    }
}

impl<R: Read + Seek> Foreign<R> {
    /// Opens a stream from its beginning and looks through its headers.
    pub fn of(stream: R, limits: &Limits) -> Result<Self, Refusal> {
        let container = Container::of(stream, limits)?;
        let is_warc = |name: &str| {
            let inside = name.strip_prefix("archive/").filter(|rest| !rest.contains('/'));
            inside.is_some_and(|rest| rest.ends_with(".warc") || rest.ends_with(".warc.gz"))
        };
        let names = container.entries().iter().map(|entry| &entry.name);
        let warcs: Vec<String> = names.filter(|name| is_warc(name)).cloned().collect();
        if warcs.is_empty() { Err(Refusal::NoWarc) } else { Ok(Self { container, warcs }) }
    }

    /// Its WARC files, as they stand in the directory.
    pub fn warcs(&self) -> &[String] {
        &self.warcs
    }

    /// The container, for its other files.
    pub fn container(&mut self) -> &mut Container<R> {
        &mut self.container
    }

    /// The bytes of one of its files, checked as they are read.
    pub fn stream(&mut self, name: &str) -> Result<Stream<'_, R>, Refusal> {
        self.container.stream(name)
    }

    /// Holds every digest that the package gives against the bytes. Reads each file once.
    pub fn check(&mut self) -> Result<Hashes, Refusal> {
        let mut hashes = Hashes::default();
        let mut listed = BTreeSet::new();
        if self.container.entry(PACKAGE).is_some() {
            let package = self.json(PACKAGE)?;
            hashes.listed = true;
            let resources = package.get("resources").and_then(Value::as_array);
            for resource in resources.ok_or_else(|| bad(PACKAGE, "it has no list `resources`"))? {
                let name = text(resource, "path", PACKAGE)?;
                if !listed.insert(name.to_owned()) {
                    return Err(Refusal::ListedTwice { name: name.to_owned() });
                }
                self.resource(name, resource, &mut hashes)?;
            }
            hashes.sealed = self.seal()?;
        }
        let names = self.container.entries().iter().map(|entry| &entry.name);
        let known = |name: &String| listed.contains(name) || [PACKAGE, PACKAGE_DIGEST].contains(&name.as_str());
        hashes.unlisted = names.filter(|name| !name.ends_with('/') && !known(name)).cloned().collect();
        Ok(hashes)
    }

    fn resource(&mut self, name: &str, resource: &Value, hashes: &mut Hashes) -> Result<(), Refusal> {
        let found = self.container.entry(name).ok_or_else(|| Refusal::NoSuchFile { name: name.to_owned() })?.size;
        if let Some(said) = resource.get("bytes") {
            let said = said.as_u64().ok_or_else(|| bad(PACKAGE, "`bytes` is no whole number"))?;
            if said != found {
                return Err(Refusal::WrongSize { name: name.to_owned(), said, found });
            }
        }
        let said = text(resource, "hash", PACKAGE)?;
        self.compare(name, said)?;
        if said.starts_with("md5:") {
            hashes.weak.push(name.to_owned());
        }
        hashes.right.push(name.to_owned());
        Ok(())
    }

    /// Whether there is a digest of `datapackage.json`; it must be right.
    fn seal(&mut self) -> Result<bool, Refusal> {
        if self.container.entry(PACKAGE_DIGEST).is_none() {
            return Ok(false);
        }
        let seal = self.json(PACKAGE_DIGEST)?;
        if text(&seal, "path", PACKAGE_DIGEST)? != PACKAGE {
            return Err(bad(PACKAGE_DIGEST, "its `path` is not `datapackage.json`"));
        }
        self.compare(PACKAGE, text(&seal, "hash", PACKAGE_DIGEST)?)?;
        Ok(true)
    }

    fn compare(&mut self, name: &str, said: &str) -> Result<(), Refusal> {
        let unknown = || Refusal::UnknownDigest { name: name.to_owned(), said: said.chars().take(100).collect() };
        let (kind, hex) = said.split_once(':').ok_or_else(unknown)?;
        let mut kind = match (kind, hex.len()) {
            ("sha256", 64) => Kind::Sha256(Sha256::new()),
            ("md5", 32) => Kind::Md5(Md5::new()),
            _ => return Err(unknown()),
        };
        let mut stream = self.container.stream(name)?;
        let mut buffer = vec![0; 64 << 10];
        loop {
            match stream.read(&mut buffer).map_err(Refusal::io("read"))? {
                0 => break,
                n => kind.update(&buffer[..n]),
            }
        }
        let found = kind.finish();
        let same = found.eq_ignore_ascii_case(said);
        if same { Ok(()) } else { Err(Refusal::WrongDigest { name: name.to_owned(), said: said.to_owned(), found }) }
    }

    fn json(&mut self, name: &'static str) -> Result<Value, Refusal> {
        let bytes = self.container.bytes(name, MAX_PACKAGE)?;
        serde_json::from_slice(&bytes).map_err(|error| bad(name, &error.to_string()))
    }
}

fn bad(name: &'static str, what: &str) -> Refusal {
    Refusal::BadPackage { name, what: what.to_owned() }
}

fn text<'a>(value: &'a Value, member: &str, name: &'static str) -> Result<&'a str, Refusal> {
    value.get(member).and_then(Value::as_str).ok_or_else(|| bad(name, &format!("a text `{member}` is missing")))
}

enum Kind {
    Sha256(Sha256),
    Md5(Md5),
}

impl Kind {
    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(sha) => sha.update(bytes),
            Self::Md5(md5) => md5.update(bytes),
        }
    }

    fn finish(self) -> String {
        match self {
            Self::Sha256(sha) => model::Digest(sha.finalize().into()).to_string(),
            Self::Md5(md5) => format!("md5:{}", md5.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
        }
    }
}
