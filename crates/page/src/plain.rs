//! Documents without markup: plain text, data, PDF text; and the blank page that others are filled into.

use model::{BlockKind, DateMention, Exchange, Page, PageKind, Region, Spoken};

use crate::dates;
use crate::html::order;
use crate::layer::{Layer, collapse};
use crate::{Limits, charset, contacts, fingerprint, head, language};

/// How much of a data file is text worth reading, in bytes.
const MAX_DATA: usize = 64 * 1024;

/// A written year this far before the capture or this far after it is no date of interest.
const YEARS_BEFORE: i16 = 40;
const YEARS_AFTER: i16 = 10;

/// What is known of an answer before its body is read.
pub(crate) fn blank(answer: &Exchange, kind: PageKind) -> Page {
    Page {
        url: answer.url.clone(),
        status: answer.status,
        kind,
        title: String::new(),
        text: String::new(),
        blocks: Vec::new(),
        links: Vec::new(),
        forms: Vec::new(),
        images: Vec::new(),
        tables: Vec::new(),
        meta: Vec::new(),
        language: Spoken { declared: answer.headers.get("content-language").map(str::to_owned), detected: None },
        alternates: Vec::new(),
        canonical: None,
        types: Vec::new(),
        hooks: Vec::new(),
        embeds: Vec::new(),
        dates: Vec::new(),
        contacts: Vec::new(),
        headers: answer.headers.clone(),
        fingerprint: 0,
        charset: None,
        dom_skipped: false,
        cut: answer.truncated.is_some(),
        shell: false,
        nofollow: answer.headers.all("x-robots-tag").any(head::asks_nofollow),
        refresh: None,
    }
}

/// The page of plain text or data.
pub(crate) fn page(answer: &Exchange, kind: PageKind, body: &[u8], limits: &Limits) -> Page {
    let (text, charset) = charset::decode(body, answer.headers.get("content-type"), answer.url.host_str());
    let max = if kind == PageKind::Data { MAX_DATA.min(limits.max_text) } else { limits.max_text };
    let mut page = of_lines(answer, kind, &text, max);
    page.charset = Some(charset);
    page
}

/// The page of a PDF's text: its title, a form feed, then its pages with form feeds between them.
pub(crate) fn pdf(answer: &Exchange, text: &str, limits: &Limits) -> Page {
    let (title, text) = text.split_once('\u{c}').unwrap_or(("", text));
    let mut page = of_lines(answer, PageKind::Pdf, text, limits.max_text);
    page.title = collapse(title);
    if page.title.chars().filter(|c| c.is_alphabetic()).count() < 4 || is_file_name(&page.title) {
        page.title = first_lines(&page);
    }
    page
}

/// What authoring tools write where nobody gave a title.
fn is_file_name(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.starts_with("microsoft word") || lower.starts_with("untitled") || !title.contains(' ') && lower.contains('.')
}

/// The first lines that say something, up to a title's length.
fn first_lines(page: &Page) -> String {
    let lines = page.text.lines().filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() >= 4);
    let mut title = String::new();
    for line in lines.take(3) {
        if !title.is_empty() && title.chars().count() + line.chars().count() > 120 {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.extend(line.chars().take(200));
    }
    title
}

fn of_lines(answer: &Exchange, kind: PageKind, text: &str, max: usize) -> Page {
    let mut layer = Layer::new(max);
    for line in text.lines().flat_map(|line| line.split('\u{c}')) {
        layer.push(line, BlockKind::Paragraph, Region::Main);
        layer.end_block();
    }
    let (text, blocks, cut) = layer.finish();
    let blank = blank(answer, kind);
    let detected = if kind == PageKind::Data { None } else { language::detect([text.as_str()].into_iter()) };
    let language = Spoken { detected, ..blank.language.clone() };
    Page {
        dates: if kind == PageKind::Data { Vec::new() } else { days(answer, &text, &language, Vec::new()) },
        contacts: if kind == PageKind::Data { Vec::new() } else { contacts::find(&text, &[]) },
        fingerprint: fingerprint::of(&text, &blocks),
        cut: cut || blank.cut,
        language,
        blocks,
        text,
        ..blank
    }
}

/// Marked and written days together, in document order, those without a place first.
pub(crate) fn days(answer: &Exchange, text: &str, language: &Spoken, marked: Vec<DateMention>) -> Vec<DateMention> {
    let now = answer.done.date().year();
    let years = now - YEARS_BEFORE..=now + YEARS_AFTER;
    let order = order(language, answer.url.host_str().unwrap_or_default());
    let mut days: Vec<DateMention> = marked.into_iter().filter(|day| years.contains(&day.date.year())).collect();
    let written = dates::written(text, order, &years);
    let covered = |day: &DateMention| {
        days.iter().any(|known| match (known.span, day.span) {
            (Some((start, end)), Some((from, to))) => start <= from && to <= end,
            _ => false,
        })
    };
    let new: Vec<DateMention> = written.into_iter().filter(|day| !covered(day)).collect();
    days.extend(new);
    days.sort_by_key(|day| day.span);
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{answer, check_places, page_of};

    #[test]
    fn plain_text_is_lines() {
        let page = page_of("  Öffnungszeiten \n\nMo - Fr  9 bis 17\r\nTel.: 0123 456".as_bytes(), "text/plain; charset=utf-8");
        assert_eq!((page.kind, page.text.as_str()), (PageKind::Text, "Öffnungszeiten\nMo - Fr 9 bis 17\nTel.: 0123 456"));
        assert_eq!((page.blocks.len(), page.contacts.len()), (3, 1));
    }

    #[test]
    fn data_is_text_cut_short_and_no_place_for_days() {
        let page = page_of("id,opened\n1,2024-05-03\n".repeat(10_000).as_bytes(), "text/csv");
        assert_eq!((page.kind, page.dates.len(), page.cut), (PageKind::Data, 0, true));
        assert!(page.text.len() <= MAX_DATA && page.text.starts_with("id,opened\n1,2024-05-03"));
    }

    #[test]
    fn what_cannot_be_read_is_blank() {
        let page = page_of(b"\x89PNG\r\n\x1a\n", "image/png");
        assert_eq!((page.kind, page.text.as_str(), page.charset), (PageKind::Media, "", None));
    }

    fn pdf_title(text: &str) -> String {
        let page = pdf(&answer("https://city.example/a.pdf", &[]), text, &Limits::DEFAULT);
        check_places(&page);
        page.title
    }

    #[test]
    fn a_pdf_is_named_by_its_title_or_its_first_lines() {
        assert_eq!(pdf_title("City budget 2024\u{c}Page one\u{c}Page two"), "City budget 2024");
        assert_eq!(pdf_title("Microsoft Word - x.doc\u{c}12\nCity of Example\nBudget"), "City of Example Budget");
        assert_eq!(pdf_title("budget_final.indd\u{c}City budget"), "City budget");
        assert_eq!(pdf_title(""), "");
    }

    #[test]
    fn a_pdf_has_its_pages_days_and_language() {
        let text = "\u{c}Le conseil municipal se réunira le 3 mai 2024 à la mairie pour voter le budget de la commune.\u{c}Fin";
        let page = pdf(&answer("https://city.example/a.pdf", &[]), text, &Limits::DEFAULT);
        assert_eq!((page.kind, page.blocks.len()), (PageKind::Pdf, 2));
        assert_eq!(page.dates[0].date.to_string(), "2024-05-03");
        assert_eq!(page.language.detected.as_deref(), Some("fr"));
    }
}
