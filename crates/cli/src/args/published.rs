//! Arguments of the commands that show what was released.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use url::Url;

/// `score`.
#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// A release as CAMPAIGN/NUMBER, or the folder of its audit pack.
    #[arg(value_name = "CAMPAIGN/NUMBER|PACK")]
    pub(crate) what: String,
    /// What a score divides by, instead of what the instrument says.
    #[arg(long, value_name = "N")]
    pub(crate) denominator: Option<u16>,
    /// Show each city beside what is known of its country: a file with `index`, `country`, `source` and `answers` by feature.
    #[arg(long, value_name = "FILE")]
    pub(crate) beside: Option<PathBuf>,
}

/// `city-page`.
#[derive(Debug, Args)]
pub(crate) struct CityPageArgs {
    /// A release as CAMPAIGN/NUMBER.
    #[arg(value_name = "CAMPAIGN/NUMBER")]
    pub(crate) release: String,
    /// Key of the city's portal.
    pub(crate) portal: String,
    /// Language: en, fr, es, ar, ru or zh.
    #[arg(long, default_value = "en", value_name = "TAG")]
    pub(crate) lang: String,
    /// Paper of the print.
    #[arg(long, default_value = "a4")]
    pub(crate) paper: Paper,
    /// How the application is reached, as in `https://review.example.org`: for the links and the QR code.
    #[arg(long, value_name = "URL")]
    pub(crate) origin: Option<Url>,
    /// Browser of the Chromium family that prints the PDF; one that is found if left out.
    #[arg(long, env = "PORTOLAN_BROWSER", value_name = "FILE")]
    pub(crate) browser: Option<PathBuf>,
    /// File to write: .html, or .pdf where there is a browser.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Paper.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8½ × 11 in.
    Letter,
}

impl Paper {
    /// As CSS names it.
    pub(crate) fn as_css(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "letter",
        }
    }
}

/// `site`.
#[derive(Debug, Args)]
pub(crate) struct SiteArgs {
    /// The release, as CAMPAIGN/NUMBER.
    pub(crate) release: String,
    /// Folder to write into: a new or empty one, or one that `site` wrote.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}
