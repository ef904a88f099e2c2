//! Concepts: what municipalities name, whatever the language.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::source::{Mistake, Source};

/// Number of a concept, by the order of `concepts.toml`.
pub(crate) type ConceptNo = u16;

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

    /// The name of a concept.
    pub(crate) fn id(&self, concept: ConceptNo) -> &str {
        &self.ids[usize::from(concept)]
    }

    /// All concepts with their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = (ConceptNo, &str)> {
        (0..).zip(self.ids.iter().map(String::as_str))
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
