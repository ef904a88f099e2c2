//! `date`: days mentioned on the page, measured against the day of the run.

use std::collections::BTreeSet;

use model::{Date, DateMention, Place};
use serde::Deserialize;

use super::{Facts, Fired, words};
use crate::expr::Expr;

#[derive(Debug, Clone)]
pub(crate) struct Days {
    pub(crate) when: When,
    /// Days: a recent day is at most so long ago, a future day at most so far ahead.
    pub(crate) within: Option<i32>,
    pub(crate) at_least: usize,
    pub(crate) term: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum When {
    Future,
    Recent,
    Any,
}

impl Days {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        if let Some(expr) = &self.term
            && facts.units.holding(expr).next().is_none()
        {
            return None;
        }
        let fitting: Vec<&DateMention> = facts.page.dates.iter().filter(|mention| self.fits(mention.date, facts.day)).collect();
        let days: BTreeSet<Date> = fitting.iter().map(|mention| mention.date).collect();
        if days.len() < self.at_least {
            return None;
        }
        let shown = fitting.iter().find(|mention| mention.span.is_some()).or(fitting.first())?;
        let quote = match shown.span {
            Some((start, end)) => crate::quote::of_layer(facts.units, start as usize, end as usize),
            None => words(shown.date.to_string()),
        };
        Some(Fired { place: if shown.span.is_some() { Place::Body } else { Place::Markup }, quote })
    }

    fn fits(&self, date: Date, day: Date) -> bool {
        let ahead = date.days_since(day);
        match self.when {
            When::Future => ahead >= 0 && ahead <= self.within.unwrap_or(3660),
            When::Recent => ahead <= 1 && -ahead <= self.within.unwrap_or(365),
            When::Any => true,
        }
    }
}
