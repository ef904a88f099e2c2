//! Ways to notice something, one file each. A signal looks at a page's facts and says where it fired.

mod contact;
mod date;
mod file;
mod form;
mod links;
mod markup;
mod prose;
mod protocol;
mod table;
mod term;
mod vendor;
mod versions;

pub(crate) use form::{FormShape, shape_of};

use std::sync::Arc;

use model::{Date, Page, Place, Quote};
use serde::Deserialize;

use crate::concept::Concepts;
use crate::expr::{self, Expr};
use crate::place::Places;
use crate::quote::of_layer;
use crate::source::finite;
use crate::unit::Units;
use crate::vendor::Vendors;

/// All that a signal may look at.
pub(crate) struct Facts<'a> {
    pub(crate) page: &'a Page,
    pub(crate) units: &'a Units<'a>,
    pub(crate) vendors: &'a Vendors,
    pub(crate) links: &'a LinkFacts<'a>,
    /// Official languages of the portal's country.
    pub(crate) official: &'a [String],
    /// The day of the run: what "future" and "recent" are measured against.
    pub(crate) day: Date,
    /// Page classes that hold, for example `news`.
    pub(crate) classes: &'a [String],
}

/// What all rules ask of the links of a page, in their order.
pub(crate) struct LinkFacts<'a> {
    /// The type of the document that each leads to.
    pub(crate) files: Vec<Option<&'static str>>,
    /// Known classes of the host that each leads to.
    pub(crate) hosts: Vec<&'a [&'a str]>,
    /// Known classes of the host of each embed, in their order.
    pub(crate) embeds: Vec<Vec<&'a str>>,
}

/// Where a signal fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fired {
    pub(crate) place: Place,
    pub(crate) quote: Arc<Quote>,
}

/// A signal of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Signal {
    pub(crate) name: Arc<str>,
    pub(crate) weight: f32,
    /// A page cannot be evidence without it.
    pub(crate) needs: bool,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Term(term::Term),
    File(file::File),
    Form(form::Form),
    Vendor(vendor::Vendor),
    Markup(markup::Markup),
    Date(date::Days),
    Contact(contact::Contact),
    Table(table::Table),
    Links(links::Links),
    Versions(versions::Versions),
    Protocol(protocol::Protocol),
    Prose(prose::Prose),
}

impl Signal {
    /// What it asks for in words.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        let (asked, voided) = match &self.kind {
            Kind::Term(signal) => (Some(&signal.expr), None),
            Kind::File(signal) => (signal.term.as_ref(), None),
            Kind::Form(signal) => (signal.term.as_ref(), None),
            Kind::Vendor(signal) => (signal.term.as_ref(), signal.unless.as_ref()),
            Kind::Date(signal) => (signal.term.as_ref(), None),
            Kind::Contact(signal) => (signal.term.as_ref(), None),
            Kind::Table(signal) => (Some(&signal.headers), None),
            Kind::Links(signal) => (signal.text.as_ref(), None),
            Kind::Markup(_) | Kind::Versions(_) | Kind::Protocol(_) | Kind::Prose(_) => (None, None),
        };
        asked.into_iter().chain(voided).collect()
    }

    /// The class of vendors that it asks for.
    pub(crate) fn vendor_class(&self) -> Option<&str> {
        if let Kind::Vendor(signal) = &self.kind { Some(&signal.class) } else { None }
    }

    /// Whether and where it fires.
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        match &self.kind {
            Kind::Term(signal) => signal.fire(facts),
            Kind::File(signal) => signal.fire(facts),
            Kind::Form(signal) => signal.fire(facts),
            Kind::Vendor(signal) => signal.fire(facts),
            Kind::Markup(signal) => signal.fire(facts),
            Kind::Date(signal) => signal.fire(facts),
            Kind::Contact(signal) => signal.fire(facts),
            Kind::Table(signal) => signal.fire(facts),
            Kind::Links(signal) => signal.fire(facts),
            Kind::Versions(signal) => signal.fire(facts),
            Kind::Protocol(signal) => signal.fire(facts),
            Kind::Prose(signal) => signal.fire(facts),
        }
    }
}

/// A `[[CODE.signal]]` table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSignal {
    pub(crate) name: Option<String>,
    #[serde(deserialize_with = "finite")]
    pub(crate) weight: f32,
    #[serde(default)]
    needs: bool,
    term: Option<String>,
    #[serde(rename = "in", default)]
    places: Vec<String>,
    file: Option<Vec<String>>,
    form: Option<FormShape>,
    vendor: Option<String>,
    unless: Option<String>,
    meta: Option<String>,
    rel: Option<String>,
    contains: Option<String>,
    #[serde(rename = "type")]
    types: Option<Vec<String>>,
    hook: Option<String>,
    date: Option<date::When>,
    within: Option<i32>,
    at_least: Option<usize>,
    contact: Option<contact::Means>,
    table: Option<String>,
    links: Option<String>,
    #[serde(default)]
    outside: bool,
    versions: Option<usize>,
    protocol: Option<String>,
    host: Option<String>,
    class: Option<String>,
    prose: Option<usize>,
}

impl RawSignal {
    /// Compiles it; the error says what is wrong. `number` names it if it has no name.
    pub(crate) fn compile(self, number: usize, concepts: &Concepts) -> Result<Signal, String> {
        let read = |text: &Option<String>| text.as_deref().map(|text| expr::parse(text, concepts)).transpose();
        let term = read(&self.term)?;
        let at_least = self.at_least.unwrap_or(1).max(1);
        let (word, kind) = if let Some(types) = self.file {
            ("file", Kind::File(file::File { types, term, regions: links::read_regions(&self.places)?, at_least }))
        } else if let Some(shape) = self.form {
            ("form", Kind::Form(form::Form { shape, term }))
        } else if let Some(class) = self.vendor {
            (
                "vendor",
                Kind::Vendor(vendor::Vendor {
                    class,
                    places: vendor::read_places(&self.places)?,
                    term,
                    unless: read(&self.unless)?,
                }),
            )
        } else if let Some(when) = self.date {
            ("date", Kind::Date(date::Days { when, within: self.within, at_least, term }))
        } else if let Some(means) = self.contact {
            ("contact", Kind::Contact(contact::Contact { means, at_least, term }))
        } else if let Some(headers) = read(&self.table)? {
            ("table", Kind::Table(table::Table { headers, at_least }))
        } else if let Some(text) = self.links {
            let text = if text == "*" { None } else { Some(expr::parse(&text, concepts)?) };
            let regions = links::read_regions(&self.places)?;
            ("links", Kind::Links(links::Links { text, regions, outside: self.outside, at_least }))
        } else if let Some(at_least) = self.versions {
            ("versions", Kind::Versions(versions::Versions { at_least, named: expr::parse("language-name", concepts).ok() }))
        } else if let Some(name) = self.meta {
            ("meta", Kind::Markup(markup::Markup::Meta { name, contains: self.contains }))
        } else if let Some(name) = self.rel {
            ("rel", Kind::Markup(markup::Markup::Rel { name, contains: self.contains }))
        } else if let Some(names) = self.types {
            ("type", Kind::Markup(markup::Markup::Type { names }))
        } else if let Some(pair) = self.hook {
            ("hook", Kind::Markup(markup::Markup::hook(&pair)?))
        } else if let Some(class) = self.class {
            ("class", Kind::Markup(markup::Markup::Class { class }))
        } else if let Some(name) = self.protocol {
            ("protocol", Kind::Protocol(protocol::Protocol::scheme(&name)?))
        } else if let Some(name) = self.host {
            ("host", Kind::Protocol(protocol::Protocol::host(&name)?))
        } else if let Some(at_least) = self.prose {
            ("prose", Kind::Prose(prose::Prose { at_least }))
        } else if let Some(expr) = term {
            let places = if self.places.is_empty() { Places::CONTENT } else { Places::read(&self.places)? };
            ("term", Kind::Term(term::Term { expr, places }))
        } else {
            return Err(
                "the signal has no kind: give it `term`, `file`, `form`, `vendor` or another of crates/indicator/RULES.md"
                    .to_owned(),
            );
        };
        let name = self.name.unwrap_or_else(|| format!("{word}-{}", number + 1));
        Ok(Signal { name: name.into(), weight: self.weight, needs: self.needs, kind })
    }
}

/// Bytes of folded text within which the parts of an expression must stand.
pub(crate) const REACH: usize = 160;

/// Tells of a link, by its index, whether an expression holds in one of its own texts, such as its accessible name; none
/// if no link says it. Without an expression all links do.
fn said_by_links(expr: Option<&Expr>, units: &Units<'_>) -> Option<impl Fn(usize) -> bool> {
    let links: Option<Vec<u32>> = expr.map(|expr| units.holding(expr).filter_map(|(unit, _)| unit.link).collect());
    let any = links.as_ref().is_none_or(|links| !links.is_empty());
    any.then_some(move |link| links.as_ref().is_none_or(|links| links.iter().any(|saying| *saying as usize == link)))
}

/// A quote of a link's text, where it stands in the layer, or of its name.
fn quote_link(units: &Units<'_>, link: usize) -> Arc<Quote> {
    let link = &units.page.links[link];
    match link.span {
        Some((start, end)) if end > start => of_layer(units, start as usize, end as usize),
        _ => words(if link.text.is_empty() { &link.name } else { &link.text }),
    }
}

/// A quote of words that do not stand in the text layer.
fn words(exact: impl Into<String>) -> Arc<Quote> {
    Arc::new(Quote { exact: exact.into(), ..Quote::default() })
}
