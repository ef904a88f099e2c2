//! The code of an indicator, the only key that survives rewording between editions.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The code of an indicator as printed in the instrument, for example `234` or `270a`.
///
/// Codes compare by number first and suffix second, so that `99` comes before `234` and `270a` before `270b`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(Arc<str>);

/// Why a text is not a code.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an indicator code: expected digits and at most one lower-case letter, as in `234` or `270a`")]
pub struct CodeError(String);

impl Code {
    /// Checks the form: one to six digits and at most one lower-case letter after them; a draft
    /// edition may put one upper-case letter before them (`R12`).
    pub fn new(text: &str) -> Result<Self, CodeError> {
        let rest = text.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(text);
        let digits = rest.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
        let good = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if good { Ok(Self(text.into())) } else { Err(CodeError(text.to_owned())) }
    }

    /// The code as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn order(&self) -> (&str, u32, &str) {
        let start = self.0.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let end = self.0[start..].find(|c: char| !c.is_ascii_digit()).map_or(self.0.len(), |n| start + n);
        (&self.0[..start], self.0[start..end].parse().unwrap_or(u32::MAX), &self.0[end..])
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<String> for Code {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::new(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0.as_ref().to_owned()
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
