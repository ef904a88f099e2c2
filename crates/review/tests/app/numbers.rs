//! What is handed out and what is counted: nothing of a slot that is not sealed, no formula, and a reason where there is no number.

use std::collections::BTreeSet;

use model::{Choice, Duty, Final, Made, SignOff, Slot};
use report::import::{Limits, read};
use review::{Extract, Format, book, names};

use crate::world::{FORMULA, World, code, instrument, now};

/// Every file that is offered.
fn every() -> BTreeSet<&'static str> {
    Format::ALL.iter().flat_map(|format| names(*format)).copied().collect()
}

/// Of Alphaville one slot is sealed, of Betatown both are.
async fn half_sealed() -> World {
    let mut world = World::begin().await;
    world.person("rita", &[Duty::Reviewer]).await;
    for (portal, people) in [("alpha", ["ana", "ben"]), ("beta", ["carl", "dora"])] {
        for (slot, who) in [Slot::A, Slot::B].into_iter().zip(people) {
            world.person(who, &[Duty::Assessor]).await;
            world.assign(portal, 1, slot, who).await;
            world.decide(portal, 1, slot, who, &["1y", "2n", "3y", "4y", "5n"]).await;
            if who != "ben" {
                world.seal(portal, 1, slot, who).await;
            }
        }
    }
    world
}

/// A file as text; of a workbook all that stands in its cells.
async fn text(world: &World, path: &str) -> String {
    let bytes = world.file(path, "rita").await;
    if !path.ends_with(".xlsx") {
        return String::from_utf8(bytes).unwrap();
    }
    let sheets = read(&bytes, &Limits::default()).unwrap();
    assert!(sheets.sheets.iter().all(|sheet| sheet.formulas == 0));
    let rows = sheets.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    rows.map(|cell| cell.value.text()).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_slot_that_is_not_sealed_is_in_any_file() {
    let world = half_sealed().await;
    let mut told = 0;
    for file in every() {
        let text = text(&world, &format!("/exports/tiny/files/{file}")).await;
        assert!(!text.contains("seen in slot alpha") && !text.contains("alpha/1"), "{file}");
        told += u32::from(text.contains("seen in slot beta"));
    }
    assert_eq!(told, 6, "the workbook, both CSV, JSON, its lines and EARL tell of Betatown");
    let of = Extract { campaign: "tiny", release: None, origin: None, made: now(), by: "test" };
    let book = book(&world.store, &world.archive, &instrument(), &of).await.unwrap().unwrap();
    assert_eq!(book.cities.iter().map(|city| city.portal.as_str()).collect::<Vec<_>>(), ["beta"]);
    assert!(book.answers.iter().all(|answer| answer.portal == "beta"));
    let (_, stats) = world.get("/agreement/tiny", "rita").await;
    assert_eq!(stats["stats"]["agreement"][0]["n"], 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_formula_that_somebody_wrote_is_computed_by_no_spreadsheet() {
    let world = half_sealed().await;
    for file in every() {
        let text = text(&world, &format!("/exports/tiny/files/{file}")).await;
        match file {
            "answers-safe.csv" => {
                assert!(text.contains(",\"'=HYPERLINK"), "{text}");
                let sign = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
                assert!(!text.lines().flat_map(|line| line.split(',')).any(sign), "{text}");
            }
            "answers.csv" => assert!(csv(&text).any(|cell| cell == FORMULA), "for programs it is as it is"),
            "workbook.xlsx" => assert!(text.contains(FORMULA), "a text, which is not computed"),
            _ => {}
        }
    }
}

/// The cells of a CSV.
fn csv(text: &str) -> impl Iterator<Item = String> {
    let sheets = read(text.as_bytes(), &Limits::default()).unwrap();
    let cells = sheets.sheets.into_iter().flat_map(|sheet| sheet.rows).flat_map(|row| row.cells);
    cells.map(|cell| cell.value.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_not_defined_says_why() {
    let mut world = World::begin().await;
    world.person("rita", &[Duty::Reviewer]).await;
    let (_, page) = world.page("/agreement/tiny", "rita").await;
    assert!(page.contains("No city has both slots sealed yet"), "{page}");
    for (slot, who) in [(Slot::A, "ana"), (Slot::B, "ben")] {
        world.person(who, &[Duty::Assessor]).await;
        world.assign("alpha", 1, slot, who).await;
        world.decide("alpha", 1, slot, who, &["1y", "2y", "3y", "4y", "5y"]).await;
        world.seal("alpha", 1, slot, who).await;
    }
    let made = SignOff {
        id: "00000000-0000-4000-8000-000000000001".to_owned(),
        campaign: "tiny".to_owned(),
        portal: "alpha".to_owned(),
        round: 1,
        reviewer: "rita".to_owned(),
        finals: (1..=5)
            .map(|no| Final { code: code(&no.to_string()), answer: Choice::Yes, rests_on: vec!["x".to_owned()] })
            .collect(),
        at: now(),
    };
    world.record(Made::SignOff(made)).await;
    let (_, view) = world.get("/agreement/tiny", "rita").await;
    let all = &view["stats"]["agreement"][0];
    assert_eq!((&all["kappa"]["Err"], &all["ac1"]["Ok"]), (&"one_category".into(), &1.0.into()));
    let machine = &view["stats"]["machine"][0];
    assert_eq!((&machine["n"], &machine["counts"]["misses"]), (&1.into(), &1.into()), "the one proposal said absent: {view}");
    assert_eq!(machine["recall"]["Err"], "no_clean_arm");
    let (_, page) = world.page("/agreement/tiny", "rita").await;
    assert!(page.contains("100 % (5 of 5; 56.6 to 100 %)"), "{page}");
    assert!(page.contains("not defined: all answers are the same"), "{page}");
    assert!(page.contains("not measured: nothing was answered without the machine’s help"), "{page}");
    assert!(page.contains("ana + ben"), "the pair is named once the city is signed off");
}
