//! Sheets that come back: looked through before anything is kept, taken in as drafts of the own slot, never as decisions.

use model::{Duty, Slot};
use report::import::{Limits, read};
use serde_json::json;

use crate::world::{FORMULA, World};

async fn two() -> (World, [String; 2]) {
    let world = World::begin().await;
    let mut slots = [String::new(), String::new()];
    for (at, (slot, who)) in [(Slot::A, "ana"), (Slot::B, "ben")].into_iter().enumerate() {
        world.person(who, &[Duty::Assessor]).await;
        slots[at] = world.assign("alpha", 1, slot, who).await;
    }
    (world, slots)
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_become_drafts_of_the_own_slot_and_no_decisions() {
    let (world, [ana, ben]) = two().await;
    let at = format!("/slots/{ana}/import");
    let csv = format!(
        "code,answer,note,url,trail\n1,yes,seen,https://alpha.example/,\n2,no,\"{}\",,menus\n9,yes,,,\n3,maybe,,,\n",
        FORMULA.replace('"', "\"\"")
    );
    assert_eq!(world.post(&at, "ben", json!({ "csv": csv })).await.0, 404, "a slot of somebody else");
    let (status, sent) = world.post(&at, "ana", json!({ "csv": csv })).await;
    assert_eq!(status, 200, "{sent}");
    let of = format!("{at}/{}", sent["import"].as_str().unwrap());
    let (_, looked) = world.get(&of, "ana").await;
    let told: Vec<String> = looked["rows"].as_array().unwrap().iter().map(|row| row["outcome"].to_string()).collect();
    assert_eq!(told, ["\"taken\"", "\"taken\"", "{\"unknown_code\":\"9\"}", "{\"unreadable\":\"maybe\"}"]);
    assert_eq!(world.get(&format!("/slots/{ben}/import/{}", sent["import"].as_str().unwrap()), "ben").await.0, 404);
    let (_, page) = world.page(&of, "ana").await;
    assert!(page.contains("becomes a draft; point at evidence") && page.contains("“maybe” is no answer"), "{page}");
    assert_eq!(world.get(&format!("/slots/{ana}/1"), "ana").await.1["draft"], json!(null), "nothing is kept by looking");

    assert_eq!(world.post(&of, "ana", json!({ "seen": "sha256:other" })).await.0, 409);
    let (status, taken) = world.post(&of, "ana", json!({ "seen": looked["seen"] })).await;
    assert_eq!((status, &taken["taken"], &taken["refused"]), (200, &json!(2), &json!(2)), "{taken}");
    let (_, first) = world.get(&format!("/slots/{ana}/1"), "ana").await;
    assert_eq!((&first["draft"]["answer"], &first["decision"]), (&json!("yes"), &json!(null)));
    assert_eq!(first["draft"]["note"], "seen\nhttps://alpha.example/");
    let (_, second) = world.get(&format!("/slots/{ana}/2"), "ana").await;
    assert_eq!((&second["draft"]["note"], &second["draft"]["trail"]), (&json!(FORMULA), &json!("menus")));
    assert_eq!(world.get(&format!("/slots/{ben}/1"), "ben").await.1["draft"], json!(null));
    let acts = world.store.audited(Some("ana"), i64::MAX, 10).await.unwrap();
    let import = acts.iter().find(|one| one.act.action == "import").unwrap();
    assert_eq!((&import.act.detail["file"], &import.act.detail["mapping"]), (&sent["file"], &taken["mapping"]));
    assert_eq!(world.post(&of, "ana", json!({ "seen": looked["seen"] })).await.0, 404, "it is taken once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_handed_out_and_a_row_decided_since_is_stale() {
    let (mut world, [ana, _]) = two().await;
    let form = world.file(&format!("/slots/{ana}/form.xlsx"), "ana").await;
    let sheets = read(&form, &Limits::default()).unwrap();
    let rows = &sheets.sheets.iter().find(|sheet| sheet.name == "Assessment").unwrap().rows;
    assert_eq!((rows.len(), rows[1].text(0).as_str()), (6, "alpha/1/1/A"));
    world.decide("alpha", 1, Slot::A, "ana", &["1y"]).await;
    let csv = "key,base,code,answer,trail\nalpha/1/1/A,,1,no,menus\nalpha/1/2/A,,2,no,menus\nalpha/1/2/B,,2,no,menus\n";
    let at = format!("/slots/{ana}/import");
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"form\"\r\n\r\nf\r\n--b\r\ncontent-disposition: form-data; name=\"file\"; \
         filename=\"back.csv\"\r\ncontent-type: text/csv\r\n\r\n{csv}\r\n--b--\r\n"
    );
    let request = format!(
        "POST {at} HTTP/1.1\r\nhost: {0}\r\nconnection: close\r\ncookie: session=secret-ana\r\ncontent-type: \
         multipart/form-data; boundary=b\r\nsec-fetch-site: same-origin\r\nreferer: http://{0}{at}\r\ncontent-length: {1}\r\n\r\n{body}",
        world.address,
        body.len()
    );
    let answer = world.exchange(request).await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let to = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    let (_, page) = world.page(to, "ana").await;
    assert!(page.contains("you decided this after the form was made"), "{page}");
    assert!(page.contains("1 can be taken in, 2 cannot") && page.contains("the row is of another slot"), "{page}");
    world.decide("alpha", 1, Slot::A, "ana", &["2n", "3y", "4y", "5n"]).await;
    world.seal("alpha", 1, Slot::A, "ana").await;
    assert_eq!(world.post(&at, "ana", json!({ "csv": csv })).await.0, 409, "a sealed slot takes nothing in");
}
