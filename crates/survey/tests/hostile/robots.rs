//! Strange robots.txt files.

use std::time::Instant;

use model::Miss;
use testkit::trap::{self, Robots};
use testkit::{City, bomb};

use crate::ground::{Ended, Plan, fixture};

const HOST: &str = "www.odd.example";

/// A city with a page about roads, one under `/private` and whatever robots.txt.
fn city() -> City {
    let home = "<!doctype html><html lang=en><title>City of Odd</title><main><h1>City of Odd</h1>\
                <a href=/open/roads>Road work</a> <a href=/private/budget>Budget</a> <a href=/shut>Shut</a></main>";
    let page = "<!doctype html><title>Page</title><main><p>A page of the city of Odd, with some words.</p></main>";
    let city = City::new(HOST).page("/", home).page("/open/roads", &fixture("285-roads/present-en.html"));
    city.page("/private/budget", page).page("/shut", page)
}

async fn survey(city: City) -> (Ended, Vec<String>) {
    let served = city.serve().await;
    let ended = Plan::served(&served).run().await;
    let asked = served.log.targets(HOST);
    assert_eq!(asked.iter().filter(|target| *target == "/robots.txt").count().min(2), 1, "asked once: {asked:?}");
    assert!(asked.len() <= 30, "{asked:?}");
    (ended, asked)
}

#[tokio::test]
async fn html_instead_of_rules_forbids_nothing() {
    let (ended, _) = survey(trap::robots(city(), Robots::Html)).await;
    assert!(["/", "/open/roads", "/private/budget"].iter().all(|path| ended.seen().contains(path)), "{:?}", ended.seen());
}

#[tokio::test]
async fn rules_in_utf_16_or_behind_a_mark_are_obeyed() {
    async fn check(kind: Robots) {
        let (ended, asked) = survey(trap::robots(city(), kind)).await;
        ended.missed("/private/budget", Miss::Robots, "line 2");
        assert!(!asked.iter().any(|target| target.starts_with("/private")), "{kind:?}: {asked:?}");
        assert!(ended.seen().contains(&"/open/roads"));
    }
    tokio::join!(check(Robots::Utf16), check(Robots::Marked));
}

#[tokio::test]
async fn a_robots_txt_that_is_unavailable_forbids_all() {
    let (ended, asked) = survey(trap::robots(city(), Robots::Unavailable)).await;
    ended.unreached(Miss::Robots, "robots.txt could not be read, which forbids all: 503");
    assert_eq!(asked, ["/robots.txt"], "no page is asked");
}

#[tokio::test]
async fn two_mebibytes_of_rules_are_read_to_the_limit_and_cost_little() {
    let large = bomb::large_robots(2 << 20);
    let started = Instant::now();
    let (ended, _) = survey(city().robots(&large)).await;
    assert!(ended.seen().contains(&"/open/roads"));
    assert!(ended.seen().contains(&"/shut"), "the rule behind the limit does not count");
    assert!(started.elapsed().as_secs() < 15, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_robots_txt_that_redirects_to_itself_is_unavailable_and_forbids_nothing() {
    let served = trap::robots(city(), Robots::Circle).serve().await;
    let ended = Plan::served(&served).run().await;
    assert!(ended.seen().contains(&"/private/budget"));
    let asked = served.log.targets(HOST);
    assert!(asked.iter().filter(|target| *target == "/robots.txt").count() <= 6, "{asked:?}");
}
