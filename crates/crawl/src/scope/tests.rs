//! Portals of several kinds, and what becomes of links on them.

use model::{Country, Host, Role};

use super::*;

fn portal(home: &str, hosts: &[(&str, Role)]) -> Portal {
    Portal {
        id: "x".into(),
        city: "X".into(),
        country: Country::new("US").unwrap(),
        home: home.parse().unwrap(),
        hosts: hosts.iter().map(|(name, role)| Host { name: (*name).into(), role: *role }).collect(),
        languages: vec![],
        notes: String::new(),
    }
}

fn scope(home: &str, hosts: &[(&str, Role)]) -> Scope {
    let recorded = ["facebook.com".to_owned(), "maps.example".to_owned()];
    Scope::new(&portal(home, hosts), &recorded, Date::new(2026, 8, 1).unwrap())
}

fn say(admission: Admission) -> String {
    match admission {
        Admission::Own { rule } => format!("own: {rule}"),
        Admission::Service { rule } => format!("service: {rule}"),
        Admission::Record { rule } => format!("record: {rule}"),
        Admission::Refuse { rule } => format!("refuse: {rule}"),
    }
}

/// `how` holds `nav` for a link in the navigation, `telling` for one with a promise.
fn judged(scope: &Scope, to: &str, how: &str) -> String {
    let region = if how.contains("nav") { Region::Nav } else { Region::Main };
    let asked = Asked { to: &to.parse().unwrap(), standing: &Standing::Own, region, telling: how.contains("telling") };
    say(scope.judge(&asked))
}

#[track_caller]
fn check(scope: &Scope, to: &str, how: &str, expect: &str) {
    let verdict = judged(scope, to, how);
    assert!(verdict.starts_with(expect), "{to} {how}: {verdict}");
}

#[test]
fn the_home_host_and_what_lies_below_it_is_the_citys() {
    let scope = scope("https://www.city.org/", &[]);
    check(&scope, "http://www.city.org/a", "", "own: host of the home page");
    check(&scope, "https://city.org/a", "", "own: below city.org");
    check(&scope, "https://parks.city.org/a", "", "own: below city.org");
    check(&scope, "https://notcity.org/a", "", "refuse: outside host");
    assert_eq!(scope.aliases().canonical("www.city.org"), Some("city.org"));
    assert_eq!(scope.aliases().canonical("parks.city.org"), None);
}

#[test]
fn siblings_need_the_navigation_or_a_promise() {
    let scope = scope("https://beta.city.org/", &[]);
    check(&scope, "https://water.city.org/", "", "refuse: sibling host");
    check(&scope, "https://water.city.org/", "nav", "own: under city.org, linked from the navigation");
    check(&scope, "https://water.city.org/", "telling", "own: under city.org, by a telling link");
}

#[test]
fn cities_under_one_state_domain_are_not_siblings() {
    let scope = scope("https://springfield.state.gov.in/", &[]);
    check(&scope, "https://shelbyville.state.gov.in/", "nav", "refuse: outside host");
    check(&scope, "https://tax.state.gov.in/", "telling", "service: outside service");
    let scope = self::scope("https://beta.phila.gov/", &[]);
    check(&scope, "https://www.phila.gov/", "nav", "own: under phila.gov");
}

#[test]
fn outside_hosts_come_in_as_services_by_telling_links_only() {
    let scope = scope("https://city.org/", &[("pay.example", Role::Service), ("ads.example", Role::Denied)]);
    check(&scope, "https://permits.example/", "nav", "refuse: outside host");
    check(&scope, "https://permits.example/", "telling", "service: outside service");
    check(&scope, "https://pay.example/", "", "service: service named");
    check(&scope, "https://x.ads.example/", "telling", "refuse: denied");
}

#[test]
fn a_service_recruits_nobody_and_stays_on_its_path() {
    let scope = scope("https://city.org/", &[]);
    let standing = Standing::Service { host: "pay.example".into(), prefix: "/city/".into(), hops: 0 };
    let judged =
        |to: &str| say(scope.judge(&Asked { to: &to.parse().unwrap(), standing: &standing, region: Region::Nav, telling: true }));
    assert_eq!(judged("https://pay.example/city/fees"), "service: same outside service");
    assert_eq!(judged("https://pay.example/town/fees"), "refuse: outside services recruit no further hosts");
    assert_eq!(judged("https://other.example/"), "refuse: outside services recruit no further hosts");
    assert_eq!(judged("https://city.org/"), "own: host of the home page");
}

#[test]
fn some_links_are_kept_without_being_followed() {
    let scope = scope("https://city.org/", &[]);
    check(&scope, "https://www.facebook.com/city", "telling", "record: kept as a link only");
    check(&scope, "mailto:mayor@city.org", "telling", "record: not a web address");
    check(&self::scope("https://facebook.com/city", &[]), "https://facebook.com/city/about", "", "own");
}

#[test]
fn files_need_a_promise_and_assets_never_come_in() {
    let scope = scope("https://city.org/", &[]);
    check(&scope, "https://city.org/budget.pdf", "", "refuse: file without promise");
    check(&scope, "https://city.org/budget.pdf", "telling", "own");
    check(&scope, "https://city.org/logo.png", "telling", "refuse: not a page");
    check(&scope, "https://city.org/cal?date=2040-01-01", "telling", "refuse: dated");
}

#[test]
fn a_home_page_that_moved_takes_its_city_along() {
    let mut scope = scope("http://old.example/", &[]);
    let (home, new) = ("http://old.example/".parse().unwrap(), "https://www.new-city.example/start".parse().unwrap());
    let asked = Asked { to: &new, standing: &Standing::Own, region: Region::Main, telling: false };
    assert!(scope.follows(true, &home, &asked));
    assert!(!scope.follows(false, &home, &asked));
    scope.home_landed(&home, &new);
    check(&scope, "https://new-city.example/a", "", "own");
    check(&scope, "http://old.example/a", "", "own");
    assert_eq!(scope.proposed()[0].host, "www.new-city.example");
}

#[test]
fn a_home_page_that_only_adds_www_proposes_nothing() {
    let mut scope = scope("http://city.org/", &[]);
    scope.home_landed(&"http://city.org/".parse().unwrap(), &"https://www.city.org/en/".parse().unwrap());
    assert_eq!(scope.proposed(), []);
}
