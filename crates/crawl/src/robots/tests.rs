//! Cases after RFC 9309, with the section each shows.

use std::time::{Duration, Instant};

use super::*;

const AGENT: &str = "Portolan/0.1 (+https://example.org/)";

/// A file, a path, and the line that must decide: `+3` allowed by line 3, `-3` forbidden by it, `+` or `-` by none.
#[track_caller]
fn check(file: &str, path: &str, expect: &str) {
    let verdict = Rules::parse(file, AGENT).verdict(path);
    let line = verdict.line.map(|line| line.to_string()).unwrap_or_default();
    assert_eq!(format!("{}{line}", if verdict.allowed { "+" } else { "-" }), expect, "{path} by\n{file}");
}

/// The same for rules in a group for everyone; lines count from the first rule.
#[track_caller]
fn rules(rules: &str, cases: &[(&str, &str)]) {
    for (path, expect) in cases {
        let verdict = Rules::parse(&format!("User-agent: *\n{rules}"), AGENT).verdict(path);
        let line = verdict.line.map(|line| (line - 1).to_string()).unwrap_or_default();
        assert_eq!(&format!("{}{line}", if verdict.allowed { "+" } else { "-" }), expect, "{path} by\n{rules}");
    }
}

#[test]
fn the_longest_match_in_octets_decides_and_allow_wins_ties() {
    // §2.2.2
    rules("Disallow: /", &[("/", "-1"), ("/a?b", "-1"), ("/robots.txt", "+")]);
    rules("Disallow: /a\nAllow: /a/b", &[("/a", "-1"), ("/a/b", "+2"), ("/abc", "-1"), ("/b", "+"), ("/A", "+")]);
    rules("Allow: /p\nDisallow: /p", &[("/page", "+1")]);
    rules("Disallow: /p\nAllow: /p", &[("/page", "+2")]);
    // §5.2: the longest match wins over the broader one.
    rules("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", &[("/example/page/disallowed.gif", "-2")]);
    // §2.2.2: an empty path is no rule.
    rules("Disallow:", &[("/a", "+")]);
    rules("Disallow:\nAllow:", &[("/a", "+")]);
}

#[test]
fn wildcards_match_as_municipal_sites_mean_them() {
    // §2.2.3
    rules("Disallow: /*.pdf$", &[("/a.b.pdf", "-1"), ("/a.pdf?x", "+"), ("/a.pdfx", "+"), ("/pdf", "+")]);
    rules("Disallow: /*/print", &[("/a/b/print", "-1"), ("/print", "+"), ("/a/printer", "-1")]);
    rules("Disallow: /*&sort=", &[("/list?page=2&sort=asc", "-1"), ("/list?sort=asc", "+")]);
    rules("Disallow: /*?*", &[("/a?", "-1"), ("/a?b=c", "-1"), ("/a", "+")]);
    rules("Disallow: /a*b*c", &[("/aXbYbZc", "-1"), ("/acb", "+"), ("/abc", "-1")]);
    rules("Disallow: /$", &[("/", "-1"), ("/a", "+")]);
    rules("Disallow: *", &[("/", "-1"), ("/a", "-1")]);
    rules("Disallow: *.aspx", &[("/x.aspx?a", "-1")]);
    rules("Disallow: /a$b", &[("/a$b", "-1"), ("/a", "+")]);
    rules("Disallow: /ab*ab$", &[("/ab", "+"), ("/abab", "-1"), ("/abxab", "-1")]);
    rules("Disallow: /a***b", &[("/ab", "-1"), ("/axb", "-1")]);
    rules("Allow: /*.js$\nDisallow: /core/", &[("/core/a.js", "+1"), ("/core/a", "-2")]);
    rules("Allow: /*.js$\nDisallow: /core/x", &[("/core/x.js", "-2"), ("/core/a.js", "+1")]);
}

#[test]
fn triplets_and_bare_octets_are_one_spelling() {
    // §2.2.2, table of examples
    rules("Disallow: /foo/bar?baz=https://foo.bar", &[("/foo/bar?baz=https%3A%2F%2Ffoo.bar", "-1")]);
    rules("Disallow: /foo/bar/ツ", &[("/foo/bar/%E3%83%84", "-1"), ("/foo/bar/%e3%83%84", "-1")]);
    rules("Disallow: /foo/bar/%e3%83%84", &[("/foo/bar/%E3%83%84", "-1")]);
    rules("Disallow: /foo/bar/%62%61%7A", &[("/foo/bar/baz", "-1")]);
    rules("Disallow: /%7Euser", &[("/~user", "-1"), ("/%7euser", "-1")]);
    rules("Disallow: /a%2Fb", &[("/a%2fb", "-1"), ("/a/b", "+")]);
    // §2.2.3: special characters as literals
    rules("Disallow: /path/file-with-a-%2A.html", &[("/path/file-with-a-*.html", "-1"), ("/path/file-with-a-x.html", "+")]);
    rules("Disallow: /path/foo-%24", &[("/path/foo-$", "-1"), ("/path/foo-", "+")]);
    // A lone percent sign stands for itself.
    rules("Disallow: /100%-free", &[("/100%-free", "-1"), ("/100%25-free", "-1"), ("/100free", "+")]);
    rules("Disallow: /München", &[("/M%C3%BCnchen/amt", "-1")]);
}

#[test]
fn groups_of_our_name_are_merged_and_shut_out_the_others() {
    // §2.2.1
    check("User-agent: *\nDisallow: /a\nUser-agent: portolan\nDisallow: /b", "/a", "+");
    check("User-agent: *\nDisallow: /a\nUser-agent: portolan\nDisallow: /b", "/b", "-4");
    check("User-agent: PORTOLAN\nDisallow: /a\n\nUser-agent: x\nDisallow: /x\n\nUser-agent: Portolan\nDisallow: /b", "/a", "-2");
    check("User-agent: PORTOLAN\nDisallow: /a\n\nUser-agent: x\nDisallow: /x\n\nUser-agent: Portolan\nDisallow: /b", "/b", "-8");
    check("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", "-4");
    check("User-agent: portolan-news\nDisallow: /", "/", "+");
    check("User-agent: portolanbot\nDisallow: /", "/", "+");
    check("User-agent: Portolan/1.0\nDisallow: /", "/", "-2");
    check("User-agent: x\nUser-agent: portolan\nDisallow: /", "/", "-3");
    check("User-agent: portolan\nDisallow:\nUser-agent: *\nDisallow: /", "/", "+");
    check("User-agent: portolan\n\nUser-agent: *\nDisallow: /", "/", "-4");
    // §2.2.1: rules before any agent speak to nobody.
    check("Disallow: /\nUser-agent: *\nAllow: /a", "/b", "+");
}

#[test]
fn other_records_do_not_end_a_group() {
    // §2.2.4
    let sitemap_between = "User-agent: *\nSitemap: https://x.org/s.xml\nDisallow: /a\nCrawl-delay: 1\nDisallow: /b";
    check(sitemap_between, "/a", "-3");
    check(sitemap_between, "/b", "-5");
    check("User-agent: portolan\nHost: x.org\nUser-agent: y\nDisallow: /a", "/a", "-4");
}

#[test]
fn files_as_they_are_found() {
    // §2.2 and §2.3: marks, line ends, comments, spaces, spellings
    check("\u{FEFF}User-agent: *\nDisallow: /a", "/a", "-2");
    check("User-agent: *\rDisallow: /a\r", "/a", "-2");
    check("User-agent: *\r\n\r\nDisallow: /a\r\n", "/a", "-3");
    check("# Disallow: /b\nUSER-AGENT:*\n  disallow :  /a  # why", "/a", "-3");
    check("User agent: *\nDissallow: /a", "/a", "-2");
    check("User-agent: *\nDisallow /a", "/a", "-2");
    check("<!DOCTYPE html>\n<html><body>User-agent: *</body></html>", "/a", "+");
    check("", "/a", "+");
    check(&format!("User-agent: *\nDisallow: /{}\nDisallow: /b", "é".repeat(20_000)), "/b", "-3");
    check(&format!("User-agent: *\n#{}\nDisallow: /b", "x".repeat(100_000)), "/b", "-3");
    check("User-agent: *\nDisallow: admin/", "/admin/", "+");
}

#[test]
fn delays_are_read_with_fractions_from_the_group_that_counts() {
    let delay = |file: &str| Rules::parse(file, AGENT).crawl_delay();
    assert_eq!(delay("User-agent: *\nCrawl-delay: 0.5"), Some(Duration::from_millis(500)));
    assert_eq!(
        delay("User-agent: *\nCrawl-delay: 9\nUser-agent: portolan\nCrawl-delay: 3 # s\nDisallow: /x"),
        Some(Duration::from_secs(3))
    );
    assert_eq!(delay("User-agent: *\nCrawl-delay: 9\nDisallow: /x\nUser-agent: portolan\nDisallow: /x"), None);
    for nonsense in ["", "-1", "NaN", "inf", "1e300", "soon"] {
        assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {nonsense}")), None, "{nonsense}");
    }
}

#[test]
fn sitemaps_count_wherever_they_stand() {
    let rules = Rules::parse("Sitemap: https://x.org/a.xml\nUser-agent: y\nSitemap: /b.xml\nDisallow: /", AGENT);
    assert_eq!(rules.sitemaps(), ["https://x.org/a.xml", "/b.xml"]);
}

#[test]
fn twenty_thousand_wildcard_rules_are_no_trouble() {
    let rule = |n: u32| format!("Disallow: /*a*a*a*a*a*a*a*{n}$\n");
    let file: String = std::iter::once("User-agent: *\n".to_owned()).chain((0..20_000).map(rule)).collect();
    let start = Instant::now();
    let rules = Rules::parse(&file, AGENT);
    assert!(rules.verdict(&format!("/{}", "a".repeat(2_000))).allowed);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn without_wildcards_the_named_crate_agrees() {
    for (file, path) in [
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c"),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c"),
        ("User-agent: portolan\nAllow: /\nUser-agent: *\nDisallow: /", "/x"),
        ("User-agent: *\nDisallow: /x%c3%a9", "/xé"),
        ("User-agent: y\nDisallow: /", "/x"),
    ] {
        let url = url::Url::parse("https://x.org").unwrap().join(path).unwrap();
        let theirs = robotstxt::DefaultMatcher::default().one_agent_allowed_by_robots(file, "portolan", url.as_str());
        assert_eq!(Rules::parse(file, AGENT).verdict(url.path()).allowed, theirs, "{path} by\n{file}");
    }
}

proptest::proptest! {
    #[test]
    fn any_file_is_read(file in "((User-agent|Allow|Disallow|Sitemap|Crawl-delay|\\PC{0,5})[: ]\\PC{0,20}[\r\n]{1,2}){0,12}", path in "/\\PC{0,20}") {
        Rules::parse(&file, AGENT).verdict(&path);
    }
}
