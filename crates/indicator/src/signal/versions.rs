//! `versions`: the page in other languages, by `hreflang`, language names or a language in the path.

use std::collections::BTreeSet;

use model::{Page, Place};

use super::{Facts, Fired, quote_link, said_by_links, words};
use crate::expr::Expr;

#[derive(Debug, Clone)]
pub(crate) struct Versions {
    pub(crate) at_least: usize,
    /// What a link says that is called by a language.
    pub(crate) named: Option<Expr>,
}

impl Versions {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let own = own_language(facts.page);
        // A version in an official language of the country is none in a foreign one.
        let is_foreign =
            |language: &String| Some(language) != own.as_ref() && language != "x" && !facts.official.contains(language);
        let mut languages: BTreeSet<String> = BTreeSet::new();
        let mut first = None;
        let called = self.named.as_ref().and_then(|expr| said_by_links(Some(expr), facts.units));
        for (number, link) in facts.page.links.iter().enumerate() {
            // `/om` may be Oromo, or "about" in Norwegian: the words of the link decide. And an address in another country's
            // shop is no version of this page.
            let called = || is_code(&link.text) || called.as_ref().is_some_and(|called| called(number));
            let here = || link.url.host_str() == facts.page.url.host_str();
            let named = link.hreflang.as_deref().or_else(|| path_language(&link.url).filter(|_| here() && called()));
            if let Some(language) = named.map(primary).filter(is_foreign) {
                languages.insert(language);
                first = first.or(Some(number));
            }
        }
        let alternates = facts.page.alternates.iter().map(|alternate| primary(&alternate.language));
        languages.extend(alternates.filter(is_foreign));
        if languages.len() < self.at_least {
            return None;
        }
        let quote = match first {
            Some(number) => quote_link(facts.units, number),
            None => words(languages.into_iter().collect::<Vec<_>>().join(" ")),
        };
        Some(Fired { place: Place::Markup, quote })
    }
}

/// Whether a text is hardly more than the code of a language: `EN`, `zh-hant`.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    (2..=7).contains(&text.len()) && model::Language::new(&text.to_ascii_lowercase()).is_ok()
}

fn own_language(page: &Page) -> Option<String> {
    page.language.detected.clone().or_else(|| page.language.declared.as_deref().map(primary))
}

/// `en` of `en-GB`; `x` of `x-default`.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}

/// A known language as the first path segment or as a `lang` parameter.
fn path_language(url: &url::Url) -> Option<&str> {
    let known = |tag: &str| tag.len() == 2 && model::Language::new(tag).is_ok();
    url.path_segments()
        .and_then(|mut segments| segments.next())
        .filter(|first| known(first.split('-').next().unwrap_or(first)) && first.len() <= 5)
}
