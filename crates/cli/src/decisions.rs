//! Confirmed decisions as JSON lines: what `fit` learns from, and what `evaluate` writes.

use std::path::Path;

use indicator::Rulebook;
use model::{Code, Date, Evidence};
use serde::{Deserialize, Serialize};

use crate::exit::Fault;

/// Whether people accepted a proposed page as evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    /// The indicator.
    pub(crate) code: Code,
    /// Signals of the page with what each is worth by the rule files, before fitted factors.
    pub(crate) signals: Vec<(String, f32)>,
    pub(crate) accepted: bool,
    /// The day on which the page was proposed or decided.
    pub(crate) date: Date,
    /// The page, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) url: String,
}

impl Decision {
    /// A decision on a page that a rulebook proposed.
    pub(crate) fn new(code: &Code, evidence: &Evidence, accepted: bool, date: Date, book: &Rulebook) -> Self {
        let before = |(name, worth): &(String, f32)| (name.clone(), worth / book.fitted.factor(name));
        let signals = evidence.signals.iter().map(before).collect();
        Self { code: code.clone(), signals, accepted, date, url: evidence.url.clone() }
    }
}

/// Writes decisions, one a line.
pub(crate) fn write(file: &Path, decisions: &[Decision]) -> anyhow::Result<()> {
    let lines = decisions.iter().map(|decision| serde_json::to_string(decision).map(|line| line + "\n"));
    let text: String = lines.collect::<Result<_, _>>()?;
    std::fs::write(file, text)
        .map_err(|error| Fault::usage(format!("`{}` cannot be written: {error}", file.display()), "name another file").into())
}

/// Reads decisions; every wrong line is told.
pub(crate) fn read(file: &Path, book: &Rulebook) -> anyhow::Result<Vec<Decision>> {
    let hint =
        "a line is {\"code\": \"219\", \"signals\": [[\"topic@title\", 3.0]], \"accepted\": true, \"date\": \"2026-11-23\"}";
    let text = std::fs::read_to_string(file)
        .map_err(|error| Fault::configuration(format!("`{}` cannot be read: {error}", file.display()), hint))?;
    let (mut decisions, mut wrong) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match one(line, book) {
            Ok(decision) => decisions.push(decision),
            Err(what) => wrong.push(format!("{}:{number}: {what}", file.display())),
        }
    }
    if !wrong.is_empty() {
        return Err(Fault::configuration(format!("{} wrong line(s):\n{}", wrong.len(), wrong.join("\n")), hint).into());
    }
    Ok(decisions)
}

fn one(line: &str, book: &Rulebook) -> Result<Decision, String> {
    let decision: Decision = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let edition = &book.instrument.edition;
    if book.decide(&decision.code).is_none() {
        return Err(format!("`{edition}` has no indicator `{}`", decision.code));
    }
    match decision.signals.iter().find(|(name, worth)| !book.knows_signal(name) || !worth.is_finite()) {
        Some((name, _)) => Err(format!("`{name}` is no signal of `{edition}`, or has no worth")),
        None => Ok(decision),
    }
}
