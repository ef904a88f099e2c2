//! The frontier as a whole, told as short runs over made-up links.

use std::time::Instant;

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

/// Takes in links, each with what it promises.
fn extend(frontier: &mut Frontier, visit: &Visit, links: &[(&str, Region, &[(&str, f32)])]) {
    let page = page(&visit.url, links.iter().map(|(url, region, _)| link(url, *region)).collect());
    let promise = |promise: &[(&str, f32)]| promise.iter().map(|(text, worth)| (code(text), *worth)).collect();
    let leads: Vec<_> = page.links.iter().zip(links).map(|(link, (_, _, told))| Lead { link, promise: promise(told) }).collect();
    frontier.extend(visit, &page, &leads);
}

/// A frontier whose home page came with these links, and whose probe and sitemaps brought nothing.
fn at_home(settings: FrontierSettings, links: &[(&str, Region, &[(&str, f32)])]) -> Frontier {
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

const MAIN: Region = Region::Main;

#[test]
fn home_comes_first_then_the_probe_and_the_sitemaps() {
    let mut frontier = frontier(settings(10));
    let home = frontier.round(8, 8, Duration::ZERO);
    assert_eq!(home.len(), 1);
    frontier.settle(&home[0], &came(&home[0]));
    let seeds: Vec<_> = frontier.round(8, 8, Duration::ZERO).iter().map(|visit| (visit.errand, visit.url.path().len())).collect();
    assert_eq!(seeds, [(Errand::Probe, 17), (Errand::Sitemap, 12), (Errand::Sitemap, 18)]);
}

#[test]
fn what_is_needed_comes_first_and_what_is_proven_last() {
    let links: [(&str, Region, &[(&str, f32)]); 4] = [
        ("https://city.org/plain", MAIN, &[]),
        ("https://city.org/weak", MAIN, &[("1", 0.3)]),
        ("https://city.org/strong", MAIN, &[("1", 0.9)]),
        ("https://city.org/other", MAIN, &[("2", 0.8)]),
    ];
    assert_eq!(order(&mut at_home(settings(20), &links)), ["/strong", "/other", "/weak", "/plain"]);
    let mut frontier = at_home(settings(20), &links);
    frontier.set_need(&need(&[("1", 0.0), ("2", 0.5)]));
    assert_eq!(order(&mut frontier)[0], "/other");
    let mut frontier = at_home(settings(20), &links);
    frontier.set_need(&need(&[("2", 0.1)]));
    frontier.set_need(&need(&[("1", 1.0)]));
    assert_eq!(order(&mut frontier)[0], "/strong");
}

#[test]
fn a_list_of_everything_is_worth_less_than_its_sum() {
    let links: [(&str, Region, &[(&str, f32)]); 2] =
        [("https://city.org/list", MAIN, &[("1", 0.4), ("2", 0.4), ("3", 0.4)]), ("https://city.org/sure", MAIN, &[("1", 0.9)])];
    assert_eq!(order(&mut at_home(settings(20), &links)), ["/sure", "/list"]);
}

#[test]
fn promises_of_several_links_add_up() {
    let mut frontier = at_home(
        settings(20),
        &[
            ("https://city.org/a", MAIN, &[("1", 0.5)]),
            ("https://city.org/b", MAIN, &[("1", 0.4)]),
            ("https://city.org/b#part", MAIN, &[("2", 0.4)]),
        ],
    );
    let first = &frontier.waiting()[0];
    assert_eq!((first.url.as_str(), first.promise.len()), ("https://city.org/b", 2));
    assert_eq!(order(&mut frontier), ["/b", "/a"]);
}

#[test]
fn the_navigation_of_the_home_page_goes_before_its_text() {
    let links: [(&str, Region, &[(&str, f32)]); 4] = [
        ("https://city.org/text", MAIN, &[]),
        ("https://city.org/foot", Region::Footer, &[]),
        ("https://city.org/menu", Region::Nav, &[]),
        ("https://city.org/fr/", Region::Header, &[]),
    ];
    assert_eq!(order(&mut at_home(settings(20), &links)), ["/fr/", "/menu", "/foot", "/text"]);
}

#[test]
fn breadth_first_goes_by_age_alone() {
    let links: [(&str, Region, &[(&str, f32)]); 3] = [
        ("https://city.org/c", MAIN, &[]),
        ("https://city.org/a", Region::Nav, &[("1", 0.9)]),
        ("https://city.org/b", MAIN, &[]),
    ];
    let breadth = FrontierSettings { order: Order::BreadthFirst, explore_share: 0.9, ..settings(20) };
    assert_eq!(order(&mut at_home(breadth, &links)), ["/c", "/a", "/b"]);
}

#[test]
fn a_seed_decides_what_chance_chooses() {
    let urls: Vec<String> = (0..200)
        .map(|n| format!("https://city.org/{}", char::from(b'a' + n % 26).to_string().repeat(1 + n as usize / 26)))
        .collect();
    let links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [("1", 0.5)])).collect();
    let links: Vec<_> = links.iter().map(|(url, region, promise)| (*url, *region, promise.as_slice())).collect();
    let run = |seed: u64| {
        let mut frontier = at_home(FrontierSettings { explore_share: 0.2, seed, ..settings(150) }, &links);
        frontier.open_reserve();
        let mut visits = vec![];
        while let Some(visit) = one(&mut frontier) {
            frontier.settle(&visit, &came(&visit));
            visits.push(visit);
        }
        visits
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
    let explored = run(1).iter().filter(|visit| visit.explored).count();
    assert!((15..=45).contains(&explored), "{explored} of 149");
}

#[test]
fn a_host_that_blocks_three_times_is_left_alone_and_says_so() {
    let urls: Vec<String> = (b'a'..b'j').map(|letter| format!("https://city.org/{}", char::from(letter))).collect();
    let links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [].as_slice())).collect();
    let mut frontier = at_home(settings(50), &links);
    let mut asked = 0;
    while let Some(visit) = one(&mut frontier) {
        frontier.settle(&visit, &missed(&visit, Miss::Blocked));
        asked += 1;
    }
    assert_eq!(asked, 3);
    let waiting = frontier.waiting();
    assert_eq!((waiting.len(), waiting[0].miss), (6, Miss::Stopped));
}

#[test]
fn misses_are_no_pages_but_end_somewhere() {
    let urls: Vec<String> = (0..60).map(|n| format!("https://city.org/{}", "x".repeat(n + 1).replace("xx", "xy"))).collect();
    let links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [].as_slice())).collect();
    let mut frontier = at_home(settings(9), &links);
    while let Some(visit) = one(&mut frontier) {
        frontier.settle(&visit, &missed(&visit, Miss::NotFound));
    }
    assert_eq!((frontier.fetched(), frontier.attempts()), (1, 18));
    assert_eq!(frontier.waiting()[0].miss, Miss::Budget);
}

#[test]
fn bytes_and_time_end_a_run_too() {
    let links: [(&str, Region, &[(&str, f32)]); 2] = [("https://city.org/a", MAIN, &[]), ("https://city.org/b", MAIN, &[])];
    let mut frontier = at_home(settings(9), &links);
    assert_eq!(frontier.round(1, 1, LONG), []);
    let visit = one(&mut frontier).unwrap();
    frontier.settle(&visit, &Settled::Missed { miss: Miss::TooLarge, at: visit.url.clone(), bytes: 1 << 30 });
    assert_eq!(one(&mut frontier), None);
}

#[test]
fn an_outside_service_gets_its_pages_and_no_more() {
    let mut frontier = at_home(settings(60), &[("https://pay.example/city/start", MAIN, &[("1", 0.9)])]);
    let first = one(&mut frontier).unwrap();
    assert_eq!(first.rule, "outside service, by a telling link");
    frontier.settle(&first, &came(&first));
    let urls: Vec<String> = (b'a'..=b'z').map(|letter| format!("https://pay.example/city/{}", char::from(letter))).collect();
    let links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [].as_slice())).collect();
    extend(&mut frontier, &first, &links);
    extend(&mut frontier, &first, &[("https://other.example/", MAIN, &[("1", 0.9)])]);
    assert_eq!(rules(&mut frontier), ["outside services recruit no further hosts"]);
    assert_eq!(order(&mut frontier).len(), 14);
    assert_eq!(frontier.waiting().len(), 12);
}

#[test]
fn hops_on_an_outside_service_are_counted() {
    let mut frontier = at_home(settings(60), &[("https://pay.example/", MAIN, &[("1", 0.9)])]);
    for (hop, more) in [("a", 1), ("b", 1), ("c", 0)] {
        let visit = one(&mut frontier).unwrap();
        frontier.settle(&visit, &came(&visit));
        extend(&mut frontier, &visit, &[(&format!("https://pay.example/{hop}"), MAIN, &[])]);
        assert_eq!(frontier.waiting().len(), more);
    }
    assert_eq!(rules(&mut frontier), ["more hops on an outside service than allowed"]);
}

#[test]
fn a_link_refused_for_lack_of_promise_may_come_in_later() {
    let mut frontier = at_home(settings(20), &[("https://city.org/budget.pdf", MAIN, &[]), ("https://a.example/", MAIN, &[])]);
    assert_eq!(rules(&mut frontier), ["file without promise", "outside host, link without promise"]);
    let home = frontier_home();
    extend(
        &mut frontier,
        &home,
        &[("https://city.org/budget.pdf", MAIN, &[("1", 0.5)]), ("https://a.example/", MAIN, &[("1", 0.5)])],
    );
    assert_eq!(frontier.waiting().len(), 2);
    assert_eq!(rules(&mut frontier), [""; 0]);
}

/// The visit of the home page, as every run of these tests begins.
fn frontier_home() -> Visit {
    one(&mut frontier(settings(20))).unwrap()
}

#[test]
fn each_refusal_is_told_once() {
    let mut frontier = at_home(settings(20), &[("https://a.example/", MAIN, &[]), ("https://a.example/#x", MAIN, &[])]);
    assert_eq!(rules(&mut frontier).len(), 1);
    extend(&mut frontier, &frontier_home(), &[("https://a.example/", MAIN, &[])]);
    assert_eq!(rules(&mut frontier).len(), 0);
}

#[test]
fn a_calendar_without_end_costs_thirty_visits() {
    let endless = FrontierSettings { max_depth: 999, ..settings(400) };
    let mut frontier = at_home(endless, &[("https://city.org/events?day=1", Region::Nav, &[("1", 0.2)])]);
    let mut asked = 0;
    while let Some(visit) = one(&mut frontier) {
        frontier.settle(
            &visit,
            &Settled::Captured { landed: visit.url.clone(), bytes: 1, fingerprint: scatter(visit.no), signals: asked % 3 == 0 },
        );
        asked += 1;
        let (next, after) =
            (format!("https://city.org/events?day={}", asked + 1), format!("https://city.org/events?day={}", asked + 2));
        extend(&mut frontier, &visit, &[(&next, Region::Nav, &[("1", 0.2)]), (&after, MAIN, &[("1", 0.2)])]);
    }
    assert!((1..=33).contains(&asked), "{asked}");
    assert_eq!(frontier.waiting(), []);
    assert!(rules(&mut frontier).iter().all(|rule| rule.starts_with("more of a shape")));
}

#[test]
fn foreign_languages_come_last_after_three_visits() {
    let urls: Vec<String> = (b'a'..b'h').map(|letter| format!("https://city.org/zu/{}", char::from(letter))).collect();
    let mut links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [("1", 0.5)])).collect();
    links.push(("https://city.org/en/a", MAIN, [("1", 0.3)]));
    let links: Vec<_> = links.iter().map(|(url, region, promise)| (*url, *region, promise.as_slice())).collect();
    let order = order(&mut at_home(settings(40), &links));
    assert_eq!(order.iter().position(|path| path == "/en/a"), Some(3));
}

#[test]
fn redirects_teach_doubles_and_aliases() {
    let mut frontier = at_home(settings(40), &[("https://city.org/old", Region::Nav, &[]), ("https://city.org/new", MAIN, &[])]);
    let old = one(&mut frontier).unwrap();
    let landed = |url: &str, visit: &Visit| Settled::Captured {
        landed: url.parse().unwrap(),
        bytes: 1,
        fingerprint: scatter(visit.no),
        signals: true,
    };
    assert!(frontier.passage(&old).allows(&"https://www.city.org/new".parse().unwrap()));
    assert!(!frontier.passage(&old).allows(&"https://evil.example/".parse().unwrap()));
    assert!(frontier.settle(&old, &landed("https://city.org/new", &old)));
    assert_eq!(one(&mut frontier), None);
    extend(
        &mut frontier,
        &old,
        &[
            ("https://city.org/again", MAIN, &[]),
            ("http://sub.city.org/a", MAIN, &[]),
            ("http://sub.city.org/b", MAIN, &[]),
            ("https://sub.city.org/b", MAIN, &[]),
        ],
    );
    let again = one(&mut frontier).unwrap();
    assert!(!frontier.settle(&again, &landed("https://city.org/new", &again)));
    let sub = one(&mut frontier).unwrap();
    frontier.settle(&sub, &landed("https://sub.city.org/a", &sub));
    // Both spellings of `b` were waiting when http turned out to lead to https: one of them is left.
    assert_eq!(order(&mut frontier), ["sub.city.org/b"]);
}

#[test]
fn a_home_page_that_moved_brings_its_seeds_along() {
    let mut frontier = frontier(settings(40));
    let home = one(&mut frontier).unwrap();
    assert!(frontier.passage(&home).allows(&"https://new.example/".parse().unwrap()));
    frontier.settle(
        &home,
        &Settled::Captured { landed: "https://new.example/start".parse().unwrap(), bytes: 1, fingerprint: 1, signals: true },
    );
    extend(&mut frontier, &home, &[("https://new.example/a", MAIN, &[])]);
    let hosts: Vec<_> =
        frontier.round(9, 9, Duration::ZERO).iter().map(|visit| visit.url.host_str().unwrap().to_owned()).collect();
    assert_eq!(hosts, ["new.example"; 4]);
    assert_eq!(frontier.proposed()[0].host, "new.example");
}

#[test]
fn sitemaps_bring_pages_and_nest_three_deep() {
    let mut frontier = frontier(settings(100));
    let home = one(&mut frontier).unwrap();
    frontier.settle(&home, &came(&home));
    frontier.sitemaps(&["https://city.org/map.xml".parse().unwrap(), "https://cdn.example/map.xml".parse().unwrap()]);
    let mut maps = 0;
    while let Some(visit) = one(&mut frontier) {
        frontier.settle(&visit, &came(&visit));
        if visit.errand == Errand::Sitemap {
            maps += 1;
            let pages = [("https://city.org/from-map".parse().unwrap(), None, vec![(code("1"), 0.5)])];
            frontier.sitemap(&visit, &pages, &[format!("https://city.org/map{maps}.xml").parse().unwrap()]);
        }
    }
    assert_eq!(maps, 9, "three of them, each with two more below it");
    assert_eq!(frontier.fetched(), 2);
    assert!(rules(&mut frontier).contains(&"sitemap on another host".to_owned()));
}

#[test]
fn a_link_found_later_gives_a_page_from_a_sitemap_its_click_path() {
    let mut frontier = at_home(settings(40), &[]);
    let home = frontier_home();
    frontier.sitemap(&home, &[("https://city.org/a".parse().unwrap(), None, vec![])], &[]);
    assert_eq!(frontier.waiting()[0].via, None);
    extend(&mut frontier, &home, &[("https://city.org/a", MAIN, &[])]);
    let visit = one(&mut frontier).unwrap();
    assert_eq!((visit.depth, visit.via.map(|via| via.from)), (1, Some(1)));
}

#[test]
fn site_search_has_a_reserve_and_a_limit() {
    let urls: Vec<String> = (b'a'..=b'z').map(|letter| format!("https://city.org/{}", char::from(letter))).collect();
    let links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [].as_slice())).collect();
    let mut frontier = at_home(settings(20), &links);
    assert_eq!(order(&mut frontier).len(), 17, "two of twenty are kept, one went to the home page");
    let query = |n: u32| format!("https://city.org/search?q={n}").parse::<Url>().unwrap();
    let asked = (0..12).filter(|n| frontier.search(&query(*n), None, "budget")).count();
    assert_eq!(asked, 10);
    assert!(!frontier.search(&"https://seek.example/?q=1".parse().unwrap(), None, "budget"));
    let rest = frontier.round(9, 9, Duration::ZERO);
    assert_eq!(rest.iter().map(|visit| visit.errand).collect::<Vec<_>>(), [Errand::Search; 2]);
}

#[test]
fn pages_that_ask_not_to_be_followed_are_not() {
    let mut frontier = at_home(settings(20), &[]);
    let home = frontier_home();
    let page = Page { nofollow: true, ..page(&home.url, vec![link("https://city.org/a", MAIN)]) };
    frontier.extend(&home, &page, &[Lead { link: &page.links[0], promise: vec![] }]);
    assert_eq!(rules(&mut frontier), ["the page asks not to follow its links"]);
    assert_eq!(frontier.waiting(), []);
}

#[test]
fn a_hundred_thousand_waiting_stay_quick() {
    let mut frontier = at_home(FrontierSettings { explore_share: 0.2, ..settings(1_000) }, &[]);
    let home = frontier_home();
    let urls: Vec<(Url, Option<model::Time>, Vec<(Code, f32)>)> = (0..100_000_u32)
        .map(|n| {
            let word: String = (0..5).map(|k| char::from(b'a' + u8::try_from(n / 10_u32.pow(k) % 10).unwrap())).collect();
            (
                format!("https://city.org/{word}").parse().unwrap(),
                None,
                vec![(code(&(n % 97 + 1).to_string()), (n % 10) as f32 / 10.0)],
            )
        })
        .collect();
    frontier.sitemap(&home, &urls, &[]);
    let start = Instant::now();
    for round in 0..60_u8 {
        let every: Vec<String> = (1..97).map(|n: u8| n.to_string()).collect();
        frontier.set_need(&need(&every.iter().map(|n| (n.as_str(), 1.0 - f32::from(round) / 100.0)).collect::<Vec<_>>()));
        for visit in frontier.round(16, 16, Duration::ZERO) {
            frontier.settle(&visit, &came(&visit));
        }
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(frontier.fetched() > 800);
}

mod random {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_key_twice_and_no_budget_exceeded(
            seed in any::<u64>(),
            pages in 0u32..25,
            breadth in any::<bool>(),
            width in 1usize..6,
            per_host in 1usize..4,
            script in proptest::collection::vec((0u8..12, proptest::collection::vec((0u16..120, 0u8..4, 0u8..3), 0..12)), 1..80),
        ) {
            let order = if breadth { Order::BreadthFirst } else { Order::BestFirst };
            let mut frontier = frontier(FrontierSettings { order, seed, explore_share: 0.5, ..settings(pages) });
            let mut script = script.into_iter();
            let mut keys = HashSet::new();
            let mut brought = 0;
            loop {
                let round = frontier.round(width, per_host, Duration::ZERO);
                prop_assert!(round.len() <= width);
                if round.is_empty() {
                    break;
                }
                for visit in round {
                    prop_assert!(keys.insert(visit.key.clone()), "{} twice", visit.url);
                    let (fate, links) = script.next().unwrap_or((0, vec![]));
                    let outcome = match fate {
                        0..=6 => came(&visit),
                        7 => Settled::Captured { landed: format!("http://sub.city.org/{}", visit.no % 9).parse().unwrap(), bytes: 1, fingerprint: 5, signals: false },
                        8 => Settled::Captured { landed: visit.url.as_str().replace("http:", "https:").parse().unwrap(), bytes: 1, fingerprint: 5, signals: false },
                        9 => missed(&visit, Miss::Blocked),
                        10 => missed(&visit, Miss::Dns),
                        _ => missed(&visit, Miss::NotFound),
                    };
                    brought += u32::from(matches!(outcome, Settled::Captured { .. }) && is_page(visit.errand));
                    frontier.settle(&visit, &outcome);
                    let urls: Vec<String> = links.iter().map(|(n, host, _)| {
                        let host = ["https://city.org", "http://sub.city.org", "https://pay.example", "http://www.city.org"][usize::from(*host)];
                        format!("{host}/{}/{}", char::from(b'a' + u8::try_from(n % 26).unwrap()), n / 26)
                    }).collect();
                    let told: [&[(&str, f32)]; 3] = [&[], &[("1", 0.5)], &[("2", 0.9), ("3", 0.1)]];
                    let links: Vec<_> = urls.iter().zip(&links).map(|(url, (_, _, tells))| (url.as_str(), MAIN, told[usize::from(*tells)])).collect();
                    extend(&mut frontier, &visit, &links);
                    if fate == 3 {
                        frontier.search(&format!("https://city.org/search?q={}", visit.no).parse().unwrap(), None, "x");
                        frontier.set_need(&need(&[("1", 0.2), ("3", 1.0)]));
                    }
                }
            }
            prop_assert!(brought <= pages && brought == frontier.fetched());
            prop_assert!(frontier.attempts() <= 2 * pages);
        }
    }
}
