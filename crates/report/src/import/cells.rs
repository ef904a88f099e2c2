//! The cells of a workbook that was looked through, taken in one by one.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::guard::{Found, named};
use super::notes;
use super::{Cell, Limits, Refused, Row, Sheet, Sheets, Why, Worth};

/// What may still come.
struct Room {
    cells: usize,
    text: usize,
}

/// Reads every sheet.
pub(super) fn read(bytes: &[u8], found: &Found, limits: &Limits) -> Result<Sheets, Refused> {
    // The reader is not ours: if it gives up in its own way, this file alone is refused.
    catch_unwind(AssertUnwindSafe(|| all(bytes, found, limits)))
        .unwrap_or_else(|_| Err(Why::Form("its reader gave up".to_owned()).at("the file")))
}

fn all(bytes: &[u8], found: &Found, limits: &Limits) -> Result<Sheets, Refused> {
    let form = |error: &dyn std::fmt::Display, place: &str| Why::Form(error.to_string()).at(place);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| form(&error, "the file"))?;
    let mut room = Room { cells: limits.cells, text: limits.text };
    let mut sheets = Vec::new();
    for own in notes::sheets(found, limits)? {
        let mut comments = notes::of(found, &own.path, limits)?;
        let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
        let mut reader = workbook.worksheet_cells_reader(&own.name).map_err(|error| form(&error, &own.name))?;
        while let Some(cell) = reader.next_cell().map_err(|error| form(&error, &own.name))? {
            let (row, column) = cell.get_position();
            let note = comments.remove(&(column, row)).unwrap_or_default();
            let Some(value) = value(cell.get_value(), &note) else { continue };
            let place = || format!("{}, {}", own.name, named(column + 1, row + 1));
            if row >= limits.rows || column >= limits.columns {
                return Err(Why::Rows(limits.rows).at(place()));
            }
            room.take(&value, &note, limits).map_err(|why| why.at(place()))?;
            rows.entry(row + 1).or_default().push(Cell { column, value, note });
        }
        for ((column, row), note) in rest(comments) {
            let value = Worth::Text(String::new());
            room.take(&value, &note, limits).map_err(|why| why.at(&own.name))?;
            rows.entry(row + 1).or_default().push(Cell { column, value, note });
        }
        let rows = ordered(rows, &own.name)?;
        let formulas =
            found.formulas.iter().find(|(path, _)| path.eq_ignore_ascii_case(&own.path)).map_or(0, |(_, count)| *count);
        sheets.push(Sheet { name: own.name, hidden: own.hidden, formulas, rows });
    }
    Ok(Sheets { sheets })
}

/// Comments on cells without a value, in order.
fn rest(comments: HashMap<(u32, u32), String>) -> Vec<((u32, u32), String)> {
    let mut rest: Vec<_> = comments.into_iter().collect();
    rest.sort();
    rest
}

/// The rows in order; a cell stands in its place once.
fn ordered(rows: BTreeMap<u32, Vec<Cell>>, sheet: &str) -> Result<Vec<Row>, Refused> {
    let row = |(number, mut cells): (u32, Vec<Cell>)| {
        cells.sort_by_key(|cell| cell.column);
        match cells.windows(2).find(|pair| pair[0].column == pair[1].column) {
            Some(pair) => Err(Why::Twice.at(format!("{sheet}, {}", named(pair[0].column + 1, number)))),
            None => Ok(Row { number, cells }),
        }
    };
    rows.into_iter().map(row).collect()
}

impl Room {
    fn take(&mut self, value: &Worth, note: &str, limits: &Limits) -> Result<(), Why> {
        self.cells = self.cells.checked_sub(1).ok_or(Why::Cells(limits.cells))?;
        let length = match value {
            Worth::Text(text) | Worth::Moment(text) | Worth::Fault(text) => text.len(),
            Worth::Number(_) | Worth::Flag(_) => 0,
        };
        // One text may stand in many cells.
        self.text = self.text.checked_sub(length + note.len()).ok_or(Why::Text(limits.text))?;
        Ok(())
    }
}

fn value(value: &DataRef<'_>, note: &str) -> Option<Worth> {
    let text = |text: &str| (!text.is_empty() || !note.is_empty()).then(|| Worth::Text(text.to_owned()));
    match value {
        #[expect(clippy::cast_precision_loss, reason = "a cell of a workbook is a double")]
        DataRef::Int(number) => Some(Worth::Number(*number as f64)),
        DataRef::Float(number) => Some(Worth::Number(*number)),
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::Bool(flag) => Some(Worth::Flag(*flag)),
        DataRef::DateTime(moment) => Some(moment_of(moment)),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => Some(Worth::Moment(words.clone())),
        DataRef::Error(fault) => Some(Worth::Fault(fault.to_string())),
        DataRef::Empty => text(""),
    }
}

fn moment_of(moment: &ExcelDateTime) -> Worth {
    if moment.is_duration() {
        return Worth::Number(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return Worth::Moment(format!("{year:04}-{month:02}-{day:02}"));
    }
    Worth::Moment(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}
