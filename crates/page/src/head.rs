//! What a page says about itself: title, meta, canonical, other languages, where it refreshes to.

use model::Alternate;
use url::Url;

use crate::element::Element;
use crate::layer::collapse;
use crate::links::resolve;

/// Meta elements and alternates beyond this are left out, contents are cut at so many characters.
const MAX_ENTRIES: usize = 200;
const MAX_CONTENT: usize = 2000;

/// The slowest refresh that still counts as a redirect, in seconds.
const MAX_REFRESH: f32 = 10.0;

/// The head of a page while it is read.
#[derive(Default)]
pub(crate) struct Head {
    title: String,
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) canonical: Option<Url>,
    pub(crate) alternates: Vec<Alternate>,
    pub(crate) language: Option<String>,
    pub(crate) refresh: Option<Url>,
}

impl Head {
    /// Text of the first title; a second one is ignored.
    pub(crate) fn title(&mut self, words: &str) {
        if self.title.is_empty() {
            self.title = collapse(words).chars().take(MAX_CONTENT).collect();
        }
    }

    /// The title as read.
    pub(crate) fn take_title(&mut self) -> String {
        std::mem::take(&mut self.title)
    }

    /// The root element: its language.
    pub(crate) fn html(&mut self, element: &Element<'_>) {
        if self.language.is_none() {
            self.language = element.word("lang").or_else(|| element.word("xml:lang")).map(str::to_owned);
        }
    }

    /// A meta element.
    pub(crate) fn meta(&mut self, element: &Element<'_>, base: &Url) {
        let name = ["name", "property", "http-equiv", "itemprop"].into_iter().find_map(|name| element.word(name));
        let (Some(name), Some(content)) = (name, element.attr("content")) else { return };
        let name = name.to_ascii_lowercase();
        if name == "refresh" && self.refresh.is_none() {
            self.refresh = refresh(content).and_then(|href| resolve(base, href));
        }
        if name == "content-language" && self.language.is_none() && !content.contains(',') {
            self.language = Some(content.trim().to_owned()).filter(|language| !language.is_empty());
        }
        if self.meta.len() < MAX_ENTRIES {
            self.meta.push((name, collapse(content).chars().take(MAX_CONTENT).collect()));
        }
    }

    /// A link element.
    pub(crate) fn link(&mut self, element: &Element<'_>, base: &Url) {
        let (Some(rel), Some(href)) = (element.attr("rel"), element.word("href")) else { return };
        let is = |known: &str| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(known));
        if is("canonical") && self.canonical.is_none() {
            self.canonical = resolve(base, href);
        } else if let Some(language) = element.word("hreflang")
            && is("alternate")
            && self.alternates.len() < MAX_ENTRIES
            && let Some(url) = resolve(base, href)
        {
            self.alternates.push(Alternate { language: language.to_owned(), url });
        }
    }

    /// Whether a robots meta asks not to follow links.
    pub(crate) fn nofollow(&self) -> bool {
        self.meta.iter().any(|(name, content)| name == "robots" && asks_nofollow(content))
    }
}

/// Whether a list of robots directives holds `nofollow` or `none`.
pub(crate) fn asks_nofollow(directives: &str) -> bool {
    directives.split(',').any(|word| matches!(word.trim().to_ascii_lowercase().as_str(), "nofollow" | "none"))
}

/// The target of a refresh such as `5; url='next.html'`, if it comes soon.
fn refresh(content: &str) -> Option<&str> {
    let (seconds, rest) = content.trim().split_once([';', ','])?;
    if !(0.0..=MAX_REFRESH).contains(&seconds.trim().parse::<f32>().ok()?) {
        return None;
    }
    let rest = rest.trim();
    let is_url = rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("url"));
    let rest = if is_url { rest[3..].trim_start().strip_prefix('=')?.trim_start() } else { rest };
    let target = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest,
    };
    Some(target.trim()).filter(|target| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, target: Option<&str>) {
        assert_eq!(refresh(content), target, "{content}");
    }

    #[test]
    fn a_refresh_is_read_as_browsers_do() {
        check("0; url=/new", Some("/new"));
        check("5;URL = 'a b.html'", Some("a b.html"));
        check("1, /bare", Some("/bare"));
        check("30; url=/later", None);
        check("60", None);
        check("0; url=", None);
        check("0; é", Some("é"));
    }

    #[test]
    fn robots_directives_are_whole_words() {
        assert!(asks_nofollow("noindex, NoFollow"));
        assert!(asks_nofollow("none"));
        assert!(!asks_nofollow("index, follow, nofollowing"));
    }
}
