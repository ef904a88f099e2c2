//! Bytes that must be read rightly, and readers that die of what they read.

use std::time::Duration;

use model::{Answer, Miss};
use testkit::{City, Response};

use crate::ground::{Plan, fixture};

const HOST: &str = "www.words.example";

/// The page of a fixture in a charset, how it is served, and where.
struct Coded {
    path: &'static str,
    fixture: &'static str,
    kind: &'static str,
    bytes: fn(&str) -> Vec<u8>,
}

#[tokio::test]
async fn words_are_right_in_the_evidence_whatever_the_charset_is_said_to_be() {
    let pages = [
        Coded { path: "/latin", fixture: "228-education/present-fr.html", kind: "text/html", bytes: windows_1252 },
        Coded {
            path: "/lied",
            fixture: "224-access-to-information/present-pt.html",
            kind: "text/html; charset=iso-8859-1",
            bytes: utf_8,
        },
        Coded {
            path: "/cyrillic",
            fixture: "233-employment/present-ru.html",
            kind: "text/html; charset=utf-8",
            bytes: windows_1251,
        },
        Coded { path: "/none", fixture: "232-justice/present-zh.html", kind: "text/html", bytes: utf_8 },
        Coded {
            path: "/nonsense",
            fixture: "231-vulnerable-groups/present-ar.html",
            kind: "text/html; charset=x-none",
            bytes: utf_8,
        },
        Coded { path: "/wide", fixture: "229-social-welfare/present-ja.html", kind: "text/html; charset=utf-8", bytes: utf_16 },
    ];
    let links: String = pages.iter().map(|page| format!("<a href={0}>{0}</a> ", page.path)).collect();
    let home = format!("<!doctype html><html lang=en><title>City of Words</title><main>{links}</main>");
    let city = pages.iter().fold(City::new(HOST).page("/", &home), |city, page| {
        let html = without_charset(&fixture(page.fixture));
        city.answer(page.path, Response::new(200, page.kind, (page.bytes)(&html)))
    });
    let served = city.serve().await;
    let ended = Plan::served(&served).run().await;
    for page in &pages {
        let html = fixture(page.fixture);
        let code = page.fixture.split('-').next().unwrap();
        let finding = ended.outcome.findings.iter().find(|finding| finding.code.as_str() == code).unwrap();
        let evidence: Vec<_> = finding.evidence.iter().filter(|evidence| evidence.url.ends_with(page.path)).collect();
        assert!(!evidence.is_empty(), "{}: no evidence for {code}: {finding:?}", page.path);
        for word in evidence.iter().flat_map(|evidence| evidence.quote.exact.split_whitespace()) {
            assert!(html.contains(word), "{}: `{word}` is not in the page", page.path);
        }
        assert!(evidence.iter().any(|evidence| !evidence.quote.exact.is_ascii()), "{}: {evidence:?}", page.path);
    }
}

#[tokio::test]
async fn a_pdf_that_kills_its_reader_is_a_miss_and_its_indicator_stays_open() {
    tokio::join!(
        check_pdf("kill -ABRT $$", "SIGABRT"),
        check_pdf("kill -SEGV $$", "SIGSEGV"),
        check_pdf("echo 'stack overflow' >&2; exit 134", "stack overflow")
    );
}

#[tokio::test]
async fn a_pdf_that_hangs_its_reader_is_a_miss_in_time() {
    check_pdf("sleep 60", "killed after 0.3 s").await;
}

/// Surveys a city with a PDF that makes its reader do this.
async fn check_pdf(reader: &str, words: &str) {
    let home = "<!doctype html><html lang=en><title>City of Files</title><main><h1>City of Files</h1>\
                <a href=/budget.pdf>Adopted municipal budget 2026 (PDF)</a> <a href=/roads>Road closures</a></main>";
    let city = City::new(HOST).page("/", home).page("/roads", &fixture("285-roads/present-en.html"));
    let served =
        city.answer("/budget.pdf", Response::new(200, "application/pdf", b"%PDF-1.4\nnot really".to_vec())).serve().await;
    let mut plan = Plan::served(&served);
    plan.settings.pdf = Some(page::pdf::Extractor {
        command: ["sh", "-c", reader].map(Into::into).to_vec(),
        timeout: Duration::from_millis(300),
        max_output: 1 << 20,
    });
    let ended = plan.run().await;
    ended.missed("/budget.pdf", Miss::Malformed, words);
    assert_ne!(ended.answer("219"), &Answer::Absent, "the link that promises a budget is not forgotten");
    assert_eq!(ended.outcome.failure, None);
    let asked = served.log.targets(HOST);
    assert_eq!(asked.iter().filter(|target| *target == "/budget.pdf").count(), 1, "{asked:?}");
}

#[tokio::test]
async fn a_pdf_that_answers_without_end_is_cut() {
    let home = "<!doctype html><html lang=en><title>City of Files</title><main><a href=/all.pdf>Adopted municipal budget 2026</a></main>";
    let city = City::new(HOST).page("/", home);
    let served = city.answer("/all.pdf", Response::new(200, "application/pdf", b"%PDF-1.4\n".to_vec())).serve().await;
    let mut plan = Plan::served(&served);
    plan.settings.pdf = Some(page::pdf::Extractor {
        command: ["sh", "-c", "yes"].map(Into::into).to_vec(),
        timeout: Duration::from_secs(5),
        max_output: 64 << 10,
    });
    let ended = plan.run().await;
    let pdf = ended.visit("/all.pdf").captured().unwrap();
    assert_eq!(pdf.media_type, "application/pdf");
    assert!(pdf.text.is_some(), "its first words are kept");
}

/// The page without what it says of its charset.
fn without_charset(html: &str) -> String {
    html.replace("charset=\"utf-8\"", "").replace("charset=utf-8", "")
}

fn utf_8(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn utf_16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap_or(if c == '’' { 0x92 } else { b'-' })).collect()
}

fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'А'..='я' => u8::try_from(u32::from(c) - u32::from('А') + 0xc0).unwrap(),
        'ё' => 0xb8,
        '№' => 0xb9,
        c if c.is_ascii() => c as u8,
        _ => b'-',
    };
    text.chars().map(byte).collect()
}
