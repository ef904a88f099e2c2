//! The campaign workbook and the sheet of one slot as XLSX: typed cells, no formulas, the same bytes for the same rows.
//!
//! Rows leave memory as they are written, for a temporary file without a name, so that a campaign of 193 cities needs little more
//! than its rows.

mod grid;
mod words;

use std::collections::HashMap;

use model::Time;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use serde_json::Value;

use crate::book::{Agreement, Asked, Book, Campaign, Discrepancy, Final, Indicator, Pair, Proof, Quality, Score};
use crate::columns::{Kind, Table};
use crate::tidy::{Meaning, codebook};
use grid::{Grid, Looks};

/// Names of the sheets of a campaign workbook, in order.
pub const SHEETS: [&str; 9] =
    ["Read me", "Scores", "Evidence", "A and B", "Discrepancies", "Agreement", "Machine quality", "Data dictionary", "Manifest"];

/// Names of the sheets of a form for one slot, in order.
pub const FORM_SHEETS: [&str; 3] = ["Read me", "Assessment", "Data dictionary"];

/// A workbook that cannot be written: more rows than a sheet holds, or no room for temporary files.
#[derive(Debug, thiserror::Error)]
#[error(
    "the workbook cannot be written: {0}; make room in the folder for temporary files, or write fewer cities into one workbook"
)]
pub struct Error(#[from] XlsxError);

/// The workbook of a campaign. `made` is written into it as the time of creation; the same arguments give the same bytes.
///
/// # Errors
/// If a table has more rows than a sheet holds, or there is no room for temporary files.
pub fn write(book: &Book, made: Time) -> Result<Vec<u8>, Error> {
    let mut workbook = begun(&book.campaign, made)?;
    let looks = Looks::new();
    words::read_me(&mut workbook, SHEETS[0], &looks, &book.campaign, &words::campaign(book))?;
    scores(&mut workbook, &looks, book)?;
    of(&mut workbook, SHEETS[2], &looks, &book.finals, &Grid::of::<Final>())?;
    let pairs = Grid::of::<Pair>().hiding(&["key", "base_a", "base_b"]).editing(&["answer_a", "answer_b", "note_a", "note_b"]);
    of(&mut workbook, SHEETS[3], &looks, &book.pairs, &pairs)?;
    let rulings = Grid::of::<Discrepancy>().hiding(&["key", "base"]).editing(&["ruling", "ruling_reason", "ruling_note"]);
    of(&mut workbook, SHEETS[4], &looks, &book.discrepancies, &rulings)?;
    of(&mut workbook, SHEETS[5], &looks, &book.agreement, &Grid::of::<Agreement>())?;
    of(&mut workbook, SHEETS[6], &looks, &book.machine, &Grid::of::<Quality>())?;
    of(&mut workbook, SHEETS[7], &looks, &dictionary(&book.campaign), &Grid::of::<Entry>())?;
    of(&mut workbook, SHEETS[8], &looks, &book.manifest, &Grid::of::<Proof>())?;
    Ok(workbook.save_to_buffer()?)
}

/// The form of one slot of one city, to be handed out, filled in and imported. `made` as with [`write()`].
///
/// # Errors
/// As with [`write()`].
pub fn write_form(campaign: &Campaign, asked: &[Asked], made: Time) -> Result<Vec<u8>, Error> {
    let mut workbook = begun(campaign, made)?;
    let looks = Looks::new();
    words::read_me(&mut workbook, FORM_SHEETS[0], &looks, campaign, &words::form())?;
    let edited = ["answer", "reason", "note", "url", "quote", "trail"];
    let grid = Grid::of::<Asked>().hiding(&["key", "base", "campaign", "portal"]).editing(&edited);
    of(&mut workbook, FORM_SHEETS[1], &looks, asked, &grid)?;
    let entries = entries::<Asked>(FORM_SHEETS[1], campaign);
    of(&mut workbook, FORM_SHEETS[2], &looks, &entries, &Grid::of::<Entry>())?;
    Ok(workbook.save_to_buffer()?)
}

fn begun(campaign: &Campaign, made: Time) -> Result<Workbook, Error> {
    let instant = made.to_string();
    let second = instant.get(..19).unwrap_or(&instant);
    let properties = DocProperties::new()
        .set_title(campaign.name.as_str())
        .set_author(campaign.made_by.as_str())
        .set_creation_datetime(&ExcelDateTime::parse_from_str(second)?);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties);
    Ok(workbook)
}

fn of<T: Table>(workbook: &mut Workbook, name: &str, looks: &Looks, rows: &[T], grid: &Grid) -> Result<(), Error> {
    let sheet = workbook.add_worksheet_with_low_memory()?.set_name(name)?;
    Ok(grid.lay(sheet, looks, rows.iter().map(Table::cells))?)
}

/// Cities down, indicators across: 1 for yes, 0 for no, empty where there is no final answer.
fn scores(workbook: &mut Workbook, looks: &Looks, book: &Book) -> Result<(), Error> {
    let answer = |one: &Final| match one.answer.as_str() {
        "yes" => Value::from(1),
        "no" => Value::from(0),
        _ => Value::Null,
    };
    let finals: HashMap<(&str, u32, &str), Value> =
        book.finals.iter().map(|one| ((one.portal.as_str(), one.round, one.code.as_str()), answer(one))).collect();
    let rows = book.scores.iter().map(|score| {
        let mut cells = score.cells();
        let of = |one: &Indicator| finals.get(&(score.portal.as_str(), score.round, one.code.as_str())).cloned();
        cells.extend(book.indicators.iter().map(|one| of(one).unwrap_or_default()));
        cells
    });
    let grid = Grid::of::<Score>().further(book.indicators.iter().map(|one| (one.code.clone(), Kind::Flag)));
    let sheet = workbook.add_worksheet_with_low_memory()?.set_name(SHEETS[1])?;
    Ok(grid.lay(sheet, looks, rows)?)
}

crate::columns::table! {
    /// A column of a sheet, or an indicator that is one, explained.
    Entry("data_dictionary") {
        key: String, Text, "Row key: sheet/column";
        campaign: String, Text, "Key of the campaign";
        round: Option<u32>, Whole, "Empty: of all rounds";
        status: String, Text, "released or internal";
        sheet: String, Text, "Name of the sheet";
        column: String, Text, "Name of the column";
        kind: String, Text, "What stands in it";
        meaning: String, Text, "What it says";
        values: String, Text, "What may stand in it, where that is a closed list";
    }
}

fn dictionary(campaign: &Campaign) -> Vec<Entry> {
    let mut all = entries::<Score>(SHEETS[1], campaign);
    all.push(Entry {
        key: format!("{}/*", SHEETS[1]),
        column: "one for each code of an indicator".to_owned(),
        kind: "flag".to_owned(),
        meaning: "Final answer: 1 for yes, 0 for no, empty where there is none".to_owned(),
        values: "1 0".to_owned(),
        ..entry(SHEETS[1], campaign)
    });
    all.extend(entries::<Final>(SHEETS[2], campaign));
    all.extend(entries::<Pair>(SHEETS[3], campaign));
    all.extend(entries::<Discrepancy>(SHEETS[4], campaign));
    all.extend(entries::<Agreement>(SHEETS[5], campaign));
    all.extend(entries::<Quality>(SHEETS[6], campaign));
    all.extend(entries::<Proof>(SHEETS[8], campaign));
    all
}

fn entry(sheet: &str, campaign: &Campaign) -> Entry {
    let (sheet, status) = (sheet.to_owned(), campaign.status.clone());
    Entry { campaign: campaign.key.clone(), status, sheet, ..Entry::default() }
}

fn entries<T: Table>(sheet: &str, campaign: &Campaign) -> Vec<Entry> {
    let of = |one: Meaning| Entry {
        key: format!("{sheet}/{}", one.column),
        column: one.column,
        kind: one.kind,
        meaning: one.meaning,
        values: one.values,
        ..entry(sheet, campaign)
    };
    codebook::<T>().into_iter().map(of).collect()
}
