//! All checks in order, and their sum in one line. Every step runs even if an earlier one failed.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitCode, Stdio};

use crate::{browser, needs, peers, root};

/// Tests and checks that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Steps that pass or fail as a whole: name, and arguments to cargo.
const STEPS: [(&str, &[&str]); 4] = [
    ("format", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
    ("documentation", &["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]),
    // A workspace of its own: nothing else notices when it falls behind the crates.
    ("fuzz targets", &["check", "--manifest-path", "tests/fuzz/Cargo.toml", "--target-dir", "target/fuzz", "--locked"]),
];

/// Runs everything; the exit code says whether nothing failed.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let missing = needs::supply()?;
    let mut all = Tally::default();
    for need in &missing {
        println!("missing: {need}");
        all.failed += 1;
    }
    for (name, arguments) in STEPS {
        println!("== {name}");
        let done = Command::new(env!("CARGO")).args(arguments).env("RUSTDOCFLAGS", "-D warnings").current_dir(root()).status()?;
        // A step that passes adds nothing: the sum counts tests.
        if !done.success() {
            println!("failed: {name}");
            all.failed += 1;
        }
    }
    println!("== tests");
    peers::clear()?;
    all.add(tests()?);
    println!("== checks by outside programs");
    all.add(peers::check()?);
    println!("== a campaign in a browser");
    all.add(browser::check());
    println!("{} passed, {} failed", all.passed, all.failed);
    Ok(if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tests() -> anyhow::Result<Tally> {
    let mut cargo = Command::new(env!("CARGO"))
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .env("INSTA_UPDATE", "no")
        .current_dir(root())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = cargo.stdout.take().expect("the output was asked to be piped");
    let mut tally = Tally::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        tally.add(counted(&line).unwrap_or_default());
    }
    // Tests that do not compile, or a test program that dies, print no summary.
    if !cargo.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// Reads `test result: ok. 3 passed; 0 failed; ...`.
fn counted(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |word: &str| -> Option<u32> {
        counts.split("; ").find_map(|part| part.strip_suffix(word)).and_then(|number| number.trim().parse().ok())
    };
    Some(Tally { passed: count("passed")?, failed: count("failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_the_test_program_are_counted_and_other_lines_are_not() {
        let ok = "test result: ok. 17 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(counted(ok), Some(Tally { passed: 17, failed: 0 }));
        let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(counted(bad), Some(Tally { passed: 3, failed: 2 }));
        assert_eq!(counted("test a ... ok"), None);
    }
}
