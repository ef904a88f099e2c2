//! What makes a judged run provable: the text that evidence points into, and its rows, put into the archive and named in
//! the log.

use std::collections::BTreeMap;

use archive::{Archive, Fact, SealedRows};
use model::{Record, Time};
use serde_json::Value;
use store::{CaptureId, Captured, RunId, Store};
use tracing::trace_span;

use crate::survey::{Ground, now};
use crate::{Error, STAGES, Settings, reading};

/// Bytes of rows that one record holds.
const BLOCK: usize = 8 << 20;

/// A judging that is to be sealed.
pub(crate) struct Sealing {
    pub(crate) run: RunId,
    pub(crate) portal: String,
    pub(crate) judging: i64,
    pub(crate) layers: Vec<Layer>,
}

/// The text layer of a captured page.
pub(crate) struct Layer {
    capture: CaptureId,
    captured: Captured,
    text: String,
}

/// Puts the rule files into the archive, once for each rulebook.
pub(crate) fn keep_rulebook(archive: &mut Archive, ground: &Ground) -> Result<(), archive::Error> {
    let kept = |fact: &Fact| matches!(fact, Fact::Rulebook { digest, .. } if *digest == ground.digest);
    if archive.log().entries().iter().any(|entry| kept(&entry.fact)) {
        return Ok(());
    }
    let hex: String = ground.digest.to_string().replace(':', "-");
    let urn = format!("urn:portolan:rulebook:{hex}");
    let record = archive.append_resource(&urn, "text/plain; charset=utf-8", ground.rules.as_bytes(), now())?.id;
    archive.sync()?;
    archive.log().append(Fact::Rulebook { digest: ground.digest, record })?;
    Ok(())
}

/// The text layers that a judging's evidence points into and that are not kept yet. Reads the archive.
pub(crate) async fn layers(ground: &Ground, judging: i64, settings: &Settings) -> Result<Vec<Layer>, Error> {
    let wanted = ground.store.without_layer(judging).await?;
    let (archive, settings) = (ground.archive.clone(), settings.clone());
    let read = move || {
        let mut layers = Vec::with_capacity(wanted.len());
        for (capture, captured) in wanted {
            let exchange = archive::read(&archive, &captured.record)?;
            let text = captured.text.as_ref().map(|text| archive::read_text(&archive, text)).transpose()?;
            // What could be read when it was judged can be read now.
            if let Ok((page, _)) = reading::open(&exchange, text, &settings) {
                layers.push(Layer { capture, captured, text: page.text });
            }
        }
        Ok(layers)
    };
    tokio::task::spawn_blocking(read).await.expect("reading the archive does not panic")
}

/// Seals a judging; a no-op if the log has it already.
pub(crate) async fn seal(mut archive: Archive, store: &Store, of: Sealing) -> (Archive, Result<(), Error>) {
    if is_sealed(&mut archive, of.judging) {
        return (archive, Ok(()));
    }
    let again = archive.log().entries().iter().any(|entry| matches!(&entry.fact, Fact::Rows { run, .. } if *run == of.run.0));
    let (back, kept) = blocking(archive, |archive| keep_layers(archive, of.layers)).await;
    archive = back;
    let stored = async {
        let kept = kept?;
        store.put_layers(&kept).await?;
        store.sealed_rows(of.run, of.judging, again).await.map_err(Error::Store)
    };
    let rows = match stored.await {
        Ok(rows) => rows,
        Err(error) => return (archive, Err(error)),
    };
    blocking(archive, move |archive| {
        let tables = rows.into_iter().map(|(table, rows)| Ok((table.to_owned(), keep_rows(archive, of.run, table, &rows)?)));
        let tables: BTreeMap<String, SealedRows> = tables.collect::<Result<_, archive::Error>>()?;
        archive.sync()?;
        archive.log().append(Fact::Rows { run: of.run.0, portal: of.portal, judging: of.judging, tables })?;
        Ok(())
    })
    .await
}

fn is_sealed(archive: &mut Archive, judging: i64) -> bool {
    archive.log().entries().iter().any(|entry| matches!(&entry.fact, Fact::Rows { judging: sealed, .. } if *sealed == judging))
}

/// Lets the archive work off the async threads.
async fn blocking<T: Send + 'static>(
    mut archive: Archive,
    work: impl FnOnce(&mut Archive) -> Result<T, archive::Error> + Send + 'static,
) -> (Archive, Result<T, Error>) {
    let done = tokio::task::spawn_blocking(move || {
        let done = trace_span!(target: STAGES, "seal").in_scope(|| work(&mut archive));
        (archive, done.map_err(Error::Archive))
    });
    done.await.expect("the archive does not panic")
}

fn keep_layers(archive: &mut Archive, layers: Vec<Layer>) -> Result<Vec<(CaptureId, Record)>, archive::Error> {
    let keep = |layer: Layer| {
        let Captured { record, url, done, .. } = &layer.captured;
        Ok((layer.capture, archive.append_text(record, url, &layer.text, *done)?))
    };
    let kept = layers.into_iter().map(keep).collect::<Result<_, archive::Error>>()?;
    archive.sync()?;
    Ok(kept)
}

pub(crate) fn keep_rows(archive: &mut Archive, run: RunId, table: &str, rows: &[Value]) -> Result<SealedRows, archive::Error> {
    let mut sealed = SealedRows { count: rows.len() as u64, records: Vec::new() };
    let (mut block, at): (String, Time) = (String::new(), now());
    for (no, row) in rows.iter().enumerate() {
        block.push_str(&row.to_string());
        block.push('\n');
        if block.len() >= BLOCK || no + 1 == rows.len() {
            let urn = format!("urn:portolan:rows:{}:{table}:{}", run.0, sealed.records.len());
            sealed.records.push(archive.append_resource(&urn, "application/x-ndjson", block.as_bytes(), at)?.id);
            block.clear();
        }
    }
    Ok(sealed)
}
