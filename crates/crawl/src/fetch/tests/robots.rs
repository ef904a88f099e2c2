//! robots.txt over the wire: what each outcome allows, and that it is asked for once.

use model::RobotsOutcome;

use super::server::{Reply, Server, moved, ok, with};
use super::*;

/// A server whose robots.txt is given; everything else is a page.
async fn serving(robots: Reply) -> Server {
    Server::start(move |path| if path == "/robots.txt" { robots.clone() } else { ok("text/html", "page") }).await
}

async fn outcome(robots: Reply) -> (Result<Capture, Missed>, RobotsOutcome) {
    let server = serving(robots).await;
    let got = get(&fetcher(settings(), &server.route()), "http://city.example/page").await;
    let answers = got.as_ref().map_or_else(|missed| &missed.robots, |capture| &capture.robots);
    let outcome = answers[0].outcome.clone();
    (got, outcome)
}

#[tokio::test]
async fn a_file_of_2_mib_is_read_up_to_its_limit() {
    let long = format!("User-agent: *\n{}Disallow: /page\n", "# padding\n".repeat(200_000));
    let (got, outcome) = outcome(ok("text/plain", long)).await;
    assert!(got.is_ok());
    let RobotsOutcome::Rules(text) = outcome else { panic!("{outcome:?}") };
    assert!((500 << 10..=512 << 10).contains(&text.len()), "{} bytes (RFC 9309 asks for 500 KiB)", text.len());
    assert!(text.ends_with("# padding\n"), "it ends with a whole line");
}

#[tokio::test]
async fn a_page_in_place_of_the_file_holds_no_rules() {
    let (got, outcome) = outcome(ok("text/html", "<html>Disallow: /page")).await;
    assert!(got.is_ok());
    assert_eq!(outcome, RobotsOutcome::Unavailable("HTML instead of rules".to_owned()));
}

#[tokio::test]
async fn a_file_in_utf_16_is_obeyed() {
    let text = "\u{feff}User-agent: *\nDisallow: /page\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(outcome(ok("text/plain", bytes)).await.0.unwrap_err().miss, Miss::Robots);
}

#[tokio::test]
async fn a_server_error_forbids_all_and_says_so() {
    let missed = outcome(with("503 Busy", &[], "")).await.0.unwrap_err();
    assert_eq!(missed.miss, Miss::Robots);
    assert_eq!(missed.detail, "http://city.example/robots.txt could not be read, which forbids all: 503");
    assert_eq!(missed.exchanges[0].status, 503);
    assert_eq!(outcome(with("429 Slow", &[], "")).await.0.unwrap_err().miss, Miss::Robots);
}

#[tokio::test]
async fn a_file_cut_by_a_failing_connection_forbids_all() {
    let half = Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nUser-agent: *\n".to_vec());
    assert_eq!(outcome(half).await.0.unwrap_err().miss, Miss::Robots);
}

#[tokio::test]
async fn a_gzip_bomb_forbids_all() {
    use tokio::io::AsyncReadExt as _;
    let zeros = vec![b'\n'; 20 << 20];
    let mut bomb = Vec::new();
    async_compression::tokio::bufread::GzipEncoder::new(zeros.as_slice()).read_to_end(&mut bomb).await.unwrap();
    let missed = outcome(with("200 OK", &[("content-encoding", "gzip")], bomb)).await.0.unwrap_err();
    assert!(missed.miss == Miss::Robots && missed.detail.contains("expands more than 200:1"), "{}", missed.detail);
}

#[tokio::test]
async fn redirects_are_followed_across_hosts_and_the_rules_hold_for_the_first() {
    let other = serving(ok("text/plain", "User-agent: *\nDisallow: /page")).await;
    let server = serving(moved("http://other.example/robots.txt")).await;
    let routes = [format!("other.example::{}", other.address), server.route().remove(0)];
    let missed =
        check_miss(&fetcher(settings(), &routes), "http://city.example/page", Miss::Robots, "http://city.example/robots.txt")
            .await;
    let asked: Vec<&str> = missed.exchanges.iter().map(|exchange| exchange.url.as_str()).collect();
    assert_eq!(asked, ["http://city.example/robots.txt", "http://other.example/robots.txt"]);
    assert!(missed.exchanges.iter().all(|exchange| exchange.purpose == Purpose::Robots));
}

#[tokio::test]
async fn more_than_five_redirects_count_as_no_file() {
    let (got, outcome) = outcome(moved("/robots.txt")).await;
    assert_eq!(outcome, RobotsOutcome::Unavailable("more than 5 redirects".to_owned()));
    assert_eq!(got.unwrap().exchanges.len(), 6 + 1);
}

#[tokio::test]
async fn a_redirect_to_a_private_address_forbids_all() {
    let server = serving(moved("http://192.168.0.1/robots.txt")).await;
    let fetcher = fetcher(settings(), &[format!("city.example::{}", server.address)]);
    check_miss(&fetcher, "http://city.example/page", Miss::Robots, "`192.168.0.1` is private").await;
}

#[tokio::test]
async fn the_file_is_asked_for_once_also_by_many_at_the_same_time() {
    let server = serving(ok("text/plain", "User-agent: *\nAllow: /\nSitemap: /map.xml\nSitemap: ftp://x/")).await;
    let fetcher = Arc::new(fetcher(Settings { polite: false, ..settings() }, &server.route()));
    let gets: Vec<_> = (0..8)
        .map(|i| {
            let fetcher = Arc::clone(&fetcher);
            tokio::spawn(async move { get(&fetcher, &format!("http://city.example/{i}")).await.unwrap().robots.len() })
        })
        .collect();
    let mut learned = 0;
    for get in gets {
        learned += get.await.unwrap();
    }
    assert_eq!(learned, 1);
    assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert_eq!(fetcher.sitemaps(&url("http://city.example/")), [url("http://city.example/map.xml")]);
}

#[tokio::test]
async fn what_an_earlier_process_learned_is_not_asked_again_until_it_is_old() {
    let server = serving(ok("text/plain", "")).await;
    let now = Clock::start().now().micros();
    for (age, asked) in [(3_600, false), (90_000, true)] {
        let fetched = Time::from_micros(now - age * 1_000_000).unwrap();
        let outcome = RobotsOutcome::Rules("User-agent: *\nDisallow: /page".to_owned());
        let known = vec![RobotsAnswer { authority: "http://city.example".to_owned(), fetched, outcome }];
        let routes = vec![server.route()[0].parse().unwrap()];
        let fetcher = Fetcher::new(settings(), routes, &[], Arc::new(MemoryBook::default()), vec![], known).unwrap();
        assert_eq!(get(&fetcher, "http://city.example/page").await.is_ok(), asked);
    }
}

#[tokio::test]
async fn files_of_many_hosts_do_not_fill_the_memory_of_ten() {
    let server = serving(ok("text/plain", "")).await;
    let mut settings = settings();
    settings.limits.hosts = 10;
    let fetcher = fetcher(settings, &server.route());
    for i in 0..50 {
        get(&fetcher, &format!("http://h{i}.example/")).await.unwrap();
    }
    assert!(fetcher.permissions.remembered() <= 10);
}
