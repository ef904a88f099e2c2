//! `versions`: the page in other languages, by `hreflang`, language names or a language in the path.

use std::collections::BTreeSet;

use model::{Page, Place};

use super::{Facts, Fired, quote_link, words};

#[derive(Debug, Clone)]
pub(crate) struct Versions {
    pub(crate) at_least: usize,
}

impl Versions {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let own = own_language(facts.page);
        let mut languages: BTreeSet<String> = BTreeSet::new();
        let mut first = None;
        for (number, link) in facts.page.links.iter().enumerate() {
            // An address in another country's shop is no version of this page.
            let short = link.text.chars().count() <= 24 && link.url.host_str() == facts.page.url.host_str();
            let named = link.hreflang.as_deref().or_else(|| short.then(|| path_language(&link.url)).flatten());
            if let Some(language) = named.map(primary).filter(|language| Some(language) != own.as_ref() && language != "x") {
                languages.insert(language);
                first = first.or(Some(number));
            }
        }
        let alternates = facts.page.alternates.iter().map(|alternate| primary(&alternate.language));
        languages.extend(alternates.filter(|language| Some(language) != own.as_ref() && language != "x"));
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
