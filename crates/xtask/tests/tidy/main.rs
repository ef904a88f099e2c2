//! The house rules of `crates/ARCHITECTURE.md`, checked: arrows between crates, who names which dependency, sizes and
//! heads of files, what lies at the top. Each module has its list of exceptions, each with its reason; none is best.

#![expect(clippy::unwrap_used, reason = "a house rule that cannot be checked is broken")]

mod arrows;
mod layout;
mod owners;
mod sources;

use std::path::{Path, PathBuf};

/// The repository's top folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}

/// Our crates as cargo sees them.
fn crates() -> Vec<cargo_metadata::Package> {
    let mut command = cargo_metadata::MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).no_deps();
    command.exec().unwrap().packages
}

/// Fails with all complaints at once, each on a line.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
