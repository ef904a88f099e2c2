//! Where it ends.

use super::*;

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
    let links: [To<'_>; 2] = [("https://city.org/a", MAIN, &[]), ("https://city.org/b", MAIN, &[])];
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
