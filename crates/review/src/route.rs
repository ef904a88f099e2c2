//! The routes: one table from which pages, JSON and the `OpenAPI` document are made.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use crate::cx::Cx;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};

/// What a route does.
pub(crate) type Run = fn(Cx) -> Pin<Box<dyn Future<Output = Result<Reply, Refusal>> + Send>>;

/// Methods that the application knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes.
    Post,
}

/// A field of a form, or a member of the JSON object sent instead.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether it must be there and not empty.
    pub required: bool,
}

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any number of texts of at most so many characters.
    Texts(usize),
    /// A whole number.
    Number,
}

/// A route.
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, below `/` as a page and below `/api/v1` as JSON; `{...}` are parameters.
    pub path: &'static str,
    /// Who may ask.
    pub need: Need,
    /// What may be sent or asked with.
    pub inputs: &'static [Input],
    /// What it does, in a sentence.
    pub says: &'static str,
    pub(crate) run: Run,
}

/// A field that must be there.
pub(crate) const fn need(name: &'static str, kind: Kind) -> Input {
    Input { name, kind, required: true }
}

/// A field that may be there.
pub(crate) const fn may(name: &'static str, kind: Kind) -> Input {
    Input { name, kind, required: false }
}

/// A route that reads.
pub(crate) const fn get(path: &'static str, need: Need, inputs: &'static [Input], says: &'static str, run: Run) -> Route {
    Route { method: Method::Get, path, need, inputs, says, run }
}

/// A route that changes something.
pub(crate) const fn post(path: &'static str, need: Need, inputs: &'static [Input], says: &'static str, run: Run) -> Route {
    Route { method: Method::Post, path, need, inputs, says, run }
}

/// Makes of an `async fn(Cx)` what a table can hold.
macro_rules! run {
    ($handler:path) => {
        |cx| Box::pin($handler(cx))
    };
}
pub(crate) use run;

/// The page at a path, with the parameters in it.
pub(crate) fn page_at(path: &str) -> Option<(&'static Route, BTreeMap<String, String>)> {
    let pages = routes().filter(|route| route.method == Method::Get);
    let found = pages.filter_map(|route| Some((route, parameters(route.path, path)?)));
    // As the router: a word in its place goes before a parameter.
    found.min_by_key(|(_, params)| params.len())
}

fn parameters(pattern: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let (mut places, mut parts) = (pattern.split('/'), path.split('/'));
    let mut params = BTreeMap::new();
    loop {
        let (place, part) = match (places.next(), parts.next()) {
            (None, None) => return Some(params),
            (Some(place), Some(part)) => (place, part),
            _ => return None,
        };
        match place.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if !part.is_empty() => _ = params.insert(name.to_owned(), part.to_owned()),
            None if place == part => {}
            _ => return None,
        }
    }
}

/// Every route.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    crate::screens::ALL.iter().flat_map(|screen| screen.iter())
}
