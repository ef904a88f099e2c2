//! One start tag as the builder sees it, whether it came from the tree or from tokens.

use crate::tag::Tag;

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'e> {
    /// Which element.
    pub(crate) tag: Tag,
    /// Attributes, names in lower case.
    pub(crate) attrs: &'e [(&'e str, &'e str)],
}

impl<'e> Element<'e> {
    /// The value of an attribute as written.
    pub(crate) fn attr(&self, name: &str) -> Option<&'e str> {
        self.attrs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The value of an attribute without white space around it, if anything is left.
    pub(crate) fn word(&self, name: &str) -> Option<&'e str> {
        self.attr(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Whether an attribute is there and, white space and case aside, has this value.
    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        self.attr(name).is_some_and(|found| found.trim().eq_ignore_ascii_case(value))
    }

    /// Whether the element and all in it is invisible until a script shows it.
    pub(crate) fn is_hidden(&self) -> bool {
        match self.tag {
            Tag::Script | Tag::NoScript | Tag::Unseen | Tag::Svg | Tag::Object | Tag::Sound => return true,
            Tag::Dialog if self.attr("open").is_none() => return true,
            _ => {}
        }
        self.attrs.iter().any(|&(name, value)| match name {
            "hidden" => !value.trim().eq_ignore_ascii_case("until-found"),
            "style" => hides(value),
            _ => false,
        })
    }
}

/// Whether an inline style takes the element away.
fn hides(style: &str) -> bool {
    let mut declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declarations.any(|(property, value)| {
        let value = value.trim();
        let is = |word: &str| value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        match property.trim() {
            p if p.eq_ignore_ascii_case("display") => is("none"),
            p if p.eq_ignore_ascii_case("visibility") => is("hidden"),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(attrs: &[(&str, &str)], hidden: bool) {
        assert_eq!(Element { tag: Tag::Block, attrs }.is_hidden(), hidden, "{attrs:?}");
    }

    #[test]
    fn hidden_is_told_by_attribute_and_by_style() {
        check(&[("hidden", "")], true);
        check(&[("hidden", "until-found")], false);
        check(&[("style", "color:red; DISPLAY : None !important")], true);
        check(&[("style", "visibility:hidden")], true);
        check(&[("style", "display:block")], false);
        check(&[("style", "é")], false);
        check(&[("aria-hidden", "true")], false);
    }
}
