//! What comes first.

use std::time::Instant;

use super::*;

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
    let links: [To<'_>; 4] = [
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
    let links: [To<'_>; 2] =
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
    let links: [To<'_>; 4] = [
        ("https://city.org/text", MAIN, &[]),
        ("https://city.org/foot", Region::Footer, &[]),
        ("https://city.org/menu", Region::Nav, &[]),
        ("https://city.org/fr/", Region::Header, &[]),
    ];
    assert_eq!(order(&mut at_home(settings(20), &links)), ["/fr/", "/menu", "/foot", "/text"]);
}

#[test]
fn breadth_first_goes_by_age_alone() {
    let links: [To<'_>; 3] = [
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
fn foreign_languages_come_last_after_three_visits() {
    let urls: Vec<String> = (b'a'..b'h').map(|letter| format!("https://city.org/zu/{}", char::from(letter))).collect();
    let mut links: Vec<_> = urls.iter().map(|url| (url.as_str(), MAIN, [("1", 0.5)])).collect();
    links.push(("https://city.org/en/a", MAIN, [("1", 0.3)]));
    let links: Vec<_> = links.iter().map(|(url, region, promise)| (*url, *region, promise.as_slice())).collect();
    let order = order(&mut at_home(settings(40), &links));
    assert_eq!(order.iter().position(|path| path == "/en/a"), Some(3));
}

#[test]
fn a_hundred_thousand_waiting_stay_quick() {
    let mut frontier = at_home(FrontierSettings { explore_share: 0.2, ..settings(1_000) }, &[]);
    let home = frontier_home();
    let leads: Vec<SitemapLead> = (0..100_000_u32)
        .map(|n| {
            let word: String = (0..5).map(|k| char::from(b'a' + u8::try_from(n / 10_u32.pow(k) % 10).unwrap())).collect();
            listed(&format!("https://city.org/{word}"), &[(&(n % 97 + 1).to_string(), (n % 10) as f32 / 10.0)])
        })
        .collect();
    frontier.sitemap(&home, &leads, &[]);
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
