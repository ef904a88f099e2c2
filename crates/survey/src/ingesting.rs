//! Manual captures: a file that a person brought becomes captures of a portal, marked as such, in the same chain.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use archive::stranger::{Brought, Fault, Limits, Offer, Taken};
use archive::{Archive, Fact};
use crawl::Aliases;
use model::{Digest, Record, Time};
use serde_json::json;
use store::{Captured, Ingest, RunId};

use crate::survey::{Ground, now};
use crate::{Error, Settings, reading};

/// Bytes of a person's file that one record holds: it is pressed in memory.
const PART: u64 = 16 << 20;

/// What a person brings.
#[derive(Debug, Clone)]
pub struct Gift {
    /// A WARC file or a WACZ.
    pub file: PathBuf,
    /// Who, by pseudonym.
    pub by: String,
    /// What the person says of it.
    pub note: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Ingested {
    /// The same file was taken in before, for the same portal, under this entry of the log.
    Before(u64),
    /// It was taken in.
    Now(Box<TakenIn>),
}

/// A file that was taken in.
#[derive(Debug)]
pub struct TakenIn {
    /// The number of its entry in the log.
    pub entry: u64,
    /// The digest of the file.
    pub digest: Digest,
    /// What came of it, each with whether its text is kept.
    pub captures: Vec<(Captured, bool)>,
    /// Records that were refused or passed over.
    pub taken: Taken,
    /// Why the file itself was not kept: fields in it that identify or admit a person. Empty if it was.
    pub of_persons: BTreeSet<&'static str>,
    /// Captures for whose bytes no digest spoke that cannot be imitated.
    pub unproven: u64,
    /// Captures that were asked for with cookies, so that they may show a log-in.
    pub with_cookies: u64,
}

/// What the archive holds of a file before the log names it.
struct Copied {
    taken_in: TakenIn,
    rows: Vec<(Captured, Option<Record>)>,
    /// Parts of the file first.
    records: Vec<String>,
}

/// Takes a file in as captures of the portal of a run.
pub async fn ingest(ground: &Ground, run: RunId, gift: Gift, settings: &Settings) -> Result<Ingested, Error> {
    let portal = ground.store.run(run).await?.portal.id;
    let (digest, bytes) = digest_of(&gift.file)?;
    let before = ground.store.ingests().await?.into_iter().find(|one| one.portal == portal && one.digest == digest.to_string());
    if let Some(before) = before {
        return Ok(Ingested::Before(before.entry));
    }
    let source = Source { dir: ground.archive.clone(), settings: settings.clone(), portal, gift, digest, bytes, at: now() };
    let copying = tokio::task::spawn_blocking(move || source.copy().map(|(archive, copied)| (source, archive, copied)));
    let (source, mut archive, copied) = copying.await.expect("the archive does not panic")?;
    let entered = source.enter(ground, run, &mut archive, copied).await;
    // What was written is whole, whether the ledger took it or not.
    tokio::task::spawn_blocking(move || archive.close()).await.expect("the archive does not panic")?;
    entered.map(|taken_in| Ingested::Now(Box::new(taken_in)))
}

/// A file on its way into the archive.
struct Source {
    dir: PathBuf,
    settings: Settings,
    portal: String,
    gift: Gift,
    digest: Digest,
    bytes: u64,
    at: Time,
}

impl Source {
    /// Its name.
    fn name(&self) -> String {
        self.gift.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Checks the file and copies it into the archive.
    fn copy(&self) -> Result<(Archive, Copied), Error> {
        let mut brought = Brought::open(&self.gift.file, &Limits::STRANGER)?;
        let looked = brought.look()?;
        let mut archive = Archive::open(&self.dir, self.settings.archive.clone())?;
        let mut copied = Copied {
            taken_in: TakenIn {
                entry: 0,
                digest: self.digest,
                captures: Vec::new(),
                taken: Taken::default(),
                of_persons: looked.of_persons.clone(),
                unproven: 0,
                with_cookies: 0,
            },
            rows: Vec::new(),
            records: Vec::new(),
        };
        let filled = (|| {
            copied.taken_in.taken = brought.take(&looked, self.at, |offer| self.keep(&mut archive, offer, &mut copied))?;
            if copied.rows.is_empty() {
                let refused = &copied.taken_in.taken.refused;
                let nothing = Fault::Nothing { refused: refused.len(), first: refused.first().map(ToString::to_string) };
                return Err(nothing.into());
            }
            let parts = if looked.of_persons.is_empty() { self.parts(&mut archive)? } else { Vec::new() };
            copied.records.splice(..0, parts);
            if digest_of(&self.gift.file)? != (self.digest, self.bytes) {
                return Err(Fault::Changed.into());
            }
            Ok(archive.sync()?)
        })();
        match filled {
            Ok(()) => Ok((archive, copied)),
            Err(error) => {
                archive.close()?;
                Err(error)
            }
        }
    }

    /// Writes a response as an exchange of ours, with its text.
    fn keep(&self, archive: &mut Archive, offer: Offer, copied: &mut Copied) -> Result<(), Error> {
        let Offer { exchange, id, asked, dropped, proven } = offer;
        let manual = json!({
            "by": self.gift.by, "at": self.at, "file": self.name(), "digest": self.digest, "record": id, "asked": asked, "dropped": dropped,
        });
        let (record, ids) = archive.append_named(&exchange, &json!({ "portal": self.portal, "manual": manual }))?;
        copied.records.extend(ids);
        let (mut text, mut layer) = (None, None);
        // What cannot be read is kept all the same: a person can look at it.
        if let Ok((page, extracted)) = reading::open(&exchange, None, &self.settings) {
            let mut append = |text: &str| archive.append_text(&record, &exchange.url, text, exchange.done);
            text = extracted.map(|text| append(&text)).transpose()?;
            layer = Some(&page.text).filter(|text| !text.is_empty()).map(|text| append(text)).transpose()?;
        }
        copied.records.extend([&text, &layer].into_iter().flatten().map(|record| record.id.clone()));
        let key = crawl::key(&exchange.url, &Aliases::default());
        let captured = Captured::of(&exchange, key, record, text);
        copied.taken_in.unproven += u64::from(!proven);
        copied.taken_in.with_cookies += u64::from(dropped.contains(&"cookie"));
        copied.taken_in.captures.push((captured.clone(), layer.is_some()));
        copied.rows.push((captured, layer));
        Ok(())
    }

    /// Keeps the file itself, part by part; returns their records.
    fn parts(&self, archive: &mut Archive) -> Result<Vec<String>, Error> {
        let failed = |source| Error::Brought(Fault::Io { what: "read", source });
        let (mut file, mut ids) = (File::open(&self.gift.file).map_err(failed)?, Vec::new());
        let urn = format!("urn:portolan:ingest:{}", self.digest.to_string().replace(':', "-"));
        loop {
            let mut part = Vec::new();
            file.by_ref().take(PART).read_to_end(&mut part).map_err(failed)?;
            if part.is_empty() {
                return Ok(ids);
            }
            let of_part = format!("{urn}:{}", ids.len());
            let urn = if self.bytes <= PART { &urn } else { &of_part };
            ids.push(archive.append_resource(urn, "application/octet-stream", &part, self.at)?.id);
        }
    }

    /// Enters it into the log and the ledger.
    async fn enter(&self, ground: &Ground, run: RunId, archive: &mut Archive, copied: Copied) -> Result<TakenIn, Error> {
        let mut held = archive.log().hold()?;
        let ingest = Ingest {
            entry: held.next(),
            run,
            portal: self.portal.clone(),
            by: self.gift.by.clone(),
            at: self.at.to_string(),
            file: self.name(),
            digest: self.digest.to_string(),
            note: self.gift.note.clone(),
        };
        let making = ground.store.take_in(&ingest, &copied.rows).await?;
        let entry = held.append(Fact::Ingest(archive::Ingested {
            portal: ingest.portal,
            by: ingest.by,
            at: self.at,
            file: ingest.file,
            digest: self.digest,
            note: ingest.note,
            records: copied.records,
        }))?;
        making.keep().await?;
        Ok(TakenIn { entry, ..copied.taken_in })
    }
}

fn digest_of(file: &Path) -> Result<(Digest, u64), Error> {
    archive::digest_of_file(file).map_err(|error| match error {
        archive::Error::Io { what, source, .. } => Error::Brought(Fault::Io { what, source }),
        other => Error::Archive(other),
    })
}
