//! Exports written and read again, workbooks of strangers, and workbooks that mean harm.

#![expect(clippy::unwrap_used, reason = "tests may")]

mod forged;
mod ground;
mod hostile;
mod mapping;
mod open;
mod workbook;
