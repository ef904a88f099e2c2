//! The receipt of a hand-made archive: gaps, overlaps, refusals, misses, two runs side by side, a clock that is set back.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

use std::path::Path;
use std::time::Duration;

use archive::{Archive, Settings, receipt};
use model::{Exchange, Headers, Purpose, Receipt, Time};
use serde_json::{Value, json};
use url::Url;

const AGENT: &str = "Portolan/1.0 (+https://portolan.example/about)";

fn open(dir: &Path) -> Archive {
    let settings = Settings {
        prefix: "test".to_owned(),
        max_segment: 1 << 28,
        max_age: Duration::from_secs(900),
        level: 1,
        software: "test".to_owned(),
    };
    Archive::open(dir, settings).unwrap()
}

struct Written {
    dir: tempfile::TempDir,
    archive: Archive,
    visit: u32,
}

impl Written {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { archive: open(dir.path()), dir, visit: 0 }
    }

    /// A visit of one exchange, sent and done so many milliseconds after noon.
    fn ask(&mut self, url: &str, sent: u64, done: u64, status: u16) {
        self.visit += 1;
        self.more(url, sent, done, status, Value::Null);
    }

    /// One more exchange of the same visit.
    fn more(&mut self, url: &str, sent: u64, done: u64, status: u16, miss: Value) {
        let robots = url.ends_with("/robots.txt");
        let purpose = if robots { Purpose::Robots } else { Purpose::Answer };
        let body: &[u8] = if robots { b"User-agent: *\nCrawl-delay: 2\nDisallow: /x\n" } else { b"12345" };
        let exchange = Exchange {
            purpose,
            url: Url::parse(url).unwrap(),
            request: Headers(vec![("user-agent".to_owned(), AGENT.to_owned())]),
            sent: noon(sent),
            done: noon(done),
            version: "HTTP/1.1".to_owned(),
            status,
            headers: Headers::default(),
            body: body.to_vec(),
            address: None,
            resolved: Vec::new(),
            tls: None,
            truncated: None,
        };
        let mut about = json!({ "run": 7, "portal": "city", "visit": self.visit });
        if !miss.is_null() {
            about["miss"] = miss;
        }
        self.archive.append(&exchange, &about).unwrap();
    }

    fn miss(&mut self, url: &str, run: i64, reason: &str) {
        self.visit += 1;
        let about = json!({ "run": run, "portal": "city", "visit": self.visit, "miss": reason });
        self.archive.append_miss(&Url::parse(url).unwrap(), noon(0), &about).unwrap();
    }

    fn receipt(self, run: i64) -> Receipt {
        self.archive.close().unwrap();
        receipt(self.dir.path(), run).unwrap()
    }
}

fn noon(milliseconds: u64) -> Time {
    "2026-11-23T12:00:00Z".parse::<Time>().unwrap().plus(Duration::from_millis(milliseconds))
}

#[test]
fn gaps_are_the_shortest_of_each_host() {
    let mut written = Written::new();
    written.ask("https://a.example/robots.txt", 0, 100, 200);
    written.more("https://a.example/", 2_500, 2_900, 200, Value::Null);
    // Kept out of order, as visits are.
    written.ask("https://a.example/3", 8_000, 8_100, 200);
    written.ask("https://a.example/2", 5_300, 5_700, 404);
    written.ask("http://b.example:8080/", 5_400, 5_500, 200);
    let receipt = written.receipt(7);

    let [a, b] = receipt.hosts.as_slice() else { panic!("{receipt:?}") };
    assert_eq!((a.host.as_str(), b.host.as_str()), ("a.example", "b.example"));
    let of_a = &a.traffic;
    assert_eq!((of_a.requests, of_a.bytes, of_a.at_once), (4, 42 + 15, 1));
    assert_eq!((of_a.first, of_a.last), (Some(noon(0)), Some(noon(8_100))));
    assert_eq!((of_a.least_between_starts, of_a.least_pause), (Some(2_500_000), Some(2_300_000)));
    assert_eq!(of_a.statuses.iter().collect::<Vec<_>>(), [(&200, &3), (&404, &1)]);
    assert_eq!((b.traffic.least_between_starts, b.traffic.least_pause, b.traffic.at_once), (None, None, 1));
    assert_eq!((receipt.total.requests, receipt.total.at_once), (5, 2));

    assert_eq!(receipt.agents, [AGENT]);
    assert_eq!(receipt.contact.as_deref(), Some("https://portolan.example/about"));
    assert_eq!((receipt.portal.as_str(), receipt.segments.len()), ("city", 1));
    let [robots] = a.robots.as_slice() else { panic!("{:?}", a.robots) };
    assert_eq!((robots.status, robots.at, robots.url.as_str()), (200, noon(0), "https://a.example/robots.txt"));
    assert_eq!(robots.lines, ["User-agent: *", "Crawl-delay: 2"]);
    assert_eq!(robots.digest, Some(archive::digest(b"User-agent: *\nCrawl-delay: 2\nDisallow: /x\n")));
    assert!(receipt.remarks.is_empty(), "{:?}", receipt.remarks);
}

#[test]
fn a_robots_file_that_came_again_is_counted_and_quoted_though_it_is_kept_once() {
    let dir = tempfile::tempdir().unwrap();
    let body = format!("User-agent: *\nCrawl-delay: 9\n{}", "# be kind\n".repeat(60)).into_bytes();
    let exchange = |second: u64| Exchange {
        purpose: Purpose::Robots,
        url: Url::parse("https://a.example/robots.txt").unwrap(),
        request: Headers(vec![("user-agent".to_owned(), AGENT.to_owned())]),
        sent: noon(second * 1000),
        done: noon(second * 1000 + 50),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers::default(),
        body: body.clone(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    };
    let mut archive = open(dir.path());
    let mut known = archive::Originals::default();
    let kinds = [7, 8].map(|run| {
        let about = json!({ "run": run, "portal": "city", "visit": 1 });
        archive.append_once(&exchange(run * 100), archive::digest(&body), &about, &mut known).unwrap().kind
    });
    assert_eq!(kinds, ["response", "revisit"]);
    archive.sync().unwrap();
    let [first, again] = [7, 8].map(|run| receipt(dir.path(), run).unwrap());
    assert_eq!((first.total.bytes, again.total.bytes), (body.len() as u64, body.len() as u64));
    let [robots] = again.hosts[0].robots.as_slice() else { panic!("{again:?}") };
    assert_eq!(robots.lines, ["User-agent: *", "Crawl-delay: 9"]);
    assert_eq!((robots.digest, again.remarks.len()), (Some(archive::digest(&body)), 0));
}

#[test]
fn requests_that_overlap_are_told_as_such() {
    let mut written = Written::new();
    for (sent, done) in [(0, 5_000), (1_000, 2_000), (1_500, 1_500), (5_000, 6_000)] {
        written.ask("https://a.example/", sent, done, 200);
    }
    let traffic = written.receipt(7).hosts.remove(0).traffic;
    assert_eq!((traffic.at_once, traffic.least_pause, traffic.least_between_starts), (3, Some(0), Some(500_000)));
}

#[test]
fn refusals_and_misses_are_counted_by_reason() {
    let mut written = Written::new();
    for (place, status) in [(0, 403), (1, 429), (2, 451), (3, 503), (4, 404), (5, 500)] {
        written.visit += 1;
        let reason = if status < 500 { "blocked" } else { "server" };
        written.more("https://a.example/", place * 3_000, place * 3_000 + 100, status, json!(reason));
    }
    written.miss("https://a.example/private", 7, "robots");
    written.miss("https://gone.example/", 7, "dns");
    let receipt = written.receipt(7);
    let [a, gone] = receipt.hosts.as_slice() else { panic!("{receipt:?}") };
    assert_eq!(a.traffic.refusals, 4);
    let misses: Vec<_> = a.traffic.misses.iter().map(|(reason, n)| (reason.as_str(), *n)).collect();
    assert_eq!(misses, [("blocked", 4), ("robots", 1), ("server", 2)]);
    assert_eq!((gone.traffic.requests, gone.traffic.misses["dns"], gone.traffic.first), (0, 1, None));
    assert_eq!((receipt.total.refusals, receipt.total.misses["robots"]), (4, 1));
}

#[test]
fn another_run_in_the_same_archive_is_not_counted() {
    let mut written = Written::new();
    written.ask("https://a.example/", 0, 100, 200);
    written.miss("https://a.example/", 8, "dns");
    written.archive.append_miss(&Url::parse("https://a.example/").unwrap(), noon(0), &json!(null)).unwrap();
    written.archive.sync().unwrap();
    let of = |run| receipt(written.dir.path(), run).unwrap();
    assert_eq!((of(7).total.requests, of(7).total.misses.len()), (1, 0));
    assert_eq!((of(8).total.requests, of(8).total.misses.len()), (0, 1));
    assert!(of(9).hosts.is_empty());
}

#[test]
fn a_clock_that_was_set_back_is_a_remark_and_no_figure_crosses_it() {
    // Between visits, by ten minutes.
    let mut written = Written::new();
    written.ask("https://a.example/", 600_000, 601_000, 200);
    written.ask("https://a.example/", 603_000, 604_000, 200);
    written.ask("https://a.example/", 3_500, 4_500, 200);
    written.ask("https://a.example/", 7_000, 8_000, 200);
    check_set_back(written, 3_000_000);
    // Within a visit, by one second.
    let mut written = Written::new();
    written.ask("https://a.example/robots.txt", 10_000, 11_000, 200);
    written.more("https://a.example/", 10_500, 10_900, 200, Value::Null);
    written.ask("https://a.example/", 14_500, 14_900, 200);
    check_set_back(written, 4_000_000);
    // Within an exchange.
    let mut written = Written::new();
    written.ask("https://a.example/", 10_000, 9_000, 200);
    written.ask("https://a.example/", 10_500, 10_900, 200);
    written.ask("https://a.example/", 14_500, 14_900, 200);
    check_set_back(written, 4_000_000);
}

#[track_caller]
fn check_set_back(written: Written, least: u64) {
    let receipt = written.receipt(7);
    let traffic = &receipt.hosts[0].traffic;
    assert_eq!((traffic.at_once, traffic.least_between_starts), (1, Some(least)));
    let [remark] = receipt.remarks.as_slice() else { panic!("{:?}", receipt.remarks) };
    assert!(remark.starts_with("Between requests to a.example the clock of the machine that asked was set back"), "{remark}");
}

#[test]
fn a_torn_end_is_a_remark() {
    let mut written = Written::new();
    written.ask("https://a.example/", 0, 100, 200);
    written.ask("https://a.example/", 3_000, 3_100, 200);
    written.archive.sync().unwrap();
    let [segment] = archive::segments(written.dir.path()).unwrap().try_into().unwrap();
    cut(&segment);
    let receipt = written.receipt(7);
    assert_eq!(receipt.total.requests, 1);
    assert!(receipt.remarks[0].contains("ends inside the record"), "{:?}", receipt.remarks);
}

fn cut(segment: &Path) {
    let bytes = std::fs::read(segment).unwrap();
    std::fs::write(segment, &bytes[..bytes.len() - 20]).unwrap();
}
