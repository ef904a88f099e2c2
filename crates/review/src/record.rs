//! Keeping what people made: the log's entries first, then the rows.

use std::path::Path;

use archive::{Fact, Log};
use model::Made;
use serde_json::Value;
use store::Store;

use crate::check::check;
use crate::error::{Error, rule};

/// Keeps what a person made, if it breaks no rule; returns the number of its entry in the log.
pub async fn record(archive: &Path, log: &mut Log, store: &Store, made: &Made) -> Result<u64, Error> {
    let mut done = record_all(archive, log, store, std::slice::from_ref(made)).await;
    done.pop().expect("one was made")
}

/// As [`record`], with one write of the log and one transaction for all that break no rule.
pub(crate) async fn record_all(archive: &Path, log: &mut Log, store: &Store, made: &[Made]) -> Vec<Result<u64, Error>> {
    if let Err(error) = catch_up(log, store).await {
        return refused(error, made.len());
    }
    let (mut done, mut good) = (Vec::with_capacity(made.len()), Vec::new());
    for (place, one) in made.iter().enumerate() {
        done.push(match kept_before(store, one).await {
            Ok(Some(entry)) => Ok(entry),
            Ok(None) => check(archive, store, one).await.map(|()| {
                good.push((place, one.table(), one.row()));
                0
            }),
            Err(error) => Err(error),
        });
    }
    if good.is_empty() {
        return done;
    }
    let places: Vec<usize> = good.iter().map(|(place, ..)| *place).collect();
    match keep(log, store, good).await {
        Ok(first) => {
            for (entry, place) in (first..).zip(places) {
                done[place] = Ok(entry);
            }
        }
        // One of them is to blame; each by itself tells which.
        Err(_) if places.len() > 1 => {
            for place in places {
                done[place] = match keep(log, store, vec![(place, made[place].table(), made[place].row())]).await {
                    Ok(entry) => Ok(entry),
                    Err(error) => Err(error),
                };
            }
        }
        Err(error) => done[places[0]] = Err(error),
    }
    done
}

/// Writes rows to log and ledger; returns the number of the first entry.
async fn keep(log: &mut Log, store: &Store, rows: Vec<(usize, &'static str, Value)>) -> Result<u64, Error> {
    let mut held = log.hold()?;
    let first = held.next();
    let numbered: Vec<(u64, &str, Value)> = (first..).zip(rows).map(|(entry, (_, table, row))| (entry, table, row)).collect();
    let making = store.make(&numbered).await?;
    let facts = numbered.into_iter().map(|(_, table, row)| Fact::Row { table: table.to_owned(), row });
    held.append_all(facts.collect())?;
    making.keep().await?;
    Ok(first)
}

/// The entry of what was handed in before under the same identifier.
async fn kept_before(store: &Store, made: &Made) -> Result<Option<u64>, Error> {
    let row = made.row();
    let Some((entry, mut before)) = store.made_as(made.table(), row["id"].as_str().unwrap_or_default()).await? else {
        return Ok(None);
    };
    // Who sends the same once more does so later.
    before["at"] = row["at"].clone();
    if before == row {
        return Ok(Some(entry));
    }
    Err(rule("something else was kept under this identifier: load the page again"))
}

/// Puts into the ledger what the log has and a crash kept from it; returns how many rows.
pub async fn catch_up(log: &mut Log, store: &Store) -> Result<usize, Error> {
    let last = store.last_made().await?;
    log.refresh()?;
    let mut late = 0;
    for entry in log.entries().iter().rev().take_while(|entry| entry.no > last).collect::<Vec<_>>().into_iter().rev() {
        if let Fact::Row { table, row } = &entry.fact {
            store.make(&[(entry.no, table, row.clone())]).await?.keep().await?;
            late += 1;
        }
    }
    Ok(late)
}

fn refused(error: Error, count: usize) -> Vec<Result<u64, Error>> {
    let told = crate::reply::chain(&error);
    let mut all: Vec<Result<u64, Error>> = (1..count).map(|_| Err(Error::Late(told.clone()))).collect();
    all.insert(0, Err(error));
    all
}
