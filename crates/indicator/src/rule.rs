//! Rules as written in the instrument, and the same compiled against concepts and places.

use std::collections::BTreeMap;

use model::{Code, Indicator, Kind, Place, Scope};
use serde::Deserialize;
use toml::Spanned;

use crate::concept::Concepts;
use crate::expr::{self, Expr};
use crate::signal::{RawSignal, Signal};
use crate::source::{Mistake, Source};

/// When an indicator is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decide {
    /// A page is worth enough.
    #[default]
    Page,
    /// The home page is worth enough.
    Home,
    /// A page is about the service and shows the step done online.
    Service,
    /// Only a person can tell.
    Person,
    /// Only a browser engine or an outside validator can tell.
    Renderer,
}

/// One indicator's rule, ready to run.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) code: Code,
    pub(crate) decide: Decide,
    pub(crate) topic: Vec<Expr>,
    pub(crate) void: Vec<Expr>,
    /// What a link says that leads to where it may be, without naming it: a lead, never evidence.
    pub(crate) hint: Vec<Expr>,
    pub(crate) act: Vec<Expr>,
    /// Each topic expression joined with each act: what a link to the step says.
    pub(crate) act_on_topic: Vec<Expr>,
    pub(crate) allow: Vec<String>,
    /// Names of signals of which a page must show at least one.
    pub(crate) one_of: Vec<String>,
    pub(crate) need: f32,
    pub(crate) signals: Vec<Signal>,
}

impl Rule {
    /// All its expressions.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        let of_signals = self.signals.iter().flat_map(Signal::expressions);
        [&self.topic, &self.void, &self.hint, &self.act].into_iter().flatten().chain(of_signals).collect()
    }
}

/// One table of an instrument file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicator {
    title: String,
    seen: String,
    not_enough: String,
    scope: Scope,
    kind: Kind,
    #[serde(default)]
    answer: Decide,
    #[serde(default)]
    topic: Vec<Spanned<String>>,
    #[serde(default)]
    void: Vec<Spanned<String>>,
    #[serde(default)]
    hint: Vec<Spanned<String>>,
    #[serde(default)]
    act: Vec<Spanned<String>>,
    #[serde(default)]
    allow: Vec<String>,
    #[serde(default)]
    one_of: Vec<Spanned<String>>,
    need: Option<f32>,
    #[serde(default)]
    signal: Vec<Spanned<RawSignal>>,
}

/// Reads the indicators of one criterion file, in the order in which they stand.
pub(crate) fn read(source: &Source, criterion: &str, concepts: &Concepts, mistakes: &mut Vec<Mistake>) -> Vec<(Indicator, Rule)> {
    let tables: BTreeMap<String, Spanned<RawIndicator>> = match source.read() {
        Ok(tables) => tables,
        Err(mistake) => {
            mistakes.push(mistake);
            return Vec::new();
        }
    };
    let mut tables: Vec<_> = tables.into_iter().collect();
    tables.sort_by_key(|(_, raw)| raw.span().start);
    tables.into_iter().filter_map(|(code, raw)| compile(source, criterion, &code, raw, concepts, mistakes)).collect()
}

fn compile(
    source: &Source,
    criterion: &str,
    code: &str,
    raw: Spanned<RawIndicator>,
    concepts: &Concepts,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Indicator, Rule)> {
    let at = raw.span().start;
    let raw = raw.into_inner();
    let code = Code::new(code).map_err(|error| mistakes.push(source.mistake(at, error.to_string()))).ok()?;
    let mut expressions = |list: &[Spanned<String>]| -> Vec<Expr> {
        let mut good = Vec::new();
        for text in list {
            match expr::parse(text.get_ref(), concepts) {
                Ok(expr) => good.push(expr),
                Err(what) => mistakes.push(source.mistake(text.span().start, what)),
            }
        }
        good
    };
    let (topic, void, act, hint) =
        (expressions(&raw.topic), expressions(&raw.void), expressions(&raw.act), expressions(&raw.hint));
    let mut signals = Vec::new();
    for (number, signal) in raw.signal.into_iter().enumerate() {
        let at = signal.span().start;
        match signal.into_inner().compile(number, concepts) {
            Ok(signal) => signals.push(signal),
            Err(what) => mistakes.push(source.mistake(at, what)),
        }
    }
    for name in raw.one_of.iter().filter(|name| !signals.iter().any(|signal| *signal.name == **name.get_ref())) {
        mistakes.push(source.mistake(name.span().start, format!("`{}` is no signal of this indicator", name.get_ref())));
    }
    if raw.answer == Decide::Service && act.is_empty() {
        mistakes.push(source.mistake(at, "a service needs `act`: what a person does, for example [\"apply\"]"));
    }
    if topic.is_empty() && signals.is_empty() && raw.answer != Decide::Renderer && raw.answer != Decide::Person {
        mistakes.push(source.mistake(at, "the rule can never fire: give it a `topic` or a `signal`"));
    }
    let act_on_topic = act.iter().flat_map(|act| topic.iter().map(|topic| join(act, topic))).collect();
    let rule = Rule {
        code: code.clone(),
        decide: raw.answer,
        topic,
        void,
        hint,
        act,
        act_on_topic,
        allow: raw.allow,
        one_of: raw.one_of.into_iter().map(Spanned::into_inner).collect(),
        need: raw.need.unwrap_or(5.0),
        signals,
    };
    let indicator = Indicator {
        code,
        criterion: criterion.to_owned(),
        title: raw.title,
        seen: raw.seen,
        not_enough: raw.not_enough,
        scope: raw.scope,
        kind: raw.kind,
    };
    Some((indicator, rule))
}

fn join(a: &Expr, b: &Expr) -> Expr {
    Expr { all: a.all.iter().chain(&b.all).cloned().collect(), none: a.none.iter().chain(&b.none).copied().collect() }
}

/// What a hit of the topic is worth in each place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PlaceWeights {
    pub(crate) title: f32,
    pub(crate) headline: f32,
    pub(crate) heading: f32,
    pub(crate) lead: f32,
    pub(crate) url: f32,
    pub(crate) body: f32,
    pub(crate) file: f32,
    pub(crate) label: f32,
    pub(crate) table_header: f32,
    pub(crate) alt: f32,
    pub(crate) meta: f32,
}

impl PlaceWeights {
    /// What a topic is worth to a page at most: in every place, with a link to it.
    pub(crate) fn most(&self) -> f32 {
        let places = [self.title, self.headline, self.heading, self.lead, self.url, self.file, self.label, self.table_header];
        places.into_iter().chain([self.body, self.body, self.alt, self.meta]).sum()
    }

    /// The weight of a place; 0 where a topic says nothing.
    pub(crate) fn of(&self, place: Place) -> f32 {
        match place {
            Place::Title => self.title,
            Place::Headline => self.headline,
            Place::Heading => self.heading,
            Place::Link | Place::Chrome => self.lead,
            Place::Url => self.url,
            Place::Body => self.body,
            Place::File => self.file,
            Place::Label => self.label,
            Place::TableHeader => self.table_header,
            Place::Alt => self.alt,
            Place::Meta => self.meta,
            Place::Markup | Place::Protocol => 0.0,
        }
    }
}
