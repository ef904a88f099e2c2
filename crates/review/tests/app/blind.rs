//! Non-interference (R2, R3): until both slots are sealed nothing that one assessor is answered depends on what the other did.

use model::{Duty, Slot};
use review::{Method, routes};
use serde_json::{Value, json};

use crate::world::{World, code, now};

/// Everything that ana can ask for, in a world where ben has done nothing and in one where he has done a lot: the answers are
/// the same byte for byte, but for what is drawn by chance each time.
#[tokio::test(flavor = "multi_thread")]
async fn an_assessor_is_answered_the_same_whatever_the_other_did() {
    let (still, busy) = (world(false).await, world(true).await);
    // The worlds do differ, for whoever may know.
    assert_ne!(still.get("/cities", "root").await, busy.get("/cities", "root").await);
    assert_ne!(still.get("/slots/slot-ben", "ben").await, busy.get("/slots/slot-ben", "ben").await);
    let mut asked = 0;
    for route in routes().filter(|route| route.method == Method::Get) {
        for slot in ["slot-ana", "slot-ben", "slot-nobody"] {
            for prefix in ["", "/api/v1"] {
                let path = format!("{prefix}{}", filled(route.path, slot));
                let (one, other) = (still.raw("GET", &path, "ana", None).await, busy.raw("GET", &path, "ana", None).await);
                assert_eq!(plain(&one), plain(&other), "{path}");
                asked += 1;
            }
            if !route.path.contains("{slot}") {
                break;
            }
        }
    }
    assert!(asked > 100, "{asked}");
    for (path, body) in [
        ("/slots/slot-ana/3/draft", json!({ "answer": "no", "note": "so far" })),
        ("/slots/slot-ana/3/decisions", json!({ "answer": "no", "reason": "outdated", "trail": "home" })),
        ("/slots/slot-ana/3/decisions", json!({ "answer": "yes" })),
        ("/slots/slot-ana/1/decisions", json!({ "answer": "no", "reason": "outdated", "trail": "home" })),
        ("/slots/slot-ana/seal", json!({ "independent": "yes" })),
        ("/slots/slot-ben/1/decisions", json!({ "answer": "no", "reason": "outdated", "trail": "home" })),
        ("/cities/tiny/alpha/1/rulings", json!({ "code": "1", "answer": "no", "reason": "outdated" })),
    ] {
        let (one, other) = (send(&still, path, &body).await, send(&busy, path, &body).await);
        assert_eq!(one, other, "{path}");
    }
}

/// An administrator learns of slots that are not sealed only whether they are (R3).
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_no_answer_before_the_seals() {
    let world = world(true).await;
    let mut pages = 0;
    for route in routes().filter(|route| route.method == Method::Get) {
        for who in ["root", "rita", "audra"] {
            let (status, page) = world.ask("GET", &format!("/api/v1{}", filled(route.path, "slot-ben")), who, None).await;
            if status == 200 {
                pages += 1;
                assert!(!page.contains("only ben says this"), "{} tells {who}: {page}", route.path);
            }
        }
    }
    assert!(pages > 20, "{pages}");
}

/// Ana has decided two indicators. If `busy`, ben has decided all, with notes, drafts, an added capture and a seal.
async fn world(busy: bool) -> World {
    let mut world = World::begin().await;
    for (who, duty) in [
        ("ana", Duty::Assessor),
        ("ben", Duty::Assessor),
        ("root", Duty::Administrator),
        ("rita", Duty::Reviewer),
        ("audra", Duty::Auditor),
    ] {
        world.person(who, &[duty]).await;
    }
    world.assign_as("slot-ana", "alpha", 1, Slot::A, "ana").await;
    world.assign_as("slot-ben", "alpha", 1, Slot::B, "ben").await;
    world.decide("alpha", 1, Slot::A, "ana", &["1y", "2n"]).await;
    if busy {
        world.decide("alpha", 1, Slot::B, "ben", &["1n", "2y", "3n", "4y", "5y"]).await;
        let draft = json!({ "answer": "yes", "note": "only ben says this", "passages": ["p:1:0:5"] });
        world.store.put_draft("slot-ben", "1", &draft, now()).await.unwrap();
        world.store.add_capture("slot-ben", store::CaptureId(1), now()).await.unwrap();
        let fields = json!({ "answer": "no", "reason": "outdated", "trail": "x", "note": "only ben says this" });
        let stands = world.store.stands("tiny", "alpha", 1, "B", "1").await.unwrap().unwrap();
        let mut fields = fields;
        fields["supersedes"] = stands["id"].clone();
        let (status, told) = world.post(&format!("/slots/slot-ben/{}/decisions", code("1")), "ben", fields).await;
        assert_eq!(status, 200, "{told}");
        world.seal("alpha", 1, Slot::B, "ben").await;
    }
    world
}

fn filled(path: &str, slot: &str) -> String {
    let values = [
        ("{slot}", slot),
        ("{campaign}", "tiny"),
        ("{portal}", "alpha"),
        ("{round}", "1"),
        ("{code}", "1"),
        ("{person}", "ben"),
        ("{survey}", "1"),
        ("{number}", "1"),
        ("{capture}", "1"),
        ("{id}", "1"),
        ("{token}", "unknown"),
    ];
    values.into_iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

async fn send(world: &World, path: &str, body: &Value) -> String {
    let mut body = body.clone();
    body["once"] = json!(format!("00000000-0000-4000-8000-{:012x}", path.len() + body.to_string().len()));
    plain(&world.raw("POST", &format!("/api/v1{path}"), "ana", Some(body)).await)
}

/// An answer without what is drawn by chance for each form, without the names of the archive's records, and without the date of
/// the header.
fn plain(answer: &str) -> String {
    let answer: String =
        answer.split("urn:uuid:").enumerate().map(|(at, part)| if at == 0 { part } else { &part[36..] }).collect();
    let mut plain = String::new();
    let mut rest = answer.as_str();
    while let Some(at) = rest.find("name=\"once\" value=\"") {
        let (before, behind) = rest.split_at(at + "name=\"once\" value=\"".len());
        plain.push_str(before);
        rest = &behind[behind.find('"').unwrap()..];
    }
    plain.push_str(rest);
    plain.lines().filter(|line| !line.starts_with("date: ")).map(|line| format!("{line}\n")).collect()
}
