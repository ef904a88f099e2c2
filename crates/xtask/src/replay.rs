//! Replay by others: packages of runs in pywb and in replayweb.page, held against the captured texts by the scripts under
//! `tests/replay`.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};

use crate::{demo, needs, root};

/// Python packages of the check, with the versions it was tried with.
const PYTHON: [&str; 6] =
    ["warcio==1.8.1", "pywb==2.10.0", "wacz==0.6.0", "html5lib==1.1", "pdfminer.six==20260107", "rapidfuzz==3.14.6"];
/// What drives the browser, and the player as it is published.
const DRIVER: &str = "playwright-core@1.65.1";
const PLAYER: &str = "replaywebpage@2.4.6";
/// Programs, and the Debian packages that have them.
const PROGRAMS: [(&str, &str, &[&str]); 5] = [
    ("python3", "python3", &["--version"]),
    ("python3", "python3-venv", &["-c", "import ensurepip, venv"]),
    ("node", "nodejs", &["--version"]),
    ("npm", "npm", &["--version"]),
    ("chromium", "chromium", &["--version"]),
];

/// Where everything of this check goes.
fn folder() -> PathBuf {
    root().join("target/replay")
}

/// Replays the packages named, or else those of the demo. The exit code says whether every page was as captured.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let missing = supply()?;
    if !missing.is_empty() {
        for need in &missing {
            println!("missing: {need}");
        }
        return Ok(ExitCode::FAILURE);
    }
    let (mut flags, mut packages) = (Vec::new(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--pages" => flags.extend([argument.clone(), rest.next().context("`--pages` needs a number")?.clone()]),
            flag if flag.starts_with('-') => bail!("`{flag}` is no flag of this"),
            path => packages.push(PathBuf::from(path)),
        }
    }
    if packages.is_empty() {
        packages = demo()?;
    }
    let done = Command::new(needs::python())
        .arg(root().join("tests/replay/replay.py"))
        .arg("--modules")
        .arg(folder().join("node"))
        .arg("--work")
        .arg(folder().join("work"))
        .args(flags)
        .args(packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .status()?;
    Ok(if done.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Installs what is missing; answers what could not be had.
fn supply() -> anyhow::Result<Vec<String>> {
    let lacking: Vec<&str> =
        PROGRAMS.iter().filter(|(name, _, probe)| !needs::works(name, probe)).map(|(_, package, _)| *package).collect();
    let mut missing = needs::debian(&lacking)?;
    if missing.is_empty() {
        missing.extend(needs::python_packages(&PYTHON)?);
        missing.extend(node_packages()?);
    }
    Ok(missing)
}

/// Unpacks driver and player.
fn node_packages() -> anyhow::Result<Vec<String>> {
    let node = folder().join("node/node_modules");
    let mut missing: Vec<String> = needs::node_package(DRIVER, &node.join("playwright-core"), "index.js")?.into_iter().collect();
    missing.extend(needs::node_package(PLAYER, &node.join("replaywebpage"), "sw.js")?);
    Ok(missing)
}

/// Runs the demo and packs its runs.
fn demo() -> anyhow::Result<Vec<PathBuf>> {
    let scratch = folder().join("demo");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    std::fs::create_dir_all(&scratch)?;
    demo::packages(&scratch, &["--release"])
}
