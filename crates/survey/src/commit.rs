//! The one place where captures become lasting: bytes into the archive, one sync, then one transaction of the ledger,
//! for all that was waiting. Whoever hands something in waits until it is safe.

use std::time::Duration;

use archive::{Archive, Originals};
use model::{Capture, Digest, Exchange, Miss, Missed, Record, Visit};
use serde_json::json;
use store::{CaptureId, Captured, Exchanged, Kept, Outcome, Refusal, RunId, Store};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tracing::trace_span;

use crate::sealing::{Sealing, seal};
use crate::{Error, STAGES};

/// Visits waiting to be kept at most; a full queue holds the fetchers back.
const QUEUE: usize = 256;

/// How often an archive that nobody writes to is looked after.
const PAUSE: Duration = Duration::from_secs(60);

/// What is handed in.
enum Work {
    Keep(Box<Job>),
    Seal(Box<Sealing>),
}

/// Where the one who handed something in waits.
type Answer = oneshot::Sender<Result<(), String>>;

/// A visit ready to be kept.
pub(crate) struct Job {
    pub(crate) run: RunId,
    pub(crate) portal: String,
    pub(crate) visit: Visit,
    pub(crate) came: Came,
    pub(crate) refused: Vec<Refusal>,
}

impl Job {
    /// What was exchanged, in the order in which it is kept.
    fn exchanges(&self) -> &[Exchange] {
        match &self.came {
            Came::Captured(capture, _) => &capture.exchanges,
            Came::Shared(..) => &[],
            Came::Missed(missed) => &missed.exchanges,
        }
    }
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
    jobs: mpsc::Sender<(Work, Answer)>,
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
        self.hand_in(Work::Keep(Box::new(job))).await
    }

    /// Puts the rows of a judged run into the archive; returns when they are in its log.
    pub(crate) async fn seal(&self, sealing: Sealing) -> Result<(), Error> {
        self.hand_in(Work::Seal(Box::new(sealing))).await
    }

    async fn hand_in(&self, work: Work) -> Result<(), Error> {
        let (done, answer) = oneshot::channel();
        self.jobs.send((work, done)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?.map_err(Error::Writer)
    }
}

fn closed() -> Error {
    Error::Writer("the writer ended before".to_owned())
}

async fn write(mut archive: Archive, store: Store, mut waiting: mpsc::Receiver<(Work, Answer)>) -> Result<(), Error> {
    let mut batch = Vec::with_capacity(QUEUE);
    loop {
        match timeout(PAUSE, waiting.recv_many(&mut batch, QUEUE)).await {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => archive.tidy().map_err(Error::Archive)?,
        }
        let (mut jobs, mut keepers, mut sealings) = (Vec::new(), Vec::new(), Vec::new());
        for (work, answer) in batch.drain(..) {
            match work {
                Work::Keep(job) => {
                    jobs.push(*job);
                    keepers.push(answer);
                }
                Work::Seal(sealing) => sealings.push((*sealing, answer)),
            }
        }
        if !jobs.is_empty() {
            let (back, done) = keep(archive, &store, jobs).await;
            archive = back;
            tell(done, keepers)?;
        }
        for (sealing, answer) in sealings {
            let (back, done) = seal(archive, &store, sealing).await;
            archive = back;
            tell(done, [answer])?;
        }
    }
    archive.close().map_err(Error::Archive)
}

/// Tells those who wait. A failure ends the writer: what comes after it could not be kept either.
fn tell(done: Result<(), Error>, answers: impl IntoIterator<Item = Answer>) -> Result<(), Error> {
    let told = done.as_ref().copied().map_err(|error| crate::error::chain(error));
    for answer in answers {
        // A run that was stopped no longer waits for its answer.
        answer.send(told.clone()).ok();
    }
    done
}

/// A visit with the digests of the bodies that came, in the order of its exchanges.
struct Weighed {
    job: Job,
    payloads: Vec<Digest>,
}

impl Weighed {
    fn of(job: Job) -> Self {
        let payloads = job.exchanges().iter().map(|exchange| archive::digest(&exchange.body)).collect();
        Self { job, payloads }
    }

    /// Digests of the bodies that are left out where the archive has them.
    fn left_out(&self) -> impl Iterator<Item = Digest> {
        let all = self.job.exchanges().iter().zip(&self.payloads);
        all.filter(|(exchange, _)| archive::may_revisit(exchange)).map(|(_, payload)| *payload)
    }
}

/// Keeps some visits: bytes, one sync, rows. Which bodies the archive has is asked for once.
async fn keep(mut archive: Archive, store: &Store, jobs: Vec<Job>) -> (Archive, Result<(), Error>) {
    let weighed = tokio::task::spawn_blocking(move || {
        let weigh = || jobs.into_iter().map(Weighed::of).collect::<Vec<_>>();
        trace_span!(target: STAGES, "archive").in_scope(weigh)
    });
    let weighed = weighed.await.expect("hashing does not panic");
    let payloads: Vec<Digest> = weighed.iter().flat_map(Weighed::left_out).collect();
    let mut known: Originals = match store.originals(&payloads).await {
        Ok(records) => records.into_iter().collect(),
        Err(error) => return (archive, Err(Error::Store(error))),
    };
    let written = tokio::task::spawn_blocking(move || {
        let kept = trace_span!(target: STAGES, "archive").in_scope(|| {
            let all = weighed.into_iter().map(|one| append(&mut archive, one, &mut known));
            let kept: Result<Vec<Kept>, archive::Error> = all.collect();
            kept.and_then(|kept| archive.sync().map(|()| kept))
        });
        (archive, kept)
    });
    let (archive, kept) = written.await.expect("the archive does not panic");
    let done = match kept {
        Ok(kept) => store.keep(&kept).await.map(|_| ()).map_err(Error::Store),
        Err(error) => Err(Error::Archive(error)),
    };
    (archive, done)
}

/// Writes the bytes of one visit and makes its row.
fn append(archive: &mut Archive, of: Weighed, known: &mut Originals) -> Result<Kept, archive::Error> {
    let Weighed { job: Job { run, portal, visit, came, refused }, payloads } = of;
    let about = |exchange: &Exchange| json!({ "run": run.0, "portal": portal, "visit": visit.no, "errand": visit.errand.as_str(), "purpose": exchange.purpose.as_str(), "key": visit.key, "depth": visit.depth, "via": visit.via });
    let mut payloads = payloads.into_iter();
    let mut put = |archive: &mut Archive, exchange: &Exchange| {
        let payload = payloads.next().expect("each exchange has a digest");
        archive.append_once(exchange, payload, &about(exchange), known)
    };
    let mut others = Vec::new();
    let (outcome, robots) = match came {
        Came::Captured(capture, text) => {
            let (answer, before) = capture.exchanges.split_last().expect("a capture ends with its answer");
            others = before
                .iter()
                .map(|exchange| Ok(Exchanged::of(exchange, put(archive, exchange)?)))
                .collect::<Result<_, archive::Error>>()?;
            let record = put(archive, answer)?;
            let text = text.map(|text| archive.append_text(&record, &answer.url, &text, answer.done)).transpose()?;
            (Outcome::Captured(Box::new(Captured::of(answer, visit.key.clone(), record, text))), capture.robots)
        }
        Came::Shared(id, captured) => (Outcome::Shared(id, captured), Vec::new()),
        Came::Missed(missed) => {
            for exchange in &missed.exchanges {
                others.push(Exchanged::of(exchange, put(archive, exchange)?));
            }
            let record = Some(miss(archive, run, &portal, &visit, &missed, &others)?);
            (Outcome::Missed { miss: missed.miss, detail: missed.detail, record }, missed.robots)
        }
    };
    Ok(Kept { run, visit, outcome, exchanges: others, robots, refused })
}

/// Why a visit brought no page is a record too, behind what was exchanged: what a redirect or an answer was taken for
/// cannot be read off its bytes.
fn miss(
    archive: &mut Archive,
    run: RunId,
    portal: &str,
    visit: &Visit,
    missed: &Missed,
    before: &[Exchanged],
) -> Result<Record, archive::Error> {
    let before: Vec<&str> = before.iter().map(|exchanged| &*exchanged.record.id).collect();
    let at = model::Time::from_system(std::time::SystemTime::now()).expect("the system clock stands between 1970 and 9999");
    archive.append_miss(
        &visit.url,
        at,
        &json!({ "run": run.0, "portal": portal, "visit": visit.no, "errand": visit.errand.as_str(), "miss": Miss::as_str(missed.miss), "detail": missed.detail, "key": visit.key, "exchanges": before }),
    )
}
