//! Matching and concluding, on pages made by hand.

mod small;

use model::{Answer, Miss, Page, SeenAs, UrlKey, Waiting, Why};
use small::{coverage, finding, hits, link, load, page, seen, shown};

/// Names and weights of what speaks for (or against) the page itself.
fn own(page: &Page, code: &str) -> Vec<String> {
    let hits = hits(&small::book(), page, 1);
    let own = hits.iter().filter(|hit| hit.code.as_str() == code && hit.link.is_none());
    own.map(|hit| format!("{} {:+.1} {}", hit.signal, hit.weight, hit.quote.exact)).collect()
}

#[test]
fn a_stem_hits_its_endings_and_no_longer_word_that_contains_it() {
    let url = "https://a.example/x";
    assert_eq!(own(&page(url, "en", "Budgets", "-"), "219"), ["topic@headline +3.0 Budgets"]);
    assert_eq!(own(&page(url, "en", "Overbudgeted", "-"), "219"), [""; 0]);
}

#[test]
fn the_longest_term_wins() {
    assert_eq!(own(&page("https://a.example/x", "en", "Participatory budgeting", "-"), "219"), [""; 0]);
}

#[test]
fn a_short_acronym_counts_in_capitals_only() {
    assert_eq!(own(&page("https://a.example/x", "en", "FY", "-"), "219"), ["topic@headline +3.0 FY"]);
    assert_eq!(own(&page("https://a.example/x", "en", "Why fy not", "-"), "219"), [""; 0]);
}

#[test]
fn a_script_without_spaces_matches_inside_a_run() {
    let page = page("https://a.example/x", "ja", "令和八年度予算について", "-");
    assert_eq!(own(&page, "219")[0].split(' ').next(), Some("topic@headline"));
}

#[test]
fn terms_count_only_on_pages_of_their_language_but_english_counts_in_every_path() {
    let page = page("https://a.example/budget", "ja", "Budget", "-");
    assert_eq!(own(&page, "219"), ["topic@url +2.0 budget"]);
}

#[test]
fn another_subject_in_the_headline_voids_and_a_news_item_is_marked_down() {
    let page = page("https://a.example/news/x", "en", "Tender for the budget software", "-");
    let own = own(&page, "219");
    assert!(own.contains(&"void -7.0 Tender for the budget software".to_owned()), "{own:?}");
    assert!(own.contains(&"class@news -3.0 news".to_owned()), "{own:?}");
}

#[test]
fn the_quote_is_the_sentence_and_its_position_is_in_characters() {
    let long = "Ältere Sätze stehen hier. ".repeat(12);
    let page = page("https://a.example/x", "en", "Ö", &format!("{long}The budget was adopted. More follows."));
    let hits = hits(&small::book(), &page, 1);
    let quote = &hits.iter().find(|hit| &*hit.signal == "topic@body").unwrap().quote;
    assert_eq!(quote.exact, "The budget was adopted.");
    let (start, end) = quote.position.unwrap();
    let text: String = page.text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(text, quote.exact);
    assert!(quote.prefix.ends_with("hier. ") && quote.suffix.starts_with(" More"), "{quote:?}");
}

#[test]
fn a_link_is_a_lead_and_never_evidence_of_its_own() {
    let book = small::book();
    let mut home = page("https://a.example/", "en", "Welcome", "-");
    home.links.push(link("Budget", "https://a.example/b"));
    let hits = hits(&book, &home, 1);
    let blocked =
        coverage(vec![seen(1, "https://a.example/", shown()), seen(2, "https://a.example/b", SeenAs::Missed(Miss::Blocked))]);
    let finding = finding(&book, &blocked, &hits, "219");
    assert_eq!(finding.answer, Answer::Undetermined(Why::Missed(Miss::Blocked)));
    assert_eq!(finding.evidence[0].chain.as_ref().unwrap().target, "https://a.example/b");
}

#[test]
fn a_page_is_evidence_with_the_lead_that_led_to_it() {
    let book = small::book();
    let mut home = page("https://a.example/", "en", "Welcome", "-");
    home.links.push(link("Budget", "https://a.example/b"));
    let mut all = hits(&book, &home, 1);
    all.extend(hits(&book, &page("https://a.example/b", "en", "Our budget", "-"), 2));
    let finding = finding(
        &book,
        &coverage(vec![seen(1, "https://a.example/", shown()), seen(2, "https://a.example/b", shown())]),
        &all,
        "219",
    );
    assert_eq!(finding.answer, Answer::Present);
    assert_eq!(finding.evidence[0].visit, 2);
    assert!(finding.evidence[0].signals.iter().any(|(name, worth)| name == "topic@lead" && *worth == 3.0), "{finding:?}");
}

#[test]
fn words_that_stand_on_every_page_prove_nothing_on_them() {
    let book = small::book();
    let urls: Vec<String> = (1..=8).map(|n| format!("https://a.example/{n}")).collect();
    let all: Vec<_> = urls
        .iter()
        .zip(1..)
        .flat_map(|(url, visit)| hits(&book, &page(url, "en", "City budget portal", "budget"), visit))
        .collect();
    let finding =
        finding(&book, &coverage(urls.iter().zip(1..).map(|(url, visit)| seen(visit, url, shown())).collect()), &all, "219");
    assert!(finding.evidence.iter().all(|evidence| evidence.visit == 1), "{finding:?}");
}

#[test]
fn nothing_that_failed_is_ever_called_absent() {
    let book = small::book();
    let home = "https://a.example/";
    for miss in Miss::ALL {
        let unreached = coverage(vec![seen(1, home, SeenAs::Missed(miss))]);
        assert_eq!(finding(&book, &unreached, &[], "219").answer, Answer::Undetermined(Why::Unreached(miss)));
        if miss != Miss::NotFound {
            let mut part = vec![seen(1, home, shown())];
            part.extend((2..5).map(|visit| seen(visit, &format!("{home}{visit}"), SeenAs::Missed(miss))));
            assert_eq!(finding(&book, &coverage(part), &[], "219").answer, Answer::Undetermined(Why::Missed(miss)));
        }
    }
}

#[test]
fn a_language_without_lexicon_and_an_empty_shell_are_never_absent() {
    let book = small::book();
    let foreign =
        SeenAs::Page { language: Some("am".to_owned()), kind: model::PageKind::Html, characters: 900, shell: false, cut: false };
    let shell = SeenAs::Page { language: None, kind: model::PageKind::Html, characters: 9, shell: true, cut: false };
    let answer = |outcome| finding(&book, &coverage(vec![seen(1, "https://a.example/", outcome)]), &[], "219").answer;
    assert_eq!(answer(foreign), Answer::Undetermined(Why::Language));
    assert_eq!(answer(shell), Answer::Undetermined(Why::Script));
    assert_eq!(answer(shown()), Answer::Absent);
}

#[test]
fn a_budget_that_ended_early_leaves_the_question_open() {
    let book = small::book();
    let mut short = coverage(vec![seen(1, "https://a.example/", shown())]);
    let key = UrlKey("https://a.example/other".into());
    short.waiting.push(Waiting { url: key.0.to_string(), key, miss: Miss::Budget, via: None, promise: Vec::new() });
    assert_eq!(finding(&book, &short, &[], "219").answer, Answer::Undetermined(Why::Missed(Miss::Budget)));
}

#[test]
fn a_service_needs_its_step_online() {
    let book = small::book();
    let url = "https://a.example/water-bill";
    let told = page(url, "en", "Water bill", "Tariffs of the water bill.");
    let mut done = told.clone();
    done.links.push(link("Pay your water bill", "https://pay.example/w"));
    let judged = |page: &Page| finding(&book, &coverage(vec![seen(1, url, shown())]), &hits(&book, page, 1), "286").answer;
    assert_eq!(judged(&told), Answer::Undetermined(Why::InformationOnly));
    assert_eq!(judged(&done), Answer::Present);
}

#[test]
fn the_order_of_hits_makes_no_difference() {
    let book = small::book();
    let url = "https://a.example/water-bill";
    let mut page = page(url, "en", "Water bill and budget", "Pay online.");
    page.links.push(link("Pay", "https://pay.example/w"));
    let forward = hits(&book, &page, 1);
    let backward: Vec<_> = forward.iter().rev().cloned().collect();
    let coverage = coverage(vec![seen(1, url, shown())]);
    assert_eq!(book.conclude(&coverage, &forward.into()), book.conclude(&coverage, &backward.into()));
}

#[test]
fn every_mistake_in_a_rule_file_is_told_with_file_line_and_key() {
    let rules = "[219]\ntitle = \"B\"\nseen = \"\"\nnot_enough = \"\"\nscope = \"portal\"\nkind = \"content\"\ntopic = [\"budgets\"]\nvoid = [\"tendr\"]\n";
    let error =
        load(&[("instruments/small/pe.toml", rules), ("lexicons/ja.toml", "language = \"ja\"\n[terms]\nbugdet = [\"予算\"]\n")])
            .err()
            .unwrap();
    let told = error.to_string();
    for line in [
        "instruments/small/pe.toml:7: 219.topic: `budgets` is no concept: did you mean `budget`?",
        "pe.toml:8: 219.void: `tendr`",
        "lexicons/ja.toml:3: terms.bugdet: `bugdet`",
    ] {
        assert!(told.contains(line), "{told}");
    }
}

#[test]
fn a_weight_that_cannot_be_reckoned_with_is_told_with_file_line_and_key() {
    let head = "[219]\ntitle = \"B\"\nseen = \"\"\nnot_enough = \"\"\nscope = \"portal\"\nkind = \"content\"\n";
    let signal = "[[219.signal]]\nterm = \"budget\"\nweight = nan\n";
    let placed = small::INSTRUMENT.replace("url = 2.0", "url = inf");
    let classed = small::INSTRUMENT.replace("penalty = 3.0", "penalty = -inf");
    for (path, rules, expect) in [
        ("instruments/small/pe.toml", format!("{head}{signal}"), "pe.toml:9: 219.signal.weight: it is no finite number"),
        ("instruments/small/pe.toml", format!("{head}need = 1e39\n"), "pe.toml:7: 219.need: it is no finite number"),
        ("instruments/small/instrument.toml", placed, "instrument.toml:16: places.url: it is no finite number"),
        ("instruments/small/instrument.toml", classed, "instrument.toml:25: class.news.penalty: it is no finite number"),
    ] {
        let told = load(&[(path, rules.as_str())]).err().unwrap().to_string();
        assert!(told.contains(expect), "{told}");
    }
}
