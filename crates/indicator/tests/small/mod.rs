//! A rulebook small enough to read, and pages made by hand.

#![expect(clippy::unwrap_used, reason = "what a test builds by hand is right or the test fails")]
#![allow(dead_code, reason = "each test uses its part")]

use indicator::{Rulebook, Setting, Source};
use model::{
    Block, BlockKind, Coverage, Date, Errand, Finding, Headers, Hit, Link, Page, PageKind, Region, Seen, SeenAs, Spoken, UrlKey,
};
use url::Url;

pub(crate) const INSTRUMENT: &str = r#"
edition = "small"
title = "Small"
denominator = 2
[[criteria]]
id = "PE"
name = "Participation"
[[band]]
name = "all"
above = -1.0
[places]
title = 3.0
headline = 3.0
heading = 1.5
lead = 3.0
url = 2.0
body = 1.0
file = 2.0
label = 1.5
table-header = 1.0
alt = 1.0
meta = 1.0
[class.news]
url = ["news-section"]
penalty = 3.0
"#;

pub(crate) const RULES: &str = r#"
[219]
title = "Budget"
seen = "the budget"
not_enough = "a word"
scope = "portal"
kind = "content"
topic = ["budget"]
void = ["tender"]

[286]
title = "Water bill"
seen = "pay it online"
not_enough = "a tariff"
scope = "any"
kind = "service"
answer = "service"
topic = ["water-bill"]
act = ["pay"]
"#;

const CONCEPTS: &str = r#"
[concept.budget]
about = "the budget"
kind = "thing"
[concept.participatory-budget]
about = "residents decide"
kind = "thing"
[concept.tender]
about = "a call"
kind = "thing"
[concept.water-bill]
about = "the bill"
kind = "thing"
[concept.news-section]
about = "news"
kind = "thing"
[concept.pay]
about = "to pay"
kind = "act"
[concept.online]
about = "over the internet"
kind = "mark"
[concept.book-appointment]
about = "to book"
kind = "act"
[concept.feedback]
about = "feedback"
kind = "thing"
"#;

const ENGLISH: &str = r#"
language = "en"
[terms]
budget = ["budget*", "FY"]
participatory-budget = ["participatory budget*"]
tender = ["tender"]
water-bill = ["water bill"]
news-section = ["news"]
pay = ["pay"]
online = ["online"]
"#;

const JAPANESE: &str = "language = \"ja\"\n[terms]\nbudget = [\"予算\"]\n";

/// The small rulebook, with further or other files.
pub(crate) fn load(others: &[(&str, &str)]) -> Result<Rulebook, indicator::Error> {
    Rulebook::load(&sources(others), "small")
}

/// The files of the small rulebook, with further or other ones.
pub(crate) fn sources(others: &[(&str, &str)]) -> Vec<Source> {
    let mut files = vec![
        ("instruments/small/instrument.toml", INSTRUMENT),
        ("instruments/small/pe.toml", RULES),
        ("lexicons/concepts.toml", CONCEPTS),
        ("lexicons/en.toml", ENGLISH),
        ("lexicons/ja.toml", JAPANESE),
        ("vendors.toml", "vendor = []"),
    ];
    for (path, text) in others {
        files.retain(|(known, _)| known != path);
        files.push((path, text));
    }
    files.iter().map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() }).collect()
}

/// The small rulebook as it is.
pub(crate) fn book() -> Rulebook {
    load(&[]).unwrap()
}

/// A page with a headline and one paragraph.
pub(crate) fn page(url: &str, language: &str, headline: &str, paragraph: &str) -> Page {
    let text = format!("{headline}\n{paragraph}");
    let end = u32::try_from(text.len()).unwrap();
    let middle = u32::try_from(headline.len()).unwrap();
    let block = |start, end, kind| Block { start, end, kind, region: Region::Main };
    Page {
        url: Url::parse(url).unwrap(),
        status: 200,
        kind: PageKind::Html,
        title: String::new(),
        text,
        blocks: vec![block(0, middle, BlockKind::Heading(1)), block(middle + 1, end, BlockKind::Paragraph)],
        links: Vec::new(),
        forms: Vec::new(),
        images: Vec::new(),
        tables: Vec::new(),
        meta: Vec::new(),
        language: Spoken { declared: Some(language.to_owned()), detected: None },
        alternates: Vec::new(),
        canonical: None,
        types: Vec::new(),
        hooks: Vec::new(),
        embeds: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        headers: Headers::default(),
        fingerprint: 0,
        charset: None,
        dom_skipped: false,
        cut: false,
        shell: false,
        nofollow: false,
        refresh: None,
    }
}

/// A link in the content of a page.
pub(crate) fn link(text: &str, url: &str) -> Link {
    Link {
        href: url.to_owned(),
        url: Url::parse(url).unwrap(),
        text: text.to_owned(),
        name: String::new(),
        span: None,
        region: Region::Main,
        rel: Vec::new(),
        hreflang: None,
        embedded: false,
    }
}

pub(crate) fn day() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

/// The hits of a page, as those of a visit, with targets named by their URLs.
pub(crate) fn hits(book: &Rulebook, page: &Page, visit: u32) -> Vec<Hit> {
    let mut hits = book.detect(page, &Setting { languages: &[], country: None, day: day() });
    for hit in &mut hits {
        hit.visit = visit;
        hit.target = hit.link.map(|link| UrlKey(page.links[link as usize].url.as_str().into()));
    }
    hits
}

/// A visit that brought a page, or did not.
pub(crate) fn seen(visit: u32, url: &str, outcome: SeenAs) -> Seen {
    let errand = if visit == 1 { Errand::Home } else { Errand::Page };
    Seen { visit, key: UrlKey(url.into()), landed: None, url: url.to_owned(), errand, depth: 1, own: true, via: None, outcome }
}

pub(crate) fn shown() -> SeenAs {
    SeenAs::Page { kind: PageKind::Html, language: Some("en".to_owned()), characters: 900, shell: false, cut: false }
}

pub(crate) fn coverage(seen: Vec<Seen>) -> Coverage {
    Coverage {
        day: day(),
        seen,
        waiting: Vec::new(),
        searches: Vec::new(),
        sitemap_urls: 0,
        lexicons: vec!["en".to_owned(), "ja".to_owned()],
    }
}

/// The finding for a code.
pub(crate) fn finding(book: &Rulebook, coverage: &Coverage, hits: &[Hit], code: &str) -> Finding {
    book.conclude(coverage, &hits.to_vec().into()).into_iter().find(|finding| finding.code.as_str() == code).unwrap()
}
