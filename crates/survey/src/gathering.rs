//! Single pages for people: fetched because somebody asks for them, or given a text layer because somebody points into them.

use std::collections::BTreeMap;
use std::sync::Arc;

use archive::{Archive, Fact};
use crawl::Aliases;
use crawl::fetch::Fetcher;
use model::{Exchange, Time};
use serde_json::{Value, json};
use store::{CaptureId, Captured, Ingest, RunId, RunState};
use tokio::sync::Mutex;
use url::Url;

use crate::book::LedgerBook;
use crate::sealing::keep_rows;
use crate::survey::{Ground, now};
use crate::{Error, Reach, Settings, reading};

/// Gathers single pages. All that it writes is in segments of its own.
pub struct Gatherer {
    ground: Arc<Ground>,
    settings: Settings,
    archive: Mutex<Option<Archive>>,
}

/// Why a page could not be gathered, for whoever asked for it.
#[derive(Debug, thiserror::Error)]
pub enum Ungathered {
    /// It is being surveyed: two would not keep the pace of its hosts.
    #[error("the city is being surveyed now: try again when the survey is done")]
    Surveyed,
    /// It did not come.
    #[error("it did not come: {0}")]
    Missed(String),
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// There is no such capture.
    #[error("there is no such capture")]
    Unknown,
    /// Ledger or archive cannot go on.
    #[error(transparent)]
    Broken(#[from] Error),
}

impl From<store::Error> for Ungathered {
    fn from(error: store::Error) -> Self {
        Self::Broken(Error::Store(error))
    }
}

impl From<archive::Error> for Ungathered {
    fn from(error: archive::Error) -> Self {
        Self::Broken(Error::Archive(error))
    }
}

impl Gatherer {
    /// Nothing is opened before it is needed.
    pub fn new(ground: Arc<Ground>, settings: Settings) -> Self {
        Self { ground, settings, archive: Mutex::new(None) }
    }

    /// Fetches a page for somebody as a further capture of a run's portal, marked as such in archive and log.
    pub async fn fetch(&self, reach: Reach, run: RunId, url: &Url, by: &str) -> Result<CaptureId, Ungathered> {
        let store = &self.ground.store;
        let of = store.run(run).await?;
        if of.state == RunState::Running {
            return Err(Ungathered::Surveyed);
        }
        let book = Arc::new(LedgerBook::new(store.clone(), of.survey));
        let (paces, robots) = (store.paces(of.survey).await?, store.robots(now()).await?);
        let fetcher = Fetcher::new(reach.fetch, reach.routes, &reach.trust, book, paces, robots).map_err(Error::Fetcher)?;
        let capture = fetcher
            .get(url, None, &|_| true)
            .await
            .map_err(|missed| Ungathered::Missed(format!("{}: {}", missed.miss, missed.detail)))?;
        let settings = self.settings.clone();
        let read = tokio::task::spawn_blocking(move || {
            let page = reading::open(capture.answer(), None, &settings);
            (capture, page)
        });
        let (capture, page) = read.await.expect("reading a page does not panic");
        let (page, extracted) = page.map_err(|(_, what)| Ungathered::Unreadable(what))?;
        let at = now();
        let portal = of.portal.id;
        let about = json!({ "portal": portal, "manual": { "by": by, "at": at, "asked": url } });
        let mut archive = self.archive.lock().await;
        let archive = self.opened(&mut archive)?;
        let (mut records, mut answer) = (Vec::new(), None);
        for exchange in &capture.exchanges {
            let (record, ids) = archive.append_named(exchange, &about)?;
            records.extend(ids);
            answer = Some(record);
        }
        let record = answer.expect("a capture ends with its answer");
        let exchange = capture.answer();
        let mut append = |text: &str| archive.append_text(&record, &exchange.url, text, exchange.done);
        let text = extracted.as_deref().map(&mut append).transpose()?;
        let layer = Some(page.text.as_str()).filter(|text| !text.is_empty()).map(&mut append).transpose()?;
        records.extend([&text, &layer].into_iter().flatten().map(|record| record.id.clone()));
        archive.sync()?;
        let id = record.id.clone();
        let captured = Captured::of(exchange, crawl::key(&exchange.url, &Aliases::default()), record, text);
        self.enter(archive, run, portal, by, at, url, (captured, layer), records).await?;
        let kept = store.capture_of(&id).await?;
        Ok(kept.ok_or(Ungathered::Unknown)?.0)
    }

    /// The log's entry first, then the rows.
    #[expect(clippy::too_many_arguments, reason = "each is a column")]
    async fn enter(
        &self,
        archive: &mut Archive,
        run: RunId,
        portal: String,
        by: &str,
        at: Time,
        url: &Url,
        row: (Captured, Option<model::Record>),
        records: Vec<String>,
    ) -> Result<(), Ungathered> {
        let mut held = archive.log().hold()?;
        let note = "fetched by this program because a person asked for it".to_owned();
        let digest = row.0.record.payload;
        let ingest = Ingest {
            entry: held.next(),
            run,
            portal: portal.clone(),
            by: by.to_owned(),
            at: at.to_string(),
            file: url.to_string(),
            digest: digest.to_string(),
            note: note.clone(),
        };
        let making = self.ground.store.take_in(&ingest, &[row]).await?;
        let (by, file) = (ingest.by, ingest.file);
        held.append(Fact::Ingest(archive::Ingested { portal, by, at, file, digest, note, records }))?;
        Ok(making.keep().await?)
    }

    /// Makes sure that the text layer of a capture is kept, and sealed with the run that it belongs to.
    pub async fn layer(&self, capture: CaptureId) -> Result<(), Ungathered> {
        let store = &self.ground.store;
        let mut archive = self.archive.lock().await;
        if store.layer(capture).await?.is_some() {
            return Ok(());
        }
        let captured = store.capture(capture).await?.ok_or(Ungathered::Unknown)?;
        let exchange = self.exchange(&captured).await?;
        let text = captured.text.as_ref().map(|text| archive::read_text(&self.ground.archive, text)).transpose()?;
        let settings = self.settings.clone();
        let (done, url) = (captured.done, captured.url.clone());
        let read = tokio::task::spawn_blocking(move || reading::open(&exchange, text, &settings));
        let (page, _) = read.await.expect("reading a page does not panic").map_err(|(_, what)| Ungathered::Unreadable(what))?;
        let Some((run, judging)) = store.judged_with(capture).await? else { return Err(Ungathered::Unknown) };
        let archive = self.opened(&mut archive)?;
        let record = archive.append_text(&captured.record, &url, &page.text, done)?;
        archive.sync()?;
        store.put_layers(&[(capture, record.clone())]).await?;
        let portal = store.run(run).await?.portal.id;
        let own = |table: &str, row: &Value| match table {
            "record" => row["name"] == record.id.as_str(),
            "text_layer" => row["capture"] == capture.0,
            _ => false,
        };
        let mut tables = BTreeMap::new();
        for (table, mut rows) in store.sealed_rows(run, judging, true).await? {
            rows.retain(|row| own(table, row));
            if !rows.is_empty() {
                tables.insert(table.to_owned(), keep_rows(archive, run, table, &rows)?);
            }
        }
        archive.sync()?;
        archive.log().append(Fact::Rows { run: run.0, portal, judging, tables })?;
        Ok(())
    }

    /// The markup of a captured page; none if it is no HTML.
    pub async fn markup(&self, capture: CaptureId) -> Result<Option<String>, Ungathered> {
        let captured = self.ground.store.capture(capture).await?.ok_or(Ungathered::Unknown)?;
        let exchange = self.exchange(&captured).await?;
        let settings = self.settings.clone();
        let read = tokio::task::spawn_blocking(move || {
            let body = crawl::decode::decode(&exchange.headers, &exchange.body, &settings.decode)?;
            Ok::<_, crawl::decode::DecodeError>(page::markup(&exchange, &body, &settings.page))
        });
        let markup = read.await.expect("decoding does not panic");
        markup.map_err(|error| Ungathered::Unreadable(error.to_string()))
    }

    /// Closes the segment that is open, so that everything in it is sealed.
    pub async fn close(&self) -> Result<(), Ungathered> {
        let Some(archive) = self.archive.lock().await.take() else { return Ok(()) };
        tokio::task::spawn_blocking(move || archive.close()).await.expect("the archive does not panic")?;
        Ok(())
    }

    async fn exchange(&self, captured: &Captured) -> Result<Exchange, Ungathered> {
        let (dir, record) = (self.ground.archive.clone(), captured.record.clone());
        let read = tokio::task::spawn_blocking(move || archive::read(&dir, &record));
        Ok(read.await.expect("reading the archive does not panic")?)
    }

    fn opened<'a>(&self, archive: &'a mut Option<Archive>) -> Result<&'a mut Archive, Ungathered> {
        if archive.is_none() {
            *archive = Some(Archive::open(&self.ground.archive, self.settings.archive.clone())?);
        }
        Ok(archive.as_mut().expect("it was opened just now"))
    }
}
