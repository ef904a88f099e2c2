//! From two sealed slots to a release and its correction, over HTTP: who may do what, and what is told to whom.

use model::{Duty, Made, Rebuttal, Slot, Stance};
use serde_json::{Value, json};

use crate::world::{World, code, now};

/// People: two assessors, of whom the first is a reviewer, too; reviewers and senior reviewers; others.
async fn peopled() -> (World, [String; 2]) {
    let mut world = World::begin().await;
    world.person("alice-assessor", &[Duty::Assessor, Duty::Reviewer]).await;
    world.person("bruno-assessor", &[Duty::Assessor]).await;
    world.person("rita", &[Duty::Reviewer]).await;
    world.person("rolf", &[Duty::Reviewer, Duty::Senior]).await;
    world.person("sara", &[Duty::Senior]).await;
    world.person("adam", &[Duty::Administrator]).await;
    world.person("vera", &[Duty::Viewer]).await;
    let mut slots = Vec::new();
    for (portal, of_a, of_b) in [
        ("alpha", ["1y", "2y", "3n", "4y", "5n"], ["1y", "2n", "3n", "4y", "5n"]),
        ("beta", ["1y", "2y", "3y", "4y", "5y"], ["1y", "2n", "3n", "4n", "5y"]),
    ] {
        world.assign(portal, 1, Slot::A, "alice-assessor").await;
        slots.push(world.assign(portal, 1, Slot::B, "bruno-assessor").await);
        world.decide(portal, 1, Slot::A, "alice-assessor", &of_a).await;
        world.decide(portal, 1, Slot::B, "bruno-assessor", &of_b).await;
        world.seal(portal, 1, Slot::A, "alice-assessor").await;
    }
    (world, slots.try_into().unwrap())
}

const SEALS: fn() -> Value = || json!({ "independent": "yes" });

fn ruling(code: &str, answer: &str, more: &Value) -> Value {
    let mut body = json!({ "code": code, "answer": answer, "reason": "outdated", "note": "I looked." });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// The gates that are not passed.
async fn lacking(world: &World, at: &str) -> Vec<String> {
    let (_, gates) = world.get(&format!("{at}/sign-off"), "rita").await;
    let gates = gates["gates"].as_array().unwrap().iter();
    gates.filter(|gate| gate["passed"] == false).map(|gate| gate["name"].as_str().unwrap().to_owned()).collect()
}

/// Alpha, compared and signed off in round 1: 2 was ruled a no.
async fn settled(world: &World, slot: &str) {
    let at = "/cities/tiny/alpha/1";
    assert_eq!(world.post(&format!("/slots/{slot}/seal"), "bruno-assessor", SEALS()).await.0, 200);
    assert_eq!(world.post(&format!("{at}/rulings"), "rolf", ruling("2", "no", &json!({}))).await.0, 200);
    let looked = json!({ "code": "1", "outcome": "stands" });
    assert_eq!(world.post(&format!("{at}/inspections"), "rita", looked).await.0, 200);
    assert_eq!(world.post(&format!("{at}/sign-off"), "sara", json!({})).await.0, 200);
}

#[tokio::test]
async fn nothing_of_a_comparison_is_told_before_both_slots_are_sealed() {
    let (world, [alpha, _]) = peopled().await;
    let at = "/cities/tiny/alpha/1";
    for path in [at.to_owned(), format!("{at}/rule/2"), format!("{at}/inspect"), format!("{at}/sign-off")] {
        assert_eq!(world.get(&path, "rita").await.0, 403, "{path}");
        assert_eq!(world.get(&path, "").await.0, 401, "{path}");
    }
    for who in ["rita", "adam", "alice-assessor"] {
        let (_, all) = world.get("/cities", who).await;
        let row = &all["cities"][0];
        // Who has a slot learns nothing of the other one.
        let told = if who == "alice-assessor" { json!({ "A": true }) } else { json!({ "A": true, "B": false }) };
        assert_eq!((&row["sealed"], &row["differences"], &row["state"]), (&told, &Value::Null, &json!("assessing")), "{who}");
    }
    let (_, csv) = world.ask("GET", "/exports/tiny/decisions.csv", "rita", None).await;
    assert_eq!(csv.lines().count(), 1, "{csv}");
    let (_, agreement) = world.get("/agreement", "rita").await;
    assert_eq!(agreement["campaigns"][0]["all"]["n"], 0);

    assert_eq!(world.post(&format!("/slots/{alpha}/seal"), "bruno-assessor", SEALS()).await.0, 200);
    let (status, view) = world.get(at, "rita").await;
    assert_eq!(status, 200);
    assert_eq!(
        (&view["mismatches"], &view["compared"], &view["share"], &view["path"]),
        (&json!(1), &json!(5), &json!(20.0), &json!("within"))
    );
    assert_eq!((&view["totals"]["A"]["yes"], &view["totals"]["B"]["yes"]), (&json!(3), &json!(2)));
    assert_eq!(view["differences"][0], json!({ "code": "2", "title": "Question 2", "state": "rule" }));
    assert_eq!(view["contradictions"][0]["code"], "1");
    let (_, page) = world.page(at, "rita").await;
    assert!(page.contains("1 of 5 indicators") || page.contains("one of 5 indicators: 20 %"), "{page}");
    assert!(page.contains("The threshold is 25 %"), "{page}");
    // An assessor of the city who reviews elsewhere is still to be heard, and an administrator sees no answers.
    assert_eq!(world.get(at, "alice-assessor").await.0, 403);
    assert_eq!(world.get(at, "adam").await.0, 403);
    let (_, agreement) = world.get("/agreement", "rita").await;
    let all = &agreement["campaigns"][0]["all"];
    assert_eq!((&all["n"], &all["same"]["Ok"]["numerator"]), (&json!(5), &json!(4)));
}

#[tokio::test]
async fn a_ruling_sees_no_names_and_who_made_it_does_not_sign_off() {
    let (world, [alpha, _]) = peopled().await;
    let at = "/cities/tiny/alpha/1";
    world.post(&format!("/slots/{alpha}/seal"), "bruno-assessor", SEALS()).await;
    let names = ["alice-assessor", "bruno-assessor"];
    let shows = |text: &str| names.iter().any(|name| text.contains(name));
    let rule = format!("{at}/rule/2");
    let (status, page) = world.page(&rule, "rita").await;
    assert_eq!(status, 200);
    assert!(page.contains("First") && page.contains("Second") && page.contains("<mark>budget</mark>") && !shows(&page), "{page}");
    assert!(page.contains("&quot;https://evil.example&quot;") || page.contains("=HYPERLINK("), "{page}");
    // Names are for whoever asked for them.
    assert_eq!(world.post(&format!("{rule}/names"), "rita", json!({})).await.0, 200);
    assert!(shows(&world.page(&format!("{rule}?names=yes"), "rita").await.1));
    assert!(!shows(&world.page(&format!("{rule}?names=yes"), "rolf").await.1));

    let post = format!("{at}/rulings");
    assert_eq!(world.post(&post, "alice-assessor", ruling("2", "no", &json!({}))).await.0, 403);
    assert_eq!(world.post(&post, "sara", ruling("2", "no", &json!({}))).await.0, 403);
    assert_eq!(world.post(&post, "rolf", ruling("2", "yes", &json!({}))).await.0, 422, "a yes without evidence");
    assert_eq!(world.post(&post, "rolf", ruling("1", "no", &json!({}))).await.0, 409, "both agree");
    let form = "answer=yes&reason=partial&code=2&note=look+%3Cb%3E&form=f";
    let refused = world.form(&rule, &post, "rolf", form).await;
    assert!(refused.starts_with("HTTP/1.1 422 "), "{refused}");
    let kept = ["#pick", "value=\"yes\" checked", "<option value=\"partial\" selected", "look &lt;b&gt;", "<mark>budget</mark>"];
    assert!(kept.iter().all(|part| refused.contains(part)), "{refused}");
    let (_, view) = world.get(&rule, "rolf").await;
    let pieces = view["sides"].as_array().unwrap().iter().flat_map(|side| side["pieces"].as_array().unwrap());
    let pick = pieces.map(|piece| piece["pick"].clone()).next().unwrap();
    assert_eq!(world.post(&post, "rolf", ruling("2", "yes", &json!({ "pick": ["x:0"] }))).await.0, 422);
    let (status, made) = world.post(&post, "rolf", ruling("2", "yes", &json!({ "pick": [pick] }))).await;
    assert_eq!((status, made["evidence"][0]["exact"].as_str()), (200, Some("budget")));
    assert_eq!(world.post(&post, "rolf", ruling("2", "no", &json!({}))).await.0, 409, "another ruling stands");

    // What contradicts the machine has to be looked at; a doubt asks for a ruling.
    assert_eq!(lacking(&world, at).await, ["sample"]);
    assert_eq!(world.post(&format!("{at}/sign-off"), "sara", json!({})).await.0, 409);
    let look = |outcome: &str| json!({ "code": "1", "outcome": outcome, "note": "is it?" });
    assert_eq!(world.post(&format!("{at}/inspections"), "rita", look("doubted")).await.0, 200);
    assert_eq!(lacking(&world, at).await, ["doubts", "evidence", "finals"]);
    let (_, view) = world.get(&format!("{at}/rule/1"), "rolf").await;
    let pick = view["sides"][0]["pieces"][0]["pick"].clone();
    assert_eq!(world.post(&post, "rolf", ruling("1", "yes", &json!({ "pick": [pick] }))).await.0, 200);
    assert_eq!(lacking(&world, at).await, Vec::<String>::new());
    assert_eq!(world.post(&format!("{at}/sign-off"), "rolf", json!({})).await.0, 403, "who ruled");
    let (status, done) = world.post(&format!("{at}/sign-off"), "sara", json!({})).await;
    // That nothing could be signed is told, and what was kept stays kept.
    assert_eq!((status, &done["signed"], done["signed_off"]["finals"].as_array().unwrap().len()), (200, &Value::Null, 5));
    assert_eq!(world.post(&post, "rolf", ruling("2", "no", &json!({}))).await.0, 409, "signed off");
    assert_eq!(world.get(at, "alice-assessor").await.0, 200, "an own city after its sign-off");
}

#[tokio::test]
async fn over_the_threshold_both_are_heard_before_a_ruling() {
    let (mut world, [_, beta]) = peopled().await;
    let at = "/cities/tiny/beta/1";
    world.post(&format!("/slots/{beta}/seal"), "bruno-assessor", SEALS()).await;
    let (_, view) = world.get(at, "rita").await;
    assert_eq!((&view["mismatches"], &view["path"], &view["state"]), (&json!(3), &json!("over"), &json!("over")));
    assert!(view["differences"].as_array().unwrap().iter().all(|one| one["state"] == "hear"));
    let causes: Vec<&str> = view["causes"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(causes, ["CP", "alpha.example", "outdated"]);
    let (status, refused) = world.post(&format!("{at}/rulings"), "rita", ruling("3", "no", &json!({}))).await;
    let detail = refused["detail"].as_str().unwrap();
    assert_eq!(status, 409);
    assert!(detail.contains("First, Second") && !detail.contains("assessor"), "{detail}");

    let heard = Rebuttal {
        id: archive::new_id(),
        campaign: "tiny".to_owned(),
        portal: "beta".to_owned(),
        round: 1,
        slot: Slot::A,
        assessor: "alice-assessor".to_owned(),
        code: code("3"),
        stance: Stance::Keep,
        note: "It is there.".to_owned(),
        at: now(),
    };
    world.record(Made::Rebuttal(heard)).await;
    let (_, view) = world.get(&format!("{at}/rule/3"), "rita").await;
    let [which] = &view["unheard"].as_array().unwrap()[..] else { panic!("{view}") };
    let absent = format!("{at}/rule/3/absent");
    assert_eq!(world.post(&absent, "rita", json!({ "which": which })).await.0, 409, "still here");
    assert_eq!(world.post(&format!("{at}/rulings"), "rita", ruling("3", "no", &json!({}))).await.0, 409);
    world.store.set_ended("bruno-assessor", true, now()).await.unwrap();
    assert_eq!(world.post(&absent, "rita", json!({ "which": which })).await.0, 200);
    assert_eq!(world.post(&format!("{at}/rulings"), "rita", ruling("3", "no", &json!({}))).await.0, 200);
    assert_eq!(world.post(&format!("{at}/rulings"), "rita", ruling("4", "no", &json!({}))).await.0, 409);
}

#[tokio::test]
async fn an_appeal_leads_to_a_new_round_and_a_release_that_corrects_the_old_one() {
    let (mut world, [alpha, _]) = peopled().await;
    settled(&world, &alpha).await;
    assert_eq!(world.post("/campaigns/tiny/releases", "sara", json!({})).await.0, 422, "a release has a reason");
    assert_eq!(world.post("/campaigns/tiny/releases", "rita", json!({ "reason": "first" })).await.0, 403);
    let first = json!({ "reason": "first results" });
    assert_eq!(world.post("/campaigns/tiny/releases", "sara", first.clone()).await.0, 200);
    assert_eq!(world.post("/campaigns/tiny/releases", "sara", first).await.0, 409, "nothing is new");
    let (_, view) = world.get("/releases/tiny/1", "").await;
    let city = &view["cities"][0];
    assert_eq!(
        (&city["yes"], &city["percent"], &city["band"], &city["rank"]),
        (&json!(2), &json!(40.0), &json!("low"), &Value::Null)
    );
    assert_eq!((&view["complete"], &view["denominator"]), (&json!(false), &json!(5)));

    let appeals = "/releases/tiny/1/alpha/appeals";
    let appeal =
        |of: &str| json!({ "code": of, "url": "https://alpha.example/budget", "comment": "It is here.", "contact": "clerk" });
    let (status, answer) = world.post(appeals, "", appeal("2")).await;
    assert_eq!((status, world.post(appeals, "", appeal("none")).await), (200, (200, answer)));
    assert_eq!(world.post(appeals, "", json!({ "code": "2", "url": "javascript:alert(1)", "comment": "x" })).await.0, 422);
    for _ in 0..2 {
        world.post(appeals, "", appeal("2")).await;
    }
    assert_eq!(world.post(appeals, "", appeal("2")).await.0, 429);
    let (_, all) = world.get("/appeals", "rita").await;
    let ids: Vec<&str> = all["appeals"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    let settle = format!("/appeals/{}/settle", ids[0]);
    let outcome = |word: &str| json!({ "outcome": word, "answer": "We look again." });
    assert_eq!(world.post(&settle, "alice-assessor", outcome("reopened")).await.0, 403, "an assessor of the city");
    let (status, done) = world.post(&settle, "rita", outcome("reopened")).await;
    assert_eq!((status, &done["round"]), (200, &json!(2)));
    assert_eq!(world.post(&settle, "rita", outcome("declined")).await.0, 409, "settled");
    assert_eq!(world.post(&format!("/appeals/{}/settle", ids[1]), "rita", outcome("reopened")).await.0, 409, "a round is open");
    let again = json!({ "codes": ["3"], "cause": "error_found", "note": "x" });
    assert_eq!(world.post("/cities/tiny/alpha/1/reopen", "rita", again).await.0, 409);
    let (_, cities) = world.get("/cities", "rita").await;
    assert_eq!((&cities["cities"][0]["round"], &cities["cities"][0]["state"]), (&json!(2), &json!("listed")));

    for (who, slot) in [("carl", Slot::A), ("dora", Slot::B)] {
        world.person(who, &[Duty::Assessor]).await;
        let own = world.assign("alpha", 2, slot, who).await;
        world.decide("alpha", 2, slot, who, &["2y"]).await;
        assert_eq!(world.post(&format!("/slots/{own}/seal"), who, SEALS()).await.0, 200);
    }
    assert_eq!(world.post("/cities/tiny/alpha/2/sign-off", "sara", json!({})).await.0, 200);
    let second = json!({ "reason": "an appeal was right" });
    assert_eq!(world.post("/campaigns/tiny/releases", "sara", second).await.0, 200);
    let (_, new) = world.get("/releases/tiny/2", "").await;
    assert_eq!(
        (&new["cities"][0]["yes"], &new["corrects"], &new["reason"]),
        (&json!(3), &json!(1), &json!("an appeal was right"))
    );
    let (status, old) = world.page("/releases/tiny/1", "").await;
    assert_eq!(status, 200);
    assert!(old.contains("Corrected by release 2") && old.contains("2 of 5 (40 %)"), "{old}");
    traced(&world).await;
    exported(&world).await;
}

/// Every step of a score is there, for anybody.
async fn traced(world: &World) {
    let (_, old) = world.get("/trace/tiny/1/alpha/2", "").await;
    assert_eq!(
        (&old["answer"], &old["ruling"]["made"]["reviewer"], old["decisions"].as_array().unwrap().len()),
        (&json!("no"), &json!("rolf"), 2)
    );
    let (status, new) = world.get("/trace/tiny/2/alpha/2", "").await;
    assert_eq!((status, &new["answer"], &new["ruling"]), (200, &json!("yes"), &Value::Null));
    let passage = &new["passages"][0];
    assert_eq!((&passage["stands"], &passage["passage"]["exact"]), (&json!(true), &json!("budget")));
    assert_eq!(passage["path"], json!([["https://alpha.example/", null]]));
    assert!(passage["segment"][0].as_str().unwrap().contains(".warc"), "{passage}");
    let (_, page) = world.page("/trace/tiny/2/alpha/2", "").await;
    for step in [
        "Where it was published",
        "sara",
        "carl",
        "dora",
        "<mark>budget</mark>",
        "https://alpha.example/",
        "sha256:",
        "urn:uuid:",
        "Entry ",
    ] {
        assert!(page.contains(step), "{step}: {page}");
    }
    let (status, page) = world.ask("POST", "/trace/tiny/2/alpha/2/verify", "", Some(json!({}))).await;
    assert!(status == 200 && page.contains("WALKED tiny/2 alpha/2") && page.contains("All of it holds"), "{page}");
    // What was not released is followed by nobody.
    assert_eq!(world.get("/trace/tiny/2/beta/2", "").await.0, 404);
    assert_eq!(world.get("/trace/tiny/9/alpha/2", "").await.0, 404);
}

/// Formulas are none in the file for spreadsheets, and a viewer's file has only what is released.
async fn exported(world: &World) {
    let (_, safe) = world.ask("GET", "/exports/tiny/decisions.csv", "rita", None).await;
    assert!(safe.contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\"") && !safe.contains(",\"=HYPERLINK"), "{safe}");
    let (_, raw) = world.ask("GET", "/exports/tiny/decisions.csv?flavour=raw", "rita", None).await;
    assert!(raw.contains(",\"=HYPERLINK") && !raw.contains("'=HYPERLINK"), "{raw}");
    let (_, own) = world.ask("GET", "/exports/tiny/finals.csv", "vera", None).await;
    assert_eq!(own.lines().count(), 11, "both released rounds of five answers: {own}");
    let (_, own) = world.ask("GET", "/exports/tiny/differences.csv", "vera", None).await;
    assert!(own.lines().count() == 2 && own.contains("alpha") && !own.contains("beta"), "{own}");
    assert_eq!(world.ask("GET", "/exports/tiny/finals.csv", "carl", None).await.0, 403);
    assert_eq!(world.ask("GET", "/exports/tiny/finals.csv", "", None).await.0, 401);
    let scores = |csv: &str| csv.lines().map(|line| line.split(',').take(5).collect::<Vec<_>>().join(",")).collect::<Vec<_>>();
    let (_, now) = world.ask("GET", "/exports/tiny/files/scores.csv", "vera", None).await;
    assert_eq!(scores(&now)[1..], ["alpha/1,tiny,alpha,Alphaville,1", "alpha/2,tiny,alpha,Alphaville,2"], "{now}");
    let (_, second) = world.ask("GET", "/exports/tiny/2/files/scores.csv", "vera", None).await;
    assert_eq!(scores(&second)[1..], ["alpha/2,tiny,alpha,Alphaville,2"], "{second}");
    // What a second round carried over rests on decisions of the first, which come along.
    let (_, answers) = world.ask("GET", "/exports/tiny/2/files/answers.csv", "vera", None).await;
    assert!(answers.contains("alpha/1/3/slot_a") && answers.contains("alpha/2/3/final") && !answers.contains("alpha/1/3/final"));
    assert!(!answers.contains("beta"), "{answers}");
    assert_eq!(world.ask("GET", "/exports/tiny/9/files/scores.csv", "vera", None).await.0, 404);
    assert_eq!(world.ask("GET", "/exports/tiny/files/ledger.sqlite", "vera", None).await.0, 404);
}
