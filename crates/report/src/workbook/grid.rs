//! A table on a sheet: header, types, widths, filters, lists to choose from, colours beside words.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Url,
    Worksheet, XlsxError,
};
use serde_json::Value;

use crate::columns::{ANSWERS, Kind, Table};

/// The longest text that a cell holds, in UTF-16 units.
const LONGEST: usize = 32_767;
/// What ends a text that was cut.
const CUT: &str = " [cut: the JSON has all of it]";
/// The longest address that may be a link.
const LONGEST_LINK: usize = 2_000;
/// Links that a sheet may have.
const MOST_LINKS: usize = 65_000;

/// How wide the columns that stay in sight may be together, in characters.
const ROOM: f64 = 70.0;

/// Formats of a workbook.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) text: Format,
    header: Format,
    typed: Format,
    good: Format,
    bad: Format,
    open: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let coloured = |back: u32, front: u32| Format::new().set_background_color(back).set_font_color(front);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            header: coloured(0x1F_3A_5F, 0xFF_FF_FF).set_bold(),
            // What is typed into a cell of this format stays text, whatever it begins with.
            typed: Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
            good: coloured(0xD8_EE_D8, 0x14_53_14),
            bad: coloured(0xF6_D9_D5, 0x7A_1C_12),
            open: coloured(0xFB_EE_C8, 0x5F_47_00),
        }
    }
}

/// Columns, and how they are treated.
pub(super) struct Grid {
    columns: Vec<(String, Kind)>,
    hidden: Vec<String>,
    edited: Vec<String>,
}

impl Grid {
    pub(super) fn of<T: Table>() -> Self {
        let columns = T::COLUMNS.iter().map(|column| (column.name.to_owned(), column.kind)).collect();
        Self { columns, hidden: Vec::new(), edited: Vec::new() }
    }

    /// Columns that only an import needs.
    pub(super) fn hiding(mut self, names: &[&str]) -> Self {
        self.hidden = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Columns that people may fill in.
    pub(super) fn editing(mut self, names: &[&str]) -> Self {
        self.edited = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Columns behind those of the table.
    pub(super) fn further(mut self, columns: impl Iterator<Item = (String, Kind)>) -> Self {
        self.columns.extend(columns);
        self
    }

    /// Writes the header and the rows; the rows come in the order of the columns.
    pub(super) fn lay(
        &self,
        sheet: &mut Worksheet,
        looks: &Looks,
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Result<(), XlsxError> {
        for (at, (name, kind)) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, name, &looks.header)?;
            sheet.set_column_width(at, width(name, *kind))?;
            if self.hidden.contains(name) {
                sheet.set_column_hidden(at)?;
            }
        }
        let (mut last, mut links) = (0, 0);
        for (row, cells) in (1_u32..).zip(rows) {
            last = row;
            for ((at, (name, kind)), value) in (0_u16..).zip(&self.columns).zip(&cells) {
                let format = match name.as_str() {
                    _ if self.edited.contains(name) => Some(&looks.typed),
                    // Sentences that somebody has to read.
                    "question" | "meaning" => Some(&looks.text),
                    _ => None,
                };
                put(sheet, row, at, *kind, value, format, &mut links)?;
            }
        }
        sheet.set_freeze_panes(1, self.kept())?;
        let right = u16::try_from(self.columns.len()).unwrap_or(1).saturating_sub(1);
        sheet.autofilter(0, 0, last, right)?;
        sheet.set_landscape().set_repeat_rows(0, 0)?;
        if last > 0 { self.guide(sheet, looks, last) } else { Ok(()) }
    }

    /// Columns that stay in sight: as far as the code, or the round, if that leaves room for others on a small screen.
    fn kept(&self) -> u16 {
        let upto = |last: &str| {
            let at = self.columns.iter().position(|(name, _)| name == last)?;
            let shown = self.columns[..=at].iter().filter(|(name, _)| !self.hidden.contains(name));
            let wide: f64 = shown.map(|(name, kind)| width(name, *kind)).sum();
            u16::try_from(at + 1).ok().filter(|_| wide <= ROOM)
        };
        upto("code").or_else(|| upto("round")).unwrap_or(1)
    }

    /// Lists to choose from and colours. A colour never says what the word in the cell doesn't.
    fn guide(&self, sheet: &mut Worksheet, looks: &Looks, last: u32) -> Result<(), XlsxError> {
        for (at, (name, kind)) in (0_u16..).zip(&self.columns) {
            match kind {
                Kind::Answer => {
                    if self.edited.contains(name) {
                        sheet.add_data_validation(1, at, last, at, &choices()?)?;
                    }
                    for (word, look) in ANSWERS.iter().zip([&looks.good, &looks.bad, &looks.open, &looks.open]) {
                        let rule = ConditionalFormatCellRule::EqualTo((*word).to_owned());
                        let colour = ConditionalFormatCell::new().set_rule(rule).set_format(look);
                        sheet.add_conditional_format(1, at, last, at, &colour)?;
                    }
                }
                Kind::Flag => {
                    let rule = ConditionalFormatCellRule::EqualTo(1);
                    let colour = ConditionalFormatCell::new().set_rule(rule).set_format(&looks.good);
                    sheet.add_conditional_format(1, at, last, at, &colour)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn choices() -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_list_strings(&ANSWERS)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Not an answer")?
        .set_error_message("Choose yes, no, unclear or blocked.")
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    kind: Kind,
    value: &Value,
    format: Option<&Format>,
    links: &mut usize,
) -> Result<(), XlsxError> {
    match value {
        Value::Null => {}
        Value::Bool(flag) => {
            sheet.write_number(row, at, f64::from(u8::from(*flag)))?;
        }
        Value::Number(number) => {
            if let Some(number) = number.as_f64() {
                sheet.write_number(row, at, number)?;
            }
        }
        Value::String(text) => match (kind, format) {
            (_, Some(format)) if text.is_empty() => {
                sheet.write_blank(row, at, format)?;
            }
            (_, None) if text.is_empty() => {}
            (Kind::Link, _) if *links < MOST_LINKS && followed(text) => {
                *links += 1;
                sheet.write_url(row, at, Url::new(text.as_str()))?;
            }
            (_, Some(format)) => {
                sheet.write_string_with_format(row, at, fitting(text), format)?;
            }
            (_, None) => {
                sheet.write_string(row, at, fitting(text))?;
            }
        },
        other => {
            sheet.write_string(row, at, fitting(&other.to_string()))?;
        }
    }
    Ok(())
}

/// Whether an address may be a link; captured addresses never are, whatever they say.
fn followed(text: &str) -> bool {
    text.len() < LONGEST_LINK
        && (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(['"', '<', '>', ' '])
}

/// The text as far as a cell holds it.
fn fitting(text: &str) -> String {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let room = LONGEST - CUT.len();
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= room
    });
    kept.chain(CUT.chars()).collect()
}

/// City and round stay in sight while one looks to the right, so what stands before them is narrow.
fn width(name: &str, kind: Kind) -> f64 {
    match (name, kind) {
        ("title" | "question" | "quote" | "note" | "meaning" | "value" | "trail", _) => 48.0,
        _ if name.starts_with("url") || name.starts_with("quote") || name.starts_with("note") => 40.0,
        (_, Kind::Link) => 40.0,
        (_, Kind::Moment) => 27.0,
        ("digest" | "record" | "rests_on" | "values" | "name" | "sheet", _) => 24.0,
        ("city", _) => 20.0,
        ("code" | "round" | "slot" | "same" | "rank" | "total", _) => 8.0,
        (_, Kind::Flag) => 7.0,
        _ => 13.0,
    }
}
