//! Every answer as one long table: a row for each city, indicator and source, and the codebook that explains its columns.

use std::io::Write;

use crate::columns::{Column, Kind, Table, table};
use crate::flavour::{Flavour, write};

table! {
    /// An answer to one indicator for one city, from one source.
    Answer("answers") {
        key: String, Text, "Row key: portal/round/code/source";
        campaign: String, Text, "Key of the campaign";
        edition: String, Text, "Edition of the instrument";
        release: Option<u32>, Whole, "Number of the release; empty if it is in none";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        country: String, Text, "ISO 3166 code of the country";
        round: u32, Whole, "Round, from 1";
        status: String, Text, "Where the city stands";
        code: String, Text, "Code of the indicator";
        criterion: String, Text, "Its criterion";
        source: String, Text, "slot_a, slot_b, slot_c, ruling, final or proposal";
        answer: String, Answer, "yes, no, unclear or blocked; empty if there is none. Of a proposal: present is yes, absent is no, undetermined is unclear";
        value: Option<u32>, Whole, "1 for yes, 0 for no, else empty";
        confidence: String, Text, "low, medium or high; of proposals only";
        assist: String, Text, "What the assessor was shown of the machine: clean, evidence_only, reveal_after_commit or verdict_shown";
        by: String, Text, "Pseudonym; of a final agreed or ruled; of a proposal the judging";
        reason: String, Text, "Reason code";
        note: String, Text, "In their own words";
        seconds: Option<u32>, Whole, "Seconds that the assessor was active on it";
        at: String, Moment, "When it was decided";
        id: String, Text, "UUID of the row in the ledger";
        rests_on: String, Text, "UUIDs of what it rests on, separated by spaces";
        url: String, Text, "Where the evidence was captured";
        quote: String, Text, "The words that were pointed at";
        prefix: String, Text, "The words before them";
        suffix: String, Text, "The words behind them";
        start: Option<u32>, Whole, "Where they start in the text layer, in code points";
        end: Option<u32>, Whole, "Where they end";
        captured: String, Moment, "When it was captured";
        record: String, Text, "WARC-Record-ID of the capture";
        digest: String, Text, "Digest of the captured bytes";
    }
}

table! {
    /// A column of another file, explained.
    Meaning("codebook") {
        table: String, Text, "Name of the table";
        column: String, Text, "Name of the column";
        kind: String, Text, "text, link, moment, answer, whole, number or flag";
        meaning: String, Text, "What it says";
        values: String, Text, "What may stand in it, where that is a closed list";
    }
}

/// Writes rows of any table as CSV with a header.
pub fn write_csv<T: Table>(rows: &[T], flavour: Flavour, out: impl Write) -> Result<(), csv::Error> {
    write(T::COLUMNS.iter().map(|column| column.name), rows.iter().map(Table::cells), flavour, out)
}

/// Writes the codebook of a table as CSV.
pub fn write_codebook<T: Table>(out: impl Write) -> Result<(), csv::Error> {
    write_csv(&codebook::<T>(), Flavour::Raw, out)
}

/// The columns of a table, explained.
pub fn codebook<T: Table>() -> Vec<Meaning> {
    let row = |column: &Column| Meaning {
        table: T::NAME.to_owned(),
        column: column.name.to_owned(),
        kind: kind(column.kind).to_owned(),
        meaning: column.meaning.to_owned(),
        values: match column.kind {
            Kind::Answer => crate::columns::ANSWERS.join(" "),
            Kind::Flag => "1 0".to_owned(),
            _ => String::new(),
        },
    };
    T::COLUMNS.iter().map(row).collect()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Link => "link",
        Kind::Moment => "moment",
        Kind::Answer => "answer",
        Kind::Whole => "whole",
        Kind::Number => "number",
        Kind::Flag => "flag",
    }
}
