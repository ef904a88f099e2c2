//! CSV in two flavours: as it is for programs, and harmless for spreadsheets.

use std::io::Write;

use serde_json::Value;

/// For whom a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Programs: every cell as it is.
    Raw,
    /// Spreadsheets: a cell that would be taken for a formula gets an apostrophe before it. It does not survive saving the file
    /// from the spreadsheet.
    Spreadsheet,
}

/// Writes a header and rows of cells (RFC 4180), also where there are none.
pub(crate) fn write<'a>(
    columns: impl IntoIterator<Item = &'a str>,
    rows: impl Iterator<Item = Vec<Value>>,
    flavour: Flavour,
    mut out: impl Write,
) -> Result<(), csv::Error> {
    if flavour == Flavour::Spreadsheet {
        // Without a byte order mark some spreadsheets take UTF-8 for something else.
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|value| cell(value, flavour)))?;
    }
    writer.flush()?;
    Ok(())
}

fn cell(value: &Value, flavour: Flavour) -> String {
    match value {
        Value::String(text) if flavour == Flavour::Spreadsheet => harmless(text),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn harmless(text: &str) -> String {
    if risky(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`harmless`] was given.
pub(crate) fn unharmed(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| risky(rest)).unwrap_or(text)
}

fn risky(text: &str) -> bool {
    // The full-width forms are folded to plain ones by some spreadsheets; blanks before a sign are skipped by others.
    let sign = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let first = text.trim_start_matches(' ').chars().next();
    text.starts_with(['\t', '\r', '\n']) || first.is_some_and(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_harmless_can_be_read_back() {
        for text in ["=1", " =1", "＝1", "\tx", "'quoted'", "plain", "", "'", "it's"] {
            assert_eq!(unharmed(&harmless(text)), text);
        }
    }
}
