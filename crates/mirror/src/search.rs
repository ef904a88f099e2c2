//! A working site search over the pages of a directory, for saved sites whose own search ran on their server. The
//! result page is the site's own search page with the list put in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::message::Response;
use crate::serve::Dynamic;

/// Where results go in the site's search page.
const SLOT: &str = "<!-- results -->";
/// Results on a page.
const MAX_RESULTS: usize = 20;

/// A dynamic part that answers `path` with the pages under `dir` that hold every word of the query parameter
/// `parameter`, those with a word in the title first. The page saved at `path` shows the list in place of the comment
/// `<!-- results -->`; without the parameter it is served as saved.
///
/// Reads all pages at once, so it is for small sites.
///
/// # Errors
/// If the directory or the search page cannot be read.
pub fn word_search(dir: &Path, path: &str, parameter: &str) -> std::io::Result<Dynamic> {
    let template = [path.to_owned(), format!("{path}.html"), format!("{path}index.html"), format!("{path}/index.html")]
        .iter()
        .find_map(|name| std::fs::read_to_string(dir.join(name.trim_start_matches('/'))).ok())
        .ok_or_else(|| std::io::Error::new(std::io::ErrorKind::NotFound, format!("no search page at `{path}`")))?;
    let mut entries = Vec::new();
    collect(dir, dir, &mut entries)?;
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let (path, parameter) = (path.to_owned(), parameter.to_owned());
    Ok(Arc::new(move |request| {
        let query = request.parameter(&parameter).filter(|_| request.path == path)?;
        Some(Response::html(200, template.replace(SLOT, &listing(&entries, &query))))
    }))
}

/// One page of the index.
struct Entry {
    /// Path on the site.
    path: String,
    /// Title as HTML text.
    title: String,
    /// Visible words in lower case.
    words: String,
}

fn collect(root: &Path, folder: &Path, entries: &mut Vec<Entry>) -> std::io::Result<()> {
    for child in std::fs::read_dir(folder)? {
        let file: PathBuf = child?.path();
        if file.is_dir() {
            collect(root, &file, entries)?;
        } else if file.extension().is_some_and(|extension| extension == "html")
            && let Ok(html) = std::fs::read_to_string(&file)
            && let Ok(relative) = file.strip_prefix(root)
        {
            let path = format!("/{}", relative.to_string_lossy());
            let path = path.strip_suffix("index.html").map_or(path.clone(), str::to_owned);
            let title = between(&html, "<title>", "</title>").unwrap_or(&path).to_owned();
            let main = between(&html, "<main", "</main>").unwrap_or(&html);
            entries.push(Entry { words: format!("{title} {}", visible(main)).to_lowercase(), path, title });
        }
    }
    Ok(())
}

fn listing(entries: &[Entry], query: &str) -> String {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found: Vec<&Entry> =
        entries.iter().filter(|entry| !words.is_empty() && words.iter().all(|word| entry.words.contains(word))).collect();
    found.sort_by_key(|entry| !words.iter().any(|word| entry.title.to_lowercase().contains(word)));
    let items: String = found
        .iter()
        .take(MAX_RESULTS)
        .map(|entry| format!("<li><a href=\"{}\">{}</a></li>\n", entry.path, entry.title))
        .collect();
    format!("<p>{}</p>\n<ol class=\"results\">\n{items}</ol>", found.len())
}

fn between<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    html.split_once(start)?.1.split_once(end).map(|(inside, _)| inside)
}

/// The text of plain markup: everything outside tags.
fn visible(html: &str) -> String {
    let outside = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    outside.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Request;

    fn ask(target: &str) -> Option<String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("waste")).unwrap();
        for (name, html) in [
            ("search.html", "<title>Search</title><main><!-- results --></main>"),
            ("waste/index.html", "<title>Waste</title><main>When we <b>collect</b> rubbish</main>"),
            ("about.html", "<title>About</title><nav>waste</nav><main>We collect stories of the waste land</main>"),
        ] {
            std::fs::write(dir.path().join(name), html).unwrap();
        }
        let search = word_search(dir.path(), "/search.html", "q").unwrap();
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query.to_owned())));
        let request = Request {
            method: "GET".into(),
            host: "city.example".into(),
            path: path.into(),
            query,
            headers: Vec::new(),
            body: Default::default(),
            peer: ([127, 0, 0, 1], 1).into(),
            secure: false,
        };
        search(&request).map(|response| String::from_utf8(response.body.to_vec()).unwrap())
    }

    #[test]
    fn pages_with_all_words_are_listed_titles_first() {
        let page = ask("/search.html?q=WASTE+collect").unwrap();
        let (waste, about) = (page.find("\"/waste/\"").unwrap(), page.find("\"/about.html\"").unwrap());
        assert!(waste < about && page.contains("<p>2</p>"), "{page}");
    }

    #[test]
    fn words_of_menus_and_queries_elsewhere_find_nothing() {
        assert!(ask("/search.html?q=nowhere").unwrap().contains("<p>0</p>"));
        assert!(ask("/search.html?q=").unwrap().contains("<p>0</p>"));
        assert_eq!(ask("/search.html"), None);
        assert_eq!(ask("/about.html?q=waste"), None);
    }

    #[test]
    fn the_query_is_never_echoed_as_markup() {
        assert!(!ask("/search.html?q=%3Cscript%3E").unwrap().contains("<script>"));
    }
}
