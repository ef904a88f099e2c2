//! Shapes of URLs and what their pages brought: where a template repeats itself, the frontier stops asking.

use std::collections::{HashMap, VecDeque};

use super::entry::Id;

/// Pages in a row that brought nothing new, after which a shape is closed: this part of its cap, 10 of 30.
const DULL: u32 = 3;
/// Pages in a row that brought nothing new, at which a shape gets no more than its cap.
const FADING: u32 = 2;
/// Bits in which two simhashes differ at most for pages that look alike.
const ALIKE: u32 = 3;
/// Fingerprints remembered per shape.
const REMEMBERED: usize = 32;

/// All shapes seen on a portal.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    numbers: HashMap<String, u32>,
    shapes: Vec<Shape>,
}

#[derive(Debug, Default)]
struct Shape {
    /// Visits handed out.
    visited: u32,
    /// Pages in a row that brought nothing new.
    dull: u32,
    /// The latest fingerprints.
    prints: VecDeque<u64>,
    /// Entries of this shape, to be dropped when it closes.
    members: Vec<Id>,
    closed: bool,
}

impl Shapes {
    pub(super) fn number(&mut self, shape: String) -> u32 {
        let next = u32::try_from(self.shapes.len()).expect("there are no more shapes than entries");
        let number = *self.numbers.entry(shape).or_insert(next);
        if number == next {
            self.shapes.push(Shape::default());
        }
        number
    }

    /// Why no page of this shape is visited any more, in words.
    pub(super) fn closed(&self, shape: u32) -> Option<&'static str> {
        self.shapes[shape as usize].closed.then_some("more of a shape of which the latest pages brought nothing new")
    }

    pub(super) fn visited(&self, shape: u32) -> u32 {
        self.shapes[shape as usize].visited
    }

    pub(super) fn join(&mut self, shape: u32, id: Id) {
        self.shapes[shape as usize].members.push(id);
    }

    /// Counts a visit; returns the entries to drop if the cap `most` closes the shape.
    pub(super) fn hand_out(&mut self, shape: u32, most: u32) -> Vec<Id> {
        let shape = &mut self.shapes[shape as usize];
        shape.visited += 1;
        shape.close_if(shape.visited >= most && shape.dull >= FADING)
    }

    /// Learns what a page brought; returns the entries to drop if that closes the shape.
    pub(super) fn settle(&mut self, shape: u32, fingerprint: u64, signals: bool, most: u32) -> Vec<Id> {
        let shape = &mut self.shapes[shape as usize];
        let alike = shape.prints.iter().any(|print| (print ^ fingerprint).count_ones() <= ALIKE);
        shape.dull = if alike || !signals { shape.dull + 1 } else { 0 };
        shape.prints.push_back(fingerprint);
        if shape.prints.len() > REMEMBERED {
            shape.prints.pop_front();
        }
        shape.close_if(shape.dull >= most.div_ceil(DULL) || (shape.visited >= most && shape.dull >= FADING))
    }
}

impl Shape {
    fn close_if(&mut self, enough: bool) -> Vec<Id> {
        if !enough || self.closed {
            return Vec::new();
        }
        self.closed = true;
        std::mem::take(&mut self.members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Visits until the shape closes, at most 200; `page` tells fingerprint and signals of the nth page.
    fn visits(page: impl Fn(u32) -> (u64, bool)) -> u32 {
        let mut shapes = Shapes::default();
        let shape = shapes.number("x".into());
        for n in 0..200 {
            if shapes.closed(shape).is_some() {
                return n;
            }
            shapes.hand_out(shape, 30);
            let (print, signals) = page(n);
            shapes.settle(shape, print, signals, 30);
        }
        200
    }

    fn unlike(n: u32) -> u64 {
        u64::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[test]
    fn a_shape_closes_after_ten_pages_without_signals() {
        assert_eq!(visits(|n| (unlike(n), false)), 10);
    }

    #[test]
    fn a_shape_closes_after_ten_pages_that_look_alike() {
        assert_eq!(visits(|n| (0xFF00 | u64::from(n % 2), true)), 11);
    }

    #[test]
    fn a_shape_that_keeps_bringing_signals_goes_past_its_cap() {
        assert_eq!(visits(|n| (unlike(n), true)), 200);
        assert_eq!(visits(|n| (unlike(n), n < 40)), 42);
    }

    #[test]
    fn a_mixed_shape_ends_at_its_cap() {
        assert_eq!(visits(|n| (unlike(n), n % 6 == 0)), 30);
    }

    #[test]
    fn closing_hands_back_what_was_waiting_once() {
        let mut shapes = Shapes::default();
        let shape = shapes.number("x".into());
        shapes.join(shape, 7);
        let dropped: Vec<_> = (0..12).map(|n| shapes.settle(shape, unlike(n), false, 30)).collect();
        assert_eq!(dropped[9], [7]);
        assert!(dropped[10].is_empty());
    }
}
