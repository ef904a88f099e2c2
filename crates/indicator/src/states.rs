//! States with the working languages of their largest city and their official languages: a version of a portal in one of
//! the latter is no foreign language.

use std::collections::HashMap;

use model::Country;
use serde::Deserialize;
use toml::Spanned;

use crate::source::{Mistake, Source};

/// A state as LOSI assesses it: by its largest city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1.
    pub country: Country,
    /// Its name in English.
    pub name: String,
    /// Its largest city.
    pub city: String,
    /// Working languages of that city's administration, the main one first: primary subtags.
    pub languages: Vec<String>,
    /// Official languages of the state: primary subtags.
    pub official: Vec<String>,
}

/// All states, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct States {
    pub(crate) all: Vec<State>,
    by_country: HashMap<Country, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStates {
    state: Vec<RawState>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawState {
    code: Spanned<String>,
    name: String,
    city: String,
    languages: Vec<Spanned<String>>,
    official: Vec<Spanned<String>>,
}

impl States {
    /// Reads `states.toml`.
    pub(crate) fn read(source: &Source, mistakes: &mut Vec<Mistake>) -> Self {
        let raw: RawStates = match source.read() {
            Ok(raw) => raw,
            Err(mistake) => {
                mistakes.push(mistake);
                return Self::default();
            }
        };
        let mut states = Self::default();
        for raw in raw.state {
            let at = raw.code.span().start;
            let (languages, official) = (subtags(source, raw.languages, mistakes), subtags(source, raw.official, mistakes));
            match Country::new(raw.code.get_ref()) {
                Ok(country) if states.by_country.insert(country, states.all.len()).is_none() => {
                    states.all.push(State { country, name: raw.name, city: raw.city, languages, official });
                }
                Ok(_) => mistakes.push(source.mistake(at, format!("`{}` stands twice", raw.code.get_ref()))),
                Err(error) => mistakes.push(source.mistake(at, error.to_string())),
            }
        }
        states
    }

    /// The official languages of a country; none if it is not listed.
    pub(crate) fn official(&self, country: Country) -> &[String] {
        self.by_country.get(&country).map_or(&[], |number| &self.all[*number].official)
    }
}

fn subtags(source: &Source, tags: Vec<Spanned<String>>, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let mut good = Vec::new();
    for tag in tags {
        match model::Language::new(tag.get_ref()) {
            Ok(language) => good.push(language.primary().to_owned()),
            Err(error) => mistakes.push(source.mistake(tag.span().start, error.to_string())),
        }
    }
    good
}
