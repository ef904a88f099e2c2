//! Each outside dependency has a reason in the workspace manifest and one crate of ours that names it.

use std::collections::BTreeMap;

use cargo_metadata::DependencyKind;

use crate::arrows::OUTSIDE;
use crate::{crates, none, root};

/// What every crate may name.
const EVERYWHERE: [&str; 6] = ["serde", "serde_json", "thiserror", "tokio", "tracing", "url"];

/// Who may name a dependency, as the headings of `[workspace.dependencies]` say.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    Ours,
    Everywhere,
    Crate(String),
    TestsOnly,
}

/// Dependencies of the workspace with their owner and whether a reason stands behind them.
fn listed() -> BTreeMap<String, (Owner, bool)> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = manifest.split_once("[workspace.dependencies]\n").unwrap().1.split("\n[").next().unwrap();
    let mut owner = None;
    let mut listed = BTreeMap::new();
    for line in section.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(heading) = line.strip_prefix("# ") {
            owner = Some(match heading {
                "ours" => Owner::Ours,
                "everywhere" => Owner::Everywhere,
                "tests only" => Owner::TestsOnly,
                other => Owner::Crate(other.strip_prefix("owner: ").unwrap_or_else(|| panic!("heading `{other}`")).to_owned()),
            });
            continue;
        }
        let (name, rest) = line.split_once(" = ").unwrap();
        let reason = rest.rsplit_once('#').is_some_and(|(_, reason)| reason.trim().len() > 3);
        listed.insert(name.to_owned(), (owner.clone().unwrap_or_else(|| panic!("`{name}` under no heading")), reason));
    }
    listed
}

#[test]
fn every_outside_dependency_says_why_it_is_there() {
    let silent = listed().into_iter().filter(|(_, (owner, reason))| *owner != Owner::Ours && !reason);
    none(&silent.map(|(name, _)| format!("`{name}` has no reason")).collect::<Vec<_>>());
}

#[test]
fn only_the_agreed_few_are_named_everywhere() {
    let names: Vec<String> =
        listed().into_iter().filter(|(_, (owner, _))| *owner == Owner::Everywhere).map(|(name, _)| name).collect();
    assert_eq!(names, EVERYWHERE);
}

#[test]
fn an_outside_dependency_is_named_by_its_owner_alone() {
    let listed = listed();
    let mut complaints = Vec::new();
    let packages = crates();
    let shipped = packages.iter().filter(|package| OUTSIDE.iter().all(|(outside, _)| *outside != package.name.as_str()));
    for package in shipped {
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development) {
            let fine = match listed.get(&dependency.name) {
                Some((Owner::Ours | Owner::Everywhere, _)) => true,
                Some((Owner::Crate(owner), _)) => *owner == package.name.as_str(),
                Some((Owner::TestsOnly, _)) | None => false,
            };
            if !fine {
                complaints.push(format!("`{}` may not name `{}`", package.name, dependency.name));
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_outside_dependency_is_named_by_someone() {
    let named: Vec<String> =
        crates().into_iter().flat_map(|package| package.dependencies).map(|dependency| dependency.name).collect();
    let idle = listed().into_iter().filter(|(name, (owner, _))| *owner != Owner::Ours && !named.contains(name));
    none(&idle.map(|(name, _)| format!("nobody names `{name}`")).collect::<Vec<_>>());
}
