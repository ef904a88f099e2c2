//! The one place where captures become lasting: bytes into the archive, one sync, then one transaction of the ledger,
//! for all that was waiting. Whoever hands something in waits until it is safe.

use archive::Archive;
use model::{Capture, Exchange, Miss, Missed, Purpose, Record, Visit};
use serde_json::json;
use store::{CaptureId, Captured, Exchanged, Kept, Outcome, Refusal, RunId, Store};
use tokio::sync::{mpsc, oneshot};
use tracing::trace_span;

use crate::{Error, STAGES};

/// Visits waiting to be kept at most; a full queue holds the fetchers back.
const QUEUE: usize = 256;

/// A visit ready to be kept.
pub(crate) struct Job {
    pub(crate) run: RunId,
    pub(crate) portal: String,
    pub(crate) visit: Visit,
    pub(crate) came: Came,
    pub(crate) refused: Vec<Refusal>,
}

/// What is to be kept of a visit.
pub(crate) enum Came {
    /// A page, with the text taken out of it if it is a PDF.
    Captured(Capture, Option<String>),
    /// A page that another visit of the survey brought before.
    Shared(CaptureId, Box<Captured>),
    /// Nothing.
    Missed(Missed),
}

/// Where jobs are handed in.
#[derive(Clone)]
pub(crate) struct Committer {
    jobs: mpsc::Sender<(Job, oneshot::Sender<Result<(), String>>)>,
}

impl Committer {
    /// Starts the task that writes; it ends, and closes the archive, when the last committer is dropped.
    pub(crate) fn start(archive: Archive, store: Store) -> (Self, tokio::task::JoinHandle<Result<(), Error>>) {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        (Self { jobs }, tokio::spawn(write(archive, store, waiting)))
    }

    /// Fails when the writer has ended.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.jobs.is_closed() { Err(closed()) } else { Ok(()) }
    }

    /// Keeps a visit; returns when bytes and rows are safe.
    pub(crate) async fn keep(&self, job: Job) -> Result<(), Error> {
        let (done, answer) = oneshot::channel();
        self.jobs.send((job, done)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?.map_err(Error::Writer)
    }
}

fn closed() -> Error {
    Error::Writer("the writer ended before".to_owned())
}

async fn write(
    mut archive: Archive,
    store: Store,
    mut waiting: mpsc::Receiver<(Job, oneshot::Sender<Result<(), String>>)>,
) -> Result<(), Error> {
    let mut batch = Vec::with_capacity(QUEUE);
    while waiting.recv_many(&mut batch, QUEUE).await > 0 {
        let (jobs, answers): (Vec<Job>, Vec<_>) = batch.drain(..).unzip();
        let written = tokio::task::spawn_blocking(move || {
            let kept = trace_span!(target: STAGES, "archive").in_scope(|| {
                let kept: Result<Vec<Kept>, archive::Error> = jobs.into_iter().map(|job| append(&mut archive, job)).collect();
                kept.and_then(|kept| archive.sync().map(|()| kept))
            });
            (archive, kept)
        });
        let (back, kept) = written.await.expect("the archive does not panic");
        archive = back;
        let result = match kept {
            Ok(kept) => store.keep(&kept).await.map(|_| ()).map_err(Error::Store),
            Err(error) => Err(Error::Archive(error)),
        };
        let told = result.as_ref().copied().map_err(|error| crate::error::chain(error));
        for answer in answers {
            // A run that was stopped no longer waits for its answer.
            answer.send(told.clone()).ok();
        }
        result?;
    }
    archive.close().map_err(Error::Archive)
}

/// Writes the bytes of one visit and makes its row.
fn append(archive: &mut Archive, job: Job) -> Result<Kept, archive::Error> {
    let Job { run, portal, visit, came, refused } = job;
    let about = |exchange: &Exchange| json!({ "portal": portal, "visit": visit.no, "errand": visit.errand.as_str(), "purpose": exchange.purpose.as_str(), "key": visit.key, "depth": visit.depth, "via": visit.via });
    let mut others = Vec::new();
    let (outcome, robots) = match came {
        Came::Captured(capture, text) => {
            let (answer, before) = capture.exchanges.split_last().expect("a capture ends with its answer");
            others = before
                .iter()
                .map(|exchange| Ok(Exchanged::of(exchange, archive.append(exchange, &about(exchange))?)))
                .collect::<Result<_, archive::Error>>()?;
            let record = archive.append(answer, &about(answer))?;
            let text = text.map(|text| archive.append_text(&record, &answer.url, &text, answer.done)).transpose()?;
            (Outcome::Captured(Box::new(Captured::of(answer, visit.key.clone(), record, text))), capture.robots)
        }
        Came::Shared(id, captured) => (Outcome::Shared(id, captured), Vec::new()),
        Came::Missed(missed) => {
            for exchange in &missed.exchanges {
                others.push(Exchanged::of(exchange, archive.append(exchange, &about(exchange))?));
            }
            let answered = missed.exchanges.iter().any(|exchange| exchange.purpose == Purpose::Answer);
            let record = if answered { None } else { Some(miss(archive, &visit, &missed)?) };
            (Outcome::Missed { miss: missed.miss, detail: missed.detail, record }, missed.robots)
        }
    };
    Ok(Kept { run, visit, outcome, exchanges: others, robots, refused })
}

/// A miss without any answer is a record too: that nothing came is what was seen.
fn miss(archive: &mut Archive, visit: &Visit, missed: &Missed) -> Result<Record, archive::Error> {
    let at = model::Time::from_system(std::time::SystemTime::now()).expect("the system clock stands between 1970 and 9999");
    archive.append_miss(
        &visit.url,
        at,
        &json!({ "visit": visit.no, "miss": Miss::as_str(missed.miss), "detail": missed.detail, "key": visit.key }),
    )
}
