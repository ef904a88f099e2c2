//! A tiny campaign on a temporary ledger and archive, and the real server over it on loopback.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use archive::{Archive, Log, Settings, digest};
use model::*;
use review::{Advice, App, Atlas, Doing, Outside, Plan, Rules, Setup, Task, Text, Texts};
use serde_json::{Value, json};
use store::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Url;

/// The text of the one captured page; every yes points at its second word.
pub(crate) const TEXT: &str = "The budget of the city for this year";

/// A note that a spreadsheet would take for a formula.
pub(crate) const FORMULA: &str = "=HYPERLINK(\"https://evil.example\")";

/// The maps that ship.
const LAND: &str = include_str!("../../../../config/maps/land.geojson");
const PLACES: &str = include_str!("../../../../config/maps/places.geojson");

/// The clock stands: two worlds are alike to the byte.
pub(crate) fn now() -> Time {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A name in the form of a UUID, the same for the same text.
pub(crate) fn name(of: &str) -> String {
    let hex = digest(of.as_bytes()).to_string();
    let hex = hex.trim_start_matches("sha256:");
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// The rest of the program: it cannot sign, and what it walks holds.
struct Elsewhere;

impl Outside for Elsewhere {
    fn read_list(&self, _: &str) -> Result<Vec<Portal>, Vec<(u64, String)>> {
        Ok(Vec::new())
    }
    fn survey<'a>(&'a self, _: &'a Campaign, _: Vec<Portal>) -> Doing<'a, SurveyId> {
        Box::pin(async { Err("not here".to_owned()) })
    }
    fn stop(&self, _: SurveyId) {}
    fn under_way(&self, _: SurveyId) -> bool {
        true
    }
    fn told(&self, _: SurveyId) -> Vec<String> {
        Vec::new()
    }
    fn fetch<'a>(&'a self, _: RunId, _: &'a Url, _: &'a str) -> Doing<'a, CaptureId> {
        Box::pin(async { Err("not here".to_owned()) })
    }
    fn layer(&self, _: CaptureId) -> Doing<'_, ()> {
        Box::pin(async { Ok(()) })
    }
    fn markup(&self, _: CaptureId) -> Doing<'_, Option<String>> {
        Box::pin(async { Ok(None) })
    }
    fn sheets(&self, file: Vec<u8>) -> Doing<'_, Result<report::import::Sheets, report::import::Refused>> {
        Box::pin(async move { Ok(report::import::read(&file, &report::import::Limits::default())) })
    }
    fn sign(&self) -> Doing<'_, String> {
        Box::pin(async { Err("the key is locked away".to_owned()) })
    }
    fn walk<'a>(&'a self, campaign: &'a str, release: u32, portal: &'a str, code: &'a Code) -> Doing<'a, (String, bool)> {
        Box::pin(async move { Ok((format!("WALKED {campaign}/{release} {portal}/{code}"), true)) })
    }
}

pub(crate) struct World {
    pub(crate) app: Arc<App>,
    pub(crate) store: Store,
    pub(crate) archive: PathBuf,
    pub(crate) address: SocketAddr,
    /// The passage that every yes points at.
    pub(crate) passage: Pointed,
    /// Its judgings by portal.
    pub(crate) judging: i64,
    log: Log,
    _dir: tempfile::TempDir,
}

pub(crate) fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn portal(id: &str, city: &str) -> Portal {
    Portal {
        id: id.to_owned(),
        city: city.to_owned(),
        country: Country::new("ES").unwrap(),
        home: Url::parse(&format!("https://{id}.example/")).unwrap(),
        hosts: Vec::new(),
        languages: vec![Language::new("en").unwrap()],
        notes: String::new(),
    }
}

pub(crate) fn instrument() -> Instrument {
    let indicator = |no: usize| Indicator {
        code: code(&no.to_string()),
        criterion: if no < 4 { "CP" } else { "SP" }.to_owned(),
        title: format!("Question {no}"),
        seen: "It is there.".to_owned(),
        not_enough: String::new(),
        scope: Scope::Any,
        kind: Kind::Content,
    };
    let criterion = |id: &str, name: &str| Criterion { id: id.to_owned(), name: name.to_owned() };
    Instrument {
        edition: "tiny-1".to_owned(),
        title: "Tiny".to_owned(),
        language: "en".to_owned(),
        denominator: 5,
        criteria: vec![criterion("CP", "Content"), criterion("SP", "Services")],
        bands: vec![ScoreBand { name: "high".to_owned(), above: 0.5 }, ScoreBand { name: "low".to_owned(), above: -1.0 }],
        indicators: (1..=5).map(indicator).collect(),
    }
}

/// Advice in two languages: 3 is easy, the others are not.
pub(crate) fn advice() -> Result<Advice, Vec<(String, score::Flaw)>> {
    let task =
        |no: usize| Task { effort: if no == 3 { score::Effort::Easy } else { score::Effort::Moderate }, owner: "web".to_owned() };
    let plan: Plan = (1..=5).map(|no| (no.to_string(), task(no))).collect();
    let named = |pairs: &[(&str, &str)]| pairs.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect();
    let texts = |missing: &str, matters: &str| Texts {
        name: "Tiny".to_owned(),
        about: String::new(),
        criteria: named(&[("CP", "Content"), ("SP", "Services")]),
        bands: named(&[("high", "high band"), ("low", "low band")]),
        efforts: named(&[("easy", "easy"), ("moderate", "some work"), ("hard", "hard")]),
        owners: named(&[("web", "the web team")]),
        indicators: (1..=5)
            .map(|no| {
                let text = Text {
                    title: format!("Title {no}"),
                    missing: format!("{no} {missing}"),
                    why: format!("{no} {matters}"),
                    steps: vec![format!("begin with {no}")],
                };
                (no.to_string(), text)
            })
            .collect(),
    };
    let both = [("en", texts("is missing here", "matters")), ("ar", texts("ناقص", "مهم"))];
    Advice::new(&instrument(), plan, both.into_iter().map(|(tag, texts)| (tag.to_owned(), texts)).collect())
}

impl World {
    pub(crate) async fn begin() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let archive = dir.path().join("archive");
        let store = Store::open_or_create(&format!("sqlite:{}", dir.path().join("ledger.db").display())).await.unwrap();
        let portals = vec![portal("alpha", "Alphaville"), portal("beta", "Betatown")];
        let rules = Rules { threshold: 25.0, inspected: 0, ..Rules::default() };
        let campaign = Campaign {
            id: "tiny".to_owned(),
            title: "Tiny 2026".to_owned(),
            instrument: "tiny-1".to_owned(),
            portals: portals.clone(),
            begun: now(),
            by: "root".to_owned(),
        };
        assert!(store.put_campaign(&campaign, &json!(rules)).await.unwrap());
        let (passage, judging) = captured(&store, &archive, &portals).await;
        let setup = Setup {
            store: store.clone(),
            archive: archive.clone(),
            instrument: instrument(),
            advice: advice().unwrap(),
            earlier: Vec::new(),
            atlas: Atlas::read([("land.geojson", LAND), ("places.geojson", PLACES)]).unwrap(),
            origin: None,
            outside: Arc::new(Elsewhere),
            clock: now,
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = App::new(setup).unwrap();
        tokio::spawn(review::serve(listener, Arc::clone(&app), std::future::pending()));
        let log = Log::of(&archive).unwrap();
        Self { app, store, archive, address, passage, judging, log, _dir: dir }
    }

    /// Somebody with duties, signed in.
    pub(crate) async fn person(&self, id: &str, duties: &[Duty]) {
        self.store.put_person(id, "", now()).await.unwrap();
        self.store.set_duties(id, duties, "root", now()).await.unwrap();
        let text = |text: &str| text.to_owned();
        let session = Session { id: name(id), person: text(id), form: text("f"), agent: text(""), begun: now(), seen: now() };
        self.store.begin_session(&archive::digest(format!("secret-{id}").as_bytes()), &session).await.unwrap();
    }

    /// Gives a slot to somebody; returns its name.
    pub(crate) async fn assign(&self, portal: &str, round: u32, slot: Slot, person: &str) -> String {
        let id = name(&format!("{portal} {round} {slot:?} {person}"));
        self.assign_as(&id, portal, round, slot, person).await;
        id
    }

    /// As [`Self::assign`], under a name of its own.
    pub(crate) async fn assign_as(&self, id: &str, portal: &str, round: u32, slot: Slot, person: &str) {
        let of = Assignment {
            id: id.to_owned(),
            campaign: "tiny".to_owned(),
            portal: portal.to_owned(),
            round,
            slot,
            seq: 1,
            person: person.to_owned(),
            judging: (portal == "alpha").then_some(self.judging),
            proposals: None,
            seed: 7,
            due: None,
            at: now(),
            by: "root".to_owned(),
        };
        self.store.put_assignment(&of).await.unwrap();
    }

    pub(crate) async fn record(&mut self, made: Made) {
        review::record(&self.archive, &mut self.log, &self.store, &made).await.unwrap();
    }

    /// Decides indicators of a slot: `1y` is a yes to 1, `2n` a no to 2.
    pub(crate) async fn decide(&mut self, portal: &str, round: u32, slot: Slot, who: &str, answers: &[&str]) {
        for answer in answers {
            let (of, word) = answer.split_at(1);
            let yes = word == "y";
            let made = Decision {
                id: name(&format!("{portal} {round} {slot:?} {of}")),
                campaign: "tiny".to_owned(),
                portal: portal.to_owned(),
                round,
                slot,
                assessor: who.to_owned(),
                code: code(of),
                answer: if yes { Choice::Yes } else { Choice::No },
                reason: (!yes).then(|| "outdated".to_owned()),
                note: if yes { format!("seen in slot {portal}") } else { FORMULA.to_owned() },
                evidence: if yes { vec![self.passage.clone()] } else { Vec::new() },
                trail: if yes { Vec::new() } else { vec!["looked everywhere".to_owned()] },
                assist: Assist::EvidenceOnly,
                seconds: 3,
                at: now(),
                supersedes: None,
            };
            self.record(Made::Decision(made)).await;
        }
    }

    pub(crate) async fn seal(&mut self, portal: &str, round: u32, slot: Slot, who: &str) {
        let made = SlotSeal {
            id: name(&format!("seal {portal} {round} {slot:?}")),
            campaign: "tiny".to_owned(),
            portal: portal.to_owned(),
            round,
            slot,
            assessor: who.to_owned(),
            digest: Digest([9; 32]),
            at: now(),
        };
        self.record(Made::SlotSeal(made)).await;
    }

    /// Asks over HTTP as somebody, or as nobody with an empty name; status and body.
    pub(crate) async fn ask(&self, method: &str, path: &str, who: &str, body: Option<Value>) -> (u16, String) {
        let answer = self.raw(method, path, who, body).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    /// The same, whole.
    pub(crate) async fn raw(&self, method: &str, path: &str, who: &str, body: Option<Value>) -> String {
        let body = body.map_or_else(String::new, |body| body.to_string());
        let cookie = if who.is_empty() { String::new() } else { format!("cookie: session=secret-{who}\r\n") };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{cookie}content-type: application/json\r\n\
             sec-fetch-site: same-origin\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.exchange(request).await
    }

    /// Sends a form that stands on a page of ours, as a browser does; the whole answer.
    pub(crate) async fn form(&self, page: &str, path: &str, who: &str, fields: &str) -> String {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {0}\r\nconnection: close\r\ncookie: session=secret-{who}\r\n\
             content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\nreferer: http://{0}{page}\r\n\
             content-length: {1}\r\n\r\n{fields}",
            self.address,
            fields.len()
        );
        self.exchange(request).await
    }

    /// Sends a request as it stands; what came back, nothing if the connection was ended. Of a file that is no text, a character
    /// for each byte.
    pub(crate) async fn exchange(&self, request: String) -> String {
        let text = String::from_utf8(self.bytes(request).await);
        text.unwrap_or_else(|file| file.into_bytes().into_iter().map(char::from).collect())
    }

    /// The same, whatever bytes come.
    async fn bytes(&self, request: String) -> Vec<u8> {
        let mut stream = tokio::net::TcpStream::connect(self.address).await.unwrap();
        // Whoever is refused early cannot send the rest.
        stream.write_all(request.as_bytes()).await.ok();
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        tokio::time::timeout(Duration::from_secs(30), read).await.unwrap().ok();
        answer
    }

    /// The bytes of a file.
    pub(crate) async fn file(&self, path: &str, who: &str) -> Vec<u8> {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: session=secret-{who}\r\n\r\n", self.address);
        let answer = self.bytes(request).await;
        assert_eq!(&answer[9..12], b"200", "{path}");
        let body = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        answer[body + 4..].to_vec()
    }

    /// A page, without the marks that isolate directions.
    pub(crate) async fn page(&self, path: &str, who: &str) -> (u16, String) {
        let (status, body) = self.ask("GET", path, who, None).await;
        (status, body.replace(['\u{2068}', '\u{2069}'], ""))
    }

    pub(crate) async fn get(&self, path: &str, who: &str) -> (u16, Value) {
        let (status, body) = self.ask("GET", &format!("/api/v1{path}"), who, None).await;
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    pub(crate) async fn post(&self, path: &str, who: &str, body: Value) -> (u16, Value) {
        let (status, body) = self.ask("POST", &format!("/api/v1{path}"), who, Some(body)).await;
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }
}

fn exchange(portal: &Portal) -> Exchange {
    Exchange {
        purpose: Purpose::Answer,
        url: portal.home.clone(),
        request: Headers(Vec::new()),
        sent: now(),
        done: now(),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html".to_owned())]),
        body: format!("<p>{TEXT}</p><!-- {} -->", portal.id).into_bytes(),
        address: Some("127.0.0.1".parse().unwrap()),
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// A page of each city, captured and judged: the machine is nearly certain that 1 is not there.
async fn captured(store: &Store, dir: &std::path::Path, portals: &[Portal]) -> (Pointed, i64) {
    let survey = NewSurvey {
        campaign: "tiny".to_owned(),
        started: now(),
        tool: "test".to_owned(),
        rulebook: Digest([7; 32]),
        settings: json!({}),
        seed: 1,
    };
    let survey = store.begin_survey(&survey).await.unwrap();
    let settings = Settings {
        prefix: "t".to_owned(),
        max_segment: 1 << 20,
        max_age: Duration::from_secs(3600),
        level: 1,
        software: "test".to_owned(),
    };
    let mut archive = Archive::open(dir, settings).unwrap();
    let (mut passage, mut first) = (None, None);
    for portal in portals {
        let run = store.begin_run(survey, portal, &json!({}), now()).await.unwrap();
        let exchange = exchange(portal);
        let record = archive.append(&exchange, &json!({})).unwrap();
        let layer = archive.append_text(&record, &exchange.url, TEXT, exchange.done).unwrap();
        archive.sync().unwrap();
        let key = UrlKey(format!("example,{})/", portal.id).into());
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
        let coverage = Coverage {
            day: now().date(),
            seen: Vec::new(),
            waiting: Vec::new(),
            searches: Vec::new(),
            sitemap_urls: 0,
            lexicons: Vec::new(),
        };
        let finding = Finding {
            code: code("1"),
            answer: Answer::Absent,
            band: Band::High,
            evidence: Vec::new(),
            because: "looked everywhere".to_owned(),
        };
        let judging = store.put_findings(run, &Digest([7; 32]), "test", now(), &coverage, &[finding]).await.unwrap();
        first.get_or_insert(judging);
        passage.get_or_insert(Pointed {
            record: record.id,
            url: portal.home.to_string(),
            exact: "budget".to_owned(),
            prefix: "The ".to_owned(),
            suffix: " of the city".to_owned(),
            start: Some(4),
            end: Some(10),
        });
    }
    archive.close().unwrap();
    (passage.unwrap(), first.unwrap())
}
