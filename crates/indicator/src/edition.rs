//! Instruments as folders of files: which there are, what each asks, and what one keeps of another.

use std::collections::BTreeMap;
use std::rc::Rc;

use model::{Code, Criterion, Indicator, Instrument, ScoreBand};
use serde::Deserialize;
use toml::Spanned;

use crate::class::{Class, RawClass};
use crate::concept::{Concepts, read_concepts};
use crate::rule::{self, PlaceWeights, Rule};
use crate::rulebook::Error;
use crate::source::{Mistake, Source};

/// The file that makes a folder an instrument.
const HEART: &str = "instrument.toml";

/// The file that lists the concepts.
pub(crate) const CONCEPTS: &str = "lexicons/concepts.toml";

/// Editions that have a folder under `instruments/`, by name.
pub fn editions(sources: &[Source]) -> Vec<&str> {
    let folders = sources.iter().filter_map(|source| {
        let folder = source.path.strip_suffix(HEART)?.strip_suffix('/')?;
        let (above, edition) = folder.rsplit_once('/')?;
        above.ends_with("instruments").then_some(edition)
    });
    let mut editions: Vec<&str> = folders.collect();
    editions.sort_unstable();
    editions
}

/// What an edition asks, without the languages and vendors that a rulebook needs.
pub fn instrument(sources: &[Source], edition: &str) -> Result<Instrument, Error> {
    let concepts = concepts(sources)?;
    Ok(load(sources, edition, &concepts)?.instrument.clone())
}

/// The concepts that all editions share.
pub(crate) fn concepts(sources: &[Source]) -> Result<Concepts, Error> {
    let source = sources.iter().find(|source| source.path.ends_with(CONCEPTS)).ok_or(Error::Missing(CONCEPTS))?;
    read_concepts(source).map_err(|mistake| Error::Mistakes(vec![mistake]))
}

/// An instrument with the rules that answer it.
#[derive(Clone)]
pub(crate) struct Edition {
    pub(crate) instrument: Instrument,
    pub(crate) rules: Vec<Rule>,
    pub(crate) places: PlaceWeights,
    pub(crate) classes: Vec<Class>,
    /// This edition and those that it keeps something of.
    pub(crate) editions: Vec<String>,
}

/// Loads an edition, with what it keeps of others.
pub(crate) fn load(sources: &[Source], edition: &str, concepts: &Concepts) -> Result<Rc<Edition>, Error> {
    let mut reader = Reader { sources, concepts, mistakes: Vec::new(), open: Vec::new(), read: BTreeMap::new() };
    let heart = reader.heart(edition).ok_or_else(|| Error::Edition {
        asked: edition.to_owned(),
        known: editions(sources).into_iter().map(str::to_owned).collect(),
    })?;
    let read = reader.read(edition, heart);
    read.filter(|_| reader.mistakes.is_empty()).ok_or(Error::Mistakes(reader.mistakes))
}

/// `instrument.toml` as written. What is not written is as in the edition that it is from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInstrument {
    edition: Spanned<String>,
    title: String,
    from: Option<Spanned<String>>,
    language: Option<String>,
    denominator: u16,
    criteria: Vec<Criterion>,
    band: Option<Vec<ScoreBand>>,
    places: Option<PlaceWeights>,
    class: Option<BTreeMap<String, RawClass>>,
}

struct Reader<'a> {
    sources: &'a [Source],
    concepts: &'a Concepts,
    mistakes: Vec<Mistake>,
    /// Editions that are being read, each for the one before it.
    open: Vec<String>,
    /// Editions that were read; none if they could not be.
    read: BTreeMap<String, Option<Rc<Edition>>>,
}

impl<'a> Reader<'a> {
    fn heart(&self, edition: &str) -> Option<&'a Source> {
        let path = format!("instruments/{edition}/{HEART}");
        self.sources.iter().find(|source| source.path.ends_with(&path))
    }

    fn read(&mut self, edition: &str, heart: &'a Source) -> Option<Rc<Edition>> {
        if let Some(known) = self.read.get(edition) {
            return known.clone();
        }
        self.open.push(edition.to_owned());
        let read = self.read_anew(edition, heart).map(Rc::new);
        self.open.pop();
        self.read.insert(edition.to_owned(), read.clone());
        read
    }

    fn read_anew(&mut self, edition: &str, heart: &'a Source) -> Option<Edition> {
        let raw: RawInstrument = heart.read().map_err(|mistake| self.mistakes.push(mistake)).ok()?;
        if raw.edition.get_ref() != edition {
            let what = format!("it lies in the folder `{edition}`: name the edition and its folder alike");
            self.mistakes.push(heart.mistake(raw.edition.span().start, what));
        }
        let base = match &raw.from {
            Some(from) => Some(self.kept(heart, from)?),
            None => None,
        };
        let (concepts, mistakes) = (self.concepts, &mut self.mistakes);
        let classes = raw.class.map(|classes| {
            classes.into_iter().map(|(name, class)| class.compile(name, heart, concepts, mistakes)).collect::<Vec<_>>()
        });
        let base = base.as_deref();
        let bands = raw.band.or_else(|| base.map(|base| base.instrument.bands.clone()));
        let places = raw.places.or_else(|| base.map(|base| base.places.clone()));
        let (Some(bands), Some(places)) = (bands, places) else {
            let what = "`[[band]]` or `[places]` is missing: write them, or say by `from` which edition they are from";
            self.mistakes.push(heart.mistake(0, what));
            return None;
        };
        let classes = classes.or_else(|| base.map(|base| base.classes.clone())).unwrap_or_default();
        let mut editions = vec![edition.to_owned()];
        editions.extend(base.iter().flat_map(|base| base.editions.clone()));
        let (indicators, rules) = self.criteria(heart, &raw.criteria, &mut editions);
        let (edition, title, denominator) = (raw.edition.into_inner(), raw.title, raw.denominator);
        let language = raw.language.unwrap_or_else(|| "en".to_owned());
        let instrument = Instrument { edition, title, language, denominator, criteria: raw.criteria, bands, indicators };
        Some(Edition { instrument, rules, places, classes, editions })
    }

    /// Reads the file of each criterion, beside the instrument's own.
    fn criteria(&mut self, heart: &'a Source, criteria: &[Criterion], editions: &mut Vec<String>) -> (Vec<Indicator>, Vec<Rule>) {
        let folder = heart.path.trim_end_matches(HEART);
        let (mut indicators, mut rules): (Vec<Indicator>, Vec<Rule>) = (Vec::new(), Vec::new());
        for criterion in criteria {
            let path = format!("{folder}{}.toml", criterion.id.to_lowercase());
            let Some(source) = self.sources.iter().find(|source| source.path == path) else {
                self.mistakes.push(heart.mistake(0, format!("criterion `{}` has no file: write {path}", criterion.id)));
                continue;
            };
            for table in rule::read(source, &mut self.mistakes) {
                let at = table.at;
                let base = match &table.raw.from {
                    Some(from) => match self.kept_indicator(source, from, &table.code, editions) {
                        Some(base) => Some(base),
                        None => continue,
                    },
                    None => None,
                };
                let compiled = rule::compile(table, base, &criterion.id, source, self.concepts, &mut self.mistakes);
                let Some((indicator, rule)) = compiled else { continue };
                if indicators.iter().any(|known| known.code == indicator.code) {
                    self.mistakes.push(source.mistake(at, format!("code `{}` stands twice in the instrument", indicator.code)));
                }
                indicators.push(indicator);
                rules.push(rule);
            }
        }
        (indicators, rules)
    }

    /// The edition that something is kept from.
    fn kept(&mut self, source: &Source, from: &Spanned<String>) -> Option<Rc<Edition>> {
        let (name, at) = (from.get_ref(), from.span().start);
        let what = match self.heart(name) {
            _ if self.open.contains(name) => format!("`{name}` is from this edition itself: one of the two writes its own"),
            Some(heart) => return self.read(name, heart),
            None => format!("there is no instrument `{name}`: there are {}", editions(self.sources).join(", ")),
        };
        self.mistakes.push(source.mistake(at, what));
        None
    }

    /// The indicator and rule that a table keeps.
    fn kept_indicator(
        &mut self,
        source: &Source,
        from: &Spanned<String>,
        code: &Code,
        editions: &mut Vec<String>,
    ) -> Option<(Indicator, Rule)> {
        let base = self.kept(source, from)?;
        let position = base.instrument.indicators.iter().position(|indicator| indicator.code == *code);
        let Some(position) = position else {
            let what = format!("`{}` has no indicator `{code}` to keep", from.get_ref());
            self.mistakes.push(source.mistake(from.span().start, what));
            return None;
        };
        editions.extend(base.editions.iter().filter(|edition| !editions.contains(edition)).cloned().collect::<Vec<_>>());
        Some((base.instrument.indicators[position].clone(), base.rules[position].clone()))
    }
}
