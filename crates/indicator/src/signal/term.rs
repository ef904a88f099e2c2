//! `term`: an expression in certain places.

use super::{Facts, Fired};
use crate::expr::Expr;
use crate::place::Places;
use crate::quote::quote;

#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) expr: Expr,
    pub(crate) places: Places,
}

impl Term {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let (unit, matched) = facts.units.holding(&self.expr).find(|(unit, _)| self.places.has(unit.place))?;
        Some(Fired { place: unit.place, quote: quote(facts.units, unit, matched) })
    }
}
