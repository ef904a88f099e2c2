//! The ledger against the archive: each sealed row must be there as it was sealed, and none that was not.

use std::collections::{BTreeMap, BTreeSet};

use archive::{Entry, Fact, Folder, Ingested, Subject, canonical};
use serde_json::Value;
use store::{MADE, RunId, Store, key_of};

use crate::Error;

/// Rows of a table by their primary key.
type Rows = BTreeMap<String, Value>;

/// Tables of which a row may be sealed with another run.
const SHARED: [&str; 2] = ["record", "text_layer"];

/// Compares a ledger with a verified archive; what does not fit goes into the folder's report.
pub async fn verify_ledger(store: &Store, folder: &mut Folder) -> Result<(), Error> {
    made(store, folder).await?;
    brought(store, folder).await?;
    let sealings: Vec<(RunId, i64, Vec<String>)> = folder.entries().iter().filter_map(|entry| sealing(&entry.fact)).collect();
    let mut sealed: BTreeMap<RunId, BTreeMap<&'static str, Rows>> = BTreeMap::new();
    let mut unreadable: BTreeSet<RunId> = BTreeSet::new();
    for (run, _, records) in &sealings {
        for id in records {
            // A record that is not what was sealed is named already; what it held is not known.
            let Some(record) = folder.record(id) else {
                unreadable.insert(*run);
                continue;
            };
            let table = record.field("WARC-Target-URI").and_then(|urn| urn.split(':').nth(4)).and_then(key_of);
            let Some((table, key)) = table else { continue };
            let rows = sealed.entry(*run).or_default().entry(table).or_default();
            for line in String::from_utf8_lossy(&record.block).lines() {
                if let Ok(row) = serde_json::from_str::<Value>(line) {
                    rows.insert(named(&row, key), row);
                }
            }
        }
    }
    let mut kept: BTreeMap<RunId, BTreeMap<&'static str, Rows>> = BTreeMap::new();
    for (run, judging, _) in &sealings {
        // What no further judging adds to is read once.
        let again = kept.contains_key(run);
        let tables = kept.entry(*run).or_default();
        for (table, rows) in store.sealed_rows(*run, *judging, again).await? {
            let key = key_of(table).map_or(&[][..], |(_, key)| key);
            tables.entry(table).or_default().extend(rows.into_iter().map(|row| (named(&row, key), row)));
        }
    }
    // A page that runs share gets a text layer with one of them, and is sealed there.
    let elsewhere: BTreeSet<(&str, &String)> = sealed
        .values()
        .flat_map(|tables| SHARED.into_iter().filter_map(|table| Some((table, tables.get(table)?))))
        .flat_map(|(table, rows)| rows.keys().map(move |key| (table, key)))
        .collect();
    for (run, tables) in &sealed {
        for (table, rows) in tables {
            let none = Rows::new();
            let found = kept.get(run).and_then(|tables| tables.get(table)).unwrap_or(&none);
            let partly = unreadable.contains(run);
            compare(table, rows, found, |key| partly || elsewhere.contains(&(*table, key)), folder);
        }
    }
    for (run, judging) in store.all_judgings().await? {
        if folder.log_is_whole() && !sealings.iter().any(|(_, sealed, _)| *sealed == judging) {
            let what = format!("this judging of run {} was not sealed: `portolan judge` or `survey --resume` seals it", run.0);
            folder.report.fault(Subject::Row("judging", judging.to_string()), what);
        }
    }
    Ok(())
}

fn sealing(fact: &Fact) -> Option<(RunId, i64, Vec<String>)> {
    let Fact::Rows { run, judging, tables, .. } = fact else { return None };
    Some((RunId(*run), *judging, tables.values().flat_map(|rows| rows.records.clone()).collect()))
}

/// The primary key of a row, its parts joined by `/`.
fn named(row: &Value, key: &[&str]) -> String {
    let part = |column: &&str| row[*column].as_str().map_or_else(|| row[*column].to_string(), str::to_owned);
    key.iter().map(part).collect::<Vec<_>>().join("/")
}

/// Compares the rows of a run in a table. `other` tells of a row that this run did not seal whether that can be.
fn compare(table: &'static str, sealed: &Rows, found: &Rows, other: impl Fn(&String) -> bool, folder: &mut Folder) {
    for (key, row) in sealed {
        let what = match found.get(key) {
            None => "it was sealed and is not in the ledger".to_owned(),
            Some(now) if now != row => {
                let differ = |column: &&String| now[column.as_str()] != row[column.as_str()];
                let columns: Vec<&str> =
                    row.as_object().into_iter().flat_map(|row| row.keys()).filter(differ).map(String::as_str).collect();
                format!("it is not as it was sealed: {}", columns.join(", "))
            }
            Some(_) => continue,
        };
        folder.report.fault(Subject::Row(table, key.clone()), what);
    }
    for key in found.keys().filter(|key| !sealed.contains_key(*key) && !other(key)) {
        folder.report.fault(Subject::Row(table, key.clone()), "it is in the ledger and was not sealed");
    }
}

/// What people made, against the log.
async fn made(store: &Store, folder: &mut Folder) -> Result<(), Error> {
    let mut logged: BTreeMap<u64, (String, Value)> = BTreeMap::new();
    for entry in folder.entries() {
        if let Fact::Row { table, row } = &entry.fact {
            logged.insert(entry.no, (table.clone(), row.clone()));
        }
    }
    for (table, entry, row) in store.all_made().await? {
        let subject = Subject::Row(table, entry.to_string());
        match logged.remove(&entry) {
            Some((of, said)) if of == table => {
                let differ = said.as_object().into_iter().flatten().filter(|(column, said)| !says(&row[column.as_str()], said));
                let columns: Vec<&str> = differ.map(|(column, _)| column.as_str()).collect();
                let added = row.as_object().map_or(0, serde_json::Map::len) != said.as_object().map_or(0, serde_json::Map::len);
                if added || !columns.is_empty() {
                    folder.report.fault(subject, format!("it is not what the log has: {}", columns.join(", ")));
                }
            }
            _ if folder.log_is_whole() => folder.report.fault(subject, "the log has no such entry"),
            _ => {}
        }
    }
    for (entry, (table, _)) in logged {
        let table = MADE.into_iter().find(|known| *known == table).unwrap_or("row");
        folder.report.fault(Subject::Row(table, entry.to_string()), "it is in the log and not in the ledger");
    }
    Ok(())
}

/// What people brought, against the log and the archive.
async fn brought(store: &Store, folder: &mut Folder) -> Result<(), Error> {
    let logged: BTreeMap<u64, Ingested> = folder.entries().iter().filter_map(ingested).collect();
    let rows = store.ingests().await?;
    for (entry, said) in &logged {
        // A crash between log and ledger is mended by taking the same file in again, under a new entry.
        let same = |row: &store::Ingest| row.portal == said.portal && row.digest == said.digest.to_string();
        if !rows.iter().any(|row| row.entry == *entry || same(row)) {
            let what = format!("it is in the log and not in the ledger: run `portolan ingest {}` again", said.file);
            folder.report.fault(Subject::Row("ingest", entry.to_string()), what);
        }
    }
    for row in rows {
        let subject = || Subject::Row("ingest", row.entry.to_string());
        let Some(said) = logged.get(&row.entry) else {
            if folder.log_is_whole() {
                folder.report.fault(subject(), "the log has no such entry");
            }
            continue;
        };
        let (at, digest) = (said.at.to_string(), said.digest.to_string());
        let pairs = [
            ("portal", &row.portal, &said.portal),
            ("by", &row.by, &said.by),
            ("at", &row.at, &at),
            ("file", &row.file, &said.file),
            ("digest", &row.digest, &digest),
            ("note", &row.note, &said.note),
        ];
        let differ: Vec<&str> = pairs.into_iter().filter(|(_, row, said)| row != said).map(|(column, ..)| column).collect();
        if !differ.is_empty() {
            folder.report.fault(subject(), format!("it is not what the log has: {}", differ.join(", ")));
        }
        let records: BTreeSet<&String> = said.records.iter().collect();
        for (capture, captured) in store.manual(row.entry).await? {
            let layer = store.layer(capture).await?;
            let mut of_capture = [Some(&captured.record), captured.text.as_ref(), layer.as_ref()].into_iter().flatten();
            let all = of_capture.all(|record| records.contains(&record.id));
            let same = |record: archive::RawRecord| record.field("WARC-Target-URI") == Some(captured.url.as_str());
            // A record that cannot be read is named already.
            if !all || !folder.record(&captured.record.id).is_none_or(same) {
                let what = format!("it is not among the records that entry {} names, or says another address", row.entry);
                folder.report.fault(Subject::Row("manual_capture", capture.0.to_string()), what);
            }
        }
    }
    Ok(())
}

fn ingested(entry: &Entry) -> Option<(u64, Ingested)> {
    if let Fact::Ingest(ingested) = &entry.fact { Some((entry.no, ingested.clone())) } else { None }
}

/// Whether a column of the ledger says what the log does. A column of JSON is its canonical text.
fn says(column: &Value, said: &Value) -> bool {
    match said {
        Value::Array(_) | Value::Object(_) => column.as_str() == Some(&canonical(said)),
        plain => column == plain,
    }
}
