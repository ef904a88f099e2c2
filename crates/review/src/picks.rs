//! From what a form chooses to passages of captures: `c:FINDING:RANK` is a candidate, `p:CAPTURE:START:END` a passage that the
//! assessor selected in a captured text (code points, end exclusive).

use archive::read_text;
use model::Pointed;
use store::{CaptureId, FindingId};

use crate::app::App;
use crate::own::Own;
use crate::reply::Refusal;

/// Code points of context on each side of a selected passage (W3C Web Annotation, TextQuoteSelector).
const CONTEXT: usize = 32;

/// Code points of a selected passage at most.
pub(crate) const LONGEST: u32 = 2000;

/// The passage that a choice stands for, and its capture.
pub(crate) async fn passage(app: &App, own: &Own, pick: &str) -> Result<(CaptureId, Pointed), Refusal> {
    let wrong = || Refusal::field("pick", format!("`{pick}` is no passage that can be chosen here"));
    let parts: Vec<&str> = pick.split(':').collect();
    let number = |text: &str| text.parse::<i64>().map_err(|_| wrong());
    match parts[..] {
        ["c", finding, rank] => {
            let finding = FindingId(number(finding)?);
            let of = app.store.finding(finding).await.map_err(|_| wrong())?;
            if Some(of.judging) != own.slot.judging {
                return Err(wrong());
            }
            let rank = number(rank)?;
            let proof = app.store.proofs(finding).await?.into_iter().find(|proof| i64::from(proof.rank) == rank);
            let (proof, (capture, captured)) =
                proof.and_then(|mut proof| proof.captured.take().map(|captured| (proof, captured))).ok_or_else(wrong)?;
            let quote = proof.evidence.quote;
            let pointed = Pointed {
                record: captured.record.id,
                url: captured.url.to_string(),
                exact: quote.exact,
                prefix: quote.prefix,
                suffix: quote.suffix,
                start: quote.position.map(|(start, _)| start),
                end: quote.position.map(|(_, end)| end),
            };
            Ok((capture, pointed))
        }
        ["p", capture, start, end] => {
            let capture = CaptureId(number(capture)?);
            let at = |text: &str| text.parse::<u32>().map_err(|_| wrong());
            let (start, end) = (at(start)?, at(end)?);
            if start >= end || end - start > LONGEST || !app.store.may_see(&own.slot, capture).await? {
                return Err(wrong());
            }
            Ok((capture, select(app, capture, start, end).await?.ok_or_else(wrong)?))
        }
        _ => Err(wrong()),
    }
}

/// The passage from `start` to `end` of a captured text; none if the text is shorter.
pub(crate) async fn select(app: &App, capture: CaptureId, start: u32, end: u32) -> Result<Option<Pointed>, Refusal> {
    let Some(captured) = app.store.capture(capture).await? else { return Ok(None) };
    app.outside.layer(capture).await.map_err(Refusal::Conflict)?;
    let Some(layer) = app.store.layer(capture).await? else { return Ok(None) };
    let text: Vec<char> = read_text(&app.archive, &layer)?.chars().collect();
    let (from, to) = (start as usize, end as usize);
    let Some(exact) = text.get(from..to) else { return Ok(None) };
    let before = &text[from.saturating_sub(CONTEXT)..from];
    let after = &text[to..text.len().min(to + CONTEXT)];
    Ok(Some(Pointed {
        record: captured.record.id,
        url: captured.url.to_string(),
        exact: exact.iter().collect(),
        prefix: before.iter().collect(),
        suffix: after.iter().collect(),
        start: Some(start),
        end: Some(end),
    }))
}
