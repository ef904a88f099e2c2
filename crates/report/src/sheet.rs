//! Lists as spreadsheets write them: a byte order mark, semicolons between columns, empty lines.

/// The text without its byte order mark, and a reader of it with the delimiter that its header row has.
pub(crate) fn opened(text: &str) -> (&str, csv::ReaderBuilder) {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.matches(';').count() > header.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(delimiter).flexible(true);
    (text, reader)
}

/// The line of a record, from 1. The reader skips empty lines only after it noted where it was.
pub(crate) fn line_of(text: &str, record: &csv::StringRecord) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let rest = text.as_bytes().iter().skip(usize::try_from(position.byte()).unwrap_or(usize::MAX));
    let blank = rest.take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line() + blank as u64
}
