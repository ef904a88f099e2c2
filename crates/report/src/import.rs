//! Workbooks and CSV that people send, read under limits: nothing is computed, followed or believed. To be called in a child
//! process with limits of its own ([`child`]); a file that breaks a limit is refused before its cells are read.

mod cells;
mod container;
mod guard;
pub mod mapping;
mod notes;
pub mod preview;
mod refused;
mod text;
mod xml;

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

pub use refused::{Refused, Why};

/// What a file may have at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Parts of a workbook.
    pub parts: usize,
    /// Bytes of all parts, unpacked.
    pub unpacked: u64,
    /// How many times larger a part may become by unpacking.
    pub ratio: u64,
    /// Elements within each other.
    pub depth: usize,
    /// Sheets.
    pub sheets: usize,
    /// The number of the last row with a value.
    pub rows: u32,
    /// The number of the last column with a value.
    pub columns: u32,
    /// Cells of all sheets.
    pub cells: usize,
    /// Bytes of text in all cells and notes.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            parts: 1_000,
            unpacked: 128 << 20,
            ratio: 200,
            depth: 64,
            sheets: 100,
            rows: 100_000,
            columns: 256,
            cells: 2_000_000,
            text: 64 << 20,
        }
    }
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheets {
    /// In the order of the file; a CSV has one without a name.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether a person who opens the file doesn't see it.
    pub hidden: bool,
    /// Cells with a formula; what is read of them is the value that the last program kept.
    pub formulas: usize,
    /// Rows with a value or a note, by number.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// From 1, as the spreadsheet shows it.
    pub number: u32,
    /// Cells with a value or a note, by column.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// From 0.
    pub column: u32,
    /// What stands in it.
    pub value: Worth,
    /// The comment on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A date or a time as ISO 8601 writes it.
    Moment(String),
    /// An error value, such as `#N/A`.
    Fault(String),
}

impl Worth {
    /// The value as text: a whole number without a point, true as 1, false as 0.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Moment(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => u8::from(*flag).to_string(),
            Self::Fault(_) => String::new(),
        }
    }
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at])
    }

    /// The text of a column without blanks around it; empty where there is none.
    pub fn text(&self, column: u32) -> String {
        self.cell(column).map(|cell| cell.value.text().trim().to_owned()).unwrap_or_default()
    }
}

/// Reads a workbook (XLSX) or CSV in UTF-8.
///
/// # Errors
/// If it is neither, or breaks a limit, or holds what no list of answers needs: macros, links to other files, files within it.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Refused> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > limits.bytes {
        return Err(Why::Large { bytes: length, most: limits.bytes }.at("the file"));
    }
    if bytes.starts_with(b"PK") {
        let checked = container::checked(bytes, limits)?;
        return cells::read(bytes, &checked, limits);
    }
    if bytes.starts_with(&container::OLE) {
        return Err(Why::Old.at("the file"));
    }
    text::read(bytes, limits)
}

/// What the child process does: reads a file from `stdin` under the usual limits and writes as JSON what it holds, or why it is
/// refused, to `stdout`.
///
/// # Errors
/// If reading or writing fails.
pub fn child(stdin: impl Read, stdout: impl Write) -> io::Result<()> {
    let limits = Limits::default();
    let mut bytes = Vec::new();
    stdin.take(limits.bytes + 1).read_to_end(&mut bytes)?;
    let mut out = io::BufWriter::new(stdout);
    serde_json::to_writer(&mut out, &read(&bytes, &limits))?;
    out.flush()
}

/// What a child wrote.
///
/// # Errors
/// If it is not what [`child`] writes, as when the child was ended by the system.
pub fn answered(written: &[u8]) -> io::Result<Result<Sheets, Refused>> {
    Ok(serde_json::from_slice(written)?)
}
