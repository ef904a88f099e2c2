//! How long the report of the world takes: a made-up release of the 193 states' largest cities, each with every answer of both
//! assessors. Run by hand, in release: `cargo test --release -p cli large -- --ignored --nocapture`. With `PORTOLAN_LARGE` it
//! stays in that folder, data and pages.

#![expect(clippy::print_stderr, reason = "a test that cannot go on has failed; numbers are told")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use archive::{Archive, digest};
use model::*;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Campaign, Captured, Kept, NewSurvey, Outcome, Store};
use url::Url;

use crate::args::SiteArgs;
use crate::config::{Chosen, Config, load, sources};

#[derive(Deserialize)]
struct States {
    state: Vec<State>,
}

#[derive(Deserialize)]
struct State {
    code: String,
    city: String,
    languages: Vec<String>,
}

fn config() -> Config {
    load(Chosen { dir: None, instrument: None }).unwrap()
}

fn portals() -> Vec<Portal> {
    let sources = sources(None).unwrap();
    let states: States = sources.iter().find(|source| source.path == "states.toml").unwrap().read().unwrap();
    let portal = |state: State| Portal {
        id: state.code.to_lowercase(),
        city: state.city,
        country: Country::new(&state.code).unwrap(),
        home: Url::parse(&format!("https://{}.example/", state.code.to_lowercase())).unwrap(),
        hosts: Vec::new(),
        languages: state.languages.iter().map(|tag| Language::new(tag).unwrap()).collect(),
        notes: String::new(),
    };
    states.state.into_iter().map(portal).collect()
}

fn at(second: u64) -> Time {
    "2026-11-01T08:00:00Z".parse::<Time>().unwrap().plus(std::time::Duration::from_secs(second))
}

/// A number that looks like chance, the same each time.
fn chance(of: &str, below: u64) -> u64 {
    let bytes = digest(of.as_bytes()).0;
    u64::from_le_bytes(bytes[..8].try_into().unwrap()) % below
}

fn name(of: &str) -> String {
    let hex = digest(of.as_bytes()).to_string();
    let hex = hex.trim_start_matches("sha256:");
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// Whether a city has an indicator: cities and indicators differ in how likely that is. The later, the more.
fn has(portal: &str, code: &str, campaign: &str) -> bool {
    let likely = 20 + chance(portal, 70) + if campaign == "world-2026" { 6 } else { 0 };
    (chance(&format!("{portal} {code}"), 100) + chance(code, 40)) < likely + 10
}

struct Making {
    store: Store,
    rows: Vec<(u64, &'static str, Value)>,
    entry: u64,
}

impl Making {
    fn add(&mut self, made: &Made) {
        self.entry += 1;
        self.rows.push((self.entry, made.table(), made.row()));
    }

    async fn keep(&mut self) {
        let rows: Vec<(u64, &str, Value)> = self.rows.drain(..).collect();
        self.store.make(&rows).await.unwrap().keep().await.unwrap();
    }

    /// An indicator decided in both slots and, where they differ, ruled; what its final answer rests on, and whether they do.
    fn answered(
        &mut self,
        campaign: &str,
        portal: &str,
        code: &Code,
        yes: bool,
        since: u64,
        passage: &Pointed,
    ) -> (Vec<String>, bool) {
        let round = 1;
        let mut ids = Vec::new();
        let differs = chance(&format!("differ {campaign} {portal} {code}"), 100) < chance(code.as_str(), 9);
        for slot in [Slot::A, Slot::B] {
            let own = yes != (differs && slot == Slot::B);
            let open = differs && slot == Slot::B && chance(&format!("open {portal}{code}"), 3) == 0;
            let answer = if open {
                Choice::Unclear
            } else if own {
                Choice::Yes
            } else {
                Choice::No
            };
            let id = name(&format!("{campaign} {portal} {slot:?} {code}"));
            let reasons = ["not_found_after_search", "info_only_not_service", "outdated", "login_wall", "partial"];
            let pick = usize::try_from(chance(&id, 5)).unwrap();
            ids.push(id.clone());
            self.add(&Made::Decision(Decision {
                id,
                campaign: campaign.to_owned(),
                portal: portal.to_owned(),
                round,
                slot,
                assessor: format!("assessor-{slot:?}").to_lowercase(),
                code: code.clone(),
                answer,
                reason: (answer != Choice::Yes).then(|| reasons[pick].to_owned()),
                note: String::new(),
                evidence: if answer == Choice::Yes { vec![passage.clone()] } else { Vec::new() },
                trail: if answer == Choice::Yes { Vec::new() } else { vec!["looked".to_owned()] },
                assist: Assist::EvidenceOnly,
                seconds: 20 + u32::try_from(chance(code.as_str(), 90)).unwrap(),
                at: at(since),
                supersedes: None,
            }));
        }
        let mut rests_on = ids;
        if differs {
            let id = name(&format!("ruling {campaign} {portal} {code}"));
            rests_on = vec![id.clone()];
            self.add(&Made::Adjudication(Adjudication {
                id,
                campaign: campaign.to_owned(),
                portal: portal.to_owned(),
                round,
                reviewer: "reviewer".to_owned(),
                code: code.clone(),
                answer: if yes { Choice::Yes } else { Choice::No },
                reason: "partial".to_owned(),
                note: "I looked.".to_owned(),
                evidence: if yes { vec![passage.clone()] } else { Vec::new() },
                at: at(since + 200_000),
                supersedes: None,
            }));
        }
        (rests_on, differs)
    }

    /// Both slots of a city decided and sealed, compared and signed off; what they differ on is ruled.
    fn city(&mut self, campaign: &str, portal: &Portal, codes: &[Code], passage: &Pointed) -> String {
        let (campaign, portal, round) = (campaign.to_owned(), portal.id.clone(), 1);
        let (mut finals, mut mismatches) = (Vec::new(), Vec::new());
        let begun = chance(&portal, 400_000);
        for (no, code) in (0u64..).zip(codes) {
            let yes = has(&portal, code.as_str(), &campaign);
            let (rests_on, differs) = self.answered(&campaign, &portal, code, yes, begun + 60 * no, passage);
            if differs {
                mismatches.push(code.clone());
            }
            finals.push(Final { code: code.clone(), answer: if yes { Choice::Yes } else { Choice::No }, rests_on });
        }
        for slot in [Slot::A, Slot::B] {
            self.add(&Made::SlotSeal(SlotSeal {
                id: name(&format!("seal {campaign} {portal} {slot:?}")),
                campaign: campaign.clone(),
                portal: portal.clone(),
                round,
                slot,
                assessor: format!("assessor-{slot:?}").to_lowercase(),
                digest: Digest([9; 32]),
                at: at(begun + 100_000),
            }));
        }
        let compared = u32::try_from(codes.len()).unwrap();
        let over = 20 * mismatches.len() > codes.len();
        self.add(&Made::Comparison(Comparison {
            id: name(&format!("comparison {campaign} {portal}")),
            campaign: campaign.clone(),
            portal: portal.clone(),
            round,
            seals: vec![Digest([9; 32]); 2],
            compared,
            mismatches,
            policy: 1,
            path: if over { model::Path::Over } else { model::Path::Within },
            at: at(begun + 100_001),
        }));
        let id = name(&format!("sign-off {campaign} {portal}"));
        let reviewer = "senior".to_owned();
        self.add(&Made::SignOff(SignOff { id: id.clone(), campaign, portal, round, reviewer, finals, at: at(begun + 300_000) }));
        id
    }
}

/// A page that every yes points at.
async fn captured(store: &Store, dir: &Path, portal: &Portal, campaign: &str) -> (Pointed, i64, i64) {
    let survey = NewSurvey {
        campaign: campaign.to_owned(),
        started: at(0),
        tool: "test".to_owned(),
        rulebook: Digest([7; 32]),
        settings: json!({}),
        seed: 1,
    };
    let survey = store.begin_survey(&survey).await.unwrap();
    let settings = archive::Settings {
        prefix: "t".to_owned(),
        max_segment: 1 << 20,
        max_age: std::time::Duration::from_secs(3600),
        level: 1,
        software: "test".to_owned(),
    };
    let mut archive = Archive::open(dir, settings).unwrap();
    let exchange = Exchange {
        purpose: Purpose::Answer,
        url: portal.home.clone(),
        request: Headers(Vec::new()),
        sent: at(0),
        done: at(0),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html".to_owned())]),
        body: b"<p>The budget of the city</p>".to_vec(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    };
    let run = store.begin_run(survey, portal, &json!({}), at(0)).await.unwrap();
    let record = archive.append(&exchange, &json!({})).unwrap();
    let layer = archive.append_text(&record, &exchange.url, "The budget of the city", at(0)).unwrap();
    archive.sync().unwrap();
    let key = UrlKey(format!("example,{campaign})/").into());
    let captured = Captured::of(&exchange, key.clone(), record.clone(), None);
    let visit = Visit {
        no: 0,
        url: portal.home.clone(),
        key,
        errand: Errand::Home,
        via: None,
        depth: 0,
        rule: "home".to_owned(),
        explored: false,
    };
    let outcome = Outcome::Captured(Box::new(captured));
    let kept = Kept { run, visit, outcome, exchanges: Vec::new(), robots: Vec::new(), refused: Vec::new() };
    let capture = store.keep(&[kept]).await.unwrap()[0].unwrap();
    store.put_layers(&[(capture, layer)]).await.unwrap();
    let passage = Pointed {
        record: record.id,
        url: portal.home.to_string(),
        exact: "budget".to_owned(),
        prefix: "The ".to_owned(),
        suffix: " of the city".to_owned(),
        start: Some(4),
        end: Some(10),
    };
    (passage, run.0, 1)
}

/// A data directory with two campaigns of the world, each with its release.
async fn made(data: &Path) {
    let (config, portals) = (config(), portals());
    assert_eq!(portals.len(), 193);
    let ground = crate::ground::open(data, config).await.unwrap();
    let codes: Vec<Code> = ground.book.instrument.indicators.iter().map(|one| one.code.clone()).collect();
    let mut making = Making { store: ground.store.clone(), rows: Vec::new(), entry: 0 };
    for (campaign, title, published) in
        [("world-2024", "Cities of the world 2024", 500_000), ("world-2026", "Cities of the world 2026", 900_000)]
    {
        let of = Campaign {
            id: campaign.to_owned(),
            title: title.to_owned(),
            instrument: ground.book.instrument.edition.clone(),
            portals: portals.clone(),
            begun: at(0),
            by: "root".to_owned(),
        };
        let rules = json!(review::Rules::default());
        assert!(ground.store.put_campaign(&of, &rules).await.unwrap());
        let (passage, run, judging) = captured(&ground.store, &ground.archive, &portals[0], campaign).await;
        let mut cities = Vec::new();
        for portal in &portals {
            let sign_off = making.city(campaign, portal, &codes, &passage);
            cities.push(Released { portal: portal.id.clone(), city: portal.city.clone(), run, judging, sign_off });
            making.keep().await;
        }
        making.add(&Made::Release(Release {
            id: name(&format!("release {campaign}")),
            campaign: campaign.to_owned(),
            number: 1,
            instrument: of.instrument,
            policy: json!({ "policy": 1, "rules": rules }),
            cities,
            reason: "made up, to measure".to_owned(),
            publisher: "senior".to_owned(),
            at: at(published),
            supersedes: None,
        }));
        making.keep().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: minutes of work, to be run in release"]
async fn the_report_of_193_cities_takes_less_than_fifteen_seconds() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = std::env::var_os("PORTOLAN_LARGE").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let (data, out) = (folder.join("data"), folder.join("site"));
    if !data.exists() {
        made(&data).await;
    }
    let begun = Instant::now();
    let args = SiteArgs { release: "world-2026/1".to_owned(), out: out.clone() };
    super::run(&data, config(), &args).await.unwrap();
    let took = begun.elapsed();
    let mut largest = (0, PathBuf::new());
    let mut folders = vec![out.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let (path, size) = {
                let entry = entry.unwrap();
                (entry.path(), entry.metadata().unwrap().len())
            };
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") && size > largest.0 {
                largest = (size, path);
            }
        }
    }
    for part in ["index", "cities", "indicators", "lessons"] {
        for language in ["en", "ru"] {
            let size = std::fs::metadata(out.join(format!("{language}/{part}.html"))).unwrap().len();
            eprintln!("{language}/{part}.html: {size} bytes");
        }
    }
    eprintln!("193 cities in {:.1} s, the largest page is {} of {} bytes", took.as_secs_f64(), largest.1.display(), largest.0);
    assert!(took.as_secs() < 15 && largest.0 < 300_000);
}
