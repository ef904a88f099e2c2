//! The instrument, the lexicons, the vendors and the rules, loaded and compiled together.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use model::{Code, Instrument};

use crate::class::Class;
use crate::concept::{ConceptNo, Concepts};
use crate::detect::{COMMON, class_signal};
use crate::edition::{self, Edition};
use crate::expr::{self, Expr};
use crate::fitted::{self, Fitted};
use crate::lexicon::{Lexicon, read_lexicon};
use crate::rule::{Decide, PlaceWeights, Rule};
use crate::scan::{LanguageNo, Scanner};
use crate::source::{Mistake, Source};
use crate::states::{State, States};
use crate::step::StepWords;
use crate::vendor::Vendors;

/// Everything that judges a page.
pub struct Rulebook {
    /// The instrument that the rules answer.
    pub instrument: Instrument,
    editions: Vec<String>,
    /// What was fitted to decisions, if anything was.
    pub fitted: Fitted,
    pub(crate) rules: Vec<Rule>,
    pub(crate) classes: Vec<Class>,
    pub(crate) vendors: Vendors,
    pub(crate) states: States,
    pub(crate) places: PlaceWeights,
    pub(crate) scanner: Scanner,
    /// Primary subtags by number, the lexicon's own first; number 0 is no language.
    pub(crate) languages: Vec<Vec<String>>,
    pub(crate) topics_by_concept: Vec<Vec<(usize, usize)>>,
    pub(crate) step_words: StepWords,
    /// Names of all signals, so that hits share them.
    pub(crate) signal_names: HashSet<Arc<str>>,
    /// What a person would search for, by concept and language.
    names: Names,
}

/// Why a rulebook could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Mistakes in data files, all of them at once.
    #[error("{} mistake(s) in the rule files:\n{}", .0.len(), .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Mistakes(Vec<Mistake>),
    /// There is no such edition.
    #[error("there is no instrument `{asked}`: there are {}", .known.join(", "))]
    Edition {
        /// What was asked for.
        asked: String,
        /// Which there are.
        known: Vec<String>,
    },
    /// A file that must be there is not.
    #[error("`{0}` is missing: a rulebook needs instruments/<edition>/instrument.toml, lexicons/concepts.toml and vendors.toml")]
    Missing(&'static str),
}

impl Rulebook {
    /// Loads the rulebook of an edition from its files, in any order. The folder names tell what each file is; every
    /// mistake is reported.
    pub fn load(sources: &[Source], edition: &str) -> Result<Self, Error> {
        let mut mistakes = Vec::new();
        let concepts = edition::concepts(sources)?;
        let vendors =
            sources.iter().find(|source| source.path.ends_with("vendors.toml")).ok_or(Error::Missing("vendors.toml"))?;
        let vendors = Vendors::read(vendors, &mut mistakes);
        let vendors = vendors.map_err(|mistake| mistakes.push(mistake));
        let states = sources.iter().find(|source| source.path.ends_with("states.toml"));
        let states = states.map_or_else(States::default, |source| States::read(source, &mut mistakes));
        let mut lexicons = lexicons(sources, &concepts, &mut mistakes);
        twice(&lexicons, &mut mistakes);
        let edition = match edition::load(sources, edition, &concepts) {
            Ok(edition) => Some(Rc::unwrap_or_clone(edition)),
            Err(Error::Mistakes(of_edition)) => {
                mistakes.extend(of_edition);
                None
            }
            Err(other) => return Err(other),
        };
        let (Some(edition), Ok(vendors), true) = (edition, vendors, mistakes.is_empty()) else {
            return Err(Error::Mistakes(mistakes));
        };
        let Edition { instrument, rules, places, classes, editions } = edition;
        let signal_names = signal_names(&rules, &classes);
        let fitted = fitted(sources, &instrument.edition, &signal_names)?;
        let topics_by_concept = index(&rules, concepts.len());
        let (languages, names) = (subtags(&lexicons), names(&mut lexicons));
        let scanner = Scanner::new(lexicons, &concepts);
        let word = |text: &str| expr::parse(text, &concepts).ok();
        let step_words = StepWords {
            online: word("online"),
            appointment: word("book-appointment"),
            feedback: word("feedback"),
            not_online: word("not-online"),
            services: [word("service-catalogue"), word("online-services")].into_iter().flatten().collect(),
        };
        Ok(Self {
            signal_names,
            instrument,
            rules,
            classes,
            vendors,
            places,
            editions,
            fitted,
            states,
            scanner,
            languages,
            topics_by_concept,
            step_words,
            names,
        })
    }

    /// The edition and those that it keeps something of.
    pub fn editions(&self) -> &[String] {
        &self.editions
    }

    /// How an indicator is decided.
    pub fn decide(&self, code: &Code) -> Option<Decide> {
        self.rules.iter().find(|rule| rule.code == *code).map(|rule| rule.decide)
    }

    /// Whether a signal of that name may speak for or against a page.
    pub fn knows_signal(&self, name: &str) -> bool {
        self.signal_names.contains(name)
    }

    /// What a page must be worth for an indicator.
    pub fn need(&self, code: &Code) -> Option<f32> {
        self.rules.iter().find(|rule| rule.code == *code).map(|rule| rule.need)
    }

    /// The language of each lexicon, as a primary subtag.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().filter_map(|subtags| subtags.first()).map(String::as_str)
    }

    /// The states of the world with the languages of their largest city.
    pub fn states(&self) -> &[State] {
        &self.states.all
    }

    /// The lexicon that serves a language, given by its primary subtag: named after the language it is written for.
    pub fn lexicon_of(&self, language: &str) -> Option<&str> {
        let subtags = &self.languages[usize::from(self.language_no(language)?)];
        subtags.first().map(String::as_str)
    }

    /// How many terms each language has.
    pub fn terms(&self) -> impl Iterator<Item = (&str, usize)> {
        self.languages().zip(self.scanner.terms())
    }

    /// How many languages have a trie by now, and what these take in memory, in bytes.
    pub fn tries(&self) -> (usize, usize) {
        self.scanner.made()
    }

    /// What the tries of all languages take in memory, in bytes; makes those that are not made yet.
    pub fn all_tries(&self) -> usize {
        self.scanner.make_all();
        self.scanner.made().1
    }

    /// Primary language subtags that there is a lexicon for.
    pub fn lexicons(&self) -> Vec<String> {
        self.languages.iter().flatten().cloned().collect()
    }

    /// Hosts that are recorded as links and never visited.
    pub fn recorded_hosts(&self) -> Vec<String> {
        self.vendors.of_classes(&["social", "share", "map", "app-store", "analytics", "cdn", "video"])
    }

    /// What a person would type into a site's search box to find an indicator, in a language.
    pub fn query(&self, code: &Code, language: &str) -> Option<String> {
        let language = self.language_no(language)?;
        let topic = self.rules.iter().find(|rule| rule.code == *code)?.topic.first()?;
        let words: Vec<&str> =
            topic.all.iter().filter_map(|group| self.names.get(&(*group.first()?, language))).map(String::as_str).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Concepts that all rules share: those of the step, of the page classes.
    pub(crate) fn shared_concepts(&self) -> BTreeSet<ConceptNo> {
        let of_step = self.step_words.all();
        let of_classes = self.classes.iter().flat_map(Class::expressions);
        of_step.chain(of_classes).flat_map(Expr::concepts).collect()
    }

    pub(crate) fn language_no(&self, primary: &str) -> Option<LanguageNo> {
        self.languages
            .iter()
            .position(|subtags| subtags.iter().any(|subtag| subtag == primary))
            .and_then(|n| LanguageNo::try_from(n).ok())
    }
}

/// Names of all signals that hits and evidence of an instrument may have.
fn signal_names(rules: &[Rule], classes: &[Class]) -> HashSet<Arc<str>> {
    let of_rules = rules.iter().flat_map(|rule| &rule.signals).map(|signal| Arc::clone(&signal.name));
    let of_classes = classes.iter().map(|class| Arc::from(class_signal(&class.name)));
    of_rules.chain(of_classes).chain(COMMON.into_iter().map(Arc::from)).collect()
}

/// Reads what was fitted for an edition, if there is such a file.
fn fitted(sources: &[Source], edition: &str, signals: &HashSet<Arc<str>>) -> Result<Fitted, Error> {
    let path = format!("instruments/{edition}/{}", fitted::FILE);
    let Some(source) = sources.iter().find(|source| source.path.ends_with(&path)) else { return Ok(Fitted::default()) };
    let mut mistakes = Vec::new();
    let fitted = Fitted::read(source, |name| signals.contains(name), &mut mistakes);
    fitted.filter(|_| mistakes.is_empty()).ok_or(Error::Mistakes(mistakes))
}

type Names = HashMap<(ConceptNo, LanguageNo), String>;

/// Reads every lexicon in the order of the paths, so that the order of files does not matter.
fn lexicons(sources: &[Source], concepts: &Concepts, mistakes: &mut Vec<Mistake>) -> Vec<Lexicon> {
    let mut files: Vec<&Source> = sources.iter().filter(|source| source.is_lexicon()).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.into_iter().filter_map(|file| read_lexicon(file, concepts, mistakes)).collect()
}

/// A language with two lexicons would listen to the first only.
fn twice(lexicons: &[Lexicon], mistakes: &mut Vec<Mistake>) {
    for (number, lexicon) in lexicons.iter().enumerate() {
        if let Some(first) = lexicons[..number].iter().find(|known| known.language == lexicon.language) {
            let what = format!("`{}` has a lexicon already, {}: add the terms there", lexicon.language, first.path);
            mistakes.push(Mistake { path: lexicon.path.clone(), line: 1, key: "language".to_owned(), what });
        }
    }
}

fn subtags(lexicons: &[Lexicon]) -> Vec<Vec<String>> {
    let served = lexicons.iter().map(|lexicon| [std::slice::from_ref(&lexicon.language), &lexicon.also].concat());
    std::iter::once(Vec::new()).chain(served).collect()
}

fn names(lexicons: &mut [Lexicon]) -> Names {
    let numbered = (1..).zip(lexicons);
    numbered
        .flat_map(|(number, lexicon)| {
            std::mem::take(&mut lexicon.names).into_iter().map(move |(concept, name)| ((concept, number), name))
        })
        .collect()
}

/// Topics by each concept that may start them.
fn index(rules: &[Rule], concepts: usize) -> Vec<Vec<(usize, usize)>> {
    let mut by_concept = vec![Vec::new(); concepts];
    for (number, rule) in rules.iter().enumerate() {
        for (topic, expr) in rule.topic.iter().enumerate() {
            for concept in &expr.all[0] {
                by_concept[usize::from(*concept as ConceptNo)].push((number, topic));
            }
        }
    }
    by_concept
}
