//! The writer: exchanges, texts and misses become records in segments of one directory.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use model::{Digest, Exchange, Record, Time};
use serde_json::Value;
use url::Url;

use crate::Error;
use crate::exchange::{self, Parts};
use crate::press::{Draft, Press, new_id};
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
    /// Segments were created since the directory was last synced.
    unlisted: bool,
    /// Members of the exchange in work, one write for all of them.
    members: Vec<u8>,
}

impl Archive {
    /// Opens a directory for writing, creating it if need be. The first segment is created by the first record.
    pub fn open(dir: &Path, settings: Settings) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(Error::io("create archive directory", dir))?;
        let id = new_id();
        Ok(Self {
            dir: dir.to_owned(),
            press: Press::new(settings.level),
            settings,
            mark: id[id.len() - 8..].to_owned(),
            count: 0,
            segment: None,
            unlisted: false,
            members: Vec::new(),
        })
    }

    /// Appends a response, its request and a metadata record with what no HTTP message holds: purpose, timing, TLS
    /// chain, and `about` as the caller gives it. Returns the response's record. Safe to refer to after [`Self::sync`].
    pub fn append(&mut self, exchange: &Exchange, about: &Value) -> Result<Record, Error> {
        let limit = MAX_BLOCK - (1 << 20);
        if exchange.body.len() > limit {
            return Err(Error::TooLarge { url: exchange.url.to_string(), size: exchange.body.len(), limit });
        }
        let parts = Parts::of(exchange, about);
        self.write(&parts.drafts(exchange), Some(parts.payload))
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

    /// Returns when everything appended is on the disk, and the names of new segments too.
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
        if self.unlisted {
            let synced = File::open(&self.dir).and_then(|dir| dir.sync_all());
            synced.map_err(Error::io("sync archive directory", &self.dir))?;
            self.unlisted = false;
        }
        Ok(())
    }

    /// Syncs and closes.
    pub fn close(mut self) -> Result<(), Error> {
        self.sync()
    }

    /// Writes records that belong together with one call to the system; returns the first of them.
    fn write(&mut self, drafts: &[Draft<'_>], payload: Option<Digest>) -> Result<Record, Error> {
        self.rotate()?;
        self.members.clear();
        let segment = self.segment.as_mut().expect("rotate leaves a segment");
        let mut first = None;
        for draft in drafts {
            let pressed = self.press.add(draft, &mut self.members);
            let (length, block) = pressed.map_err(Error::io("compress a record for", &self.dir.join(&segment.name)))?;
            first.get_or_insert((length, block));
        }
        let offset = segment.length;
        segment.write(&self.members)?;
        let (length, block) = first.expect("there is at least one record to write");
        Ok(Record {
            id: drafts[0].id.to_owned(),
            kind: drafts[0].kind.to_owned(),
            segment: segment.name.clone(),
            offset,
            length,
            payload: payload.unwrap_or(block),
        })
    }

    /// Makes sure that there is a segment with room.
    fn rotate(&mut self) -> Result<(), Error> {
        if self.segment.as_ref().is_some_and(|segment| !segment.broken && segment.length < self.settings.max_segment) {
            return Ok(());
        }
        if self.segment.is_some() {
            self.sync()?;
        }
        let now = Time::from_system(SystemTime::now()).map_err(|e| std::io::Error::other(e.to_string()));
        let now = now.map_err(Error::io("read the clock for", &self.dir))?;
        let stamp: String = now.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
        let name = format!("{}-{stamp}-{}-{:05}.warc.gz", self.settings.prefix, self.mark, self.count + 1);
        let mut segment = Segment::create(&self.dir, name)?;
        self.unlisted = true;
        self.count += 1;

        self.members.clear();
        let info = exchange::warcinfo(&self.settings.software);
        let draft = Draft {
            kind: "warcinfo",
            id: &new_id(),
            date: now,
            url: None,
            content_type: "application/warc-fields",
            fields: vec![("WARC-Filename", segment.name.clone())],
            head: b"",
            body: info.as_bytes(),
        };
        let pressed = self.press.add(&draft, &mut self.members);
        pressed.map_err(Error::io("compress a record for", &self.dir.join(&segment.name)))?;
        segment.write(&self.members)?;
        self.segment = Some(segment);
        Ok(())
    }
}
