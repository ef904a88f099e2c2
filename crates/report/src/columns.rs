//! What a column is, and rows that are declared column by column: header, dictionary, codebook, schema and types follow from that.

use serde::Serialize;
use serde_json::Value;

/// What stands in the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words; never computed.
    Text,
    /// An address.
    Link,
    /// An instant (RFC 3339, UTC).
    Moment,
    /// `yes`, `no`, `unclear`, `blocked`, or empty.
    Answer,
    /// A whole number, or empty.
    Whole,
    /// A number, or empty.
    Number,
    /// 1 or 0.
    Flag,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name, which is part of the contract with readers.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// What it says.
    pub meaning: &'static str,
}

/// A row whose columns are known.
pub trait Table: Serialize {
    /// Name of the table.
    const NAME: &'static str;
    /// What one row is.
    const ROW: &'static str;
    /// Its columns, in order.
    const COLUMNS: &'static [Column];

    /// The cells, in the order of the columns.
    fn cells(&self) -> Vec<Value> {
        let mut whole = serde_json::to_value(self).expect("rows are plain data");
        Self::COLUMNS.iter().map(|column| whole[column.name].take()).collect()
    }
}

/// Every word that an answer may be.
pub const ANSWERS: [&str; 4] = ["yes", "no", "unclear", "blocked"];

/// Declares a row: a name, what one row is, and its columns with type, kind and meaning.
macro_rules! table {
    ($(#[doc = $about:literal])+ $row:ident($name:literal) { $($column:ident: $type:ty, $kind:ident, $meaning:literal;)+ }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[allow(clippy::doc_markdown, reason = "a meaning is read in spreadsheets, where backticks mean nothing")]
        pub struct $row {
            $(#[doc = $meaning] pub $column: $type,)+
        }

        impl $crate::columns::Table for $row {
            const NAME: &'static str = $name;
            const ROW: &'static str = concat!($($about),+);
            const COLUMNS: &'static [$crate::columns::Column] = &[$($crate::columns::Column {
                name: stringify!($column),
                kind: $crate::columns::Kind::$kind,
                meaning: $meaning,
            },)+];
        }
    };
}
pub(crate) use table;
