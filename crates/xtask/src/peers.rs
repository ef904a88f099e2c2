//! Checks of our files by programs of others. Each script under `tests/peers` prints `ok NAME` or `not ok NAME` lines.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ci::Tally;
use crate::{needs, root};

/// Where a run leaves archives for outside programs to look at: any folder below holds WARC files.
const ARCHIVES: &str = "target/peers";

/// Runs every check; one that cannot start counts as failed.
pub(crate) fn check() -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let archives = warc_files(&root().join(ARCHIVES));
    if archives.is_empty() {
        println!("no WARC file under {ARCHIVES}: only the checkers themselves are tried");
    }
    let output = Command::new(needs::python()).arg(root().join("tests/peers/warcio_check.py")).args(&archives).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    tally.passed += count(&text, "ok ");
    tally.failed += count(&text, "not ok ");
    if !output.status.success() && tally.failed == 0 {
        print!("{}", String::from_utf8_lossy(&output.stderr));
        tally.failed += 1;
    }
    Ok(tally)
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
