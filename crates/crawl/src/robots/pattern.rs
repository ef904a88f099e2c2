//! A path pattern with `*` and `$`, matched in linear time (RFC 9309 §2.2.2 and §2.2.3).

use crate::key::{is_unreserved, push_triplet, triplet};

/// A pattern ready to match.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// What stands between the wildcards, in comparable form. Never empty.
    pieces: Vec<String>,
    /// Whether the pattern ends with `$`: nothing may follow.
    anchored: bool,
    octets: usize,
}

impl Pattern {
    pub(super) fn new(path: &str) -> Self {
        let (path, anchored) = path.strip_suffix('$').map_or((path, false), |path| (path, true));
        let path = comparable(path, true);
        let octets = path.len() + usize::from(anchored);
        let mut pieces: Vec<String> = path.split('*').map(str::to_owned).collect();
        // `**` says no more than `*`: empty pieces count at both ends only.
        let last = pieces.len() - 1;
        let mut at = 0;
        pieces.retain(|piece| {
            at += 1;
            !piece.is_empty() || at == 1 || at > last
        });
        Self { pieces, anchored, octets }
    }

    /// Length in octets: the longest pattern that matches decides.
    pub(super) fn octets(&self) -> usize {
        self.octets
    }

    /// Whether a path in comparable form matches. Each piece takes its first place after the one before, which leaves
    /// most to those that follow, so nothing is ever tried twice.
    pub(super) fn matches(&self, path: &str) -> bool {
        let [first, rest @ ..] = self.pieces.as_slice() else { return false };
        let Some(mut left) = path.strip_prefix(first.as_str()) else { return false };
        let Some((last, middle)) = rest.split_last() else { return !self.anchored || left.is_empty() };
        for piece in middle {
            let Some(at) = left.find(piece.as_str()) else { return false };
            left = &left[at + piece.len()..];
        }
        if self.anchored { left.ends_with(last.as_str()) } else { left.contains(last.as_str()) }
    }
}

/// One spelling for all that mean the same octets: letters, digits and `-._~` bare, all else as triplets in upper case,
/// but for the characters that structure a path or a query. Those keep apart from their triplets, save that a `/` or
/// `?` after the first `?` has nothing left to structure. Literal `*` and `$` become triplets; in a pattern a bare
/// `*` stays, as the wildcard.
pub(super) fn comparable(text: &str, pattern: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut in_query = false;
    while let Some(&byte) = bytes.get(at) {
        let coded = if byte == b'%' { triplet(&bytes[at + 1..]) } else { None };
        at += if coded.is_some() { 3 } else { 1 };
        let octet = coded.unwrap_or(byte);
        let bare = match octet {
            b'/' | b'?' => coded.is_none() || in_query,
            b'&' | b'=' => coded.is_none(),
            b'*' => coded.is_none() && pattern,
            _ => is_unreserved(octet),
        };
        if bare {
            out.push(char::from(octet))
        } else {
            push_triplet(&mut out, octet)
        }
        in_query |= octet == b'?' && coded.is_none();
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Pattern::new(pattern).matches(&comparable(path, false))
    }

    /// Backtracking by the book: slow, and plainly right.
    fn by_the_book(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => true,
            b"$" => path.is_empty(),
            [b'*', rest @ ..] => (0..=path.len()).any(|skip| by_the_book(rest, &path[skip..])),
            [first, rest @ ..] => path.first() == Some(first) && by_the_book(rest, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_backtracking(pattern in "/[ab/*]{0,8}\\$?", path in "/[ab/]{0,10}") {
            prop_assert_eq!(matches(&pattern, &path), by_the_book(pattern.as_bytes(), path.as_bytes()), "{} {}", pattern, path);
        }

        #[test]
        fn anything_can_be_matched(pattern in "\\PC{0,30}", path in "\\PC{0,30}") {
            matches(&pattern, &path);
        }

        #[test]
        fn comparable_text_stays_as_it_is(text in "[/?&=*$%a-f0-9é:~]{0,30}") {
            let once = comparable(&text, false);
            prop_assert_eq!(comparable(&once, false), once);
        }
    }
}
