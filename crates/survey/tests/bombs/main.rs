//! Small inputs that grow and large ones that must not, in a process of their own, so that its memory can be measured.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

#[path = "../hostile/ground.rs"]
mod ground;

use model::{Miss, Truncation};
use testkit::{City, Response, bomb};

use ground::{Ended, Plan};

const HOST: &str = "www.bomb.example";

/// Most memory that this process may ever have had, in bytes, servers and all tests at once included.
const MOST: u64 = 512 << 20;

/// Surveys a city whose home page links to a bomb and to ten pages that are none.
async fn survey(bomb: Response) -> Ended {
    survey_with(bomb, |_| {}).await
}

async fn survey_with(bomb: Response, change: impl FnOnce(&mut Plan)) -> Ended {
    let links: String = (0..10).map(|n| format!("<a href=/page/{n}>Office number {n}</a> ")).collect();
    let home = format!(
        "<!doctype html><html lang=en><title>City of Bomb</title><main><a href=/bomb>Road closures and road works</a> {links}</main>"
    );
    let city = (0..10).fold(City::new(HOST).page("/", &home).answer("/bomb", bomb), |city, n| {
        let words = ["parks", "trees", "water", "music", "bread", "stone", "light", "paper", "glass", "clay"][n];
        city.page(
            &format!("/page/{n}"),
            &format!("<!doctype html><title>{words}</title><main><p>All about {words} in {n} ways.</p></main>"),
        )
    });
    let served = city.serve().await;
    let mut plan = Plan::served(&served);
    plan.fetch.limits.total = std::time::Duration::from_secs(6);
    plan.fetch.limits.body = 32 << 20;
    change(&mut plan);
    let ended = plan.run().await;
    let asked = served.log.targets(HOST);
    assert_eq!(asked.iter().filter(|target| *target == "/bomb").count(), 1, "{asked:?}");
    assert!((0..10).all(|n| ended.seen().contains(&format!("/page/{n}").as_str())), "{:?}", ended.seen());
    assert_eq!(ended.outcome.failure, None);
    let peak = peak();
    assert!(peak < MOST, "{} MiB", peak >> 20);
    ended
}

/// Twice as much as may come out, packed a thousandfold.
fn gzip() -> Vec<u8> {
    bomb::gzip(128 << 20)
}

/// Peak resident memory of this process, in bytes (proc(5), `VmHWM`).
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().trim().parse::<u64>().unwrap() << 10
}

/// Asserts that the indicator that the link to the bomb promises stays open.
#[track_caller]
fn is_open(ended: &Ended) {
    assert_eq!(ended.answer("285").word(), "undetermined", "{:?}", ended.outcome.findings);
}

#[tokio::test]
async fn a_gzip_bomb_is_too_large() {
    let ended = survey(bomb::coded("gzip", gzip())).await;
    ended.missed("/bomb", Miss::TooLarge, "expands");
    is_open(&ended);
}

#[tokio::test]
async fn a_brotli_bomb_is_too_large() {
    let ended = survey(bomb::coded("br", bomb::brotli(128 << 20))).await;
    ended.missed("/bomb", Miss::TooLarge, "expands");
    is_open(&ended);
}

#[tokio::test]
async fn unclosed_fonts_are_read_without_a_tree() {
    let ended = survey(Response::html(200, bomb::fonts(4300))).await;
    assert!(ended.seen().contains(&"/bomb"));
}

#[tokio::test]
async fn nested_divs_are_read_to_the_link_at_their_bottom() {
    let ended = survey(Response::html(200, bomb::divs(200_000))).await;
    assert!(ended.seen().contains(&"/bomb"));
    let below = ended.visits.iter().any(|past| past.visit.url.path() == "/below");
    assert!(below, "the link at the bottom was found");
}

#[tokio::test]
async fn a_page_of_30_mebibytes_is_read_in_part() {
    let ended = survey(Response::html(200, bomb::large_page(30 << 20))).await;
    let captured = ended.visit("/bomb").captured().unwrap();
    assert!(captured.bytes > 29 << 20 && captured.truncated.is_none(), "{captured:?}");
    assert!(ended.visits.iter().any(|past| past.visit.url.path() == "/first"), "its beginning was read");
}

#[tokio::test]
async fn a_page_beyond_the_limit_is_cut_and_kept() {
    let ended = survey_with(Response::html(200, bomb::large_page(6 << 20)), |plan| plan.fetch.limits.body = 2 << 20).await;
    let captured = ended.visit("/bomb").captured().unwrap();
    assert_eq!((captured.bytes, captured.truncated), (2 << 20, Some(Truncation::Length)));
}

#[tokio::test]
async fn a_robots_txt_that_is_a_bomb_forbids_all() {
    let robots = Response::new(200, "text/plain", gzip()).with("content-encoding", "gzip");
    let served = City::new(HOST).page("/", "<title>City</title>").answer("/robots.txt", robots).serve().await;
    let ended = Plan::served(&served).run().await;
    ended.unreached(Miss::Robots, "expands");
    ended.nothing_absent();
    assert_eq!(served.log.targets(HOST), ["/robots.txt"]);
    assert!(peak() < MOST, "{} MiB", peak() >> 20);
}

#[tokio::test]
async fn a_sitemap_that_is_a_bomb_is_too_large() {
    let sitemap = Response::new(200, "application/xml", gzip()).with("content-encoding", "gzip");
    let city = City::new(HOST).page("/", "<!doctype html><html lang=en><title>City of Bomb</title><p>Words.</p>");
    let served = city.answer("/sitemap.xml", sitemap).serve().await;
    let ended = Plan::served(&served).run().await;
    ended.missed("/sitemap.xml", Miss::TooLarge, "expands");
    assert!(peak() < MOST, "{} MiB", peak() >> 20);
}
