//! What keeps an indicator open, and what does not.

mod small;

use indicator::Rulebook;
use model::{Answer, Miss, SeenAs, Why};
use small::{coverage, finding, hits, link, load, page, seen, shown};

/// The answer for the budget after pages with these texts, the first being the home page.
fn answer(book: &Rulebook, texts: &[&str]) -> Answer {
    let url = |number: usize| format!("https://a.example/{}", if number == 1 { String::new() } else { number.to_string() });
    let mut found = Vec::new();
    let mut visits = Vec::new();
    for (number, text) in (1..).zip(texts) {
        let page = page(&url(number), "en", "Hello", text);
        let visit = u32::try_from(number).expect("few pages");
        found.extend(hits(book, &page, visit));
        visits.push(seen(visit, &url(number), shown()));
    }
    finding(book, &coverage(visits), &found, "219").answer
}

#[test]
fn one_mention_in_passing_is_none_and_three_are_a_doubt() {
    let book = small::book();
    let passing = ["We like the school far more than we like any budget.", "-", "-"];
    assert_eq!(answer(&book, &passing), Answer::Absent);
    let thrice =
        [passing[0], "He asked whether the budget would do for another year.", "No budget was harmed in the making of it."];
    assert_eq!(answer(&book, &thrice), Answer::Undetermined(Why::Weak));
}

#[test]
fn an_entry_that_is_the_name_of_the_subject_is_a_doubt() {
    assert_eq!(answer(&small::book(), &["Budget"]), Answer::Undetermined(Why::Weak));
}

#[test]
fn a_hint_that_was_not_followed_keeps_open_and_is_no_evidence() {
    let rules = r#"
[219]
title = "Budget"
seen = "the budget"
not_enough = "a word"
scope = "portal"
kind = "content"
topic = ["budget"]
hint = ["news-section"]
"#;
    let book = load(&[("instruments/small/pe.toml", rules)]).unwrap();
    let mut home = page("https://a.example/", "en", "Hello", "-");
    home.links.push(link("News", "https://b.example/"));
    let hits = hits(&book, &home, 1);
    let home = || seen(1, "https://a.example/", shown());
    let unseen = finding(&book, &coverage(vec![home()]), &hits, "219");
    assert_eq!(unseen.answer, Answer::Undetermined(Why::Lead));
    let blocked = coverage(vec![home(), seen(2, "https://b.example/", SeenAs::Missed(Miss::Blocked))]);
    assert_eq!(finding(&book, &blocked, &hits, "219").answer, Answer::Undetermined(Why::Missed(Miss::Blocked)));
    let followed = coverage(vec![home(), seen(2, "https://b.example/", shown())]);
    assert_eq!(finding(&book, &followed, &hits, "219").answer, Answer::Absent);
}

#[test]
fn a_page_that_came_at_the_second_attempt_was_not_missed() {
    let book = small::book();
    let url = |number: u32| format!("https://a.example/{number}");
    let mut visits = vec![seen(1, "https://a.example/", shown())];
    visits.extend((2..5).map(|visit| seen(visit, &url(visit), SeenAs::Missed(Miss::Timeout))));
    let answer = |visits: &[model::Seen]| finding(&book, &coverage(visits.to_vec()), &[], "219").answer;
    assert_eq!(answer(&visits), Answer::Undetermined(Why::Missed(Miss::Timeout)));
    visits.extend((2..5).map(|visit| seen(visit + 3, &url(visit), shown())));
    assert_eq!(answer(&visits), Answer::Absent);

    let home = |visit, outcome| model::Seen { errand: model::Errand::Home, ..seen(visit, "https://a.example/", outcome) };
    let twice = [home(1, SeenAs::Missed(Miss::Server)), home(2, shown())];
    assert_eq!(answer(&twice), Answer::Absent);
}
