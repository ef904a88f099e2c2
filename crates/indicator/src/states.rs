//! Countries with their official languages: a version in one of them is no foreign language.

use std::collections::HashMap;

use model::Country;
use serde::Deserialize;
use toml::Spanned;

use crate::source::{Mistake, Source};

/// Official languages by country, as primary subtags.
#[derive(Debug, Default)]
pub(crate) struct States(HashMap<Country, Vec<String>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStates {
    state: Vec<RawState>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawState {
    code: Spanned<String>,
    #[expect(dead_code, reason = "read by people")]
    name: String,
    #[expect(dead_code, reason = "read by people")]
    city: String,
    #[expect(dead_code, reason = "read by people")]
    languages: Vec<String>,
    official: Vec<String>,
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
        for state in raw.state {
            match Country::new(state.code.get_ref()) {
                Ok(country) => drop(states.0.insert(country, state.official)),
                Err(error) => mistakes.push(source.mistake(state.code.span().start, error.to_string())),
            }
        }
        states
    }

    /// The official languages of a country; none if it is not listed.
    pub(crate) fn official(&self, country: Country) -> &[String] {
        self.0.get(&country).map_or(&[], Vec::as_slice)
    }
}
