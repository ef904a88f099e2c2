//! A rulebook with any text for one of its files loads or says what is wrong; one that loads can judge a page.
//!
//! The first byte chooses the file; all else is its text.

#![no_main]

use std::sync::LazyLock;

use indicator::{Harvest, Progress, Rulebook, Setting, Source};
use libfuzzer_sys::fuzz_target;
use model::{Coverage, Date, Errand, Exchange, Headers, Language, Page, PageKind, Purpose, Seen, SeenAs, Time, UrlKey};

/// Small files that load together.
const FILES: [(&str, &str); 5] = [
    ("instruments/small/if.toml", include_str!("../seeds/rules/criterion.txt")),
    ("instruments/small/instrument.toml", include_str!("../seeds/rules/instrument.txt")),
    ("lexicons/concepts.toml", include_str!("../seeds/rules/concepts.txt")),
    ("lexicons/en.toml", include_str!("../seeds/rules/lexicon.txt")),
    ("vendors.toml", include_str!("../seeds/rules/vendors.txt")),
];
static PAGE: LazyLock<Page> = LazyLock::new(|| page::parse(&answer(), HTML.as_bytes(), &page::Limits::DEFAULT));
const HTML: &str = include_str!("page.html");

fuzz_target!(|text: &str| {
    let Some(choice) = text.chars().next() else { return };
    let chosen = (choice as usize).wrapping_sub('0' as usize) % FILES.len();
    let sources: Vec<Source> = FILES
        .iter()
        .enumerate()
        .map(|(number, (path, valid))| {
            let text = if number == chosen { text } else { valid };
            Source { path: (*path).to_owned(), text: text.chars().skip(1).collect() }
        })
        .collect();
    match Rulebook::load(&sources, "small") {
        Ok(book) => judge(&book),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

fn judge(book: &Rulebook) {
    let day = Date::new(2026, 11, 23).expect("a day");
    let english = [Language::new("en").expect("a language")];
    let mut hits = book.detect(&PAGE, &Setting { languages: &english, country: None, day });
    hits.extend(book.detect(&PAGE, &Setting { languages: &[], country: None, day }));
    book.promise(&PAGE.url, &english);
    let mut progress = Progress::new(book);
    progress.note(&hits);
    let harvest = Harvest::from(hits);
    let findings = book.conclude(&coverage(day), &harvest);
    assert_eq!(findings.len(), book.instrument.indicators.len(), "one finding per indicator");
    assert_eq!(findings, book.conclude(&coverage(day), &harvest), "concluding is pure");
    for code in book.instrument.indicators.iter().map(|indicator| &indicator.code) {
        assert!(book.decide(code).is_some());
        book.query(code, "en");
    }
    book.recorded_hosts();
}

fn coverage(day: Date) -> Coverage {
    let seen = Seen {
        visit: 0,
        key: UrlKey("https://(org,city,)/".into()),
        landed: None,
        url: PAGE.url.to_string(),
        errand: Errand::Home,
        depth: 0,
        own: true,
        via: None,
        outcome: SeenAs::Page { kind: PageKind::Html, language: Some("en".to_owned()), characters: 900, shell: false, cut: false },
    };
    Coverage { day, seen: vec![seen], waiting: vec![], searches: vec![], sitemap_urls: 0, lexicons: vec!["en".to_owned()] }
}

fn answer() -> Exchange {
    let now = Time::from_micros(1_764_000_000_000_000).expect("a time of this century");
    Exchange {
        purpose: Purpose::Answer,
        url: "https://city.gov/news/annual-budget/pay-a-fine.html".parse().expect("a URL"),
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]),
        body: Vec::new(),
        resolved: Vec::new(),
        address: None,
        tls: None,
        truncated: None,
    }
}
