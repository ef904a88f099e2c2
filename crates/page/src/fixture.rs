//! Answers and pages for the tests of this crate.

use model::{Exchange, Headers, Page, Purpose, Time};

use crate::{Limits, parse};

/// An answer from this URL with these headers, captured on 2026-11-23.
pub(crate) fn answer(url: &str, headers: &[(&str, &str)]) -> Exchange {
    let now: Time = "2026-11-23T05:30:00Z".parse().unwrap();
    Exchange {
        purpose: Purpose::Answer,
        url: url.parse().unwrap(),
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()),
        body: Vec::new(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// The page of this markup, from `https://city.example/a/b`.
pub(crate) fn page(html: &str) -> Page {
    page_of(html.as_bytes(), "text/html; charset=utf-8")
}

/// The page of a document of this type.
pub(crate) fn page_of(body: &[u8], content_type: &str) -> Page {
    let page = parse(&answer("https://city.example/a/b", &[("content-type", content_type)]), body, &Limits::DEFAULT);
    check_places(&page);
    page
}

/// The blocks of a page, one per line, with region and kind.
pub(crate) fn outline(page: &Page) -> String {
    let line = |block: &model::Block| {
        format!("{:?} {:?}: {}\n", block.region, block.kind, &page.text[block.start as usize..block.end as usize])
    };
    page.blocks.iter().map(line).collect()
}

/// Every place points into the text layer; blocks follow each other and hold no line break.
pub(crate) fn check_places(page: &Page) {
    let mut end = 0;
    for block in &page.blocks {
        assert!(block.start >= end && block.start < block.end, "blocks overlap or are empty");
        assert!(!page.text[block.start as usize..block.end as usize].contains('\n'), "a block goes over lines");
        end = block.end;
    }
    let links = page.links.iter().filter_map(|link| link.span);
    let dates = page.dates.iter().filter_map(|date| date.span);
    let contacts = page.contacts.iter().filter_map(|contact| match contact {
        model::Contact::Telephone { span, .. } | model::Contact::Mail { span, .. } => *span,
    });
    for (start, end) in links.chain(dates).chain(contacts) {
        assert!(!page.text[start as usize..end as usize].is_empty(), "a span is empty");
    }
}
