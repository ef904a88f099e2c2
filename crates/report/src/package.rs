//! The open table: a folder of CSV files with a Frictionless data package beside them, which says the type of every column.
//!
//! `read.csv("answers.csv")` and `pandas.read_csv("answers.csv")` load it in one line; whoever wants types in one line opens
//! `datapackage.json` with a library of Frictionless.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::book::{Book, City, Indicator, Score};
use crate::columns::{ANSWERS, Column, Kind, Table};
use crate::flavour::Flavour;
use crate::tidy::{Answer, write_codebook, write_csv};

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files of the package: the description first.
///
/// # Errors
/// If a table cannot be written as CSV.
pub fn files(book: &Book) -> Result<Vec<File>, csv::Error> {
    let mut described = Vec::new();
    write(book, &mut described)?;
    let mut codebook = Vec::new();
    write_codebook::<Answer>(&mut codebook)?;
    Ok(vec![
        File { name: "datapackage.json", bytes: described },
        table("answers.csv", &book.answers)?,
        table("cities.csv", &book.cities)?,
        table("indicators.csv", &book.indicators)?,
        table("scores.csv", &book.scores)?,
        File { name: "codebook.csv", bytes: codebook },
    ])
}

fn table<T: Table>(name: &'static str, rows: &[T]) -> Result<File, csv::Error> {
    let mut bytes = Vec::new();
    write_csv(rows, Flavour::Raw, &mut bytes)?;
    Ok(File { name, bytes })
}

/// Writes the description of the package.
///
/// # Errors
/// If writing fails.
pub fn write(book: &Book, mut out: impl Write) -> io::Result<()> {
    let description = json!({
        "profile": "tabular-data-package",
        "name": slug(&book.campaign.key),
        "title": book.campaign.name,
        "created": book.campaign.made,
        "resources": [
            resource::<Answer>("answers", &["key"]),
            resource::<City>("cities", &["key"]),
            resource::<Indicator>("indicators", &["code"]),
            resource::<Score>("scores", &["key"]),
        ],
    });
    serde_json::to_writer_pretty(&mut out, &description)?;
    out.write_all(b"\n")
}

/// A name as the specification wants it.
fn slug(key: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c.to_ascii_lowercase() } else { '-' };
    key.chars().map(kept).collect()
}

fn resource<T: Table>(name: &str, key: &[&str]) -> Value {
    let fields: Vec<Value> = T::COLUMNS.iter().map(field).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": name,
        "description": T::ROW.trim(),
        "path": format!("{name}.csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "primaryKey": key, "missingValues": [""] },
    })
}

fn field(column: &Column) -> Value {
    let mut field = json!({ "name": column.name, "description": column.meaning, "type": match column.kind {
        Kind::Text | Kind::Link | Kind::Answer => "string",
        Kind::Moment => "datetime",
        Kind::Whole => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
    }});
    match column.kind {
        // Fractions of a second: the default form of the specification has none.
        Kind::Moment => field["format"] = "any".into(),
        Kind::Answer => field["constraints"] = json!({ "enum": ANSWERS }),
        _ => {}
    }
    field
}
