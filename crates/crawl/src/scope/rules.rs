//! The rules of a scope, from the general to the particular.

use super::domains::{within, within_any};
use super::{Admission, Asked, Scope, Standing};
use crate::key::host_name;
use crate::traps::{FileKind, file_kind, trap};

pub(super) type Rule = fn(&Scope, &Asked<'_>) -> Option<Admission>;

/// From the general to the particular: the last rule that has an answer decides.
pub(super) const RULES: [Rule; 11] =
    [outside, telling_outside, sibling, named_service, from_service, below_root, own_host, denied, file, trapped, recorded];

fn outside(_: &Scope, _: &Asked<'_>) -> Option<Admission> {
    Some(refuse("outside host, link without promise"))
}

fn telling_outside(_: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    (asked.telling && *asked.standing == Standing::Own).then(|| service("outside service, by a telling link"))
}

/// Another host under the same registrable domain, which a state or an association may share among cities.
fn sibling(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    let host = host_name(asked.to);
    let family = scope.roots.iter().filter_map(|root| root.family.as_deref()).find(|family| within(host, family))?;
    if *asked.standing != Standing::Own {
        None
    } else if asked.region.is_chrome() {
        Some(own(&format!("under {family}, linked from the navigation")))
    } else if asked.telling {
        Some(own(&format!("under {family}, by a telling link")))
    } else {
        Some(refuse("sibling host, linked neither from the navigation nor by a telling link"))
    }
}

fn named_service(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    scope.services.contains(host_name(asked.to)).then(|| service("service named in the portal list"))
}

fn from_service(_: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    let Standing::Service { host, prefix, .. } = asked.standing else { return None };
    let same = host_name(asked.to) == host && asked.to.path().starts_with(prefix);
    Some(if same { service("same outside service") } else { refuse("outside services recruit no further hosts") })
}

fn below_root(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    scope.root_of(host_name(asked.to)).map(|root| own(&format!("below {}", root.apex)))
}

fn own_host(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    scope.own.get(host_name(asked.to)).map(|rule| own(rule))
}

fn denied(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    within_any(host_name(asked.to), &scope.denied).then(|| refuse("denied in the portal list"))
}

fn file(_: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    match file_kind(asked.to) {
        FileKind::Page => None,
        FileKind::Document if asked.telling => None,
        FileKind::Document => Some(refuse("file without promise")),
        FileKind::Asset => Some(refuse("not a page by its file type")),
    }
}

fn trapped(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    trap(asked.to, scope.day).map(refuse)
}

fn recorded(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    let known = within_any(host_name(asked.to), &scope.recorded) && !scope.is_own(asked.to);
    known.then(|| record("kept as a link only: social network, map, analytics and the like"))
}

fn own(rule: &str) -> Admission {
    Admission::Own { rule: rule.to_owned() }
}

fn service(rule: &str) -> Admission {
    Admission::Service { rule: rule.to_owned() }
}

pub(super) fn record(rule: &str) -> Admission {
    Admission::Record { rule: rule.to_owned() }
}

pub(super) fn refuse(rule: &str) -> Admission {
    Admission::Refuse { rule: rule.to_owned() }
}
