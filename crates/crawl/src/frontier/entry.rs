//! One URL that the frontier knows, and the table of all of them by identity.

use std::collections::HashMap;

use model::{Errand, UrlKey, Via};
use url::Url;

use super::worth::Promise;
use crate::Standing;

/// Index of an entry in its [`Book`].
pub(super) type Id = u32;

/// A URL that was admitted.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) url: Url,
    pub(super) key: UrlKey,
    pub(super) errand: Errand,
    pub(super) via: Option<Via>,
    pub(super) depth: u16,
    pub(super) rule: String,
    pub(super) standing: Standing,
    pub(super) promise: Promise,
    /// Worth that does not depend on words: where the link stands, how fresh the sitemap calls it.
    pub(super) bonus: f32,
    /// Number of the language that the URL says it is in, if that is none of the portal's.
    pub(super) foreign: Option<u16>,
    pub(super) host: u32,
    pub(super) shape: u32,
    pub(super) state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// To be visited.
    Waiting,
    /// Handed out as a visit.
    Handed,
    /// Handed out once more, because the first visit failed.
    Again,
    /// Never to be visited: a double of another, or of a shape that brings nothing.
    Dropped,
}

/// All entries, and which key leads to which.
#[derive(Debug, Default)]
pub(super) struct Book {
    entries: Vec<Entry>,
    index: HashMap<UrlKey, Id>,
}

impl Book {
    pub(super) fn find(&self, key: &UrlKey) -> Option<Id> {
        self.index.get(key).copied()
    }

    pub(super) fn add(&mut self, entry: Entry) -> Id {
        let id = Id::try_from(self.entries.len()).expect("the queue is capped far below 2^32 entries");
        self.index.insert(entry.key.clone(), id);
        self.entries.push(entry);
        id
    }

    /// Makes a further key lead to an entry, unless it already leads to one; that one is returned.
    pub(super) fn also(&mut self, key: UrlKey, id: Id) -> Option<Id> {
        let known = *self.index.entry(key).or_insert(id);
        if known == id { None } else { Some(known) }
    }

    pub(super) fn get(&self, id: Id) -> &Entry {
        &self.entries[id as usize]
    }

    pub(super) fn get_mut(&mut self, id: Id) -> &mut Entry {
        &mut self.entries[id as usize]
    }
}
