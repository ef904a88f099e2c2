//! One automaton for the terms of all languages: folded text in, concepts out.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::expr::Match;
use crate::fold::{Folded, is_spaced_letter};
use crate::lexicon::{Concepts, EVERYWHERE, LanguageNo, Term};

/// All terms, compiled.
pub(crate) struct Scanner {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Terms by pattern: several languages may share one.
    terms: Vec<Vec<Term>>,
    things: Vec<bool>,
}

/// The languages whose terms count, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Active(pub(crate) Vec<bool>);

impl Active {
    fn has(&self, language: LanguageNo) -> bool {
        language == EVERYWHERE || self.0.get(usize::from(language)).copied().unwrap_or(false)
    }

    /// The same with one more language.
    pub(crate) fn with(mut self, language: LanguageNo) -> Self {
        if let Some(slot) = self.0.get_mut(usize::from(language)) {
            *slot = true;
        }
        self
    }
}

impl Scanner {
    pub(crate) fn new(terms: Vec<Term>, concepts: &Concepts) -> Result<Self, String> {
        let mut by_head: std::collections::BTreeMap<String, Vec<Term>> = std::collections::BTreeMap::new();
        for term in terms {
            by_head.entry(term.head.clone()).or_default().push(term);
        }
        let heads: Vec<(&String, u32)> = by_head.keys().zip(0..).collect();
        let automaton = if heads.is_empty() {
            None
        } else {
            Some(CharwiseDoubleArrayAhoCorasick::with_values(heads).map_err(|error| error.to_string())?)
        };
        let things = (0..concepts.len()).map(|n| concepts.is_thing(u16::try_from(n).unwrap_or(u16::MAX))).collect();
        Ok(Self { automaton, terms: by_head.into_values().collect(), things })
    }

    /// Concepts in a folded text, sorted by start; of things that overlap by containment only the longest.
    pub(crate) fn scan(&self, folded: &Folded, original: &str, active: &Active) -> Vec<Match> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let text = folded.text.as_str();
        let mut found = Vec::new();
        for hit in automaton.find_overlapping_iter(text) {
            if !starts_word(text, hit.start()) {
                continue;
            }
            for term in &self.terms[hit.value() as usize] {
                if !active.has(term.language) {
                    continue;
                }
                let Some(end) = complete(text, hit.end(), term) else { continue };
                // A short acronym counts in capitals, or where it is all there is, as in the path `/imu`.
                let alone = hit.start() == 0 && end == text.len();
                if term.capitals && !alone {
                    let (from, to) = folded.original(hit.start(), end);
                    if original[from..to].chars().any(char::is_lowercase) {
                        continue;
                    }
                }
                found.push(Match { concept: term.concept, start: hit.start(), end });
            }
        }
        found.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.concept));
        found.dedup();
        self.keep_longest_things(found)
    }

    fn keep_longest_things(&self, found: Vec<Match>) -> Vec<Match> {
        let thing = |m: &Match| self.things[usize::from(m.concept)];
        let mut kept: Vec<Match> = Vec::with_capacity(found.len());
        for m in found {
            let hidden = thing(&m)
                && kept.iter().rev().take(8).any(|k| {
                    thing(k)
                        && k.concept != m.concept
                        && k.start <= m.start
                        && m.end <= k.end
                        && k.end - k.start > m.end - m.start
                });
            if !hidden {
                kept.push(m);
            }
        }
        kept
    }
}

/// Whether a match at `start` is not inside a word.
fn starts_word(text: &str, start: usize) -> bool {
    let first = text[start..].chars().next();
    let before = text[..start].chars().next_back();
    !(first.is_some_and(is_spaced_letter) && before.is_some_and(is_spaced_letter))
}

/// The end of the whole term whose head ended at `end`, if the rest follows and no word goes on.
fn complete(text: &str, mut end: usize, term: &Term) -> Option<usize> {
    for rest in &term.rest {
        end += text[end..].find(|c| !is_spaced_letter(c)).unwrap_or(text.len() - end);
        if !text[end..].starts_with(rest.as_str()) {
            return None;
        }
        end += rest.len();
    }
    if term.open && term.rest.last().is_none_or(String::is_empty) {
        return Some(end);
    }
    let last = text[..end].chars().next_back();
    let after = text[end..].chars().next();
    let inside = last.is_some_and(is_spaced_letter) && after.is_some_and(is_spaced_letter);
    (!inside).then_some(end)
}
