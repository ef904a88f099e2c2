//! A city on one page: what it says, on what it rests, and what a reviewer may change of it.

use model::*;
use serde_json::{Value, json};
use store::Campaign;

use crate::world::{World, code, name, now};

const PAGE: &str = "/releases/tiny/1/alpha/page";

/// Both cities of the campaign released, signed off by Sara: alpha lacks 2, 3 and 5, beta lacks 2 and 3.
async fn released() -> World {
    let mut world = World::begin().await;
    world.person("ana", &[Duty::Assessor]).await;
    world.person("ben", &[Duty::Assessor]).await;
    world.person("sara", &[Duty::Senior]).await;
    world.person("rita", &[Duty::Reviewer]).await;
    for (portal, of_a, of_b) in [
        ("alpha", ["1y", "2n", "3n", "4y", "5n"], ["1y", "2y", "3n", "4y", "5n"]),
        ("beta", ["1n", "2n", "3n", "4y", "5y"], ["1y", "2n", "3n", "4y", "5y"]),
    ] {
        for (slot, who, answers) in [(Slot::A, "ana", of_a), (Slot::B, "ben", of_b)] {
            world.assign(portal, 1, slot, who).await;
            world.decide(portal, 1, slot, who, &answers).await;
            world.seal(portal, 1, slot, who).await;
        }
    }
    release(&mut world, "tiny", now(), &[("alpha", "ynnyn"), ("beta", "ynnyy")]).await;
    world
}

/// Signs cities off with these answers to the five indicators, and publishes them.
async fn release(world: &mut World, campaign: &str, at: Time, cities: &[(&str, &str)]) {
    let mut released = Vec::new();
    for (portal, answers) in cities {
        let id = name(&format!("{campaign} {portal} signed"));
        let finals = ["1", "2", "3", "4", "5"].iter().zip(answers.chars()).map(|(of, said)| Final {
            code: code(of),
            answer: if said == 'y' { Choice::Yes } else { Choice::No },
            rests_on: [Slot::A, Slot::B].map(|slot| name(&format!("{portal} 1 {slot:?} {of}"))).to_vec(),
        });
        let made = SignOff {
            id: id.clone(),
            campaign: campaign.to_owned(),
            portal: (*portal).to_owned(),
            round: 1,
            reviewer: "sara".to_owned(),
            finals: finals.collect(),
            at,
        };
        world.record(Made::SignOff(made)).await;
        let city = format!("City of {portal}");
        released.push(Released { portal: (*portal).to_owned(), city, run: 1, judging: world.judging, sign_off: id });
    }
    let made = Release {
        id: name(&format!("{campaign} released")),
        campaign: campaign.to_owned(),
        number: 1,
        instrument: "tiny-1".to_owned(),
        policy: json!({ "rules": { "threshold": 5 } }),
        cities: released,
        reason: "results".to_owned(),
        publisher: "sara".to_owned(),
        at,
        supersedes: None,
    };
    world.record(Made::Release(made)).await;
}

#[tokio::test]
async fn the_page_says_what_to_do_first_and_each_message_leads_to_its_proof() {
    let world = released().await;
    let (status, data) = world.get(PAGE, "").await;
    assert_eq!(status, 200, "{data}");
    assert_eq!((&data["card"]["yes"], &data["card"]["denominator"], &data["lacking"]), (&json!(2), &json!(5), &json!(3)));
    assert_eq!(data["band"]["text"], "low band");
    assert_eq!(data["rank"], json!({ "rank": 2, "sharing": 1, "of": 2 }));
    // The easy one first; of the moderate ones that which another city has.
    let codes: Vec<&Value> = data["messages"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["3", "5", "2"]);
    let [third, fifth, _] = &data["messages"].as_array().unwrap()[..] else { panic!("{data}") };
    assert_eq!(
        (&third["grade"], &third["peer"], &third["trace"]),
        (&json!("easy"), &Value::Null, &json!("/trace/tiny/1/alpha/3"))
    );
    assert_eq!(fifth["peer"], json!({ "portal": "beta", "city": "Betatown", "trace": "/trace/tiny/1/beta/5" }));
    assert_eq!(data["after"][0]["numerator"], 5);
    let agreement = &data["agreement"]["same"];
    assert_eq!((&agreement["numerator"], &agreement["denominator"]), (&json!(4), &json!(5)));
    assert_eq!((&data["past"], &data["checkpoint"], &data["evidence"][0]), (&Value::Null, &Value::Null, &json!(now())));
    for one in data["messages"].as_array().unwrap() {
        let (status, trace) = world.get(one["trace"].as_str().unwrap(), "").await;
        assert_eq!((status, &trace["answer"]), (200, &json!("no")));
    }

    let (status, page) = world.page(PAGE, "").await;
    assert_eq!(status, 200);
    for part in [
        "<html lang=\"en\" dir=\"ltr\">",
        "<strong>2</strong> of 5 points",
        "Rank 2 of 2 cities",
        "3 is missing here",
        "begin with 3",
        "the web team",
        "href=\"/trace/tiny/1/alpha/3\"",
        "href=\"/trace/tiny/1/beta/5\"",
        "Two people agreed on 4 of 5 questions",
        "There is no earlier result",
        "not signed yet",
        "<svg class=\"qr\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("style="), "{page}");
    assert!(world.page("/releases/tiny/1/alpha", "").await.1.contains("href=\"/releases/tiny/1/alpha/page\""));
    for nowhere in ["/releases/tiny/1/gamma/page", "/releases/tiny/2/alpha/page", "/releases/none/1/alpha/page"] {
        assert_eq!(world.get(nowhere, "").await.0, 404, "{nowhere}");
    }
}

#[tokio::test]
async fn the_page_speaks_the_readers_language_and_says_where_words_do_not() {
    let world = released().await;
    let (_, arabic) = world.page(&format!("{PAGE}?lang=ar"), "").await;
    assert!(
        arabic.contains("<html lang=\"ar\" dir=\"rtl\">") && arabic.contains("3 ناقص") && !arabic.contains("3 is missing"),
        "{arabic}"
    );
    let (_, chinese) = world.page(&format!("{PAGE}?lang=zh"), "").await;
    assert!(chinese.contains("<html lang=\"zh\"") && chinese.contains("<bdi lang=\"en\">3 is missing here</bdi>"), "{chinese}");
}

#[tokio::test]
async fn change_is_told_from_another_campaign_and_not_from_a_correction() {
    let mut world = released().await;
    let before: Time = "2024-11-23T12:00:00Z".parse().unwrap();
    let of = world.store.campaign("tiny").await.unwrap().unwrap();
    let older = Campaign { id: "older".to_owned(), title: "Older".to_owned(), ..of };
    assert!(world.store.put_campaign(&older, &json!({})).await.unwrap());
    release(&mut world, "older", before, &[("alpha", "nnyyn")]).await;
    let (_, data) = world.get(PAGE, "").await;
    let change = &data["past"]["change"];
    assert_eq!((&data["past"]["campaign"], &change["compared"]), (&json!("older"), &json!(5)));
    assert_eq!((&change["gained"][0]["new"], &change["lost"][0]["new"]), (&json!("1"), &json!("3")));
    let (_, page) = world.page(PAGE, "").await;
    assert!(page.contains("from 2 to 2 points, 1 new, 1 lost"), "{page}");
    // What came later is no past.
    assert_eq!(world.get("/releases/older/1/alpha/page", "").await.1["past"], Value::Null);
}

#[tokio::test]
async fn a_reviewer_of_the_city_replaces_words_and_all_of_it_is_kept() {
    let world = released().await;
    let at = "/cities/tiny/alpha/1/messages";
    let own = |missing: &str, why: &str| json!({ "code": "3", "lang": "en", "missing": missing, "why": why });
    assert_eq!(world.post(at, "", own("x", "y")).await.0, 401);
    assert_eq!(world.post(at, "ana", own("x", "y")).await.0, 403);
    let (status, form) = world.get(at, "rita").await;
    assert_eq!((status, form["messages"].as_array().unwrap().len()), (200, 3));
    let words = "The <b>budget</b> of 2026 is missing.";
    assert_eq!(world.post(at, "rita", own(words, "")).await.0, 200);
    let (_, page) = world.page(PAGE, "").await;
    assert!(page.contains("The &lt;b&gt;budget&lt;/b&gt; of 2026 is missing.") && page.contains("3 matters"), "{page}");
    assert!(
        page.contains("Text by \u{2068}rita\u{2069}, \u{2068}Nov 23, 2026\u{2069}") || page.contains("Text by rita"),
        "{page}"
    );
    assert!(!page.contains("3 is missing here") && !page.contains("href=\"/cities/"), "{page}");
    assert!(world.page(&format!("{PAGE}?lang=ar"), "").await.1.contains("3 ناقص"), "another language keeps its words");
    assert!(world.page(PAGE, "rita").await.1.contains("href=\"/cities/tiny/alpha/1/messages?lang=en\""));

    assert_eq!(world.post(at, "rita", json!({ "code": "1", "missing": "x" })).await.0, 422, "it is there");
    assert_eq!(world.post(at, "rita", json!({ "code": "3", "lang": "de", "missing": "x" })).await.0, 422);
    assert_eq!(world.post(at, "rita", own(&"x".repeat(201), "")).await.0, 422);
    assert_eq!(world.post(at, "rita", own("", "")).await.0, 200);
    let (_, data) = world.get(PAGE, "").await;
    assert_eq!(
        (&data["messages"][0]["missing"]["text"], &data["messages"][0]["edited"]),
        (&json!("3 is missing here"), &Value::Null)
    );
    let acts = world.store.audited_as(None, "message", i64::MAX, 10).await.unwrap();
    let said: Vec<&Value> = acts.iter().rev().map(|one| &one.act.detail["missing"]).collect();
    assert_eq!(said, [&json!(words), &json!("")]);
}
