//! The demo as a source of packages: run once, and each of its runs packed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use crate::root;

/// Runs the demo below an empty folder and packs its runs into `packs` there; `profile` are flags of cargo.
pub(crate) fn packages(folder: &Path, profile: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    // The demo takes the folder for temporary files, and makes one of its own there.
    portolan(&["demo"], folder, profile)?;
    let data = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).find(|path| path.join("demo.key").is_file());
    let data = data.context("the demo left no folder with a key")?;
    let (data, packs) = (data.to_string_lossy().into_owned(), folder.join("packs"));
    for run in ["1", "2", "3"] {
        let key = format!("{data}/demo.key");
        portolan(&["--data", &data, "--key", &key, "pack", run, "--out", &packs.to_string_lossy()], folder, profile)?;
    }
    let mut packages: Vec<PathBuf> = std::fs::read_dir(&packs)?.flatten().map(|entry| entry.path()).collect();
    packages.sort();
    Ok(packages)
}

fn portolan(arguments: &[&str], scratch: &Path, profile: &[&str]) -> anyhow::Result<()> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--locked", "--package", "cli", "--bin", "portolan"]).args(profile).arg("--");
    let output = cargo.args(arguments).env("TMPDIR", scratch).current_dir(root()).stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("portolan {}: {}\n{}", arguments.join(" "), output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
