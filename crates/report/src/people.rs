//! Lists of people as CSV: cells as typed, with the line each came from. What they mean is checked by whoever asked.

use crate::sheet::{line_of, opened};

/// One row as typed: nothing in a cell is ever computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawPerson {
    /// Pseudonym.
    pub pseudonym: String,
    /// Name.
    pub name: String,
    /// Duties, separated by blanks or semicolons.
    pub duties: Vec<String>,
}

/// A row that could be read, or why it could not, with its line from 1.
pub type Line = (u64, Result<RawPerson, Mistake>);

/// Why a row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// The first line lacks this column.
    Column(&'static str),
    /// It has more cells than the first line.
    Cells,
    /// It is no CSV.
    Form,
}

/// Columns that a list has to have; further ones are read over.
const COLUMNS: [&str; 3] = ["pseudonym", "name", "duties"];

/// Reads a list with a header row; columns may stand in any order. A byte order mark and semicolons between columns, as
/// spreadsheets write them, are accepted. Blanks around a cell go, a tab stays where it is.
pub fn read_csv(text: &str) -> Vec<Line> {
    let (text, reader) = opened(text);
    let mut reader = reader.from_reader(text.as_bytes());
    let Ok(headers) = reader.headers().cloned() else { return vec![(1, Err(Mistake::Form))] };
    let place = |column: &str| headers.iter().position(|own| own.trim().eq_ignore_ascii_case(column));
    let mut places = [0; 3];
    for (at, column) in places.iter_mut().zip(COLUMNS) {
        let Some(found) = place(column) else { return vec![(1, Err(Mistake::Column(column)))] };
        *at = found;
    }
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return lines,
            Ok(true) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(true) => lines.push((line_of(text, &record), row(&record, headers.len(), places))),
            Err(error) => {
                lines.push((error.position().map_or(0, csv::Position::line), Err(Mistake::Form)));
                return lines;
            }
        }
    }
}

fn row(record: &csv::StringRecord, most: usize, places: [usize; 3]) -> Result<RawPerson, Mistake> {
    if record.len() > most {
        return Err(Mistake::Cells);
    }
    let [pseudonym, name, duties] = places.map(|at| record.get(at).unwrap_or_default().trim_matches(' '));
    let duties = duties.split([' ', ';', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Ok(RawPerson { pseudonym: pseudonym.to_owned(), name: name.to_owned(), duties })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_as_they_were_typed_and_keep_their_lines() {
        let lines = read_csv("\u{feff}name;duties;pseudonym\n=1+1;assessor reviewer;ann\n\n\"\t@x; y\"; ;-bo\nz;;c;more\n");
        let person = |pseudonym: &str, name: &str, duties: &[&str]| {
            Ok(RawPerson {
                pseudonym: pseudonym.to_owned(),
                name: name.to_owned(),
                duties: duties.iter().map(|duty| (*duty).to_owned()).collect(),
            })
        };
        let expected =
            [(2, person("ann", "=1+1", &["assessor", "reviewer"])), (4, person("-bo", "\t@x; y", &[])), (5, Err(Mistake::Cells))];
        assert_eq!(lines, expected);
        assert_eq!(read_csv("pseudonym,duties\n"), [(1, Err(Mistake::Column("name")))]);
    }
}
