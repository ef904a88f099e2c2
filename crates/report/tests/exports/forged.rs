//! Workbooks put together part by part, sound ones and such as no spreadsheet program writes.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The parts of a workbook with one sheet.
pub(crate) struct Forged {
    pub(crate) parts: Vec<(String, Vec<u8>)>,
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

impl Forged {
    /// A sheet with a header, one row, and whatever comes `before` and `after` the rows.
    pub(crate) fn with(before: &str, rows: &str) -> Self {
        let packages = "http://schemas.openxmlformats.org/package/2006";
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let sheet = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{MAIN}\">{before}<sheetData>\
             <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>{rows}</sheetData></worksheet>"
        );
        let parts = [
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"{packages}/content-types\"><Default Extension=\"xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
                     <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" \
                     Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Answers\" sheetId=\"1\" r:id=\"r1\"/>\
                     </sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" \
                     Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{RELATIONS}/sharedStrings\" \
                     Target=\"sharedStrings.xml\"/></Relationships>"
                ),
            ),
            ("xl/sharedStrings.xml", strings("uniqueCount=\"2\"", "<si><t>code</t></si><si><t>answer</t></si>")),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        Self { parts: parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect() }
    }

    /// A sound one.
    pub(crate) fn sound() -> Self {
        Self::with("<dimension ref=\"A1:B2\"/>", "<row r=\"2\"><c r=\"A2\"><v>201</v></c><c r=\"B2\" t=\"s\"><v>1</v></c></row>")
    }

    /// With a further part, or another one of that name.
    pub(crate) fn part(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        match self.parts.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => *own = bytes,
            None => self.parts.push((name.to_owned(), bytes)),
        }
        self
    }

    /// The comments of the sheet.
    pub(crate) fn commented(self, comments: &str) -> Self {
        let leads = format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/comments\" Target=\"../comments1.xml\"/></Relationships>"
        );
        let comments = format!("<comments xmlns=\"{MAIN}\"><authors/><commentList>{comments}</commentList></comments>");
        self.part("xl/worksheets/_rels/sheet1.xml.rels", leads).part("xl/comments1.xml", comments)
    }

    /// The package.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in &self.parts {
            writer.start_file(name.as_str(), packed).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

/// A list of texts.
pub(crate) fn strings(attributes: &str, entries: &str) -> String {
    format!("<sst xmlns=\"{MAIN}\" {attributes}>{entries}</sst>")
}

/// The text of one part of a package.
pub(crate) fn part(package: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(package)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The package with every occurrence of a name in its lists replaced by another of the same length.
pub(crate) fn renamed(mut package: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> =
        package.windows(from.len()).enumerate().filter(|(_, own)| *own == from.as_bytes()).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        package[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    package
}
