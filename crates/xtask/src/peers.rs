//! Checks of our files by programs of others. Each script under `tests/peers` prints `ok NAME` or `not ok NAME` lines.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use crate::ci::Tally;
use crate::{needs, root};

/// Where tests leave archives for outside programs to look at: any folder below holds WARC files.
const ARCHIVES: &str = "target/peers";
/// Where the demo's archive goes for the same.
const DEMO: &str = "target/peers/demo";

/// Runs the demo, and every check on what it and the tests archived.
pub(crate) fn check() -> anyhow::Result<Tally> {
    let demo = demo();
    let mut tally = check_below(ARCHIVES)?;
    if let Err(error) = demo {
        println!("not ok demo: {error:#}");
        tally.failed += 1;
    }
    Ok(tally)
}

/// Runs every check on the archives in a folder; one that cannot start counts as failed, and so does an empty folder.
pub(crate) fn check_below(folder: &str) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let archives = warc_files(&root().join(folder));
    if archives.is_empty() {
        println!("not ok no WARC file under {folder}");
        tally.failed += 1;
    }
    let output = Command::new(needs::python()).arg(root().join("tests/peers/warcio_check.py")).args(&archives).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    tally.passed += count(&text, "ok ");
    tally.failed += count(&text, "not ok ");
    if !output.status.success() && count(&text, "not ok ") == 0 {
        print!("{}", String::from_utf8_lossy(&output.stderr));
        tally.failed += 1;
    }
    Ok(tally)
}

/// Runs the demo so that it keeps what it finds where the checks look: it takes the folder for temporary files.
fn demo() -> anyhow::Result<()> {
    let folder = root().join(DEMO);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--locked", "--package", "cli", "--bin", "portolan", "--", "demo"]);
    let output = cargo.env("TMPDIR", &folder).current_dir(root()).output()?;
    if !output.status.success() {
        bail!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn count(text: &str, start: &str) -> u32 {
    text.lines().filter(|line| line.starts_with(start)).map(|_| 1).sum()
}

fn warc_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .flat_map(|path| if path.is_dir() { warc_files(&path) } else { vec![path] })
        .filter(|path| path.to_string_lossy().ends_with(".warc.gz"))
        .collect();
    files.sort();
    files
}
