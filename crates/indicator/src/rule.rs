//! Rules as written in the instrument, and the same compiled against concepts and places.

use std::collections::BTreeMap;

use model::{Code, Indicator, Kind, Place, Scope};
use serde::Deserialize;
use toml::Spanned;

use crate::concept::Concepts;
use crate::expr::{self, Expr};
use crate::signal::{RawSignal, Signal};
use crate::source::{Mistake, Source, finite, finite_if_any};

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
#[derive(Debug, Clone)]
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

/// Worth that a page needs if its rule does not say.
const NEED: f32 = 5.0;

impl Rule {
    /// A rule that says nothing yet.
    fn bare(code: Code) -> Self {
        let (topic, void, hint, act, act_on_topic) = Default::default();
        let (decide, allow, one_of, signals) = (Decide::default(), Vec::new(), Vec::new(), Vec::new());
        Self { code, decide, topic, void, hint, act, act_on_topic, allow, one_of, need: NEED, signals }
    }

    /// All its expressions.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        let of_signals = self.signals.iter().flat_map(Signal::expressions);
        [&self.topic, &self.void, &self.hint, &self.act].into_iter().flatten().chain(of_signals).collect()
    }
}

/// One table of an instrument file. What a kept indicator does not write out is as in the edition that it is from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIndicator {
    pub(crate) from: Option<Spanned<String>>,
    title: Option<String>,
    seen: Option<String>,
    not_enough: Option<String>,
    scope: Option<Scope>,
    kind: Option<Kind>,
    answer: Option<Decide>,
    topic: Option<Vec<Spanned<String>>>,
    void: Option<Vec<Spanned<String>>>,
    hint: Option<Vec<Spanned<String>>>,
    act: Option<Vec<Spanned<String>>>,
    allow: Option<Vec<String>>,
    one_of: Option<Vec<Spanned<String>>>,
    #[serde(default, deserialize_with = "finite_if_any")]
    need: Option<f32>,
    #[serde(default)]
    signal: Vec<Spanned<RawSignal>>,
}

/// A table with its code and where it stands.
pub(crate) struct Table {
    pub(crate) code: Code,
    pub(crate) at: usize,
    pub(crate) raw: RawIndicator,
}

/// Reads the tables of one criterion file, in the order in which they stand.
pub(crate) fn read(source: &Source, mistakes: &mut Vec<Mistake>) -> Vec<Table> {
    let tables: BTreeMap<String, Spanned<RawIndicator>> = match source.read() {
        Ok(tables) => tables,
        Err(mistake) => {
            mistakes.push(mistake);
            return Vec::new();
        }
    };
    let mut tables: Vec<_> = tables.into_iter().collect();
    tables.sort_by_key(|(_, raw)| raw.span().start);
    let mut good = Vec::new();
    for (code, raw) in tables {
        let at = raw.span().start;
        match Code::new(&code) {
            Ok(code) => good.push(Table { code, at, raw: raw.into_inner() }),
            Err(error) => mistakes.push(source.mistake(at, error.to_string())),
        }
    }
    good
}

/// Compiles a table: alone, or over the indicator that it is from.
pub(crate) fn compile(
    table: Table,
    base: Option<(Indicator, Rule)>,
    criterion: &str,
    source: &Source,
    concepts: &Concepts,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Indicator, Rule)> {
    let Table { code, at, raw } = table;
    let (texts, kept) = base.map_or_else(|| (None, Rule::bare(code)), |(texts, rule)| (Some(texts), rule));
    let said = (raw.title, raw.seen, raw.not_enough, raw.scope, raw.kind);
    let indicator = indicator(&kept.code, criterion, said, texts).map_err(|key| {
        mistakes.push(source.mistake(at, format!("`{key}` is missing: write it, or say by `from` which edition it is from")));
    });
    let mut expressions = |list: Option<Vec<Spanned<String>>>, kept: Vec<Expr>| -> Vec<Expr> {
        let Some(list) = list else { return kept };
        let mut good = Vec::new();
        for text in list {
            match expr::parse(text.get_ref(), concepts) {
                Ok(expr) => good.push(expr),
                Err(what) => mistakes.push(source.mistake(text.span().start, what)),
            }
        }
        good
    };
    let topic = expressions(raw.topic, kept.topic);
    let void = expressions(raw.void, kept.void);
    let act = expressions(raw.act, kept.act);
    let hint = expressions(raw.hint, kept.hint);
    let signals = signals(raw.signal, kept.signals, source, concepts, mistakes);
    let one_of = raw.one_of.map_or(kept.one_of, |names| {
        for name in names.iter().filter(|name| !signals.iter().any(|signal| *signal.name == **name.get_ref())) {
            mistakes.push(source.mistake(name.span().start, format!("`{}` is no signal of this indicator", name.get_ref())));
        }
        names.into_iter().map(Spanned::into_inner).collect()
    });
    let decide = raw.answer.unwrap_or(kept.decide);
    if decide == Decide::Service && act.is_empty() {
        mistakes.push(source.mistake(at, "a service needs `act`: what a person does, for example [\"apply\"]"));
    }
    if topic.is_empty() && signals.is_empty() && decide != Decide::Renderer && decide != Decide::Person {
        mistakes.push(source.mistake(at, "the rule can never fire: give it a `topic` or a `signal`"));
    }
    let act_on_topic = act.iter().flat_map(|act| topic.iter().map(|topic| join(act, topic))).collect();
    let (allow, need) = (raw.allow.unwrap_or(kept.allow), raw.need.unwrap_or(kept.need));
    let rule = Rule { code: kept.code, decide, topic, void, hint, act, act_on_topic, allow, one_of, need, signals };
    Some((indicator.ok()?, rule))
}

type Said = (Option<String>, Option<String>, Option<String>, Option<Scope>, Option<Kind>);

/// The texts of an indicator: as said, else as they were; the error names the first that is neither.
fn indicator(code: &Code, criterion: &str, said: Said, texts: Option<Indicator>) -> Result<Indicator, &'static str> {
    let (title, seen, not_enough, scope, kind) = said;
    let (code, criterion) = (code.clone(), criterion.to_owned());
    Ok(match texts {
        Some(texts) => Indicator {
            code,
            criterion,
            title: title.unwrap_or(texts.title),
            seen: seen.unwrap_or(texts.seen),
            not_enough: not_enough.unwrap_or(texts.not_enough),
            scope: scope.unwrap_or(texts.scope),
            kind: kind.unwrap_or(texts.kind),
        },
        None => Indicator {
            code,
            criterion,
            title: title.ok_or("title")?,
            seen: seen.ok_or("seen")?,
            not_enough: not_enough.ok_or("not_enough")?,
            scope: scope.ok_or("scope")?,
            kind: kind.ok_or("kind")?,
        },
    })
}

/// The kept signals with those of the table: one of the same name takes the place of the kept one, and a weight of 0
/// takes it away.
fn signals(
    raw: Vec<Spanned<RawSignal>>,
    mut signals: Vec<Signal>,
    source: &Source,
    concepts: &Concepts,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Signal> {
    let mut inherited = signals.len();
    for (number, signal) in (inherited..).zip(raw) {
        let (at, signal) = (signal.span().start, signal.into_inner());
        let kept = signals[..inherited].iter().position(|kept| signal.name.as_deref() == Some(&*kept.name));
        if let Some(kept) = kept.filter(|_| signal.weight == 0.0) {
            signals.remove(kept);
            inherited -= 1;
            continue;
        }
        match (signal.compile(number, concepts), kept) {
            (Ok(signal), Some(kept)) => signals[kept] = signal,
            (Ok(signal), None) => signals.push(signal),
            (Err(what), _) => mistakes.push(source.mistake(at, what)),
        }
    }
    signals
}

fn join(a: &Expr, b: &Expr) -> Expr {
    Expr { all: a.all.iter().chain(&b.all).cloned().collect(), none: a.none.iter().chain(&b.none).copied().collect() }
}

/// What a hit of the topic is worth in each place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PlaceWeights {
    #[serde(deserialize_with = "finite")]
    pub(crate) title: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) headline: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) heading: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) lead: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) url: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) body: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) file: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) label: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) table_header: f32,
    #[serde(deserialize_with = "finite")]
    pub(crate) alt: f32,
    #[serde(deserialize_with = "finite")]
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
