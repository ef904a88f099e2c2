//! The terms that one language has for the concepts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::concept::{ConceptNo, Concepts};
use crate::fold::fold;
use crate::place::Places;
use crate::source::{Mistake, Source};

/// A term ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) concept: ConceptNo,
    /// Folded text up to the first `*`: what the automaton looks for.
    pub(crate) head: String,
    /// What follows each `*`, folded; empty if there is none. `open` says whether the head itself ends in `*`.
    pub(crate) rest: Vec<String>,
    pub(crate) open: bool,
    /// Matches only where the page has capitals.
    pub(crate) capitals: bool,
    /// Where it counts; everywhere if there is none.
    pub(crate) guard: Option<Guard>,
}

/// Where an ambiguous term counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guard {
    pub(crate) places: Places,
    /// Folded words that void it in the same unit, each cut at its `*`.
    pub(crate) unless: Vec<Vec<String>>,
}

/// One language's terms.
pub(crate) struct Lexicon {
    /// Primary subtag.
    pub(crate) language: String,
    /// Other primary subtags that it serves.
    pub(crate) also: Vec<String>,
    /// Folded particles that are written joined before a word.
    pub(crate) prefixes: Vec<String>,
    pub(crate) terms: Vec<Term>,
    /// Terms that count whatever the language of the page.
    pub(crate) everywhere: Vec<Term>,
    /// The first term of each concept as written, without its first `*` and what follows: what a person would search for.
    pub(crate) names: Vec<(ConceptNo, String)>,
    /// Concepts that it says it cannot name.
    pub(crate) without: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLexicon {
    language: Spanned<String>,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    #[serde(default)]
    prefixes: Vec<String>,
    #[serde(default)]
    terms: Table,
    #[serde(default)]
    everywhere: Table,
    /// Why a concept has no term.
    #[serde(default)]
    without: BTreeMap<String, Spanned<String>>,
}

type Table = BTreeMap<String, Spanned<Vec<Spanned<RawTerm>>>>;

#[derive(Deserialize)]
#[serde(untagged, expecting = "a term is a text, or { term = TEXT, in = [PLACES], unless = [TEXTS] }")]
enum RawTerm {
    Plain(String),
    Guarded(RawGuarded),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGuarded {
    term: String,
    #[serde(default, rename = "in")]
    places: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// Reads one lexicon.
pub(crate) fn read_lexicon(source: &Source, concepts: &Concepts, mistakes: &mut Vec<Mistake>) -> Option<Lexicon> {
    let raw: RawLexicon = source.read().map_err(|mistake| mistakes.push(mistake)).ok()?;
    let mut reader = Reader { source, concepts, mistakes };
    let language = reader.language(&raw.language)?;
    let also = raw.also.iter().filter_map(|tag| reader.language(tag)).collect();
    let names =
        raw.terms.iter().filter_map(|(id, list)| Some((concepts.number(id).ok()?, list.get_ref().first()?.get_ref().name())));
    let names = names.collect();
    for (id, reason) in &raw.without {
        reader.concept(id, &reason.span());
        if raw.terms.contains_key(id) {
            reader.mistake(&reason.span(), format!("`{id}` has terms: take it out of [without]"));
        }
    }
    Some(Lexicon {
        language,
        also,
        prefixes: raw.prefixes.iter().map(|prefix| fold(prefix.trim()).text).filter(|prefix| !prefix.is_empty()).collect(),
        terms: reader.table(&raw.terms),
        everywhere: reader.table(&raw.everywhere),
        names,
        without: raw.without.into_keys().collect(),
    })
}

impl RawTerm {
    fn text(&self) -> &str {
        match self {
            Self::Plain(term) | Self::Guarded(RawGuarded { term, .. }) => term,
        }
    }

    fn name(&self) -> String {
        self.text().split('*').next().unwrap_or_default().trim().to_owned()
    }

    fn guard(&self) -> Result<Option<Guard>, String> {
        let Self::Guarded(RawGuarded { places, unless, .. }) = self else { return Ok(None) };
        let places = if places.is_empty() { Places::ALL } else { Places::read(places)? };
        Ok(Some(Guard {
            places,
            unless: unless.iter().map(|words| fold(words.trim()).text.split('*').map(str::to_owned).collect()).collect(),
        }))
    }
}

struct Reader<'a> {
    source: &'a Source,
    concepts: &'a Concepts,
    mistakes: &'a mut Vec<Mistake>,
}

impl Reader<'_> {
    fn language(&mut self, tag: &Spanned<String>) -> Option<String> {
        match model::Language::new(tag.get_ref()) {
            Ok(language) => Some(language.primary().to_owned()),
            Err(error) => {
                self.mistake(&tag.span(), error.to_string());
                None
            }
        }
    }

    fn concept(&mut self, id: &str, at: &Range<usize>) -> Option<ConceptNo> {
        self.concepts.number(id).map_err(|what| self.mistake(at, what)).ok()
    }

    fn table(&mut self, table: &Table) -> Vec<Term> {
        let mut terms = Vec::new();
        for (id, list) in table {
            let Some(concept) = self.concept(id, &list.span()) else { continue };
            for raw in list.get_ref() {
                let text = raw.get_ref().text();
                for spelling in std::iter::once(text.to_owned()).chain(without_umlauts(text)) {
                    match raw.get_ref().guard().and_then(|guard| term(&spelling, concept, guard)) {
                        Ok(term) => terms.push(term),
                        Err(what) => self.mistake(&raw.span(), what),
                    }
                }
            }
        }
        terms
    }

    fn mistake(&mut self, at: &Range<usize>, what: String) {
        self.mistakes.push(self.source.mistake(at.start, what));
    }
}

/// The spelling that addresses and file names use: `ae` for `ä` and so on.
fn without_umlauts(text: &str) -> Option<String> {
    if !text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        return None;
    }
    let plain =
        text.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('Ä', "Ae").replace('Ö', "Oe").replace('Ü', "Ue");
    Some(plain)
}

fn term(text: &str, concept: ConceptNo, guard: Option<Guard>) -> Result<Term, String> {
    let folded = fold(text.trim()).text;
    let mut parts = folded.split('*').map(str::to_owned);
    let head = parts.next().unwrap_or_default();
    if head.trim().chars().filter(|c| c.is_alphanumeric()).count() == 0 {
        return Err(format!("`{text}` has no letters before its first `*`: write the part that never changes"));
    }
    let rest: Vec<String> = parts.collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = (2..=4).contains(&letters) && text.chars().all(|c| !c.is_lowercase()) && text.is_ascii();
    Ok(Term { concept, open: !rest.is_empty(), head, rest, capitals, guard })
}
