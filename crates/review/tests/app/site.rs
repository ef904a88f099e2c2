//! The report of a campaign, the files of a release and the folder of pages, over HTTP and as it is written.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use model::{Duty, Slot};
use serde_json::{Value, json};

use crate::world::World;

/// Both cities decided alike by both, signed off and released; `more` answers of a second round of alpha lead to a second release.
async fn released() -> World {
    let mut world = World::begin().await;
    for (who, duties) in
        [("ana", &[Duty::Assessor][..]), ("ben", &[Duty::Assessor]), ("rita", &[Duty::Reviewer]), ("sara", &[Duty::Senior])]
    {
        world.person(who, duties).await;
    }
    for (portal, answers) in [("alpha", ["1y", "2y", "3n", "4y", "5n"]), ("beta", ["1n", "2n", "3n", "4y", "5n"])] {
        world.assign(portal, 1, Slot::A, "ana").await;
        let slot = world.assign(portal, 1, Slot::B, "ben").await;
        world.decide(portal, 1, Slot::A, "ana", &answers).await;
        world.decide(portal, 1, Slot::B, "ben", &answers).await;
        world.seal(portal, 1, Slot::A, "ana").await;
        let sealed = world.post(&format!("/slots/{slot}/seal"), "ben", json!({ "independent": "yes" })).await;
        assert_eq!(sealed.0, 200, "{}", sealed.1);
        if portal == "alpha" {
            let looked = json!({ "code": "1", "outcome": "stands" });
            assert_eq!(world.post("/cities/tiny/alpha/1/inspections", "rita", looked).await.0, 200);
        }
        let signed = world.post(&format!("/cities/tiny/{portal}/1/sign-off"), "sara", json!({})).await;
        assert_eq!(signed.0, 200, "{}", signed.1);
    }
    let released = world.post("/campaigns/tiny/releases", "sara", json!({ "reason": "first results" })).await;
    assert_eq!(released.0, 200, "{}", released.1);
    world
}

const PARTS: [&str; 4] = ["report", "report/cities", "report/indicators", "report/lessons"];

#[tokio::test]
async fn the_report_is_public_in_every_language_and_every_figure_has_its_table() {
    let world = released().await;
    for language in ["en", "fr", "es", "ar", "ru", "zh"] {
        for part in PARTS {
            let (status, page) = world.page(&format!("/releases/tiny/1/{part}?lang={language}"), "").await;
            assert_eq!(status, 200, "{part} {language}: {page}");
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
            assert!(!page.contains("site-") && !page.contains("style="), "{part} {language}: {page}");
            let pictures = page.matches("role=\"img\"").count();
            assert_eq!(pictures, page.matches("<figure").count(), "{part}");
            assert_eq!(pictures, page.matches("<details><summary>").count(), "{part}: each has a table");
        }
    }
    let (_, page) = world.page("/releases/tiny/1/report", "").await;
    // 3 and 1 of 5: 60 % and 20 %, mean and median 40 %.
    for told in ["3 of 5 (60 %)", "1 of 5 (20 %)", "<dd>40 %</dd>", "Alphaville", "href=\"/releases/tiny/1/beta/page\""] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // Both agreed on all ten.
    assert!(page.contains("10 of 10 (100 %)"), "{page}");
    let (_, page) = world.page("/releases/tiny/1/report/lessons", "").await;
    assert!(page.contains("Out of date") && !page.contains("=HYPERLINK") && !page.contains(">ana<"), "{page}");
    assert_eq!(world.page("/releases/tiny/2/report", "").await.0, 404);
}

#[tokio::test]
async fn an_earlier_release_is_compared_with() {
    let mut world = released().await;
    let again = json!({ "codes": ["3"], "cause": "error_found", "note": "x" });
    let (status, told) = world.post("/cities/tiny/alpha/1/reopen", "rita", again).await;
    assert_eq!(status, 200, "{told}");
    for (who, slot) in [("carl", Slot::A), ("dora", Slot::B)] {
        world.person(who, &[Duty::Assessor]).await;
        let own = world.assign("alpha", 2, slot, who).await;
        world.decide("alpha", 2, slot, who, &["3y"]).await;
        assert_eq!(world.post(&format!("/slots/{own}/seal"), who, json!({ "independent": "yes" })).await.0, 200);
    }
    assert_eq!(world.post("/cities/tiny/alpha/2/sign-off", "sara", json!({})).await.0, 200);
    assert_eq!(world.post("/campaigns/tiny/releases", "sara", json!({ "reason": "an error" })).await.0, 200);
    let (_, first) = world.page("/releases/tiny/1/report", "").await;
    assert!(!first.contains("id=\"slope\"") && first.contains("There is a later release"), "{first}");
    let (_, second) = world.page("/releases/tiny/2/report", "").await;
    assert!(second.contains("id=\"slope\"") && second.contains("which this release corrects"), "{second}");
    // Alpha went from 3 to 4 of 5 compared.
    assert!(second.contains(
        "<td class=\"number\">60 %</td><td class=\"number\">80 %</td><td class=\"number\">1</td><td class=\"number\">0</td>"
    ));
}

#[tokio::test]
async fn files_of_a_release_are_the_same_for_good_and_say_so() {
    let world = released().await;
    let base = "/api/v1/releases/tiny/1/files";
    let (status, text) = world.ask("GET", &format!("{base}/release.json"), "", None).await;
    let release: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (status, &release["version"], &release["denominator"], &release["checkpoint"]),
        (200, &json!(1), &json!(5), &Value::Null)
    );
    let alpha = &release["cities"][0];
    assert_eq!(
        (&alpha["portal"], &alpha["rank"], &alpha["card"]["score"]["decimal"]),
        (&json!("alpha"), &json!(1), &json!("0.6000"))
    );
    assert_eq!((&alpha["agreement"]["same"]["numerator"], &alpha["over_threshold"]), (&json!(5), &json!(false)));
    let (_, city) = world.ask("GET", alpha["answers"].as_str().unwrap(), "", None).await;
    let city: Value = serde_json::from_str(&city).unwrap();
    assert_eq!(city["answers"][1], json!({ "code": "2", "yes": true, "trace": "/trace/tiny/1/alpha/2" }));
    let (_, all) = world.ask("GET", &format!("{base}/indicators.json"), "", None).await;
    let all: Value = serde_json::from_str(&all).unwrap();
    assert_eq!((&all["indicators"][3]["yes"], &all["indicators"][3]["of"]), (&json!(2), &json!(2)));
    let (_, scores) = world.ask("GET", &format!("{base}/scores.csv"), "", None).await;
    assert!(scores.contains("alpha,Alphaville,ES,1,3,5,0.6000,high,2,3,1,2\r\n"), "{scores}");
    let (_, answers) = world.ask("GET", &format!("{base}/answers.csv"), "", None).await;
    assert_eq!(answers.lines().count(), 11);
    for unknown in ["x.json", "cities/gamma.json", "cities/alpha"] {
        assert_eq!(world.ask("GET", &format!("{base}/{unknown}"), "", None).await.0, 404, "{unknown}");
    }

    let whole = world.raw("GET", &format!("{base}/release.json"), "", None).await;
    let tag = whole.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().trim().to_owned();
    // Nothing is signed yet, so that its checkpoint is still to come.
    assert!(whole.contains("cache-control: no-cache\r\n"), "{whole}");
    let request = |tag: &str| {
        format!(
            "GET {base}/release.json HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nif-none-match: {tag}\r\n\r\n",
            world.address
        )
    };
    let same = world.exchange(request(&format!("\"other\", W/{tag}"))).await;
    assert!(same.starts_with("HTTP/1.1 304") && same.ends_with("\r\n\r\n"), "{same}");
    assert!(world.exchange(request("\"other\"")).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn every_address_in_the_folder_leads_to_a_file_in_it() {
    let world = released().await;
    let files = review::site(&world.app, "tiny", 1).await.unwrap();
    let paths: BTreeSet<PathBuf> = files.iter().map(|file| PathBuf::from(&file.path)).collect();
    assert_eq!(paths.len(), files.len(), "no path twice");
    // Six languages of four pages and two of each city, the way in, two styles, icon, four files and two cities of data.
    assert_eq!(paths.len(), 6 * (4 + 2 * 2) + 4 + 4 + 2);
    let mut followed = 0;
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let page = std::str::from_utf8(&file.bytes).unwrap();
        let ids: BTreeSet<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!page.contains("<script") && !page.contains("style=\"") && !page.contains(" src="), "{}", file.path);
        for address in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            followed += 1;
            let (path, within) = address.split_once('#').unwrap_or((address, ""));
            assert!(!path.contains(':') && !path.starts_with('/'), "{}: {address} is not relative", file.path);
            if path.is_empty() {
                // Marks are drawn by the name of their shape.
                assert!(ids.contains(within), "{}: nothing has the id {within}", file.path);
            } else {
                let at = resolved(Path::new(&file.path).parent().unwrap(), path);
                assert!(paths.contains(&at), "{}: {address} leads to {}, which is not there", file.path, at.display());
            }
        }
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{}: an id stands twice: {ids:?}", file.path);
        for named in page.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(named.split(' ').all(|id| ids.contains(&id)), "{}: {named}", file.path);
        }
    }
    assert!(followed > 500, "{followed}");
    let arabic = files.iter().find(|file| file.path == "ar/index.html").unwrap();
    let arabic = std::str::from_utf8(&arabic.bytes).unwrap();
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">") && arabic.contains("hreflang=\"zh\""), "{arabic}");
    // A sentence that begins with a name in other letters runs as its reader reads.
    assert!(arabic.contains("<h1><bdi dir=\"rtl\">"), "{arabic}");
    assert!(review::site(&world.app, "tiny", 9).await.is_err());
}

/// The path that an address means, seen from a folder.
fn resolved(from: &Path, address: &str) -> PathBuf {
    let mut at = PathBuf::new();
    for part in from.join(address).components() {
        match part {
            Component::ParentDir => assert!(at.pop(), "{address} leads out of the folder"),
            other => at.push(other),
        }
    }
    at
}
