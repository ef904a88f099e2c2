//! Which saved file answers a path. Only looks at the file system; reading and headers are `answer`'s.

use std::path::{Path, PathBuf};

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Located {
    /// This file.
    File(PathBuf),
    /// A directory asked for without its final slash.
    Directory,
    /// Nothing that was saved.
    Nothing,
}

/// Finds the file for a path (percent-encoded, with its leading slash) and query under `root`, which must be
/// canonical: what lies outside it after symbolic links are followed is not found.
///
/// A file saved with the query in its name comes first; otherwise the query is ignored, as static servers do.
pub(crate) fn locate(root: &Path, path: &str, query: Option<&str>) -> Located {
    let Some(decoded) = segments(path) else { return Located::Nothing };
    let relative = decoded.join("/");
    let slash = path.ends_with('/');
    let file = candidates(&relative, slash, query).into_iter().find_map(|name| existing(root, &name));
    match file {
        Some(file) => Located::File(file),
        None if !slash && has_index(root, &relative) => Located::Directory,
        None => Located::Nothing,
    }
}

/// Names to try, relative to the root, best first.
fn candidates(relative: &str, slash: bool, query: Option<&str>) -> Vec<String> {
    let mut stems = Vec::new();
    if slash || relative.is_empty() {
        let folder = if relative.is_empty() { String::new() } else { format!("{relative}/") };
        stems.extend([format!("{folder}index.html"), format!("{folder}index.htm")]);
    }
    if !relative.is_empty() {
        let bare = (!slash).then(|| relative.to_owned());
        stems.extend(bare.into_iter().chain([format!("{relative}.html"), format!("{relative}.htm")]));
    }
    let saved_queries = query.filter(|query| !query.is_empty()).into_iter().flat_map(query_names);
    let with_query = saved_queries.flat_map(|suffix| {
        let plain = stems.iter().map(|stem| format!("{stem}{suffix}")).collect::<Vec<_>>();
        let extended = [".html", ".htm"].map(|extension| format!("{relative}{suffix}{extension}"));
        plain.into_iter().chain(extended)
    });
    let mut names: Vec<String> = with_query.collect();
    names.extend(stems.iter().cloned());
    names
}

/// How savers write a query into a file name: `?` as on Unix, `@` as for Windows, encoded or decoded.
fn query_names(query: &str) -> Vec<String> {
    let decoded = percent_decode(query).and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| text != query);
    let spellings = [Some(query.to_owned()), decoded].into_iter().flatten();
    spellings.filter(|text| !text.contains(['/', '\\', '\0'])).flat_map(|text| [format!("?{text}"), format!("@{text}")]).collect()
}

/// The file of that name if it lies under the root.
fn existing(root: &Path, name: &str) -> Option<PathBuf> {
    let found = root.join(name).canonicalize().ok()?;
    (found.starts_with(root) && found.is_file()).then_some(found)
}

fn has_index(root: &Path, relative: &str) -> bool {
    ["index.html", "index.htm"].iter().any(|index| existing(root, &format!("{relative}/{index}")).is_some())
}

/// Decoded path segments without empty ones; `None` where one could leave the directory or name no file.
fn segments(path: &str) -> Option<Vec<String>> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let text = String::from_utf8(percent_decode(part)?).ok()?;
            let unsafe_name = matches!(text.as_str(), "." | "..") || text.contains(['/', '\\', '\0']);
            (!unsafe_name).then_some(text)
        })
        .collect()
}

/// Undoes percent-encoding (RFC 3986 section 2.1); `None` if a triplet is broken.
fn percent_decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        decoded.push(u8::try_from(high * 16 + low).ok()?);
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks `target` up among `files`; answers the found name, `dir` or `-`.
    #[track_caller]
    fn check(files: &[&str], target: &str, expect: &str) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for file in files {
            let full = root.join(file);
            std::fs::create_dir_all(full.parent().unwrap()).unwrap();
            std::fs::write(full, "x").unwrap();
        }
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let found = match locate(&root, path, query) {
            Located::File(file) => file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(),
            Located::Directory => "dir".to_owned(),
            Located::Nothing => "-".to_owned(),
        };
        assert_eq!(found, expect, "{target}");
    }

    #[test]
    fn a_folder_answers_with_its_index() {
        check(&["index.html"], "/", "index.html");
        check(&["a/index.htm"], "/a/", "a/index.htm");
        check(&["a/index.html"], "/a", "dir");
        check(&["a/b.html"], "/a", "-");
        check(&["a/b.html"], "/a/", "-");
    }

    #[test]
    fn a_page_saved_with_an_extension_answers_without_it() {
        check(&["a/page.html"], "/a/page", "a/page.html");
        check(&["a.html", "a/b.html"], "/a/", "a.html");
        check(&["a", "a.html"], "/a", "a");
    }

    #[test]
    fn a_query_saved_in_the_name_comes_before_the_page_without_it() {
        let files = ["index.html", "index.html?p=1", "list@p=2.html", "list.html", "s?q=x y"];
        check(&files, "/?p=1", "index.html?p=1");
        check(&files, "/index.html?p=1", "index.html?p=1");
        check(&files, "/list?p=2", "list@p=2.html");
        check(&files, "/list?p=3", "list.html");
        check(&files, "/s?q=x%20y", "s?q=x y");
    }

    #[test]
    fn encoded_names_are_found_as_saved() {
        check(&["بلدية/خدمة.html"], "/%D8%A8%D9%84%D8%AF%D9%8A%D8%A9/%D8%AE%D8%AF%D9%85%D8%A9.html", "بلدية/خدمة.html");
        check(&["a"], "/%4", "-");
    }

    #[test]
    fn no_path_leaves_the_folder() {
        for target in ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "/a/..\\secret", "/%00", "/x?../../secret"] {
            check(&["a/x.html"], target, "-");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_symbolic_link_out_of_the_folder_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        let root = dir.path().canonicalize().unwrap();
        std::os::unix::fs::symlink(outside.path(), root.join("leak.html")).unwrap();
        std::fs::write(root.join("own.html"), "x").unwrap();
        std::os::unix::fs::symlink(root.join("own.html"), root.join("again.html")).unwrap();
        assert_eq!(locate(&root, "/leak.html", None), Located::Nothing);
        assert_eq!(locate(&root, "/again.html", None), Located::File(root.join("own.html")));
    }
}
