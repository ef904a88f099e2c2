//! From a stretch of folded text back to the words a person would point at, as W3C text selectors.

use std::sync::Arc;

use model::Quote;

use crate::unit::{Unit, Units, Words};

/// Characters of context before and after a quote.
const CONTEXT: usize = 32;
/// A quote is never longer than this many bytes: the sentence, not the whole block.
const LONGEST: usize = 300;

/// The quote for a match (byte range in the unit's folded text): the whole unit if it is short, else its sentence.
pub(crate) fn quote(units: &Units<'_>, unit: &Unit<'_>, matched: (usize, usize)) -> Arc<Quote> {
    match &unit.words {
        Words::Layer { start, end } => {
            let (from, to) = units.layer.original(matched.0, matched.1);
            let (from, to) =
                if end - start <= LONGEST / 2 { (*start, *end) } else { sentence(&units.page.text, (*start, *end), (from, to)) };
            of_layer(units, from, to)
        }
        Words::Own { text, folded } => {
            let (from, to) = folded.original(matched.0, matched.1);
            let (from, to) = if text.len() <= LONGEST { (0, text.len()) } else { sentence(text, (0, text.len()), (from, to)) };
            Arc::new(Quote { exact: text[from..to].trim().to_owned(), ..Quote::default() })
        }
    }
}

/// A quote of a byte range of the text layer, made once for all rules that point at it.
pub(crate) fn of_layer(units: &Units<'_>, start: usize, end: usize) -> Arc<Quote> {
    Arc::clone(units.quotes.borrow_mut().entry((start, end)).or_insert_with(|| Arc::new(make(units, start, end))))
}

fn make(units: &Units<'_>, start: usize, end: usize) -> Quote {
    let text = units.page.text.as_str();
    let (start, end) = (start.min(text.len()), end.min(text.len()));
    let exact = text[start..end].trim();
    let start = start + (text[start..end].len() - text[start..end].trim_start().len());
    let end = start + exact.len();
    let first = units.counted.before(text, start);
    let length = u32::try_from(exact.chars().count()).unwrap_or(u32::MAX);
    let prefix = text[..start].char_indices().rev().take(CONTEXT).last().map_or("", |(at, _)| &text[at..start]);
    let suffix = text[end..].char_indices().nth(CONTEXT).map_or(&text[end..], |(at, _)| &text[end..end + at]);
    Quote {
        exact: exact.to_owned(),
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        position: Some((first, first.saturating_add(length))),
    }
}

/// How many characters stand before each stretch of a text, so that a position is found without counting from its start.
#[derive(Debug)]
pub(crate) struct Counted(Vec<u32>);

/// Bytes of a stretch.
const STRETCH: usize = 512;

impl Counted {
    pub(crate) fn of(text: &str) -> Self {
        let characters = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(is_first(*byte))).sum::<u32>();
        let add = |before: &mut u32, stretch: &[u8]| {
            let known = *before;
            *before += characters(stretch);
            Some(known)
        };
        Self(text.as_bytes().chunks(STRETCH).scan(0, add).collect())
    }

    /// Characters before a byte offset.
    fn before(&self, text: &str, at: usize) -> u32 {
        let stretch = at / STRETCH;
        let known = self.0.get(stretch).copied().unwrap_or(0);
        let rest = text.as_bytes()[(stretch * STRETCH).min(at)..at].iter();
        known + rest.map(|byte| u32::from(is_first(*byte))).sum::<u32>()
    }
}

/// Whether a byte of UTF-8 begins a character.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// The sentence around a match, within its block, cut to the longest quote.
fn sentence(text: &str, block: (usize, usize), matched: (usize, usize)) -> (usize, usize) {
    let ends = ['.', '!', '?', '。', '؟', '।', '！', '？', ';', '\n'];
    let start = text[block.0..matched.0].rfind(ends).map_or(block.0, |at| next_char(text, block.0 + at));
    let end = text[matched.1..block.1].find(ends).map_or(block.1, |at| next_char(text, matched.1 + at));
    let start = if matched.1 - start > LONGEST { floor(text, matched.0.saturating_sub(LONGEST / 2).max(block.0)) } else { start };
    let end = if end - start > LONGEST { floor(text, (start + LONGEST).max(matched.1)) } else { end };
    (start, end.max(matched.1))
}

fn next_char(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(at, |c| at + c.len_utf8())
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_from_the_start() {
        let text = "Bürgerbüro “市役所” ".repeat(200);
        let counted = Counted::of(&text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(counted.before(&text, at) as usize, text[..at].chars().count(), "at {at}");
        }
    }
}
