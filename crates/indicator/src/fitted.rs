//! `fitted.toml`: factors on the worth of signals and cuts of the bands, fitted to confirmed decisions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use model::Band;
use serde::Deserialize;
use toml::Spanned;

use crate::source::{Mistake, Source};

/// The file in an instrument's folder that holds what was fitted.
pub(crate) const FILE: &str = "fitted.toml";
/// Factors stay within these.
const FACTORS: (f32, f32) = (0.1, 10.0);

/// Factors on the worth of signals, and shares of the need at which the bands of confidence begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Factors by the name of the signal; what is not named has 1.
    pub factors: BTreeMap<String, f32>,
    /// Where the middle band begins.
    pub medium: f32,
    /// Where the highest band begins.
    pub high: f32,
}

impl Default for Fitted {
    /// Before anything was fitted to decisions of one's own: cuts measured on labelled sites, as RULES.md tells.
    fn default() -> Self {
        Self { factors: BTreeMap::new(), medium: 2.0, high: 2.8 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFitted {
    bands: RawBands,
    #[serde(default)]
    factors: BTreeMap<Spanned<String>, Spanned<f32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBands {
    medium: Spanned<f32>,
    high: Spanned<f32>,
}

impl Fitted {
    /// The factor of a signal.
    pub fn factor(&self, signal: &str) -> f32 {
        self.factors.get(signal).copied().unwrap_or(1.0)
    }

    /// The band of a page by its worth, as a share of what it needs.
    pub(crate) fn band(&self, margin: f32) -> Band {
        match margin {
            m if m >= self.high => Band::High,
            m if m >= self.medium => Band::Medium,
            _ => Band::Low,
        }
    }

    /// The file, under comments that say what it was fitted to.
    pub fn to_toml(&self, comments: &[String]) -> String {
        let mut text: String = comments.iter().map(|line| format!("# {line}\n")).collect();
        let (medium, high) = (self.medium, self.high);
        write!(text, "\n[bands]\nmedium = {medium:.2}\nhigh = {high:.2}\n\n[factors]\n").expect("a string takes all");
        for (signal, factor) in &self.factors {
            writeln!(text, "{} = {factor:.2}", toml::Value::from(signal.as_str())).expect("a string takes all");
        }
        text
    }

    /// Reads the file; `known` tells the names of signals.
    pub(crate) fn read(source: &Source, known: impl Fn(&str) -> bool, mistakes: &mut Vec<Mistake>) -> Option<Self> {
        let raw: RawFitted = source.read().map_err(|mistake| mistakes.push(mistake)).ok()?;
        let mut wrong = |at: usize, what: String| mistakes.push(source.mistake(at, what));
        let (medium, high) = (*raw.bands.medium.get_ref(), *raw.bands.high.get_ref());
        if !(medium.is_finite() && medium >= 1.0) {
            wrong(raw.bands.medium.span().start, "a band begins at 1 at least, where a page is worth what it needs".to_owned());
        }
        if !(high.is_finite() && high >= medium) {
            wrong(raw.bands.high.span().start, format!("the highest band begins no lower than the middle one, at {medium}"));
        }
        for (signal, factor) in &raw.factors {
            if !known(signal.get_ref()) {
                wrong(
                    signal.span().start,
                    format!("`{}` is no signal of this instrument: fit again, or remove the line", signal.get_ref()),
                );
            }
            if !(FACTORS.0..=FACTORS.1).contains(factor.get_ref()) {
                wrong(factor.span().start, format!("a factor is {} to {}", FACTORS.0, FACTORS.1));
            }
        }
        let factors = raw.factors.into_iter().map(|(signal, factor)| (signal.into_inner(), factor.into_inner())).collect();
        Some(Self { factors, medium, high })
    }
}
