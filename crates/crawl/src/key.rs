//! Identity of URLs: two URLs with one key are the same page. The key is compared, never fetched.

use std::borrow::Cow;

use model::UrlKey;
use url::{Host, Url};

use crate::Aliases;

/// The identity of a URL, as a SURT so that a host with all below it is one range of keys:
/// `https://(org,example,www,)/path?a=1&b=2`.
///
/// Letter case, dots at the end of the host, default ports, user names, spellings of percent triplets, order of
/// parameters, session and tracking parameters and plain fragments make no difference. Scheme and host names do,
/// unless `aliases` knows the host. `url` itself is left alone: it is what gets fetched.
pub fn key(url: &Url, aliases: &Aliases) -> UrlKey {
    let Some(host) = url.host() else { return UrlKey(url.as_str().into()) };
    let (scheme, authority) = authority(url, &host, aliases);
    let mut key = format!("{scheme}://({authority}){}", path(url.path()));
    let query = query(url.query().unwrap_or_default());
    if !query.is_empty() {
        key.push('?');
        key.push_str(&query);
    }
    if let Some(route) = url.fragment().filter(|fragment| fragment.starts_with(['!', '/'])) {
        key.push('#');
        key.push_str(&normal(route));
    }
    UrlKey(key.into())
}

/// The host of a URL as it is compared everywhere: ASCII, lower case, no trailing dot; brackets around IPv6.
pub(crate) fn host_name(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_suffix('.').unwrap_or(host)
}

fn authority<'a>(url: &'a Url, host: &Host<&str>, aliases: &Aliases) -> (&'a str, String) {
    let name = host_name(url);
    let known = aliases.canonical(name);
    let scheme = if known.is_some() && url.scheme() == "http" { "https" } else { url.scheme() };
    let name = known.unwrap_or(name);
    let mut surt = match host {
        Host::Domain(_) => name.rsplit('.').fold(String::new(), |surt, name| surt + &label(name) + ","),
        Host::Ipv4(_) | Host::Ipv6(_) => name.to_owned(),
    };
    if let Some(port) = url.port() {
        surt.push_str(&format!(":{port}"));
    }
    (scheme, surt)
}

/// A label without the marks of the authority's own form. No name system has such labels, but a URL may.
fn label(text: &str) -> Cow<'_, str> {
    if text.contains([',', ')']) { text.replace(',', "%2C").replace(')', "%29").into() } else { text.into() }
}

fn path(path: &str) -> String {
    let path = normal(path);
    let segments: Vec<_> = path.split('/').map(without_session).collect();
    segments.join("/")
}

/// A path segment up to its session parameter, as in `page.do;jsessionid=0A1B`.
fn without_session(segment: &str) -> &str {
    let cut = segment.char_indices().filter(|(_, c)| *c == ';').map(|(at, _)| at);
    let mark = b";jsessionid=";
    let session = |at: &usize| segment.as_bytes()[*at..].get(..mark.len()).is_some_and(|s| s.eq_ignore_ascii_case(mark));
    cut.into_iter().find(session).map_or(segment, |at| &segment[..at])
}

fn query(query: &str) -> String {
    let mut parameters: Vec<(Cow<'_, str>, Cow<'_, str>)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_at(pair.find('=').unwrap_or(pair.len()));
            (normal(name), normal(value))
        })
        .filter(|(name, value)| !is_noise(name, value.trim_start_matches('=')))
        .collect();
    // Stable, so that repeats of one name keep their order: `tag=b&tag=a` may mean something else than `tag=a&tag=b`.
    parameters.sort_by(|a, b| a.0.cmp(&b.0));
    let pairs: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}{value}")).collect();
    pairs.join("&")
}

/// Whether a parameter carries a session or a campaign rather than a choice of content.
fn is_noise(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let session = ["jsessionid", "phpsessid", "cfid", "cftoken", "gclid", "fbclid"].contains(&name.as_str());
    let hash = || value.len() == 32 && value.bytes().all(|b| b.is_ascii_hexdigit());
    session || name.starts_with("aspsessionid") || name.starts_with("utm_") || (name == "sid" && hash())
}

/// Percent triplets in upper case, unreserved ones decoded (RFC 3986 §6.2.2); a lone `%` becomes `%25`.
pub(crate) fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let triplet = if byte == b'%' { triplet(&bytes[at + 1..]) } else { None };
        match triplet {
            Some(octet) if is_unreserved(octet) => out.push(char::from(octet)),
            Some(octet) => push_triplet(&mut out, octet),
            None if byte == b'%' || !byte.is_ascii() => push_triplet(&mut out, byte),
            None => out.push(char::from(byte)),
        }
        at += if triplet.is_some() { 3 } else { 1 };
    }
    Cow::Owned(out)
}

/// The octet that two hexadecimal digits at the start of `rest` stand for.
pub(crate) fn triplet(rest: &[u8]) -> Option<u8> {
    let digit = |at: usize| rest.get(at).and_then(|b| char::from(*b).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Appends `%` and two upper-case hexadecimal digits.
pub(crate) fn push_triplet(out: &mut String, octet: u8) {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    out.extend(['%', DIGITS[usize::from(octet >> 4)], DIGITS[usize::from(octet & 15)]]);
}

/// Characters that mean the same with and without a percent triplet (RFC 3986 §2.3).
pub(crate) fn is_unreserved(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(url: &str) -> String {
        let mut aliases = Aliases::default();
        aliases.add("www.city.org", "city.org");
        key(&url.parse().unwrap(), &aliases).0.to_string()
    }

    #[track_caller]
    fn same(urls: &[&str]) {
        for url in urls {
            assert_eq!(of(url), of(urls[0]), "{url}");
        }
    }

    #[track_caller]
    fn different(urls: &[&str]) {
        for (i, url) in urls.iter().enumerate() {
            for other in &urls[i + 1..] {
                assert_ne!(of(url), of(other), "{url} and {other}");
            }
        }
    }

    #[test]
    fn a_key_reads_from_the_top_of_the_host_down() {
        assert_eq!(of("http://a.example.org:8080/x?b=2&a=1#top"), "http://(org,example,a,:8080)/x?a=1&b=2");
        assert_eq!(of("https://[::1]/"), "https://([::1])/");
        assert_eq!(of("https://192.0.2.7/"), "https://(192.0.2.7)/");
    }

    #[test]
    fn spellings_of_one_address_share_a_key() {
        same(&["https://x.org/", "HTTPS://X.ORG", "https://x.org.:443/", "https://user:pw@x.org/?", "https://x.org/#top"]);
        same(&["https://x.org/%7euser/%c3%a9", "https://x.org/~user/é", "https://x.org/a/../%7Euser/%C3%A9"]);
        same(&["https://bücher.org/", "https://xn--bcher-kva.org/"]);
        same(&["https://x.org/?b=2&a=1", "https://x.org/?a=1&b=2", "https://x.org/?a=1&&b=2&"]);
    }

    #[test]
    fn sessions_and_campaigns_make_no_difference() {
        let sid = "0123456789abcdef0123456789abcdef";
        same(&[
            "https://x.org/p?id=1",
            "https://x.org/p;jsessionid=0A?id=1",
            "https://x.org/p;%6AsessionID=0A?id=1",
            "https://x.org/p?id=1&PHPSESSID=q&ASPSESSIONIDQA=1&CFID=1&CFTOKEN=2&gclid=x&fbclid=y",
            "https://x.org/p?utm_source=mail&id=1&utm_medium=z",
            &format!("https://x.org/p?id=1&sid={sid}"),
        ]);
    }

    #[test]
    fn only_verified_aliases_merge_hosts_and_schemes() {
        same(&["http://city.org/a", "https://www.city.org/a", "https://city.org/a"]);
        different(&["http://other.org/", "https://other.org/", "https://www.other.org/", "https://city.org/"]);
    }

    #[test]
    fn what_may_be_another_page_keeps_its_own_key() {
        different(&["https://x.org/a", "https://x.org/a/", "https://x.org/A", "https://x.org/a%2Fb", "https://x.org/a/b"]);
        different(&["https://x.org/a", "https://x.org/a?b", "https://x.org/a?t=1&t=2", "https://x.org/a?t=2&t=1"]);
        different(&[
            "https://x.org/a",
            "https://x.org/a?sid=7",
            "https://x.org/a#!/r",
            "https://x.org/a#/r",
            "https://x.org:444/a",
        ]);
    }

    #[test]
    fn a_comma_in_a_host_is_no_dot() {
        different(&["https://a,b/", "https://b.a/", "https://b/", "https://b)a/", "https://a,b.org/"]);
        assert_eq!(of("https://a,b.c)d/"), "https://(c%29d,a%2Cb,)/");
    }

    /// The URL that a key would stand for, to show that a key is its own key.
    fn unfold(key: &str) -> Url {
        let (scheme, rest) = key.split_once("://(").unwrap();
        let (authority, rest) = rest.split_once(')').unwrap();
        let (host, port) = match authority.rsplit_once(",:") {
            Some((host, port)) => (host, format!(":{port}")),
            None => (authority, String::new()),
        };
        let labels: Vec<_> = host.trim_end_matches(',').split(',').rev().collect();
        format!("{scheme}://{}{port}{rest}", labels.join(".")).parse().unwrap()
    }

    proptest! {
        #[test]
        fn any_reference_has_a_key(text in "\\PC{0,80}") {
            let base: Url = "https://x.org/dir/".parse().unwrap();
            if let Ok(url) = base.join(&text) {
                key(&url, &Aliases::default());
            }
        }

        #[test]
        fn a_key_is_its_own_key(path in "(/([a-z~;]|%[0-9a-fA-F]{2}|é| ){0,8}){0,4}", query in "(&?[a-c%é]{1,3}(=[a-z%2]{0,4})?){0,5}") {
            let url: Url = format!("http://www.city.org:81{path}?{query}#x").parse().unwrap();
            let once = key(&url, &Aliases::default());
            prop_assert_eq!(&key(&unfold(&once.0), &Aliases::default()), &once);
        }

        #[test]
        fn the_order_of_parameters_does_not_matter(names in proptest::collection::btree_set("[a-z]{1,4}", 1..6), turn in 0usize..6) {
            let sorted: Vec<_> = names.iter().map(|name| format!("{name}=1")).collect();
            let mut turned = sorted.clone();
            turned.rotate_left(turn % sorted.len());
            prop_assert_eq!(of(&format!("https://x.org/?{}", turned.join("&"))), of(&format!("https://x.org/?{}", sorted.join("&"))));
        }
    }
}
