//! What somebody tries who means harm, or who was away for too long.

use std::time::Duration;

use model::{Duty, Slot, Time};
use serde_json::json;
use store::Session;

use crate::world::{World, now};

async fn world() -> World {
    let world = World::begin().await;
    world.person("ana", &[Duty::Assessor]).await;
    world.assign_as("slot-ana", "alpha", 1, Slot::A, "ana").await;
    world
}

/// A request with fields of its own.
fn form(path: &str, fields: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: city.example\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         {fields}content-length: {length}\r\n\r\n{body}"
    )
}

const ANSWER: &str = "answer=no&reason=outdated&trail=the+home+page&note=looked+twice";

#[tokio::test]
async fn another_site_cannot_send_a_form() {
    let world = world().await;
    let path = "/slots/slot-ana/1/decisions";
    let signed_in = "cookie: session=secret-ana\r\n";
    for (fields, body, status) in [
        ("sec-fetch-site: cross-site\r\n", format!("{ANSWER}&form=f"), "403"),
        ("sec-fetch-site: same-site\r\n", format!("{ANSWER}&form=f"), "403"),
        ("sec-fetch-site: none\r\n", format!("{ANSWER}&form=f"), "403"),
        ("origin: https://evil.example\r\n", format!("{ANSWER}&form=f"), "403"),
        ("", format!("{ANSWER}&form=f"), "403"),
        ("sec-fetch-site: same-origin\r\n", ANSWER.to_owned(), "403"),
        ("sec-fetch-site: same-origin\r\n", format!("{ANSWER}&form=guessed"), "403"),
        ("sec-fetch-site: same-origin\r\n", format!("{ANSWER}&form=f"), "303"),
    ] {
        let answer = world.exchange(form(path, &format!("{signed_in}{fields}"), &body)).await;
        assert_eq!(&answer[9..12], status, "{fields}{body}");
    }
}

#[tokio::test]
async fn who_was_away_too_long_loses_nothing_typed() {
    let world = world().await;
    let long_ago = Time::from_micros(now().micros() - 31 * 60 * 1_000_000).unwrap();
    let stale = Session {
        id: "stale".to_owned(),
        person: "ana".to_owned(),
        form: "f".to_owned(),
        agent: String::new(),
        begun: long_ago,
        seen: long_ago,
    };
    world.store.begin_session(&archive::digest(b"stale-ana"), &stale).await.unwrap();
    let sent = form(
        "/slots/slot-ana/1/decisions",
        "cookie: session=stale-ana\r\nsec-fetch-site: same-origin\r\n",
        &format!("{ANSWER}&form=f"),
    );
    let answer = world.exchange(sent).await;
    assert_eq!(&answer[9..12], "401");
    for kept in [
        r#"name="kept-note" value="looked twice""#,
        r#"name="kept-answer" value="no""#,
        r#"name="to" value="/slots/slot-ana/1/decisions""#,
    ] {
        assert!(answer.contains(kept), "{kept} is not in {answer}");
    }
    assert!(!answer.contains("kept-form"), "a token of the old session has no business here");
    // After signing in the same is offered to be sent again.
    let again = "/kept?to=%2Fslots%2Fslot-ana%2F1%2Fdecisions&kept-answer=no&answer=no&note=looked+twice";
    let (status, page) = world.page(again, "ana").await;
    assert!(status == 200 && page.contains("looked twice") && page.contains(r#"action="/slots/slot-ana/1/decisions""#), "{page}");
}

#[tokio::test]
async fn two_windows_do_not_overwrite_each_other() {
    let world = world().await;
    let decide = json!({ "answer": "no", "reason": "outdated", "trail": "home" });
    assert_eq!(world.post("/slots/slot-ana/1/decisions", "ana", decide.clone()).await.0, 200);
    let (status, told) = world.post("/slots/slot-ana/1/decisions", "ana", decide).await;
    assert_eq!(status, 409, "{told}");
    assert_eq!(told["stands"]["answer"], "no", "the second window is told what stands: {told}");
    assert_eq!(world.store.made("decision", "tiny").await.unwrap().len(), 1);
}

#[tokio::test]
async fn ten_megabytes_are_refused_before_they_are_looked_at() {
    let world = world().await;
    let note = "x".repeat(10 << 20);
    let sent = form(
        "/slots/slot-ana/1/decisions",
        "cookie: session=secret-ana\r\nsec-fetch-site: same-origin\r\n",
        &format!("{ANSWER}&form=f&note={note}"),
    );
    let answer = world.exchange(sent).await;
    assert!(answer.is_empty() || &answer[9..12] == "413", "{}", &answer[..answer.len().min(200)]);
    assert!(world.store.made("decision", "tiny").await.unwrap().is_empty());
    // The next one is served as before.
    assert_eq!(world.page("/slots/slot-ana/1", "ana").await.0, 200);
}

/// Guesses are refused after a few, for that person and soon for that address; nobody learns from the answers who exists.
#[tokio::test(flavor = "multi_thread")]
async fn passwords_cannot_be_guessed_by_trying() {
    let world = world().await;
    let mut answers = Vec::new();
    for number in 0..200 {
        let guess = json!({ "person": "ana", "password": format!("guess {number}") });
        let body = guess.to_string();
        let asked = world.ask("POST", "/api/v1/session", "", Some(guess));
        let (status, told) = tokio::time::timeout(Duration::from_secs(30), asked).await.unwrap();
        assert!(!told.contains(&body[10..20]) || status != 200);
        answers.push(status);
    }
    assert!(answers[..10].iter().all(|status| *status == 422), "{answers:?}");
    assert!(answers[10..].iter().all(|status| *status == 429), "{answers:?}");
    let fresh = World::begin().await;
    fresh.person("ana", &[Duty::Assessor]).await;
    let told = |person: &'static str| {
        let guess = json!({ "person": person, "password": "guess guess guess" });
        fresh.ask("POST", "/api/v1/session", "", Some(guess))
    };
    assert_eq!(told("ana").await, told("nobody-here").await);
}

#[tokio::test]
async fn a_sign_in_leads_to_no_other_site() {
    let world = World::begin().await;
    world.person("ana", &[Duty::Assessor]).await;
    let link = store::Link {
        person: Some("ana".to_owned()),
        purpose: "password".to_owned(),
        expires: now().plus(Duration::from_secs(60)),
    };
    world.store.put_link(&archive::digest(b"token"), &link, now()).await.unwrap();
    let chosen = json!({ "password": "a long walk by the sea" });
    let (status, told) = world.ask("POST", "/api/v1/welcome/token", "", Some(chosen)).await;
    assert_eq!(status, 200, "{told}");
    for to in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        let body = format!("person=ana&password=a+long+walk+by+the+sea&to={}", to.replace('/', "%2F").replace('\\', "%5C"));
        let answer = world.exchange(form("/session", "sec-fetch-site: same-origin\r\n", &body)).await.to_lowercase();
        assert!(answer.contains("\r\nlocation: /\r\n"), "{to}: {answer}");
        assert!(answer.contains("httponly; samesite=lax"), "{answer}");
    }
}
