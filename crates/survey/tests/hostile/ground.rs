//! A real survey of one hostile portal beside a healthy one, with limits that a test can wait for, and what is to be
//! asked of it afterwards.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use crawl::fetch::Limits;
use crawl::pace::PaceRules;
use crawl::{Budget, FrontierSettings, Order};
use indicator::{Rulebook, Source};
use model::{Answer, Country, Digest, Finding, Language, Miss, Portal, Time, Why};
use serde_json::json;
use store::{NewSurvey, Outcome, Past, RunState, Store};
use survey::{Ground, Reach, Settings, Stop, Survey};
use testkit::{City, Served};
use url::Url;

/// What any of these surveys may take at most, in debug on a busy machine.
const LONGEST: Duration = Duration::from_secs(25);

/// A survey to be run.
pub(crate) struct Plan {
    pub(crate) hostile: Portal,
    pub(crate) settings: Settings,
    pub(crate) fetch: crawl::fetch::Settings,
    pub(crate) routes: Vec<String>,
    pub(crate) trust: Vec<String>,
}

/// A survey that ended, as far as the hostile portal is concerned; the healthy one was looked at already.
pub(crate) struct Ended {
    pub(crate) outcome: survey::Outcome,
    /// Its visits, from the ledger.
    pub(crate) visits: Vec<Past>,
    /// What its metadata records say, in the order of the archive.
    pub(crate) told: Vec<Told>,
    _dir: tempfile::TempDir,
}

/// A metadata record of the archive.
pub(crate) struct Told {
    pub(crate) url: String,
    pub(crate) says: serde_json::Value,
}

impl Plan {
    /// A hostile portal with this home page, and where its hosts are sent.
    pub(crate) fn new(home: &str, routes: Vec<String>) -> Self {
        let ms = Duration::from_millis;
        let limits = Limits {
            connect: ms(900),
            idle: ms(500),
            total: ms(1200),
            slow_after: ms(300),
            patience: ms(1500),
            body: 8 << 20,
            ..Limits::DEFAULT
        };
        let fetch = crawl::fetch::Settings {
            agent: "Portolan/0.0".to_owned(),
            contact: Some(url("https://portolan.example/about")),
            polite: true,
            pace: PaceRules { delay: ms(20), longest: ms(400), stop_after: 3 },
            limits,
        };
        Self { hostile: portal("hostile", home, "en"), settings: settings(), fetch, routes, trust: Vec::new() }
    }

    /// The first city served is the hostile portal.
    pub(crate) fn served(served: &Served) -> Self {
        let plan = Self::new(served.home().as_str(), served.routes());
        Self { trust: vec![served.ca_pem().to_owned()], ..plan }
    }

    /// Surveys both portals, and asserts what holds whatever the hostile one does: the survey ends in time, the healthy
    /// portal comes to its findings, each row has its bytes, the ledger says the same as the outcomes, and the archive
    /// tells why each visit without a page had none.
    pub(crate) async fn run(mut self) -> Ended {
        let healthy = healthy().serve().await;
        self.routes.extend(healthy.routes());
        self.trust.push(healthy.ca_pem().to_owned());
        let portals = vec![self.hostile.clone(), portal("healthy", healthy.home().as_str(), "en")];
        let dir = tempfile::tempdir().unwrap();
        let (ground, reach) = self.laid(dir.path()).await;
        let (store, archive) = (ground.store.clone(), ground.archive.clone());
        let survey = store.begin_survey(&new_survey()).await.unwrap();
        let started = Instant::now();
        let walking = Survey::open(ground, survey, self.settings, reach).await.unwrap();
        let outcomes = Box::pin(walking.walk(portals, &Stop::default(), Arc::new(|_| {}))).await.unwrap();
        assert!(started.elapsed() < LONGEST, "it took {:?}", started.elapsed());

        let [hostile, well]: [survey::Outcome; 2] = outcomes.try_into().unwrap();
        assert_eq!((well.portal.id.as_str(), well.finished, &well.failure), ("healthy", true, &None));
        assert!(well.findings.iter().any(|finding| finding.answer == Answer::Present && !finding.evidence.is_empty()));
        assert_eq!(well.findings.len(), book().instrument.indicators.len());
        assert!(hostile.finished, "what a portal does wrong is no failure of ours: {:?}", hostile.failure);
        assert_eq!(hostile.findings.len(), well.findings.len());

        let run = hostile.run.unwrap();
        assert_eq!(store.run(run).await.unwrap().state, RunState::Finished);
        assert!(store.survey(survey).await.unwrap().finished.is_some());
        let judging = store.judgings(run).await.unwrap().remove(0).id;
        let kept: Vec<Finding> = store.findings(judging).await.unwrap().into_iter().map(|found| found.finding).collect();
        assert_eq!(kept, hostile.findings, "the ledger has the findings that the outcome tells");
        check_bytes(&store, &archive).await;
        let visits = store.outcomes(run).await.unwrap();
        let ended = Ended { outcome: hostile, visits, told: told(&archive, "hostile"), _dir: dir };
        ended.check_reasons();
        ended
    }
}

impl Plan {
    /// A ledger and an archive in a folder, and how the portals are reached.
    pub(crate) async fn laid(&self, dir: &Path) -> (Ground, Reach) {
        let store = Store::open_or_create(&format!("sqlite:{}", dir.join("ledger.sqlite").display())).await.unwrap();
        let ground = Ground {
            store,
            archive: dir.join("archive"),
            book: book(),
            rules: "".into(),
            digest: DIGEST,
            tool: "Portolan/0.0".to_owned(),
        };
        let reach = Reach {
            fetch: self.fetch.clone(),
            routes: self.routes.iter().map(|route| route.parse().unwrap()).collect(),
            trust: self.trust.iter().map(|pem| pem.clone().into_bytes()).collect(),
        };
        (ground, reach)
    }
}

/// What the metadata records of a portal say.
fn told(archive: &Path, portal: &str) -> Vec<Told> {
    let segments = archive::segments(archive).unwrap();
    let records = segments.iter().flat_map(|segment| archive::scan(segment).unwrap()).map(Result::unwrap);
    let all = records.filter(|record| record.kind() == "metadata").map(|record| Told {
        url: record.field("WARC-Target-URI").unwrap().to_owned(),
        says: serde_json::from_slice(&record.block).unwrap(),
    });
    all.filter(|told| told.says["about"]["portal"] == portal).collect()
}

impl Ended {
    /// Asserts that what the ledger says of each miss is in the archive too.
    #[track_caller]
    fn check_reasons(&self) {
        for past in &self.visits {
            let Outcome::Missed { miss, detail, record } = &past.outcome else { continue };
            let of_visit = self.told.iter().filter(|told| told.says["about"]["visit"] == past.visit.no);
            let mut reason = of_visit.filter(|told| told.url == past.visit.url.as_str()).map(|told| &told.says["about"]);
            let reason = reason.rfind(|about| about["miss"] == miss.as_str());
            let exact = reason.is_some_and(|about| about["detail"] == **detail && record.is_some());
            assert!(exact, "{}: {miss}: {detail} is not told by the archive: {reason:?}", past.visit.url);
        }
    }

    /// What came of the first visit to a path.
    #[track_caller]
    pub(crate) fn visit(&self, path: &str) -> &Outcome {
        let found = self.visits.iter().find(|past| past.visit.url.path() == path);
        &found.unwrap_or_else(|| panic!("{path} was not visited")).outcome
    }

    /// Asserts that a path brought nothing, for this reason.
    #[track_caller]
    pub(crate) fn missed(&self, path: &str, expect: Miss, words: &str) {
        match self.visit(path) {
            Outcome::Missed { miss, detail, .. } => {
                assert!(*miss == expect && detail.contains(words), "{path}: {miss}: {detail}");
            }
            other => panic!("{path} brought {other:?}"),
        }
    }

    /// Asserts that the home page brought nothing, for this reason, in the ledger, in each finding and in the outcome.
    #[track_caller]
    pub(crate) fn unreached(&self, expect: Miss, words: &str) {
        self.missed(self.outcome.portal.home.path(), expect, words);
        for finding in &self.outcome.findings {
            match &finding.answer {
                Answer::Undetermined(Why::Unreached(miss)) => assert_eq!(*miss, expect, "{finding:?}"),
                Answer::Undetermined(Why::NeedsPerson | Why::NeedsRenderer) => {}
                other => panic!("{} is {other} though nothing was seen", finding.code),
            }
        }
        let failure = self.outcome.failure.as_deref().unwrap_or_default();
        assert!(failure.contains(expect.as_str()), "the outcome says what failed: {failure}");
    }

    /// Asserts that the home page was read, and that nothing is called absent after that.
    #[track_caller]
    pub(crate) fn nothing_absent(&self) {
        let absent: Vec<_> = self.outcome.findings.iter().filter(|finding| finding.answer == Answer::Absent).collect();
        assert!(absent.is_empty(), "{} findings are absent, the first {:?}", absent.len(), absent[0]);
    }

    #[track_caller]
    pub(crate) fn answer(&self, code: &str) -> &Answer {
        answer(&self.outcome.findings, code)
    }

    /// Paths that brought a page.
    pub(crate) fn seen(&self) -> Vec<&str> {
        let came = self.visits.iter().filter(|past| past.outcome.captured().is_some());
        came.map(|past| past.visit.url.path()).collect()
    }
}

#[track_caller]
fn answer<'a>(findings: &'a [Finding], code: &str) -> &'a Answer {
    &findings.iter().find(|finding| finding.code.as_str() == code).unwrap().answer
}

/// Reads from the archive whatever the ledger refers to; digests are checked on the way.
pub(crate) async fn check_bytes(store: &Store, archive: &Path) {
    for record in store.records().await.unwrap() {
        match record.kind.as_str() {
            "response" | "revisit" => drop(archive::read(archive, &record).unwrap()),
            "conversion" => drop(archive::read_text(archive, &record).unwrap()),
            _ => {
                let end = std::fs::metadata(archive.join(&record.segment)).unwrap().len();
                assert!(record.offset + record.length <= end, "{record:?}");
            }
        }
    }
}

/// A small city that behaves, with a page about roads.
pub(crate) fn healthy() -> City {
    let home = "<!doctype html><html lang=en><title>City of Wellby</title><h1>Welcome to the City of Wellby</h1>\
                <main><p>Offices are open on weekdays.</p><a href=/roads>Road work and closures</a> <a href=/parks>Parks</a></main>";
    let parks = "<!doctype html><html lang=en><title>Parks</title><main><h1>Parks</h1><p>Three of them.</p></main>";
    City::new("www.wellby.example").page("/", home).page("/parks", parks).page("/roads", &fixture("285-roads/present-en.html"))
}

/// A page that shows an indicator.
pub(crate) fn fixture(name: &str) -> String {
    std::fs::read_to_string(root().join("fixtures/indicators").join(name)).unwrap()
}

pub(crate) fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn portal(id: &str, home: &str, language: &str) -> Portal {
    Portal {
        id: id.to_owned(),
        city: id.to_owned(),
        country: Country::new("GB").unwrap(),
        home: url(home),
        hosts: Vec::new(),
        languages: vec![Language::new(language).unwrap()],
        notes: String::new(),
    }
}

fn settings() -> Settings {
    let frontier = FrontierSettings {
        order: Order::BestFirst,
        budget: Budget { pages: 60, bytes: 256 << 20, time: Duration::from_secs(15) },
        explore_share: 0.2,
        seed: 1,
        per_shape: 30,
        service_pages: 15,
        service_hops: 2,
        max_depth: 12,
        max_waiting: 10_000,
        searches: 10,
        day: DAY.parse::<Time>().unwrap().date(),
        recorded_hosts: Vec::new(),
    };
    Settings {
        portals: 2,
        width: 4,
        per_host: 1,
        frontier,
        dull: 60,
        archive: archive::Settings {
            prefix: "hostile".to_owned(),
            max_segment: 64 << 20,
            max_age: Duration::from_secs(900),
            level: 1,
            software: "Portolan/0.0".to_owned(),
        },
        page: page::Limits::DEFAULT,
        decode: crawl::decode::DecodeLimits::DEFAULT,
        pdf: None,
    }
}

const DAY: &str = "2026-11-23T06:00:00Z";
const DIGEST: Digest = Digest([7; 32]);

pub(crate) fn new_survey() -> NewSurvey {
    let (campaign, tool) = ("hostile".to_owned(), "Portolan/0.0".to_owned());
    NewSurvey { campaign, started: now(), tool, rulebook: DIGEST, settings: json!({}), seed: 1 }
}

fn now() -> Time {
    Time::from_system(std::time::SystemTime::now()).unwrap()
}

/// The rulebook that ships, loaded once.
pub(crate) fn book() -> Arc<Rulebook> {
    static BOOK: LazyLock<Arc<Rulebook>> = LazyLock::new(|| Arc::new(Rulebook::load(&sources(), "losi-2024").unwrap()));
    Arc::clone(&BOOK)
}

fn sources() -> Vec<Source> {
    let config = root().join("config");
    let folders = ["instruments/losi-2024", "lexicons"].map(|folder| std::fs::read_dir(config.join(folder)).unwrap());
    let files = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).chain([config.join("vendors.toml")]);
    let rules = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let read = |path: PathBuf| Source { text: std::fs::read_to_string(&path).unwrap(), path: path.display().to_string() };
    rules.map(read).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}
