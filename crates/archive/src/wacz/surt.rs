//! The sort key of a URL in an index, as other tools compute it, so that they find our pages: the host turned round and
//! without `www`, everything in lower case, queries in order, session identifiers left out.
//!
//! These are the rules of the Internet Archive's canonicalizer as pywb and cdxj-indexer apply them. They say nothing
//! about which pages are the same; only lookups use them.

use std::borrow::Cow;

use url::{Host, Url};

/// Bytes besides letters and digits that stand unescaped in a key.
const PLAIN: &[u8] = b"!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// The sort key of a URL.
pub fn surt(url: &Url) -> String {
    let Some(host) = url.host() else {
        let opaque = escape(&unescape(url.path().as_bytes())).to_ascii_lowercase();
        return format!("{}:{opaque}{}", url.scheme(), query(url.query()));
    };
    let host = match host {
        Host::Ipv6(address) => address.to_string(),
        host => host.to_string().replace("..", ".").trim_matches('.').to_owned(),
    };
    let host: Vec<&str> = without_www(&host).rsplit('.').collect();
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    format!("{}{port}){}{}", host.join(","), path(url.path()), query(url.query()))
}

/// `www.`, `www2.` and the like.
fn without_www(host: &str) -> &str {
    let rest = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host)
}

fn path(raw: &str) -> String {
    let plain = unescape(raw.as_bytes());
    let mut kept: Vec<&[u8]> = Vec::new();
    for part in plain.split(|byte| *byte == b'/').skip(1) {
        match part {
            b"." => {}
            b".." if !kept.is_empty() => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    let last = kept.pop().unwrap_or_default();
    let mut path = b"/".to_vec();
    for part in kept.iter().filter(|part| !part.is_empty()) {
        path.extend(*part);
        path.push(b'/');
    }
    path.extend(last);
    let path = escape(&path).to_ascii_lowercase();
    let path = without_session_folder(&path);
    match path.strip_suffix('/') {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => path.into_owned(),
    }
}

/// With its question mark; nothing if there is none.
fn query(raw: Option<&str>) -> String {
    let Some(raw) = raw.filter(|raw| !raw.is_empty()) else { return String::new() };
    let query = without_session(escape(&unescape(raw.as_bytes()))).to_ascii_lowercase();
    if query.is_empty() {
        return query;
    }
    let mut pairs: Vec<(&str, Option<&str>)> =
        query.split('&').map(|pair| pair.split_once('=').map_or((pair, None), |(name, value)| (name, Some(value)))).collect();
    pairs.sort_unstable();
    let pairs = pairs.into_iter().map(|(name, value)| match value {
        Some(value) => Cow::Owned(format!("{name}={value}")),
        None => Cow::Borrowed(name),
    });
    format!("?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Without escapes, and without those that come to light when others are taken away.
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        out.push(*byte);
        // What an escape gave may be the end of another one.
        while let Some([b'%', high, low]) = out.last_chunk::<3>()
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            out.truncate(out.len() - 3);
            out.push(high << 4 | low);
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn escape(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            byte if byte.is_ascii_alphanumeric() || PLAIN.contains(byte) => out.push(char::from(*byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Leaves out a folder that old ASP.NET servers kept a session in: `/(s(24 letters or digits))/page.aspx`, also without
/// the inner brackets.
fn without_session_folder(path: &str) -> Cow<'_, str> {
    let mut path = Cow::Borrowed(path);
    for is_session in [is_named_session as fn(&str) -> bool, is_plain_session] {
        let places: Vec<usize> = path.match_indices('/').map(|(at, _)| at + 1).collect();
        let found = places.into_iter().rev().find_map(|at| {
            let (_, rest) = path[at..].split_once('/').filter(|(folder, _)| is_session(folder))?;
            let page = rest.match_indices(".aspx").find(|(at, _)| *at > 0)?.0;
            (!rest[..page].contains('?')).then(|| format!("{}{rest}", &path[..at]))
        });
        if let Some(found) = found {
            path = Cow::Owned(found);
        }
    }
    path
}

fn is_plain_session(folder: &str) -> bool {
    let inner = folder.strip_prefix('(').and_then(|folder| folder.strip_suffix(')'));
    inner.is_some_and(|inner| inner.len() == 24 && inner.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_named_session(folder: &str) -> bool {
    let inner = folder.strip_prefix('(').and_then(|folder| folder.strip_suffix(')')).unwrap_or_default();
    let part = |part: &[u8]| part[0].is_ascii_alphabetic() && std::str::from_utf8(&part[1..]).is_ok_and(is_plain_session);
    !inner.is_empty() && inner.len().is_multiple_of(27) && inner.as_bytes().chunks(27).all(part)
}

/// Leaves out session identifiers that servers put into queries.
fn without_session(mut query: String) -> String {
    type Length = fn(&str) -> Option<usize>;
    let shapes: [Length; 5] = [
        |text| fixed(text, "jsessionid=", 32, u8::is_ascii_alphanumeric),
        |text| fixed(text, "phpsessid=", 32, u8::is_ascii_alphanumeric),
        |text| fixed(text, "sid=", 32, u8::is_ascii_alphanumeric),
        |text| {
            let name = fixed(text, "aspsessionid", 8, u8::is_ascii_alphabetic)?;
            Some(name + fixed(&text[name..], "=", 24, u8::is_ascii_alphabetic)?)
        },
        |text| {
            let first = starts(text, "cfid=").then(|| text.find('&')).flatten().filter(|first| *first > 5)?;
            let second = &text[first + 1..];
            let length = second.find('&').unwrap_or(second.len());
            (length > 8 && starts(second, "cftoken=")).then_some(first + 1 + length)
        },
    ];
    for shape in shapes {
        // The last place where it fits, as the greedy start of the usual expressions finds it.
        let found = (0..query.len()).rev().find_map(|at| {
            let end = at + shape(&query[at..])?;
            match query.as_bytes().get(end) {
                None => Some(query[..at].to_owned()),
                Some(b'&') => Some(format!("{}{}", &query[..at], &query[end + 1..])),
                Some(_) => None,
            }
        });
        query = found.unwrap_or(query);
    }
    query
}

/// The length of `name` and so many bytes of a kind behind it, if the text starts so.
fn fixed(text: &str, name: &str, count: usize, kind: fn(&u8) -> bool) -> Option<usize> {
    let end = name.len() + count;
    let value = text.as_bytes().get(name.len()..end)?;
    (starts(text, name) && value.iter().all(kind)).then_some(end)
}

fn starts(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the `surt` package 0.3.1 gives.
    #[test]
    fn keys_are_those_of_other_tools() {
        let session = "0123456789abcdef0123456789ABCDEF";
        let cases = [
            ("https://www.city.example/", "example,city)/"),
            ("http://www2.City.example:8080/A/B/?b=2&a=1&A=0", "example,city:8080)/a/b?a=0&a=1&b=2"),
            ("https://city.example:443/a//b/./c/../?", "example,city)/a/b"),
            ("https://user:pw@city.example/%7Ea/%2541?x=%2520&y#top", "example,city)/~a/a?x=%20&y"),
            ("https://wwwx.example/", "example,wwwx)/"),
            ("http://192.0.2.7/", "7,2,0,192)/"),
            ("http://[2001:db8::1]:81/", "2001:db8::1:81)/"),
            ("https://stadt.example/straße?q=ä", "example,stadt)/stra%c3%9fe?q=%c3%a4"),
            ("https://a.example/?b&a=&a", "example,a)/?a&a=&b"),
            ("https://a.example/?", "example,a)/"),
            ("https://a.example/(S(abcdefghijklmnopqrstuvwx))/p.aspx", "example,a)/p.aspx"),
            ("https://a.example/(abcdefghijklmnopqrstuvwx)/p.aspx?x", "example,a)/p.aspx?x"),
            ("https://a.example/?cfid=1&cftoken=2&z=1", "example,a)/?z=1"),
            ("urn:portolan:rows:1:Visit:1", "urn:portolan:rows:1:visit:1"),
        ];
        for (url, key) in cases {
            assert_eq!(surt(&Url::parse(url).unwrap()), key, "{url}");
        }
        let url = Url::parse(&format!("https://a.example/?x=1&PHPSESSID={session}&b=2")).unwrap();
        assert_eq!(surt(&url), "example,a)/?b=2&x=1");
        let url = Url::parse(&format!("https://a.example/?x=1&sid={session}")).unwrap();
        assert_eq!(surt(&url), "example,a)/?&x=1");
    }
}
