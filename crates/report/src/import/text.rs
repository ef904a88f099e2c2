//! CSV that people send: UTF-8, commas or semicolons, under the same limits as a workbook.

use super::{Cell, Limits, Refused, Row, Sheet, Sheets, Why, Worth};
use crate::flavour::unharmed;
use crate::sheet::{line_of, opened};

/// Lines from the top that tell what stands between columns.
const TOP: usize = 20;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Refused> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or_else(|| Why::Unknown.at("the file"))?;
    let (text, mut reader) = opened(text);
    // A title may stand above the header.
    let top = |sign: char| text.lines().take(TOP).map(|line| line.matches(sign).count()).sum::<usize>();
    let delimiter = if top(';') > top(',') { b';' } else { b',' };
    let mut reader = reader.delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    let (mut rows, mut cells) = (Vec::new(), 0);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| Why::Form(error.to_string()).at("the file"))? {
        let line = u32::try_from(line_of(text, &record)).unwrap_or(u32::MAX);
        let place = || format!("line {line}");
        if line > limits.rows {
            return Err(Why::Rows(limits.rows).at(place()));
        }
        let mut row = Row { number: line, cells: Vec::new() };
        for (column, words) in (0_u32..).zip(&record).filter(|(_, words)| !words.is_empty()) {
            if column >= limits.columns {
                return Err(Why::Columns(limits.columns).at(place()));
            }
            cells += 1;
            if cells > limits.cells {
                return Err(Why::Cells(limits.cells).at(place()));
            }
            row.cells.push(Cell { column, value: Worth::Text(unharmed(words).to_owned()), note: String::new() });
        }
        if !row.cells.is_empty() {
            rows.push(row);
        }
    }
    Ok(Sheets { sheets: vec![Sheet { rows, ..Sheet::default() }] })
}
