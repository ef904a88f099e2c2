//! `table`: tables by their headers.

use model::Place;

use super::{Facts, Fired, words};
use crate::expr::Expr;

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) headers: Expr,
    pub(crate) at_least: usize,
}

impl Table {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let says = facts.units.together(&self.headers, Place::TableHeader);
        let table = facts.page.tables.iter().find(|table| table.rows as usize >= self.at_least && !table.headers.is_empty())?;
        says.then(|| Fired { place: Place::TableHeader, quote: words(table.headers.join(" · ")) })
    }
}
