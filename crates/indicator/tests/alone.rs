//! What a page judged alone gives, and what it lacks.

#![expect(clippy::unwrap_used, reason = "what a test builds by hand is right or the test fails")]

mod small;

use indicator::{Alone, Lack};
use model::{Band, Code, Page};
use small::{book, coverage, finding, hits, load, page, seen, shown};

const URL: &str = "https://a.example/x";

fn alone(book: &indicator::Rulebook, page: &Page, code: &str, home: bool) -> Alone {
    book.alone(&Code::new(code).unwrap(), &hits(book, page, 1), home).unwrap()
}

#[test]
fn a_page_short_of_its_need_lacks_worth_only() {
    let Alone { worth, need, lacks, band } = alone(&book(), &page(URL, "en", "Budget", "-"), "219", false);
    assert_eq!((worth, need, lacks, band), (3.0, 5.0, vec![], None));
}

#[test]
fn a_page_that_is_enough_has_the_band_that_the_run_gives_it() {
    let book = book();
    let page = page("https://a.example/budget", "en", "Budget", "The budget.");
    let alone = alone(&book, &page, "219", false);
    let run = coverage(vec![seen(1, "https://a.example/budget", shown())]);
    let finding = finding(&book, &run, &hits(&book, &page, 1), "219");
    assert_eq!((alone.band, alone.worth), (Some(finding.band), finding.evidence[0].worth));
}

#[test]
fn a_service_without_a_step_and_a_rule_of_the_home_page_say_so() {
    let page = page("https://a.example/water-bill", "en", "Water bill", "The water bill.");
    assert_eq!(alone(&book(), &page, "286", false).lacks, [Lack::Step { led: false }]);
    let rules = small::RULES.replace("topic = [\"budget\"]", "topic = [\"budget\"]\nanswer = \"home\"\nneed = 1.0");
    let book = load(&[("instruments/small/pe.toml", &rules)]).unwrap();
    let page = small::page(URL, "en", "Budget", "-");
    assert_eq!(alone(&book, &page, "219", false).lacks, [Lack::Home]);
    assert_eq!(alone(&book, &page, "219", true).band, Some(Band::High));
}

#[test]
fn what_a_rule_insists_on_is_named() {
    let signals = "one_of = [\"table\"]\n[[219.signal]]\nname = \"table\"\ntable = \"budget\"\nweight = 1.0\n\
                   [[219.signal]]\nname = \"file\"\nfile = [\"pdf\"]\nweight = 1.0\nneeds = true\n";
    let rules = small::RULES.replace("void = [\"tender\"]\n", &format!("void = [\"tender\"]\n{signals}"));
    let book = load(&[("instruments/small/pe.toml", &rules)]).unwrap();
    let page = page("https://a.example/budget", "en", "Budget", "The budget.");
    let alone = alone(&book, &page, "219", false);
    assert_eq!(alone.lacks, [Lack::Needed("file".to_owned()), Lack::OneOf(vec!["table".to_owned()])]);
    assert!(alone.worth >= alone.need && alone.band.is_none());
}
