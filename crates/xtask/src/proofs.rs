//! The long proofs on the built program, which live in `crates/cli/tests/proofs`: started here, with their parameters,
//! and followed by what outside programs say of the archives they leave.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};

use crate::{needs, peers, root};

/// A proof that is not run with all tests.
pub(crate) struct Proof {
    test: &'static str,
    /// Where its archives are; empty if it leaves none.
    archives: &'static str,
    /// Flags, each with the variable by which the test gets it.
    flags: &'static [(&'static str, &'static str)],
}

/// Surveys that are killed and resumed.
pub(crate) const CRASH: Proof = Proof {
    test: "crash::many_kills_cost_a_survey_nothing",
    archives: "target/peers/crash-long",
    flags: &[("--rounds", "PORTOLAN_KILLS"), ("--seed", "PORTOLAN_SEED")],
};

/// Surveys that are killed where every exchange closes a segment.
pub(crate) const CLOSING: Proof = Proof {
    test: "closing::many_kills_while_closing_lose_no_record",
    archives: "target/peers/closing-long",
    flags: &[("--rounds", "PORTOLAN_KILLS"), ("--seed", "PORTOLAN_SEED")],
};

/// Many portals at the real pace.
pub(crate) const SIMULATE: Proof = Proof {
    test: "simulate::many_portals_take_as_long_as_politeness_asks_and_no_longer",
    archives: "target/simulate",
    flags: &[("--portals", "PORTOLAN_PORTALS"), ("--pages", "PORTOLAN_PAGES")],
};

/// Many assessors at once.
pub(crate) const ASSESSORS: Proof = Proof {
    test: "assessors::decisions_of_many_assessors_are_neither_lost_nor_doubled",
    archives: "",
    flags: &[("--assessors", "PORTOLAN_ASSESSORS")],
};

/// Runs a proof on the release build, then `warcio check` on every archive of it.
pub(crate) fn run(proof: &Proof, arguments: &[String]) -> anyhow::Result<ExitCode> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--release", "--locked", "--package", "cli", "--test", "proofs", "--"]);
    cargo.args(["--ignored", "--nocapture", "--exact", proof.test]).current_dir(root());
    for pair in arguments.chunks(2) {
        let known = proof.flags.iter().find(|(flag, _)| *flag == pair[0]);
        let (flag, variable) = known.with_context(|| format!("`{}` is no flag of this", pair[0]))?;
        let value = pair.get(1).with_context(|| format!("`{flag}` needs a number"))?;
        value.parse::<u64>().with_context(|| format!("`{flag} {value}` is no number"))?;
        cargo.env(variable, value);
    }
    if !cargo.status()?.success() {
        return Ok(ExitCode::FAILURE);
    }
    if proof.archives.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(need) = needs::supply()?.first() {
        bail!("the archives are not checked: {need}");
    }
    let tally = peers::check_below(proof.archives)?;
    println!("warcio check: {} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
