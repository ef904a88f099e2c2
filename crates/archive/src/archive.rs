//! The writer: exchanges, texts and misses become records in segments of one directory.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use model::{Digest, Exchange, Record, Time};
use serde_json::Value;
use url::Url;

use crate::Error;
use crate::digest::digest;
use crate::exchange::{self, Parts};
use crate::log::{Fact, Log};
use crate::press::{Draft, Press, new_id};
use crate::repair::{Repaired, repair};
use crate::revisit::{Original, Originals, may_revisit};
use crate::seal::seal;
use crate::segment::Segment;

/// Bytes of the largest block that is written or read.
pub(crate) const MAX_BLOCK: usize = 128 << 20;

/// How to write.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Start of segment names: letters, digits, `-` and `_`.
    pub prefix: String,
    /// A segment that has reached so many bytes gets no further record.
    pub max_segment: u64,
    /// A segment that is so old is closed.
    pub max_age: Duration,
    /// Level of gzip, 0 to 9. Level 1 is the measured choice, see `FORMAT.md`.
    pub level: u32,
    /// Name and version of the program, for the `warcinfo` record.
    pub software: String,
}

/// The writer of an archive. Each writer has segments of its own and never touches those of another, so any number
/// of them may share a directory.
pub struct Archive {
    dir: PathBuf,
    settings: Settings,
    /// What tells this writer's segments from those of others.
    mark: String,
    count: u32,
    press: Press,
    segment: Option<Segment>,
    log: Log,
    repaired: Vec<Repaired>,
    /// Members of the exchange in work, one write for all of them.
    members: Vec<u8>,
}

impl Archive {
    /// Opens a directory for writing, creating it if need be, and closes what killed writers left open. The first segment
    /// is created by the first record.
    pub fn open(dir: &Path, settings: Settings) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(Error::io("create archive directory", dir))?;
        let mut log = Log::open(dir)?;
        let repaired = repair(dir, &mut log)?;
        let id = new_id();
        Ok(Self {
            dir: dir.to_owned(),
            press: Press::new(settings.level),
            settings,
            mark: id[id.len() - 8..].to_owned(),
            count: 0,
            segment: None,
            log,
            repaired,
            members: Vec::new(),
        })
    }

    /// What was closed in the place of writers that were killed.
    pub fn repaired(&self) -> &[Repaired] {
        &self.repaired
    }

    /// The log. What it says of records is true once the segment that holds them is closed.
    pub fn log(&mut self) -> &mut Log {
        &mut self.log
    }

    /// Appends a response, its request and a metadata record with what no HTTP message holds: purpose, timing, TLS
    /// chain, and `about` as the caller gives it. Returns the response's record. Safe to refer to after [`Self::sync`].
    pub fn append(&mut self, exchange: &Exchange, about: &Value) -> Result<Record, Error> {
        self.append_once(exchange, digest(&exchange.body), about, &mut Originals::default())
    }

    /// As [`Self::append`], but a `revisit` record takes the place of the response where one of `known` has the body
    /// already. A response that is written is known from then on. `payload` is the digest of the body.
    pub fn append_once(
        &mut self,
        exchange: &Exchange,
        payload: Digest,
        about: &Value,
        known: &mut Originals,
    ) -> Result<Record, Error> {
        let again = may_revisit(exchange);
        let original = if again { known.get(&self.dir, payload) } else { None };
        let (record, _) = self.put_exchange(exchange, payload, about, original.as_ref())?;
        if again && original.is_none() {
            known.insert(Original::of(exchange, &record));
        }
        Ok(record)
    }

    /// As [`Self::append`]; also returns the identifiers of all three records, for an entry of the log to name them.
    pub fn append_named(&mut self, exchange: &Exchange, about: &Value) -> Result<(Record, [String; 3]), Error> {
        self.put_exchange(exchange, digest(&exchange.body), about, None)
    }

    fn put_exchange(
        &mut self,
        exchange: &Exchange,
        payload: Digest,
        about: &Value,
        original: Option<&Original>,
    ) -> Result<(Record, [String; 3]), Error> {
        let limit = MAX_BLOCK - (1 << 20);
        if exchange.body.len() > limit {
            return Err(Error::TooLarge { url: exchange.url.to_string(), size: exchange.body.len(), limit });
        }
        let parts = Parts::of(exchange, payload, about, original);
        let record = self.write(&parts.drafts(exchange), Some(payload))?;
        Ok((record, parts.ids))
    }

    /// Appends the text extracted from the payload of a response (a `conversion` record).
    pub fn append_text(&mut self, of: &Record, url: &Url, text: &str, at: Time) -> Result<Record, Error> {
        let draft = Draft {
            kind: "conversion",
            id: &new_id(),
            date: at,
            url: Some(url),
            content_type: "text/plain; charset=utf-8",
            fields: vec![("WARC-Refers-To", format!("<{}>", of.id))],
            head: b"",
            body: text.as_bytes(),
        };
        self.write(&[draft], None)
    }

    /// Appends a document of ours (a `resource` record), at a URN of ours.
    ///
    /// # Panics
    /// If `urn` is no URL.
    pub fn append_resource(&mut self, urn: &str, content_type: &'static str, block: &[u8], at: Time) -> Result<Record, Error> {
        let draft = Draft {
            kind: "resource",
            id: &new_id(),
            date: at,
            url: Some(&Url::parse(urn).expect("a URN is a URL")),
            content_type,
            fields: Vec::new(),
            head: b"",
            body: block,
        };
        self.write(&[draft], None)
    }

    /// Appends a metadata record for a URL that brought no page: the name did not resolve, nothing answered, robots.txt
    /// forbade it, a redirect was not followed, the answer was a refusal.
    pub fn append_miss(&mut self, url: &Url, at: Time, about: &Value) -> Result<Record, Error> {
        let block = serde_json::json!({ "about": about }).to_string();
        let draft = Draft {
            kind: "metadata",
            id: &new_id(),
            date: at,
            url: Some(url),
            content_type: "application/json",
            fields: Vec::new(),
            head: b"",
            body: block.as_bytes(),
        };
        self.write(&[draft], None)
    }

    /// Returns when everything appended is on the disk.
    ///
    /// After an error nothing appended since the last sync may be referred to; the next record starts a new segment.
    pub fn sync(&mut self) -> Result<(), Error> {
        if let Some(segment) = &self.segment
            && let Err(error) = segment.sync()
        {
            // The system may have dropped the pages it could not write: this file cannot be trusted to grow.
            self.segment = None;
            return Err(error);
        }
        Ok(())
    }

    /// Closes the segment if it is full or old. To be called now and then while nothing is appended.
    pub fn tidy(&mut self) -> Result<(), Error> {
        let (size, age) = (self.settings.max_segment, self.settings.max_age);
        let due = |segment: &Segment| segment.broken || segment.length >= size || segment.since.elapsed() >= age;
        if self.segment.as_ref().is_some_and(due) { self.close_segment() } else { Ok(()) }
    }

    /// Syncs, seals and closes.
    pub fn close(mut self) -> Result<(), Error> {
        self.close_segment()
    }

    /// Closes the segment: its records are synced, then its seal, then the log's entry.
    fn close_segment(&mut self) -> Result<(), Error> {
        self.sync()?;
        let Some(segment) = self.segment.take() else { return Ok(()) };
        if segment.broken {
            // It ends in something that is no record: whoever opens the archive next sets that aside.
            return Ok(());
        }
        let sealed = seal(&self.dir, &segment.name, &segment.leaves, None)?;
        self.log.append(Fact::Segment(sealed))?;
        Ok(())
    }

    /// Writes records that belong together with one call to the system; returns the first of them.
    fn write(&mut self, drafts: &[Draft<'_>], payload: Option<Digest>) -> Result<Record, Error> {
        self.tidy()?;
        if self.segment.is_none() {
            self.begin_segment()?;
        }
        let segment = self.segment.as_ref().expect("a segment was begun");
        let (name, offset) = (segment.name.clone(), segment.length);
        let first = self.put(drafts)?;
        Ok(Record {
            id: drafts[0].id.to_owned(),
            kind: drafts[0].kind.to_owned(),
            segment: name,
            offset,
            length: first.0,
            payload: payload.unwrap_or(first.1),
        })
    }

    /// Presses records into members and writes them; returns length and block digest of the first.
    fn put(&mut self, drafts: &[Draft<'_>]) -> Result<(u64, Digest), Error> {
        let segment = self.segment.as_mut().expect("there is a segment to write to");
        self.members.clear();
        let mut first = None;
        let mut records = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let start = self.members.len();
            let one = self.press.add(draft, &mut self.members);
            let (length, block) = one.map_err(Error::io("compress a record for", &self.dir.join(&segment.name)))?;
            records.push((draft.id.to_owned(), length, digest(&self.members[start..])));
            first.get_or_insert((length, block));
        }
        segment.write(&self.members, records)?;
        Ok(first.expect("there is at least one record to write"))
    }

    fn begin_segment(&mut self) -> Result<(), Error> {
        let now = Time::from_system(SystemTime::now()).map_err(|e| std::io::Error::other(e.to_string()));
        let now = now.map_err(Error::io("read the clock for", &self.dir))?;
        let stamp: String = now.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
        let name = format!("{}-{stamp}-{}-{:05}.warc.gz", self.settings.prefix, self.mark, self.count + 1);
        self.count += 1;
        let segment = Segment::create(&self.dir, name.clone())?;
        segment.lock()?;
        self.segment = Some(segment);

        let info = exchange::warcinfo(&self.settings.software);
        let begun = self.put(&[Draft {
            kind: "warcinfo",
            id: &new_id(),
            date: now,
            url: None,
            content_type: "application/warc-fields",
            fields: vec![("WARC-Filename", name)],
            head: b"",
            body: info.as_bytes(),
        }]);
        let segment = self.segment.take().expect("it was begun above");
        let named = begun.and_then(|_| segment.publish());
        match named {
            Ok(true) => {
                self.segment = Some(segment);
                Ok(())
            }
            Ok(false) => self.begin_segment(),
            Err(error) => {
                segment.discard();
                Err(error)
            }
        }
    }
}
