//! What lies at the top of the repository.

use crate::{none, root};

/// Entries that may lie at the top; names that begin with a dot may too.
const TOP: [&str; 9] =
    ["Cargo.toml", "Cargo.lock", "crates", "config", "fixtures", "tests", "README.md", "LICENSE-MIT", "LICENSE-APACHE"];
/// What git does not keep.
const BUILT: &str = "target";

#[test]
fn only_the_agreed_entries_lie_at_the_top() {
    let names = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let strange = names.filter(|name| !TOP.contains(&name.as_str()) && !name.starts_with('.') && name != BUILT);
    none(&strange.map(|name| format!("`{name}` does not belong at the top")).collect::<Vec<_>>());
}

#[test]
fn the_agreed_entries_are_there() {
    let complaints = TOP.iter().filter(|name| !root().join(name).exists()).map(|name| format!("`{name}` is missing"));
    none(&complaints.collect::<Vec<_>>());
}
