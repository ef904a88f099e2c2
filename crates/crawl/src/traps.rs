//! URLs that lead nowhere, told by the URL alone: endless paths, faceted parameters, calendars, files that are no
//! pages, and addresses that would do something. Which of them still matter is the business of [`Scope`](crate::Scope).

use std::collections::HashMap;

use model::Date;
use url::Url;

use crate::shape::parameter_names;

/// Bytes of a URL; longer ones are refused.
const MAX_LENGTH: usize = 2_048;
/// Segments of a path.
const MAX_SEGMENTS: usize = 12;
/// Parameters of a query.
const MAX_PARAMETERS: usize = 6;
/// How often one segment may stand in a path.
const MAX_REPEATS: usize = 2;

/// What a URL is by its file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A page, as far as one can tell.
    Page,
    /// A document or open data: worth a visit when its link says so.
    Document,
    /// An image, a film, a font, an archive, a script: never a page.
    Asset,
}

const DOCUMENTS: [&str; 22] = [
    "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "odt", "ods", "odp", "rtf", "csv", "tsv", "json",
    "geojson", "xml", "rdf", "rss", "atom", "txt",
];
const ASSETS: [&str; 69] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "psd", "ai", "eps", "mp3", "m4a", "wav",
    "ogg", "oga", "flac", "aac", "wma", "mp4", "m4v", "mov", "avi", "mkv", "webm", "ogv", "wmv", "flv", "mpg", "mpeg", "3gp",
    "m3u8", "woff", "woff2", "ttf", "otf", "eot", "zip", "rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "iso", "exe", "msi",
    "dmg", "apk", "ipa", "jar", "bin", "css", "js", "mjs", "map", "wasm", "ics", "vcf", "kml", "kmz", "gpx", "shp", "dwg", "swf",
];

/// What the file name of a URL says.
pub(crate) fn file_kind(url: &Url) -> FileKind {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        extension if DOCUMENTS.contains(&extension) => FileKind::Document,
        extension if ASSETS.contains(&extension) => FileKind::Asset,
        _ => FileKind::Page,
    }
}

/// The rule that keeps a URL from being visited, in words; none if there is nothing against it.
/// `day` is the day of the run.
pub(crate) fn trap(url: &Url, day: Date) -> Option<&'static str> {
    let segments: Vec<_> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let names: Vec<_> = parameter_names(url).collect();
    if url.as_str().len() > MAX_LENGTH {
        Some("longer than 2,048 bytes")
    } else if segments.len() > MAX_SEGMENTS {
        Some("path deeper than 12 segments")
    } else if names.len() > MAX_PARAMETERS {
        Some("more than 6 parameters")
    } else if repeats(&segments) > MAX_REPEATS {
        Some("a path segment stands there more than twice")
    } else if does_something(url, &segments) {
        Some("an action or another view of a page: log in or out, cart, print, share, calendar feed")
    } else if is_dated_away(url, &segments, day) {
        Some("dated more than two years back or one year ahead")
    } else {
        None
    }
}

fn repeats(segments: &[&str]) -> usize {
    let mut counts = HashMap::<_, usize>::new();
    for segment in segments {
        *counts.entry(segment).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

/// Whether the URL stands for an action or a second view rather than for a page of its own.
///
/// A log-in page as such is evidence for services; one with a way back exists once per page.
fn does_something(url: &Url, segments: &[&str]) -> bool {
    const AWAY: [&str; 6] = ["logout", "log-out", "signout", "sign-out", "logoff", "print"];
    const IN: [&str; 8] = ["login", "log-in", "signin", "sign-in", "wp-login.php", "login.aspx", "login.php", "register"];
    let is = |words: &[&str]| segments.iter().any(|segment| words.iter().any(|word| segment.eq_ignore_ascii_case(word)));
    is(&AWAY) || url.query_pairs().any(|(name, value)| acts(&name, &value) || (is(&IN) && goes_back(&name)))
}

fn acts(name: &str, value: &str) -> bool {
    let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    let alone = [
        "logout",
        "login",
        "signout",
        "add-to-cart",
        "add_to_cart",
        "addtocart",
        "add-to-wishlist",
        "replytocom",
        "share",
        "print",
        "printable",
        "ical",
        "outlook-ical",
        "webcal",
    ];
    let action = ["action", "do", "task", "cmd", "op", "mode", "view", "format", "type", "output", "tmpl"];
    let verbs = [
        "logout",
        "login",
        "edit",
        "print",
        "printable",
        "share",
        "add",
        "add-to-cart",
        "cart",
        "email",
        "ical",
        "ics",
        "webcal",
    ];
    alone.contains(&name.as_str()) || (action.contains(&name.as_str()) && verbs.contains(&value.as_str()))
}

fn goes_back(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["return", "redirect", "destination", "next", "back", "continue", "service", "goto", "ref"]
        .iter()
        .any(|word| name.starts_with(word))
}

/// Whether the path or a parameter names a month or a day far from the day of the run.
fn is_dated_away(url: &Url, segments: &[&str], day: Date) -> bool {
    let numbers: Vec<Option<u32>> = segments.iter().map(|segment| number(segment)).collect();
    let in_path = numbers.windows(2).filter_map(|pair| month_of(pair[0]?, pair[1]?));
    let in_segment = segments.iter().filter_map(|segment| written_date(segment));
    let parameters: Vec<_> = url.query_pairs().collect();
    let in_value = parameters.iter().filter_map(|(_, value)| written_date(value));
    let as_year = parameters.iter().filter(|(name, _)| is_year_name(name)).filter_map(|(_, value)| month_of(number(value)?, 6));
    in_path.chain(in_segment).chain(in_value).chain(as_year).any(|date| !(-730..=366).contains(&date.days_since(day)))
}

fn is_year_name(name: &str) -> bool {
    ["year", "yr", "jahr", "annee", "ano", "anno", "cal_year", "tribe-year"].iter().any(|word| name.eq_ignore_ascii_case(word))
}

fn number(text: &str) -> Option<u32> {
    let short = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if short { text.parse().ok() } else { None }
}

/// The middle of a month, if the numbers can be a year and a month.
fn month_of(year: u32, month: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1800..=9999).contains(year))?;
    Date::new(year, u8::try_from(month).ok()?, 15)
}

/// The day at the start of a text like `2026-11-23`, `2026-11` or `20261123`.
fn written_date(text: &str) -> Option<Date> {
    let parts: Vec<_> = text.splitn(4, ['-', '_', '.', 'T']).collect();
    match parts.as_slice() {
        [day] if day.len() == 8 => {
            let day = number(day)?;
            month_of(day / 10_000, day / 100 % 100).filter(|_| (1..=31).contains(&(day % 100)))
        }
        [year, month, ..] if year.len() == 4 && month.len() == 2 => month_of(number(year)?, number(month)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(path: &str) -> Option<&'static str> {
        trap(&format!("https://city.org/{path}").parse().unwrap(), Date::new(2026, 8, 1).unwrap())
    }

    #[track_caller]
    fn check(path: &str, expect: &str) {
        assert!(of(path).is_some_and(|rule| rule.contains(expect)), "{path}: {:?}", of(path));
    }

    #[track_caller]
    fn passes(path: &str) {
        assert_eq!(of(path), None, "{path}");
    }

    #[test]
    fn endless_urls_are_refused_just_past_each_limit() {
        passes(&"a".repeat(2_048 - "https://city.org/".len()));
        check(&"a".repeat(2_049 - "https://city.org/".len()), "2,048");
        passes("1/2/3/4/5/6/7/8/9/10/11/12");
        check("1/2/3/4/5/6/7/8/9/10/11/12/13", "12 segments");
        passes("?a=1&b=1&c=1&d=1&e=1&f=1");
        check("?a=1&b=1&c=1&d=1&e=1&f=1&g=1", "6 parameters");
        passes("news/x/news");
        check("news/x/news/y/news", "more than twice");
    }

    #[test]
    fn actions_are_not_pages_but_a_log_in_page_is() {
        for path in
            ["logout", "a/print", "a?action=print", "a?print=1", "shop?add-to-cart=7", "a?share=facebook", "events?ical=1"]
        {
            check(path, "action");
        }
        check("login?returnUrl=%2Fa", "action");
        passes("login");
        passes("services?type=permit&action=renew");
        passes("documents/print-shop");
    }

    #[test]
    fn calendars_end_two_years_back_and_one_ahead() {
        for path in ["cal/2019/05", "cal/2031-01-01", "cal?date=7749-01-01", "cal?year=2030&month=1", "cal?d=20200101"] {
            check(path, "dated");
        }
        for path in
            ["cal/2026/05", "cal/2027-06-01", "cal?year=2025", "budget/2019", "form-1040", "a/3000/12000", "cal/2026-99-99"]
        {
            passes(path);
        }
    }

    #[test]
    fn files_are_told_by_their_extension() {
        let kind = |path: &str| file_kind(&format!("https://city.org/{path}").parse().unwrap());
        assert_eq!(kind("a.PDF?x=1"), FileKind::Document);
        assert_eq!(kind("a/logo.svg"), FileKind::Asset);
        assert_eq!(kind("index.php"), FileKind::Page);
        assert_eq!(kind("v2.js/readme"), FileKind::Page);
    }

    proptest! {
        #[test]
        fn any_url_can_be_asked(path in "\\PC{0,60}|[0-9_.T-]{0,20}/[0-9?=&-]{0,30}") {
            if let Ok(url) = format!("https://x.org/{path}").parse() {
                trap(&url, Date::new(2026, 8, 1).unwrap());
            }
        }
    }
}
