//! The proof that no changed byte goes unseen: starts `tests/tamper/tamper.py` on the release build and the second verifier.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};

use crate::{needs, root};

/// Where it works, below the top folder.
const FOLDER: &str = "target/tamper";

/// Builds the program, sees to what the second verifier needs, and runs the proof.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<ExitCode> {
    for pair in arguments.chunks(2) {
        let value = pair.get(1).with_context(|| format!("`{}` needs a number", pair[0]))?;
        value.parse::<u64>().with_context(|| format!("`{} {value}` is no number", pair[0]))?;
        if !["--changes", "--untouched", "--seed"].contains(&pair[0].as_str()) {
            bail!("`{}` is no flag of this", pair[0]);
        }
    }
    if let Some(need) = needs::supply()?.first() {
        bail!("the second verifier cannot run: {need}");
    }
    let wanted = std::fs::read_to_string(root().join("tests/verifier/requirements.txt"))?;
    let wanted: Vec<&str> = wanted.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    if let Some(need) = needs::python_packages(&wanted)?.first() {
        bail!("the second verifier cannot run: {need}");
    }
    let build = ["build", "--release", "--locked", "--package", "cli", "--bin", "portolan"];
    if !Command::new(env!("CARGO")).args(build).current_dir(root()).status()?.success() {
        bail!("the program does not build");
    }
    let folder = root().join(FOLDER);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let built = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let mut proof = Command::new(needs::python());
    proof.arg(root().join("tests/tamper/tamper.py")).arg(built.join("release/portolan"));
    proof.args(["tests/verifier/verify.py", "fixtures/sites", "config"].map(|path| root().join(path)));
    let done = proof.arg(&folder).args(arguments).current_dir(root()).status()?;
    Ok(if done.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
