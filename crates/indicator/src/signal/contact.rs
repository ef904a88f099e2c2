//! `contact`: ways to reach someone.

use std::collections::BTreeSet;

use model::{Contact as Found, Place};
use serde::Deserialize;

use super::{Facts, Fired, words};
use crate::expr::Expr;
use crate::unit::Words;

/// How far, in bytes of the text layer, a contact may stand from the words that it belongs to.
const NEAR: usize = 200;

#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) means: Means,
    pub(crate) at_least: usize,
    pub(crate) term: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Means {
    Telephone,
    Mail,
    Any,
}

impl Contact {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let named: Option<Vec<(usize, usize)>> = self.term.as_ref().map(|expr| spans_of(expr, facts));
        let fitting: Vec<(&str, Option<(u32, u32)>)> = facts
            .page
            .contacts
            .iter()
            .filter_map(|contact| match contact {
                Found::Telephone { number, span } if self.means != Means::Mail => Some((number.as_str(), *span)),
                Found::Mail { address, span } if self.means != Means::Telephone => Some((address.as_str(), *span)),
                _ => None,
            })
            .filter(|(_, span)| named.as_ref().is_none_or(|named| is_near(*span, named)))
            .collect();
        let different: BTreeSet<&str> = fitting.iter().map(|(value, _)| *value).collect();
        if different.len() < self.at_least {
            return None;
        }
        let (value, span) = fitting.iter().find(|(_, span)| span.is_some()).or(fitting.first())?;
        let quote = match span {
            Some((start, end)) => crate::quote::of_layer(facts.units, *start as usize, *end as usize),
            None => words((*value).to_owned()),
        };
        Some(Fired { place: Place::Body, quote })
    }
}

/// Where in the text layer the expression holds.
fn spans_of(expr: &Expr, facts: &Facts<'_>) -> Vec<(usize, usize)> {
    let in_layer = facts.units.holding(expr).filter(|(unit, _)| matches!(unit.words, Words::Layer { .. }));
    in_layer.map(|(_, (start, end))| facts.units.layer.original(start, end)).collect()
}

fn is_near(span: Option<(u32, u32)>, named: &[(usize, usize)]) -> bool {
    let Some((start, end)) = span else { return false };
    named.iter().any(|(from, to)| (start as usize).saturating_sub(*to) <= NEAR && from.saturating_sub(end as usize) <= NEAR)
}
