//! Any bytes under any content type make a page within its limits.
//!
//! The first three bytes choose the content type, the address and how often the rest is repeated; all else is the body.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{Contact, Exchange, Headers, Page, Purpose, Time, Truncation};
use page::{Limits, parse};

/// The first is the one for which most seeds are written.
const TYPES: [Option<&str>; 20] = [
    Some("text/html; charset=utf-8"),
    Some("text/html"),
    None,
    Some("text/html; charset=windows-1251"),
    Some("text/html; charset=utf-16le"),
    Some("text/html; charset=shift_jis"),
    Some("text/html; charset=iso-2022-jp"),
    Some("text/html; charset=gb18030"),
    Some("application/xhtml+xml"),
    Some("text/plain"),
    Some("text/csv"),
    Some("application/json"),
    Some("application/geo+json"),
    Some("application/rss+xml"),
    Some("text/xml; charset=koi8-r"),
    Some("application/pdf"),
    Some("application/octet-stream"),
    Some("application/msword"),
    Some("image/svg+xml"),
    Some("TEXT/HTML;charset=\"nonsense"),
];
const ADDRESSES: [&str; 8] = [
    "https://www.city.example/services/",
    "https://city.gov/",
    "http://192.0.2.7/a.php?x=1",
    "https://city.jp/list.csv",
    "https://city.ru/feed.xml",
    "https://city.example/data.json",
    "https://xn--bcher-kva.example/a%20b/c.txt",
    "https://city.example/file",
];
/// Bytes of a body, repeats included.
const MAX_BODY: usize = 128 * 1024;

fuzz_target!(|data: &[u8]| {
    let [content_type, address, repeat, unit @ ..] = data else { return };
    let times = match repeat {
        b'r' => 16,
        b'R' => 256,
        b'Z' => MAX_BODY,
        _ => 1,
    };
    let body = unit.repeat(times.min(MAX_BODY / unit.len().max(1)).max(1));
    let answer = answer(usize::from(content_type.wrapping_sub(b'0')), usize::from(address.wrapping_sub(b'0')));
    let page = parse(&answer, &body, &Limits::DEFAULT);
    keeps_limits(&page, &Limits::DEFAULT);
    points_into_its_text(&page);
    if times == 1 && unit.len() % 8 == 0 {
        assert_eq!(page, parse(&answer, &body, &Limits::DEFAULT), "parsing is pure");
    }
});

fn answer(content_type: usize, address: usize) -> Exchange {
    let now = Time::from_micros(1_764_000_000_000_000).expect("a time of this century");
    let content_type = TYPES[content_type % TYPES.len()];
    let mut headers: Vec<(String, String)> =
        content_type.into_iter().map(|value| ("content-type".to_owned(), value.to_owned())).collect();
    if address % 2 == 1 {
        headers.push(("content-language".to_owned(), "pt-BR, en".to_owned()));
        headers.push(("last-modified".to_owned(), "Tue, 10 Jun 2025 04:00:00 GMT".to_owned()));
        headers.push(("x-robots-tag".to_owned(), "otherbot: noindex, nofollow".to_owned()));
    }
    Exchange {
        purpose: Purpose::Answer,
        url: ADDRESSES[address % ADDRESSES.len()].parse().expect("an address of the list"),
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(headers),
        body: Vec::new(),
        resolved: Vec::new(),
        address: None,
        tls: None,
        truncated: (address % 3 == 2).then_some(Truncation::Length),
    }
}

fn keeps_limits(page: &Page, limits: &Limits) {
    assert!(page.text.len() <= limits.max_text, "text of {} bytes", page.text.len());
    assert!(page.links.len() <= limits.max_links, "{} links", page.links.len());
    assert!(page.forms.len() <= limits.max_forms, "{} forms", page.forms.len());
    assert!(page.tables.len() <= limits.max_tables, "{} tables", page.tables.len());
    assert!(page.hooks.len() <= limits.max_hooks, "{} hooks", page.hooks.len());
    assert!(page.embeds.len() <= limits.max_embeds, "{} embeds", page.embeds.len());
}

/// Every span can be cut out of the text: rules quote by it.
fn points_into_its_text(page: &Page) {
    let cut = |start: u32, end: u32, what: &str| {
        assert!(page.text.get(start as usize..end as usize).is_some(), "{what} at {start}..{end} of {}", page.text.len());
    };
    page.blocks.iter().for_each(|block| cut(block.start, block.end, "block"));
    page.links.iter().filter_map(|link| link.span).for_each(|(start, end)| cut(start, end, "link"));
    page.dates.iter().filter_map(|date| date.span).for_each(|(start, end)| cut(start, end, "date"));
    for contact in &page.contacts {
        let (Contact::Telephone { span, .. } | Contact::Mail { span, .. }) = contact;
        span.iter().for_each(|(start, end)| cut(*start, *end, "contact"));
    }
}
