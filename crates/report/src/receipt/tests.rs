//! The page of a receipt: nothing a server said becomes markup, and every figure stands in it.

use std::collections::BTreeMap;

use super::*;

fn receipt() -> Receipt {
    let traffic = Traffic {
        requests: 3,
        bytes: 1_234,
        first: "2026-11-23T05:30:00Z".parse().ok(),
        last: "2026-11-23T05:30:09Z".parse().ok(),
        least_between_starts: Some(2_500_000),
        least_pause: Some(2_019_999),
        at_once: 1,
        statuses: BTreeMap::from([(200, 2), (429, 1)]),
        refusals: 1,
        misses: BTreeMap::from([("robots".to_owned(), 4)]),
    };
    let robots = RobotsReceipt {
        url: "https://city.example/robots.txt".to_owned(),
        at: "2026-11-23T05:30:00Z".parse().unwrap(),
        status: 200,
        digest: Some(model::Digest([7; 32])),
        record: "urn:uuid:1".to_owned(),
        lines: vec!["User-agent: *".to_owned(), "Crawl-delay: <script>alert(1)</script>".to_owned()],
    };
    let host = HostReceipt { host: "city.example".to_owned(), traffic: traffic.clone(), robots: vec![robots] };
    Receipt {
        run: 5,
        portal: "city\"><script>".to_owned(),
        agents: vec!["Portolan/1.0 (+https://portolan.example/about) <b>".to_owned()],
        contact: Some("https://portolan.example/about".to_owned()),
        total: traffic,
        hosts: vec![host],
        segments: vec!["a.warc.gz".to_owned()],
        remarks: vec!["The clock <was> set back.".to_owned()],
    }
}

#[track_caller]
fn html(receipt: &Receipt, city: &str) -> String {
    let mut out = Vec::new();
    write_html(receipt, city, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_servers_and_lists_say_does_not_become_markup() {
    let page = html(&receipt(), "Ville <img src=x onerror=alert(1)>");
    for markup in ["<script", "<img", "<b>\"", "<was>", " <b></code>"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("User-agent: *\nCrawl-delay: &lt;script&gt;alert(1)&lt;/script&gt;</code>"), "{page}");
    let mut evil = receipt();
    evil.contact = Some("javascript:alert(1)".to_owned());
    assert!(!html(&evil, "x").contains("javascript:"));
    assert!(html(&receipt(), "").contains("portal <bdi>city&quot;&gt;&lt;script&gt;</bdi>"));
}

#[test]
fn the_page_needs_nothing_else_and_runs_nothing() {
    let page = html(&receipt(), "City");
    for word in ["src=", "<link", "url(", "@import", "http-equiv", "<script"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn every_figure_stands_in_the_page() {
    let page = html(&receipt(), "City");
    for words in [
        "sent 3 requests to 1 server and read 1.3 kB of answers",
        "<td>1.3 kB (1,234 bytes)</td>",
        "<b>2.01 seconds</b><span>shortest pause",
        "<td>2.50 seconds</td>",
        "1 with status 429 <span class=\"small\">too many requests: slow down</span>",
        "4 × robots.txt asks us not to",
        "<b>4</b><span>pages left alone",
        "status 200 on 2026-11-23 05:30:00 UTC",
        "sha256:0707",
        "<code>a.warc.gz</code>",
        "run 5 of portal",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
}

#[test]
fn a_host_that_never_answered_has_reasons_and_no_times() {
    let mut silent = receipt();
    silent.hosts[0].traffic = Traffic { misses: BTreeMap::from([("dns".to_owned(), 1)]), ..Traffic::default() };
    silent.hosts[0].robots.clear();
    let page = html(&silent, "City");
    assert!(page.contains("1 × the name of the host is not known"), "{page}");
    assert!(!page.contains("First request"));
}
