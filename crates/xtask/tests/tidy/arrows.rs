//! Arrows between our crates go downwards, never within a floor.

use cargo_metadata::DependencyKind;

use crate::{crates, none, root};

/// Shipped crates by floor, from the ground up.
const FLOORS: [&[&str]; 4] = [
    &["model"],
    &["page", "indicator", "crawl", "archive", "store", "score", "report", "mirror"],
    &["survey", "review"],
    &["cli"],
];

/// Crates that ship nothing, with what they may use.
pub(crate) const OUTSIDE: [(&str, &[&str]); 2] = [("testkit", &["model", "mirror"]), ("xtask", &[])];

/// Arrows that tests alone may draw: from, to, and the reason.
const TEST_ARROWS: [(&str, &str, &str); 1] =
    [("indicator", "page", "its fixtures are HTML pages, and a rule is only right if it fires on what the parser makes of them")];

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&name))
}

#[test]
fn every_crate_has_its_floor() {
    let known = |name: &str| floor(name).is_some() || OUTSIDE.iter().any(|(outside, _)| *outside == name);
    let complaints =
        crates().into_iter().filter(|package| !known(&package.name)).map(|package| format!("`{}` is on no floor", package.name));
    none(&complaints.collect::<Vec<_>>());
}

#[test]
fn no_arrow_goes_up_or_stays_on_its_floor() {
    let packages = crates();
    let ours = |name: &str| packages.iter().any(|package| *package.name == name);
    let mut complaints = Vec::new();
    for package in &packages {
        let from = package.name.as_str();
        for to in package.dependencies.iter().filter(|dependency| ours(&dependency.name)) {
            let name = to.name.as_str();
            let excepted = TEST_ARROWS.iter().any(|(a, b, _)| (*a, *b) == (from, name));
            let test_only = to.kind == DependencyKind::Development;
            let fine = match OUTSIDE.iter().find(|(outside, _)| *outside == from) {
                Some((_, allowed)) => allowed.contains(&name),
                None if name == "testkit" => test_only,
                None if excepted => test_only,
                None => floor(name).is_some() && floor(name) < floor(from),
            };
            if !fine {
                complaints.push(format!("`{from}` may not use `{name}`"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn folders_are_named_as_their_crates_and_no_crate_has_features() {
    let mut complaints = Vec::new();
    for package in crates() {
        let folder = package.manifest_path.parent().unwrap();
        if folder != root().join("crates").join(package.name.as_str()) {
            complaints.push(format!("`{}` lies in `{folder}`", package.name));
        }
        if !package.features.is_empty() {
            complaints.push(format!("`{}` has features of its own", package.name));
        }
    }
    none(&complaints);
}
