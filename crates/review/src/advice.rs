//! Advice to a city on what it lacks: of each indicator of an edition how much work it is and whose, and in several languages
//! what is missing, why it matters and how to begin.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Formatter, Result as Written};

use model::{Code, Instrument};
use score::{Effort, Flaw};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// How much work an indicator is, and whose: the file `advice.toml`.
pub type Plan = BTreeMap<String, Task>;

/// What it takes to have an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// How much work it is.
    pub effort: Effort,
    /// Key of who usually owns it.
    pub owner: String,
}

/// Advice in one language: a file named by its BCP 47 tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// The instrument.
    pub name: String,
    /// What it is, for who never heard of it; may be empty.
    pub about: String,
    /// Criteria, by key.
    pub criteria: BTreeMap<String, String>,
    /// Bands, by their name in the instrument.
    pub bands: BTreeMap<String, String>,
    /// Efforts, by their key.
    pub efforts: BTreeMap<String, String>,
    /// Owners, by their key.
    pub owners: BTreeMap<String, String>,
    /// Indicators, by code.
    pub indicators: BTreeMap<String, Text>,
}

/// What is said of one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its name.
    pub title: String,
    /// What is missing.
    pub missing: String,
    /// Why it matters.
    pub why: String,
    /// First steps, in order.
    pub steps: Vec<String>,
}

/// Advice for every indicator of an edition, in every language that it is written in.
#[derive(Debug, Clone, Default)]
pub struct Advice {
    plan: BTreeMap<Code, Task>,
    texts: BTreeMap<String, Texts>,
}

impl<'de> Deserialize<'de> for Texts {
    /// By hand, since codes stand beside the other keys: so a mistake keeps its place in the file.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Texts;

            fn expecting(&self, f: &mut Formatter<'_>) -> Written {
                f.write_str("name, about, criteria, bands, efforts, owners and a table for each indicator")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
                let (mut texts, mut name) = (Texts::default(), None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "name" => name = Some(map.next_value()?),
                        "about" => texts.about = map.next_value()?,
                        "criteria" => texts.criteria = map.next_value()?,
                        "bands" => texts.bands = map.next_value()?,
                        "efforts" => texts.efforts = map.next_value()?,
                        "owners" => texts.owners = map.next_value()?,
                        _ => _ = texts.indicators.insert(key, map.next_value()?),
                    }
                }
                texts.name = name.ok_or_else(|| A::Error::missing_field("name"))?;
                Ok(texts)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

impl Advice {
    /// Checks plan and texts against the instrument; every flaw is told with its file: `advice` or the language.
    pub fn new(instrument: &Instrument, plan: Plan, texts: BTreeMap<String, Texts>) -> Result<Self, Vec<(String, Flaw)>> {
        let mut flaws = Vec::new();
        let codes: BTreeSet<&str> = instrument.indicators.iter().map(|one| one.code.as_str()).collect();
        let mut told = Told { file: "advice", flaws: &mut flaws };
        told.keys("", &codes, plan.keys());
        let owners: BTreeSet<&str> = plan.values().map(|task| task.owner.as_str()).collect();
        let first = texts.get("en").or_else(|| texts.values().next());
        for (language, own) in &texts {
            let mut told = Told { file: language, flaws: &mut flaws };
            told.texts(instrument, &codes, own);
            for (code, task) in plan.iter().filter(|(_, task)| !own.owners.contains_key(&task.owner)) {
                told.flaw("owners", format!("`{}` is missing, which owns {code}: name it in this language", task.owner));
            }
            for key in own.owners.keys().filter(|key| !owners.contains(key.as_str())) {
                told.flaw(&format!("owners.{key}"), "no indicator of advice.toml has this owner".to_owned());
            }
            for (code, text) in &own.indicators {
                let other = first.and_then(|first| first.indicators.get(code)).map_or(0, |other| other.steps.len());
                if other != text.steps.len() && other > 0 {
                    let what = format!("{} steps, and {other} in another language: write the same ones", text.steps.len());
                    told.flaw(&format!("{code}.steps"), what);
                }
            }
        }
        if texts.is_empty() {
            Told { file: "advice", flaws: &mut flaws }
                .flaw("", "there is no text: write one file a language beside it".to_owned());
        }
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let known = |(code, task): (String, Task)| Some((Code::new(&code).ok()?, task));
        Ok(Self { plan: plan.into_iter().filter_map(known).collect(), texts })
    }

    /// How much work each indicator is.
    pub(crate) fn efforts(&self) -> BTreeMap<Code, Effort> {
        self.plan.iter().map(|(code, task)| (code.clone(), task.effort)).collect()
    }

    /// What it takes to have an indicator.
    pub(crate) fn task(&self, code: &Code) -> Option<&Task> {
        self.plan.get(code)
    }

    /// The languages with their texts.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (&str, &Texts)> {
        self.texts.iter().map(|(language, texts)| (language.as_str(), texts))
    }

    /// The texts in a language; none if nobody has written them.
    pub(crate) fn texts(&self, language: &str) -> Option<&Texts> {
        self.texts.get(language)
    }
}

/// Flaws of a file.
struct Told<'a> {
    file: &'a str,
    flaws: &'a mut Vec<(String, Flaw)>,
}

impl Told<'_> {
    fn flaw(&mut self, key: &str, what: String) {
        self.flaws.push((self.file.to_owned(), Flaw { key: key.to_owned(), what }));
    }

    /// Whether a table has the keys that it should have, and no others.
    fn keys<'a>(&mut self, table: &str, wanted: &BTreeSet<&str>, found: impl Iterator<Item = &'a String>) {
        let found: BTreeSet<&str> = found.map(String::as_str).collect();
        for key in wanted.difference(&found) {
            self.flaw(table, format!("`{key}` is missing: write it"));
        }
        for key in found.difference(wanted) {
            let at = if table.is_empty() { (*key).to_owned() } else { format!("{table}.{key}") };
            self.flaw(&at, format!("the instrument has no `{key}`: take it out"));
        }
    }

    fn texts(&mut self, instrument: &Instrument, codes: &BTreeSet<&str>, own: &Texts) {
        self.keys("", codes, own.indicators.keys());
        self.keys("criteria", &instrument.criteria.iter().map(|one| one.id.as_str()).collect(), own.criteria.keys());
        self.keys("bands", &instrument.bands.iter().map(|one| one.name.as_str()).collect(), own.bands.keys());
        let efforts = [Effort::Easy, Effort::Moderate, Effort::Hard].map(key_of);
        self.keys("efforts", &efforts.into_iter().collect(), own.efforts.keys());
        let tables = [("criteria", &own.criteria), ("bands", &own.bands), ("efforts", &own.efforts), ("owners", &own.owners)];
        let mut empty: Vec<String> = tables
            .into_iter()
            .flat_map(|(table, words)| {
                words.iter().filter(|(_, word)| word.trim().is_empty()).map(move |(key, _)| format!("{table}.{key}"))
            })
            .collect();
        for (code, text) in &own.indicators {
            let named = [("title", &text.title), ("missing", &text.missing), ("why", &text.why)];
            empty.extend(named.into_iter().filter(|(_, words)| words.trim().is_empty()).map(|(key, _)| format!("{code}.{key}")));
            let steps = text.steps.iter().enumerate().filter(|(_, step)| step.trim().is_empty());
            empty.extend(steps.map(|(no, _)| format!("{code}.steps.{no}")));
            if text.steps.is_empty() {
                empty.push(format!("{code}.steps"));
            }
        }
        for key in empty {
            self.flaw(&key, "it is empty: write what a city reads there".to_owned());
        }
    }
}

/// The key of an effort, as files have it.
pub(crate) fn key_of(effort: Effort) -> &'static str {
    match effort {
        Effort::Easy => "easy",
        Effort::Moderate => "moderate",
        Effort::Hard => "hard",
    }
}
