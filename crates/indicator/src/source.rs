//! Data files as text, read with errors that name file, line and key. Who opens the files is the caller's business.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize as _, Deserializer};
use toml::de::{DeTable, DeValue};

/// A data file: its path for messages, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path as a person would type it; the folder names tell what kind of file it is.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// One mistake in a data file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {key}: {what}")]
pub struct Mistake {
    /// Path of the file.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// The key or table at that line.
    pub key: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl Source {
    /// Whether it is the lexicon of a language.
    pub(crate) fn is_lexicon(&self) -> bool {
        self.path.contains("lexicons/") && self.path.ends_with(".toml") && !self.path.ends_with("concepts.toml")
    }

    /// Reads the text as TOML of a known shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Mistake> {
        toml::from_str(&self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.mistake(at, in_words(error.message()))
        })
    }

    /// A mistake at a byte offset of the text.
    pub fn mistake(&self, at: usize, what: impl Into<String>) -> Mistake {
        let at = (0..=at.min(self.text.len())).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0);
        let before = &self.text[..at];
        Mistake { path: self.path.clone(), line: before.matches('\n').count() + 1, key: self.key_at(at), what: what.into() }
    }

    /// A mistake at a value, by its key with the numbers of list entries on the way: `split.0.new`.
    pub fn mistake_of(&self, key: &str, what: impl Into<String>) -> Mistake {
        self.mistake(self.find(key).unwrap_or(0), what)
    }

    fn find(&self, key: &str) -> Option<usize> {
        let whole = DeTable::parse(&self.text).ok()?;
        let mut parts = key.split('.');
        let mut at = whole.get_ref().get(parts.next()?)?;
        for part in parts {
            at = match at.get_ref() {
                DeValue::Table(table) => table.get(part)?,
                DeValue::Array(list) => list.get(part.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(at.span().start)
    }

    /// The dotted key that governs a byte offset: the table header above it and the key of its line.
    fn key_at(&self, at: usize) -> String {
        let (mut table, mut key) = ("", "");
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            if start > at {
                break;
            }
            start += line.len();
            let line = line.trim();
            if line.starts_with('[') && line.ends_with(']') && !line.contains('=') {
                (table, key) = (line.trim_matches(['[', ']']), "");
            } else if let Some((name, _)) = line.split_once('=')
                && (name.starts_with('"') || name.trim().chars().all(|c| c.is_alphanumeric() || "-_.\"".contains(c)))
            {
                key = name.trim();
            }
        }
        match (table, key) {
            ("", "") => "top of the file".to_owned(),
            ("", only) | (only, "") => only.to_owned(),
            (table, key) => format!("{table}.{key}"),
        }
    }
}

/// Reads a number that can be reckoned with.
pub(crate) fn finite<'de, D: Deserializer<'de>>(value: D) -> Result<f32, D::Error> {
    let number = f32::deserialize(value)?;
    if number.is_finite() { Ok(number) } else { Err(D::Error::custom("it is no finite number: write one such as 1.5")) }
}

/// The same where there may be none.
pub(crate) fn finite_if_any<'de, D: Deserializer<'de>>(value: D) -> Result<Option<f32>, D::Error> {
    finite(value).map(Some)
}

/// What the reader of TOML says of a wrong value, in the words of who writes the file.
fn in_words(message: &str) -> String {
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("{key} is missing");
    }
    let Some((found, expected)) = message.split_once(", expected ") else { return message.to_owned() };
    if let Some(key) = found.strip_prefix("unknown field ") {
        return format!("{key} is no key here: use {expected}");
    }
    if let Some(word) = found.strip_prefix("unknown variant ") {
        return format!("{word} is unknown: use {expected}");
    }
    let Some(found) = found.strip_prefix("invalid type: ").or_else(|| found.strip_prefix("invalid value: ")) else {
        return message.to_owned();
    };
    if (found, expected) == ("map", "a sequence") {
        return "it is one table of a list: write its name in double brackets, as in [[219.signal]]".to_owned();
    }
    let expected = match expected.trim_end_matches(" in TOML table") {
        "f32" | "f64" => "a number such as 1.5",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number such as 3",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number such as 3 or -3",
        "a sequence" => "a list in square brackets, as in [\"a\", \"b\"]",
        "a string" | "string" => "a text in quotation marks",
        "a boolean" => "true or false",
        "a map" => "a table with keys of its own",
        table if table.starts_with("struct ") => "a table with keys of its own",
        known => known,
    };
    let kinds = [("string ", "the text "), ("integer ", "the number "), ("floating point ", "the number "), ("boolean ", "")];
    let named = kinds.iter().find_map(|(kind, name)| Some(format!("{name}{}", found.strip_prefix(kind)?.replace('`', ""))));
    let found = named.unwrap_or_else(|| match found {
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        other => other.to_owned(),
    });
    format!("it is {found}: write {expected}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read for its errors")]
    struct Shape {
        budget: Inner,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read for its errors")]
    struct Inner {
        #[serde(deserialize_with = "finite")]
        weight: f32,
        #[serde(default)]
        allow: Vec<String>,
        at_least: Option<usize>,
    }

    fn check(text: &str, expect: &str) {
        let source = Source { path: "a.toml".to_owned(), text: text.to_owned() };
        assert_eq!(source.read::<Shape>().unwrap_err().to_string(), expect);
    }

    #[test]
    fn a_wrong_type_names_file_line_and_key() {
        let key = "a.toml:2: budget.weight:";
        check("[budget]\nweight = \"x\"\n", &format!("{key} it is the text \"x\": write a number such as 1.5"));
        check("[budget]\nweight = [1]\n", &format!("{key} it is a list: write a number such as 1.5"));
        let list = "it is the text \"news\": write a list in square brackets, as in [\"a\", \"b\"]";
        check("[budget]\nweight = 1\nallow = \"news\"\n", &format!("a.toml:3: budget.allow: {list}"));
        let brackets = "it is one table of a list: write its name in double brackets, as in [[219.signal]]";
        check("[budget]\nweight = 1\n[budget.allow]\na = 1\n", &format!("a.toml:3: budget.allow: {brackets}"));
        let whole = "it is the number 1.5: write a whole number such as 3";
        check("[budget]\nweight = 1\nat_least = 1.5\n", &format!("a.toml:3: budget.at_least: {whole}"));
        check("budget = 3\n", "a.toml:1: budget: it is the number 3: write a table with keys of its own");
        check("[budget]\nallow = []\n", "a.toml:1: budget: `weight` is missing");
    }

    #[test]
    fn a_number_that_cannot_be_reckoned_with_names_file_line_and_key() {
        for number in ["nan", "inf", "-inf", "1e39"] {
            let text = format!("[budget]\nweight = {number}\n");
            check(&text, "a.toml:2: budget.weight: it is no finite number: write one such as 1.5");
        }
    }

    #[test]
    fn a_value_is_found_by_its_key() {
        let text = "a = [\n  1,\n  2,\n]\n[[b]]\nc = 1\n[[b]]\nc = [3, 4]\n".to_owned();
        let source = Source { path: "a.toml".to_owned(), text };
        let told = |key: &str| source.mistake_of(key, "x").to_string();
        assert_eq!(told("a.1"), "a.toml:3: a: x");
        assert_eq!(told("b.1.c.0"), "a.toml:8: b.c: x");
        assert_eq!(told("b.7.c"), "a.toml:1: a: x");
    }

    #[test]
    fn an_unknown_key_names_file_line_and_key() {
        check(
            "[budget]\nweight = 1\nwait = 2\n",
            "a.toml:3: budget.wait: `wait` is no key here: use one of `weight`, `allow`, `at_least`",
        );
    }
}
