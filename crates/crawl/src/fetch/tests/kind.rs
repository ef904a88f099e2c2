//! Servers that mean well: what was asked and what came is recorded exactly.

use super::server::{Reply, Server, ok, with};
use super::*;

#[tokio::test]
async fn the_request_is_recorded_as_it_was_sent() {
    let server = Server::start(|_| ok("text/html", "<p>hi")).await;
    let fetcher = fetcher(settings(), &server.route());
    let capture = get(&fetcher, "http://city.example/a?b=c#frag").await.unwrap();
    let recorded: String = capture.answer().request.0.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    assert_eq!(server.asked()[1].head, format!("GET /a?b=c HTTP/1.1\r\n{recorded}\r\n"));
    insta::assert_snapshot!(recorded.replace('\r', ""), @r"
    user-agent: Portolan/0.0 (+https://portolan.example/about)
    accept: text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8
    accept-encoding: gzip, deflate, br
    host: city.example
    ");
}

#[tokio::test]
async fn the_answer_is_recorded_byte_for_byte() {
    let raw = b"HTTP/1.1 200 Fine\r\nX-Upper: \xe9\r\nContent-Encoding: gzip\r\nSet-Cookie: a\r\nTransfer-Encoding: chunked\r\n\
        Set-Cookie: b\r\n\r\n4\r\n\x1f\x8b\x08\x00\r\n2\r\nxy\r\n0\r\n\r\n";
    let server = Server::start(|_| Reply::Send(raw.to_vec())).await;
    let fetcher = fetcher(settings(), &server.route());
    let capture = get(&fetcher, "http://city.example/").await.unwrap();
    let answer = capture.answer();
    assert_eq!(answer.body, b"\x1f\x8b\x08\x00xy");
    assert_eq!((answer.status, answer.version.as_str(), answer.truncated), (200, "HTTP/1.1", None));
    assert_eq!(answer.address, Some(server.address.ip()));
    let names: Vec<&str> = answer.headers.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["x-upper", "content-encoding", "set-cookie", "set-cookie"]);
    assert_eq!(answer.headers.get("x-upper"), Some("é"));
    assert!(answer.sent < answer.done);
}

#[tokio::test]
async fn a_page_of_30_mib_comes_whole() {
    let page = vec![b'x'; 30 << 20];
    let server = Server::start(move |_| ok("text/html", &page)).await;
    let mut settings = settings();
    settings.limits.total = Duration::from_secs(10);
    let capture = get(&fetcher(settings, &server.route()), "http://city.example/").await.unwrap();
    assert_eq!((capture.answer().body.len(), capture.answer().truncated), (30 << 20, None));
}

#[tokio::test]
async fn a_page_that_did_not_change_is_a_capture_of_304() {
    let server = Server::start(|_| Reply::Send(b"HTTP/1.1 304 Not Modified\r\netag: \"x\"\r\n\r\n".to_vec())).await;
    let fetcher = fetcher(settings(), &server.route());
    let known = Conditional { etag: Some("\"x\"".to_owned()), last_modified: Some("Mon, 23 Nov 2026 06:30:00 GMT".to_owned()) };
    let capture = fetcher.get(&url("http://city.example/"), Some(&known), &|_| true).await.unwrap();
    assert_eq!(capture.answer().status, 304);
    let head = &server.asked()[1].head;
    assert!(head.contains("if-none-match: \"x\"\r\n") && head.contains("if-modified-since: Mon, 23 Nov 2026"), "{head}");
    check_miss(&fetcher, "http://city.example/", Miss::Malformed, "unexpected status 304").await;
}

#[tokio::test]
async fn statuses_become_the_misses_that_people_know() {
    let server = Server::start(|path| match path {
        "/robots.txt" => with("404 Not Found", &[], ""),
        path => with(&format!("{} x", &path[1..]), &[], "the body"),
    })
    .await;
    for (status, miss) in [(403, Miss::Blocked), (410, Miss::NotFound), (500, Miss::Server), (400, Miss::Malformed)] {
        let fetcher = fetcher(settings(), &server.route());
        let missed = check_miss(&fetcher, &format!("http://city.example/{status}"), miss, &status.to_string()).await;
        assert_eq!(missed.exchanges.last().unwrap().body, b"the body");
    }
}

#[tokio::test]
async fn a_challenge_page_with_status_200_is_a_block() {
    let page = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>";
    let server =
        Server::start(move |path| if path == "/robots.txt" { with("404 x", &[], "") } else { ok("text/html", page) }).await;
    let fetcher = fetcher(settings(), &server.route());
    check_miss(&fetcher, "http://city.example/", Miss::Blocked, "challenge page of Cloudflare").await;
}

#[tokio::test]
async fn routes_tell_ports_of_one_host_apart() {
    let one = Server::start(|_| ok("text/html", "one")).await;
    let two = Server::start(|_| ok("text/html", "two")).await;
    let routes = [format!("city.example:80:{}", one.address), format!("city.example:8080:{}", two.address)];
    let fetcher = fetcher(settings(), &routes);
    assert_eq!(get(&fetcher, "http://city.example/").await.unwrap().answer().body, b"one");
    assert_eq!(get(&fetcher, "http://city.example:8080/").await.unwrap().answer().body, b"two");
    assert!(two.asked()[0].head.contains("host: city.example:8080\r\n"));
}

#[tokio::test]
async fn several_requests_at_once_are_for_routed_loopback_hosts_only() {
    let server = Server::start(|_| ok("text/html", "x")).await;
    let impolite = Settings { polite: false, ..settings() };
    let build = |routes: Vec<ConnectTo>| {
        Fetcher::new(impolite.clone(), routes, &[], Arc::new(MemoryBook::default()), vec![], vec![])
            .map(drop)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(build(vec![]), "politeness is off, but no route names a host");
    assert_eq!(build(vec!["::10.0.0.1:80".parse().unwrap()]), "politeness is off, but a route leads to another machine");
    let fetcher = fetcher(impolite, &[format!("city.example::{}", server.address)]);
    assert!(get(&fetcher, "http://city.example/").await.is_ok());
    check_miss(&fetcher, "http://other.example/", Miss::Forbidden, "politeness is off").await;
}

#[tokio::test]
async fn without_a_contact_only_routed_hosts_are_asked() {
    let server = Server::start(|_| ok("text/html", "x")).await;
    let anonymous = Settings { contact: None, ..settings() };
    let nobody = Fetcher::new(anonymous.clone(), vec![], &[], Arc::new(MemoryBook::default()), vec![], vec![]);
    assert!(matches!(nobody, Err(Error::NoContact)));
    let fetcher = fetcher(anonymous, &[format!("city.example::{}", server.address)]);
    assert!(get(&fetcher, "http://city.example/").await.is_ok());
    check_miss(&fetcher, "http://www.example.org/", Miss::Forbidden, "no contact URL is set").await;
}
