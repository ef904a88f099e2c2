//! Redirects: each hop is asked of scope, guard and robots.txt anew, and kept.

use super::server::{Reply, Server, moved, ok, with};
use super::*;

async fn chain() -> Server {
    Server::start(|path| match path {
        "/robots.txt" => ok("text/plain", "User-agent: *\nDisallow: /secret\n"),
        "/a" => moved("/b?x#frag"),
        "/b?x" => moved("http://www.city.example/c"),
        "/circle" => moved("/circle2"),
        "/circle2" => moved("/circle"),
        "/cookie" => with("302 Found", &[("location", "/cookie"), ("set-cookie", "a=b")], ""),
        "/nowhere" => with("301 Moved", &[], "no target"),
        "/inside" => moved("http://10.0.0.8/admin"),
        "/ftp" => moved("ftp://city.example/"),
        "/disallowed" => moved("/secret/x"),
        "/abroad" => moved("https://elsewhere.example/"),
        path if path.starts_with("/long") => moved(&format!("{path}x")),
        _ => ok("text/html", "the end"),
    })
    .await
}

async fn check(path: &str, miss: Miss, detail: &str) -> Missed {
    let server = chain().await;
    let fetcher = fetcher(settings(), &[format!("city.example::{}", server.address)]);
    check_miss(&fetcher, &format!("http://city.example{path}"), miss, detail).await
}

#[tokio::test]
async fn every_hop_is_kept_and_the_answer_stands_last() {
    let server = chain().await;
    let fetcher = fetcher(settings(), &server.route());
    let capture = get(&fetcher, "http://city.example/a").await.unwrap();
    let kept: Vec<String> = capture.exchanges.iter().map(|e| format!("{} {}", e.purpose.as_str(), e.url)).collect();
    insta::assert_snapshot!(kept.join("\n"), @r"
    robots http://city.example/robots.txt
    redirect http://city.example/a
    redirect http://city.example/b?x
    robots http://www.city.example/robots.txt
    answer http://www.city.example/c
    ");
    let authorities: Vec<&str> = capture.robots.iter().map(|answer| answer.authority.as_str()).collect();
    assert_eq!(authorities, ["http://city.example", "http://www.city.example"]);
}

#[tokio::test]
async fn circles_and_endless_chains_end() {
    let missed = check("/circle", Miss::Redirect, "in a circle, back to `http://city.example/circle`").await;
    assert_eq!(missed.exchanges.len(), 3);
    check("/cookie", Miss::Redirect, "sets a cookie").await;
    let missed = check("/long", Miss::Redirect, "more than 10 redirects").await;
    assert_eq!(missed.exchanges.len(), 1 + 11);
    check("/nowhere", Miss::Redirect, "status 301 without a target").await;
}

#[tokio::test]
async fn a_cookie_is_never_sent_back() {
    let cookie = ("set-cookie", "id=1; Path=/");
    let server = Server::start(move |path| match path {
        "/robots.txt" => with("200 OK", &[("content-type", "text/plain"), cookie], "User-agent: *\n"),
        "/" => with("302 Found", &[("location", "/home"), cookie], ""),
        _ => with("200 OK", &[("content-type", "text/html"), cookie], "page"),
    })
    .await;
    let fetcher = fetcher(settings(), &server.route());
    for path in ["", "home", "more"] {
        get(&fetcher, &format!("http://city.example/{path}")).await.unwrap();
    }
    let asked = server.asked();
    assert_eq!(asked.len(), 5, "robots.txt, the redirect, and three pages");
    for one in asked {
        let head = one.head.to_ascii_lowercase();
        assert!(!["\ncookie:", "\nauthorization:", "\nproxy-authorization:"].iter().any(|field| head.contains(field)), "{head}");
    }
}

#[tokio::test]
async fn a_redirect_leads_to_no_private_address_and_no_other_scheme() {
    let missed = check("/inside", Miss::Forbidden, "the address `10.0.0.8` is private").await;
    assert_eq!(missed.exchanges.last().map(|e| e.purpose), Some(Purpose::Redirect));
    check("/ftp", Miss::Forbidden, "neither http nor https").await;
}

#[tokio::test]
async fn a_redirect_target_is_asked_of_robots_and_scope() {
    check("/disallowed", Miss::Robots, "http://city.example/robots.txt, line 2 forbids it").await;
    let server = chain().await;
    let fetcher = fetcher(settings(), &server.route());
    let own = |url: &Url| url.host_str() == Some("city.example");
    let missed = fetcher.get(&url("http://city.example/abroad"), None, &own).await.unwrap_err();
    assert_eq!(
        (missed.miss, missed.detail.as_str()),
        (Miss::Redirect, "redirects out of scope, to `https://elsewhere.example/`")
    );
    assert_eq!(server.paths(), ["/robots.txt", "/abroad"]);
}

#[tokio::test]
async fn a_location_in_raw_utf_8_is_understood() {
    let server = Server::start(|path| match path {
        "/" => Reply::Send("HTTP/1.1 302 x\r\nlocation: /straße\r\ncontent-length: 0\r\n\r\n".into()),
        _ => ok("text/html", "here"),
    })
    .await;
    let capture = get(&fetcher(settings(), &server.route()), "http://city.example/").await.unwrap();
    assert_eq!(capture.answer().url.path(), "/stra%C3%9Fe");
}
