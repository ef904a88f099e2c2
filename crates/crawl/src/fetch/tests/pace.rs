//! The pace over real sockets, seen from the servers' side where it matters.

use std::time::Instant;

use super::server::{Server, ok, with};
use super::*;
use crate::pace::{BoxFuture, PaceError};

const DELAY: Duration = Duration::from_millis(50);
/// What the machine may be late in noticing a request.
const JITTER: Duration = Duration::from_millis(20);

fn paced() -> Settings {
    let mut settings = settings();
    settings.pace.delay = DELAY;
    settings
}

async fn pages() -> Server {
    Server::start(|path| if path == "/robots.txt" { with("404 x", &[], "") } else { ok("text/html", "x") }).await
}

fn check_gaps(mut times: Vec<Instant>) {
    times.sort();
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= DELAY - JITTER, "only {:?} between two requests", pair[1] - pair[0]);
    }
    assert!(times[times.len() - 1] - times[0] >= DELAY * (times.len() as u32 - 1) - JITTER);
}

#[tokio::test]
async fn requests_to_a_host_keep_their_distance_however_many_ask_at_once() {
    let server = pages().await;
    let fetcher = Arc::new(fetcher(paced(), &server.route()));
    let gets: Vec<_> = (0..5)
        .map(|i| {
            let fetcher = Arc::clone(&fetcher);
            tokio::spawn(async move { get(&fetcher, &format!("http://city.example/{i}")).await.unwrap() })
        })
        .collect();
    let mut sent = Vec::new();
    for get in gets {
        sent.extend(get.await.unwrap().exchanges.iter().map(|exchange| exchange.sent));
    }
    sent.sort();
    assert_eq!(sent.len(), 6);
    assert!(sent.windows(2).all(|pair| pair[1].since(pair[0]) >= DELAY), "{sent:?}");
    check_gaps(server.asked().iter().map(|asked| asked.at).collect());
}

#[tokio::test]
async fn two_names_on_one_address_share_its_pace() {
    let server = pages().await;
    let fetcher = fetcher(paced(), &server.route());
    let (one, two) = tokio::join!(get(&fetcher, "http://one.example/"), get(&fetcher, "http://two.example/"));
    assert!(one.is_ok() && two.is_ok());
    check_gaps(server.asked().iter().map(|asked| asked.at).collect());
}

#[tokio::test]
async fn two_names_on_two_addresses_do_not_wait_for_each_other() {
    let (one, two) = (pages().await, Server::start_on("127.0.0.2", |_| ok("text/html", "x")).await);
    let mut settings = paced();
    settings.pace.delay = Duration::from_millis(300);
    let fetcher = fetcher(settings, &[format!("one.example::{}", one.address), format!("two.example::{}", two.address)]);
    let started = Instant::now();
    let (a, b) = tokio::join!(get(&fetcher, "http://one.example/"), get(&fetcher, "http://two.example/"));
    assert!(a.is_ok() && b.is_ok());
    assert!(started.elapsed() < Duration::from_millis(550));
}

#[tokio::test]
async fn a_crawl_delay_holds_from_the_request_that_brought_it() {
    let server = Server::start(|_| ok("text/plain", "User-agent: *\nCrawl-delay: 0.3\nAllow: /")).await;
    let fetcher = fetcher(paced(), &server.route());
    let capture = get(&fetcher, "http://city.example/").await.unwrap();
    let gap = capture.exchanges[1].sent.since(capture.exchanges[0].sent);
    assert!(gap >= Duration::from_millis(300), "{gap:?}");
}

#[tokio::test]
async fn three_blocks_in_a_row_stop_the_host() {
    let server =
        Server::start(|path| if path == "/robots.txt" { with("404 x", &[], "") } else { with("403 x", &[], "no") }).await;
    let fetcher = fetcher(settings(), &server.route());
    for _ in 0..3 {
        check_miss(&fetcher, "http://city.example/", Miss::Blocked, "status 403").await;
    }
    check_miss(&fetcher, "http://city.example/", Miss::Stopped, "refused 3 times in a row").await;
    assert_eq!(server.paths().len(), 4);
    check_miss(&fetcher, "http://other.example/", Miss::Blocked, "status 403").await;
}

#[tokio::test]
async fn a_host_that_asks_for_a_long_wait_is_left_alone() {
    let server = Server::start(|path| match path {
        "/robots.txt" => with("404 x", &[], ""),
        _ => with("503 x", &[("retry-after", "3600")], ""),
    })
    .await;
    let fetcher = fetcher(settings(), &server.route());
    check_miss(&fetcher, "http://city.example/", Miss::Server, "status 503").await;
    check_miss(&fetcher, "http://city.example/", Miss::Blocked, "may be asked again at").await;
    assert_eq!(server.paths().len(), 2);
}

#[tokio::test]
async fn refused_robots_slow_a_host_down_to_the_slowest_pace() {
    let server = Server::start(|path| if path == "/robots.txt" { with("403 x", &[], "") } else { ok("text/html", "x") }).await;
    let mut settings = settings();
    settings.pace.longest = Duration::from_millis(250);
    let capture = get(&fetcher(settings, &server.route()), "http://city.example/").await.unwrap();
    assert!(capture.exchanges[1].sent.since(capture.exchanges[0].sent) >= Duration::from_millis(250));
}

/// Notes how many requests the server had seen at each reservation.
struct Witness(Arc<Server>, std::sync::Mutex<Vec<(usize, Vec<HostPace>)>>);

impl PaceBook for Witness {
    fn reserve(&self, paces: Vec<HostPace>) -> BoxFuture<'_, Result<(), PaceError>> {
        self.1.lock().unwrap().push((self.0.paths().len(), paces));
        Box::pin(std::future::ready(Ok(())))
    }
}

#[tokio::test]
async fn the_pace_is_in_the_book_before_the_request_leaves() {
    let server = Arc::new(pages().await);
    let book = Arc::new(Witness(Arc::clone(&server), std::sync::Mutex::default()));
    let routes = vec![server.route()[0].parse().unwrap()];
    let fetcher = Fetcher::new(paced(), routes, &[], Arc::clone(&book) as Arc<dyn PaceBook>, vec![], vec![]).unwrap();
    let capture = get(&fetcher, "http://city.example:8080/").await.unwrap();
    let written = book.1.lock().unwrap();
    assert_eq!(written.iter().map(|(seen, _)| *seen).collect::<Vec<_>>(), [0, 1]);
    for ((_, paces), exchange) in written.iter().zip(&capture.exchanges) {
        let hosts: Vec<&str> = paces.iter().map(|pace| pace.host.as_str()).collect();
        assert_eq!(hosts, ["city.example:8080", "127.0.0.1"]);
        assert!(paces.iter().all(|pace| pace.next_allowed >= exchange.sent.plus(DELAY)));
    }
}

/// A book on a full disk.
struct Full;

impl PaceBook for Full {
    fn reserve(&self, _: Vec<HostPace>) -> BoxFuture<'_, Result<(), PaceError>> {
        Box::pin(std::future::ready(Err(PaceError("disk full".into()))))
    }
}

#[tokio::test]
async fn no_request_leaves_when_the_book_cannot_be_written() {
    let server = pages().await;
    let routes = vec![server.route()[0].parse().unwrap()];
    let fetcher = Fetcher::new(settings(), routes, &[], Arc::new(Full), vec![], vec![]).unwrap();
    check_miss(&fetcher, "http://city.example/", Miss::Stopped, "could not be written down: disk full").await;
    assert!(server.paths().is_empty());
}

#[tokio::test]
async fn a_pace_from_an_earlier_process_is_kept() {
    let server = pages().await;
    let routes = vec![server.route()[0].parse().unwrap()];
    let wait = Duration::from_millis(300);
    let allowed = Clock::start().now().plus(wait);
    let kept = HostPace { next_allowed: allowed, ..crate::pace::Pace::new("127.0.0.1".to_owned(), allowed).kept().clone() };
    let fetcher = Fetcher::new(settings(), routes, &[], Arc::new(MemoryBook::default()), vec![kept], vec![]).unwrap();
    let capture = get(&fetcher, "http://city.example/").await.unwrap();
    assert!(capture.exchanges[0].sent >= allowed);
}

#[tokio::test]
async fn a_hundred_hosts_do_not_fill_the_memory_of_ten() {
    let server = pages().await;
    let mut settings = settings();
    settings.limits.hosts = 10;
    let fetcher = fetcher(settings, &server.route());
    for i in 0..100 {
        get(&fetcher, &format!("http://h{i}.example/")).await.unwrap();
    }
    assert!(fetcher.gate.remembered() <= 10, "{}", fetcher.gate.remembered());
}
