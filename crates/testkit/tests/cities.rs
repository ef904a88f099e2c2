//! Loopback cities over real sockets: what they answer and what they remember.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

use std::time::Duration;

use testkit::{City, Response, Served, bomb, trap};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Asks over plain HTTP; answers head and body.
async fn ask(served: &Served, host: &str, target: &str, header: &str) -> (String, Vec<u8>) {
    let mut stream = tokio::net::TcpStream::connect(served.mirror.http).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{header}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let split = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&answer[..split]).into_owned(), answer.split_off(split + 4))
}

#[tokio::test]
async fn a_city_answers_as_told_and_remembers_what_it_was_asked() {
    let tagged = Response::html(200, "<h1>Tagged</h1>").with("etag", "\"1\"");
    let city = City::new("city.example").page("/", "<h1>Home</h1>").answer("/tagged", tagged).status("/gone", 410);
    let served = city.redirect("/old", "/").sitemap(&["/a"]).search("/search", "q").serve().await;
    assert_eq!(ask(&served, "city.example", "/?utm=1", "").await.1, b"<h1>Home</h1>");
    assert!(ask(&served, "city.example", "/gone", "").await.0.starts_with("HTTP/1.1 410"));
    assert!(ask(&served, "city.example", "/old", "").await.0.contains("location: /\r\n"));
    assert!(ask(&served, "city.example", "/none", "").await.0.starts_with("HTTP/1.1 404"));
    assert!(ask(&served, "city.example", "/tagged", "If-None-Match: \"1\"\r\n").await.0.starts_with("HTTP/1.1 304"));
    let found = String::from_utf8(ask(&served, "city.example", "/search?q=TAGGED", "").await.1).unwrap();
    assert!(found.contains("href=\"/tagged\"") && !found.contains("href=\"/\""), "{found}");
    assert_eq!(served.log.targets("city.example"), ["/?utm=1", "/gone", "/old", "/none", "/tagged", "/search?q=TAGGED"]);
    assert_eq!(served.log.connections("city.example"), 6);
}

#[tokio::test]
async fn the_log_tells_pace_and_repetition_per_host() {
    let served = testkit::serve(vec![City::new("a.example").page("/", "a"), City::new("b.example").page("/", "b")]).await;
    ask(&served, "a.example", "/", "").await;
    ask(&served, "b.example", "/", "").await;
    tokio::time::sleep(Duration::from_millis(60)).await;
    ask(&served, "a.example", "/", "").await;
    assert!(served.log.smallest_gap("a.example").unwrap() >= Duration::from_millis(60));
    assert_eq!(served.log.smallest_gap("b.example"), None);
    assert_eq!(served.log.repeated().into_iter().collect::<Vec<_>>(), [("a.example/".to_owned(), 2)]);
    assert_eq!(served.routes().len(), 4);
}

#[tokio::test]
async fn traps_lead_where_they_say() {
    let city = trap::endless_calendar(trap::circle(City::new("trap.example"), 3));
    let city = trap::wall(trap::robots(city, trap::Robots::Unavailable), "/walled", 429, Some("120"));
    let served = city.answer("/bomb", bomb::coded("gzip", bomb::gzip(1 << 20))).serve().await;
    assert!(ask(&served, "trap.example", "/circle/2", "").await.0.contains("location: /circle/0"));
    let (_, page) = ask(&served, "trap.example", "/calendar?month=24371", "").await;
    assert!(String::from_utf8(page).unwrap().contains("/calendar?month=24372"));
    assert!(ask(&served, "trap.example", "/robots.txt", "").await.0.starts_with("HTTP/1.1 503"));
    let (head, _) = ask(&served, "trap.example", "/walled", "").await;
    assert!(head.starts_with("HTTP/1.1 429") && head.contains("retry-after: 120"), "{head}");
    let (head, body) = ask(&served, "trap.example", "/bomb", "").await;
    assert!(head.contains("content-encoding: gzip") && body.len() < 2048);
}

#[tokio::test]
async fn many_small_portals_answer_their_own_pages_only() {
    let shape = testkit::synthetic::Shape { pages: 50, ..testkit::synthetic::Shape::SMALL };
    let served = testkit::serve(testkit::synthetic::portals(193, |_| (shape, Duration::from_millis(5)))).await;
    assert_eq!(served.hosts().len(), 193);
    let path = testkit::synthetic::path(49);
    assert!(ask(&served, "city-193.example", &path, "").await.0.starts_with("HTTP/1.1 200"));
    assert!(ask(&served, "city-001.example", "/services/50.html", "").await.0.starts_with("HTTP/1.1 404"));
}
