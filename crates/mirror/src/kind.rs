//! Which `Content-Type` a saved file is served with: by its first bytes, then by its name.

/// The content type of a saved file, with `charset=utf-8` only where the bytes are valid UTF-8.
///
/// Unmistakable first bytes win over the name, as a PDF saved as `report.html` came as a PDF.
pub(crate) fn content_type(name: &str, bytes: &[u8]) -> String {
    let kind = by_magic(bytes).or_else(|| by_name(name)).unwrap_or_else(|| by_text(bytes));
    let textual = kind.starts_with("text/") || kind.ends_with("xml") || kind.ends_with("json") || kind.ends_with("javascript");
    let charset = if textual && std::str::from_utf8(bytes).is_ok() { "; charset=utf-8" } else { "" };
    format!("{kind}{charset}")
}

/// Whether the bytes are a gzip member and the name says they should be something else, as where a crawler saved a
/// compressed answer without undoing the content coding.
pub(crate) fn stored_gzip(name: &str, bytes: &[u8]) -> bool {
    let archive = matches!(extension(name).as_str(), "gz" | "tgz" | "warc");
    bytes.starts_with(&[0x1f, 0x8b, 0x08]) && !archive
}

/// The extension in lower case; of `index.html?p=1` and `page@p=1.html` it is `html`.
fn extension(name: &str) -> String {
    let stem = name.split_once('?').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

fn by_magic(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 6] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"wOF2", "font/woff2"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

fn by_name(name: &str) -> Option<&'static str> {
    Some(match extension(name).as_str() {
        "html" | "htm" | "php" | "asp" | "aspx" | "jsp" | "do" => "text/html",
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" | "geojson" => "application/json",
        "xml" | "xsd" => "application/xml",
        "rss" => "application/rss+xml",
        "atom" => "application/atom+xml",
        "svg" => "image/svg+xml",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "ics" => "text/calendar",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => return None,
    })
}

/// The kind of a file whose name says nothing.
fn by_text(bytes: &[u8]) -> &'static str {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = start[..start.len().min(1024)].to_ascii_lowercase();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    match () {
        () if has(b"<rss") => "application/rss+xml",
        () if has(b"<!doctype html") || has(b"<html") || has(b"<head") || has(b"<body") => "text/html",
        () if head.starts_with(b"<?xml") => "application/xml",
        () if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() => "text/plain",
        () => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expect: &str) {
        assert_eq!(content_type(name, bytes), expect, "{name}");
    }

    #[test]
    fn the_name_decides_and_the_charset_is_said_only_where_it_is_true() {
        check("index.html", "Größe".as_bytes(), "text/html; charset=utf-8");
        check("index.html", b"Gr\xf6\xdfe", "text/html");
        check("budget.CSV", b"a;b", "text/csv; charset=utf-8");
        check("plan.docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }

    #[test]
    fn a_query_in_the_name_does_not_hide_the_extension() {
        check("index.html?p=1.5", b"x", "text/html; charset=utf-8");
        check("list@page=2.html", b"x", "text/html; charset=utf-8");
    }

    #[test]
    fn first_bytes_speak_where_the_name_is_silent_or_wrong() {
        check("report.html", b"%PDF-1.7\n", "application/pdf");
        check("about", b"\n<!DOCTYPE html><title>x", "text/html; charset=utf-8");
        check("mayor@city.example", b"<html>", "text/html; charset=utf-8");
        check("feed", b"<?xml version='1.0'?><rss>", "application/rss+xml; charset=utf-8");
        check("notes", b"plain words", "text/plain; charset=utf-8");
        check("blob", b"\x00\x01\xff", "application/octet-stream");
    }

    #[test]
    fn a_gzip_body_under_a_page_name_is_a_stored_coding_but_an_archive_is_not() {
        let gzip = [0x1f, 0x8b, 0x08, 0];
        assert!(stored_gzip("index.html", &gzip));
        assert!(!stored_gzip("sitemap.xml.gz", &gzip));
        assert!(!stored_gzip("index.html", b"<html>"));
    }
}
