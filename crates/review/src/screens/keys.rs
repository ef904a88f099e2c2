//! The keys of the decision screen: what each does, how people choose others, and how they switch all of them off.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use store::Person;

use crate::cx::Cx;
use crate::layout::wide;
use crate::reply::Refusal;

/// Every action with its field in forms, its usual key, and the digit that does the same; none of the digits can be chosen.
const ACTIONS: [(&str, &str, &str, &str); 20] = [
    ("next", "key-next", "j", ""),
    ("previous", "key-previous", "k", ""),
    ("next-candidate", "key-next-candidate", "]", ""),
    ("previous-candidate", "key-previous-candidate", "[", ""),
    ("yes", "key-yes", "y", "1"),
    ("no", "key-no", "n", "2"),
    ("unclear", "key-unclear", "u", "3"),
    ("blocked", "key-blocked", "b", "4"),
    ("reject", "key-reject", "x", ""),
    ("replace", "key-replace", "r", ""),
    ("evidence", "key-evidence", "e", ""),
    ("quote", "key-quote", "q", ""),
    ("text", "key-text", "t", ""),
    ("page", "key-page", "o", ""),
    ("live", "key-live", "l", ""),
    ("note", "key-note", "m", ""),
    ("guidance", "key-guidance", "g", ""),
    ("undo", "key-undo", "z", ""),
    ("find", "key-find", "/", ""),
    ("list", "key-list", "?", ""),
];

/// A person's keys, as the script reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Keys {
    /// Whether no key does anything.
    pub(crate) off: bool,
    /// The key of each action; empty if it has none.
    pub(crate) map: BTreeMap<String, String>,
}

impl Keys {
    /// The usual keys.
    pub(crate) fn usual() -> Self {
        Self { off: false, map: ACTIONS.iter().map(|(action, _, key, _)| ((*action).to_owned(), (*key).to_owned())).collect() }
    }

    /// Those of a person.
    pub(crate) fn of(who: Option<&Person>) -> Self {
        let kept = who.and_then(|who| who.preferences["keys"].as_str());
        let mut keys = Self::usual();
        if let Some(kept) = kept.and_then(|kept| serde_json::from_str::<Self>(kept).ok()) {
            keys.off = kept.off;
            keys.map.extend(kept.map.into_iter().filter(|(action, _)| ACTIONS.iter().any(|(known, ..)| known == action)));
        }
        keys
    }

    /// These with what was sent; two actions never have the same key.
    pub(crate) fn sent(mut self, cx: &Cx) -> Result<Self, Refusal> {
        if !cx.field("shortcuts").is_empty() {
            self.off = cx.field("shortcuts") == "off";
        }
        let mut wrong = Vec::new();
        for (action, field, ..) in ACTIONS {
            if !cx.fields.iter().any(|(name, _)| name == field) {
                continue;
            }
            let key = cx.field(field).to_lowercase();
            // The script takes the key's place where a layout makes no Latin letter: any other could never be pressed.
            if key.len() > 1 || !key.chars().all(|c| c.is_ascii_graphic() && !c.is_ascii_digit()) {
                wrong.push((field.to_owned(), cx.t("key-wrong")));
            }
            self.map.insert(action.to_owned(), key);
        }
        let mut taken = BTreeSet::new();
        for (action, field, ..) in ACTIONS {
            let key = self.map.get(action).map_or("", String::as_str);
            if !key.is_empty() && !taken.insert(key) {
                wrong.push((field.to_owned(), cx.f("key-taken", &[("key", key.into())])));
            }
        }
        if wrong.is_empty() { Ok(self) } else { Err(Refusal::Wrong(wrong)) }
    }

    /// The fields to choose them.
    pub(crate) fn fields(&self, cx: &Cx) -> Markup {
        html! {
            div.keys {
                @for (action, field, ..) in ACTIONS {
                    div.field {
                        label for=(field) { (cx.t(&format!("key-{action}"))) }
                        input type="text" id=(field) name=(field) value=(self.map.get(action).map_or("", String::as_str)) maxlength="1" size="2" autocomplete="off" autocapitalize="off";
                    }
                }
            }
        }
    }

    /// What each key does.
    pub(crate) fn table(&self, cx: &Cx) -> Markup {
        html! {
            (wide(&cx.t("keys-caption"), &html! {
                thead { tr { th scope="col" { (cx.t("keys-key")) } th scope="col" { (cx.t("keys-does")) } } }
                tbody {
                    @for (action, _, _, digit) in ACTIONS {
                        @let key = self.map.get(action).map_or("", String::as_str);
                        tr {
                            td {
                                @if key.is_empty() { (cx.t("keys-none")) } @else { kbd { (key) } }
                                @if !digit.is_empty() { " / " kbd { (digit) } }
                            }
                            td { (cx.t(&format!("key-{action}"))) }
                        }
                    }
                    tr { td { kbd { "Ctrl" } " + " kbd { "Enter" } } td { (cx.t("key-commit")) } }
                }
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_keys_are_one_character_each_and_none_twice() {
        let keys = Keys::usual();
        assert!(keys.map.values().all(|key| key.chars().count() == 1));
        assert_eq!(keys.map.values().collect::<BTreeSet<_>>().len(), ACTIONS.len());
        assert!(ACTIONS.iter().all(|(action, field, ..)| *field == format!("key-{action}")));
    }
}
