//! What was fitted to decisions, at work: the worth of pages and their bands.

mod small;

use indicator::{Fitted, Rulebook};
use model::{Answer, Band, Finding};
use small::{coverage, finding, hits, link, load, page, seen, shown};

fn book(fitted: &str) -> Rulebook {
    load(&[("instruments/small/fitted.toml", fitted)]).unwrap_or_else(|error| panic!("{error}"))
}

/// The finding for a page about the budget to which the home page links.
fn found(book: &Rulebook) -> Finding {
    let (home_url, url) = ("https://a.example/", "https://a.example/budget");
    let mut home = page(home_url, "en", "Welcome", "-");
    home.links.push(link("Budget", url));
    let mut all = hits(book, &home, 1);
    all.extend(hits(book, &page(url, "en", "Budget", "-"), 2));
    finding(book, &coverage(vec![seen(1, home_url, shown()), seen(2, url, shown())]), &all, "219")
}

fn worth(finding: &Finding, signal: &str) -> f32 {
    finding.evidence[0].signals.iter().filter(|(name, _)| name == signal).map(|(_, worth)| worth).sum()
}

#[test]
fn factors_weigh_what_a_page_says_and_the_link_that_leads_to_it() {
    let before = found(&small::book());
    assert_eq!((worth(&before, "topic@headline"), worth(&before, "topic@lead")), (3.0, 3.0));
    assert_eq!(before.evidence[0].worth, 8.0);
    let factors = "[factors]\n\"topic@headline\" = 0.50\n\"topic@lead\" = 2.0\n";
    let after = found(&book(&format!("[bands]\nmedium = 1.25\nhigh = 1.60\n{factors}")));
    assert_eq!((worth(&after, "topic@headline"), worth(&after, "topic@lead")), (1.5, 6.0));
    assert_eq!(after.evidence[0].worth, 9.5);
}

#[test]
fn bands_begin_where_they_were_fitted() {
    let band = |medium: &str, high: &str| {
        let found = found(&book(&format!("[bands]\nmedium = {medium}\nhigh = {high}\n")));
        assert_eq!((found.answer, found.evidence[0].worth), (Answer::Present, 8.0));
        found.band
    };
    assert_eq!([band("1.25", "1.5"), band("1.5", "1.7"), band("1.7", "1.8")], [Band::High, Band::Medium, Band::Low]);
}

#[test]
fn what_is_written_is_read_again_as_it_was() {
    let factors = [("topic@title", 1.12), ("class@news", 0.1), ("void", 2.5)].map(|(name, factor)| (name.to_owned(), factor));
    let fitted = Fitted { factors: factors.into_iter().collect(), medium: 1.31, high: 1.78 };
    assert_eq!(book(&fitted.to_toml(&["to 400 decisions".to_owned()])).fitted, fitted);
}

#[test]
fn an_unknown_signal_is_told_with_file_line_and_key() {
    let text = "[bands]\nmedium = 1.25\nhigh = 1.60\n\n[factors]\ntitel = 1.2\n";
    let told = load(&[("instruments/small/fitted.toml", text)]).err().map(|error| error.to_string());
    let expect = "1 mistake(s) in the rule files:\ninstruments/small/fitted.toml:6: factors.titel: `titel` is no signal of this instrument: fit again, or remove the line";
    assert_eq!(told.as_deref(), Some(expect));
}
