//! Many assessors at once on one application: how long it takes until a decision is confirmed, and whether the ledger has
//! each confirmed decision once and no other.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use model::{Country, Duty, Portal, Slot, Time};
use serde_json::{Value, json};
use store::{Assignment, Campaign, Session, Store};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::program::empty;

#[tokio::test(flavor = "multi_thread")]
async fn decisions_of_a_few_assessors_are_neither_lost_nor_doubled() {
    prove("assessors", 6, 12, Duration::ZERO).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask assessors"]
async fn decisions_of_many_assessors_are_neither_lost_nor_doubled() {
    let assessors = std::env::var("PORTOLAN_ASSESSORS").map_or(50, |text| text.parse().unwrap());
    println!("without a pause between decisions:");
    prove("assessors-hasty", assessors, 95, Duration::ZERO).await;
    println!("with half a second to look at each page:");
    prove("assessors-calm", assessors, 95, Duration::from_millis(500)).await;
}

/// An assessor's slot, and what their browser knows.
struct Desk {
    slot: String,
    cookie: String,
}

/// What one assessor met.
#[derive(Default)]
struct Met {
    saves: Vec<Duration>,
    pages: Vec<Duration>,
    /// Identifier of the decision that was confirmed for each indicator.
    confirmed: BTreeMap<String, String>,
    bytes: usize,
}

async fn prove(name: &'static str, assessors: usize, indicators: usize, pause: Duration) {
    let folder = empty(name);
    let ledger = format!("sqlite:{}", folder.join("ledger.sqlite").display());
    let store = Store::open_or_create(&ledger).await.unwrap();
    let mut desks = Vec::new();
    for number in 0..assessors.div_ceil(2) {
        desks.extend(city(&store, number).await);
    }
    desks.truncate(assessors);
    let (mut server, address) = serve(&folder);

    let began = Instant::now();
    let mut working = JoinSet::new();
    for desk in desks {
        working.spawn(async move { work(address, desk, indicators, pause).await });
    }
    let met: Vec<(String, Met)> = working.join_all().await;
    let took = began.elapsed();
    server.kill().unwrap();
    server.wait().unwrap();

    let mut faults = Vec::new();
    let (mut saves, mut pages, mut bytes) = (Vec::new(), Vec::new(), 0);
    let decisions = store.made("decision", "load").await.unwrap();
    for (slot, of) in met {
        let assignment = store.assignment(&slot).await.unwrap().unwrap();
        let mut kept: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, row) in decisions.iter().filter(|(_, row)| row["assessor"] == assignment.person.as_str()) {
            kept.entry(row["code"].as_str().unwrap().to_owned()).or_default().push(row["id"].as_str().unwrap().to_owned());
        }
        for (code, id) in &of.confirmed {
            if kept.get(code).map(Vec::as_slice) != Some(std::slice::from_ref(id)) {
                faults.push(format!("{} {code}: {id} was confirmed, the ledger has {:?}", assignment.person, kept.get(code)));
            }
        }
        if kept.len() != of.confirmed.len() || of.confirmed.len() != indicators {
            faults.push(format!("{}: {} confirmed, {} in the ledger", assignment.person, of.confirmed.len(), kept.len()));
        }
        saves.extend(of.saves);
        pages.extend(of.pages);
        bytes += of.bytes;
    }
    println!(
        "{assessors} assessors, {} decisions in {:.1} s, each sent twice by every fifth; {}; {}; {} bytes of page and answer per \
         decision; {} faults",
        saves.len(),
        took.as_secs_f64(),
        told("save", &mut saves),
        told("page", &mut pages),
        bytes / saves.len(),
        faults.len()
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn told(what: &str, times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    format!("{what}: half within {:.1} ms, 95 % within {:.1} ms, all within {:.1} ms", at(50), at(95), at(100))
}

fn now() -> Time {
    Time::from_system(SystemTime::now()).unwrap()
}

/// A city that nobody surveyed, with two assessors who are signed in.
async fn city(store: &Store, number: usize) -> Vec<Desk> {
    let portal = Portal {
        id: format!("city-{number}"),
        city: format!("City {number}"),
        country: Country::new("NZ").unwrap(),
        home: format!("https://city-{number}.example/").parse().unwrap(),
        hosts: Vec::new(),
        languages: Vec::new(),
        notes: String::new(),
    };
    // One campaign with all cities: a city that comes later finds it there.
    let portals = (0..200).map(|other| Portal { id: format!("city-{other}"), ..portal.clone() }).collect();
    let (id, instrument) = ("load".to_owned(), "losi-2024".to_owned());
    let campaign = Campaign { id, title: "Load".to_owned(), instrument, portals, begun: now(), by: "admin".to_owned() };
    store.put_campaign(&campaign, &json!(review::Rules::default())).await.unwrap();
    let mut desks = Vec::new();
    for (slot, letter) in [(Slot::A, 'a'), (Slot::B, 'b')] {
        let person = format!("{letter}-{number}");
        store.put_person(&person, "", now()).await.unwrap();
        store.set_duties(&person, &[Duty::Assessor], "admin", now()).await.unwrap();
        let secret = format!("secret of {person}");
        let session = Session {
            id: format!("session of {person}"),
            person: person.clone(),
            form: "form".to_owned(),
            agent: String::new(),
            begun: now(),
            seen: now(),
        };
        store.begin_session(&archive::digest(secret.replace(' ', "-").as_bytes()), &session).await.unwrap();
        let assignment = Assignment {
            id: format!("slot-{letter}-{number}"),
            campaign: "load".to_owned(),
            portal: portal.id.clone(),
            round: 1,
            slot,
            seq: 1,
            person,
            judging: None,
            proposals: None,
            seed: 1,
            due: None,
            at: now(),
            by: "admin".to_owned(),
        };
        store.put_assignment(&assignment).await.unwrap();
        desks.push(Desk { slot: assignment.id, cookie: secret.replace(' ', "-") });
    }
    desks
}

/// The application on a free port.
fn serve(data: &std::path::Path) -> (Child, SocketAddr) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_portolan"))
        .arg("--data")
        .arg(data)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env_remove("PORTOLAN_KEY")
        .env_remove("PORTOLAN_KEY_FILE")
        .env("HOME", data)
        .env_remove("XDG_CONFIG_HOME")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let address = line.rsplit('/').next().unwrap().parse().unwrap();
    (child, address)
}

/// Decides indicator after indicator as a browser does: the page, then the form.
async fn work(address: SocketAddr, desk: Desk, indicators: usize, pause: Duration) -> (String, Met) {
    let mut met = Met::default();
    let mut browser = Browser { stream: TcpStream::connect(address).await.unwrap(), address, cookie: desk.cookie };
    let overview: Value = serde_json::from_str(&browser.ask("GET", &format!("/api/v1/slots/{}", desk.slot), "").await.1).unwrap();
    let groups = overview["criteria"].as_array().unwrap().iter();
    let codes = groups.flat_map(|group| group["items"].as_array().unwrap()).map(|item| item["code"].as_str().unwrap().to_owned());
    for (number, code) in codes.take(indicators).enumerate() {
        let began = Instant::now();
        let (status, page) = browser.ask("GET", &format!("/slots/{}/{code}", desk.slot), "").await;
        met.pages.push(began.elapsed());
        assert_eq!(status, 200, "{page}");
        tokio::time::sleep(pause).await;
        let id = format!("{:08x}-0000-4000-8000-{:012x}", number, u64::from_be_bytes(key(&desk.slot)));
        let body = format!("once={id}&form=form&answer=no&reason=not_found_after_search&trail=home+page&supersedes=&seconds=5");
        let to = format!("/api/v1/slots/{}/{code}/decisions", desk.slot);
        let began = Instant::now();
        let (status, answer) = browser.ask("POST", &to, &body).await;
        met.saves.push(began.elapsed());
        assert_eq!(status, 200, "{answer}");
        met.bytes += page.len() + answer.len();
        let made: Value = serde_json::from_str(&answer).unwrap();
        met.confirmed.insert(code, made["id"].as_str().unwrap().to_owned());
        // A browser that did not hear the answer sends the form once more.
        if number % 5 == 0 {
            let (status, again) = browser.ask("POST", &to, &body).await;
            assert_eq!((status, again), (200, answer));
        }
    }
    (desk.slot, met)
}

/// Eight bytes that differ between slots; the first two of a UUID's last part are left free.
fn key(slot: &str) -> [u8; 8] {
    let mut key: [u8; 8] = archive::digest(slot.as_bytes()).0[..8].try_into().unwrap();
    key[0] = 0;
    key[1] = 0;
    key
}

/// One connection that stays open.
struct Browser {
    stream: TcpStream,
    address: SocketAddr,
    cookie: String,
}

impl Browser {
    async fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: session={}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await.unwrap();
        let mut came = Vec::new();
        let mut chunk = [0; 16 << 10];
        loop {
            let count = self.stream.read(&mut chunk).await.unwrap();
            assert!(count > 0, "the connection ended: {}", String::from_utf8_lossy(&came));
            came.extend_from_slice(&chunk[..count]);
            let Some(end) = came.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&came[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let length: usize = length.parse().unwrap();
            if came.len() >= end + 4 + length {
                let body = String::from_utf8(came[end + 4..].to_vec()).unwrap();
                return (head[9..12].parse().unwrap(), body);
            }
        }
    }
}
