//! The rulebook that ships, on the pages of `fixtures/indicators`: each indicator seen where it is, and not where something
//! only looks like it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use indicator::{Decide, Rulebook, Setting, Source};
use model::{
    Answer, Code, Coverage, Date, Errand, Exchange, Finding, Headers, Hit, Language, Page, Purpose, Seen, SeenAs, Time, Why,
};
use url::Url;

const LANGUAGES: [&str; 10] = ["en", "fr", "es", "pt", "ar", "ru", "zh", "de", "it", "ja"];

/// One saved page and what its name says of it.
struct Fixture {
    path: PathBuf,
    code: Code,
    present: bool,
    language: String,
}

#[test]
fn every_page_is_judged_as_its_name_says() {
    let book = shipped();
    let fixtures = fixtures();
    let mut failures = Vec::new();
    for fixture in &fixtures {
        let judged = judge(&book, fixture);
        if !is_as_named(&book, fixture, &judged.finding) {
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
    let mut count: BTreeMap<String, usize> = LANGUAGES.iter().map(|language| ((*language).to_owned(), 0)).collect();
    for fixture in fixtures() {
        *count.entry(fixture.language).or_default() += 1;
    }
    assert!(count.values().all(|n| *n >= 15), "fewer than 15 pages of a language: {count:?}");
}

/// Whether the finding is what the name of the file promises.
fn is_as_named(book: &Rulebook, fixture: &Fixture, finding: &Finding) -> bool {
    // A link that leads on is shown with its chain; what the page itself shows has none.
    let own = finding.evidence.iter().any(|evidence| evidence.visit == 1 && evidence.chain.is_none());
    match book.decide(&fixture.code).expect("a rule for each code") {
        Decide::Person => finding.answer == Answer::Undetermined(Why::NeedsPerson) && own == fixture.present,
        Decide::Renderer => finding.answer == Answer::Undetermined(Why::NeedsRenderer),
        Decide::Page | Decide::Home | Decide::Service if fixture.present => finding.answer == Answer::Present && own,
        Decide::Page | Decide::Home | Decide::Service => finding.answer != Answer::Present,
    }
}

struct Judged {
    hits: Vec<Hit>,
    finding: Finding,
}

/// Judges a page as if it were all that a run had seen.
fn judge(book: &Rulebook, fixture: &Fixture) -> Judged {
    let body = std::fs::read(&fixture.path).expect("a readable page");
    let (url, errand) = served_from(&body);
    let exchange = exchange(url, body);
    let page = page::parse(&exchange, &exchange.body, &page::Limits::DEFAULT);
    let languages = [Language::new(&fixture.language).expect("a language")];
    let day = Date::new(2026, 11, 23).expect("a day");
    let mut hits = book.detect(&page, &Setting { languages: &languages, day });
    hits.retain(|hit| hit.code == fixture.code);
    for hit in &mut hits {
        hit.visit = 1;
        hit.target = hit.link.map(|link| key(&page.links[link as usize].url));
    }
    let findings = book.conclude(&coverage(book, &page, errand, day), &hits);
    let finding = findings.into_iter().find(|finding| finding.code == fixture.code).expect("a finding for each code");
    Judged { hits, finding }
}

fn coverage(book: &Rulebook, page: &Page, errand: Errand, day: Date) -> Coverage {
    let seen = Seen {
        visit: 1,
        key: key(&page.url),
        landed: None,
        url: page.url.to_string(),
        errand,
        depth: u16::from(errand == Errand::Page),
        own: true,
        via: None,
        outcome: SeenAs::Page {
            kind: page.kind,
            language: page.language.detected.clone(),
            characters: u32::try_from(page.text.chars().count()).expect("a small page"),
            shell: page.shell,
            cut: page.cut,
        },
    };
    Coverage { day, seen: vec![seen], waiting: Vec::new(), searches: Vec::new(), sitemap_urls: 0, lexicons: book.lexicons() }
}

fn key(url: &Url) -> model::UrlKey {
    crawl::key(url, &crawl::Aliases::default())
}

fn exchange(url: Url, body: Vec<u8>) -> Exchange {
    let now = Time::from_micros(1_795_392_000_000_000).expect("an instant");
    Exchange {
        purpose: Purpose::Answer,
        url,
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]),
        body,
        address: None,
        tls: None,
        truncated: None,
    }
}

/// Reads a first line such as `<!-- url: https://www.city.example/path/ errand: home -->`.
fn served_from(body: &[u8]) -> (Url, Errand) {
    let first = body.split(|byte| *byte == b'\n').next().map(String::from_utf8_lossy).unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let after = |key: &str| words.iter().position(|word| *word == key).and_then(|n| words.get(n + 1)).copied();
    let url = Url::parse(after("url:").unwrap_or("https://www.city.example/page/")).expect("the first line names a URL");
    (url, if after("errand:") == Some("home") { Errand::Home } else { Errand::Page })
}

/// All pages in the order of their paths. Fails at a name that says no code, answer and language.
fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/indicators");
    let pages = entries(&root).into_iter().flat_map(|folder| entries(&folder));
    pages
        .map(|path| {
            let text = path.display().to_string();
            named(path).unwrap_or_else(|| panic!("not <code>-<slug>/<present|absent>-<language>.html: {text}"))
        })
        .collect()
}

fn named(path: PathBuf) -> Option<Fixture> {
    let (code, slug) = path.parent()?.file_name()?.to_str()?.split_once('-')?;
    let plain = !slug.is_empty() && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let (answer, language) = path.file_name()?.to_str()?.strip_suffix(".html")?.split_once('-')?;
    let well_formed = plain && matches!(answer, "present" | "absent") && LANGUAGES.contains(&language);
    let (code, present, language) = (Code::new(code).ok()?, answer == "present", language.to_owned());
    well_formed.then_some(Fixture { path, code, present, language })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// What a writer of rules needs to see of a failure.
fn tell(fixture: &Fixture, judged: &Judged) -> String {
    let name: PathBuf = fixture.path.iter().skip(fixture.path.iter().count() - 2).collect();
    let Finding { answer, because, .. } = &judged.finding;
    let mut said = format!("{}: {answer}, needs {}: {because}\n", name.display(), needed(&fixture.code));
    for hit in &judged.hits {
        let lead = if hit.link.is_some() { " (lead)" } else { "" };
        writeln!(said, "    {:+.1} {}{lead} “{}”", hit.weight, hit.signal, hit.quote.exact).expect("a string takes all");
    }
    said
}

/// The worth that a rule asks for, as written in the instrument.
fn needed(code: &Code) -> f32 {
    let text: String = sources().into_iter().map(|source| source.text).collect();
    let table = text.split_once(&format!("\n[{code}]\n")).map_or("", |(_, after)| after);
    let mut lines = table.lines().take_while(|line| !line.starts_with('['));
    lines.find_map(|line| line.strip_prefix("need = ")?.trim().parse().ok()).unwrap_or(5.0)
}

fn shipped() -> Rulebook {
    Rulebook::load(&sources()).unwrap_or_else(|error| panic!("{error}"))
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
