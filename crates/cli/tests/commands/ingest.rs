//! `ingest` after a survey of a loopback city that refuses a page: what a person's browser saw of it enters the same chain.

use std::path::Path;

use serde_json::json;
use testkit::{City, Served};

use crate::program::{ended, flags, leave, portolan};

const PAGE: &str = "<!doctype html><html lang=en><title>Adopted budget</title><main><p>The council adopted this budget.</main>";

async fn city() -> Served {
    let home =
        "<!doctype html><html lang=en><title>City of Walls</title><main><h1>City of Walls</h1><a href=/budget>Budget</a></main>";
    City::new("www.walls.example").page("/", home).status("/budget", 403).serve().await
}

/// What wget would write.
fn warc(request: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}");
    let head = |kind: &str, id: u8, length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <http://www.walls.example/budget>\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n\
             WARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Concurrent-To: <urn:uuid:1>\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let request = format!("GET /budget HTTP/1.1\r\n{request}\r\n");
    let asked = head("request", 2, request.len()) + &request + "\r\n\r\n";
    (head("response", 1, block.len()) + &block + "\r\n\r\n" + &asked).into_bytes()
}

#[track_caller]
fn done(data: &Path, arguments: &[&str]) -> (String, String) {
    let key = data.join("key");
    let (code, out, told) = ended(portolan(data).arg("--key").arg(key).args(arguments).output());
    assert_eq!(code, 0, "{arguments:?}: {out}{told}");
    (out, told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_only_a_browser_reached_enters_the_chain_and_a_decision_points_at_it() {
    let served = city().await;
    let dir = tempfile::tempdir().unwrap();
    let (data, list) = (dir.path(), dir.path().join("list.csv"));
    std::fs::write(&list, format!("id,city,country,home\nwalls,Walls,GB,{}\n", served.home())).unwrap();
    done(data, &["key", "init", "--name", "tester"]);
    let (code, _, told) = ended(portolan(data).arg("survey").arg(&list).args(flags(&served, data)).output());
    assert_eq!(code, 0, "{told}");

    let file = |name: &str, bytes: &[u8]| {
        let path = data.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let (plain, cookies) = (file("plain.warc", &warc("")), file("cookies.warc", &warc("Cookie: secret-of-a-person\r\n")));
    let bad = [file("page.html", PAGE.as_bytes()), file("login.warc", &warc("Authorization: Basic x\r\n"))];
    let mut ingest = portolan(data);
    ingest.args(["ingest", &bad[0], &plain, &bad[1], &cookies, &plain, "--portal", "walls", "--by", "mira", "--note", "by hand"]);
    let (code, out, told) = ended(ingest.output());
    assert_eq!(code, 3, "{told}");
    for words in [
        "page.html: refused: this is neither a WARC file nor a WACZ",
        "login.warc: refused: nothing in it can be taken over (1 records are refused); record 1 (http://www.walls.example/budget): its request carried `authorization`",
        "cookies.warc: the file itself is not kept, only its digest",
        "cookies.warc: 1 captures were asked for with cookies",
        "plain.warc: was taken in before",
        "2 of 5 files refused",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("  200  text  text/html  http://www.walls.example/budget"), "{out}");
    let record = out.split_whitespace().next().unwrap();

    let evidence =
        json!([{ "record": record, "url": "http://www.walls.example/budget", "exact": "adopted", "prefix": "", "suffix": "" }]);
    let decision = |evidence: &serde_json::Value| json!({ "kind": "decision", "portal": "walls", "slot": "A", "assessor": "mira", "code": "219", "answer": "yes", "evidence": evidence });
    let mut misquoted = evidence.clone();
    misquoted[0]["start"] = json!(0);
    misquoted[0]["end"] = json!(3);
    let wrong = file("wrong.jsonl", decision(&misquoted).to_string().as_bytes());
    let (code, _, told) = ended(portolan(data).args(["record", &wrong]).output());
    assert!(code == 3 && told.contains("are not the words quoted"), "{told}");
    let right = file("right.jsonl", decision(&evidence).to_string().as_bytes());
    assert_eq!(done(data, &["record", &right]).0.trim(), "1 kept, 0 refused");

    done(data, &["seal"]);
    let (out, _) = done(data, &["verify", &data.display().to_string()]);
    assert!(out.contains("\nverified: ") || out.starts_with("verified: "), "{out}");
    let archived: Vec<u8> = archive::segments(&data.join("archive"))
        .unwrap()
        .iter()
        .flat_map(|segment| archive::scan(segment).unwrap().map(|record| record.unwrap().block))
        .flatten()
        .collect();
    let holds = |words: &str| archived.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(!holds("secret-of-a-person") && !holds("Basic x") && holds("by\":\"mira"));

    done(data, &["pack", "1", "--out", &data.join("packs").display().to_string()]);
    let pack = data.join("packs/walls.wacz");
    let (out, _) = done(data, &["verify", &pack.display().to_string()]);
    assert!(out.contains("verified: "), "{out}");
    leave(&pack);
    let mut container = archive::wacz::Container::open(&pack, &archive::wacz::Limits::OURS).unwrap();
    let pages = String::from_utf8(container.bytes("pages/pages.jsonl", 1 << 20).unwrap()).unwrap();
    assert!(pages.contains("http://www.walls.example/budget") && pages.contains("Adopted budget"), "{pages}");
    let proofs = String::from_utf8(container.bytes("proof/entries.jsonl", 1 << 20).unwrap()).unwrap();
    assert!(proofs.contains("\"kind\":\"ingest\"") && proofs.contains("\"by\":\"mira\""), "{proofs}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_was_never_surveyed_is_told() {
    let served = city().await;
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    std::fs::write(&list, format!("id,city,country,home\nwalls,Walls,GB,{}\n", served.home())).unwrap();
    let (code, _, told) = ended(portolan(dir.path()).args(["ingest", "x.warc", "--portal", "walls", "--by", "m"]).output());
    assert!(code == 2 && told.contains("there is no ledger"), "{told}");
    let (code, _, told) = ended(portolan(dir.path()).arg("survey").arg(&list).args(flags(&served, dir.path())).output());
    assert_eq!(code, 0, "{told}");
    let (code, _, told) = ended(portolan(dir.path()).args(["ingest", "x.warc", "--portal", "moats", "--by", "m"]).output());
    assert!(code == 2 && told.contains("no survey has a portal `moats`"), "{told}");
    let (code, _, told) = ended(portolan(dir.path()).args(["ingest", "x.warc", "--portal", "walls", "--by", "m"]).output());
    assert!(code == 3 && told.contains("x.warc: refused: cannot read the file"), "{told}");
}
