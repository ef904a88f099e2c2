//! What one page would give if it were judged alone, and what it lacks.

use std::collections::BTreeMap;
use std::fmt;

use model::{Band, Code, Hit, Place};

use crate::rule::{Decide, Rule};
use crate::rulebook::Rulebook;
use crate::step::{STEP, STEP_LEAD};

/// A page judged alone: without the links that lead to it, and without what its own links lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Alone {
    /// What the page is worth by itself.
    pub worth: f32,
    /// What it needs.
    pub need: f32,
    /// What keeps it from being evidence, apart from its worth; nothing if it is complete.
    pub lacks: Vec<Lack>,
    /// The band in which the indicator would be present; none if the page is not enough for `present`.
    pub band: Option<Band>,
}

/// What a rule insists on and a page does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Something of its own besides its address.
    Own,
    /// A signal that the rule needs.
    Needed(String),
    /// One of the signals of which the rule asks for one.
    OneOf(Vec<String>),
    /// A step done online.
    Step {
        /// Whether a link seems to lead to it.
        led: bool,
    },
    /// Being the home page.
    Home,
    /// Nothing that a page could show: only a person can tell.
    Person,
    /// Nothing that a page could show: only a browser engine or a validator can tell.
    Renderer,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("nothing speaks for it but its address: a page needs something of its own"),
            Self::Needed(signal) => write!(f, "the signal `{signal}`, which the rule needs (`needs = true`), did not fire"),
            Self::OneOf(signals) => write!(f, "none of the signals of `one_of` fired: {}", signals.join(", ")),
            Self::Step { led: true } => f.write_str("a link seems to lead to the step, and counts once its target was opened"),
            Self::Step { led: false } => f.write_str("no step done online: no link, form or sentence that says `act`"),
            Self::Home => f.write_str("it is not the home page, and only that counts (`answer = \"home\"`)"),
            Self::Person => f.write_str("no page is enough: a person must decide (`answer = \"person\"`)"),
            Self::Renderer => {
                f.write_str("no page is enough: a browser engine or a validator must tell (`answer = \"renderer\"`)")
            }
        }
    }
}

impl Rulebook {
    /// What a page would give for an indicator if it were judged alone; none if the instrument does not ask for it. The
    /// hits may be of all indicators.
    pub fn alone(&self, code: &Code, hits: &[Hit], home: bool) -> Option<Alone> {
        let rule = self.rules.iter().find(|rule| rule.code == *code)?;
        let own: Vec<&Hit> = hits.iter().filter(|hit| hit.code == *code && hit.link.is_none()).collect();
        let mut strongest: BTreeMap<&str, f32> = BTreeMap::new();
        for hit in &own {
            let kept = strongest.entry(&hit.signal).or_insert(hit.weight);
            *kept = if hit.weight.abs() > kept.abs() { hit.weight } else { *kept };
        }
        let worth: f32 = strongest.values().sum();
        let mut lacks: Vec<Lack> = match rule.decide {
            Decide::Person => vec![Lack::Person],
            Decide::Renderer => vec![Lack::Renderer],
            Decide::Page | Decide::Home | Decide::Service => Vec::new(),
        };
        if !own.iter().any(|hit| hit.weight > 0.0 && hit.place != Place::Url) {
            lacks.push(Lack::Own);
        }
        lacks.extend(lacking(rule, home, |signal| strongest.contains_key(signal)));
        let counts = lacks.is_empty() && worth >= rule.need;
        let band = counts.then(|| self.fitted.band(worth / rule.need));
        Some(Alone { worth, need: rule.need, lacks, band })
    }
}

/// What a rule insists on and a page with these signals does not show.
pub(super) fn lacking(rule: &Rule, home: bool, fired: impl Fn(&str) -> bool) -> impl Iterator<Item = Lack> {
    let needed = rule.signals.iter().filter(|signal| signal.needs && !fired(&signal.name));
    let mut lacks: Vec<Lack> = needed.map(|signal| Lack::Needed(signal.name.to_string())).collect();
    if !rule.one_of.is_empty() && !rule.one_of.iter().any(|name| fired(name)) {
        lacks.push(Lack::OneOf(rule.one_of.clone()));
    }
    if rule.decide == Decide::Service && !fired(STEP) {
        lacks.push(Lack::Step { led: fired(STEP_LEAD) });
    }
    if rule.decide == Decide::Home && !home {
        lacks.push(Lack::Home);
    }
    lacks.into_iter()
}
