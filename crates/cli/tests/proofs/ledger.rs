//! What a ledger says after its writer was killed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use model::{Finding, Record, Time};
use store::{Outcome, RunState, Store};
use url::Url;

/// What a ledger says.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Every URL that a kept visit asked for, robots.txt files and redirects included.
    pub(crate) committed: BTreeSet<String>,
    /// Visits kept.
    pub(crate) visits: usize,
    /// Captures of each portal.
    pub(crate) captured: BTreeMap<String, u32>,
    /// Every place in the archive that is referred to.
    pub(crate) records: Vec<Record>,
    /// When each host and address may be asked next.
    pub(crate) paces: BTreeMap<String, Time>,
    /// The findings of all portals.
    pub(crate) findings: Vec<Finding>,
    /// Portals that came to their end.
    pub(crate) finished: usize,
}

/// Reads the ledger in a data directory; none if its first survey did not begin yet.
///
/// It is a copy that is read: what a kill left behind is for the program itself to mend.
pub(crate) async fn read(data: &Path) -> Option<Ledger> {
    let copy = tempfile::tempdir().unwrap();
    for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
        if data.join(name).exists() {
            fs::copy(data.join(name), copy.path().join(name)).unwrap();
        }
    }
    let store = Store::open(&format!("sqlite:{}", copy.path().join("ledger.sqlite").display())).await.ok()?;
    let survey = store.latest(None).await.unwrap()?.id;
    let mut ledger = Ledger { records: store.records().await.unwrap(), ..Ledger::default() };
    ledger.paces = store.paces(survey).await.unwrap().into_iter().map(|pace| (pace.host, pace.next_allowed)).collect();
    for run in store.runs(survey).await.unwrap() {
        for past in store.outcomes(run.id).await.unwrap() {
            ledger.visits += 1;
            ledger.committed.insert(asked(past.visit.url));
            if let Outcome::Captured(captured) = past.outcome {
                ledger.committed.insert(asked(captured.url));
                *ledger.captured.entry(run.portal.id.clone()).or_default() += 1;
            }
            let exchanges = store.exchanges(run.id, past.visit.no).await.unwrap();
            ledger.committed.extend(exchanges.into_iter().map(|exchanged| asked(exchanged.url)));
        }
        ledger.finished += usize::from(run.state == RunState::Finished);
        if let Some(judging) = store.judgings(run.id).await.unwrap().first() {
            let found = store.findings(judging.id).await.unwrap();
            ledger.findings.extend(found.into_iter().map(|found| found.finding));
        }
    }
    store.close().await;
    Some(ledger)
}

/// A URL as a server sees it.
fn asked(mut url: Url) -> String {
    url.set_fragment(None);
    url.into()
}
