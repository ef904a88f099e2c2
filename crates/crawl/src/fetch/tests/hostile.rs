//! Servers that fail or mean harm: each ends soon, with the reason that is true.

use std::time::Instant;

use model::Truncation;
use tokio::net::TcpListener;

use super::server::{Reply, Server, ok, with};
use super::*;

const HTML: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n";

/// A server that has no robots.txt and gives one reply to everything else.
async fn only(reply: Reply) -> Server {
    Server::start(move |path| if path == "/robots.txt" { with("404 Not Found", &[], "") } else { reply.clone() }).await
}

async fn check(reply: Reply, miss: Miss, detail: &str) -> (Server, Missed) {
    let (server, started) = (only(reply).await, Instant::now());
    let missed = check_miss(&fetcher(settings(), &server.route()), "http://city.example/", miss, detail).await;
    assert!(started.elapsed() < Duration::from_secs(2));
    (server, missed)
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_a_dns_miss_without_any_request() {
    let missed = check_miss(&fetcher(settings(), &[]), "http://nowhere.invalid/", Miss::Dns, "`nowhere.invalid`").await;
    assert!(missed.exchanges.is_empty() && missed.robots.is_empty());
}

#[tokio::test]
async fn a_special_address_is_asked_only_by_route() {
    let fetcher = fetcher(settings(), &[]);
    for text in ["http://127.1/", "http://[::1]/", "http://169.254.169.254/latest", "http://localhost/"] {
        check_miss(&fetcher, text, Miss::Forbidden, "is").await;
    }
    check_miss(&fetcher, "http://example.org:25/", Miss::Forbidden, "port 25").await;
    check_miss(&fetcher, "http://me:pw@example.org/", Miss::Forbidden, "user name").await;
}

#[tokio::test]
async fn a_refused_connection_is_a_connect_miss_though_robots_forbids_all() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let fetcher = fetcher(settings(), &[format!("::{address}")]);
    let missed = check_miss(&fetcher, "http://city.example/", Miss::Connect, "refused").await;
    assert!(matches!(&missed.robots[0].outcome, model::RobotsOutcome::Unreachable(why) if why.starts_with("connect: ")));
    let again = check_miss(&fetcher, "http://city.example/other", Miss::Connect, "refused").await;
    assert!(again.robots.is_empty(), "what is known is not asked again");
}

#[tokio::test]
async fn a_reset_connection_is_tried_once_more() {
    let (server, _) = check(Reply::Reset, Miss::Connect, "").await;
    assert_eq!(server.paths(), ["/robots.txt", "/", "/"]);
}

#[tokio::test]
async fn a_server_that_never_answers_is_a_timeout() {
    check(Reply::Hang(vec![]), Miss::Timeout, "no answer within").await;
}

#[tokio::test]
async fn a_host_that_never_answers_for_robots_is_a_timeout() {
    let server = Server::start(|_| Reply::Hang(vec![])).await;
    check_miss(&fetcher(settings(), &server.route()), "http://city.example/", Miss::Timeout, "robots.txt could not be read")
        .await;
    assert_eq!(server.paths(), ["/robots.txt", "/robots.txt"]);
}

#[tokio::test]
async fn bytes_that_come_too_slowly_are_a_timeout() {
    let drip = Reply::Repeat(HTML.to_vec(), b"x".to_vec(), Duration::from_millis(20));
    let (_, missed) = check(drip, Miss::Timeout, "too slow").await;
    let kept = missed.exchanges.last().unwrap();
    assert_eq!(kept.truncated, Some(Truncation::Time));
    assert!(kept.body.starts_with(b"xx"));
}

#[tokio::test]
async fn silence_within_a_body_is_a_timeout() {
    check(Reply::Hang([HTML, b"<p>half"].concat()), Miss::Timeout, "too slow").await;
}

#[tokio::test]
async fn a_page_that_is_whole_counts_though_its_connection_stays_open() {
    let server = only(Reply::Hang([HTML, b"<p>whole</html>\n"].concat())).await;
    let capture = get(&fetcher(settings(), &server.route()), "http://city.example/").await.unwrap();
    assert_eq!(capture.answer().truncated, Some(Truncation::Time));
}

#[tokio::test]
async fn a_flood_of_text_is_cut_at_the_limit_and_kept() {
    let server = only(Reply::Repeat(HTML.to_vec(), vec![b'x'; 1 << 20], Duration::ZERO)).await;
    let mut settings = settings();
    settings.limits.body = 3 << 20;
    let capture = get(&fetcher(settings, &server.route()), "http://city.example/").await.unwrap();
    assert_eq!((capture.answer().body.len(), capture.answer().truncated), (3 << 20, Some(Truncation::Length)));
}

#[tokio::test]
async fn a_flood_of_pdf_is_too_large() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\n\r\n%PDF-".to_vec();
    let server = only(Reply::Repeat(head, vec![b'x'; 1 << 20], Duration::ZERO)).await;
    let mut settings = settings();
    settings.limits.pdf = 2 << 20;
    check_miss(&fetcher(settings, &server.route()), "http://city.example/", Miss::TooLarge, "useless in part").await;
}

#[tokio::test]
async fn an_announced_size_over_the_limit_is_not_downloaded_where_a_part_is_useless() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/zip\r\ncontent-length: 99999999999\r\n\r\nPK".to_vec();
    let (_, missed) = check(Reply::Hang(head), Miss::TooLarge, "useless in part").await;
    assert!(missed.exchanges.last().unwrap().body.is_empty());
}

#[tokio::test]
async fn a_body_that_ends_early_is_a_connect_miss() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100\r\n\r\n<p>half".to_vec();
    let (_, missed) = check(Reply::Close(head), Miss::Connect, "ended early, after 7 bytes").await;
    assert_eq!(missed.exchanges.last().unwrap().truncated, Some(Truncation::Disconnect));
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_malformed() {
    check(Reply::Close(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()), Miss::Malformed, "invalid HTTP version").await;
}

#[tokio::test]
async fn endless_headers_are_too_large() {
    let endless =
        Reply::Repeat(b"HTTP/1.1 200 OK\r\n".to_vec(), [b"x: ", [b'y'; 40_000].as_slice(), b"\r\n"].concat(), Duration::ZERO);
    check(endless, Miss::TooLarge, "head is too large").await;
    check(with("200 OK", &[("x", &"y".repeat(70_000))], ""), Miss::TooLarge, "bytes of headers").await;
}

#[tokio::test]
async fn bombs_come_through_as_they_are_and_do_not_expand_on_the_way() {
    let body = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    let server = only(ok("text/html\r\ncontent-encoding: gzip", &body)).await;
    let capture = get(&fetcher(settings(), &server.route()), "http://city.example/").await.unwrap();
    assert_eq!(capture.answer().body, body);
}
