//! One writer per export, and the reader of portal lists: column layouts live here and nowhere else.
//!
//! Rows are frozen copies, so that an inner type may change without breaking a reader's spreadsheet.

pub mod decisions;
pub mod findings;
pub mod portals;
pub mod receipt;
