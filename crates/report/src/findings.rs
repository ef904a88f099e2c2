//! Findings as CSV and JSON lines. Columns are part of the contract with readers.

use std::io::Write;

use serde::Serialize;

use crate::flavour::harmless;

/// One finding with its best evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Number of the finding, for `show`.
    pub finding: i64,
    /// Key of the portal.
    pub portal: String,
    /// Name of the city.
    pub city: String,
    /// Code of the indicator.
    pub code: String,
    /// Its criterion.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// `portal` or `any`.
    pub scope: String,
    /// `present`, `absent` or `undetermined(reason)`.
    pub answer: String,
    /// `low`, `medium` or `high`.
    pub confidence: String,
    /// URL of the best evidence, or of the best lead.
    pub url: String,
    /// The words to point at.
    pub quote: String,
    /// Where a link leads, if the evidence is a link.
    pub target: String,
    /// Pieces of evidence.
    pub evidence: usize,
    /// How the answer came about.
    pub because: String,
}

/// Writes rows as CSV with a header (RFC 4180), safe to open in a spreadsheet: a cell that would be taken for a formula
/// gets an apostrophe before it.
pub fn write_csv(rows: &[Row], out: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "finding",
        "portal",
        "city",
        "code",
        "criterion",
        "title",
        "scope",
        "answer",
        "confidence",
        "url",
        "quote",
        "target",
        "evidence",
        "because",
    ])?;
    for row in rows {
        let (finding, evidence) = (row.finding.to_string(), row.evidence.to_string());
        let texts = [
            &finding,
            &row.portal,
            &row.city,
            &row.code,
            &row.criterion,
            &row.title,
            &row.scope,
            &row.answer,
            &row.confidence,
            &row.url,
            &row.quote,
            &row.target,
            &evidence,
            &row.because,
        ];
        writer.write_record(texts.map(|text| harmless(text)))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes rows as JSON lines, one object each.
pub fn write_json_lines(rows: &[Row], mut out: impl Write) -> std::io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(quote: &str) -> Row {
        let text = |text: &str| text.to_owned();
        Row {
            finding: 1,
            portal: text("a"),
            city: text("A"),
            code: text("219"),
            criterion: text("PE"),
            title: text("Budget"),
            scope: text("portal"),
            answer: text("present"),
            confidence: text("high"),
            url: text("https://a.example/"),
            quote: text(quote),
            target: String::new(),
            evidence: 1,
            because: text("seen"),
        }
    }

    #[test]
    fn a_quote_from_a_page_cannot_become_a_formula() {
        let mut out = Vec::new();
        write_csv(&[row("=HYPERLINK(\"http://evil.example\")")], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().nth(1).unwrap().contains(",\"'=HYPERLINK(\"\"http://evil.example\"\")\","), "{text}");
    }

    #[test]
    fn every_row_is_one_json_line() {
        let mut out = Vec::new();
        write_json_lines(&[row("two\nlines"), row("x")], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 2);
        assert_eq!(serde_json::from_str::<serde_json::Value>(text.lines().next().unwrap()).unwrap()["quote"], "two\nlines");
    }
}
