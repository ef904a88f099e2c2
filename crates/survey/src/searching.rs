//! The portal's own search box: what a person would ask there for what is still unproven.

use model::{Code, Form, Page, Region, Via, VisitNo};
use url::Url;

use indicator::Rulebook;

/// A search form found on a page of the portal.
#[derive(Debug, Clone)]
pub(crate) struct SearchForm {
    form: Form,
    found_on: VisitNo,
    language: String,
}

/// Finds a search form that is sent by GET on the page of a visit, if there is one.
pub(crate) fn form(page: &Page, visit: VisitNo, language: &str) -> Option<SearchForm> {
    let form = page.forms.iter().find(|form| !form.post && is_search(form))?;
    Some(SearchForm { form: form.clone(), found_on: visit, language: language.to_owned() })
}

fn is_search(form: &Form) -> bool {
    let typed: Vec<_> = form.fields.iter().filter(|field| is_text(&field.kind)).collect();
    typed.len() == 1
        && !typed[0].name.is_empty()
        && (form.search || typed[0].kind == "search" || names_search(form, &typed[0].name))
}

fn is_text(kind: &str) -> bool {
    matches!(kind, "text" | "search" | "")
}

/// Field names and paths that search forms have the world over.
fn names_search(form: &Form, field: &str) -> bool {
    let action = form.action.path().to_ascii_lowercase();
    matches!(
        field.to_ascii_lowercase().as_str(),
        "q" | "s"
            | "query"
            | "search"
            | "keyword"
            | "keywords"
            | "searchword"
            | "k"
            | "term"
            | "busca"
            | "buscar"
            | "text"
            | "kw"
    ) || ["search", "buscar", "busca", "recherche", "suche", "cerca", "kensaku", "poisk"].iter().any(|word| action.contains(word))
}

impl SearchForm {
    /// The queries for what is unproven: the URL, the link that stands for it, and the words.
    pub(crate) fn queries<'a>(
        &'a self,
        book: &'a Rulebook,
        unproven: impl Iterator<Item = &'a Code> + 'a,
    ) -> impl Iterator<Item = (Url, Via, String)> + 'a {
        unproven.filter_map(|code| book.query(code, &self.language)).map(|words| {
            let url = self.url(&words);
            let via = Via { from: self.found_on, href: url.to_string(), text: words.clone(), region: Region::Header };
            (url, via, words)
        })
    }

    fn url(&self, words: &str) -> Url {
        let mut url = self.form.action.clone();
        let sent = self.form.fields.iter().filter(|field| {
            !field.name.is_empty() && (is_text(&field.kind) || matches!(field.kind.as_str(), "hidden" | "select"))
        });
        let pairs: Vec<(&str, &str)> =
            sent.map(|field| (field.name.as_str(), if is_text(&field.kind) { words } else { field.value.as_str() })).collect();
        url.query_pairs_mut().clear().extend_pairs(pairs);
        url
    }
}
