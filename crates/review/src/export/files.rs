//! The files of a book by name: the same from the command line and from the application.

use model::Time;
use report::book::Book;
use report::columns::Table;
use report::tidy::{self, Answer};
use report::{Flavour, earl, json, package, workbook};

/// A form in which a campaign is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook for people.
    Xlsx,
    /// Every answer as one long table, with its codebook, for programs.
    Csv,
    /// The same table, harmless in spreadsheets.
    CsvSafe,
    /// One document, with its schema.
    Json,
    /// Every answer as a line, with its schema.
    Jsonl,
    /// EARL in JSON-LD, for archives.
    Earl,
    /// The open table: CSV files with a data package that says their types.
    Table,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 7] = [Self::Xlsx, Self::Csv, Self::CsvSafe, Self::Json, Self::Jsonl, Self::Earl, Self::Table];
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

const CSV: &str = "text/csv; charset=utf-8";
const SCHEMA: &str = "application/schema+json";

/// The names of the files of a format. The open table shares its answers with the plain CSV.
pub fn names(format: Format) -> &'static [&'static str] {
    match format {
        Format::Xlsx => &["workbook.xlsx"],
        Format::Csv => &["answers.csv", "codebook.csv"],
        Format::CsvSafe => &["answers-safe.csv"],
        Format::Json => &["campaign.json", "campaign.schema.json"],
        Format::Jsonl => &["answers.jsonl", "answer.schema.json"],
        Format::Earl => &["answers.jsonld"],
        Format::Table => &["datapackage.json", "answers.csv", "cities.csv", "indicators.csv", "scores.csv", "codebook.csv"],
    }
}

/// Writes the file of that name; none if there is no such. `base` is the address under which the rows are known.
///
/// # Errors
/// If it cannot be written, in words with what to do.
pub fn file(book: &Book, name: &str, base: &str, made: Time) -> Result<Option<File>, String> {
    let Some(name) = Format::ALL.iter().flat_map(|format| names(*format)).find(|one| **one == name) else { return Ok(None) };
    let mut bytes = Vec::new();
    let media = match *name {
        "workbook.xlsx" => {
            bytes = workbook::write(book, made).map_err(told)?;
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        "answers.csv" => csv(&book.answers, Flavour::Raw, &mut bytes)?,
        "answers-safe.csv" => csv(&book.answers, Flavour::Spreadsheet, &mut bytes)?,
        "cities.csv" => csv(&book.cities, Flavour::Raw, &mut bytes)?,
        "indicators.csv" => csv(&book.indicators, Flavour::Raw, &mut bytes)?,
        "scores.csv" => csv(&book.scores, Flavour::Raw, &mut bytes)?,
        "codebook.csv" => csv(&tidy::codebook::<Answer>(), Flavour::Raw, &mut bytes)?,
        "datapackage.json" => {
            package::write(book, &mut bytes).map_err(told)?;
            "application/json"
        }
        "campaign.json" => {
            json::write(book, &mut bytes).map_err(told)?;
            "application/json"
        }
        "answers.jsonl" => {
            json::write_lines(&book.answers, &mut bytes).map_err(told)?;
            "application/jsonl"
        }
        "answers.jsonld" => {
            earl::write(book, base, &mut bytes).map_err(told)?;
            "application/ld+json"
        }
        "campaign.schema.json" => {
            bytes.extend(json::BOOK_SCHEMA.1.bytes());
            SCHEMA
        }
        "answer.schema.json" => {
            bytes.extend(json::ANSWER_SCHEMA.1.bytes());
            SCHEMA
        }
        _ => return Ok(None),
    };
    Ok(Some(File { name, media, bytes }))
}

fn csv<T: Table>(rows: &[T], flavour: Flavour, bytes: &mut Vec<u8>) -> Result<&'static str, String> {
    tidy::write_csv(rows, flavour, bytes).map_err(told)?;
    Ok(CSV)
}

fn told(error: impl std::error::Error) -> String {
    error.to_string()
}
