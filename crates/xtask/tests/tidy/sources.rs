//! Sources: a head line on every file, bounded files and functions, no catch-all names.

use std::path::Path;

use crate::{none, root};

const MAX_FILE: usize = 500;
const MAX_FUNCTION: usize = 80;
const MAX_MEDIAN: usize = 150;

/// Files that may be longer than [`MAX_FILE`]: path and reason.
const LONG_FILES: [(&str, &str); 0] = [];
/// Functions that may be longer than [`MAX_FUNCTION`]: `path: name` and reason.
const LONG_FUNCTIONS: [(&str, &str); 0] = [];

const CATCH_ALLS: [&str; 5] = ["utils.rs", "util.rs", "helpers.rs", "common.rs", "types.rs"];

/// All Rust files of our crates: path relative to the top, and text.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("crates"), &mut found);
    found.sort();
    found
}

#[test]
fn every_file_opens_with_its_one_job() {
    let bare = sources().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    none(&bare.map(|(path, _)| format!("{path} does not open with `//!`")).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long() {
    let long = sources()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(lines, path)| *lines > MAX_FILE && LONG_FILES.iter().all(|(excepted, _)| excepted != path));
    none(&long.map(|(lines, path)| format!("{path} has {lines} lines")).collect::<Vec<_>>());
}

#[test]
fn files_are_short_in_the_middle() {
    let mut lengths: Vec<usize> = sources().iter().map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MAX_MEDIAN, "the median file has {median} lines");
}

#[test]
fn no_function_is_too_long() {
    let mut complaints = Vec::new();
    for (path, text) in sources() {
        for (name, lines) in functions(&text) {
            let place = format!("{path}: {name}");
            if lines > MAX_FUNCTION && LONG_FUNCTIONS.iter().all(|(excepted, _)| *excepted != place) {
                complaints.push(format!("{place} has {lines} lines"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn no_file_is_a_catch_all() {
    let named = |path: &str| CATCH_ALLS.iter().any(|name| path.ends_with(&format!("/{name}")));
    let complaints = sources().into_iter().filter(|(path, _)| named(path));
    none(&complaints.map(|(path, _)| format!("{path} has a name that means nothing")).collect::<Vec<_>>());
}

/// Functions with their length in lines. Formatted source closes a function on the first later line that is its own
/// indentation and a brace.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let close = format!("{indent}}}");
        let one_line = line.ends_with('}') || line.ends_with(';');
        let end = lines[start..].iter().position(|later| *later == close);
        if let Some(end) = end.filter(|_| !one_line) {
            found.push((name.to_owned(), end + 1));
        }
    }
    found
}

/// The name of the function that a line begins.
fn function_name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let (before, after) = words.split_once("fn ")?;
    let modifiers = ["pub", "pub(crate)", "pub(super)", "const", "async"];
    let is_head = before.split_whitespace().all(|word| modifiers.contains(&word));
    let name = after.split(['(', '<']).next()?;
    (is_head && !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')).then_some(name)
}

#[test]
fn functions_are_measured_from_head_to_closing_brace() {
    let text = "fn a() {\n    one();\n    if x {\n    }\n}\n\nimpl B {\n    pub(crate) async fn b<T>(\n        x: T,\n    ) {\n    }\n}\nfn c() {}\n// a fn d( here\n";
    assert_eq!(functions(text), [("a".to_owned(), 5), ("b".to_owned(), 4)]);
}
