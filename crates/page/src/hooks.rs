//! `data-*` attributes and structured-data types: what a page is made with and what it says it is about.

use std::collections::HashSet;

use crate::element::Element;

/// The longest value that is a hook rather than content, in bytes.
const MAX_VALUE: usize = 64;

/// Hooks and types of a page while it is read.
pub(crate) struct Hooks {
    pub(crate) list: Vec<(String, String)>,
    pub(crate) types: Vec<String>,
    seen: HashSet<u64>,
    max: usize,
}

impl Hooks {
    pub(crate) fn new(max: usize) -> Self {
        Self { list: Vec::new(), types: Vec::new(), seen: HashSet::new(), max }
    }

    /// Keeps what the attributes of an element tell.
    pub(crate) fn note(&mut self, element: &Element<'_>) {
        for &(name, value) in element.attrs {
            match name {
                "itemtype" | "typeof" => value.split_ascii_whitespace().for_each(|name| self.add_type(name)),
                _ if name.starts_with("data-") => self.add(name, value),
                _ => {}
            }
        }
    }

    /// Keeps a type without its namespace, once.
    pub(crate) fn add_type(&mut self, name: &str) {
        let name = name.rsplit(['/', '#', ':']).next().unwrap_or_default();
        if !name.is_empty()
            && name.len() <= MAX_VALUE
            && self.types.len() < self.max
            && !self.types.iter().any(|known| known == name)
        {
            self.types.push(name.to_owned());
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        if self.list.len() >= self.max || value.len() > MAX_VALUE || name.len() > MAX_VALUE {
            return;
        }
        let both = crate::fingerprint::hash(name.as_bytes()).rotate_left(1) ^ crate::fingerprint::hash(value.as_bytes());
        if self.seen.insert(both) {
            self.list.push((name.to_owned(), value.trim().to_owned()));
        }
    }
}
