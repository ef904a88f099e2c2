//! What an assessor does: decide, choose passages, look at captures, be heard; and what none of it may do.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

mod ground;

use ground::{ARABIC, Ground, after};
use serde_json::json;
use store::CaptureId;

const MINE: &str = "/slots/slot-of-ann";

#[tokio::test]
async fn a_yes_with_the_first_candidate_is_kept_once_however_often_it_is_sent() {
    let ground = Ground::begin().await;
    let page = ground.get("ann", &format!("{MINE}/1")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("name=\"supersedes\" value=\"\""), "nothing is superseded");
    let pick = after(&page.body, "name=\"pick\" value=\"").to_owned();
    assert!(page.body.contains(&format!("value=\"{pick}\" checked")), "the first candidate is chosen");
    let assets: usize =
        page.body.len() + include_str!("../../assets/review.css").len() + include_str!("../../assets/review.js").len();
    assert!(assets < 100_000, "{assets} bytes");

    let name = "0190aaaa-0000-7000-8000-000000000001";
    let fields = [("once", name), ("answer", "yes"), ("pick", &pick), ("note", "seen"), ("supersedes", ""), ("seconds", "7")];
    let path = format!("{MINE}/1/decisions");
    let (a, b) = tokio::join!(ground.post("ann", &path, &fields), ground.post("ann", &path, &fields));
    let mut told = vec![a, b];
    for _ in 0..3 {
        told.push(ground.post("ann", &path, &fields).await);
    }
    for one in told {
        assert_eq!((one.status, one.field("location")), (303, "/slots/slot-of-ann/2?decided=1"), "{}", one.body);
    }
    assert_eq!(ground.decisions().await, 1);
    let made = ground.store.made_as("decision", name).await.unwrap().unwrap().1;
    assert_eq!((&made["answer"], &made["seconds"], &made["assist"]), (&json!("yes"), &json!(7), &json!("evidence_only")));
    assert_eq!(made["evidence"][0]["url"], "https://pioz.example/fees");
}

#[tokio::test]
async fn where_the_machine_looked_counts_for_a_no_only_where_somebody_ticked_it() {
    let ground = Ground::begin().await;
    let path = format!("{MINE}/1");
    let offered = "name=\"looked\" value=\"https://pioz.example/fees\"";
    let page = ground.get("ann", &path).await.body;
    assert!(page.contains(offered) && !page.contains(&format!("{offered} checked")), "{page}");
    let no = [("answer", "no"), ("reason", "partial"), ("supersedes", "")];
    assert_eq!(ground.post("ann", &format!("{path}/decisions"), &no).await.status, 422, "nothing was ticked or written");
    let ticked = [&no[..], &[("looked", "https://pioz.example/fees"), ("trail", "search: fees\r\n")]].concat();
    assert_eq!(ground.post("ann", &format!("{path}/decisions"), &ticked).await.status, 303);
    let kept = ground.get("ann", &format!("/api/v1{path}")).await.json();
    assert_eq!(kept["decision"]["trail"], json!(["https://pioz.example/fees", "search: fees"]));
    let page = ground.get("ann", &path).await.body;
    assert!(page.contains(&format!("{offered} checked")) && page.contains(">search: fees</textarea>"), "{page}");
}

#[tokio::test]
async fn a_captured_file_can_be_kept_as_it_came_and_a_page_cannot() {
    let ground = Ground::begin().await;
    let file = ground.get("ann", &format!("{MINE}/1/file/4")).await;
    assert_eq!((file.status, file.body.as_str(), file.field("content-type")), (200, "%PDF-1.7 as it came", "application/pdf"));
    let (named, policy) = (file.field("content-disposition"), file.field("content-security-policy"));
    assert_eq!(named, "attachment; filename=\"pioz.example-plan_E2_80_AEfdp.exe_0D_0Ax.pdf\"");
    assert!(policy.contains("sandbox") && file.field("x-content-type-options") == "nosniff", "{policy}");
    assert!(ground.get("ann", &format!("{MINE}/1/page/4")).await.body.contains("/1/file/4\""));
    // Markup would run in the browser that opens it.
    assert_eq!(ground.get("ann", &format!("{MINE}/1/file/3")).await.status, 404);
    assert!(!ground.get("ann", &format!("{MINE}/1/page/3")).await.body.contains("/file/"));
    assert_eq!(ground.get("bob", &format!("{MINE}/1/file/4")).await.status, 404);
}

#[tokio::test]
async fn what_was_decided_elsewhere_meanwhile_is_shown_and_not_overwritten() {
    let ground = Ground::begin().await;
    let name = "0190aaaa-0000-7000-8000-000000000001";
    let no = [("answer", "no"), ("reason", "partial"), ("trail", "search: fees"), ("supersedes", "")];
    let path = format!("{MINE}/1/decisions");
    assert_eq!(ground.post("ann", &path, &[&no[..], &[("once", name)]].concat()).await.status, 303);

    let stale = [&no[..], &[("note", "typed too late")]].concat();
    let told = ground.post("ann", &format!("/api/v1{path}"), &stale).await;
    assert_eq!((told.status, &told.json()["stands"]["id"]), (409, &json!(name)));
    let page = ground.post("ann", &path, &stale).await;
    assert_eq!(page.status, 409);
    assert!(page.body.contains("typed too late") && page.body.contains("class=\"problem\""), "{}", page.body);
    assert_eq!(after(&page.body, "name=\"supersedes\" value=\""), name, "what stands can be superseded knowingly");
    assert_eq!(ground.decisions().await, 1);

    let knowing = [("answer", "no"), ("reason", "partial"), ("trail", "x"), ("supersedes", name)];
    assert_eq!(ground.post("ann", &path, &knowing).await.status, 303);
    assert_eq!(ground.decisions().await, 2);
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_the_fields_and_nothing_typed_is_lost() {
    let ground = Ground::begin().await;
    let path = format!("{MINE}/1/decisions");
    let lacking = [("answer", "no"), ("note", "I looked <b>everywhere</b>"), ("trail", ""), ("supersedes", "")];
    let page = ground.post("ann", &path, &lacking).await;
    assert_eq!(page.status, 422);
    for part in
        ["href=\"#trail\"", "href=\"#reason\"", "id=\"trail-wrong\"", "id=\"reason-wrong\"", "I looked &lt;b&gt;everywhere"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(ground.get("ann", &format!("{MINE}/1")).await.body.contains("I looked &lt;b&gt;"), "it is a draft now");
    let told = ground.post("ann", &format!("/api/v1{path}"), &lacking).await;
    assert_eq!((told.status, told.field("content-type")), (422, "application/problem+json"));

    let long = "long ".repeat(1000);
    let page = ground.post("ann", &path, &[("answer", "yes"), ("note", &long)]).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains(long.trim_end()), "the note is on the page, to be made shorter");
    assert_eq!(ground.decisions().await, 0);
}

/// A page without the names that each form of each page has for itself.
fn without_names(page: &str) -> String {
    let mut pieces = page.split("name=\"once\" value=\"");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |all, piece| all + &piece[36..])
}

#[tokio::test]
async fn the_slot_of_another_is_not_there() {
    let ground = Ground::begin().await;
    for path in ["", "/1", "/seal", "/1/evidence", "/1/text/2", "/1/page/2", "/1/static/3", "/rebuttals", "/overruled"] {
        let theirs = ground.get("ann", &format!("/slots/slot-of-bob{path}")).await;
        let nobodys = ground.get("ann", &format!("/slots/slot-of-zoe{path}")).await;
        assert_eq!((theirs.status, nobodys.status), (404, 404), "{path}");
        assert_eq!(without_names(&theirs.body), without_names(&nobodys.body), "{path}: that it exists is not told");
        assert_eq!(ground.get("bob", &format!("/slots/slot-of-bob{path}")).await.status, 200, "{path}");
    }
    for (path, fields) in [
        ("/1/draft", vec![("note", "x")]),
        ("/1/decisions", vec![("answer", "blocked"), ("reason", "partial")]),
        ("/1/passages", vec![("capture", "2"), ("words", "ضريبة")]),
        ("/1/passages/drop", vec![("drop", "p:2:1:2")]),
        ("/captures", vec![("url", "https://pioz.example/"), ("code", "1")]),
        ("/1/rebuttal", vec![("stance", "concede")]),
    ] {
        assert_eq!(ground.post("ann", &format!("/slots/slot-of-bob{path}"), &fields).await.status, 404, "{path}");
    }
    assert_eq!(ground.get("ann", &format!("{MINE}/1/static/99")).await.status, 404, "a capture of nobody's");
}

#[tokio::test]
async fn a_page_that_means_harm_does_none() {
    let ground = Ground::begin().await;
    let copy = ground.get("ann", &format!("{MINE}/1/static/3")).await;
    assert_eq!(copy.status, 200);
    let policy = copy.field("content-security-policy");
    assert!(policy.starts_with("sandbox; default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
    assert_eq!((copy.field("x-content-type-options"), copy.field("x-frame-options")), ("nosniff", "SAMEORIGIN"));
    let body = copy.body.split_once("<body").unwrap().1;
    for harm in [
        "<script",
        "<meta",
        "<form",
        "<svg",
        "<input",
        "<button",
        "onload",
        "onerror",
        "window.open",
        "evil.example",
        "javascript:",
        "src=",
        "href=",
    ] {
        assert!(!body.contains(harm), "{harm}: {body}");
    }
    assert!(body.contains("<h1>Fees</h1>") && body.contains("[Seal of the city]"), "{body}");

    let frame = ground.get("ann", &format!("{MINE}/1/page/3")).await;
    assert!(frame.body.contains("<iframe class=\"copy\" sandbox=\"\" src=\"/slots/slot-of-ann/1/static/3\""), "{}", frame.body);
    ground.post("ann", &format!("{MINE}/captures"), &[("url", "https://pioz.example/new"), ("code", "1")]).await;
    for path in
        ["", "/1", "/1/evidence?q=fees", "/1/text/3", "/1/text/3?find=fees", "/1/text/3?start=0&end=9", "/1/page/3", "/seal"]
    {
        let page = ground.get("ann", &format!("{MINE}{path}")).await;
        assert_eq!(page.status, 200, "{path}");
        // Ours has an address and nothing in it.
        let scripts = page.body.matches("<script").count() - page.body.matches("<script src=\"/assets/").count();
        assert_eq!(scripts, 0, "{path}: {}", page.body);
        assert!(page.field("content-security-policy").contains("script-src 'self'"), "{path}");
    }
    assert!(ground.get("ann", "/work").await.body.contains("Pioz &lt;script&gt;"));
}

#[tokio::test]
async fn words_of_an_arabic_text_become_a_passage_by_code_points() {
    let ground = Ground::begin().await;
    let words = "ادفع ضريبة الأملاك";
    let start = ARABIC.chars().collect::<Vec<_>>().windows(4).position(|four| four.iter().collect::<String>() == "ادفع").unwrap();
    let end = start + words.chars().count();
    assert_ne!(ARABIC.find(words), Some(start), "bytes are no code points");
    assert_ne!(ARABIC.encode_utf16().position(|unit| unit == 0x0a).map(|at| at + 1), Some(start), "nor are UTF-16 units");

    let take = format!("{MINE}/1/passages");
    // As a browser copies it: a line break for a blank.
    let taken = ground.post("ann", &format!("/api/v1{take}"), &[("capture", "2"), ("words", " ادفع ضريبة\nالأملاك ")]).await;
    let pick = format!("p:2:{start}:{end}");
    assert_eq!((taken.status, &taken.json()["pick"]), (200, &json!(pick)), "{}", taken.body);
    assert_eq!(taken.json()["passage"]["exact"], words);
    let page = ground.get("ann", &format!("{MINE}/1")).await;
    assert!(page.body.contains(&format!("value=\"{pick}\" checked")), "{}", page.body);
    let marked = ground.get("ann", &format!("{MINE}/1/text/2?start={start}&end={end}")).await;
    assert!(marked.body.contains(&format!("<mark id=\"passage\" tabindex=\"-1\">{words}</mark>")), "{}", marked.body);

    // Twice there, not there, and places at which other words stand.
    let twice = ground.post("ann", &take, &[("capture", "2"), ("words", "اتصل بنا")]).await;
    assert_eq!(twice.status, 303);
    let chosen = ground.get("ann", twice.field("location").split('#').next().unwrap()).await;
    assert_eq!(chosen.body.matches("action=\"/slots/slot-of-ann/1/passages\"").count(), 3, "one for each place, one for words");
    assert_eq!(ground.post("ann", &format!("/api/v1{take}"), &[("capture", "2"), ("words", "اتصل بنا")]).await.status, 422);
    assert_eq!(ground.post("ann", &format!("/api/v1{take}"), &[("capture", "2"), ("words", "رخصة")]).await.status, 422);
    let off =
        ground.post("ann", &format!("/api/v1{take}"), &[("capture", "2"), ("start", "1"), ("end", "9"), ("words", words)]).await;
    assert_eq!(off.json()["pick"], json!(pick), "words count more than places that do not fit");

    let yes = [("answer", "yes"), ("pick", pick.as_str()), ("supersedes", "")];
    assert_eq!(ground.post("ann", &format!("{MINE}/1/decisions"), &yes).await.status, 303);
    let page = ground.get("ann", &format!("{MINE}/1")).await.body;
    assert!(page.contains(&format!("value=\"{pick}\" checked")), "what was decided on can be decided on again: {page}");
    let made = ground.store.made("decision", "tiny").await.unwrap().remove(0).1;
    assert_eq!((&made["evidence"][0]["exact"], &made["evidence"][0]["start"]), (&json!(words), &json!(start)));
}

#[tokio::test]
async fn a_passage_that_was_taken_can_be_dropped_and_what_was_typed_stays() {
    let ground = Ground::begin().await;
    ground.post("ann", &format!("{MINE}/1/passages"), &[("capture", "2"), ("words", "ضريبة")]).await;
    let page = ground.get("ann", &format!("{MINE}/1")).await.body;
    let pick = after(&page, "name=\"drop\" value=\"").to_owned();
    let sent = [("drop", pick.as_str()), ("pick", &pick), ("note", "half a thought"), ("trail", "x")];
    assert_eq!(ground.post("ann", &format!("{MINE}/1/passages/drop"), &sent).await.status, 303);
    let page = ground.get("ann", &format!("{MINE}/1")).await.body;
    assert!(!page.contains(&pick) && page.contains("half a thought"), "{page}");
}

#[tokio::test]
async fn an_address_that_is_not_public_is_refused_in_words() {
    let ground = Ground::begin().await;
    let path = format!("{MINE}/captures");
    let told = ground.post("ann", &path, &[("url", "http://169.254.169.254/latest/meta-data"), ("code", "1")]).await;
    assert_eq!(told.status, 422);
    assert!(told.body.contains("is no public address") && told.body.contains("169.254.169.254/latest"), "{}", told.body);
    for url in ["file:///etc/passwd", "ftp://pioz.example/", "pioz", "https://a:b@pioz.example/", "javascript:alert(1)"] {
        assert_eq!(ground.post("ann", &path, &[("url", url), ("code", "1")]).await.status, 422, "{url}");
    }
    assert_eq!(ground.store.added("slot-of-ann").await.unwrap(), []);
    let kept = ground.post("ann", &path, &[("url", "https://pioz.example/new"), ("code", "1")]).await;
    assert_eq!((kept.status, kept.field("location")), (303, "/slots/slot-of-ann/1/text/3?said=said-added"));
    assert_eq!(ground.store.added("slot-of-ann").await.unwrap().len(), 1);
}

#[tokio::test]
async fn that_the_other_opened_a_page_does_not_show_in_a_search() {
    let ground = Ground::begin().await;
    let search = "/api/v1/slots/slot-of-ann/1/evidence?q=home";
    let before = ground.get("ann", search).await;
    // The other opens the text of the home page, which is kept from then on.
    ground.store.put_layers(&[(CaptureId(1), ground.spare.clone())]).await.unwrap();
    assert!(ground.get("bob", "/slots/slot-of-bob/1/text/1").await.body.contains("Home of Pioz"));
    assert_eq!(ground.get("ann", search).await.body, before.body);
    assert_eq!(before.json()["found"], json!([]));
    let found = ground.get("ann", "/api/v1/slots/slot-of-ann/1/evidence?q=%D8%B6%D8%B1%D9%8A%D8%A8%D8%A9").await;
    assert_eq!(found.json()["found"][0]["url"], "https://pioz.example/tax");
    assert!(ground.dir.path().exists());
}

#[tokio::test]
async fn differences_are_shown_after_both_seals_without_names_and_commented_once() {
    let ground = Ground::begin().await;
    let no = [("answer", "no"), ("reason", "partial"), ("trail", "x"), ("note", "secret of ann")];
    let unclear = [("answer", "unclear"), ("reason", "partial"), ("note", "secret of bob")];
    for code in ["1", "2"] {
        assert_eq!(ground.post("ann", &format!("{MINE}/{code}/decisions"), &no).await.status, 303);
        let theirs = format!("/slots/slot-of-bob/{code}/decisions");
        assert_eq!(ground.post("bob", &theirs, if code == "1" { &unclear } else { &no }).await.status, 303);
    }
    let said = format!("{MINE}/1/rebuttal");
    let keep = [("stance", "keep"), ("note", "I read it again")];
    assert_eq!(ground.post("ann", &format!("{MINE}/seal"), &[("independent", "yes")]).await.status, 303);
    let before = ground.get("ann", &format!("{MINE}/rebuttals")).await.body;
    assert!(!before.contains("secret of bob"), "{before}");
    assert_eq!(ground.post("ann", &said, &keep).await.status, 409);

    assert_eq!(ground.post("bob", "/slots/slot-of-bob/seal", &[("independent", "yes")]).await.status, 303);
    let page = ground.get("ann", &format!("{MINE}/rebuttals")).await.body;
    assert!(page.contains("secret of bob") && !page.contains("<bdi>bob") && !page.contains("slot-of-bob"), "{page}");
    assert_eq!(page.matches("class=\"difference\"").count(), 1, "they agree on the other one");
    assert_eq!(ground.post("ann", &said, &[("stance", "keep")]).await.status, 422, "whoever stays says why");
    assert_eq!(ground.post("ann", &said, &keep).await.status, 303);
    assert_eq!(ground.post("ann", &said, &keep).await.status, 409);
    assert_eq!(ground.post("ann", &format!("{MINE}/2/rebuttal"), &keep).await.status, 409, "no difference there");
    assert!(
        !ground.get("bob", "/slots/slot-of-bob/rebuttals").await.body.contains("I read it again"),
        "each is heard on its own"
    );
    assert_eq!(ground.get("ann", &format!("{MINE}/overruled")).await.status, 200);
}
