//! What a saved site answers to a request: files, validators, redirects and errors. No sockets here.

use std::path::Path;

use crate::instant::fixdate;
use crate::kind::{content_type, stored_gzip};
use crate::locate::{Located, locate};
use crate::message::{Request, Response};

/// Files above this many bytes are not served.
const MAX_FILE: u64 = 128 << 20;

/// A robots.txt that allows everything, for sites saved without theirs.
const PERMISSIVE: &str = "User-agent: *\nDisallow:\n";

/// Answers from a directory, which must be canonical. Blocking: reads files.
pub(crate) fn answer(root: &Path, request: &Request) -> Response {
    if request.method != "GET" && request.method != "HEAD" {
        return Response::html(405, "<!doctype html><title>Method not allowed</title>").with("allow", "GET, HEAD");
    }
    match locate(root, &request.path, request.query.as_deref()) {
        Located::File(file) => serve_file(&file, request),
        Located::Directory => Response::redirect(301, &with_slash(request)),
        Located::Nothing if request.path == "/robots.txt" => Response::new(200, "text/plain; charset=utf-8", PERMISSIVE),
        Located::Nothing => not_found(root),
    }
}

fn serve_file(file: &Path, request: &Request) -> Response {
    let Ok((bytes, modified, etag)) = read(file) else {
        return Response::html(500, "<!doctype html><title>Not readable</title><p>The saved file cannot be read.</p>");
    };
    if unchanged(request, &modified, &etag) {
        let bare = Response { status: 304, headers: Vec::new(), body: hyper::body::Bytes::new() };
        return bare.with("etag", &etag).with("last-modified", &modified);
    }
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let gzip = stored_gzip(&name, &bytes);
    let response = Response::new(200, &content_type(&name, &bytes), bytes).with("last-modified", &modified).with("etag", &etag);
    if gzip { response.with("content-encoding", "gzip") } else { response }
}

/// Bytes, `Last-Modified` and `ETag` of a file.
fn read(file: &Path) -> std::io::Result<(Vec<u8>, String, String)> {
    let meta = std::fs::metadata(file)?;
    if meta.len() > MAX_FILE {
        return Err(std::io::Error::other("too large"));
    }
    let modified = meta.modified()?;
    let nanos = modified.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    Ok((std::fs::read(file)?, fixdate(modified), format!("\"{nanos:x}-{:x}\"", meta.len())))
}

/// Whether the client's validators match (RFC 9110 section 13.2.2: `If-None-Match` first). A date matches only
/// exactly, which is what a client that echoes ours sends.
fn unchanged(request: &Request, modified: &str, etag: &str) -> bool {
    match request.header("if-none-match") {
        Some(list) => list.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag),
        None => request.header("if-modified-since") == Some(modified),
    }
}

fn with_slash(request: &Request) -> String {
    let path = format!("/{}", request.path.trim_start_matches('/'));
    request.query.as_ref().map_or_else(|| format!("{path}/"), |query| format!("{path}/?{query}"))
}

/// The site's own page for what is not there, if it was saved as `404.html`.
fn not_found(root: &Path) -> Response {
    let own = match locate(root, "/404.html", None) {
        Located::File(file) => std::fs::read(file).ok(),
        _ => None,
    };
    let page = own.unwrap_or_else(|| {
        b"<!doctype html><html lang=\"en\"><title>404 Not Found</title><h1>Not Found</h1><p>There is no such page.</p>".to_vec()
    });
    let kind = content_type("404.html", &page);
    Response::new(404, &kind, page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("news")).unwrap();
        std::fs::write(dir.path().join("index.html"), "<h1>Home</h1>").unwrap();
        std::fs::write(dir.path().join("news/index.html"), "<h1>News</h1>").unwrap();
        std::fs::write(dir.path().join("coded.html"), [0x1f, 0x8b, 0x08, 0, 0]).unwrap();
        dir
    }

    fn ask(dir: &tempfile::TempDir, method: &str, path: &str, header: Option<(&str, &str)>) -> Response {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query.to_owned())));
        let request = Request {
            method: method.into(),
            host: "city.example".into(),
            path: path.into(),
            query,
            headers: header.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: Default::default(),
            peer: ([127, 0, 0, 1], 1).into(),
            secure: false,
        };
        answer(&dir.path().canonicalize().unwrap(), &request)
    }

    #[test]
    fn a_page_comes_with_type_and_validators_that_save_the_second_fetch() {
        let dir = site();
        let first = ask(&dir, "GET", "/", None);
        assert_eq!((first.status, first.header("content-type")), (200, Some("text/html; charset=utf-8")));
        let (etag, modified) = (first.header("etag").unwrap(), first.header("last-modified").unwrap());
        for header in [("if-none-match", etag), ("if-none-match", "\"x\", *"), ("if-modified-since", modified)] {
            let again = ask(&dir, "GET", "/", Some(header));
            assert_eq!((again.status, again.body.len()), (304, 0), "{header:?}");
        }
        assert_eq!(ask(&dir, "GET", "/", Some(("if-none-match", "\"other\""))).status, 200);
    }

    #[test]
    fn a_folder_without_its_slash_redirects_and_keeps_the_query() {
        let dir = site();
        let response = ask(&dir, "GET", "/news?p=1", None);
        assert_eq!((response.status, response.header("location")), (301, Some("/news/?p=1")));
    }

    #[test]
    fn a_stored_gzip_body_is_sent_with_its_coding() {
        let response = ask(&site(), "GET", "/coded.html", None);
        assert_eq!(response.header("content-encoding"), Some("gzip"));
        assert_eq!(response.header("content-type"), Some("text/html"));
        assert_eq!(response.body.as_ref(), [0x1f, 0x8b, 0x08, 0, 0]);
    }

    #[test]
    fn robots_are_permissive_unless_saved_and_a_sitemap_is_never_made_up() {
        let dir = site();
        assert_eq!(ask(&dir, "GET", "/robots.txt", None).body, PERMISSIVE);
        assert_eq!(ask(&dir, "GET", "/sitemap.xml", None).status, 404);
        std::fs::write(dir.path().join("robots.txt"), "User-agent: *\nDisallow: /x\n").unwrap();
        assert_eq!(ask(&dir, "GET", "/robots.txt", None).body, "User-agent: *\nDisallow: /x\n");
    }

    #[test]
    fn what_was_not_saved_is_a_real_404_in_the_sites_own_words() {
        let dir = site();
        assert_eq!(ask(&dir, "GET", "/nowhere", None).status, 404);
        std::fs::write(dir.path().join("404.html"), "Nichts da").unwrap();
        let response = ask(&dir, "GET", "/nowhere", None);
        assert_eq!((response.status, response.body.as_ref()), (404, b"Nichts da".as_slice()));
    }

    #[test]
    fn nothing_is_changed_by_a_static_site() {
        let response = ask(&site(), "POST", "/", None);
        assert_eq!((response.status, response.header("allow")), (405, Some("GET, HEAD")));
    }
}
