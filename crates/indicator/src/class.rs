//! Page classes: news items, job advertisements, event entries and the like, which name things without being them.

use model::{Page, Place};
use serde::Deserialize;
use toml::Spanned;

use crate::concept::Concepts;
use crate::expr::{self, Expr};
use crate::source::{Mistake, Source, finite};
use crate::unit::{Unit, Units};

/// How to tell a class, and what a page of it loses with rules that do not allow it.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) name: String,
    pub(crate) penalty: f32,
    url: Vec<Expr>,
    title: Vec<Expr>,
    types: Vec<String>,
    meta: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawClass {
    #[serde(default)]
    url: Vec<Spanned<String>>,
    #[serde(default)]
    title: Vec<Spanned<String>>,
    #[serde(rename = "type", default)]
    types: Vec<String>,
    #[serde(default)]
    meta: Vec<String>,
    #[serde(deserialize_with = "finite")]
    penalty: f32,
}

impl RawClass {
    pub(crate) fn compile(self, name: String, source: &Source, concepts: &Concepts, mistakes: &mut Vec<Mistake>) -> Class {
        let mut read = |list: Vec<Spanned<String>>| {
            let mut good = Vec::new();
            for text in list {
                match expr::parse(text.get_ref(), concepts) {
                    Ok(expr) => good.push(expr),
                    Err(what) => mistakes.push(source.mistake(text.span().start, what)),
                }
            }
            good
        };
        Class { name, penalty: self.penalty, url: read(self.url), title: read(self.title), types: self.types, meta: self.meta }
    }
}

impl Class {
    /// All its expressions.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expr> {
        self.url.iter().chain(&self.title)
    }

    /// Whether a page is of the class. An overview (`/news/`) is not: only a page below one is an item.
    pub(crate) fn holds(&self, page: &Page, units: &Units<'_>) -> bool {
        let typed = page.types.iter().any(|t| self.types.iter().any(|name| name.eq_ignore_ascii_case(t)));
        let meta = self.meta.iter().any(|wanted| match wanted.split_once('=') {
            Some((name, value)) => page.meta.iter().any(|(n, v)| n == name && v.eq_ignore_ascii_case(value)),
            None => page.meta.iter().any(|(n, _)| n == wanted),
        });
        // A folder of the path, not its last segment: `factor` is below 1 there.
        let says = |list: &[Expr], place: fn(&Unit<'_>) -> bool| {
            list.iter().any(|expr| units.holding(expr).any(|(unit, _)| place(unit)))
        };
        let below = says(&self.url, |unit| unit.place == Place::Url && unit.factor < 1.0);
        let titled = says(&self.title, |unit| matches!(unit.place, Place::Title | Place::Headline));
        typed || meta || below || titled
    }
}
