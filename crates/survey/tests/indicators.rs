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
fn every_indicator_has_a_page_that_shows_it_and_one_that_only_looks_like_it() {
    let indicators = shipped().instrument.indicators;
    let asked: BTreeSet<&Code> = indicators.iter().map(|indicator| &indicator.code).collect();
    assert_eq!(asked.len(), 95);
    let fixtures = fixtures();
    for present in [true, false] {
        let shown: BTreeSet<&Code> = fixtures.iter().filter(|f| f.present == present).map(|f| &f.code).collect();
        assert_eq!(asked, shown, "codes with a page that is present: {present}");
    }
}

#[test]
fn every_language_has_its_share_of_pages() {
    let book = shipped();
    let mut count: BTreeMap<String, usize> = book.languages().map(|language| (language.to_owned(), 0)).collect();
    for fixture in fixtures() {
        *count.entry(fixture.language.primary().to_owned()).or_default() += 1;
    }
    assert!(count.values().all(|n| *n >= 15), "fewer than 15 pages of a language: {count:?}");
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
        .chain([config.join("vendors.toml")])
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
