//! Best first against breadth first on a made-up city of 3,000 pages, where a few pages are worth finding.
#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crawl::{Budget, Frontier, FrontierSettings, Lead, Need, Order, Settled};
use model::{Code, Country, Date, Errand, Headers, Link, Miss, Page, PageKind, Portal, Region, Spoken, Visit};
use url::Url;

const PAGES: usize = 3_000;
/// Children of a page in the tree of the site.
const CHILDREN: usize = 8;
/// Indicators to prove, each by one page.
const PLANTED: usize = 20;

/// Pages in a tree like a city's: sections, services in them, and news that everything links to.
struct City {
    /// Which page proves which indicator.
    planted: BTreeMap<usize, Code>,
    /// What links to each page promise: much on the way to a planted page, a little by mistake.
    promise: Vec<Vec<(Code, f32)>>,
}

fn code(number: usize) -> Code {
    Code::new(&(number + 1).to_string()).unwrap()
}

impl City {
    fn new(seed: u64) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut planted = BTreeMap::new();
        let mut promise = vec![Vec::new(); PAGES];
        while planted.len() < PLANTED {
            // Three clicks down or more.
            let page = rng.usize(100..PAGES);
            let code = code(planted.len());
            if planted.insert(page, code.clone()).is_some() {
                continue;
            }
            // The link to the page itself speaks, more or less clearly; on the way there every second one says nothing.
            promise[page].push((code.clone(), if rng.bool() { 0.9 } else { 0.3 }));
            let mut at = page.saturating_sub(1) / CHILDREN;
            while at > 0 {
                if rng.bool() {
                    promise[at].push((code.clone(), 0.2));
                }
                at = at.saturating_sub(1) / CHILDREN;
            }
        }
        // One page in twenty promises what it does not hold.
        for _ in 0..PAGES / 20 {
            promise[rng.usize(1..PAGES)].push((code(rng.usize(..PLANTED)), 0.4));
        }
        Self { planted, promise }
    }

    fn url(page: usize) -> Url {
        let word: String = page.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        format!("https://city.org/{}", if page == 0 { String::new() } else { word }).parse().unwrap()
    }

    fn number(url: &Url) -> Option<usize> {
        let word = url.path().trim_start_matches('/');
        let digits: String = word.bytes().map(|letter| char::from(letter.wrapping_sub(b'a').wrapping_add(b'0'))).collect();
        let number = if word.is_empty() { 0 } else { digits.parse().ok()? };
        (number < PAGES).then_some(number)
    }

    /// Children in the tree, the way back, and three pages somewhere.
    fn links(page: usize) -> Vec<usize> {
        let children = page * CHILDREN + 1..=page * CHILDREN + CHILDREN;
        let somewhere = (1..4).map(|n| (page * 7_919 + n * 104_729) % PAGES);
        children.filter(|child| *child < PAGES).chain([0, page.saturating_sub(1) / CHILDREN]).chain(somewhere).collect()
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

fn link(to: usize) -> Link {
    Link {
        href: City::url(to).path().to_owned(),
        url: City::url(to),
        text: to.to_string(),
        name: String::new(),
        span: None,
        region: Region::Main,
        rel: vec![],
        hreflang: None,
        embedded: false,
    }
}

/// Visits until every planted page is found, or until nothing is left.
fn visits(city: &City, order: Order, seed: u64) -> u32 {
    let portal = Portal {
        id: "city".into(),
        city: "City".into(),
        country: Country::new("NL").unwrap(),
        home: City::url(0),
        hosts: vec![],
        languages: vec![],
        notes: String::new(),
    };
    let settings = FrontierSettings {
        order,
        budget: Budget { pages: 10_000, bytes: u64::MAX, time: Duration::MAX },
        explore_share: 0.2,
        seed,
        per_shape: 30,
        service_pages: 15,
        service_hops: 2,
        max_depth: 12,
        max_waiting: 100_000,
        searches: 10,
        day: Date::new(2026, 8, 1).unwrap(),
        recorded_hosts: vec![],
    };
    let mut open: BTreeSet<Code> = city.planted.values().cloned().collect();
    let need = |open: &BTreeSet<Code>| Need(open.iter().map(|code| (code.clone(), 1.0)).collect());
    let mut frontier = Frontier::new(&portal, settings, &need(&open));
    while !open.is_empty() {
        let round = frontier.round(4, 4, Duration::ZERO);
        assert!(!round.is_empty(), "dry with {open:?} to find");
        for visit in round {
            visit_one(city, &mut frontier, &visit, &mut open);
        }
        frontier.set_need(&need(&open));
    }
    frontier.attempts()
}

fn visit_one(city: &City, frontier: &mut Frontier, visit: &Visit, open: &mut BTreeSet<Code>) {
    let number = City::number(&visit.url).filter(|_| visit.errand != Errand::Probe && visit.errand != Errand::Sitemap);
    let Some(number) = number else {
        frontier.settle(visit, &Settled::Missed { miss: Miss::NotFound, at: visit.url.clone(), bytes: 100 });
        return;
    };
    let signals = city.planted.get(&number).is_some_and(|code| open.remove(code));
    let fingerprint = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    frontier.settle(visit, &Settled::Captured { landed: visit.url.clone(), bytes: 30_000, fingerprint, signals });
    let links = City::links(number);
    let page = page(&visit.url, links.iter().map(|to| link(*to)).collect());
    let leads: Vec<_> =
        page.links.iter().zip(&links).map(|(link, to)| Lead { link, promise: city.promise[*to].clone() }).collect();
    frontier.extend(visit, &page, &leads);
}

#[test]
fn best_first_finds_the_planted_pages_in_at_most_half_the_fetches_of_breadth_first() {
    for seed in 1..=5 {
        let city = City::new(seed);
        let (best, breadth) = (visits(&city, Order::BestFirst, seed), visits(&city, Order::BreadthFirst, seed));

        assert!(2 * best <= breadth, "seed {seed}: {best} against {breadth}");
    }
}

#[test]
fn the_same_seed_takes_the_same_way() {
    let city = City::new(1);
    assert_eq!(visits(&city, Order::BestFirst, 3), visits(&city, Order::BestFirst, 3));
}
