//! Which language a link says its target is in, told by the link alone.

use model::Language;
use url::Url;

/// The primary subtag of the language that `hreflang`, the first path segment (`/en/`) or a parameter (`?lang=en`) names.
pub(super) fn language_of(url: &Url, hreflang: Option<&str>) -> Option<String> {
    const NAMES: [&str; 6] = ["lang", "language", "locale", "hl", "lng", "setlang"];
    let first = || url.path().split('/').nth(1).and_then(segment_language);
    let parameter = || url.query_pairs().find(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)));
    let tag = |tag: &str| Language::new(tag).ok().map(|language| language.primary().to_owned());
    hreflang.and_then(tag).or_else(|| parameter().and_then(|(_, value)| tag(&value))).or_else(first)
}

/// Whether a URL is the entrance to one language version: `/en`, `/en/`, `/?lang=en`.
pub(super) fn is_language_root(url: &Url) -> bool {
    let mut segments = url.path().split('/').filter(|segment| !segment.is_empty());
    match (segments.next(), segments.next()) {
        (Some(only), None) => segment_language(only).is_some(),
        (None, _) => language_of(url, None).is_some(),
        _ => false,
    }
}

/// A segment like `en` or `pt-br`. Three letters are too often a word.
fn segment_language(segment: &str) -> Option<String> {
    let parts: Vec<_> = segment.split(['-', '_']).collect();
    let short = parts.len() <= 2 && parts.iter().all(|part| part.len() == 2);
    if short { Language::new(segment).ok().map(|language| language.primary().to_owned()) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, language: Option<&str>, root: bool) {
        let url = format!("https://city.org{path}").parse().unwrap();
        assert_eq!((language_of(&url, None).as_deref(), is_language_root(&url)), (language, root), "{path}");
    }

    #[test]
    fn languages_are_read_off_urls() {
        check("/en/", Some("en"), true);
        check("/pt-br", Some("pt"), true);
        check("/fr/services", Some("fr"), false);
        check("/?lang=ar", Some("ar"), true);
        check("/a?lang=ar", Some("ar"), false);
        check("/services/en/", None, false);
        check("/tax", None, false);
        check("/", None, false);
    }

    #[test]
    fn hreflang_speaks_first() {
        let url = "https://city.org/en/".parse().unwrap();
        assert_eq!(language_of(&url, Some("de-AT")).as_deref(), Some("de"));
        assert_eq!(language_of(&url, Some("x-default")).as_deref(), Some("en"));
    }
}
