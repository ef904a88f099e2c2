//! Any URL has a key and a shape; the key of an HTTP URL is a URL's with the same host, and that URL's key is the same.

#![no_main]

use crawl::{Aliases, key, shape};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    let base: Url = "https://www.city.org/dir/page?a=1".parse().expect("a URL");
    for url in [Url::parse(text), base.join(text)].into_iter().flatten() {
        check(&url);
    }
});

fn check(url: &Url) {
    let none = Aliases::default();
    let mut aliases = Aliases::default();
    aliases.add("www.city.org", "city.org");
    let once = key(url, &none);
    let shape = shape(url);
    assert!(!key(url, &aliases).0.is_empty());
    if !matches!(url.scheme(), "http" | "https") || !is_meaningful(url, &once.0) {
        return;
    }
    assert!(!shape.is_empty(), "{url} has no shape");
    let unfolded = unfold(&once.0).unwrap_or_else(|| panic!("`{}` stands for no URL", once.0));
    assert_eq!(key(&unfolded, &none), once, "the key of its own key");
    assert_eq!((unfolded.host_str(), unfolded.port()), (url.host_str().map(bare), url.port()), "{url} as {}", once.0);
    let twin = twin(url);
    assert_eq!(key(&twin, &none), once, "{url} and {twin} differ in what makes no difference");
}

fn bare(host: &str) -> &str {
    host.strip_suffix('.').unwrap_or(host)
}

/// Hosts with an empty label are in no name system; without its session, `/..;jsessionid=1` is a step up.
fn is_meaningful(url: &Url, key: &str) -> bool {
    let path = key.split_once(')').map_or("", |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default();
    let named = url.host_str().is_some_and(|host| bare(host).split('.').all(|label| !label.is_empty()));
    named && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// The URL that a key stands for.
fn unfold(key: &str) -> Option<Url> {
    let (scheme, rest) = key.split_once("://(")?;
    let (authority, rest) = rest.split_once(')')?;
    let (host, port) = match authority.rsplit_once(",:") {
        Some((host, port)) => (host, format!(":{port}")),
        None => (authority, String::new()),
    };
    let labels: Vec<&str> = host.trim_end_matches(',').split(',').rev().collect();
    format!("{scheme}://{}{port}{rest}", labels.join(".")).parse().ok()
}

/// The same page with a user name, a campaign and, unless it routes, another fragment.
fn twin(url: &Url) -> Url {
    let mut twin = url.clone();
    twin.set_username("someone").expect("HTTP URLs have users");
    let query = url.query().map_or("utm_source=mail".to_owned(), |query| format!("utm_source=mail&{query}"));
    twin.set_query(Some(&query));
    if !url.fragment().is_some_and(|fragment| fragment.starts_with(['!', '/'])) {
        twin.set_fragment(Some("top"));
    }
    twin
}
