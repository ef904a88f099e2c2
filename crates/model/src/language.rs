//! Language tags, checked against ISO 639 so that a typing error in a portal list is caught.

use serde::{Deserialize, Serialize};

/// A well-formed BCP 47 tag (RFC 5646) whose primary subtag is in ISO 639, in its usual case (`pt-BR`, `zh-Hant`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// Why a text is not a known language tag.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a known language tag: expected BCP 47 with an ISO 639 language, as in `fr`, `pt-BR` or `zh-Hant`")]
pub struct UnknownLanguage(String);

impl Language {
    /// Checks the form of every subtag and that the language itself exists.
    pub fn new(tag: &str) -> Result<Self, UnknownLanguage> {
        let unknown = || UnknownLanguage(tag.to_owned());
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let known = match primary.len() {
            2 => isolang::Language::from_639_1(&primary).is_some(),
            3 => isolang::Language::from_639_3(&primary).is_some(),
            _ => false,
        };
        if !known {
            return Err(unknown());
        }
        let mut normal = primary;
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(unknown());
            }
            normal.push('-');
            match part.len() {
                2 => normal.push_str(&part.to_ascii_uppercase()),
                4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    normal.push_str(&part[..1].to_ascii_uppercase());
                    normal.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => normal.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(normal))
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without script and region: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;

    fn try_from(tag: String) -> Result<Self, UnknownLanguage> {
        Self::new(&tag)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}
