//! The shape of a URL: what is left when everything is taken out that a program counts up.
//! Pages of one shape come from one template, so caps per shape hold calendars, facets and archives in check.

use std::borrow::Cow;

use url::Url;

use crate::key::{host_name, triplet};

/// Words in a path segment from which it is a title rather than a name.
const SLUG_WORDS: usize = 4;
/// Letters in a path segment from which it is a title rather than a name.
const SLUG_LETTERS: usize = 30;

/// Host, path with numbers, dates, hexadecimal strings and long titles abstracted, and the sorted parameter names:
/// `city.org/news/{n}/{slug}?page`.
pub fn shape(url: &Url) -> String {
    let segments: Vec<_> = url.path().split('/').map(segment).collect();
    let mut shape = format!("{}{}", host_name(url), segments.join("/"));
    let mut names: Vec<_> = parameter_names(url).map(|name| numbers(&name)).collect();
    names.sort();
    names.dedup();
    if !names.is_empty() {
        shape.push('?');
        shape.push_str(&names.join("&"));
    }
    shape
}

/// Names of the parameters of a URL, repeats included.
pub(crate) fn parameter_names(url: &Url) -> impl Iterator<Item = String> {
    url.query_pairs().map(|(name, _)| name.into_owned()).filter(|name| !name.is_empty())
}

fn segment(segment: &str) -> String {
    let segment = readable(segment);
    match segment.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 5 => format!("{}.{extension}", stem_shape(stem)),
        _ => stem_shape(&segment),
    }
}

fn stem_shape(stem: &str) -> String {
    let hex = || stem.bytes().filter(|b| *b != b'-').all(|b| b.is_ascii_hexdigit());
    let digits = stem.bytes().filter(u8::is_ascii_digit).count();
    let words = stem.split(['-', '_', '+', ' ']).filter(|word| !word.is_empty()).count();
    if is_date(stem) {
        "{date}".to_owned()
    } else if stem.len() >= 8 && hex() && digits > 0 && digits < stem.len() {
        "{hex}".to_owned()
    } else if words >= SLUG_WORDS || stem.chars().count() >= SLUG_LETTERS {
        "{slug}".to_owned()
    } else {
        numbers(stem)
    }
}

/// A segment with its percent triplets decoded, for reading only.
fn readable(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return Cow::Borrowed(segment);
    }
    let bytes = segment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let octet = if byte == b'%' { triplet(&bytes[at + 1..]) } else { None };
        out.push(octet.unwrap_or(byte));
        at += if octet.is_some() { 3 } else { 1 };
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

/// Whether a segment is a day or a month: `2026-11-23`, `2026_11`, `20261123`.
fn is_date(stem: &str) -> bool {
    let parts: Vec<_> = stem.split(['-', '_']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let century = stem.starts_with("19") || stem.starts_with("20");
    match parts.as_slice() {
        [day] => day.len() == 8 && century && digits(day),
        [year, rest @ ..] => {
            year.len() == 4 && century && rest.len() <= 2 && parts.iter().all(digits) && rest.iter().all(|part| part.len() <= 2)
        }
        [] => false,
    }
}

/// Each run of digits as `{n}`.
fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        let digit = c.is_ascii_digit();
        match (digit, inside) {
            (true, false) => out.push_str("{n}"),
            (true, true) => {}
            (false, _) => out.push(c),
        }
        inside = digit;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(path: &str, expect: &str) {
        assert_eq!(shape(&format!("https://city.org/{path}").parse().unwrap()), format!("city.org/{expect}"));
    }

    #[test]
    fn what_a_program_counts_up_is_taken_out() {
        check("news/123", "news/{n}");
        check("news/2026/11/23/", "news/{n}/{n}/{n}/");
        check("events/2026-11-23", "events/{date}");
        check("events/20261123.html", "events/{date}.html");
        check("file/0a1b2c3d4e5f", "file/{hex}");
        check("file/550e8400-e29b-41d4-a716-446655440000", "file/{hex}");
        check("node12/page-3.html", "node{n}/page-{n}.html");
        check("news/mayor-opens-the-new-bridge", "news/{slug}");
    }

    #[test]
    fn names_stay() {
        check("", "");
        check("services/waste-collection", "services/waste-collection");
        check("facade", "facade");
        check("%D7%A2%D7%99%D7%A8", "עיר");
        check(".well-known/security.txt", ".well-known/security.txt");
    }

    #[test]
    fn parameters_count_by_name() {
        check("list?page=3&sort=asc", "list?page&sort");
        check("list?sort=desc&page=99", "list?page&sort");
        check("list?f[0]=a&f[1]=b", "list?f[{n}]");
        check("list?", "list");
    }

    proptest! {
        #[test]
        fn numbers_never_change_a_shape(a in 1u32..9999, b in 1u32..9999) {
            let at = |n: u32| shape(&format!("https://x.org/a/{n}/p{n}.html?year={n}").parse().unwrap());
            prop_assert_eq!(at(a), at(b));
        }

        #[test]
        fn any_url_has_a_shape(path in "\\PC{0,60}") {
            if let Ok(url) = format!("https://x.org/{path}").parse() {
                shape(&url);
            }
        }
    }
}
