//! Whose turn it is: the best of each host that may be asked, or one by chance, until the budget ends.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::Duration;

use model::{Errand, Visit};

use super::entry::{Id, State};
use super::{Frontier, Order, Refused, is_page, weigh, worth};
use crate::Standing;
use crate::key::key;

/// Draws for a random entry before the best one is taken instead: most may belong to hosts that have had their turn.
const DRAWS: usize = 16;

impl Frontier {
    /// The next visits, best first: at most `width`, at most `per_host` of them to one host. Empty when there is
    /// nothing left to do or no budget to do it; `elapsed` is the time the run has used so far.
    pub fn round(&mut self, width: usize, per_host: usize, elapsed: Duration) -> Vec<Visit> {
        let mut visits = Vec::new();
        let mut turns = HashMap::<u32, usize>::new();
        while visits.len() < width && self.may_ask(elapsed) {
            let free = |host: u32| turns.get(&host).copied().unwrap_or(0) < per_host;
            let Some((id, explored)) = self.choose(free) else { break };
            let host = self.book.get(id).host;
            if let Some(visit) = self.hand_out(id, explored) {
                *turns.entry(host).or_default() += 1;
                visits.push(visit);
            }
        }
        visits
    }

    pub(super) fn may_ask(&self, elapsed: Duration) -> bool {
        let budget = &self.settings.budget;
        let reserve = if self.tally.reserve_open { 0 } else { budget.reserve() };
        let pages = self.tally.pages + self.tally.pending < budget.pages.saturating_sub(reserve);
        pages && self.tally.attempts < budget.attempts() && self.tally.bytes < budget.bytes && elapsed < budget.time
    }

    /// The entry whose turn it is among hosts that are `free`, and whether chance chose it.
    fn choose(&mut self, free: impl Fn(u32) -> bool) -> Option<(Id, bool)> {
        let (best, errand) = self.best(&free)?;
        let explores = self.settings.order == Order::BestFirst && errand == Errand::Page;
        if !explores || self.rng.f32() >= self.settings.explore_share {
            return Some((best, false));
        }
        for _ in 0..DRAWS {
            let waiting = self.queue.waiting();
            let id = waiting[self.rng.usize(..waiting.len())];
            let entry = self.book.get(id);
            if entry.errand == Errand::Page && free(entry.host) && self.is_open(entry.host) {
                return Some((id, true));
            }
        }
        Some((best, false))
    }

    fn best(&mut self, free: impl Fn(u32) -> bool) -> Option<(Id, Errand)> {
        let mut best = None;
        for host in 0..self.queue.hosts() {
            if !free(host) || !self.is_open(host) {
                continue;
            }
            let (book, worth, shapes, order) = (&self.book, &self.worth, &self.shapes, self.settings.order);
            best = best.max(self.queue.best(host, |id| weigh(book, worth, shapes, order, id)));
        }
        best.map(|(_, Reverse(id))| (id, self.book.get(id).errand))
    }

    /// Whether a host is still asked: it answers, and an outside one has not had its share.
    pub(super) fn is_open(&self, host: u32) -> bool {
        self.hosts.closed(host).is_none() && self.hosts.served(host) < self.settings.service_pages.max(1)
    }

    /// Turns an entry into a visit; none if it turns out to be a double of another by what was learnt about hosts.
    fn hand_out(&mut self, id: Id, explored: bool) -> Option<Visit> {
        self.queue.remove(id);
        let key = key(&self.book.get(id).url, self.scope.aliases());
        if let Some(other) = self.book.also(key.clone(), id) {
            self.fold_into(id, other);
            return None;
        }
        let entry = self.book.get_mut(id);
        entry.state = State::Handed;
        entry.key = key;
        let (host, shape) = (entry.host, entry.shape);
        self.worth.follow_up(entry);
        self.tally.attempts += 1;
        self.tally.pending += u32::from(is_page(entry.errand));
        let visit = Visit {
            no: self.tally.attempts,
            url: entry.url.clone(),
            key: entry.key.clone(),
            errand: entry.errand,
            via: entry.via.take(),
            depth: entry.depth,
            rule: std::mem::take(&mut entry.rule),
            explored,
        };
        if entry.standing != Standing::Own {
            self.hosts.serve(host);
        }
        if entry.errand == Errand::Page {
            let dropped = self.shapes.hand_out(shape, self.settings.per_shape);
            self.drop_members(shape, dropped);
        }
        Some(visit)
    }

    /// Drops an entry that turned out to be a double; what it promised goes over.
    fn fold_into(&mut self, id: Id, other: Id) {
        let entry = self.book.get_mut(id);
        entry.state = State::Dropped;
        let promise = std::mem::take(&mut entry.promise);
        let double = self.book.get_mut(other);
        if double.state == State::Waiting && worth::merge(&mut double.promise, &promise) {
            self.enqueue(other);
        }
    }

    /// Leaves out what was waiting of a shape that closed.
    pub(super) fn drop_members(&mut self, shape: u32, members: Vec<Id>) {
        let Some(rule) = self.shapes.closed(shape) else { return };
        for id in members {
            let entry = self.book.get_mut(id);
            if entry.state == State::Waiting {
                entry.state = State::Dropped;
                self.queue.remove(id);
                let via = entry.via.as_ref().map(|via| via.from);
                self.refused.push(Refused { url: entry.url.clone(), via, rule: rule.to_owned() });
            }
        }
    }
}
