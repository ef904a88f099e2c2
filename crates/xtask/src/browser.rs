//! The review application in a browser: a whole campaign played in headless Chromium by the scripts under `tests/browser`, and
//! every screen looked at.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, bail};

use crate::ci::Tally;
use crate::{needs, root};

/// What drives the browser, and what judges its pages.
const DRIVER: &str = "playwright-core@1.65.1";
const JUDGE: &str = "axe-core@4.14.1";

/// Programs, and the Debian packages that have them.
const PROGRAMS: [(&str, &str, &[&str]); 3] =
    [("node", "nodejs", &["--version"]), ("npm", "npm", &["--version"]), ("chromium", "chromium", &["--version"])];

/// Where everything of this check goes.
fn folder() -> PathBuf {
    root().join("target/browser")
}

/// Plays it; with `--screens` pictures of every screen are left behind. The exit code says whether every check passed.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let screens = match arguments {
        [] => false,
        [flag] if flag == "--screens" => true,
        [other, ..] => bail!("`{other}` is no flag of this"),
    };
    let tally = play(screens)?;
    if screens {
        println!("pictures: {}", folder().join("work/screens").display());
    }
    Ok(if tally.failed == 0 && tally.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Plays it for the sum of all checks; what is missing counts as failed.
pub(crate) fn check() -> Tally {
    play(false).unwrap_or_else(|error| {
        println!("not ok browser: {error:#}");
        Tally { passed: 0, failed: 1 }
    })
}

fn play(screens: bool) -> anyhow::Result<Tally> {
    let missing = supply()?;
    if !missing.is_empty() {
        bail!("missing: {}", missing.join("; "));
    }
    let program = built()?;
    let task = format!(
        "{{\"program\": {}, \"modules\": {}, \"work\": {}, \"top\": {}, \"screens\": {screens}}}",
        quoted(&program)?,
        quoted(&folder().join("node"))?,
        quoted(&folder().join("work"))?,
        quoted(&root())?
    );
    let script = root().join("tests/browser/browser.mjs");
    let mut node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    node.stdin.take().expect("the input was asked to be piped").write_all(task.as_bytes())?;
    let output = node.stdout.take().expect("the output was asked to be piped");
    let mut tally = Tally::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        tally.passed += u32::from(line.starts_with("ok "));
        tally.failed += u32::from(line.starts_with("not ok "));
    }
    // A script that dies prints no failed check.
    if !node.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// Installs what is missing; answers what could not be had.
fn supply() -> anyhow::Result<Vec<String>> {
    let lacking: Vec<&str> =
        PROGRAMS.iter().filter(|(name, _, probe)| !needs::works(name, probe)).map(|(_, package, _)| *package).collect();
    let mut missing = needs::debian(&lacking)?;
    if missing.is_empty() {
        let node = folder().join("node/node_modules");
        missing.extend(needs::node_package(DRIVER, &node.join("playwright-core"), "index.js")?);
        missing.extend(needs::node_package(JUDGE, &node.join("axe-core"), "axe.min.js")?);
    }
    Ok(missing)
}

/// Builds the program as tests have it.
fn built() -> anyhow::Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--package", "cli", "--bin", "portolan"]);
    if !cargo.current_dir(root()).status()?.success() {
        bail!("the program cannot be built");
    }
    // This program lies beside it.
    let own = std::env::current_exe()?;
    let program = own.with_file_name("portolan");
    if !program.is_file() {
        bail!("`{}` is not there", program.display());
    }
    Ok(program)
}

/// A path as a JSON string.
fn quoted(path: &std::path::Path) -> anyhow::Result<String> {
    let text = path.to_str().with_context(|| format!("`{}` is not UTF-8", path.display()))?;
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}
