//! Folded text in, concepts out: one trie for each language, made when the language is first met.
//!
//! A trie is walked from where words start, and from every character of a script without spaces. A page is looked
//! through once for each language that counts on it, mostly one or two; how many lexicons there are changes neither that
//! nor what a page costs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crawdad::Trie;
use model::Place;

use crate::concept::{ConceptNo, Concepts};
use crate::expr::Match;
use crate::fold::{Folded, is_spaced_letter};
use crate::lexicon::{Guard, Lexicon, Term};

/// Number of a language, by the order in which lexicons were loaded, from 1.
pub(crate) type LanguageNo = u16;

/// The terms of all lexicons.
pub(crate) struct Scanner {
    /// By language number; number 0 knows only the terms that count everywhere.
    tongues: Vec<Tongue>,
    guards: Vec<Guard>,
    things: Vec<bool>,
}

/// The terms of one language, with those that count everywhere.
struct Tongue {
    prefixes: Vec<String>,
    /// What the trie holds.
    heads: Vec<String>,
    /// The terms of each head: several may share one.
    terms: Vec<Box<[Known]>>,
    trie: OnceLock<Trie>,
}

/// What is left to check of a term once its head is found.
struct Known {
    concept: ConceptNo,
    rest: Vec<String>,
    open: bool,
    capitals: bool,
    guard: Option<u16>,
}

/// The languages whose terms count, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Active(Vec<LanguageNo>);

impl Active {
    pub(crate) fn new(mut languages: Vec<LanguageNo>) -> Self {
        languages.sort_unstable();
        languages.dedup();
        Self(languages)
    }

    /// The same with one more language.
    pub(crate) fn with(&self, language: LanguageNo) -> Self {
        Self::new(self.0.iter().copied().chain([language]).collect())
    }
}

impl Scanner {
    /// Takes the terms out of the lexicons.
    pub(crate) fn new(lexicons: Vec<Lexicon>, concepts: &Concepts) -> Self {
        let things = (0..concepts.len()).map(|n| concepts.is_thing(u16::try_from(n).unwrap_or(u16::MAX))).collect();
        let everywhere: Vec<Term> = lexicons.iter().flat_map(|lexicon| lexicon.everywhere.clone()).collect();
        let mut scanner = Self { tongues: Vec::new(), guards: Vec::new(), things };
        scanner.add(Vec::new(), everywhere.clone());
        for lexicon in lexicons {
            scanner.add(lexicon.prefixes, [lexicon.terms, everywhere.clone()].concat());
        }
        scanner
    }

    fn add(&mut self, prefixes: Vec<String>, terms: Vec<Term>) {
        let mut by_head: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        for Term { concept, head, rest, open, capitals, guard, shared: _ } in terms {
            let guard = guard.and_then(|guard| {
                self.guards.push(guard);
                u16::try_from(self.guards.len() - 1).ok()
            });
            by_head.entry(head).or_default().push(Known { concept, rest, open, capitals, guard });
        }
        let (heads, terms) = by_head.into_iter().map(|(head, terms)| (head, terms.into())).unzip();
        self.tongues.push(Tongue { prefixes, heads, terms, trie: OnceLock::new() });
    }

    /// Concepts in a folded text, sorted by start; of things that overlap by containment only the longest.
    pub(crate) fn scan(&self, folded: &Folded, original: &str, active: &Active) -> Vec<Match> {
        let mut found = Vec::new();
        for number in active.0.iter().copied().chain(active.0.is_empty().then_some(0)) {
            self.tongues[usize::from(number)].scan(folded, original, &mut found);
        }
        found.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.concept, m.guard));
        found.dedup();
        self.keep_longest_things(found)
    }

    /// Whether a match counts in a place, among the folded words around it.
    pub(crate) fn counts(&self, found: Match, place: Place, words: &str) -> bool {
        found.guard.is_none_or(|number| {
            let Guard { places, unless } = &self.guards[usize::from(number)];
            places.has(place) && !unless.iter().any(|void| says(words, void))
        })
    }

    /// Terms of each language, without those of no language.
    pub(crate) fn terms(&self) -> impl Iterator<Item = usize> {
        let count = |tongue: &Tongue| tongue.terms.iter().map(|terms| terms.len()).sum::<usize>();
        let everywhere = count(&self.tongues[0]);
        self.tongues[1..].iter().map(move |tongue| count(tongue) - everywhere)
    }

    /// Tries that were made, and their bytes.
    pub(crate) fn made(&self) -> (usize, usize) {
        let made = self.tongues[1..].iter().filter_map(|tongue| tongue.trie.get());
        made.fold((0, 0), |(count, bytes), trie| (count + 1, bytes + trie.heap_bytes()))
    }

    pub(crate) fn make_all(&self) {
        for tongue in self.tongues.iter().filter(|tongue| !tongue.heads.is_empty()) {
            tongue.trie();
        }
    }

    fn keep_longest_things(&self, found: Vec<Match>) -> Vec<Match> {
        let thing = |m: &Match| self.things[usize::from(m.concept)];
        let mut kept: Vec<Match> = Vec::with_capacity(found.len());
        for m in found {
            let hidden = thing(&m)
                && kept.iter().rev().take(8).any(|k| {
                    thing(k)
                        && k.concept != m.concept
                        && k.start <= m.start
                        && m.end <= k.end
                        && k.end - k.start > m.end - m.start
                });
            if !hidden {
                kept.push(m);
            }
        }
        kept
    }
}

impl Tongue {
    fn scan(&self, folded: &Folded, original: &str, found: &mut Vec<Match>) {
        if self.heads.is_empty() {
            return;
        }
        let (text, trie) = (folded.text.as_str(), self.trie());
        let mut inside = false;
        for (at, c) in text.char_indices() {
            let letter = is_spaced_letter(c);
            if !(letter && inside) && c != ' ' {
                self.scan_at(trie, folded, original, (at, at), found);
                for prefix in self.prefixes.iter().filter(|prefix| text[at..].starts_with(prefix.as_str())) {
                    self.scan_at(trie, folded, original, (at, at + prefix.len()), found);
                }
            }
            inside = letter;
        }
    }

    /// Terms that begin at a place, after the particle that starts the word, if there is one.
    fn scan_at(&self, trie: &Trie, folded: &Folded, original: &str, (word, at): (usize, usize), found: &mut Vec<Match>) {
        let text = folded.text.as_str();
        for (head, characters) in trie.common_prefix_search(text[at..].chars()) {
            let after = text[at..].char_indices().nth(characters).map_or(text.len(), |(length, _)| at + length);
            for known in &self.terms[head as usize] {
                let Some(end) = complete(text, after, known) else { continue };
                // A short acronym counts in capitals, or where it is all there is, as in the path `/imu`.
                let alone = word == 0 && end == text.len();
                if known.capitals && !alone {
                    let (from, to) = folded.original(word, end);
                    if original[from..to].chars().any(char::is_lowercase) {
                        continue;
                    }
                }
                found.push(Match { concept: known.concept, start: word, end, guard: known.guard });
            }
        }
    }

    fn trie(&self) -> &Trie {
        self.trie.get_or_init(|| Trie::from_records(self.heads.iter().zip(0..)).expect("heads are sorted, unique and not empty"))
    }
}

/// Whether the parts of a voiding text, cut at its `*`, stand in the words one after the other.
fn says(words: &str, void: &[String]) -> bool {
    let mut rest = words;
    void.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

/// The end of the whole term whose head ended at `end`, if the rest follows and no word goes on.
fn complete(text: &str, mut end: usize, term: &Known) -> Option<usize> {
    for rest in &term.rest {
        end += text[end..].find(|c| !is_spaced_letter(c)).unwrap_or(text.len() - end);
        if !text[end..].starts_with(rest.as_str()) {
            return None;
        }
        end += rest.len();
    }
    if term.open && term.rest.last().is_none_or(String::is_empty) {
        return Some(end);
    }
    let last = text[..end].chars().next_back();
    let after = text[end..].chars().next();
    let inside = last.is_some_and(is_spaced_letter) && after.is_some_and(is_spaced_letter);
    (!inside).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use crate::lexicon::read_lexicon;
    use crate::source::Source;

    /// Scans a text with one lexicon and tells what was found, as the folded words, in the place `body`.
    fn found(lexicon: &str, text: &str) -> Vec<String> {
        let concepts = Concepts::of(&["budget", "council", "tax"]);
        let source = Source { path: "lexicons/xx.toml".to_owned(), text: lexicon.to_owned() };
        let mut mistakes = Vec::new();
        let lexicon = read_lexicon(&source, &concepts, &mut mistakes).expect("a lexicon");
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let (scanner, folded) = (Scanner::new(vec![lexicon], &concepts), fold(text));
        let matches = scanner.scan(&folded, text, &Active::new(vec![1]));
        let counting = matches.into_iter().filter(|m| scanner.counts(*m, Place::Body, &folded.text));
        counting.map(|m| folded.text[m.start..m.end].to_owned()).collect()
    }

    #[test]
    fn a_particle_may_be_joined_before_a_word_and_other_letters_may_not() {
        let hebrew = "language = \"he\"\nprefixes = [\"ה\", \"וה\"]\n[terms]\nbudget = [\"תקציב\"]";
        assert_eq!(found(hebrew, "התקציב והתקציב"), ["התקציב", "והתקציב"]);
        assert!(found(hebrew, "שתקציב").is_empty());
    }

    #[test]
    fn a_guarded_term_counts_in_its_place_and_without_what_voids_it() {
        let german = "language = \"de\"\n[terms]\n\
            council = [{ term = \"Rat\", unless = [\"guter Rat\"] }]\ntax = [{ term = \"Steuer\", in = [\"title\"] }]";
        assert_eq!(found(german, "Der Rat tagt"), ["rat"]);
        assert!(found(german, "Hier ist guter Rat teuer").is_empty());
        assert!(found(german, "am Steuer sitzen").is_empty());
    }

    #[test]
    fn what_ends_a_term_in_a_trie_ends_nothing_in_a_term_or_a_text() {
        let odd = "language = \"en\"\n[terms]\nbudget = [\"bud\\uffffget\"]";
        assert_eq!(found(odd, "the bud\u{ffff}get, the budget"), ["budget", "budget"]);
    }

    #[test]
    fn endings_follow_a_star_in_each_word() {
        let czech = "language = \"cs\"\n[terms]\ntax = [\"místní* poplat*\"]";
        assert_eq!(found(czech, "výše místních poplatků"), ["mistnich poplatku"]);
    }
}
