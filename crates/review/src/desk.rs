//! The desk: the only writer of what people make. Whoever waits at the same time shares one write of the log and one
//! transaction of the ledger.

use std::path::PathBuf;

use archive::Log;
use model::Made;
use store::Store;
use tokio::sync::{mpsc, oneshot};

use crate::Error;
use crate::record::record_all;

/// Rows kept together at most.
const BATCH: usize = 64;

struct Job {
    made: Made,
    answer: oneshot::Sender<Result<u64, Error>>,
}

/// Where what people make is handed in.
pub(crate) struct Desk(mpsc::Sender<Job>);

impl Desk {
    /// Opens the desk.
    pub(crate) fn start(archive: PathBuf, store: Store) -> Result<Self, Error> {
        let mut log = Log::begin(&archive)?;
        let (desk, mut jobs) = mpsc::channel::<Job>(1024);
        tokio::spawn(async move {
            let mut waiting: Vec<Job> = Vec::new();
            loop {
                if waiting.is_empty() {
                    let Some(job) = jobs.recv().await else { break };
                    waiting.push(job);
                }
                while waiting.len() < BATCH
                    && let Ok(job) = jobs.try_recv()
                {
                    waiting.push(job);
                }
                let (now, later) = apart(std::mem::take(&mut waiting));
                waiting = later;
                let made: Vec<Made> = now.iter().map(|job| job.made.clone()).collect();
                let done = record_all(&archive, &mut log, &store, &made).await;
                for (job, done) in now.into_iter().zip(done) {
                    // Who no longer waits finds it in the ledger.
                    job.answer.send(done).ok();
                }
            }
        });
        Ok(Self(desk))
    }

    /// Keeps what a person made; returns the number of its log entry. The same once more is kept once.
    pub(crate) async fn keep(&self, made: Made) -> Result<u64, Error> {
        let (answer, told) = oneshot::channel();
        self.0.send(Job { made, answer }).await.map_err(|_| Error::Closed)?;
        told.await.map_err(|_| Error::Closed)?
    }
}

/// Those that cannot stand in each other's way, and the rest: decisions of different slots go together, all else alone.
fn apart(jobs: Vec<Job>) -> (Vec<Job>, Vec<Job>) {
    let lane = |job: &Job| match &job.made {
        Made::Decision(made) => Some((made.campaign.clone(), made.portal.clone(), made.round, made.slot)),
        _ => None,
    };
    let (mut now, mut later, mut lanes) = (Vec::new(), Vec::new(), Vec::new());
    for job in jobs {
        let own = lane(&job);
        let fits = later.is_empty() || own.is_some();
        let alone = own.is_none() && !now.is_empty();
        let blocked = lanes.contains(&None) || alone || own.as_ref().is_some_and(|own| lanes.contains(&Some(own.clone())));
        if fits && !blocked {
            lanes.push(own);
            now.push(job);
        } else {
            later.push(job);
        }
    }
    (now, later)
}
