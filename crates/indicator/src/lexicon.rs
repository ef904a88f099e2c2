//! Concepts and the terms that languages have for them.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use crate::fold::fold;
use crate::source::{Mistake, Source};

/// Number of a concept, by the order of `concepts.toml`.
pub(crate) type ConceptNo = u16;
/// Number of a language, by the order in which lexicons were loaded.
pub(crate) type LanguageNo = u16;

/// Terms of the table `[everywhere]` and of no particular language.
pub(crate) const EVERYWHERE: LanguageNo = 0;

/// The registry of concepts.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    ids: Vec<String>,
    things: Vec<bool>,
    numbers: HashMap<String, ConceptNo>,
}

impl Concepts {
    /// The number of a concept; the error proposes the nearest name.
    pub(crate) fn number(&self, id: &str) -> Result<ConceptNo, String> {
        self.numbers.get(id).copied().ok_or_else(|| {
            let near = self.ids.iter().max_by_key(|known| likeness(known, id)).filter(|known| likeness(known, id) * 2 > id.len());
            let hint = near.map(|known| format!(": did you mean `{known}`?")).unwrap_or_else(|| ":".to_owned());
            format!("`{id}` is no concept{hint} concepts are listed in lexicons/concepts.toml")
        })
    }

    /// Whether it is a thing, whose longer terms hide shorter ones of other things.
    pub(crate) fn is_thing(&self, concept: ConceptNo) -> bool {
        self.things[usize::from(concept)]
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    fn add(&mut self, id: &str, thing: bool) {
        let number = ConceptNo::try_from(self.ids.len()).unwrap_or(ConceptNo::MAX);
        self.numbers.insert(id.to_owned(), number);
        self.ids.push(id.to_owned());
        self.things.push(thing);
    }

    #[cfg(test)]
    pub(crate) fn of(ids: &[&str]) -> Self {
        let mut concepts = Self::default();
        ids.iter().for_each(|id| concepts.add(id, true));
        concepts
    }
}

/// Length of the common prefix and suffix.
fn likeness(a: &str, b: &str) -> usize {
    let front = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let back = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    (front + back).min(a.len().min(b.len()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConcepts {
    concept: BTreeMap<String, RawConcept>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConcept {
    #[expect(dead_code, reason = "read by people who write lexicons")]
    about: String,
    kind: ConceptKind,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum ConceptKind {
    Thing,
    Act,
    Mark,
}

/// Reads `concepts.toml`.
pub(crate) fn read_concepts(source: &Source) -> Result<Concepts, Mistake> {
    let raw: RawConcepts = source.read()?;
    let mut concepts = Concepts::default();
    for (id, concept) in &raw.concept {
        concepts.add(id, concept.kind == ConceptKind::Thing);
    }
    Ok(concepts)
}

/// A term ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) concept: ConceptNo,
    pub(crate) language: LanguageNo,
    /// Folded text up to the first `*`: what the automaton looks for.
    pub(crate) head: String,
    /// What follows each `*`, folded; empty if there is none. `open` says whether the head itself ends in `*`.
    pub(crate) rest: Vec<String>,
    pub(crate) open: bool,
    /// Matches only where the page has capitals.
    pub(crate) capitals: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLexicon {
    language: Spanned<String>,
    #[serde(default)]
    terms: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    everywhere: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
}

/// One language's terms.
pub(crate) struct Lexicon {
    /// Primary subtag.
    pub(crate) language: String,
    pub(crate) terms: Vec<Term>,
    /// The first term of each concept as written, without its first `*` and what follows: what a person would search for.
    pub(crate) names: Vec<(ConceptNo, String)>,
}

/// Reads one lexicon.
pub(crate) fn read_lexicon(
    source: &Source,
    concepts: &Concepts,
    language: LanguageNo,
    mistakes: &mut Vec<Mistake>,
) -> Option<Lexicon> {
    let raw: RawLexicon = source.read().map_err(|mistake| mistakes.push(mistake)).ok()?;
    let tag = match model::Language::new(raw.language.get_ref()) {
        Ok(tag) => tag,
        Err(error) => {
            mistakes.push(source.mistake(raw.language.span().start, error.to_string()));
            return None;
        }
    };
    let (mut terms, mut names) = (Vec::new(), Vec::new());
    for (table, number) in [(&raw.terms, language), (&raw.everywhere, EVERYWHERE)] {
        for (id, list) in table {
            let concept = match concepts.number(id) {
                Ok(concept) => concept,
                Err(what) => {
                    mistakes.push(source.mistake(list.span().start, what));
                    continue;
                }
            };
            if let Some(first) = list.get_ref().first().filter(|_| number != EVERYWHERE) {
                names.push((concept, first.get_ref().split('*').next().unwrap_or_default().trim().to_owned()));
            }
            for text in list.get_ref() {
                let spelled = std::iter::once(text.get_ref().clone()).chain(without_umlauts(text.get_ref()));
                for spelling in spelled {
                    match term(&spelling, concept, number) {
                        Ok(term) => terms.push(term),
                        Err(what) => mistakes.push(source.mistake(text.span().start, what)),
                    }
                }
            }
        }
    }
    Some(Lexicon { language: tag.primary().to_owned(), terms, names })
}

/// The spelling that addresses and file names use: `ae` for `ä` and so on.
fn without_umlauts(text: &str) -> Option<String> {
    let plain =
        text.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('Ä', "Ae").replace('Ö', "Oe").replace('Ü', "Ue");
    (plain != text).then_some(plain)
}

fn term(text: &str, concept: ConceptNo, language: LanguageNo) -> Result<Term, String> {
    let folded = fold(text.trim()).text;
    let mut parts = folded.split('*').map(str::to_owned);
    let head = parts.next().unwrap_or_default();
    if head.trim().chars().filter(|c| c.is_alphanumeric()).count() == 0 {
        return Err(format!("`{text}` has no letters before its first `*`: write the part that never changes"));
    }
    let rest: Vec<String> = parts.collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = (2..=4).contains(&letters) && text.chars().all(|c| !c.is_lowercase()) && text.is_ascii();
    Ok(Term { concept, language, open: !rest.is_empty(), head, rest, capitals })
}
