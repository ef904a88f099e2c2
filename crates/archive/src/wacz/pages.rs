//! The list of pages of a package, `pages/pages.jsonl`.

use model::Time;
use serde_json::{Map, Value};
use url::Url;

use crate::canon::canonical;
use crate::digest::digest;

/// A page as the list names it.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its URL.
    pub url: Url,
    /// When it was asked for: the `WARC-Date` of its response.
    pub at: Time,
    /// What it calls itself; empty if it does not.
    pub title: String,
    /// Its text, where a player is to search it.
    pub text: Option<String>,
    /// Evidence on it: for each instrument, as in `losi`, the codes of the indicators.
    pub evidence: Vec<(String, Vec<String>)>,
}

/// The list, first its head, then a line for each page in the order given.
pub(crate) fn list(pages: &[Page]) -> Vec<u8> {
    let has_text = pages.iter().any(|page| page.text.is_some());
    let mut head = object([("format", "json-pages-1.0"), ("id", "pages"), ("title", "All Pages")]);
    if has_text {
        head.insert("hasText".to_owned(), true.into());
    }
    let mut lines = canonical(&head) + "\n";
    for page in pages {
        lines.push_str(&canonical(&page.line()));
        lines.push('\n');
    }
    lines.into_bytes()
}

/// What the `id` of a line must be: the first 32 hexadecimal digits of SHA-256 over the canonical form of the line
/// without `id`. `None` if the line is no object.
pub fn id(line: &Value) -> Option<String> {
    let mut line = line.as_object()?.clone();
    line.remove("id");
    Some(id_of(&line))
}

fn id_of(line: &Map<String, Value>) -> String {
    let sum = digest(canonical(line).as_bytes());
    sum.0[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Page {
    fn line(&self) -> Map<String, Value> {
        let mut line = object([("url", self.url.as_str()), ("ts", &self.at.to_string()), ("title", &self.title)]);
        if let Some(text) = &self.text {
            line.insert("text".to_owned(), text.as_str().into());
        }
        for (instrument, codes) in &self.evidence {
            line.insert(instrument.clone(), codes.clone().into());
        }
        line.insert("id".to_owned(), id_of(&line).into());
        line
    }
}

fn object<const N: usize>(members: [(&str, &str); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page {
            url: Url::parse("https://city.example/a").unwrap(),
            at: "2026-11-23T05:30:00.5Z".parse().unwrap(),
            title: "São \"Paulo\"\n".to_owned(),
            text: None,
            evidence: vec![("losi".to_owned(), vec!["219".to_owned()])],
        }
    }

    #[test]
    fn a_line_carries_an_id_that_names_every_change() {
        let list = String::from_utf8(list(&[page()])).unwrap();
        let lines: Vec<&str> = list.lines().collect();
        assert_eq!(lines[0], r#"{"format":"json-pages-1.0","id":"pages","title":"All Pages"}"#);
        assert!(lines[1].starts_with(r#"{"id":""#), "{}", lines[1]);
        assert!(lines[1].contains(r#","losi":["219"],"title":"São \"Paulo\"\n","ts":"2026-11-23T05:30:00.500000Z","url":"#));
        let line: Value = serde_json::from_str(lines[1]).unwrap();
        assert_eq!(id(&line).as_deref(), line["id"].as_str());
        let changed: Value = serde_json::from_str(&lines[1].replace("219", "218")).unwrap();
        assert_ne!(id(&changed).as_deref(), changed["id"].as_str());
    }

    #[test]
    fn the_head_says_when_there_is_text() {
        let with = Page { text: Some("words".to_owned()), ..page() };
        assert!(list(&[with]).starts_with(br#"{"format":"json-pages-1.0","hasText":true,"#));
    }
}
