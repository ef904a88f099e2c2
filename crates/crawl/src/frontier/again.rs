//! A second attempt at pages that brought nothing for a reason that may have passed, when there is nothing else to do.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use model::{Errand, Miss, Visit};

use super::Frontier;
use super::entry::{Id, State};
use crate::Standing;

/// Visits to be made once more, in the order in which they were missed.
pub(super) type Failed = VecDeque<(Id, Miss)>;

impl Frontier {
    /// Second attempts, each page one: at most `width`, at most `per_host` of them to one host, within the budget, and
    /// none to a host that was given up. For when [`round`](Self::round) has brought nothing.
    pub fn second_round(&mut self, width: usize, per_host: usize, elapsed: Duration) -> Vec<Visit> {
        let mut visits = Vec::new();
        let mut turns = HashMap::<u32, usize>::new();
        for (id, miss) in std::mem::take(&mut self.failed) {
            let host = self.book.get(id).host;
            if !self.is_open(host) {
                continue;
            }
            let taken = turns.entry(host).or_default();
            if visits.len() < width && *taken < per_host && self.may_ask(elapsed) {
                *taken += 1;
                visits.push(self.hand_out_again(id, miss));
            } else {
                self.failed.push_back((id, miss));
            }
        }
        visits
    }

    /// Remembers a visit that failed, if another attempt may go better: it was the first, and the host answers neither
    /// that the page is not there nor that we are not welcome.
    pub(super) fn note_failed(&mut self, id: Id, miss: Miss) {
        let entry = self.book.get(id);
        let passing = matches!(miss, Miss::Timeout | Miss::Connect | Miss::Server);
        if passing && entry.state == State::Handed && matches!(entry.errand, Errand::Home | Errand::Page) {
            self.failed.push_back((id, miss));
        }
    }

    fn hand_out_again(&mut self, id: Id, miss: Miss) -> Visit {
        let entry = self.book.get_mut(id);
        entry.state = State::Again;
        self.tally.attempts += 1;
        self.tally.pending += 1;
        if entry.standing != Standing::Own {
            self.hosts.serve(entry.host);
        }
        Visit {
            no: self.tally.attempts,
            url: entry.url.clone(),
            key: entry.key.clone(),
            errand: entry.errand,
            via: entry.via.clone(),
            depth: entry.depth,
            rule: format!("{}; second attempt after {miss}", entry.rule),
            explored: false,
        }
    }
}
