//! What people decided, as CSV: decisions, final answers and differences. Columns are part of the contract with readers.

use std::io::Write;

use serde::Serialize;

pub use crate::flavour::Flavour;

/// A decision with the first passage it points at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Name of the city.
    pub city: String,
    /// From 1.
    pub round: u32,
    /// `A` or `B`.
    pub slot: String,
    /// Pseudonym.
    pub assessor: String,
    /// Code of the indicator.
    pub code: String,
    /// Its criterion.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// `yes`, `no`, `unclear` or `blocked`.
    pub answer: String,
    /// Reason code.
    pub reason: String,
    /// In the assessor's words.
    pub note: String,
    /// Where was looked, one a line.
    pub trail: String,
    /// What was shown of the machine.
    pub assist: String,
    /// Seconds that the assessor was active on it.
    pub seconds: u32,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Whether no later decision of the slot takes its place.
    pub stands: bool,
    /// UUID.
    pub id: String,
    /// UUID of the decision whose place it takes.
    pub supersedes: String,
    /// Passages that it points at.
    pub evidence: usize,
    /// Where the first was captured.
    pub url: String,
    /// Its words.
    pub quote: String,
    /// `WARC-Record-ID` of its capture.
    pub record: String,
}

/// A final answer of a signed-off city.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Final {
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Name of the city.
    pub city: String,
    /// From 1.
    pub round: u32,
    /// Code of the indicator.
    pub code: String,
    /// Its criterion.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// `yes` or `no`.
    pub answer: String,
    /// `agreed` or `ruled`.
    pub by: String,
    /// UUIDs of the decisions or of the ruling, separated by spaces.
    pub rests_on: String,
    /// Pseudonym of who signed the city off.
    pub signed_by: String,
    /// When (RFC 3339, UTC).
    pub signed: String,
    /// Numbers of the releases that hold it, separated by spaces.
    pub releases: String,
}

/// An indicator on which the slots differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// Name of the city.
    pub city: String,
    /// From 1.
    pub round: u32,
    /// `within` or `over` the threshold.
    pub path: String,
    /// Code of the indicator.
    pub code: String,
    /// Its criterion.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// What slot A answered.
    pub answer_a: String,
    /// Its reason code.
    pub reason_a: String,
    /// In its assessor's words.
    pub note_a: String,
    /// What slot B answered.
    pub answer_b: String,
    /// Its reason code.
    pub reason_b: String,
    /// In its assessor's words.
    pub note_b: String,
    /// The ruling; empty while there is none.
    pub ruling: String,
    /// Its reason code.
    pub ruling_reason: String,
    /// In the reviewer's words.
    pub ruling_note: String,
    /// Pseudonym.
    pub reviewer: String,
    /// When it was ruled (RFC 3339, UTC).
    pub ruled: String,
}

/// A row of one of these files.
pub trait Line: Serialize {
    /// Its columns, in order.
    const COLUMNS: &'static [&'static str];
}

impl Line for Decided {
    const COLUMNS: &'static [&'static str] = &[
        "campaign",
        "portal",
        "city",
        "round",
        "slot",
        "assessor",
        "code",
        "criterion",
        "title",
        "answer",
        "reason",
        "note",
        "trail",
        "assist",
        "seconds",
        "at",
        "stands",
        "id",
        "supersedes",
        "evidence",
        "url",
        "quote",
        "record",
    ];
}

impl Line for Final {
    const COLUMNS: &'static [&'static str] = &[
        "campaign",
        "portal",
        "city",
        "round",
        "code",
        "criterion",
        "title",
        "answer",
        "by",
        "rests_on",
        "signed_by",
        "signed",
        "releases",
    ];
}

impl Line for Difference {
    const COLUMNS: &'static [&'static str] = &[
        "campaign",
        "portal",
        "city",
        "round",
        "path",
        "code",
        "criterion",
        "title",
        "answer_a",
        "reason_a",
        "note_a",
        "answer_b",
        "reason_b",
        "note_b",
        "ruling",
        "ruling_reason",
        "ruling_note",
        "reviewer",
        "ruled",
    ];
}

/// Writes rows with a header (RFC 4180), also where there are none.
pub fn write_csv<L: Line>(rows: &[L], flavour: Flavour, out: impl Write) -> Result<(), csv::Error> {
    let cells = |row: &L| {
        let mut value = serde_json::to_value(row).expect("rows are plain data");
        L::COLUMNS.iter().map(|column| value[*column].take()).collect()
    };
    crate::flavour::write(L::COLUMNS.iter().copied(), rows.iter().map(cells), flavour, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(note: &str, flavour: Flavour) -> Vec<Vec<String>> {
        let row = Decided { note: note.to_owned(), round: 1, ..Decided::default() };
        let mut out = Vec::new();
        write_csv(&[row], flavour, &mut out).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*out);
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn no_note_becomes_a_formula_but_for_programs_it_is_as_it_is() {
        let at = Decided::COLUMNS.iter().position(|column| *column == "note").unwrap();
        for note in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", " =1", "\n=1"] {
            assert_eq!(written(note, Flavour::Spreadsheet)[1][at], format!("'{note}"));
            assert_eq!(written(note, Flavour::Raw)[1][at], note);
        }
        assert_eq!(written("a = b, \"c\"", Flavour::Spreadsheet)[1][at], "a = b, \"c\"");
    }

    #[test]
    fn every_member_of_a_row_is_a_column() {
        fn members<L: Line + Default>() -> Vec<String> {
            let value = serde_json::to_value(L::default()).unwrap();
            let mut own: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            own.sort();
            own
        }
        fn columns<L: Line>() -> Vec<String> {
            let mut own: Vec<String> = L::COLUMNS.iter().map(|column| (*column).to_owned()).collect();
            own.sort();
            own
        }
        assert_eq!(members::<Decided>(), columns::<Decided>());
        assert_eq!(members::<Final>(), columns::<Final>());
        assert_eq!(members::<Difference>(), columns::<Difference>());
    }
}
