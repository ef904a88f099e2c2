//! What a sitemap lists (sitemaps.org protocol 0.9; RSS 2.0, Atom and plain lists too). Untrusted input: nothing is
//! expanded, everything is bounded, and only URLs of the sitemap's own host count. How deep an index may nest is the
//! frontier's business.

use std::borrow::Cow;

use model::{Date, Time};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::decode::{self, DecodeLimits};
use crate::key::host_name;

/// URLs in one sitemap, as the protocol allows.
const MAX_URLS: usize = 50_000;
/// Bytes of one sitemap when unpacked, as the protocol allows.
const MAX_BYTES: usize = 50 * 1024 * 1024;
/// Elements within elements; the protocol needs three.
const MAX_DEPTH: usize = 32;
/// Bytes of a URL, as the protocol allows.
const MAX_URL: usize = 2_048;

/// What a sitemap lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages with the time they changed last, if it says.
    pub pages: Vec<(Url, Option<Time>)>,
    /// Further sitemaps.
    pub indexes: Vec<Url>,
    /// Whether something was left out: a limit was met, or the file breaks off.
    pub cut: bool,
    /// Entries left out because they are relative, malformed or on another host.
    pub refused: u32,
}

/// Reads a sitemap, gzipped or not. Never fails: what cannot be read is left out.
pub fn read(bytes: &[u8], base: &Url) -> Sitemap {
    let mut sitemap = Sitemap::default();
    let limits = DecodeLimits { max: MAX_BYTES, ..DecodeLimits::DEFAULT };
    let plain = if decode::is_gzip(bytes) { decode::gunzip(bytes, &limits).map(Cow::Owned) } else { Ok(Cow::Borrowed(bytes)) };
    let Ok(plain) = plain else {
        sitemap.cut = true;
        return sitemap;
    };
    sitemap.cut = plain.len() > MAX_BYTES;
    let text = text(&plain[..plain.len().min(MAX_BYTES)]);
    if text.trim_start().starts_with('<') {
        read_xml(&text, base, &mut sitemap);
    } else {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines {
            sitemap.add(&Listed { url: line.to_owned(), ..Listed::default() }, false, base);
        }
    }
    sitemap
}

/// One entry while it is being read.
#[derive(Debug, Default)]
struct Listed {
    url: String,
    modified: String,
}

/// Which text is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Url,
    Modified,
}

impl Sitemap {
    fn add(&mut self, listed: &Listed, index: bool, base: &Url) {
        let found = listed.url.trim();
        if self.pages.len() + self.indexes.len() >= MAX_URLS {
            self.cut = true;
            return;
        }
        let url = if found.len() <= MAX_URL { Url::parse(found).ok() } else { None };
        match url.filter(|url| is_at_home(url, base)) {
            Some(url) if index => self.indexes.push(url),
            Some(url) => self.pages.push((url, time(listed.modified.trim()))),
            None => self.refused += 1,
        }
    }
}

fn read_xml(text: &str, base: &Url, sitemap: &mut Sitemap) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut open: Vec<String> = Vec::new();
    let mut listed = Listed::default();
    loop {
        let event = reader.read_event();
        match event {
            Ok(Event::Start(start)) if open.len() < MAX_DEPTH => {
                note_link(&start, &open, &mut listed);
                open.push(local_name(start.local_name().as_ref()));
                if is_entry(open.last()) {
                    listed = Listed::default();
                }
            }
            Ok(Event::Empty(empty)) => note_link(&empty, &open, &mut listed),
            Ok(Event::End(end)) => {
                let name = local_name(end.local_name().as_ref());
                if let Some(at) = open.iter().rposition(|tag| *tag == name) {
                    if is_entry(open.get(at)) {
                        sitemap.add(&std::mem::take(&mut listed), name == "sitemap", base);
                    }
                    open.truncate(at);
                }
            }
            Ok(Event::Text(text)) => push(&open, &mut listed, &text.xml10_content()),
            Ok(Event::CData(text)) => push(&open, &mut listed, &text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.xml10_content();
                let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                let letter = letter.or_else(|| quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned));
                // An entity of the file's own is never expanded.
                push(&open, &mut listed, &letter.unwrap_or_else(|| format!("&{name};")));
            }
            Ok(Event::Eof) => {
                sitemap.cut |= !open.is_empty();
                return;
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Start(_)) | Err(_) => {
                sitemap.cut = true;
                return;
            }
        }
        if sitemap.pages.len() + sitemap.indexes.len() >= MAX_URLS {
            sitemap.cut = true;
            return;
        }
    }
}

fn local_name(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn is_entry(name: Option<&String>) -> bool {
    name.is_some_and(|name| matches!(name.as_str(), "url" | "sitemap" | "item" | "entry"))
}

/// Adds text to the field it stands in: a direct child of an entry, so that an image's `loc` is none of ours.
fn push(open: &[String], listed: &mut Listed, text: &str) {
    let [.., entry, field] = open else { return };
    if !is_entry(Some(entry)) {
        return;
    }
    let field = match field.as_str() {
        "loc" | "link" => Field::Url,
        "lastmod" | "pubdate" | "updated" => Field::Modified,
        _ => return,
    };
    let target = if field == Field::Url { &mut listed.url } else { &mut listed.modified };
    if target.len() + text.len() <= 2 * MAX_URL {
        target.push_str(text);
    }
}

/// Atom keeps the URL in an attribute: `<link rel="alternate" href="...">`.
fn note_link(start: &BytesStart<'_>, open: &[String], listed: &mut Listed) {
    if !is_entry(open.last()) || local_name(start.local_name().as_ref()) != "link" {
        return;
    }
    let value = |name: &str| {
        let attribute = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
        quick_xml::escape::unescape(&attribute.value).ok().map(Cow::into_owned)
    };
    let alternate = value("rel").is_none_or(|rel| rel == "alternate");
    if let Some(href) = value("href").filter(|_| alternate && listed.url.is_empty()) {
        listed.url = href;
    }
}

fn is_at_home(url: &Url, base: &Url) -> bool {
    let bare = |url: &Url| host_name(url).trim_start_matches("www.").to_owned();
    matches!(url.scheme(), "http" | "https") && bare(url) == bare(base)
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<_> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// A W3C date and time of any precision from the day on, or the date of an RSS item.
fn time(text: &str) -> Option<Time> {
    let day = || Date::try_from(text.get(..10)?.to_owned()).ok();
    let midnight = |day: Date| format!("{day}T00:00:00Z").parse().ok();
    let http = || httpdate::parse_http_date(&text.replace("+0000", "GMT")).ok().and_then(|time| Time::from_system(time).ok());
    text.parse().ok().or_else(|| day().and_then(midnight)).or_else(http)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: impl AsRef<[u8]>) -> Sitemap {
        read(text.as_ref(), &"https://www.city.org/sitemap.xml".parse().unwrap())
    }

    /// Pages with their day, then indexes in brackets.
    fn listed(sitemap: &Sitemap) -> Vec<String> {
        let pages = sitemap.pages.iter().map(|(url, time)| match time {
            Some(time) => format!("{url} {}", time.date()),
            None => url.to_string(),
        });
        pages.chain(sitemap.indexes.iter().map(|url| format!("[{url}]"))).collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(listed(&of(text)), expect, "{text}");
    }

    #[test]
    fn url_sets_and_indexes_are_read() {
        check(
            "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>
             <url><loc> https://city.org/a?x=1&amp;y=&#50; </loc><lastmod>2026-03-04T05:06+02:00</lastmod></url>
             <url><loc><![CDATA[https://www.city.org/b]]></loc><lastmod>2026-03-05</lastmod></url>
             <s:url><s:loc>http://www.city.org/c?a=1&b=2</s:loc><image:image><image:loc>https://www.city.org/i</image:loc></image:image></s:url>
             </urlset>",
            &["https://city.org/a?x=1&y=2 2026-03-04", "https://www.city.org/b 2026-03-05", "http://www.city.org/c?a=1&b=2"],
        );
        check(
            "<sitemapindex><sitemap><loc>https://www.city.org/s1.xml.gz</loc></sitemap></sitemapindex>",
            &["[https://www.city.org/s1.xml.gz]"],
        );
    }

    #[test]
    fn feeds_and_plain_lists_are_read() {
        check(
            "<rss><channel><link>https://www.city.org/</link><item><link>https://www.city.org/n1</link>
             <pubDate>Tue, 10 Jun 2025 04:00:00 +0000</pubDate></item></channel></rss>",
            &["https://www.city.org/n1 2025-06-10"],
        );
        check(
            "<feed><link href='https://www.city.org/'/><entry><link rel='self' href='https://www.city.org/x'/>
             <link href='https://www.city.org/n2?a=1&amp;b'/><updated>2026-01-02T00:00:00Z</updated></entry></feed>",
            &["https://www.city.org/n2?a=1&b 2026-01-02"],
        );
        check(
            "\u{FEFF}https://www.city.org/a\r\n\r\n https://www.city.org/b",
            &["https://www.city.org/a", "https://www.city.org/b"],
        );
    }

    #[test]
    fn relative_and_foreign_entries_are_refused() {
        let sitemap =
            of("<urlset><url><loc>/a</loc></url><url><loc>https://evil.example/</loc></url><url><loc>javascript:x</loc></url>
                          <url></url><url><loc>https://www.city.org/ok</loc></url></urlset>");
        assert_eq!((sitemap.pages.len(), sitemap.refused, sitemap.cut), (1, 4, false));
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'https://www.city.org/'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>
                    <urlset><url><loc>&a;</loc></url><url><loc>&f;</loc></url></urlset>";
        assert_eq!(listed(&of(bomb)), [""; 0]);
    }

    #[test]
    fn what_breaks_off_keeps_what_came_before() {
        let sitemap = of("<urlset><url><loc>https://www.city.org/a</loc></url><url><loc>https://www.ci");
        assert_eq!((listed(&sitemap), sitemap.cut), (vec!["https://www.city.org/a".to_owned()], true));
        assert!(of("<a>".repeat(100_000)).cut);
        assert_eq!(of("<html><body><a href='/x'>x</a></body></html>"), Sitemap::default());
    }

    #[test]
    fn no_more_urls_than_the_protocol_allows() {
        let entry = "<url><loc>https://www.city.org/a</loc></url>";
        let full = of(format!("<urlset>{}</urlset>", entry.repeat(50_001)));
        assert_eq!((full.pages.len(), full.cut), (50_000, true));
        let lines = of("https://www.city.org/a\n".repeat(50_001));
        assert_eq!((lines.pages.len(), lines.cut), (50_000, true));
    }

    #[test]
    fn gzip_is_told_by_its_first_bytes_and_broken_gzip_is_cut() {
        // `printf 'https://www.city.org/z' | gzip -n`
        let packed = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x01\x16\x00\xe9\xffhttps://www.city.org/z";
        let crc = crc32(b"https://www.city.org/z").to_le_bytes();
        let whole: Vec<u8> = packed.iter().copied().chain(crc).chain(22_u32.to_le_bytes()).collect();
        assert_eq!(listed(&of(&whole)), ["https://www.city.org/z"]);
        assert!(of(b"\x1f\x8b\x08\xff\xff\xff\xff").cut || of(b"\x1f\x8b\x08\xff\xff\xff\xff").pages.is_empty());
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }

    proptest! {
        #[test]
        fn anything_can_be_read(text in "(<|</|>|url|loc|entry|link href='|&|;|#x|<!\\[CDATA\\[|\\PC{0,4}){0,40}") {
            of(&text);
        }

        #[test]
        fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            of(&bytes);
        }
    }
}
