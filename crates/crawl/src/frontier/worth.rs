//! What a visit is worth: what its links promise, weighed by what is still unproven, less what makes it tedious.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use model::{Code, Errand};

use super::entry::Entry;

/// How much each indicator still needs: 1 unproven, 0 proven. Indicators not named need nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Need(pub BTreeMap<Code, f32>);

/// What links promise of one URL: numbers of indicators with the worth of the best link's signals, each number once.
pub(super) type Promise = Vec<(u16, f32)>;

/// Each further promise of one page counts this much of the one before: a list of everything proves nothing.
const NEXT_PROMISE: f32 = 0.6;
/// Promises of one page beyond this many add nothing.
const PROMISES: usize = 6;
/// Cost of a click.
const CLICK: f32 = 0.08;
/// Cost of each doubling of the pages already visited of a shape.
const SAME_SHAPE: f32 = 0.08;
/// Cost of one more page in a language that the city does not administer in.
const FOREIGN: f32 = 1.0;
/// Visits per foreign language before they cost: enough to learn that the version exists.
const FOREIGN_FREE: u32 = 3;

/// What is known about promises: which indicators need what, and how often each was followed up.
#[derive(Debug, Default)]
pub(super) struct Worth {
    numbers: HashMap<Code, u16>,
    codes: Vec<Code>,
    need: Vec<f32>,
    tried: Vec<u32>,
    languages: HashMap<String, u16>,
    heard: Vec<u32>,
}

impl Worth {
    /// Takes over a new need; true if anything became worth more than before.
    pub(super) fn set_need(&mut self, need: &Need) -> bool {
        let before = std::mem::replace(&mut self.need, vec![0.0; self.codes.len()]);
        for (code, need) in &need.0 {
            let number = usize::from(self.number(code));
            self.need[number] = sound(*need);
        }
        self.need.iter().zip(before.iter().chain(std::iter::repeat(&0.0))).any(|(now, before)| now > before)
    }

    /// A promise as numbers; what makes no sense (negative, not a number) is left out.
    pub(super) fn promise(&mut self, promise: &[(Code, f32)]) -> Promise {
        let mut numbered = Promise::new();
        for (code, worth) in promise.iter().filter(|(_, worth)| sound(*worth) > 0.0) {
            let number = self.number(code);
            merge(&mut numbered, &[(number, *worth)]);
        }
        numbered
    }

    /// A promise as codes, the best first.
    pub(super) fn spell(&self, promise: &Promise) -> Vec<(Code, f32)> {
        let mut spelt: Vec<_> =
            promise.iter().map(|(number, worth)| (self.codes[usize::from(*number)].clone(), *worth)).collect();
        spelt.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        spelt
    }

    /// The number of a language that is none of the portal's.
    pub(super) fn language(&mut self, name: &str) -> u16 {
        let next = u16::try_from(self.heard.len()).unwrap_or(u16::MAX);
        let number = *self.languages.entry(name.to_owned()).or_insert(next);
        if usize::from(number) == self.heard.len() {
            self.heard.push(0);
        }
        number
    }

    /// Notes that a visit follows up what was promised.
    pub(super) fn follow_up(&mut self, entry: &Entry) {
        for (number, _) in &entry.promise {
            self.tried[usize::from(*number)] += 1;
        }
        if let Some(language) = entry.foreign {
            self.heard[usize::from(language)] += 1;
        }
    }

    /// What an entry is worth now; `visited` counts the pages already visited of its shape.
    pub(super) fn of(&self, entry: &Entry, visited: u32) -> f32 {
        let errand = match entry.errand {
            Errand::Home => 1e6,
            Errand::Probe => 1e4,
            Errand::Sitemap => 1e3,
            Errand::Search => 1e2,
            Errand::Page => 0.0,
        };
        let heard = entry.foreign.map_or(0, |language| self.heard[usize::from(language)]);
        let foreign = if heard >= FOREIGN_FREE { FOREIGN } else { 0.0 };
        let tedium = CLICK * f32::from(entry.depth) + SAME_SHAPE * doublings(visited) + foreign;
        errand + self.gain(&entry.promise) + entry.bonus - tedium
    }

    /// The sum of need times promise, the best in full and each further one less.
    fn gain(&self, promise: &Promise) -> f32 {
        let mut best = [0.0_f32; PROMISES];
        for (number, worth) in promise {
            let number = usize::from(*number);
            // What was followed up often and is still unproven is promised too lightly on this site.
            let patience = 1.0 / (1.0 + doublings(self.tried[number] / 4));
            let mut gain = self.need[number] * worth * patience;
            for place in &mut best {
                if gain > *place {
                    std::mem::swap(place, &mut gain);
                }
            }
        }
        best.iter().rev().fold(0.0, |rest, gain| gain + NEXT_PROMISE * rest)
    }

    fn number(&mut self, code: &Code) -> u16 {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        let number = u16::try_from(self.codes.len()).expect("an instrument has fewer than 65,536 indicators");
        self.numbers.insert(code.clone(), number);
        self.codes.push(code.clone());
        self.need.push(0.0);
        self.tried.push(0);
        number
    }
}

/// Adds what another link promises, the better worth per indicator; true if anything is better than before.
pub(super) fn merge(promise: &mut Promise, more: &[(u16, f32)]) -> bool {
    let mut better = false;
    for (number, worth) in more {
        match promise.iter_mut().find(|(known, _)| known == number) {
            Some((_, known)) if *known >= *worth => {}
            Some((_, known)) => {
                *known = *worth;
                better = true;
            }
            None => {
                promise.push((*number, *worth));
                better = true;
            }
        }
    }
    better
}

/// An order for scores that ties break by age.
pub(super) fn rank(score: f32, age: u32) -> (i32, Reverse<u32>) {
    // The bits of a float in the order of its value (IEEE 754 totalOrder), so that the pair can be compared.
    let bits = score.to_bits().cast_signed();
    (bits ^ ((bits >> 31).cast_unsigned() >> 1).cast_signed(), Reverse(age))
}

/// How often a number doubled: 0, 1, 1, 2, 2, 2, 2, 3 ... Scores move in few steps, so that the queue stays quick.
fn doublings(count: u32) -> f32 {
    (count + 1).ilog2() as f32
}

fn sound(worth: f32) -> f32 {
    if worth.is_finite() { worth.max(0.0) } else { 0.0 }
}
