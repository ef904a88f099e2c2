//! The frontier as a whole, told as short runs over made-up links.

mod admission;
mod again;
mod limits;
mod order;
mod random;

use std::time::Duration;

use model::{Code, Country, Date, Language, Link, Page, PageKind, Region, Spoken};

use super::*;

const LONG: Duration = Duration::from_secs(3_600);

fn settings(pages: u32) -> FrontierSettings {
    FrontierSettings {
        order: Order::BestFirst,
        budget: Budget { pages, bytes: 1 << 30, time: LONG },
        explore_share: 0.0,
        seed: 7,
        per_shape: 30,
        service_pages: 15,
        service_hops: 2,
        max_depth: 12,
        max_waiting: 100_000,
        searches: 10,
        day: Date::new(2026, 8, 1).unwrap(),
        recorded_hosts: vec!["facebook.com".into()],
    }
}

fn portal() -> Portal {
    Portal {
        id: "x".into(),
        city: "X".into(),
        country: Country::new("US").unwrap(),
        home: "https://city.org/".parse().unwrap(),
        hosts: vec![],
        languages: vec![Language::new("en").unwrap()],
        notes: String::new(),
    }
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn need(codes: &[(&str, f32)]) -> Need {
    Need(codes.iter().map(|(text, need)| (code(text), *need)).collect())
}

fn frontier(settings: FrontierSettings) -> Frontier {
    Frontier::new(&portal(), settings, &need(&[("1", 1.0), ("2", 1.0), ("3", 1.0)]))
}

fn link(url: &str, region: Region) -> Link {
    Link {
        href: url.into(),
        url: url.parse().unwrap(),
        text: format!("to {url}"),
        name: String::new(),
        span: None,
        region,
        rel: vec![],
        hreflang: None,
        embedded: false,
    }
}

fn page(url: &Url, links: Vec<Link>) -> Page {
    Page {
        url: url.clone(),
        status: 200,
        kind: PageKind::Html,
        title: String::new(),
        text: String::new(),
        blocks: vec![],
        links,
        forms: vec![],
        images: vec![],
        tables: vec![],
        meta: vec![],
        language: Spoken::default(),
        alternates: vec![],
        canonical: None,
        types: vec![],
        hooks: vec![],
        embeds: vec![],
        dates: vec![],
        contacts: vec![],
        headers: model::Headers::default(),
        fingerprint: 0,
        charset: None,
        dom_skipped: false,
        cut: false,
        shell: false,
        nofollow: false,
        refresh: None,
    }
}

fn came(visit: &Visit) -> Settled {
    Settled::Captured { landed: visit.url.clone(), bytes: 1_000, fingerprint: scatter(visit.no), signals: true }
}

fn missed(visit: &Visit, miss: Miss) -> Settled {
    Settled::Missed { miss, at: visit.url.clone(), bytes: 10 }
}

/// Fingerprints that look like nothing else.
fn scatter(n: u32) -> u64 {
    u64::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn one(frontier: &mut Frontier) -> Option<Visit> {
    frontier.round(1, 1, Duration::ZERO).pop()
}

/// A link: where to, where it stands, what it promises.
type To<'a> = (&'a str, Region, &'a [(&'a str, f32)]);

/// Takes in links, each with what it promises.
fn extend(frontier: &mut Frontier, visit: &Visit, links: &[To<'_>]) {
    let page = page(&visit.url, links.iter().map(|(url, region, _)| link(url, *region)).collect());
    let promise = |promise: &[(&str, f32)]| promise.iter().map(|(text, worth)| (code(text), *worth)).collect();
    let leads: Vec<_> = page.links.iter().zip(links).map(|(link, (_, _, told))| Lead { link, promise: promise(told) }).collect();
    frontier.extend(visit, &page, &leads);
}

/// A frontier whose home page came with these links, and whose probe and sitemaps brought nothing.
fn at_home(settings: FrontierSettings, links: &[To<'_>]) -> Frontier {
    let mut frontier = frontier(settings);
    let home = one(&mut frontier).unwrap();
    frontier.settle(&home, &came(&home));
    for _ in 0..3 {
        let seed = one(&mut frontier).unwrap();
        assert_ne!(seed.errand, Errand::Page);
        frontier.settle(&seed, &missed(&seed, Miss::NotFound));
    }
    extend(&mut frontier, &home, links);
    frontier
}

/// Paths in the order in which they are visited, everything coming.
fn order(frontier: &mut Frontier) -> Vec<String> {
    let mut paths = vec![];
    while let Some(visit) = one(frontier) {
        frontier.settle(&visit, &came(&visit));
        paths.push(visit.url.as_str().trim_start_matches("https://").trim_start_matches("city.org").to_owned());
    }
    paths
}

fn rules(frontier: &mut Frontier) -> Vec<String> {
    frontier.take_refused().into_iter().map(|refused| refused.rule).collect()
}

/// The visit of the home page, as every run of these tests begins.
fn frontier_home() -> Visit {
    one(&mut frontier(settings(20))).unwrap()
}

const MAIN: Region = Region::Main;

/// An entry of a sitemap.
fn listed(url: &str, promise: &[(&str, f32)]) -> SitemapLead {
    let promise = promise.iter().map(|(text, worth)| (code(text), *worth)).collect();
    (url.parse().unwrap(), None, promise)
}
