//! What the archive tells of visits that brought no page: what was exchanged, and why it was left at that.

use model::Miss;
use testkit::{City, trap};

use crate::ground::{Ended, Plan};

const HOST: &str = "www.told.example";

/// What the archive has of a path, in order: purposes of exchanges, and misses with their words.
fn told(ended: &Ended, path: &str) -> Vec<String> {
    let visit = ended.visits.iter().find(|past| past.visit.url.path() == path).map(|past| past.visit.no);
    let of_visit = ended.told.iter().filter(|told| told.says["about"]["visit"].as_u64() == visit.map(u64::from));
    let word = |text: &serde_json::Value| text.as_str().unwrap().to_owned();
    of_visit
        .map(|told| match told.says.get("purpose") {
            Some(purpose) => format!("{} {}", word(purpose), told.url),
            None => {
                let about = &told.says["about"];
                let before = about["exchanges"].as_array().unwrap().len();
                format!("{} behind {before}: {}", word(&about["miss"]), word(&about["detail"]))
            }
        })
        .collect()
}

#[track_caller]
fn check(ended: &Ended, path: &str, miss: Miss, expect: &[String]) {
    ended.missed(path, miss, "");
    assert_eq!(told(ended, path), expect);
}

#[tokio::test]
async fn robots_bodies_block_pages_refused_redirects_and_what_was_skipped_are_records() {
    let links = ["blocked", "abroad", "inside", "around", "nowhere", "shut"].map(|to| format!("<a href=/{to}>Office {to}</a> "));
    let home = format!("<!doctype html><html lang=en><title>City</title><main><h1>City</h1>{}</main>", links.concat());
    let city = City::new(HOST).page("/", &home).robots("User-agent: *\nDisallow: /shut\n");
    let city = city.redirect("/abroad", "http://elsewhere.example/").redirect("/inside", "http://10.0.0.8/admin");
    let city = city.redirect("/around", "/around").redirect("/nowhere", "http://[broken/");
    let served = trap::wall(city, "/blocked", 403, None).serve().await;
    let ended = Plan::served(&served).run().await;
    let at = |path: &str| ended.outcome.portal.home.join(path).unwrap();

    assert_eq!(told(&ended, "/"), [format!("robots {}", at("/robots.txt")), format!("answer {}", at("/"))]);
    let (url, refused) = (at("/blocked"), "blocked behind 1: status 403".to_owned());
    check(&ended, "/blocked", Miss::Blocked, &[format!("answer {url}"), refused]);
    let why = "redirects out of scope, to `http://elsewhere.example/`";
    check(&ended, "/abroad", Miss::Redirect, &[format!("redirect {}", at("/abroad")), format!("redirect behind 1: {why}")]);
    let why = "redirects out of scope, to `http://10.0.0.8/admin`";
    check(&ended, "/inside", Miss::Redirect, &[format!("redirect {}", at("/inside")), format!("redirect behind 1: {why}")]);
    let why = format!("redirects in a circle, back to `{}`", at("/around"));
    check(&ended, "/around", Miss::Redirect, &[format!("redirect {}", at("/around")), format!("redirect behind 1: {why}")]);
    let why = format!("robots behind 0: {}/robots.txt, line 2 forbids it", at("/").origin().ascii_serialization());
    check(&ended, "/shut", Miss::Robots, &[why]);
    let nowhere = told(&ended, "/nowhere");
    assert_eq!(nowhere.len(), 2, "{nowhere:?}");
    assert!(nowhere[1].starts_with("redirect behind 1: redirects to `http://[broken/`"), "{nowhere:?}");
}

#[tokio::test]
async fn a_home_page_that_redirects_to_a_private_address_is_told_with_its_reason() {
    let served = City::new(HOST).redirect("/", "http://10.0.0.8/admin").serve().await;
    let ended = Plan::served(&served).run().await;
    let home = &ended.outcome.portal.home;
    let told = told(&ended, "/");
    assert_eq!(told[1..2], [format!("redirect {home}")]);
    assert_eq!(told[2..], ["forbidden behind 2: the address `10.0.0.8` is private"]);
}
