//! Words for people: results on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{self, Write};

use crate::exit::Fault;

/// A line of the result. A reader that went away (`| head`) is no error.
pub(crate) fn out(line: impl Display) {
    writeln!(io::stdout().lock(), "{line}").ok();
}

/// A line about what is going on.
pub(crate) fn note(line: impl Display) {
    writeln!(io::stderr().lock(), "{line}").ok();
}

/// An error with its causes and, if there is one, what to do.
pub(crate) fn error(error: &anyhow::Error) {
    note(format_args!("error: {error}"));
    for cause in error.chain().skip(1) {
        note(format_args!("caused by: {cause}"));
    }
    if let Some(hint) = error.downcast_ref::<Fault>().and_then(|fault| fault.hint.as_ref()) {
        note(format_args!("hint: {hint}"));
    }
}

/// Columns of at most `width` characters each, aligned, a line per row.
pub(crate) fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width_of =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width_of).collect();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        out(cells.join("  ").trim_end());
    }
}

/// A text cut to so many characters, on one line, without control characters.
pub(crate) fn cut(text: &str, longest: usize) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() <= longest {
        return plain;
    }
    plain.chars().take(longest.saturating_sub(1)).chain(std::iter::once('…')).collect()
}
