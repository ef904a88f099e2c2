//! Several instruments side by side: which there are, and what one keeps of another.

#![expect(clippy::unwrap_used, reason = "what a test builds by hand is right or the test fails")]

mod small;

use indicator::{Rulebook, Source};
use small::{hits, page, sources};

const DRAFT: &str = r#"
edition = "draft"
title = "Draft"
from = "small"
denominator = 2
[[criteria]]
id = "PE"
name = "Participation"
"#;

const KEPT: &str = r#"
[219]
from = "small"

[R1]
title = "Tenders"
seen = "a call"
not_enough = "a word"
scope = "portal"
kind = "content"
topic = ["tender"]
"#;

/// The small instrument and beside it a draft with one criterion file.
fn both(kept: &str) -> Vec<Source> {
    sources(&[("instruments/draft/instrument.toml", DRAFT), ("instruments/draft/pe.toml", kept)])
}

fn draft(kept: &str) -> Rulebook {
    Rulebook::load(&both(kept), "draft").unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn wrong(sources: &[Source], edition: &str, expect: &str) {
    let told = Rulebook::load(sources, edition).err().unwrap().to_string();
    assert_eq!(told.lines().last().unwrap(), expect, "{told}");
}

fn own(book: &Rulebook, headline: &str, code: &str) -> Vec<String> {
    let hits = hits(book, &page("https://a.example/x", "en", headline, "-"), 1);
    hits.iter().filter(|hit| hit.code.as_str() == code).map(|hit| format!("{} {:+.1}", hit.signal, hit.weight)).collect()
}

#[test]
fn a_wrong_name_says_which_there_are() {
    wrong(&both(KEPT), "losi", "there is no instrument `losi`: there are draft, small");
    assert_eq!(indicator::editions(&both(KEPT)), ["draft", "small"]);
}

#[test]
fn a_kept_indicator_has_texts_rule_places_and_classes_of_the_edition_that_it_is_from() {
    let book = draft(KEPT);
    let codes: Vec<&str> = book.instrument.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
    assert_eq!(codes, ["219", "R1"]);
    assert_eq!(book.instrument.indicators[0].seen, "the budget");
    assert_eq!(own(&book, "Budget", "219"), own(&small::book(), "Budget", "219"));
    assert_eq!(own(&book, "Tender for the budget", "219"), own(&small::book(), "Tender for the budget", "219"));
    assert_eq!(own(&book, "Tender", "R1"), ["topic@headline +3.0"]);
    assert_eq!(book.editions(), ["draft", "small"]);
}

#[test]
fn what_is_written_out_takes_the_place_of_what_is_kept() {
    let book = draft("[219]\nfrom = \"small\"\ntitle = \"Money\"\nvoid = []\nneed = 2.0\n");
    assert_eq!(book.instrument.indicators[0].title, "Money");
    assert_eq!(book.instrument.indicators[0].seen, "the budget");
    assert!(!own(&book, "Tender for the budget", "219").iter().any(|hit| hit.starts_with("void")));
    assert_eq!(book.need(&book.instrument.indicators[0].code), Some(2.0));
}

#[test]
fn a_signal_of_the_same_name_takes_the_place_of_the_kept_one_and_one_of_no_weight_takes_it_away() {
    let signal =
        |weight: &str| format!("[[219.signal]]\nname = \"word\"\nterm = \"budget\"\nin = [\"headline\"]\nweight = {weight}\n");
    let rules = small::RULES.replace("[286]", &format!("{}\n[286]", signal("2.0")));
    let load = |own_signal: &str| {
        let mut sources = both(&format!("[219]\nfrom = \"small\"\n{own_signal}"));
        sources.iter_mut().find(|source| source.path == "instruments/small/pe.toml").unwrap().text.clone_from(&rules);
        Rulebook::load(&sources, "draft").unwrap_or_else(|error| panic!("{error}"))
    };
    assert_eq!(own(&load(""), "Budget", "219"), ["topic@headline +3.0", "word +2.0"]);
    assert_eq!(own(&load(&signal("1.0")), "Budget", "219"), ["topic@headline +3.0", "word +1.0"]);
    assert_eq!(own(&load("[[219.signal]]\nname = \"word\"\nweight = 0.0\n"), "Budget", "219"), ["topic@headline +3.0"]);
}

#[test]
fn what_cannot_be_kept_is_told_with_file_line_and_key() {
    wrong(
        &both("[220]\nfrom = \"small\"\n"),
        "draft",
        "instruments/draft/pe.toml:2: 220.from: `small` has no indicator `220` to keep",
    );
    wrong(
        &both("[219]\nfrom = \"big\"\n"),
        "draft",
        "instruments/draft/pe.toml:2: 219.from: there is no instrument `big`: there are draft, small",
    );
    wrong(
        &both("[219]\ntitle = \"x\"\n"),
        "draft",
        "instruments/draft/pe.toml:1: 219: the rule can never fire: give it a `topic` or a `signal`",
    );
}

#[test]
fn two_editions_cannot_be_from_each_other() {
    let small = small::INSTRUMENT.replace("denominator", "from = \"draft\"\ndenominator");
    let mut sources = both(KEPT);
    sources.iter_mut().find(|source| source.path == "instruments/small/instrument.toml").unwrap().text = small;
    let told = Rulebook::load(&sources, "draft").err().unwrap().to_string();
    let circle = "instruments/small/instrument.toml:4: from: `draft` is from this edition itself: one of the two writes its own";
    assert!(told.lines().any(|line| line == circle), "{told}");
}
