//! What kind of document an answer is: by its first bytes, then by what the header says, then by the file name.

use model::PageKind;
use url::Url;

/// The kind of a document.
pub(crate) fn sniff(url: &Url, content_type: Option<&str>, body: &[u8]) -> PageKind {
    let mime = content_type.map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let mime = mime.as_deref().unwrap_or_default();
    let named = by_mime(mime);
    by_magic(body, named, url).or(named).or_else(|| by_extension(url)).unwrap_or_else(|| by_look(body))
}

/// What the bytes plainly are, whatever the header says.
fn by_magic(body: &[u8], named: Option<PageKind>, url: &Url) -> Option<PageKind> {
    const MEDIA: [&[u8]; 9] =
        [b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"ID3", b"OggS", b"\x1aE\xdf\xa3", b"II*\0", b"MM\0*", b"\0\0\x01\0"];
    let start = &body[..body.len().min(1024)];
    if start.windows(5).any(|window| window == b"%PDF-") && named != Some(PageKind::Html) || start.starts_with(b"%PDF-") {
        return Some(PageKind::Pdf);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xd0\xcf\x11\xe0") {
        return by_extension(url).or(named).filter(|kind| *kind == PageKind::Office).or(Some(PageKind::Other));
    }
    let riff = start.starts_with(b"RIFF") && matches!(start.get(8..12), Some(b"WEBP" | b"WAVE" | b"AVI "));
    if riff || start.get(4..8) == Some(b"ftyp") || MEDIA.iter().any(|magic| start.starts_with(magic)) {
        return Some(PageKind::Media);
    }
    // Pages are served as text, as data or as nothing in particular; feeds and files as pages.
    let look = by_look(start);
    match (named, look) {
        (None | Some(PageKind::Text | PageKind::Other | PageKind::Xml), PageKind::Html) => Some(PageKind::Html),
        (Some(PageKind::Html), PageKind::Xml) if is_feed(start) => Some(PageKind::Xml),
        _ => None,
    }
}

fn by_mime(mime: &str) -> Option<PageKind> {
    Some(match mime {
        "text/html" | "application/xhtml+xml" => PageKind::Html,
        "application/pdf" | "application/x-pdf" => PageKind::Pdf,
        "text/csv"
        | "application/json"
        | "application/ld+json"
        | "application/geo+json"
        | "text/tab-separated-values"
        | "application/vnd.geo+json"
        | "text/json" => PageKind::Data,
        "text/xml" | "application/xml" => PageKind::Xml,
        "application/msword" | "application/rtf" | "text/rtf" => PageKind::Office,
        "application/javascript" | "text/javascript" | "text/css" | "application/x-javascript" => PageKind::Other,
        "" | "application/octet-stream" | "application/force-download" | "binary/octet-stream" | "application/x-download" => {
            return None;
        }
        _ if mime.ends_with("+xml") && !mime.starts_with("image/") => PageKind::Xml,
        _ if mime.ends_with("+json") => PageKind::Data,
        _ if mime.starts_with("application/vnd.ms-")
            || mime.starts_with("application/vnd.openxmlformats")
            || mime.starts_with("application/vnd.oasis") =>
        {
            PageKind::Office
        }
        _ if mime.starts_with("image/") || mime.starts_with("audio/") || mime.starts_with("video/") => PageKind::Media,
        _ if mime.starts_with("text/") => PageKind::Text,
        _ => PageKind::Other,
    })
}

fn by_extension(url: &Url) -> Option<PageKind> {
    let file = url.path_segments()?.next_back()?;
    let (_, extension) = file.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" | "php" | "asp" | "aspx" | "jsp" | "jspx" | "do" | "cfm" => PageKind::Html,
        "pdf" => PageKind::Pdf,
        "csv" | "json" | "geojson" | "tsv" | "jsonl" => PageKind::Data,
        "xml" | "rss" | "atom" | "rdf" | "kml" | "gml" => PageKind::Xml,
        "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "odt" | "ods" | "odp" | "rtf" => PageKind::Office,
        "txt" | "md" => PageKind::Text,
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "ico" | "mp3" | "mp4" | "avi" | "mov" | "wmv" | "ogg" | "webm" => {
            PageKind::Media
        }
        "zip" | "gz" | "rar" | "7z" | "exe" | "js" | "css" | "woff" | "woff2" => PageKind::Other,
        _ => return None,
    })
}

/// What unnamed bytes look like (a shorter form of WHATWG MIME Sniffing 7.1).
fn by_look(body: &[u8]) -> PageKind {
    let start = &body[..body.len().min(1024)];
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    // UTF-16 shows its ASCII letters with a zero byte each.
    let wide: Vec<u8>;
    let start = if body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff") {
        wide = body.iter().take(1024).copied().filter(|byte| *byte != 0 && *byte < 0x80).collect();
        wide.trim_ascii_start()
    } else {
        start
    };
    let lower = start.to_ascii_lowercase();
    let has = |what: &[u8]| lower.windows(what.len()).any(|window| window == what);
    let tags: [&[u8]; 10] =
        [b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<script", b"<div", b"<meta", b"<table", b"<h1"];
    if tags.iter().any(|tag| lower.starts_with(tag)) {
        return PageKind::Html;
    }
    if lower.starts_with(b"<?xml") || lower.starts_with(b"<!--") || is_feed(&lower) {
        return if has(b"<html") || has(b"<!doctype html") { PageKind::Html } else { PageKind::Xml };
    }
    if has(b"<html") || has(b"<!doctype html") {
        return PageKind::Html;
    }
    let binary = start.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31));
    if binary { PageKind::Other } else { PageKind::Text }
}

fn is_feed(start: &[u8]) -> bool {
    let roots: [&[u8]; 5] = [b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex"];
    let lower = start.to_ascii_lowercase();
    roots.iter().any(|root| lower.windows(root.len()).any(|window| window == *root)) && !lower.windows(5).any(|w| w == b"<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, content_type: Option<&str>, body: &[u8], kind: PageKind) {
        let url = Url::parse("https://city.example/").unwrap().join(path).unwrap();
        assert_eq!(sniff(&url, content_type, body), kind, "{path} {content_type:?} {}", String::from_utf8_lossy(body));
    }

    #[test]
    fn the_header_is_believed_where_the_bytes_agree() {
        check("/", Some("text/html; charset=utf-8"), b"<p>hi", PageKind::Html);
        check("/", Some("text/plain"), b"hello", PageKind::Text);
        check("/", Some("text/csv"), b"a,b\n1,2", PageKind::Data);
        check("/", Some("application/rss+xml"), b"<?xml version='1.0'?><rss/>", PageKind::Xml);
        check("/", Some("image/svg+xml"), b"<svg/>", PageKind::Media);
        check(
            "/",
            Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            b"PK\x03\x04",
            PageKind::Office,
        );
    }

    #[test]
    fn the_bytes_correct_the_header() {
        check("/", Some("text/html"), b"%PDF-1.4", PageKind::Pdf);
        check("/", Some("text/plain"), b"\n<!DOCTYPE HTML><p>", PageKind::Html);
        check("/", Some("text/html"), b"<?xml version='1.0'?>\n<rss version='2.0'>", PageKind::Xml);
        check("/", Some("text/html"), b"\x89PNG\r\n\x1a\n", PageKind::Media);
        check("/", Some("text/xml"), b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-'><html>", PageKind::Html);
    }

    #[test]
    fn without_a_header_the_name_and_then_the_look_decide() {
        check("/a.pdf", None, b"", PageKind::Pdf);
        check("/a.xlsx", Some("application/octet-stream"), b"PK\x03\x04", PageKind::Office);
        check("/data.json", None, b"{}", PageKind::Data);
        check("/", None, b"  <HTML><body>", PageKind::Html);
        check("/", None, b"\xff\xfe<\0h\0t\0m\0l\0>\0", PageKind::Html);
        check("/", None, b"just words", PageKind::Text);
        check("/", None, b"\x00\x01\x02", PageKind::Other);
        check("/", None, b"", PageKind::Text);
    }
}
