//! One writer per export, and the readers of lists: column layouts live here and nowhere else.
//!
//! Rows are frozen copies, so that an inner type may change without breaking a reader's spreadsheet.

pub mod book;
pub mod columns;
pub mod decisions;
pub mod earl;
pub mod findings;
mod flavour;
pub mod import;
pub mod json;
pub mod package;
pub mod people;
pub mod portals;
pub mod receipt;
mod sheet;
pub mod tidy;
pub mod workbook;

pub use flavour::Flavour;
