//! Configuration: `Raw` as written in `portolan.toml`, then settings of each crate, ready to use.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crawl::fetch::Limits;
use crawl::pace::PaceRules;
use crawl::{Budget, FrontierSettings};
use indicator::{Rulebook, Source};
use model::{Digest, Time};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::exit::Fault;

include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// Name and version of this program, as ledger, archive and user agent have it.
pub(crate) const TOOL: &str = concat!("Portolan/", env!("CARGO_PKG_VERSION"));

/// Everything that was configured, and the rulebook.
pub(crate) struct Config {
    pub(crate) raw: Raw,
    pub(crate) book: Rulebook,
    /// The edition, and names and texts of all files of its rulebook.
    pub(crate) rules: Arc<str>,
    /// Digest of that.
    pub(crate) digest: Digest,
    /// All data files, those beside the rules too.
    pub(crate) sources: Vec<Source>,
    /// The directory they come from; none of the built-in ones.
    pub(crate) dir: Option<PathBuf>,
}

/// `portolan.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    pub(crate) agent: Agent,
    pub(crate) survey: Survey,
    pub(crate) pace: Pace,
    pub(crate) archive: Archive,
    pub(crate) pdf: Pdf,
    /// Surveys were begun before there were any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) authority: Vec<Authority>,
}

/// A timestamp authority (RFC 3161).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Authority {
    /// As it stands in file names: letters, digits, `-`.
    pub(crate) name: String,
    /// Where it is asked.
    pub(crate) url: Url,
    /// PEM file of its root certificate.
    pub(crate) trust: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agent {
    pub(crate) contact: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Survey {
    /// Edition of the questionnaire. Surveys were begun before there was a choice.
    #[serde(default = "first_edition")]
    pub(crate) instrument: String,
    pub(crate) portals: usize,
    pub(crate) width: usize,
    pub(crate) pages: u32,
    pub(crate) mebibytes: u64,
    pub(crate) minutes: u64,
    pub(crate) order: Order,
    pub(crate) explore: f32,
    pub(crate) searches: u32,
    pub(crate) dull: u32,
    pub(crate) per_shape: u32,
    pub(crate) service_pages: u32,
    pub(crate) service_hops: u16,
    pub(crate) max_depth: u16,
    pub(crate) max_waiting: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    BestFirst,
    BreadthFirst,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pace {
    pub(crate) delay_seconds: f64,
    pub(crate) longest_seconds: f64,
    pub(crate) stop_after: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Archive {
    pub(crate) segment_mebibytes: u64,
    #[serde(default = "quarter_of_an_hour")]
    pub(crate) segment_minutes: u64,
    pub(crate) gzip_level: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pdf {
    pub(crate) seconds: f64,
}

/// Where configuration and rules come from, as the command line has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chosen<'a> {
    /// A directory instead of the built-in files.
    pub(crate) dir: Option<&'a Path>,
    /// An edition instead of the configured one.
    pub(crate) instrument: Option<&'a str>,
}

fn quarter_of_an_hour() -> u64 {
    15
}

fn first_edition() -> String {
    "losi-2024".to_owned()
}

/// Reads configuration and rules.
pub(crate) fn load(chosen: Chosen<'_>) -> anyhow::Result<Config> {
    compile(&sources(chosen.dir)?, chosen)
}

/// Configuration and rules of data files that were read.
pub(crate) fn compile(sources: &[Source], chosen: Chosen<'_>) -> anyhow::Result<Config> {
    let own = sources.iter().find(|source| source.path.ends_with("portolan.toml"));
    let own =
        own.ok_or_else(|| Fault::configuration("`portolan.toml` is missing", "copy the whole config folder and change that"))?;
    let mut raw: Raw = own.read().map_err(|mistake| Fault::configuration(mistake.to_string(), "correct that line"))?;
    raw.check()?;
    if let Some(edition) = chosen.instrument {
        edition.clone_into(&mut raw.survey.instrument);
    }
    let book = Rulebook::load(sources, &raw.survey.instrument).map_err(|error| unloaded(&error, chosen.instrument.is_some()))?;
    let whole: String = sources
        .iter()
        .filter(|source| judges(&source.path, &book))
        .map(|source| format!("{}\n{}\n{}\n", source.path, source.text.len(), source.text))
        .collect();
    let rules = format!("{}\n{whole}", raw.survey.instrument);
    let digest = archive::digest(rules.as_bytes());
    Ok(Config { raw, book, rules: rules.into(), digest, sources: sources.to_vec(), dir: chosen.dir.map(Path::to_owned) })
}

/// Why there is no rulebook, with what to do.
pub(crate) fn unloaded(error: &indicator::Error, by_flag: bool) -> Fault {
    match error {
        indicator::Error::Edition { .. } if by_flag => Fault::usage(error.to_string(), "name one of these with --instrument"),
        indicator::Error::Edition { .. } => {
            Fault::configuration(error.to_string(), "name one of these by `instrument` in [survey] of portolan.toml")
        }
        _ => Fault::configuration(
            error.to_string(),
            "correct the lines named above; crates/indicator/RULES.md tells how rule files are written",
        ),
    }
}

/// Whether a file has a part in the rulebook: not the settings, not the crosswalks, not the advice, not other editions.
fn judges(path: &str, book: &Rulebook) -> bool {
    let edition = path.strip_prefix("instruments/").and_then(|rest| rest.split('/').next());
    !path.ends_with("portolan.toml")
        && !path.starts_with("crosswalks/")
        && !path.starts_with("advice/")
        && edition.is_none_or(|edition| book.editions().iter().any(|known| known == edition))
}

/// All data files of a directory, or the built-in ones.
pub(crate) fn sources(dir: Option<&Path>) -> anyhow::Result<Vec<Source>> {
    match dir {
        Some(dir) => read_all(dir),
        None => Ok(FILES.iter().map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() }).collect()),
    }
}

fn read_all(dir: &Path) -> anyhow::Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| {
            Fault::configuration(
                format!("`{}` cannot be read: {error}", folder.display()),
                "give --config a copy of the config folder",
            )
        })?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|error| {
                    Fault::configuration(format!("`{}` cannot be read: {error}", path.display()), "save it as UTF-8 text")
                })?;
                let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                sources.push(Source { path: name, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

impl Raw {
    fn check(&self) -> Result<(), Fault> {
        let wrong = |what: &str| Err(Fault::configuration(format!("portolan.toml: {what}"), "correct that value"));
        if !(0.0..=1.0).contains(&self.survey.explore) {
            return wrong("survey.explore is a share between 0 and 1");
        }
        if !(self.pace.delay_seconds >= 2.0 && self.pace.longest_seconds >= self.pace.delay_seconds) {
            return wrong("pace.delay_seconds is at least 2 and pace.longest_seconds at least that");
        }
        if self.survey.pages == 0 || self.survey.width == 0 || self.survey.portals == 0 {
            return wrong("survey.pages, survey.width and survey.portals are at least 1");
        }
        if self.archive.gzip_level > 9 || self.archive.segment_mebibytes == 0 {
            return wrong("archive.gzip_level is 0 to 9 and archive.segment_mebibytes at least 1");
        }
        Ok(())
    }

    /// The contact page: from the command line, else from the configuration.
    pub(crate) fn contact(&self, given: Option<&Url>) -> Result<Option<Url>, Fault> {
        if let Some(url) = given {
            return Ok(Some(url.clone()));
        }
        if self.agent.contact.is_empty() {
            return Ok(None);
        }
        let url = Url::parse(&self.agent.contact);
        url.map(Some).map_err(|error| {
            Fault::configuration(
                format!("portolan.toml: agent.contact is no URL: {error}"),
                "write a whole URL, as in https://example.org/bot",
            )
        })
    }

    /// Settings of the survey. The seed is the same for all portals of a survey.
    pub(crate) fn survey(&self, seed: u64) -> survey::Settings {
        let of = &self.survey;
        let order = match of.order {
            Order::BestFirst => crawl::Order::BestFirst,
            Order::BreadthFirst => crawl::Order::BreadthFirst,
        };
        let frontier = FrontierSettings {
            order,
            budget: Budget { pages: of.pages, bytes: of.mebibytes << 20, time: Duration::from_secs(of.minutes * 60) },
            explore_share: of.explore,
            seed,
            per_shape: of.per_shape,
            service_pages: of.service_pages,
            service_hops: of.service_hops,
            max_depth: of.max_depth,
            max_waiting: of.max_waiting,
            searches: of.searches,
            day: now().date(),
            recorded_hosts: Vec::new(),
        };
        survey::Settings {
            portals: of.portals,
            width: of.width,
            per_host: 1,
            frontier,
            dull: of.dull,
            archive: archive::Settings {
                prefix: "portolan".to_owned(),
                max_segment: self.archive.segment_mebibytes << 20,
                max_age: Duration::from_secs(60 * self.archive.segment_minutes),
                level: self.archive.gzip_level,
                software: TOOL.to_owned(),
            },
            page: page::Limits::DEFAULT,
            decode: crawl::decode::DecodeLimits::DEFAULT,
            pdf: self.pdf(),
        }
    }

    fn pdf(&self) -> Option<page::pdf::Extractor> {
        let program: PathBuf = std::env::current_exe().ok()?;
        Some(page::pdf::Extractor {
            command: vec![program.into_os_string(), "pdf-text".into()],
            timeout: Duration::from_secs_f64(self.pdf.seconds),
            max_output: 4 << 20,
        })
    }

    /// Settings of the fetcher.
    pub(crate) fn fetch(&self, contact: Option<Url>, delay: Option<f64>) -> crawl::fetch::Settings {
        let seconds = Duration::from_secs_f64;
        crawl::fetch::Settings {
            agent: TOOL.to_owned(),
            contact,
            polite: true,
            pace: PaceRules {
                delay: seconds(delay.unwrap_or(self.pace.delay_seconds)),
                longest: seconds(self.pace.longest_seconds),
                stop_after: self.pace.stop_after,
            },
            limits: Limits::DEFAULT,
        }
    }
}

/// The present instant.
pub(crate) fn now() -> Time {
    Time::from_system(std::time::SystemTime::now()).expect("the system clock stands between 1970 and 9999")
}
