//! Hostile documents: each must give a page of bounded size, in bounded time.

use std::time::{Duration, Instant};

use model::Page;
use proptest::prelude::*;

use crate::fixture::{answer, check_places, page_of};
use crate::{Limits, parse, parse_pdf};

/// Far above what any of these takes, and far below what it would take without the meter, even on a slow machine.
const CEILING: Duration = Duration::from_secs(10);

fn check(name: &str, html: &str) -> Page {
    let start = Instant::now();
    let page = page_of(html.as_bytes(), "text/html; charset=utf-8");
    assert!(start.elapsed() < CEILING, "{name} took {:?}", start.elapsed());
    let limits = Limits::DEFAULT;
    assert!(page.text.len() <= limits.max_text && page.links.len() <= limits.max_links, "{name}");
    assert!(page.hooks.len() <= limits.max_hooks && page.embeds.len() <= limits.max_embeds, "{name}");
    assert!(page.blocks.len() <= limits.max_text / 2 && page.forms.len() <= limits.max_forms, "{name}");
    page
}

/// Whatever comes before it, this must be found.
const END: &str = "<title>Portal</title><h1>Taxes</h1><p><a href=/pay>Pay here</a>";

fn check_skipped(name: &str, bomb: &str) {
    let page = check(name, &format!("{bomb}{END}"));
    assert!(page.dom_skipped, "{name} was built as a tree");
    assert_eq!(page.title, "Portal", "{name}");
    assert!(page.text.contains("Taxes") && page.links.iter().any(|link| link.text == "Pay here"), "{name}");
}

#[test]
fn deep_markup_is_read_from_tokens() {
    check_skipped("nested divs", &"<div>".repeat(200_000));
    check_skipped("nested lists", &"<ul><li>".repeat(50_000));
}

#[test]
fn unclosed_formatting_is_read_from_tokens() {
    let fonts: String = (0..5000).map(|n| format!("<font color='#{n:06x}'>")).collect();
    assert!(fonts.len() > 106 * 1024);
    check_skipped("unclosed fonts", &fonts);
    let reopened: String = (0..3000).map(|n| format!("<p><b id={n}>x</p>")).collect();
    check_skipped("formatting reopened in each paragraph", &reopened);
    check_skipped("misnested formatting", &"<a><b><i><p></a></b></i><div>".repeat(20_000));
}

#[test]
fn a_tag_full_of_attributes_is_read_from_tokens() {
    let attributes: String = (0..50_000).map(|n| format!(" a{n}")).collect();
    check_skipped("attributes", &format!("<p{attributes}>"));
    check_skipped("attributes behind a quote", &format!("<p x='>'{attributes}>"));
}

#[test]
fn shallow_odd_markup_is_no_reason_to_give_up_the_tree() {
    assert!(!check("deep svg", &format!("{}{END}", "<svg><g>".repeat(300))).dom_skipped);
    assert!(!check("unclosed everything", &format!("{}{END}", "<b><span><section><li><td>".repeat(60))).dom_skipped);
    assert!(!check("nested tables", &format!("{}{END}", "<table><tr><td>".repeat(20_000))).dom_skipped);
    assert!(!check("a list without ends", &format!("{}{END}", "<li>x".repeat(20_000))).dom_skipped);
}

#[test]
fn a_page_of_30_mib_is_cut() {
    let page = check("30 MiB", &"<p>words and <a href=/x>links</a> </p>\n".repeat(800_000));
    assert!(page.cut);
    assert_eq!(page.links.len(), Limits::DEFAULT.max_links);
    let page = check("one word of 30 MiB", &"x".repeat(30 << 20));
    assert!(page.cut);
}

#[test]
fn floods_of_one_thing_are_capped() {
    check("hooks", &(0..20_000).map(|n| format!("<i data-x={n}></i>")).collect::<String>());
    check("forms", &"<form><input><select><option>a</select></form>".repeat(5000));
    check("labels", &format!("<form>{}", "<label for=x>y</label><input id=x>".repeat(10_000)));
    check("meta", &"<meta name=a content=b><link rel=stylesheet href=x>".repeat(20_000));
    check("days", &"3 May 2024, 2024-05-03 and +1 555 010 0199 or a@b.example ".repeat(10_000));
    check("second bodies", &(0..20_000).map(|n| format!("<body a{n} b{n} c{n}>")).collect::<String>());
    check("comments never closed", &"<!--".repeat(100_000));
    check("base and refresh", &"<base href=//[><meta http-equiv=refresh content='0;url=//['>".repeat(1000));
}

#[test]
fn bombs_of_other_kinds_are_bounded() {
    for (content_type, body) in [
        ("text/xml", "<a><![CDATA[".repeat(200_000)),
        ("application/rss+xml", "<item><title>x</title><link>/x".repeat(200_000)),
        ("application/json", "[".repeat(2_000_000)),
        ("text/plain", "tel 2024 ".repeat(500_000)),
        ("text/html", format!("<script type=application/ld+json>{}</script>", "{\"a\":".repeat(40_000))),
    ] {
        let start = Instant::now();
        let page = page_of(body.as_bytes(), content_type);
        assert!(start.elapsed() < CEILING, "{content_type} took {:?}", start.elapsed());
        assert!(page.text.len() <= Limits::DEFAULT.max_text && page.links.len() <= Limits::DEFAULT.max_links);
    }
}

/// Pieces that tag soup is made of, the troublesome ones first.
const PIECES: [&str; 48] = [
    "<a href=/x>",
    "</a>",
    "<b>",
    "</b>",
    "<font x>",
    "</font>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "<caption>",
    "<thead>",
    "<select>",
    "<option value=1>",
    "<form action=y>",
    "</form>",
    "<input id=a>",
    "<label for=a>",
    "</label>",
    "<button>",
    "</button>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<script type='application/ld+json'>",
    "<template>",
    "</template>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<nav>",
    "<main>",
    "<br>",
    "<time datetime=2024-05-03>",
    "<iframe src=z>",
    "<frameset>",
];

fn soup() -> impl Strategy<Value = String> {
    let text =
        prop_oneof![Just("3 mai 2024 ".to_owned()), Just("tel +1 555 010 0199".to_owned()), "\\PC{0,12}", "[<>&;/=\"' \n-]{0,6}"];
    let piece = prop_oneof![3 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => text];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_of_any_type_panic(
        body in proptest::collection::vec(any::<u8>(), 0..600),
        content_type in proptest::sample::select(vec!["text/html", "text/plain", "text/xml", "text/csv", "", "text/html; charset=gbk"]),
    ) {
        page_of(&body, content_type);
    }

    #[test]
    fn no_tag_soup_panics_and_all_places_hold(html in soup()) {
        page_of(html.as_bytes(), "text/html; charset=utf-8");
        page_of(html.as_bytes(), "text/xml; charset=utf-8");
    }

    #[test]
    fn tokens_make_pages_of_any_soup_too(html in soup()) {
        let limits = Limits { max_work: 0, max_text: 200, max_links: 3, ..Limits::DEFAULT };
        let page = parse(&answer("https://city.example/", &[("content-type", "text/html")]), html.as_bytes(), &limits);
        check_places(&page);
        prop_assert!(page.text.len() <= 200 && page.links.len() <= 3);
    }

    #[test]
    fn no_text_of_a_pdf_panics(text in "[\\PC\n\u{c}]{0,300}") {
        check_places(&parse_pdf(&answer("https://city.example/a.pdf", &[]), &text, &Limits::DEFAULT));
    }
}
