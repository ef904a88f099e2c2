//! Pages that fail once and come later.

use std::sync::atomic::{AtomicU32, Ordering};

use model::{Answer, Miss};
use store::Outcome;
use testkit::{City, Response};

use crate::ground::{Ended, Plan, fixture};

const HOST: &str = "www.tired.example";

/// A page that fails the first time it is asked for.
fn tired(city: City, path: &'static str, html: String) -> City {
    let asked = AtomicU32::new(0);
    city.making(move |request| {
        let first = || asked.fetch_add(1, Ordering::SeqCst) == 0;
        let answer = |first: bool| if first { Response::html(500, "<h1>Tired</h1>") } else { Response::html(200, html.clone()) };
        (request.path == path).then(|| answer(first()))
    })
}

fn home() -> String {
    "<!doctype html><html lang=en><title>City of Tired</title><main><h1>City of Tired</h1>\
     <a href=/roads>Road work and closures</a></main>"
        .to_owned()
}

fn roads() -> String {
    fixture("285-roads/present-en.html")
}

/// What came of each visit of a path.
fn came(ended: &Ended, path: &str) -> Vec<String> {
    let visits = ended.visits.iter().filter(|past| past.visit.url.path() == path);
    visits
        .map(|past| match &past.outcome {
            Outcome::Missed { miss, .. } => miss.to_string(),
            _ => format!("came, {}", past.visit.rule.rsplit("; ").next().unwrap()),
        })
        .collect()
}

#[tokio::test]
async fn a_page_that_failed_is_asked_for_once_more_at_the_end() {
    let served = tired(City::new(HOST).page("/", &home()), "/roads", roads()).serve().await;
    let ended = Plan::served(&served).run().await;
    assert_eq!(came(&ended, "/roads"), ["server", "came, second attempt after server"]);
    assert_eq!(ended.answer("285"), &Answer::Present);
}

#[tokio::test]
async fn a_home_page_that_failed_is_asked_for_once_more() {
    let served = tired(City::new(HOST).page("/roads", &roads()), "/", home()).serve().await;
    let ended = Plan::served(&served).run().await;
    assert_eq!(came(&ended, "/"), ["server", "came, second attempt after server"]);
    assert_eq!(ended.outcome.failure, None);
    assert_eq!(ended.answer("285"), &Answer::Present);
}

#[tokio::test]
async fn a_page_that_never_comes_is_asked_for_twice_and_no_more() {
    let served = City::new(HOST).page("/", &home()).status("/roads", 500).serve().await;
    let ended = Plan::served(&served).run().await;
    assert_eq!(came(&ended, "/roads"), ["server", "server"]);
    ended.missed("/roads", Miss::Server, "status 500");
    assert_eq!(served.log.targets(HOST).iter().filter(|target| *target == "/roads").count(), 2);
}
