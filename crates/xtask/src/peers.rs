//! Checks of our files by programs of others. Each script under `tests/peers` prints `ok NAME` or `not ok NAME` lines.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::ci::Tally;
use crate::{demo, needs, root};

/// Where tests leave archives, packages and exports for outside programs to look at.
const LEFT: &str = "target/peers";
/// Where the demo's archive and packages go for the same.
const DEMO: &str = "target/peers/demo";

/// Files of one kind, and the script that has a program of others look at them.
struct Peer {
    ending: &'static str,
    script: &'static str,
}

const WARCIO: Peer = Peer { ending: ".warc.gz", script: "warcio_check.py" };
const PY_WACZ: Peer = Peer { ending: ".wacz", script: "wacz_check.py" };
/// What the tests of `report` wrote.
const EXPORTS: [Peer; 3] = [
    Peer { ending: ".jsonld", script: "earl_check.py" },
    Peer { ending: ".schema.json", script: "schema_check.py" },
    Peer { ending: ".xlsx", script: "workbook_check.py" },
];

/// Takes away what earlier runs left, so that what is checked is of this one.
pub(crate) fn clear() -> anyhow::Result<()> {
    let left = root().join(LEFT);
    if left.exists() {
        std::fs::remove_dir_all(&left).with_context(|| format!("cannot empty {}", left.display()))?;
    }
    Ok(())
}

/// Runs the demo, and every check on what it and the tests archived and packed.
pub(crate) fn check() -> anyhow::Result<Tally> {
    let demo = demo();
    let mut tally = check_below(LEFT)?;
    tally.add(PY_WACZ.check(LEFT)?);
    for peer in EXPORTS {
        tally.add(peer.check(LEFT)?);
    }
    if let Err(error) = demo {
        println!("not ok demo: {error:#}");
        tally.failed += 1;
    }
    Ok(tally)
}

/// Checks the archives in a folder, packages aside; one that cannot start counts as failed, and so does an empty folder.
pub(crate) fn check_below(folder: &str) -> anyhow::Result<Tally> {
    WARCIO.check(folder)
}

impl Peer {
    fn check(&self, folder: &str) -> anyhow::Result<Tally> {
        let mut tally = Tally::default();
        let found = files(&root().join(folder), self.ending);
        if found.is_empty() {
            println!("not ok no {} file under {folder}", self.ending);
            tally.failed += 1;
        }
        let output = Command::new(needs::python())
            .arg(root().join("tests/peers").join(self.script))
            .args(&found)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()?;
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
}

/// Runs the demo so that it keeps what it finds where the checks look, and packs its runs there.
fn demo() -> anyhow::Result<()> {
    let folder = root().join(DEMO);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    demo::packages(&folder, &[]).map(|_| ())
}

fn count(text: &str, start: &str) -> u32 {
    text.lines().filter(|line| line.starts_with(start)).map(|_| 1).sum()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .flat_map(|path| if path.is_dir() { files(&path, ending) } else { vec![path] })
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}
