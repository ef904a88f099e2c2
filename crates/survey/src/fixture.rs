//! Saved pages whose names say how they must be judged: `<code>-<slug>/<present|absent>-<language>.html`.

use std::path::{Path, PathBuf};

use indicator::{Decide, Harvest, Rulebook, Setting};
use model::{Answer, Code, Country, Coverage, Date, Errand, Finding, Hit, Language, Page, Seen, SeenAs, Time, Why};
use url::Url;

use crate::explain::as_served;
use crate::identity::loose;

/// 2026-11-23T12:00:00Z, in microseconds: what is "future" and "recent" on the pages is measured against it.
const NOON: i64 = 1_795_435_200_000_000;

/// One saved page and what its name says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixture {
    /// The file.
    pub path: PathBuf,
    /// The indicator that it shows, or seems to.
    pub code: Code,
    /// Whether it shows it.
    pub present: bool,
    /// Language of the portal it is from.
    pub language: Language,
}

/// How a rulebook judged a fixture.
#[derive(Debug)]
pub struct Judged {
    /// What fired for the fixture's indicator.
    pub hits: Vec<Hit>,
    /// The finding, as if the page were all that a run had seen.
    pub finding: Finding,
    /// Whether that is what the name of the file says.
    pub as_named: bool,
}

impl Fixture {
    /// All fixtures below a folder, in the order of their paths; an error names what is not named as a fixture is.
    pub fn all(root: &Path) -> std::io::Result<Vec<Self>> {
        let mut all = Vec::new();
        for folder in entries(root)? {
            for path in entries(&folder)? {
                let wrong =
                    || std::io::Error::other(format!("`{}`: not <code>-<slug>/<present|absent>-<language>.html", path.display()));
                all.push(named(&path).ok_or_else(wrong)?);
            }
        }
        Ok(all)
    }

    /// Judges the page as if it had been served on the day on which all fixtures play.
    pub fn judge(&self, book: &Rulebook) -> std::io::Result<Judged> {
        let now = Time::from_micros(NOON).expect("it is an instant");
        let body = std::fs::read(&self.path)?;
        let unsaid = || {
            std::io::Error::other(format!(
                "`{}`: its first line says no URL: write <!-- url: https://www.city.example/page/ -->",
                self.path.display()
            ))
        };
        let Served { url, errand, country } = Served::of(&body).ok_or_else(unsaid)?;
        let exchange = as_served(url, body, now);
        let page = page::parse(&exchange, &exchange.body, &page::Limits::DEFAULT);
        let day = now.date();
        let mut hits = book.detect(&page, &Setting { languages: std::slice::from_ref(&self.language), country, day });
        hits.retain(|hit| hit.code == self.code);
        for hit in &mut hits {
            hit.visit = 1;
            hit.target = hit.link.and_then(|link| page.links.get(link as usize)).map(|link| loose(&link.url));
        }
        let findings = book.conclude(&coverage(book, &page, errand, day), &Harvest::from(hits.clone()));
        let unknown =
            || std::io::Error::other(format!("`{}`: the instrument has no indicator {}", self.path.display(), self.code));
        let finding = findings.into_iter().find(|finding| finding.code == self.code).ok_or_else(unknown)?;
        let as_named = self.is_named(book.decide(&self.code), &finding);
        Ok(Judged { hits, finding, as_named })
    }

    fn is_named(&self, decide: Option<Decide>, finding: &Finding) -> bool {
        // A link that leads on is shown with its chain; what the page itself shows has none.
        let own = finding.evidence.iter().any(|evidence| evidence.visit == 1 && evidence.chain.is_none());
        match decide {
            Some(Decide::Person) => finding.answer == Answer::Undetermined(Why::NeedsPerson) && own == self.present,
            Some(Decide::Renderer) => finding.answer == Answer::Undetermined(Why::NeedsRenderer),
            _ if self.present => finding.answer == Answer::Present && own,
            _ => finding.answer != Answer::Present,
        }
    }
}

fn named(path: &Path) -> Option<Fixture> {
    let (code, slug) = path.parent()?.file_name()?.to_str()?.split_once('-')?;
    let plain = !slug.is_empty() && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let (answer, language) = path.file_name()?.to_str()?.strip_suffix(".html")?.split_once('-')?;
    let language = Language::new(language).ok()?;
    let well_formed = plain && matches!(answer, "present" | "absent");
    well_formed.then_some(Fixture { path: path.to_owned(), code: Code::new(code).ok()?, present: answer == "present", language })
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let wrong = |error: std::io::Error| std::io::Error::other(format!("`{}` cannot be read: {error}", folder.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        paths.push(entry.map_err(wrong)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn coverage(book: &Rulebook, page: &Page, errand: Errand, day: Date) -> Coverage {
    let seen = Seen {
        visit: 1,
        key: loose(&page.url),
        landed: None,
        url: page.url.to_string(),
        errand,
        depth: u16::from(errand == Errand::Page),
        own: true,
        via: None,
        outcome: SeenAs::Page {
            kind: page.kind,
            language: page.language.detected.clone(),
            characters: u32::try_from(page.text.chars().count()).unwrap_or(u32::MAX),
            shell: page.shell,
            cut: page.cut,
        },
    };
    Coverage { day, seen: vec![seen], waiting: Vec::new(), searches: Vec::new(), sitemap_urls: 0, lexicons: book.lexicons() }
}

/// What the first line of a saved page says of it.
pub(crate) struct Served {
    pub(crate) url: Url,
    errand: Errand,
    country: Option<Country>,
}

impl Served {
    /// Whether it is the home page.
    pub(crate) fn is_home(&self) -> bool {
        self.errand == Errand::Home
    }

    /// Reads a first line such as `<!-- url: https://www.city.example/path/ errand: home country: MK -->`, if it is one.
    pub(crate) fn of(body: &[u8]) -> Option<Self> {
        let first = body.split(|byte| *byte == b'\n').next().map(String::from_utf8_lossy)?;
        let words: Vec<&str> = first.split_whitespace().collect();
        let after = |key: &str| words.iter().position(|word| *word == key).and_then(|n| words.get(n + 1)).copied();
        let url = after("url:").and_then(|url| Url::parse(url).ok())?;
        let errand = if after("errand:") == Some("home") { Errand::Home } else { Errand::Page };
        Some(Self { url, errand, country: after("country:").and_then(|code| Country::new(code).ok()) })
    }
}
