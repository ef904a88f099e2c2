//! Setting a review up, as people do it: the first administrator, people, campaigns, policies, slots, and what each sees.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

mod site;

use archive::Log;
use model::{Adjudication, Answer, Band, Choice, Code, Coverage, Date, Decision, Duty, Finding, Made, Slot};
use serde_json::{Value, json};
use store::{Assignment, RunId};

use crate::site::{Browser, Site, begin_survey, now, site};

const LIST: &str =
    "id,city,home\npioz,Pioz,https://pioz.example/\nlugo,Lugo,https://lugo.example/\nvigo,Vigo,https://vigo.example/\n";

async fn campaign(admin: &mut Browser) {
    admin.done("/campaigns", json!({ "key": "c1", "title": "First", "portals": LIST })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_printed_token_to_a_campaign_with_its_policy() {
    let site = site().await;
    let mut admin = site.nobody();
    let token = site.token().await;
    let password = "correct horse battery";
    admin.done("/setup", json!({ "token": token, "person": "ada", "password": password })).await;

    // Duties that one person may not have together, and the last administrator.
    let told = admin.refused("/people", json!({ "person": "bo", "duty": ["administrator", "assessor"] })).await;
    assert!(told[0].0 == "duty" && told[0].1.contains("decides nothing"), "{told:?}");
    let told = admin.refused("/people/ada", json!({ "duty": ["viewer"] })).await;
    assert!(told[0].1.contains("last administrator"), "{told:?}");
    assert_eq!(admin.post("/people/ada/deactivate", json!({})).await.0, 409);
    let told = admin.refused("/people", json!({ "person": "-bo" })).await;
    assert!(told[0].1.contains("cannot begin with"), "{told:?}");

    // Invited, in by the link, which works once.
    let invited = admin.done("/people", json!({ "person": "heron", "name": "Ana", "duty": "assessor" })).await;
    let link = invited["links"][0]["link"].as_str().unwrap();
    let link = link[link.find("/welcome/").unwrap()..].to_owned();
    assert!(!admin.page("/people/heron").await.1.contains(&link[9..]), "a link is shown once");
    let mut heron = site.nobody();
    heron.done(&link, json!({ "password": "a sentence to remember" })).await;
    assert_eq!(heron.get("/me").await.1["person"], "heron");
    assert_eq!(site.nobody().post(&link, json!({ "password": "a sentence to remember" })).await.0, 404);
    assert_eq!(heron.get("/people").await.0, 403);

    // A wrong list is told by line, and what was typed is still there.
    let wrong = "id,city,home\npioz,Pioz,https://pioz.example/\n<i>lugo,Lugo\n";
    let told = admin.refused("/campaigns", json!({ "key": "c1", "title": "First", "portals": wrong })).await;
    assert!(told[0].0 == "portals" && told[0].1.replace(['\u{2068}', '\u{2069}'], "").starts_with("Line 3:"), "{told:?}");
    campaign(&mut admin).await;
    let told = admin.refused("/campaigns", json!({ "key": "c1", "title": "Again", "portals": LIST })).await;
    assert_eq!(told[0].0, "key");

    // A policy is a further row; who read an older one is told.
    let before = admin.get("/campaigns/c1/policy").await.1;
    let mut rules = before["rules"].clone();
    rules["threshold"] = json!("101");
    rules["reasons"] = json!("partial\nno code!");
    let fields: Vec<String> =
        admin.refused("/campaigns/c1/policy", policy(&rules, 1)).await.into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["threshold", "reasons"]);
    rules["threshold"] = json!("7.5");
    rules["reasons"] = json!("partial\nnot_found_after_search");
    assert_eq!(admin.done("/campaigns/c1/policy", policy(&rules, 1)).await["rules"]["threshold"], 7.5);
    assert_eq!(admin.post("/campaigns/c1/policy", policy(&rules, 1)).await.0, 409);
    let after = admin.get("/campaigns/c1/policy").await.1;
    assert_eq!((after["no"].as_u64(), after["policies"].as_array().unwrap().len()), (Some(2), 2));
    assert_eq!(after["policies"][1]["body"], before["rules"]);

    // A survey is begun, watched and stopped; what it tells is text.
    let survey = admin.done("/campaigns/c1/surveys", json!({ "portal": ["pioz", "lugo"] })).await["survey"].clone();
    let (_, page) = admin.page(&format!("/campaigns/c1/surveys/{survey}")).await;
    assert!(page.contains("data-live=\"5\"") && page.contains("&lt;b&gt;visiting") && page.contains("Look again"), "{page}");
    admin.done(&format!("/campaigns/c1/surveys/{survey}/stop"), json!({})).await;
    let watched = admin.get(&format!("/campaigns/c1/surveys/{survey}")).await.1;
    assert_eq!((watched["told"][0].as_str(), watched["runs"].as_array().unwrap().len()), (Some("stopping"), 2));

    for path in
        ["/campaigns", "/campaigns/c1", "/campaigns/c1/assignments", "/campaigns/c1/policy", "/people", "/audit", "/audit/verify"]
    {
        assert_eq!(admin.page(path).await.0, 200, "{path}");
    }

    // All of it is in the audit log, whose chain holds; the name is not.
    let log = admin.get("/audit").await.1["rows"].to_string();
    assert!(["setup", "invite", "begin-campaign", "set-policy", "begin-survey"].iter().all(|done| log.contains(done)), "{log}");
    assert!(!log.contains("Ana"), "{log}");
    let chain = admin.get("/audit/verify").await.1;
    assert!(chain["broken"].is_null() && chain["rows"].as_u64() > Some(5), "{chain}");
    let own = heron.get("/audit").await.1["rows"].as_array().unwrap().clone();
    assert!(!own.is_empty() && own.iter().all(|row| row["person"] == "heron"), "{own:?}");
    assert_eq!(heron.get("/audit/export").await.0, 403);
}

fn policy(rules: &Value, after: u32) -> Value {
    json!({
        "threshold": rules["threshold"], "assist": rules["assist"], "clean": rules["clean"], "inspected": rules["inspected"],
        "reasons": rules["reasons"], "after": after,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_people_is_text_and_all_or_nothing() {
    let site = site().await;
    let mut admin = site.person("ada", &[Duty::Administrator]).await;
    let wrong = "pseudonym,name,duties\n=cmd,A,assessor\ngood,B,assessor\n@x,C,\nada,D,king\nheron,E,administrator senior\n";
    let told = admin.refused("/people/import", json!({ "people": wrong })).await;
    let lines: Vec<String> = told.iter().map(|(_, what)| what.replace(['\u{2068}', '\u{2069}'], "")[..7].to_owned()).collect();
    assert_eq!(lines, ["Line 2:", "Line 4:", "Line 5:", "Line 5:", "Line 6:"]);
    assert_eq!(admin.get("/people").await.1["people"].as_array().unwrap().len(), 1, "nobody is taken in");

    let list = "pseudonym;name;duties\nheron;=HYPERLINK(\"x\");assessor\ncrane;<script>1</script>;reviewer senior\n";
    let links = admin.done("/people/import", json!({ "people": list })).await["links"].as_array().unwrap().len();
    assert_eq!(links, 2);
    let people = admin.get("/people").await.1["people"].clone();
    assert_eq!((people[2]["person"].as_str(), people[2]["name"].as_str()), (Some("heron"), Some("=HYPERLINK(\"x\")")));
    assert_eq!(people[1]["duties"], json!(["reviewer", "senior"]));
    let (_, page) = admin.page("/people").await;
    assert!(page.contains("&lt;script&gt;1") && !page.contains("<script>1"));

    // What was typed into a wrong list is still there, as text.
    let list = "id,city,home\n<i>lugo,Lugo\n";
    let (status, page) = admin.form("/campaigns", &[("key", "c1"), ("title", "First"), ("portals", list)]).await;
    assert!(status == 422 && page.contains("&lt;i&gt;lugo,Lugo") && !page.contains("<i>lugo"), "{status} {page}");

    admin.done("/people/heron/erase-name", json!({})).await;
    assert_eq!(admin.get("/people/heron").await.1["name"], "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_comes_back_on_its_page_with_what_was_typed_and_what_is_wrong() {
    let site = site().await;
    let mut admin = site.person("ada", &[Duty::Administrator]).await;
    admin.done("/campaigns", json!({ "key": "c1", "title": "First", "portals": LIST })).await;
    let (page, policy) = ("/campaigns/c1/policy?said=said-saved", "/campaigns/c1/policy");
    let sent = [("threshold", "7 or so"), ("assist", "verdict_shown"), ("clean", "11"), ("inspected", "10"), ("reasons", "a\nb")];
    let (status, told) = admin.form_on(page, policy, &sent).await;
    assert_eq!(status, 422);
    for part in [
        r##"<a href="#threshold""##,
        r#"id="threshold-wrong""#,
        r#"value="7 or so" maxlength="10" required dir="auto" aria-describedby="threshold-wrong" aria-invalid="true""#,
        r#"<option value="verdict_shown" selected"#,
        r#"value="11""#,
    ] {
        assert!(told.contains(part), "no {part} in {told}");
    }
    assert!(!told.contains("said-saved") && told.matches("<form").count() == admin.page(policy).await.1.matches("<form").count());

    // Only the form that was sent is filled in; a page that is not ours or not theirs is not shown.
    let (_, people) = admin.form_on("/people", "/people", &[("person", "no good name"), ("duty", "auditor")]).await;
    assert!(people.contains(r#"value="no good name""#) && people.contains(r#"value="auditor" checked"#), "{people}");
    for elsewhere in ["/people/nobody", "/no/such/page", "/slots/1/2"] {
        let (status, told) = admin.form_on(elsewhere, "/people", &[("person", "no good name")]).await;
        assert!(status == 422 && told.contains("no good name") && told.contains("action=\"/people\""), "{told}");
    }
}

/// Findings of a run of a city, as if a survey had brought them.
async fn judged(site: &Site, portal: &str) -> i64 {
    let of = site.store.campaign("c1").await.unwrap().unwrap();
    let portals: Vec<_> = of.portals.into_iter().filter(|one| one.id == portal).collect();
    let survey = begin_survey(&site.store, "c1", &portals).await;
    let run: RunId = site.store.runs(survey).await.unwrap()[0].id;
    let day = Date::new(2026, 11, 23).unwrap();
    let coverage =
        Coverage { day, seen: Vec::new(), waiting: Vec::new(), searches: Vec::new(), sitemap_urls: 0, lexicons: Vec::new() };
    let because = format!("survey {}", survey.0);
    let finding =
        Finding { code: Code::new("1").unwrap(), answer: Answer::Absent, band: Band::Low, evidence: Vec::new(), because };
    site.store.put_findings(run, &model::Digest([7; 32]), "test", now(), &coverage, &[finding]).await.unwrap()
}

async fn assignments(site: &Site, portal: &str) -> Vec<Assignment> {
    site.store.assignments("c1").await.unwrap().into_iter().filter(|one| one.portal == portal).collect()
}

fn slot(portal: &str, slot: &str, person: &str) -> Value {
    json!({ "portal": portal, "slot": slot, "person": person })
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_are_given_apart_and_with_the_same_proposals() {
    let site = site().await;
    let mut admin = site.person("ada", &[Duty::Administrator]).await;
    campaign(&mut admin).await;
    let mut heron = site.person("heron", &[Duty::Assessor]).await;
    let mut crane = site.person("crane", &[Duty::Assessor]).await;
    site.person("egret", &[Duty::Assessor]).await;
    let mut wren = site.person("wren", &[Duty::Reviewer, Duty::Assessor]).await;
    site.person("rook", &[Duty::Reviewer]).await;
    let to = "/campaigns/c1/assignments";
    assert_eq!(heron.post(to, slot("pioz", "A", "heron")).await.0, 403);

    // Each rule by itself.
    let why = async |admin: &mut Browser, sent: Value| admin.refused(to, sent).await.remove(0);
    assert!(why(&mut admin, slot("pioz", "A", "rook")).await.1.contains("duty of an assessor"));
    assert!(why(&mut admin, slot("pioz", "C", "heron")).await.1.contains("A and B are both sealed"));
    crane.done("/me/interests", json!({ "portal": "pioz", "note": "born there" })).await;
    assert!(why(&mut admin, slot("pioz", "A", "crane")).await.1.contains("declared an interest"));
    assert!(why(&mut admin, slot("pioz", "A", "heron")).await.1.contains("not surveyed yet"));
    let first = judged(&site, "pioz").await;
    judged(&site, "lugo").await;
    admin.done(to, slot("pioz", "A", "heron")).await;
    assert!(why(&mut admin, slot("pioz", "B", "heron")).await.1.contains("has, or had, a slot"));
    ruled(&site, "lugo", "wren").await;
    assert!(why(&mut admin, slot("lugo", "C", "wren")).await.0 == "slot");
    assert!(why(&mut admin, slot("lugo", "A", "wren")).await.1.contains("has ruled on"));

    // A later survey changes nothing for the other slot.
    let later = judged(&site, "pioz").await;
    assert_ne!(first, later);
    admin.done(to, slot("pioz", "B", "egret")).await;
    let given = assignments(&site, "pioz").await;
    assert!(given.iter().all(|one| one.judging == Some(first) && one.proposals == given[0].proposals && one.proposals.is_some()));
    assert_ne!(given[0].seed, given[1].seed);

    // A slot is handed over by name only, the row before stays, and whoever comes begins anew.
    decide(&mut heron, &given[0].id, "1").await;
    let told = why(&mut admin, slot("pioz", "A", "wren")).await;
    assert!(told.0 == "instead" && told.1.contains("heron"), "{told:?}");
    let mut handed = slot("pioz", "A", "wren");
    handed["instead"] = json!("heron");
    admin.done(to, handed).await;
    let given = assignments(&site, "pioz").await;
    let of_a: Vec<_> = given.iter().filter(|one| one.slot == Slot::A).map(|one| (one.seq, one.person.as_str())).collect();
    assert_eq!(of_a, [(1, "heron"), (2, "wren")]);
    let own = given.iter().find(|one| one.person == "wren").unwrap().id.clone();
    assert_eq!(wren.get(&format!("/slots/{own}")).await.1["decided"], 0);
    decide(&mut wren, &own, "1").await;
    assert_eq!(wren.get(&format!("/slots/{own}")).await.1["decided"], 1);
    let again = json!({ "answer": "unclear", "reason": "partial", "trail": "home" });
    assert_eq!(heron.post(&format!("/slots/{}/1/decisions", given[0].id), again).await.0, 409);

    // A pair for all cities that nobody has: where a rule stands in the way it is told.
    crane.done("/me/interests", json!({ "portal": "vigo" })).await;
    let pair = json!({ "first": "crane", "second": "egret" });
    let told = admin.done("/campaigns/c1/assignments/pairs", pair).await;
    assert_eq!((told["given"].as_array().unwrap().len(), told["left"][0]["portal"].as_str()), (2, Some("vigo")), "{told}");
    assert_eq!(assignments(&site, "lugo").await.len(), 2);
}

async fn decide(who: &mut Browser, slot: &str, code: &str) {
    let sent = json!({ "answer": "unclear", "reason": "partial", "note": "half hidden", "trail": "home" });
    who.done(&format!("/slots/{slot}/{code}/decisions"), sent).await;
}

/// A ruling on a city that others decided with a program of their own.
async fn ruled(site: &Site, portal: &str, reviewer: &str) {
    let mut log = Log::of(&site.archive).unwrap();
    let id = |no: u32| format!("00000000-0000-4000-8000-00000000000{no}");
    let decision = Decision {
        id: id(1),
        campaign: "c1".to_owned(),
        portal: portal.to_owned(),
        round: 1,
        slot: Slot::C,
        assessor: "jay".to_owned(),
        code: Code::new("1").unwrap(),
        answer: Choice::Unclear,
        reason: Some("partial".to_owned()),
        note: String::new(),
        evidence: Vec::new(),
        trail: Vec::new(),
        assist: model::Assist::default(),
        seconds: 0,
        at: now(),
        supersedes: None,
    };
    let ruling = Adjudication {
        id: id(2),
        campaign: "c1".to_owned(),
        portal: portal.to_owned(),
        round: 1,
        reviewer: reviewer.to_owned(),
        code: Code::new("1").unwrap(),
        answer: Choice::No,
        reason: "partial".to_owned(),
        note: String::new(),
        evidence: Vec::new(),
        at: now(),
        supersedes: None,
    };
    for made in [Made::Decision(decision), Made::Adjudication(ruling)] {
        review::record(&site.archive, &mut log, &site.store, &made).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_of_a_slot_that_it_is_sealed_and_nothing_else() {
    let site = site().await;
    let mut admin = site.person("ada", &[Duty::Administrator]).await;
    campaign(&mut admin).await;
    let mut heron = site.person("heron", &[Duty::Assessor]).await;
    site.person("crane", &[Duty::Assessor]).await;
    judged(&site, "pioz").await;
    admin.done("/campaigns/c1/assignments/pairs", json!({ "first": "heron", "second": "crane", "most": 1 })).await;
    let own = assignments(&site, "pioz").await[0].id.clone();
    let places = ["/campaigns", "/campaigns/c1", "/campaigns/c1/assignments", "/people", "/people/heron", "/audit"];
    let before = seen(&mut admin, &places).await;
    decide(&mut heron, &own, "1").await;
    decide(&mut heron, &own, "2").await;
    assert_eq!(seen(&mut admin, &places).await, before, "decisions change nothing that an administrator sees");
    heron.done(&format!("/slots/{own}/seal"), json!({ "independent": "yes" })).await;
    let city = admin.get("/campaigns/c1").await.1["cities"][0].clone();
    assert_eq!(
        (city["state"].as_str(), &city["slots"][0]["sealed"], &city["slots"][1]["sealed"]),
        (Some("assessing"), &json!(true), &json!(false))
    );
    for path in [format!("/slots/{own}"), format!("/slots/{own}/1")] {
        let (status, page) = admin.page(&path).await;
        assert!((status, page.contains("half hidden")) == (404, false), "{path}: {status}");
    }
    // What others note of an open slot stays away from the log that administrators and auditors read.
    let act = store::Act {
        at: now(),
        person: "heron".to_owned(),
        action: "capture".to_owned(),
        object: own.clone(),
        detail: json!({ "url": "https://found.example/" }),
    };
    site.store.audit(&act, |_, _| model::Digest([9; 32])).await.unwrap();
    assert!(!admin.get("/audit").await.1.to_string().contains("found.example"));
    assert!(!admin.page("/audit/export").await.1.contains("found.example"));
    let chain = admin.get("/audit/verify").await.1;
    assert!(chain["broken"].as_i64().is_some(), "a row with a digest of its own making is found: {chain}");
}

/// What somebody is shown at each of these addresses.
async fn seen(who: &mut Browser, places: &[&str]) -> Vec<Value> {
    let mut all = Vec::new();
    for place in places {
        let (status, shown) = who.get(place).await;
        assert_eq!(status, 200, "{place}");
        all.push(shown);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn people_choose_language_keys_and_tokens() {
    let site = site().await;
    let mut heron = site.person("heron", &[Duty::Assessor]).await;
    let (_, page) = heron.page("/me").await;
    assert!(page.contains("<label for=\"key-yes\">") && page.contains("test"), "{page}");

    let told = heron.refused("/me", json!({ "key-yes": "n" })).await;
    assert!(told[0].0 == "key-no" && told[0].1.contains("something else"), "{told:?}");
    assert_eq!(heron.refused("/me", json!({ "key-yes": "7", "key-no": "я" })).await.len(), 2);
    heron.done("/me", json!({ "theme": "dark", "key-yes": "W", "shortcuts": "off" })).await;
    let kept = site.store.person("heron").await.unwrap().unwrap().preferences;
    let keys: Value = serde_json::from_str(kept["keys"].as_str().unwrap()).unwrap();
    assert_eq!((&keys["off"], &keys["map"]["yes"], &keys["map"]["no"]), (&json!(true), &json!("w"), &json!("n")));
    let (_, help) = heron.page("/help").await;
    assert!(
        help.contains("<kbd>w</kbd>") && help.contains("You have switched the keys off") && help.contains("data-theme=\"dark\"")
    );
    assert_eq!(site.nobody().page("/help").await.0, 200);

    // A token that reads does not write, and no token makes another.
    let made = heron.done("/me/tokens", json!({ "label": "my script", "scope": "write" })).await;
    let secret = made["secret"].as_str().unwrap();
    assert!(!heron.page("/me").await.1.contains(secret));
    let mut program = site.program(secret);
    program.done("/me", json!({ "size": "large" })).await;
    assert_eq!(program.post("/me/tokens", json!({ "label": "more", "scope": "write" })).await.0, 403);
    let made = heron.done("/me/tokens", json!({ "label": "reader", "scope": "read" })).await;
    let mut reader = site.program(made["secret"].as_str().unwrap());
    assert_eq!(reader.get("/me").await.1["size"], "large");
    assert_eq!(reader.post("/me", json!({ "size": "normal" })).await.0, 403);
    heron.done(&format!("/me/tokens/{}/end", made["token"]["id"].as_str().unwrap()), json!({})).await;
    assert_eq!(reader.get("/me").await.0, 401);

    // Sessions are one's own.
    let mut crane = site.person("crane", &[Duty::Assessor]).await;
    let id = site.store.sessions("heron").await.unwrap()[0].id.replace(' ', "%20");
    assert_eq!(crane.post(&format!("/me/sessions/{id}/end"), json!({})).await.0, 404);
    heron.done(&format!("/me/sessions/{id}/end"), json!({})).await;
    assert_eq!(heron.get("/me").await.0, 401);
}
