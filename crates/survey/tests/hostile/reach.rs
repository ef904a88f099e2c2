//! Hosts that cannot be reached, or never come to an end.

use std::time::Duration;

use model::{Miss, Truncation};
use testkit::City;
use testkit::hostile::{Behaviour, Hostile, hostile, hostile_pages, refusing};

use crate::ground::Plan;

const DRIP: Behaviour = Behaviour::Drip(Duration::from_millis(20));

/// Surveys a server that misbehaves from robots.txt on.
async fn check(behaviour: Behaviour, expect: Miss, words: &str, connections: u64) {
    at_home(hostile(behaviour).await, expect, words, connections).await;
}

/// Surveys a server that has no robots.txt and misbehaves on pages.
async fn check_pages(behaviour: Behaviour, expect: Miss, words: &str, connections: u64) {
    at_home(hostile_pages(behaviour).await, expect, words, connections).await;
}

async fn at_home(server: Hostile, expect: Miss, words: &str, connections: u64) {
    let ended = Plan::new("http://www.evil.example/", server.routes("www.evil.example")).run().await;
    ended.unreached(expect, words);
    assert!(server.connections() <= connections, "{} connections", server.connections());
    assert!(server.sent() < 16 << 20, "{} bytes were taken", server.sent());
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_a_dns_miss() {
    let ended = Plan::new("http://nowhere.invalid/", Vec::new()).run().await;
    ended.unreached(Miss::Dns, "`nowhere.invalid` does not resolve");
    assert!(ended.visits.len() <= 2, "a host that cannot be reached twice is given up");
}

#[tokio::test]
async fn a_refused_connection_is_a_connect_miss() {
    let at = refusing().await;
    let ended = Plan::new("http://www.evil.example/", vec![format!("www.evil.example:80:{at}")]).run().await;
    ended.unreached(Miss::Connect, "refused");
}

#[tokio::test]
async fn a_reset_connection_is_a_connect_miss() {
    tokio::join!(
        check(Behaviour::Reset, Miss::Connect, "robots.txt could not be read", 2),
        check_pages(Behaviour::Reset, Miss::Connect, "", 5),
        check(Behaviour::Slam, Miss::Connect, "", 2)
    );
}

#[tokio::test]
async fn silence_is_a_timeout() {
    check(Behaviour::Silent, Miss::Timeout, "no answer within", 2).await;
}

#[tokio::test]
async fn silence_behind_a_good_robots_txt_is_a_timeout() {
    check_pages(Behaviour::Silent, Miss::Timeout, "no answer within", 11).await;
}

#[tokio::test]
async fn a_robots_txt_that_never_ends_slowly_forbids_all() {
    check(DRIP, Miss::Robots, "it did not come whole", 1).await;
}

#[tokio::test]
async fn a_page_that_never_ends_slowly_is_a_timeout() {
    check_pages(DRIP, Miss::Timeout, "too slow", 7).await;
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_connect_miss() {
    check_pages(Behaviour::BreaksOff, Miss::Connect, "ended early, after 9 bytes", 5).await;
}

#[tokio::test]
async fn what_is_no_http_is_malformed() {
    check_pages(Behaviour::Garbage, Miss::Malformed, "", 6).await;
}

#[tokio::test]
async fn headers_without_end_are_too_large() {
    check_pages(Behaviour::EndlessHead, Miss::TooLarge, "head is too large", 6).await;
}

#[tokio::test]
async fn informational_answers_without_end_are_a_timeout() {
    // Bytes are bounded by time alone here: the client offers no look at what comes before an answer.
    let server = hostile_pages(Behaviour::EndlessHints).await;
    let ended = Plan::new("http://www.evil.example/", server.routes("www.evil.example")).run().await;
    ended.unreached(Miss::Timeout, "no answer within");
    assert!(server.connections() <= 12, "{} connections", server.connections());
}

#[tokio::test]
async fn a_page_that_never_ends_fast_is_cut_and_nothing_is_absent_for_it() {
    let server = hostile_pages(Behaviour::Flood).await;
    let mut plan = Plan::new("http://www.evil.example/", server.routes("www.evil.example"));
    plan.fetch.limits.body = 1 << 20;
    let ended = plan.run().await;
    let home = ended.visit("/").captured().unwrap();
    assert_eq!((home.bytes, home.truncated), (1 << 20, Some(Truncation::Length)));
    ended.nothing_absent();
    assert!(server.connections() <= 6, "{}", server.connections());
    assert!(server.sent() < 64 << 20, "{}", server.sent());
}

#[tokio::test]
async fn plain_text_on_a_tls_port_is_a_tls_miss() {
    let server = hostile(Behaviour::BadTls).await;
    let ended = Plan::new("https://www.evil.example/", server.routes("www.evil.example")).run().await;
    ended.unreached(Miss::Tls, "");
    assert!(server.connections() <= 2, "{}", server.connections());
}

#[tokio::test]
async fn a_certificate_of_nobody_we_trust_is_a_tls_miss_and_no_page_is_asked() {
    let served = City::new("www.evil.example").page("/", "<h1>Trust me</h1>").serve().await;
    let mut plan = Plan::served(&served);
    plan.trust.clear();
    let ended = plan.run().await;
    ended.unreached(Miss::Tls, "");
    assert_eq!(served.log.targets("www.evil.example"), [""; 0]);
}
