//! A campaign as one JSON document, and answers as JSON lines, with the schemas that they follow (JSON Schema 2020-12).

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::book::{Agreement, Book, Campaign, City, Discrepancy, Final, Indicator, Pair, Proof, Quality, Score};
use crate::columns::{ANSWERS, Column, Kind, Table};
use crate::tidy::Answer;

/// Version of the form of the document; a column that goes or changes its meaning makes a new one.
pub const VERSION: u32 = 1;

/// Name and text of the schema of the document.
pub const BOOK_SCHEMA: (&str, &str) = ("campaign.schema.json", include_str!("../schemas/campaign.schema.json"));
/// Name and text of the schema of a line of answers.
pub const ANSWER_SCHEMA: (&str, &str) = ("answer.schema.json", include_str!("../schemas/answer.schema.json"));

/// The document: the members of the book, and what they follow.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u32,
    #[serde(flatten)]
    book: &'a Book,
}

/// Writes a campaign as one document.
///
/// # Errors
/// If writing fails.
pub fn write(book: &Book, mut out: impl Write) -> io::Result<()> {
    let document = Document { schema: BOOK_SCHEMA.0, version: VERSION, book };
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")
}

/// Writes rows of any table as JSON lines, one object each.
///
/// # Errors
/// If writing fails.
pub fn write_lines<T: Table>(rows: &[T], mut out: impl Write) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The schema of the document, made of the columns.
pub fn book_schema() -> Value {
    let list = |of: Value| json!({ "type": "array", "items": of });
    let members = json!({
        "$schema": { "type": "string" },
        "version": { "const": VERSION },
        "campaign": object::<Campaign>(),
        "cities": list(object::<City>()),
        "indicators": list(object::<Indicator>()),
        "scores": list(object::<Score>()),
        "finals": list(object::<Final>()),
        "pairs": list(object::<Pair>()),
        "discrepancies": list(object::<Discrepancy>()),
        "agreement": list(object::<Agreement>()),
        "machine": list(object::<Quality>()),
        "answers": list(object::<Answer>()),
        "manifest": list(object::<Proof>()),
    });
    let required: Vec<String> = members.as_object().into_iter().flat_map(|all| all.keys().cloned()).collect();
    json!({
        "$schema": DIALECT,
        "title": "A campaign of Portolan",
        "type": "object",
        "properties": members,
        "required": required,
        "additionalProperties": false,
    })
}

/// The schema of a line of answers, made of the columns.
pub fn answer_schema() -> Value {
    let mut schema = object::<Answer>();
    schema["$schema"] = DIALECT.into();
    schema["title"] = "An answer of a campaign of Portolan".into();
    schema
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

fn object<T: Table>() -> Value {
    let members: serde_json::Map<String, Value> = T::COLUMNS.iter().map(|one| (one.name.to_owned(), member(one))).collect();
    let required: Vec<&str> = T::COLUMNS.iter().map(|column| column.name).collect();
    json!({
        "type": "object",
        "description": T::ROW.trim(),
        "properties": members,
        "required": required,
        "additionalProperties": false,
    })
}

fn member(column: &Column) -> Value {
    let mut member = match column.kind {
        Kind::Text | Kind::Link => json!({ "type": "string" }),
        Kind::Moment => json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)?$" }),
        Kind::Answer => {
            let words: Vec<&str> = ANSWERS.into_iter().chain([""]).collect();
            json!({ "enum": words })
        }
        Kind::Whole => json!({ "type": ["integer", "null"], "minimum": 0 }),
        Kind::Number => json!({ "type": ["number", "null"] }),
        Kind::Flag => json!({ "type": "boolean" }),
    };
    member["description"] = column.meaning.into();
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the files anew where `PORTOLAN_WRITE_SCHEMAS` is set.
    #[test]
    fn the_schema_files_are_those_of_the_columns() {
        for ((name, text), schema) in [(BOOK_SCHEMA, book_schema()), (ANSWER_SCHEMA, answer_schema())] {
            let own = serde_json::to_string_pretty(&schema).unwrap() + "\n";
            if std::env::var_os("PORTOLAN_WRITE_SCHEMAS").is_some() {
                std::fs::write(format!("{}/schemas/{name}", env!("CARGO_MANIFEST_DIR")), &own).unwrap();
            } else {
                assert!(own == text, "schemas/{name} is of older columns: run the test with PORTOLAN_WRITE_SCHEMAS=1");
            }
        }
    }
}
