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

/// The text layer of a capture, code point by code point; the error tells in words why there is none.
pub(crate) async fn text(app: &App, capture: CaptureId) -> Result<Vec<char>, Refusal> {
    app.outside.layer(capture).await.map_err(Refusal::Conflict)?;
    let Some(layer) = app.store.layer(capture).await? else { return Err(Refusal::Unknown) };
    Ok(read_text(&app.archive, &layer)?.chars().collect())
}

/// The passage from `start` to `end` of a captured text; none if the text is shorter.
pub(crate) async fn select(app: &App, capture: CaptureId, start: u32, end: u32) -> Result<Option<Pointed>, Refusal> {
    let Some(captured) = app.store.capture(capture).await? else { return Ok(None) };
    let text = text(app, capture).await?;
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

/// Where words stand in a text, at most so often, as code points from and to. Blind to case, and to which blanks part the
/// words: what is pasted from a browser has others than the text layer.
pub(crate) fn occurrences(text: &[char], words: &str, most: usize) -> Vec<(usize, usize)> {
    let words: Vec<Vec<char>> = words.split_whitespace().map(|word| word.chars().map(fold).collect()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() && found.len() < most && !words.is_empty() {
        match ends(text, at, &words) {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Where words end that begin here.
fn ends(text: &[char], mut at: usize, words: &[Vec<char>]) -> Option<usize> {
    for (place, word) in words.iter().enumerate() {
        if place > 0 {
            let blanks = text[at..].iter().take_while(|c| c.is_whitespace()).count();
            at += if blanks > 0 { blanks } else { return None };
        }
        let here = text.get(at..at + word.len())?;
        if !here.iter().zip(word).all(|(own, sought)| fold(*own) == *sought) {
            return None;
        }
        at += word.len();
    }
    Some(at)
}

/// One code point for one, so that places stay what they are.
fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_code_points_whatever_their_case_and_blanks() {
        let text: Vec<char> = "Año 😀 Pagar\n  impuestos, PAGAR impuestos".chars().collect();
        assert_eq!(occurrences(&text, "pagar impuestos", 9), [(6, 23), (25, 40)]);
        assert_eq!(occurrences(&text, "pagar impuestos", 1), [(6, 23)]);
        assert_eq!(occurrences(&text, " \n", 9), []);
        assert_eq!(occurrences(&text, "pagarimpuestos", 9), []);
        assert_eq!(occurrences(&text, "impuestos y más", 9), []);
    }
}
