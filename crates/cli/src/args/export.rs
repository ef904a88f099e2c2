//! `export` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use url::Url;

/// `export`.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// A campaign as it is now (each city with both slots sealed), or a release as CAMPAIGN/NUMBER.
    pub(crate) what: String,
    /// Folder to write into; made if it is not there. No file in it is written over.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// What to write; JSON comes with its schema, CSV with its codebook.
    #[arg(long, value_name = "FORMAT", default_value = "all")]
    pub(crate) format: ExportFormat,
    /// How the application is reached from outside, for links to traces: `https://review.example.org`.
    #[arg(long, value_name = "URL")]
    pub(crate) origin: Option<Url>,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A workbook for people.
    Xlsx,
    /// Every answer, one a row, for programs.
    Csv,
    /// The same, harmless in spreadsheets.
    CsvSafe,
    /// One document.
    Json,
    /// Every answer, one a line.
    Jsonl,
    /// EARL in JSON-LD.
    Earl,
    /// CSV files with a data package that says their types.
    Table,
    /// All of them.
    All,
}
