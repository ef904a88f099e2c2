//! One exchange read: decoded, parsed, matched. Runs on a blocking thread; pure but for the PDF child process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crawl::decode::DecodeError;
use indicator::{Rulebook, Setting};
use model::{Code, Date, Exchange, Hit, Miss, Page, PageKind, Portal, UrlKey};

use tracing::trace_span;

use crate::error::chain;
use crate::identity::loose;
use crate::{STAGES, Settings};

/// What a page says.
pub(crate) struct Reading {
    pub(crate) page: Page,
    /// Identities of what its links lead to, in their order.
    pub(crate) targets: Vec<UrlKey>,
    /// Hits in the order of the rules; `visit` is left to the caller.
    pub(crate) hits: Vec<Hit>,
    /// Text taken out of a PDF, to be archived beside it.
    pub(crate) text: Option<String>,
}

/// Reads an exchange. `text` is what was taken out of a PDF before, when a stored run is judged again. The error is why
/// it is no page after all.
pub(crate) fn read(
    book: &Rulebook,
    setting: &Setting<'_>,
    exchange: &Exchange,
    text: Option<String>,
    settings: &Settings,
) -> Result<Reading, (Miss, String)> {
    guarded(|| read_unguarded(book, setting, exchange, text, settings))
}

/// What a rule must know of a portal besides its pages.
pub(crate) fn setting(portal: &Portal, day: Date) -> Setting<'_> {
    Setting { languages: &portal.languages, country: Some(portal.country), day }
}

/// Runs what reads hostile bytes. A panic of it is one bad page, not the end of the survey.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, (Miss, String)>) -> Result<T, (Miss, String)> {
    // Nothing that is changed while reading is looked at afterwards.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err((Miss::Malformed, "this program failed on it: please report the page".to_owned())))
}

fn read_unguarded(
    book: &Rulebook,
    setting: &Setting<'_>,
    exchange: &Exchange,
    text: Option<String>,
    settings: &Settings,
) -> Result<Reading, (Miss, String)> {
    let (page, extracted) = open_unguarded(exchange, text, settings)?;
    let targets: Vec<UrlKey> = page.links.iter().map(|link| loose(&link.url)).collect();
    let mut hits = trace_span!(target: STAGES, "match").in_scope(|| book.detect(&page, setting));
    for hit in &mut hits {
        hit.target = hit.link.and_then(|link| targets.get(link as usize)).cloned();
    }
    Ok(Reading { page, targets, hits, text: extracted })
}

/// The page that an exchange brought, without looking for anything on it; and the text taken out of it if it is a PDF.
pub(crate) fn open(
    exchange: &Exchange,
    text: Option<String>,
    settings: &Settings,
) -> Result<(Page, Option<String>), (Miss, String)> {
    guarded(|| open_unguarded(exchange, text, settings))
}

fn open_unguarded(
    exchange: &Exchange,
    text: Option<String>,
    settings: &Settings,
) -> Result<(Page, Option<String>), (Miss, String)> {
    let body = crawl::decode::decode(&exchange.headers, &exchange.body, &settings.decode)
        .map_err(|error| (miss_of(&error), error.to_string()))?;
    let mut page = trace_span!(target: STAGES, "parse").in_scope(|| page::parse(exchange, &body, &settings.page));
    let mut extracted = None;
    if page.kind == PageKind::Pdf {
        let fresh = || settings.pdf.as_ref().map(|pdf| pdf.text(&body)).transpose();
        // A document that nobody could read must not pass for one that was read and says nothing.
        let words = text.map_or_else(fresh, |text| Ok(Some(text))).map_err(|error| (Miss::Malformed, chain(&error)))?;
        if let Some(words) = words {
            page = page::parse_pdf(exchange, &words, &settings.page);
            extracted = Some(words);
        }
    }
    Ok((page, extracted))
}

impl Reading {
    /// What each link of the page promises, in the order of the links.
    pub(crate) fn promises(&self) -> Vec<Vec<(Code, f32)>> {
        let mut promises = vec![Vec::new(); self.page.links.len()];
        for hit in self.hits.iter().filter(|hit| hit.weight > 0.0) {
            if let Some(of_link) = hit.link.and_then(|link| promises.get_mut(link as usize)) {
                of_link.push((hit.code.clone(), hit.weight));
            }
        }
        promises
    }
}

/// Which miss an undecodable body is.
pub(crate) fn miss_of(error: &DecodeError) -> Miss {
    if matches!(error, DecodeError::TooLarge(_) | DecodeError::Bomb(_)) { Miss::TooLarge } else { Miss::Malformed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_one_bad_page() {
        let told = guarded(|| -> Result<(), _> { panic!("on purpose") }).unwrap_err();
        assert_eq!(told, (Miss::Malformed, "this program failed on it: please report the page".to_owned()));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
