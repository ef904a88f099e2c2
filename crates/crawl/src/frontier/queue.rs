//! Waiting entries: a heap per host, so that the best of each host is at hand, and a list to draw from at random.
//!
//! Scores mostly fall. An entry keeps the score it was queued with until it comes to the top; there it is weighed
//! again and goes back if it fell. Whoever raises a score queues the entry anew; the old place is recognised as stale.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::entry::Id;
use super::worth::rank;

/// Waiting entries by host.
#[derive(Debug, Default)]
pub(super) struct Queue {
    heaps: Vec<BinaryHeap<(i32, Reverse<Id>)>>,
    /// Every waiting entry once, in no order that matters.
    waiting: Vec<Id>,
    /// For each entry ever queued: its present rank, and its place in `waiting`.
    places: Vec<Option<Place>>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    rank: i32,
    at: usize,
}

impl Queue {
    /// Queues an entry, or moves it if it is already there.
    pub(super) fn put(&mut self, id: Id, host: u32, score: f32) {
        let (host, slot) = (host as usize, id as usize);
        if self.heaps.len() <= host {
            self.heaps.resize_with(host + 1, BinaryHeap::new);
        }
        if self.places.len() <= slot {
            self.places.resize(slot + 1, None);
        }
        let ranked = rank(score, id);
        match &mut self.places[slot] {
            Some(place) if place.rank == ranked.0 => return,
            Some(place) => place.rank = ranked.0,
            None => {
                self.places[slot] = Some(Place { rank: ranked.0, at: self.waiting.len() });
                self.waiting.push(id);
            }
        }
        self.heaps[host].push(ranked);
    }

    /// Takes an entry out, wherever it stands.
    pub(super) fn remove(&mut self, id: Id) {
        let Some(place) = self.places.get_mut(id as usize).and_then(Option::take) else { return };
        self.waiting.swap_remove(place.at);
        if let Some(moved) = self.waiting.get(place.at) {
            let moved = self.places[*moved as usize].as_mut().expect("what waits has a place");
            moved.at = place.at;
        }
    }

    /// The best entry of a host, weighed anew, with its rank. It stays queued.
    pub(super) fn best(&mut self, host: u32, weigh: impl Fn(Id) -> f32) -> Option<(i32, Reverse<Id>)> {
        let heap = self.heaps.get_mut(host as usize)?;
        while let Some(&(queued, Reverse(id))) = heap.peek() {
            match &mut self.places[id as usize] {
                Some(place) if place.rank == queued => {
                    let now = rank(weigh(id), id);
                    if now.0 >= queued {
                        return Some((queued, Reverse(id)));
                    }
                    place.rank = now.0;
                    heap.pop();
                    heap.push(now);
                }
                _ => {
                    heap.pop();
                }
            }
        }
        None
    }

    /// Number of hosts that ever had an entry.
    pub(super) fn hosts(&self) -> u32 {
        u32::try_from(self.heaps.len()).expect("there are no more hosts than entries")
    }

    /// Every waiting entry, in no order that matters.
    pub(super) fn waiting(&self) -> &[Id] {
        &self.waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_comes_first_and_the_older_of_equals() {
        let scores = [1.0, -3.0, 5.0, 5.0, f32::MIN, 0.0];
        let mut queue = Queue::default();
        for (id, score) in (0..).zip(scores) {
            queue.put(id, 0, score);
        }
        let mut order = vec![];
        while let Some((_, Reverse(id))) = queue.best(0, |id| scores[id as usize]) {
            queue.remove(id);
            order.push(id);
        }
        assert_eq!(order, [2, 3, 0, 5, 1, 4]);
    }

    #[test]
    fn what_fell_meanwhile_goes_back_and_what_rose_comes_up() {
        let mut queue = Queue::default();
        queue.put(0, 0, 3.0);
        queue.put(1, 0, 2.0);
        queue.put(2, 0, 1.0);
        let fallen = |id| if id == 0 { 0.0 } else { 3.0 - id as f32 };
        assert_eq!(queue.best(0, fallen).unwrap().1, Reverse(1));
        queue.put(2, 0, 9.0);
        assert_eq!(queue.best(0, |id| if id == 2 { 9.0 } else { fallen(id) }).unwrap().1, Reverse(2));
    }

    #[test]
    fn removing_keeps_the_list_and_the_heaps_in_step() {
        let mut queue = Queue::default();
        for id in 0..5 {
            queue.put(id, id % 2, id as f32);
        }
        queue.remove(4);
        queue.remove(0);
        queue.remove(0);
        let mut waiting = queue.waiting().to_vec();
        waiting.sort_unstable();
        assert_eq!(waiting, [1, 2, 3]);
        assert_eq!(queue.best(0, |id| id as f32).unwrap().1, Reverse(2));
        assert!(queue.best(7, |_| 0.0).is_none());
    }
}
