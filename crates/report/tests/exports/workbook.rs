//! Our own workbook: read again it has the rows that were written, and the same rows make the same bytes.

use report::book::{Asked, Final, Pair};
use report::columns::Table;
use report::import::{Limits, Sheet, Sheets, Worth, read};
use report::workbook::{FORM_SHEETS, SHEETS, write, write_form};
use serde_json::Value;

use crate::ground::{book, form, made};

fn sheet<'a>(sheets: &'a Sheets, name: &str) -> &'a Sheet {
    sheets.sheets.iter().find(|sheet| sheet.name == name).unwrap()
}

/// Checks that a sheet has the columns and the rows of a table.
fn holds<T: Table>(sheet: &Sheet, rows: &[T]) {
    let names: Vec<String> = sheet.rows[0].cells.iter().map(|cell| cell.value.text()).collect();
    let columns: Vec<&str> = T::COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(names[..columns.len()], columns);
    assert_eq!(sheet.rows.len(), rows.len() + 1);
    for (read, row) in sheet.rows[1..].iter().zip(rows) {
        for (at, value) in (0_u32..).zip(row.cells()) {
            let cell = read.cell(at).map(|cell| &cell.value);
            match value {
                Value::Null => assert_eq!(cell, None),
                Value::String(text) if text.is_empty() => assert_eq!(cell, None),
                Value::String(text) => assert_eq!(cell, Some(&Worth::Text(text))),
                Value::Bool(flag) => assert_eq!(cell, Some(&Worth::Number(f64::from(u8::from(flag))))),
                other => assert_eq!(cell, other.as_f64().map(Worth::Number).as_ref()),
            }
        }
    }
}

#[test]
fn the_campaign_workbook_comes_back_as_it_was_written() {
    let book = book(3, 12);
    let sheets = read(&write(&book, made()).unwrap(), &Limits::default()).unwrap();
    let names: Vec<&str> = sheets.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, SHEETS);
    assert!(sheets.sheets.iter().all(|sheet| sheet.formulas == 0), "a text became a formula");
    holds(sheet(&sheets, "Scores"), &book.scores);
    holds::<Final>(sheet(&sheets, "Evidence"), &book.finals);
    holds::<Pair>(sheet(&sheets, "A and B"), &book.pairs);
    holds(sheet(&sheets, "Discrepancies"), &book.discrepancies);
    holds(sheet(&sheets, "Agreement"), &book.agreement);
    holds(sheet(&sheets, "Machine quality"), &book.machine);
    holds(sheet(&sheets, "Manifest"), &book.manifest);
    assert!(!book.discrepancies.is_empty());
}

#[test]
fn a_score_stands_beside_what_it_is_the_sum_of() {
    let mut book = book(2, 4);
    book.finals.retain(|one| !(one.portal == "city-1" && one.code == "202"));
    let sheets = read(&write(&book, made()).unwrap(), &Limits::default()).unwrap();
    let scores = sheet(&sheets, "Scores");
    let of = |row: usize, head: &str| {
        let at = scores.rows[0].cells.iter().find(|cell| cell.value.text() == head).unwrap().column;
        scores.rows[row].text(at)
    };
    assert_eq!(["201", "202", "203", "204"].map(|code| of(1, code)), ["1", "0", "1", "0"]);
    assert_eq!(["201", "202", "203", "204"].map(|code| of(2, code)), ["1", "", "1", "0"]);
    assert_eq!((of(1, "rank"), of(1, "denominator")), ("1".to_owned(), "95".to_owned()));
}

#[test]
fn every_sheet_with_rows_has_key_round_and_status() {
    let book = book(1, 2);
    let sheets = read(&write(&book, made()).unwrap(), &Limits::default()).unwrap();
    for sheet in sheets.sheets.iter().skip(1) {
        let heads: Vec<String> = sheet.rows[0].cells.iter().map(|cell| cell.value.text()).collect();
        for head in ["key", "campaign", "round", "status"] {
            assert!(heads.iter().any(|own| own == head), "`{}` has no column `{head}`", sheet.name);
        }
    }
}

#[test]
fn the_same_rows_make_the_same_bytes() {
    let book = book(2, 20);
    assert!(write(&book, made()).unwrap() == write(&book, made()).unwrap());
    let later = made().plus(std::time::Duration::from_secs(1));
    assert!(write(&book, made()).unwrap() != write(&book, later).unwrap(), "the time of creation is not written");
}

#[test]
fn the_form_comes_back_with_hidden_keys_and_choices() {
    let book = book(1, 9);
    let bytes = write_form(&book.campaign, &form(&book), made()).unwrap();
    let sheets = read(&bytes, &Limits::default()).unwrap();
    let names: Vec<&str> = sheets.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, FORM_SHEETS);
    holds::<Asked>(sheet(&sheets, "Assessment"), &form(&book));
    let xml = crate::forged::part(&bytes, "xl/worksheets/sheet2.xml");
    for there in ["\"yes,no,unclear,blocked\"", "state=\"frozen\"", "<autoFilter", "hidden=\"1\"", "<conditionalFormatting"] {
        assert!(xml.contains(there) || xml.contains(&there.replace('"', "&quot;")), "{there} is missing");
    }
}

#[test]
fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
    let mut book = book(1, 1);
    book.finals[0].quote = "ü".repeat(40_000);
    let sheets = read(&write(&book, made()).unwrap(), &Limits::default()).unwrap();
    let evidence = sheet(&sheets, "Evidence");
    let cell = evidence.rows[1].cells.iter().map(|cell| cell.value.text()).find(|text| text.starts_with("üü")).unwrap();
    assert!(cell.ends_with(" [cut: the JSON has all of it]") && cell.chars().count() == 32_767, "{}", cell.chars().count());
}

#[test]
fn a_campaign_without_rows_is_a_workbook_too() {
    let sheets = read(&write(&report::book::Book::default(), made()).unwrap(), &Limits::default()).unwrap();
    assert_eq!(sheets.sheets.len(), SHEETS.len());
}

#[test]
fn a_child_answers_what_reading_in_place_does() {
    let bytes = write(&book(1, 3), made()).unwrap();
    for bytes in [bytes.as_slice(), b"code,answer\n1,yes\n", b"\xff\xfe\0"] {
        let mut out = Vec::new();
        report::import::child(bytes, &mut out).unwrap();
        assert_eq!(report::import::answered(&out).unwrap(), read(bytes, &Limits::default()));
    }
    assert!(report::import::answered(b"").is_err());
}
