//! What is asked of a country that an instrument asks of a city: features of the national index beside indicators, checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use indicator::{Mistake, Source};
use model::{Code, Instrument};
use serde::{Deserialize, Serialize};

use crate::exit::Fault;

/// A file that sets an edition beside the national index.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct National {
    /// Edition of the instrument.
    pub(crate) from: String,
    /// Edition of the national index.
    pub(crate) to: String,
    pub(crate) feature: Vec<Feature>,
    /// Indicators of which nothing is asked of a country.
    none: Vec<Alone>,
}

/// A feature of the national index, with the indicators that ask the same of a city.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feature {
    pub(crate) osi: Vec<String>,
    #[serde(rename = "subindex")]
    _subindex: String,
    pub(crate) name: String,
    pub(crate) losi: Vec<Code>,
    pub(crate) same: Same,
    note: Option<String>,
    #[serde(rename = "level")]
    _level: Option<String>,
    #[serde(rename = "survey")]
    _survey: Option<String>,
    #[serde(rename = "source")]
    _source: Known,
}

/// Whether both ask the same.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Same {
    Exact,
    Close,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Known {
    Documented,
    Ordered,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Alone {
    losi: Vec<Code>,
    why: String,
    #[serde(default)]
    near: Vec<String>,
}

/// What is known of a country: a file that a person makes, since the answers of countries are not published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    /// Edition of the national index.
    index: String,
    /// ISO 3166-1 code.
    pub(crate) country: model::Country,
    /// Where the answers are from.
    pub(crate) source: String,
    /// Whether the country has a feature, by its code.
    pub(crate) answers: BTreeMap<String, bool>,
}

/// Whether a file sets an edition beside the national index.
pub(crate) fn is_national(source: &Source) -> bool {
    source.path.contains("crosswalks/") && source.path.contains("--osi-")
}

/// Every such file that is good, and what is wrong with the others.
pub(crate) fn read(sources: &[Source]) -> (Vec<National>, Vec<Mistake>) {
    let (mut good, mut mistakes) = (Vec::new(), Vec::new());
    for source in sources.iter().filter(|source| is_national(source)) {
        match one(source, sources) {
            Ok(national) => good.push(national),
            Err(of_file) => mistakes.extend(of_file),
        }
    }
    (good, mistakes)
}

fn one(source: &Source, sources: &[Source]) -> Result<National, Vec<Mistake>> {
    let national: National = source.read().map_err(|mistake| vec![mistake])?;
    let name = format!("{}--{}.toml", national.from, national.to);
    if !source.path.ends_with(&format!("crosswalks/{name}")) {
        return Err(vec![source.mistake_of("from", format!("a file of these two is named {name}"))]);
    }
    let instrument = indicator::instrument(sources, &national.from);
    let instrument = instrument.map_err(|error| vec![source.mistake_of("from", error.to_string())])?;
    let mistakes = national.check(source, &instrument);
    if mistakes.is_empty() { Ok(national) } else { Err(mistakes) }
}

impl National {
    /// Every indicator stands once; a feature has a code, and a note where it is not the same.
    fn check(&self, source: &Source, instrument: &Instrument) -> Vec<Mistake> {
        let (mut mistakes, mut seen, mut features) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let mut tell = |key: String, what: String| mistakes.push(source.mistake_of(&key, what));
        let of_features = self.feature.iter().enumerate().map(|(no, one)| (format!("feature.{no}"), &one.losi));
        let of_none = self.none.iter().enumerate().map(|(no, one)| (format!("none.{no}"), &one.losi));
        for (key, codes) in of_features.chain(of_none) {
            for (no, code) in codes.iter().enumerate() {
                let key = format!("{key}.losi.{no}");
                if instrument.indicators.iter().all(|indicator| indicator.code != *code) {
                    tell(key, format!("`{}` has no indicator `{code}`", instrument.edition));
                } else if !seen.insert(code) {
                    tell(key, format!("`{code}` stands twice: take one out"));
                }
            }
        }
        for indicator in instrument.indicators.iter().filter(|indicator| !seen.contains(&indicator.code)) {
            tell("feature".to_owned(), format!("`{}` is missing: write a [[feature]] or a [[none]] for it", indicator.code));
        }
        for (no, feature) in self.feature.iter().enumerate() {
            if feature.osi.is_empty() {
                tell(format!("feature.{no}.osi"), "a feature has a code at least".to_owned());
            }
            for code in feature.osi.iter().filter(|code| !features.insert((*code).clone())) {
                tell(format!("feature.{no}.osi"), format!("`{code}` stands twice: take one out"));
            }
            if matches!(feature.same, Same::Close) && feature.note.is_none() {
                tell(format!("feature.{no}.same"), "what is only close needs a `note` on what differs".to_owned());
            }
        }
        for (no, alone) in self.none.iter().enumerate() {
            if alone.why.trim().is_empty() {
                tell(format!("none.{no}.why"), "say why nothing is asked of a country".to_owned());
            }
            for code in alone.near.iter().filter(|code| code.trim().is_empty()) {
                tell(format!("none.{no}.near"), format!("`{code}` is no code"));
            }
        }
        mistakes
    }

    /// What is known of a country, from a file; every feature in it must be one of this index that a city is asked too.
    pub(crate) fn country(&self, path: &Path) -> anyhow::Result<Country> {
        let wrong = |what: String| Fault::configuration(what, "a country file has `index`, `country`, `source` and [answers]");
        let text =
            std::fs::read_to_string(path).map_err(|error| wrong(format!("`{}` cannot be read: {error}", path.display())))?;
        let source = Source { path: path.display().to_string(), text };
        let country: Country = source.read().map_err(|mistake| wrong(mistake.to_string()))?;
        if country.index != self.to {
            let what = format!("`{}` is another index: these indicators stand beside {}", country.index, self.to);
            return Err(wrong(source.mistake_of("index", what).to_string()).into());
        }
        for code in country.answers.keys() {
            if !self.feature.iter().any(|feature| feature.osi.contains(code)) {
                let what = format!("no indicator stands beside a feature `{code}` of {}: take it out", self.to);
                return Err(wrong(source.mistake_of(&format!("answers.{code}"), what).to_string()).into());
            }
        }
        Ok(country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(from: &str, to: &str) -> Vec<String> {
        let mut sources = crate::config::sources(None).unwrap();
        let own = sources.iter_mut().find(|source| is_national(source)).unwrap();
        assert!(own.text.contains(from), "no `{from}`");
        own.text = own.text.replacen(from, to, 1);
        read(&sources).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_file_that_ships_accounts_for_every_indicator() {
        let (good, mistakes) = read(&crate::config::sources(None).unwrap());
        assert_eq!(mistakes, []);
        assert_eq!((good.len(), good[0].feature.len(), good[0].none.len()), (1, 62, 20));
    }

    #[test]
    fn mistakes_have_file_line_and_key() {
        let path = "crosswalks/losi-2024--osi-2024.toml:";
        let unknown = told("losi = [\"215\"]", "losi = [\"9215\"]");
        assert!(unknown[0].starts_with(path) && unknown[0].contains("losi: `losi-2024` has no indicator `9215`"), "{unknown:?}");
        assert!(unknown[1].contains("`215` is missing"), "{unknown:?}");
        let twice = told("losi = [\"215\"]", "losi = [\"215\", \"216\"]");
        assert!(twice.len() == 1 && twice[0].contains("`216` stands twice"), "{twice:?}");
        assert!(told("same = \"exact\"", "same = \"nearly\"")[0].starts_with(path));
    }
}
