//! A served application over a folder that goes away, and people at browsers who use it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use model::{Code, Country, Duty, Instrument, Portal, Time};
use review::{App, Doing, Outside, Setup, serve};
use serde_json::{Value, json};
use store::{Campaign, CaptureId, Link, NewSurvey, RunId, Session, Store, SurveyId};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

pub(crate) fn now() -> Time {
    Time::from_system(SystemTime::now()).unwrap()
}

/// A rest of the program that crawls nothing. Lists have `id,city,home`; surveys are begun in the ledger.
struct Rest {
    store: Store,
    stopped: Mutex<Vec<SurveyId>>,
}

impl Outside for Rest {
    fn read_list(&self, text: &str) -> Result<Vec<Portal>, Vec<(u64, String)>> {
        let (mut good, mut wrong) = (Vec::new(), Vec::new());
        for (line, row) in (1..).zip(text.lines()).skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            match (cells.as_slice(), Url::parse(cells.last().unwrap_or(&""))) {
                ([id, city, _], Ok(home)) => good.push(portal(id, city, home)),
                _ => wrong.push((line, format!("`{row}` is no city"))),
            }
        }
        if wrong.is_empty() { Ok(good) } else { Err(wrong) }
    }

    fn survey<'a>(&'a self, campaign: &'a Campaign, portals: Vec<Portal>) -> Doing<'a, SurveyId> {
        Box::pin(async move { Ok(begin_survey(&self.store, &campaign.id, &portals).await) })
    }

    fn stop(&self, survey: SurveyId) {
        self.stopped.lock().unwrap().push(survey);
    }

    fn under_way(&self, survey: SurveyId) -> bool {
        !self.stopped.lock().unwrap().contains(&survey)
    }

    fn told(&self, survey: SurveyId) -> Vec<String> {
        let stopped = self.stopped.lock().unwrap().contains(&survey);
        vec![if stopped { "stopping".to_owned() } else { "<b>visiting</b>".to_owned() }]
    }

    fn fetch<'a>(&'a self, _: RunId, _: &'a Url, _: &'a str) -> Doing<'a, CaptureId> {
        Box::pin(async { Err("nothing is fetched here".to_owned()) })
    }

    fn layer(&self, _: CaptureId) -> Doing<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn markup(&self, _: CaptureId) -> Doing<'_, Option<String>> {
        Box::pin(async { Ok(None) })
    }

    fn sign(&self) -> Doing<'_, String> {
        Box::pin(async { Err("nothing is signed here".to_owned()) })
    }

    fn walk<'a>(&'a self, _: &'a str, _: u32, _: &'a str, _: &'a Code) -> Doing<'a, (String, bool)> {
        Box::pin(async { Err("nothing is walked here".to_owned()) })
    }
}

fn portal(id: &str, city: &str, home: Url) -> Portal {
    let country = Country::new("ES").unwrap();
    Portal {
        id: id.to_owned(),
        city: city.to_owned(),
        country,
        home,
        hosts: Vec::new(),
        languages: Vec::new(),
        notes: String::new(),
    }
}

/// A survey in the ledger with a run for each portal.
pub(crate) async fn begin_survey(store: &Store, campaign: &str, portals: &[Portal]) -> SurveyId {
    let new = NewSurvey {
        campaign: campaign.to_owned(),
        started: now(),
        tool: "test".to_owned(),
        rulebook: model::Digest([7; 32]),
        settings: json!({}),
        seed: 1,
    };
    let survey = store.begin_survey(&new).await.unwrap();
    for portal in portals {
        store.begin_run(survey, portal, &json!({}), now()).await.unwrap();
    }
    survey
}

pub(crate) fn instrument() -> Instrument {
    let indicator = |code: &str| {
        json!({
            "code": code, "criterion": "SP", "title": format!("Question {code}"), "seen": "it is there", "not_enough": "",
            "scope": "portal", "kind": "content",
        })
    };
    serde_json::from_value(json!({
        "edition": "losi-test", "title": "LOSI test", "denominator": 2, "criteria": [{ "id": "SP", "name": "Services" }],
        "bands": [{ "name": "all", "above": -1.0 }], "indicators": [indicator("1"), indicator("2")],
    }))
    .unwrap()
}

pub(crate) struct Site {
    pub(crate) store: Store,
    pub(crate) archive: PathBuf,
    address: std::net::SocketAddr,
    _dir: tempfile::TempDir,
}

/// Serves the application on a port of this machine.
pub(crate) async fn site() -> Site {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path().join("archive");
    std::fs::create_dir(&archive).unwrap();
    let store = Store::open_or_create(&format!("sqlite:{}", dir.path().join("ledger.db").display())).await.unwrap();
    let setup = Setup {
        store: store.clone(),
        archive: archive.clone(),
        instrument: instrument(),
        advice: review::Advice::default(),
        earlier: Vec::new(),
        atlas: review::Atlas::default(),
        origin: None,
        outside: Arc::new(Rest { store: store.clone(), stopped: Mutex::default() }),
        clock: now,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, App::new(setup).unwrap(), std::future::pending()));
    Site { store, archive, address, _dir: dir }
}

impl Site {
    /// A one-time token for the first administrator.
    pub(crate) async fn token(&self) -> String {
        let of = Link { person: None, purpose: "setup".to_owned(), expires: now().plus(std::time::Duration::from_secs(60)) };
        self.store.put_link(&archive::digest(b"first"), &of, now()).await.unwrap();
        "first".to_owned()
    }

    pub(crate) fn nobody(&self) -> Browser {
        Browser { address: self.address, shows: String::new() }
    }

    /// A program that shows a token.
    pub(crate) fn program(&self, token: &str) -> Browser {
        Browser { address: self.address, shows: format!("Authorization: Bearer {token}\r\n") }
    }

    /// Somebody with these duties who is signed in.
    pub(crate) async fn person(&self, id: &str, duties: &[Duty]) -> Browser {
        self.store.put_person(id, "", now()).await.unwrap();
        self.store.set_password(id, "none", None, now()).await.unwrap();
        self.store.set_duties(id, duties, id, now()).await.unwrap();
        let session = Session {
            id: format!("session of {id}"),
            person: id.to_owned(),
            form: "form".to_owned(),
            agent: "test".to_owned(),
            begun: now(),
            seen: now(),
        };
        self.store.begin_session(&archive::digest(id.as_bytes()), &session).await.unwrap();
        Browser { address: self.address, shows: format!("Cookie: session={id}\r\n") }
    }
}

#[derive(Clone)]
pub(crate) struct Browser {
    address: std::net::SocketAddr,
    /// The field by which it is known.
    shows: String,
}

impl Browser {
    async fn ask(&mut self, head: &str, kind: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let whole = format!(
            "{head} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n{}Content-Length: {}\r\n\
             Content-Type: {kind}\r\n\r\n{body}",
            self.address,
            self.shows,
            body.len(),
        );
        stream.write_all(whole.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        if let Some(cookie) = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")) {
            self.shows = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
        }
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    /// A page. No text of it is a key that has no words.
    pub(crate) async fn page(&mut self, path: &str) -> (u16, String) {
        let (status, page) = self.ask(&format!("GET {path}"), "text/plain", "").await;
        for (tag, text) in page.split('<').filter_map(|part| part.split_once('>')) {
            let named = text == "sign-off" || ["code", "bdi", "kbd"].iter().any(|name| tag.starts_with(name));
            let key = text.contains('-') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            assert!(named || !key, "{path}: `{text}` has no words");
        }
        (status, page)
    }

    /// The same as JSON.
    pub(crate) async fn get(&mut self, path: &str) -> (u16, Value) {
        let (status, body) = self.ask(&format!("GET /api/v1{path}"), "text/plain", "").await;
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    pub(crate) async fn post(&mut self, path: &str, sent: Value) -> (u16, Value) {
        let (status, body) = self.ask(&format!("POST /api/v1{path}"), "application/json", &sent.to_string()).await;
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    /// Sends a form, as a browser does.
    pub(crate) async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        self.form_on(path, path, fields).await
    }

    /// Sends a form that stands on that page.
    pub(crate) async fn form_on(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let form = fields.iter().chain(&[("form", "form")]);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut of_page = Self { shows: format!("{}Referer: http://{}{page}\r\n", self.shows, self.address), ..self.clone() };
        of_page.ask(&format!("POST {path}"), "application/x-www-form-urlencoded", &body).await
    }

    /// Sends what must be refused; returns each field with what is wrong with it.
    pub(crate) async fn refused(&mut self, path: &str, sent: Value) -> Vec<(String, String)> {
        let (status, told) = self.post(path, sent).await;
        assert_eq!(status, 422, "{told}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        told["fields"].as_array().unwrap().iter().map(|one| (text(&one["name"]), text(&one["what"]))).collect()
    }

    /// Sends what must be done.
    pub(crate) async fn done(&mut self, path: &str, sent: Value) -> Value {
        let (status, told) = self.post(path, sent).await;
        assert_eq!(status, 200, "{path}: {told}");
        told
    }
}
