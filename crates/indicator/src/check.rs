//! What is lacking in rule files that load: gaps of languages, terms that stand for two things, rules that cannot hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::concept::{ConceptNo, Concepts};
use crate::edition::{self, editions};
use crate::expr::Expr;
use crate::lexicon::{Lexicon, Term, read_lexicon};
use crate::rule::{Decide, Rule};
use crate::rulebook::Rulebook;
use crate::signal::Signal;
use crate::source::Source;

/// Something that a keeper of the rules should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{path}: {what}")]
pub struct Remark {
    /// Path of the file.
    pub path: String,
    /// What is lacking and what to do.
    pub what: String,
}

/// Looks through rule files that load without mistakes.
pub fn check(sources: &[Source], book: &Rulebook) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let Ok(concepts) = edition::concepts(sources) else { return remarks };
    let lexicons = sources.iter().filter(|source| source.is_lexicon());
    let lexicons: Vec<Lexicon> = lexicons.filter_map(|source| read_lexicon(source, &concepts, &mut Vec::new())).collect();
    let everywhere: BTreeSet<ConceptNo> =
        lexicons.iter().flat_map(|lexicon| &lexicon.everywhere).map(|term| term.concept).collect();
    let mut named = everywhere.clone();
    for lexicon in &lexicons {
        let mut remark = |what: String| remarks.push(Remark { path: lexicon.path.clone(), what });
        gaps(lexicon, &everywhere, &concepts).into_iter().for_each(&mut remark);
        collisions(lexicon, &concepts).into_iter().for_each(&mut remark);
        named.extend(lexicon.terms.iter().map(|term| term.concept));
    }
    let mut asked: BTreeSet<ConceptNo> = book.shared_concepts();
    for rule in &book.rules {
        let expressions = rule.expressions();
        asked.extend(expressions.iter().flat_map(|expr| expr.concepts()));
        let mut remark = |what: String| remarks.push(Remark { path: format!("indicator {}", rule.code), what });
        unreachable(rule, &expressions, &named, &concepts, book).into_iter().for_each(&mut remark);
        unknown(rule, book).for_each(&mut remark);
    }
    for other in editions(sources).into_iter().filter(|edition| *edition != book.instrument.edition) {
        let rules = edition::load(sources, other, &concepts).map(|other| other.rules.clone()).unwrap_or_default();
        asked.extend(rules.iter().flat_map(Rule::expressions).flat_map(Expr::concepts));
    }
    let unasked = concepts.all().filter(|(number, _)| !asked.contains(number));
    remarks.extend(unasked.map(|(_, id)| Remark {
        path: edition::CONCEPTS.to_owned(),
        what: format!("no rule asks for `{id}`: use it in a rule, or remove it here and from the lexicons"),
    }));
    remarks
}

/// Classes of vendors and of pages that a rule names and no file tells of.
fn unknown(rule: &Rule, book: &Rulebook) -> impl Iterator<Item = String> {
    let of_vendors = rule.signals.iter().filter_map(Signal::vendor_class).filter(|class| !book.vendors.has_class(class));
    let of_pages = rule.allow.iter().filter(|name| !book.classes.iter().any(|class| class.name == **name));
    let of_vendors = of_vendors.map(|class| format!("no row of vendors.toml is `{class}`"));
    of_vendors.chain(of_pages.map(|name| format!("there is no page class `{name}` to allow")))
}

/// Concepts that a language neither names nor says it cannot name.
fn gaps(lexicon: &Lexicon, everywhere: &BTreeSet<ConceptNo>, concepts: &Concepts) -> Vec<String> {
    let named: BTreeSet<ConceptNo> = lexicon.terms.iter().map(|term| term.concept).collect();
    let missing: Vec<&str> = concepts
        .all()
        .filter(|(number, id)| !named.contains(number) && !everywhere.contains(number) && !lexicon.without.contains(*id))
        .map(|(_, id)| id)
        .collect();
    let what = |id: &str| format!("`{id}` has no term: write some in [terms], or the reason why there is none in [without]");
    missing.into_iter().map(what).collect()
}

/// Terms that stand for two things in one language. An act or a mark may share a word with a thing.
fn collisions(lexicon: &Lexicon, concepts: &Concepts) -> Vec<String> {
    let mut meanings: BTreeMap<(&str, &[String]), BTreeSet<&str>> = BTreeMap::new();
    for Term { concept, head, rest, guard, shared, .. } in &lexicon.terms {
        if concepts.is_thing(*concept) && guard.is_none() && !shared {
            meanings.entry((head, rest)).or_default().insert(concepts.id(*concept));
        }
    }
    let collide = meanings.into_iter().filter(|(_, ids)| ids.len() > 1);
    collide
        .map(|((head, rest), ids)| {
            let term = std::iter::once(head).chain(rest.iter().map(String::as_str)).collect::<Vec<_>>().join("*");
            let ids: Vec<&str> = ids.into_iter().collect();
            format!("`{term}` stands for {}: keep it under one, or say by `in` or `unless` where each counts, or `shared = true` if it means both", ids.join(" and "))
        })
        .collect()
}

/// Why a rule can never hold, if so.
fn unreachable(
    rule: &Rule,
    expressions: &[&Expr],
    named: &BTreeSet<ConceptNo>,
    concepts: &Concepts,
    book: &Rulebook,
) -> Option<String> {
    let contradicts = |expr: &&Expr| expr.all.iter().any(|group| group.iter().all(|concept| expr.none.contains(concept)));
    if expressions.iter().any(contradicts) {
        return Some("an expression asks for what it excludes".to_owned());
    }
    let unnamed =
        expressions.iter().flat_map(|expr| &expr.all).find(|group| !group.iter().any(|concept| named.contains(concept)));
    if let Some(concept) = unnamed.and_then(|group| group.first()) {
        return Some(format!("it asks for `{}`, which no lexicon names", concepts.id(*concept)));
    }
    if matches!(rule.decide, Decide::Person | Decide::Renderer) {
        return None;
    }
    let signals: f32 = rule.signals.iter().map(|signal| signal.weight.max(0.0)).sum();
    let topic = if rule.topic.is_empty() { 0.0 } else { book.places.most() };
    (signals + topic < rule.need).then(|| {
        format!("a page can be worth {} at most and needs {}: give it more signals or a lower `need`", signals + topic, rule.need)
    })
}
