//! What the first sheet of a workbook says.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::grid::Looks;
use crate::book::{Book, Campaign};

/// Lines of the first sheet of a campaign workbook.
pub(super) fn campaign(book: &Book) -> Vec<(&'static str, String)> {
    let line = |name, text: &str| (name, text.to_owned());
    vec![
        ("Cities", book.cities.len().to_string()),
        ("Indicators", book.indicators.len().to_string()),
        ("Final answers", book.finals.len().to_string()),
        line(
            "Scores",
            "One row per city and round, one column per indicator: 1 for yes, 0 for no, empty where there is no final answer.",
        ),
        line(
            "Evidence",
            "One row per final answer: where it was captured, the words, the digest, and a link to the whole chain.",
        ),
        line(
            "A and B",
            "What both assessors answered, side by side. Hidden columns hold the row key and the version of each answer.",
        ),
        line("Discrepancies", "Where they differ, and the ruling."),
        line("Agreement", "How far assessors agree. An empty cell is a number that is undefined, not zero."),
        line("Machine quality", "How good the proposals were against final answers. No score rests on a proposal."),
        line("Data dictionary", "Every column of every sheet."),
        line("Manifest", "What the workbook rests on, with digests."),
        line("Colours", "They repeat the word or number in the cell and say nothing of their own."),
        line("Times", "RFC 3339 in UTC, as text."),
        line("Formulas", FORMULAS),
        line("CSV", CSV),
        line("Sending it back", BACK),
    ]
}

/// Lines of the first sheet of a form.
pub(super) fn form() -> Vec<(&'static str, String)> {
    let line = |name, text: &str| (name, text.to_owned());
    vec![
        line("What to do", "Fill in the sheet `Assessment`: an answer for each row, chosen from the list."),
        line("yes", "It is there. Give the address of the page and words on it."),
        line("no", "It is not there. Say where you looked, one address a line."),
        line("unclear", "It cannot be said. Say why in the note."),
        line("blocked", "The portal could not be used."),
        line("Comments", "A comment on a cell of the answer is read as a note."),
        line("Formulas", FORMULAS),
        line("Sending it back", BACK),
    ]
}

const FORMULAS: &str = "No cell holds a formula. Words that begin with = + - or @ are text, and stay text in this file.";
const CSV: &str = "Saved as CSV, such words are formulas to the next spreadsheet that opens it. The CSV made for spreadsheets has an \
                   apostrophe before them, which is lost when it is saved again.";
const BACK: &str = "Rows may be sorted and filtered. Leave the hidden columns as they are: a row whose answer was changed elsewhere \
                    since this file was made is refused, and listed.";

/// Writes the first sheet.
pub(super) fn read_me(
    workbook: &mut Workbook,
    name: &str,
    looks: &Looks,
    campaign: &Campaign,
    lines: &[(&str, String)],
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.set_column_width(0, 18)?.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, &campaign.name, &looks.title)?;
    let release = campaign.release.map(|number| number.to_string()).unwrap_or_default();
    let facts = [
        ("Campaign", campaign.key.clone()),
        ("Instrument", campaign.instrument.clone()),
        ("Edition", campaign.edition.clone()),
        ("Release", release),
        ("Status", campaign.status.clone()),
        ("Rows of", campaign.made.clone()),
        ("Written by", campaign.made_by.clone()),
    ];
    for (row, (name, text)) in (2_u32..).zip(facts.iter().chain(lines)) {
        sheet.write_string_with_format(row, 0, *name, &looks.text)?;
        sheet.write_string_with_format(row, 1, text, &looks.text)?;
    }
    sheet.set_freeze_panes(2, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
