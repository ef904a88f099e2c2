//! What checks need besides Rust: looked for, installed where that is allowed, named exactly where it is not.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::root;

/// A program, the Debian package that has it, and arguments on which it ends at once without fault.
const PROGRAMS: [(&str, &str, &[&str]); 4] = [
    ("python3", "python3", &["--version"]),
    ("python3", "python3-venv", &["-c", "import ensurepip, venv"]),
    ("openssl", "openssl", &["version"]),
    ("soffice", "libreoffice-calc-nogui", &["--version"]),
];

/// Python packages of the checks, with the versions they were tried with.
const CHECKS: [&str; 6] =
    ["warcio==1.8.1", "wacz==0.6.0", "PyLD==3.3.0", "rdflib==7.6.0", "jsonschema==4.26.0", "openpyxl==3.1.5"];

/// The private Python environment.
fn environment() -> PathBuf {
    root().join("target/venv")
}

/// The Python of the private environment.
pub(crate) fn python() -> PathBuf {
    environment().join("bin/python3")
}

/// Looks for all that the checks need and installs what is missing: Debian packages when run as root, Python packages
/// in a private environment under `target`. Answers what could not be had, in words for a person.
pub(crate) fn supply() -> anyhow::Result<Vec<String>> {
    let lacking: Vec<&str> =
        PROGRAMS.iter().filter(|(name, _, probe)| !works(name, probe)).map(|(_, package, _)| *package).collect();
    let mut missing = debian(&lacking)?;
    if missing.is_empty() {
        missing.extend(python_packages(&CHECKS)?);
    }
    Ok(missing)
}

/// Installs Debian packages if this is root on Debian; answers what is still to be installed by hand.
pub(crate) fn debian(packages: &[&str]) -> anyhow::Result<Vec<String>> {
    if packages.is_empty() {
        return Ok(Vec::new());
    }
    let by_hand =
        || packages.iter().map(|package| format!("Debian package `{package}`: run `apt-get install {package}` as root"));
    let root_user = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !root_user || !works("apt-get", &["--version"]) {
        return Ok(by_hand().collect());
    }
    let _ = Command::new("apt-get").args(["update", "-q"]).stdout(Stdio::null()).status()?;
    let done = Command::new("apt-get")
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(Stdio::null())
        .status()?;
    Ok(if done.success() { Vec::new() } else { by_hand().collect() })
}

/// Installs Python packages (`name==version`) into the private environment; answers what could not be installed.
pub(crate) fn python_packages(packages: &[&str]) -> anyhow::Result<Vec<String>> {
    if !works(&python().to_string_lossy(), &["-m", "pip", "--version"]) {
        let made = Command::new("python3").args(["-m", "venv"]).arg(environment()).status()?;
        if !made.success() {
            return Ok(vec!["a Python environment: `python3 -m venv target/venv` failed".to_owned()]);
        }
    }
    let mut missing = Vec::new();
    for package in packages.iter().filter(|package| !installed(package)) {
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package];
        if !Command::new(python()).args(install).status()?.success() {
            missing.push(format!("Python package `{package}`: `target/venv/bin/python3 -m pip install {package}` failed"));
        }
    }
    Ok(missing)
}

fn installed(package: &str) -> bool {
    let (name, version) = package.split_once("==").unwrap_or((package, ""));
    let probe = format!("import importlib.metadata as m, sys; sys.exit(m.version('{name}') != '{version}')");
    works(&python().to_string_lossy(), &["-c", &probe])
}

/// Unpacks an npm package (`name@version`) that is bundled and needs no other; answers it if it cannot be had. `proof` is a
/// file in it.
pub(crate) fn node_package(package: &str, into: &Path, proof: &str) -> anyhow::Result<Option<String>> {
    let kept = into.join("of.txt");
    if into.join(proof).is_file() && std::fs::read_to_string(&kept).is_ok_and(|of| of == package) {
        return Ok(None);
    }
    if unpack(package, into).is_ok() && into.join(proof).is_file() {
        std::fs::write(kept, package)?;
        return Ok(None);
    }
    Ok(Some(format!("npm package `{package}`: `npm pack {package}` failed")))
}

/// Fetches the archive of a package and unpacks it; nothing of it is run.
fn unpack(package: &str, into: &Path) -> anyhow::Result<()> {
    if into.exists() {
        std::fs::remove_dir_all(into)?;
    }
    std::fs::create_dir_all(into)?;
    let packed = Command::new("npm").args(["pack", "--silent", package]).current_dir(into).stderr(Stdio::inherit()).output()?;
    let name = String::from_utf8(packed.stdout)?;
    let name = name.lines().last().unwrap_or_default();
    let done = Command::new("tar").args(["xzf", name, "--strip-components=1"]).current_dir(into).status()?;
    if !packed.status.success() || !done.success() {
        anyhow::bail!("`{package}` cannot be unpacked");
    }
    Ok(())
}

/// Whether a program runs to its end without fault.
pub(crate) fn works(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}
