//! The log: what was sealed and what people decided, in order, each entry bound to the one before.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use model::{Digest, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::canon::{canonical, parse_canonical};
use crate::checkpoint::largest;
use crate::digest::digest;
use crate::error::Error;

/// File name of the log within the archive.
pub(crate) const LOG: &str = "log.jsonl";

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// From 1.
    pub no: u64,
    /// When it was written, by the clock of its machine.
    pub at: Time,
    /// Hash of the entry before, zeros for the first.
    pub previous: Digest,
    /// What it says.
    #[serde(flatten)]
    pub fact: Fact,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "lowercase")]
pub enum Fact {
    /// The archive was begun.
    Archive {
        /// A UUID.
        id: String,
    },
    /// A key comes into force.
    Key {
        /// Its public half, as `NAME+ID+BASE64`.
        verifier: String,
        /// The key that it retires; none for the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<String>,
        /// That key's signature over this one, base64; none for the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signature: Option<String>,
        /// Why, in words.
        reason: String,
    },
    /// A segment was closed.
    Segment(SealedSegment),
    /// The files of a rulebook were put into the archive.
    Rulebook {
        /// Digest of their text, which is that of the record's block.
        digest: Digest,
        /// `WARC-Record-ID` of the resource record.
        record: String,
    },
    /// The rows of a judged run were put into the archive.
    Rows {
        /// Number of the run in its ledger.
        run: i64,
        /// Key of the portal.
        portal: String,
        /// Number of the judging.
        judging: i64,
        /// For each table its rows and where they are.
        tables: BTreeMap<String, SealedRows>,
    },
    /// A row of the ledger that a person made.
    Row {
        /// The table.
        table: String,
        /// All its columns but `entry`.
        row: Value,
    },
    /// A capture that a person brought.
    Ingest(Ingested),
    /// An authority stamped a checkpoint.
    Timestamp {
        /// Size of the checkpoint.
        checkpoint: u64,
        /// Name of the authority.
        authority: String,
        /// Digest of the stamp file.
        digest: Digest,
        /// Certificates of the authority's root, DER in base64.
        trust: Vec<String>,
    },
}

/// What the log says of a closed segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedSegment {
    /// File name.
    pub name: String,
    /// Bytes of whole records.
    pub bytes: u64,
    /// How many records.
    pub records: u64,
    /// Root of the tree over the lines of its seal file.
    pub root: Digest,
    /// Bytes set aside by a repair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub torn: Option<u64>,
}

/// Where sealed rows of a table are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedRows {
    /// How many rows.
    pub count: u64,
    /// `WARC-Record-ID`s of the resource records that hold them.
    pub records: Vec<String>,
}

/// A capture that a person brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ingested {
    /// Key of the portal.
    pub portal: String,
    /// Who, by pseudonym.
    pub by: String,
    /// When it was taken in.
    pub at: Time,
    /// Name of the file.
    pub file: String,
    /// Digest of the file.
    pub digest: Digest,
    /// What the person said of it.
    pub note: String,
    /// `WARC-Record-ID`s of the records taken over.
    pub records: Vec<String>,
}

/// A line of the log file.
#[derive(Serialize, Deserialize)]
struct Line {
    entry: Entry,
    hash: Digest,
}

/// The log of an archive. Any number of processes may append: a lock keeps them apart.
pub struct Log {
    path: PathBuf,
    file: File,
    entries: Vec<Entry>,
    /// Bytes of the entries read so far.
    read: u64,
    last: Digest,
}

impl Log {
    /// Opens the log of an archive that is there.
    pub fn of(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(LOG);
        std::fs::metadata(&path).map_err(Error::io("open log", &path))?;
        Self::open(dir)
    }

    /// As [`Log::of`], and begins archive and log if there are none.
    pub fn begin(dir: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(Error::io("create directory", dir))?;
        Self::open(dir)
    }

    /// Opens the log of an archive for appending; begins it if there is none.
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(LOG);
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(Error::io("open log", &path))?;
        let mut log = Self { path, file, entries: Vec::new(), read: 0, last: Digest([0; 32]) };
        let signed = largest(dir);
        log.refresh()?;
        let entries = log.entries.len() as u64;
        if entries < signed {
            let what = format!("the log ends at entry {entries}, and checkpoint {signed} was signed: put the whole log back");
            return Err(Error::Log { no: entries + 1, path: log.path, what });
        }
        if log.entries.is_empty() {
            let sync = || File::open(dir)?.sync_all();
            sync().map_err(Error::io("sync archive directory", dir))?;
            let mut held = log.hold()?;
            if held.log().entries.is_empty() {
                held.append(Fact::Archive { id: Uuid::now_v7().to_string() })?;
            }
        }
        Ok(log)
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The identity of the archive.
    pub fn archive_id(&self) -> &str {
        match self.entries.first().map(|entry| &entry.fact) {
            Some(Fact::Archive { id }) => id,
            _ => "",
        }
    }

    /// Whether a segment is entered.
    pub(crate) fn has_segment(&self, name: &str) -> bool {
        self.segments().any(|segment| segment.name == name)
    }

    /// The closed segments, in the order they were closed.
    pub fn segments(&self) -> impl Iterator<Item = &SealedSegment> {
        self.entries.iter().filter_map(|entry| match &entry.fact {
            Fact::Segment(segment) => Some(segment),
            _ => None,
        })
    }

    /// Appends an entry; it is on the disk when this returns.
    pub fn append(&mut self, fact: Fact) -> Result<u64, Error> {
        self.hold()?.append(fact)
    }

    /// Keeps all others from appending, and reads what they appended before.
    pub fn hold(&mut self) -> Result<Held<'_>, Error> {
        self.file.lock().map_err(Error::io("lock log", &self.path))?;
        let held = Held(self);
        held.0.refresh()?;
        Ok(held)
    }

    fn write(&mut self, facts: Vec<Fact>) -> Result<(), Error> {
        let length = self.file.metadata().map_err(Error::io("read log", &self.path))?.len();
        if length > self.read {
            // A writer was stopped inside this line. Nobody was told that it is there.
            tracing::warn!(log = %self.path.display(), bytes = length - self.read, "the log ended inside an entry: cut back to its last whole one");
            self.file.set_len(self.read).map_err(Error::io("cut back log", &self.path))?;
        }
        let at = now();
        let (mut lines, mut last, mut entries) = (String::new(), self.last, Vec::with_capacity(facts.len()));
        for fact in facts {
            let no = (self.entries.len() + entries.len()) as u64 + 1;
            let entry = Entry { no, at, previous: last, fact };
            last = digest(canonical(&entry).as_bytes());
            lines.push_str(&canonical(&Line { entry: entry.clone(), hash: last }));
            lines.push('\n');
            entries.push(entry);
        }
        let written = self.file.write_all(lines.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(source) = written {
            // Whether it reached the disk is not known: it must not be there.
            let _ = self.file.set_len(self.read);
            return Err(Error::Io { what: "write to log", path: self.path.clone(), source });
        }
        self.read += lines.len() as u64;
        self.last = last;
        self.entries.extend(entries);
        Ok(())
    }

    /// Reads what other processes appended. An unfinished last line is left alone.
    pub fn refresh(&mut self) -> Result<(), Error> {
        let mut text = Vec::new();
        let read = self.file.seek(SeekFrom::Start(self.read)).and_then(|_| self.file.read_to_end(&mut text));
        read.map_err(Error::io("read log", &self.path))?;
        for line in text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")) {
            let no = self.entries.len() as u64 + 1;
            let read = read_line(&line[..line.len() - 1]);
            let read = read.and_then(|(entry, hash)| follows(&entry, no, self.last).map(|()| (entry, hash)));
            let (entry, hash) = read.map_err(|what| Error::Log { no, path: self.path.clone(), what })?;
            self.entries.push(entry);
            self.last = hash;
            self.read += line.len() as u64;
        }
        Ok(())
    }
}

/// A log to which nobody else can append as long as this lives.
pub struct Held<'a>(&'a mut Log);

impl Held<'_> {
    /// The log.
    pub fn log(&self) -> &Log {
        self.0
    }

    /// The number that the next entry will have.
    pub fn next(&self) -> u64 {
        self.0.entries.len() as u64 + 1
    }

    /// Appends an entry; it is on the disk when this returns. Returns its number.
    pub fn append(&mut self, fact: Fact) -> Result<u64, Error> {
        self.append_all(vec![fact])
    }

    /// Appends entries with one write; they are on the disk when this returns. Returns the number of the last.
    pub fn append_all(&mut self, facts: Vec<Fact>) -> Result<u64, Error> {
        self.0.write(facts)?;
        Ok(self.0.entries.len() as u64)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.file.unlock() {
            tracing::warn!(log = %self.0.path.display(), %error, "the log could not be unlocked");
        }
    }
}

/// The instant by the clock of this machine.
pub(crate) fn now() -> Time {
    Time::from_system(SystemTime::now()).expect("the system clock stands between 1970 and 9999")
}

/// Reads a line of the log; the error says what is wrong with it by itself.
pub(crate) fn read_line(line: &[u8]) -> Result<(Entry, Digest), String> {
    let line = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    let read: Line = parse_canonical(line)?;
    // What reads as the same may be written in other ways, an instant for one: the bytes are what was hashed.
    if canonical(&read) != line {
        return Err("it is not written as an entry is".to_owned());
    }
    let Line { entry, hash } = read;
    let found = digest(canonical(&entry).as_bytes());
    if found == hash { Ok((entry, hash)) } else { Err(format!("its hash is {hash}, what it says gives {found}")) }
}

/// Whether an entry has the number of its place and names the one before it.
fn follows(entry: &Entry, no: u64, previous: Digest) -> Result<(), String> {
    match () {
        () if entry.no != no => Err(format!("it is numbered {}, and stands at {no}", entry.no)),
        () if entry.previous != previous => Err("it does not follow the entry before it".to_owned()),
        () => Ok(()),
    }
}
