//! `form`: forms by their shape.

use model::{Field, Place};
use serde::Deserialize;

use super::{Facts, Fired, words};
use crate::expr::Expr;

/// What a form is for, told by its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FormShape {
    /// One text field, sent by GET.
    Search,
    /// An address or a name, and a message.
    Contact,
    /// A password.
    Login,
    /// A file.
    Upload,
    /// Two or more fields to fill in.
    Request,
    /// One e-mail address.
    Newsletter,
    /// A card number or an amount.
    Payment,
}

#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) shape: FormShape,
    pub(crate) term: Option<Expr>,
}

impl Form {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let form = facts.page.forms.iter().find(|form| {
            let shape = shape_of(form);
            let fits = shape == Some(self.shape)
                || self.shape == FormShape::Request && matches!(shape, Some(FormShape::Upload | FormShape::Payment))
                || self.shape == FormShape::Contact
                    && shape == Some(FormShape::Request)
                    && form.fields.iter().any(|f| f.kind == "textarea");
            let kept = self.shape != FormShape::Search || stays(form, facts);
            fits && kept && self.term.as_ref().is_none_or(|expr| names_it(expr, facts, form))
        })?;
        Some(Fired { place: Place::Markup, quote: words(describe(form)) })
    }
}

/// Whether a search stays with the site: sent to its own hosts, or to a search service that answers for it.
fn stays(form: &model::Form, facts: &Facts<'_>) -> bool {
    let bare = |url: &url::Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()).unwrap_or_default();
    let (to, own) = (bare(&form.action), bare(&facts.page.url));
    to == own || to.ends_with(&format!(".{own}")) || own.ends_with(&format!(".{to}")) || facts.vendors.is(&to, "search")
}

/// Whether a label, button or the name of the form says it.
fn names_it(expr: &Expr, facts: &Facts<'_>, form: &model::Form) -> bool {
    facts.units.holding(expr).any(|(unit, _)| unit.place == Place::Label && unit.region == form.region)
}

fn describe(form: &model::Form) -> String {
    let labels = form
        .fields
        .iter()
        .filter(|field| is_filled_in(field))
        .map(|field| if field.label.is_empty() { &field.name } else { &field.label });
    let words: Vec<&str> = std::iter::once(&form.name)
        .chain(labels)
        .chain(&form.buttons)
        .map(|w| w.trim())
        .filter(|w| !w.is_empty())
        .take(8)
        .collect();
    words.join(" · ")
}

fn is_filled_in(field: &Field) -> bool {
    !matches!(field.kind.as_str(), "hidden" | "submit" | "button" | "image" | "reset")
}

/// The shape of a form, if it has one.
pub(crate) fn shape_of(form: &model::Form) -> Option<FormShape> {
    let filled: Vec<&Field> = form.fields.iter().filter(|field| is_filled_in(field)).collect();
    let has = |kind: &str| filled.iter().any(|field| field.kind == kind);
    let named = |words: &[&str]| {
        filled.iter().any(|field| {
            let name = field.name.to_ascii_lowercase();
            words.iter().any(|word| name.contains(word))
        })
    };
    if has("password") {
        return Some(FormShape::Login);
    }
    if named(&["cardnumber", "card_number", "cc-number", "creditcard"]) {
        return Some(FormShape::Payment);
    }
    if has("file") {
        return Some(FormShape::Upload);
    }
    let texts = filled.iter().filter(|f| matches!(f.kind.as_str(), "text" | "search" | "")).count();
    let is_search = form.search || has("search") || !form.post && texts == 1 && filled.len() <= 2;
    if is_search && !has("textarea") && !has("email") {
        return Some(FormShape::Search);
    }
    if has("textarea") && filled.len() <= 8 {
        return Some(FormShape::Contact);
    }
    let to_write = filled.iter().filter(|f| !matches!(f.kind.as_str(), "checkbox" | "radio")).count();
    match to_write {
        1 if has("email") || named(&["email", "mail"]) => Some(FormShape::Newsletter),
        2.. => Some(FormShape::Request),
        _ => None,
    }
}
