//! A judged run as one file that proves itself: a WACZ with the records, their index, the pages, and the way of each record
//! to a signature.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use archive::proof::{self, Selection};
use archive::wacz::{About, Contents, Page, Wacz, Written};
use archive::{Entry, Fact, Log, Signer};
use model::{Errand, PageKind, VisitNo};
use store::{Captured, Found, Outcome, RunId};

use crate::survey::{Ground, now};
use crate::{Error, Settings, reading};

/// Records that stand behind a response and belong to it: its request and its metadata.
const BEHIND: usize = 2;

/// Writes the WACZ of a judging (the latest if none is named) into a folder, as `PORTAL.wacz`.
pub async fn pack(
    ground: &Ground,
    run: RunId,
    judging: Option<i64>,
    folder: &Path,
    signer: Option<&Signer>,
    settings: &Settings,
) -> Result<Written, Error> {
    let latest = ground.store.judgings(run).await?.into_iter().map(|judging| judging.id).next();
    let judging = judging.or(latest).ok_or(Error::Unjudged(run.0))?;
    let portal = ground.store.run(run).await?.portal;
    let findings = ground.store.findings(judging).await?;
    let captured = captured(ground, run).await?;
    let brought = brought(ground, &portal.id).await?;
    let log = Log::of(&ground.archive)?;
    let of_run = |entry: &Entry| match &entry.fact {
        Fact::Rows { run: of, .. } => *of == run.0,
        Fact::Ingest(ingested) => ingested.portal == portal.id,
        _ => false,
    };
    let mut wanted = captures(ground, run).await?;
    wanted.extend(log.entries().iter().filter(|entry| of_run(entry)).flat_map(named).map(|id| (id.clone(), 0)));

    // Pages are read for their titles and bytes are copied: not for the threads that wait.
    tokio::task::block_in_place(|| {
        let selection = Selection::of(&log, &wanted)?;
        let segments: Vec<&str> = selection.segments().collect();
        let needed = |entry: &Entry| match &entry.fact {
            Fact::Archive { .. } | Fact::Key { .. } => true,
            Fact::Segment(segment) => segments.contains(&segment.name.as_str()),
            _ => of_run(entry),
        };
        let mut proof = vec![("records.jsonl".to_owned(), selection.records())];
        proof.extend(proof::entries(&ground.archive, log.entries(), needed)?);
        let mut pages = pages(&ground.book.instrument.edition, &ground.archive, &captured, &findings, settings)?;
        for captured in &brought {
            pages.extend(manual_page(&ground.archive, captured, settings)?);
        }
        let home = captured.iter().find(|(_, errand, _)| *errand == Errand::Home);
        let about = About {
            title: format!("{} ({})", portal.city, portal.home),
            created: now(),
            software: ground.tool.clone(),
            main: home.map(|(_, _, home)| (home.url.clone(), home.sent)),
        };
        let path = folder.join(format!("{}.wacz", portal.id));
        let contents = Contents { portal: portal.id.clone(), pages, proof, about };
        let sign = signer.map(|signer| |bytes: &[u8]| (signer.sign(bytes), *signer.verifier().public()));
        let sign = sign.as_ref().map(|sign| sign as &dyn Fn(&[u8]) -> ([u8; 64], [u8; 32]));
        Ok(Wacz::write(&path, &contents, selection.length(), selection.members(), sign)?)
    })
}

/// What the visits of a run brought, in their order.
async fn captured(ground: &Ground, run: RunId) -> Result<Vec<(VisitNo, Errand, Captured)>, Error> {
    let past = ground.store.outcomes(run).await?.into_iter();
    let brought = past.filter_map(|past| match past.outcome {
        Outcome::Captured(captured) | Outcome::Shared(_, captured) => Some((past.visit.no, past.visit.errand, *captured)),
        Outcome::Missed { .. } => None,
    });
    Ok(brought.collect())
}

/// The records of a run, each with how many behind it belong to it; of a revisit also the response that has its body.
async fn captures(ground: &Ground, run: RunId) -> Result<HashMap<String, usize>, Error> {
    let mut wanted = HashMap::new();
    for row in ground.store.sealed_records(run).await? {
        let text = |column: &str| row[column].as_str().unwrap_or_default();
        let exchange = matches!(text("kind"), "response" | "revisit");
        wanted.insert(text("name").to_owned(), if exchange { BEHIND } else { 0 });
        if text("kind") == "revisit" {
            let offset = row["offset"].as_u64().unwrap_or_default();
            wanted.insert(archive::original(&ground.archive, text("segment"), offset)?, BEHIND);
        }
    }
    Ok(wanted)
}

/// The records that an entry names.
fn named(entry: &Entry) -> Vec<&String> {
    match &entry.fact {
        Fact::Rows { tables, .. } => tables.values().flat_map(|rows| &rows.records).collect(),
        Fact::Ingest(ingested) => ingested.records.iter().collect(),
        _ => Vec::new(),
    }
}

/// What people brought of a portal.
async fn brought(ground: &Ground, portal: &str) -> Result<Vec<Captured>, Error> {
    let mut brought = Vec::new();
    for ingest in ground.store.ingests().await?.into_iter().filter(|ingest| ingest.portal == portal) {
        brought.extend(ground.store.manual(ingest.entry).await?.into_iter().map(|(_, captured)| captured));
    }
    Ok(brought)
}

/// A page that a person brought; none if it is an image, a script or the like.
fn manual_page(archive: &Path, captured: &Captured, settings: &Settings) -> Result<Option<Page>, Error> {
    let exchange = archive::read(archive, &captured.record)?;
    let text = captured.text.as_ref().map(|text| archive::read_text(archive, text)).transpose()?;
    let read = reading::open(&exchange, text, settings).ok().map(|(page, _)| page);
    let shown = read.filter(|page| matches!(page.kind, PageKind::Html | PageKind::Pdf));
    Ok(shown.map(|page| Page {
        url: captured.url.clone(),
        at: captured.sent,
        title: page.title,
        text: None,
        evidence: Vec::new(),
    }))
}

/// The pages: those with evidence first, best first, then the others as they were visited.
fn pages(
    edition: &str,
    archive: &Path,
    captured: &[(VisitNo, Errand, Captured)],
    findings: &[Found],
    settings: &Settings,
) -> Result<Vec<Page>, Error> {
    let mut worth: BTreeMap<VisitNo, (f32, Vec<String>)> = BTreeMap::new();
    for (found, evidence) in findings.iter().flat_map(|found| found.finding.evidence.iter().map(move |one| (found, one))) {
        let of_page = worth.entry(evidence.visit).or_default();
        of_page.0 = of_page.0.max(evidence.worth);
        of_page.1.push(found.finding.code.as_str().to_owned());
    }
    let mut pages: Vec<(f32, Page)> = Vec::new();
    let shown = |errand: Errand| matches!(errand, Errand::Home | Errand::Page | Errand::Search);
    for (visit, _, captured) in captured.iter().filter(|(_, errand, _)| shown(*errand)) {
        let exchange = archive::read(archive, &captured.record)?;
        let text = captured.text.as_ref().map(|text| archive::read_text(archive, text)).transpose()?;
        let title = reading::open(&exchange, text, settings).map(|(page, _)| page.title).unwrap_or_default();
        let (worth, mut codes) = worth.remove(visit).unwrap_or((f32::MIN, Vec::new()));
        codes.dedup();
        let evidence = if codes.is_empty() { Vec::new() } else { vec![(edition.to_owned(), codes)] };
        pages.push((worth, Page { url: captured.url.clone(), at: captured.sent, title, text: None, evidence }));
    }
    pages.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(pages.into_iter().map(|(_, page)| page).collect())
}
