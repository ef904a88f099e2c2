//! What comes in, and what redirects and sitemaps teach.

use super::*;

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

#[test]
fn each_refusal_is_told_once() {
    let mut frontier = at_home(settings(20), &[("https://a.example/", MAIN, &[]), ("https://a.example/#x", MAIN, &[])]);
    assert_eq!(rules(&mut frontier).len(), 1);
    extend(&mut frontier, &frontier_home(), &[("https://a.example/", MAIN, &[])]);
    assert_eq!(rules(&mut frontier).len(), 0);
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
            let pages = [listed("https://city.org/from-map", &[("1", 0.5)])];
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
    frontier.sitemap(&home, &[listed("https://city.org/a", &[])], &[]);
    assert_eq!(frontier.waiting()[0].via, None);
    extend(&mut frontier, &home, &[("https://city.org/a", MAIN, &[])]);
    let visit = one(&mut frontier).unwrap();
    assert_eq!((visit.depth, visit.via.map(|via| via.from)), (1, Some(1)));
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
