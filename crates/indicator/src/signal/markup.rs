//! `meta`, `rel`, `type`, `hook`, `class`: what the markup itself says.

use model::{Page, Place};

use super::{Facts, Fired, words};

#[derive(Debug, Clone)]
pub(crate) enum Markup {
    Meta { name: String, contains: Option<String> },
    Rel { name: String, contains: Option<String> },
    Type { names: Vec<String> },
    Hook { name: String, value: Option<String> },
    Class { class: String },
}

impl Markup {
    /// Reads `name=value` or `name`.
    pub(crate) fn hook(pair: &str) -> Result<Self, String> {
        let (name, value) = pair.split_once('=').map_or((pair, None), |(name, value)| (name, Some(value.to_owned())));
        if !name.starts_with("data-") {
            return Err(format!("`{pair}` is no hook: write a data attribute, as in `data-element=news`"));
        }
        Ok(Self::Hook { name: name.to_owned(), value })
    }

    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let exact = match self {
            Self::Class { class } => facts.classes.contains(class).then(|| class.clone()),
            other => other.in_markup(facts.page),
        }?;
        Some(Fired { place: Place::Markup, quote: words(exact) })
    }

    fn in_markup(&self, page: &Page) -> Option<String> {
        let holds = |contains: &Option<String>, text: &str| {
            contains.as_ref().is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
        };
        match self {
            Self::Meta { name, contains } => page
                .meta
                .iter()
                .find(|(n, content)| n == name && holds(contains, content))
                .map(|(n, content)| format!("{n}: {content}")),
            Self::Rel { name, contains } => page
                .links
                .iter()
                .find(|link| link.rel.iter().any(|rel| rel == name) && holds(contains, link.url.as_str()))
                .map(|link| link.url.to_string()),
            Self::Type { names } => page.types.iter().find(|t| names.iter().any(|name| name.eq_ignore_ascii_case(t))).cloned(),
            Self::Hook { name, value } => page
                .hooks
                .iter()
                .find(|(n, v)| n == name && value.as_ref().is_none_or(|value| value == v))
                .map(|(n, v)| format!("{n}={v}")),
            Self::Class { .. } => None,
        }
    }
}
