//! Why a file is refused: what, where, what to do.

use serde::{Deserialize, Serialize};

/// A file that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Refused {
    /// What is wrong.
    pub why: Why,
    /// Where: the part or the cell.
    pub place: String,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// More bytes than a file may have.
    #[error("{bytes} bytes are more than the {most} that are read; split it by city")]
    Large {
        /// Bytes of the file.
        bytes: u64,
        /// Bytes that it may have.
        most: u64,
    },
    /// Neither a workbook nor text.
    #[error("it is neither an XLSX workbook nor CSV in UTF-8; save it as `Excel workbook (.xlsx)` or `CSV UTF-8`")]
    Unknown,
    /// An old or encrypted workbook.
    #[error("it is an old workbook (.xls) or one with a password; save it as `Excel workbook (.xlsx)` without a password")]
    Old,
    /// A package of another kind.
    #[error("it is a package, but no XLSX workbook; save it as `Excel workbook (.xlsx)`")]
    NoWorkbook,
    /// The package is cut or damaged.
    #[error("the package is cut or damaged ({0}); send it again, or open and save it in a spreadsheet program")]
    Damaged(String),
    /// Too many parts.
    #[error("{0} parts are more than a workbook needs; open it and save it anew")]
    Parts(usize),
    /// A part would become too large.
    #[error("unpacked it is too large ({0} bytes, or too many times its packed size); split it by city, or save it anew")]
    Bomb(u64),
    /// A part is not as large as the package says.
    #[error("it is larger than the package says; open it and save it anew")]
    Size,
    /// A file within the file.
    #[error("there is another file within the workbook; remove embedded objects and save it anew")]
    Nested,
    /// Two parts of one name, or two cells of one place.
    #[error("it is there twice, so that it can be read in two ways; open it in a spreadsheet program and save it anew")]
    Twice,
    /// A name that leads elsewhere.
    #[error("the name of a part leads out of the package; open it and save it anew")]
    Path,
    /// A password.
    #[error("it has a password; save it without")]
    Password,
    /// Macros or controls.
    #[error("it holds macros or controls; save it as `Excel workbook (.xlsx)`, which has none")]
    Macros,
    /// Links to other files or data sources.
    #[error("it draws on another file or data source; break the links, keep the values, and save it")]
    External,
    /// A document type or entities.
    #[error("it declares a document type or entities, which no spreadsheet program writes; open it and save it anew")]
    Doctype,
    /// Not well-formed, or not in UTF-8.
    #[error("it cannot be read ({0}); open it in a spreadsheet program and save it anew")]
    Form(String),
    /// Too many elements within each other.
    #[error("more than {0} elements stand within each other; open it and save it anew")]
    Deep(usize),
    /// Too many sheets.
    #[error("{0} sheets are too many; keep those with answers")]
    Sheets(usize),
    /// The sheet says that it is larger than a sheet may be.
    #[error("the sheet says that it reaches to {0}; delete the empty rows and columns behind the last answer, and save it")]
    Extent(String),
    /// A value too far down.
    #[error("a value stands below row {0}; delete what is not needed, or split the file")]
    Rows(u32),
    /// A value too far right.
    #[error("a value stands to the right of column {0}; delete what is not needed")]
    Columns(u32),
    /// Too many cells.
    #[error("more than {0} cells; split the file by city")]
    Cells(usize),
    /// Too much text.
    #[error("more than {0} bytes of text; split the file by city")]
    Text(usize),
    /// The list of texts is not as long as it says.
    #[error("the list of texts says it has {says} entries and has {has}; open it in a spreadsheet program and save it anew")]
    Strings {
        /// What it says.
        says: u64,
        /// What it has.
        has: u64,
    },
    /// A cell points behind the list of texts.
    #[error("the cell points at text {0}, which is not there; open it in a spreadsheet program and save it anew")]
    NoString(String),
}

impl Why {
    /// The refusal with its place.
    pub(super) fn at(self, place: impl Into<String>) -> Refused {
        Refused { why: self, place: place.into() }
    }
}
