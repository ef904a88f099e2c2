//! Sites without end.

use testkit::{City, Response, trap};

use crate::ground::{Plan, fixture};

#[tokio::test]
async fn a_calendar_without_end_gets_few_fetches_and_hides_nothing() {
    let home = "<!doctype html><html lang=en><title>City of Days</title><main><h1>City of Days</h1>\
                <a href=/calendar>Events calendar</a> <a href=/roads>Road work</a></main>";
    let city = City::new("www.days.example").page("/", home).page("/roads", &fixture("285-roads/present-en.html"));
    let served = trap::endless_calendar(city).serve().await;
    let mut plan = Plan::served(&served);
    plan.settings.frontier.budget.pages = 400;
    plan.settings.dull = 400;
    let ended = plan.run().await;
    let asked = served.log.targets("www.days.example");
    let months = asked.iter().filter(|target| target.starts_with("/calendar")).count();
    assert!((1..=40).contains(&months), "{months} fetches of the calendar");
    assert!(ended.seen().contains(&"/roads"));
    assert!(asked.len() <= 70, "{asked:?}");
}

#[tokio::test]
async fn bytes_that_brought_no_page_count_for_the_budget() {
    let links: String = (0..20).map(|n| format!("<a href=/gone/{n}>Office number {n}</a> ")).collect();
    let home = format!("<!doctype html><html lang=en><title>City of Gone</title><main>{links}</main>");
    let long = || Response::html(404, "<p>Not found.</p>".repeat(55_000));
    let city = (0..20).fold(City::new("www.gone.example").page("/", &home), |city, n| city.answer(&format!("/gone/{n}"), long()));
    let served = city.serve().await;
    let mut plan = Plan::served(&served);
    plan.settings.frontier.budget.bytes = 3 << 20;
    let ended = plan.run().await;
    let asked = served.log.targets("www.gone.example").into_iter().filter(|target| target.starts_with("/gone/")).count();
    assert!((3..=4).contains(&asked), "{asked} error pages of 0.9 MiB were fetched");
    ended.nothing_absent();
}
