//! The rulebook that ships, on the pages of `fixtures/indicators`: each indicator seen where it is, and not where something
//! only looks like it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use indicator::{Rulebook, Source};
use model::{Code, Finding};
use survey::{Fixture, Judged};

#[test]
fn every_page_is_judged_as_its_name_says() {
    let book = shipped();
    let fixtures = fixtures();
    let mut failures = Vec::new();
    for fixture in &fixtures {
        let judged = fixture.judge(&book).expect("a readable page of an indicator that there is");
        if !judged.as_named {
            failures.push(tell(fixture, &judged));
        }
    }
    assert!(failures.is_empty(), "{} of {} pages:\n{}", failures.len(), fixtures.len(), failures.join("\n"));
}

#[test]
fn every_indicator_has_three_pages_that_show_it_and_three_that_only_look_like_it() {
    let indicators = shipped().instrument.indicators;
    let asked: BTreeSet<&Code> = indicators.iter().map(|indicator| &indicator.code).collect();
    assert_eq!(asked.len(), 95);
    let fixtures = fixtures();
    for present in [true, false] {
        let count = |code: &Code| fixtures.iter().filter(|f| f.present == present && f.code == *code).count();
        let few: Vec<&&Code> = asked.iter().filter(|code| count(code) < 3).collect();
        assert!(few.is_empty(), "codes with fewer than 3 pages that are present: {present}: {few:?}");
    }
}

#[test]
fn every_language_has_its_share_of_pages() {
    let book = shipped();
    let mut count: BTreeMap<String, usize> = book.languages().map(|language| (language.to_owned(), 0)).collect();
    for fixture in fixtures() {
        *count.entry(fixture.language.primary().to_owned()).or_default() += 1;
    }
    assert!(count.len() >= 45, "{} languages", count.len());
    assert!(count.values().all(|n| *n >= 20), "fewer than 20 pages of a language: {count:?}");
}

#[test]
fn the_pages_are_in_twelve_scripts_and_more() {
    /// First and last letter of each script.
    const SCRIPTS: [(&str, char, char); 19] = [
        ("Latin", 'a', 'z'),
        ("Greek", 'α', 'ω'),
        ("Cyrillic", 'а', 'я'),
        ("Armenian", 'ա', 'ֆ'),
        ("Hebrew", 'א', 'ת'),
        ("Arabic", 'ا', 'ي'),
        ("Devanagari", 'अ', 'ह'),
        ("Bengali", 'অ', 'হ'),
        ("Sinhala", 'අ', 'ෆ'),
        ("Thai", 'ก', 'ฮ'),
        ("Lao", 'ກ', 'ຮ'),
        ("Burmese", 'က', 'အ'),
        ("Georgian", 'ა', 'ჰ'),
        ("Hangul", '가', '힣'),
        ("Ethiopic", 'ሀ', 'ፐ'),
        ("Khmer", 'ក', 'អ'),
        ("Hiragana", 'ぁ', 'ん'),
        ("Katakana", 'ァ', 'ヶ'),
        ("Han", '一', '龥'),
    ];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for fixture in fixtures() {
        let text = std::fs::read_to_string(&fixture.path).expect("a readable page");
        // A script is one of a page when it fills a good part of it, not by a name in a language menu.
        let letters = |(_, first, last): &&(&str, char, char)| text.chars().filter(|c| (first..=last).contains(&c)).count();
        seen.extend(SCRIPTS.iter().filter(|script| letters(script) >= 100).map(|(name, ..)| name));
    }
    assert!(seen.len() >= 12, "{seen:?}");
}

fn fixtures() -> Vec<Fixture> {
    Fixture::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/indicators")).expect("pages named as fixtures are")
}

/// What a writer of rules needs to see of a failure.
fn tell(fixture: &Fixture, judged: &Judged) -> String {
    let name: PathBuf = fixture.path.iter().skip(fixture.path.iter().count() - 2).collect();
    let Finding { answer, because, .. } = &judged.finding;
    let mut said = format!("{}: {answer}: {because}\n", name.display());
    for hit in &judged.hits {
        let lead = if hit.link.is_some() { " (lead)" } else { "" };
        writeln!(said, "    {:+.1} {}{lead} “{}”", hit.weight, hit.signal, hit.quote.exact).expect("a string takes all");
    }
    said
}

fn shipped() -> Rulebook {
    Rulebook::load(&sources(), "losi-2024").unwrap_or_else(|error| panic!("{error}"))
}

fn sources() -> Vec<Source> {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config");
    let folders = ["instruments/losi-2024", "lexicons"].into_iter().flat_map(|folder| entries(&config.join(folder)));
    let files = folders.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files
        .chain([config.join("vendors.toml"), config.join("states.toml")])
        .map(|path| Source {
            text: std::fs::read_to_string(&path).expect("a readable rule file"),
            path: path.strip_prefix(&config).expect("a path below").to_string_lossy().into_owned(),
        })
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
