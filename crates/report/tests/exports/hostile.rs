//! Workbooks that mean harm: each is refused, in words that say what is wrong, where, and what to do.

use report::import::{Limits, Refused, Why, read};

use crate::forged::{Forged, renamed, strings};

fn refused(bytes: &[u8]) -> Refused {
    let refused = read(bytes, &Limits::default()).expect_err("it was read");
    let said = refused.to_string();
    assert!(said.contains(": ") && (said.contains("; ") || said.contains("save")), "`{said}` does not say what to do");
    refused
}

fn sheet(before: &str, rows: &str) -> Refused {
    refused(&Forged::with(before, rows).bytes())
}

#[test]
fn the_sound_one_is_read() {
    let sheets = read(&Forged::sound().bytes(), &Limits::default()).unwrap();
    assert_eq!(sheets.sheets[0].rows[1].text(0), "201");
    assert_eq!(sheets.sheets[0].rows[1].text(1), "answer");
}

#[test]
fn a_part_that_swells_is_refused_before_it_is_unpacked() {
    let bomb = Forged::sound().part("xl/worksheets/sheet1.xml", vec![b' '; 64 << 20]).bytes();
    assert!(bomb.len() < 200_000);
    assert!(matches!(refused(&bomb).why, Why::Bomb(_)));
    // Many parts, each within the ratio.
    let mut noise: u32 = 1;
    let mut page = || {
        let mut step = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"<abcdefghij klmn"[usize::try_from(noise >> 28).unwrap()]
        };
        (0..2 << 20).map(|_| step()).collect::<Vec<u8>>()
    };
    let noisy = page();
    let small = Limits { unpacked: 8 << 20, ..Limits::default() };
    let many = (0..5).fold(Forged::sound(), |book, n| book.part(&format!("xl/media/{n}.png"), noisy.clone())).bytes();
    assert!(matches!(read(&many, &small).unwrap_err().why, Why::Bomb(_)));
}

#[test]
fn a_part_that_is_larger_than_its_package_says_is_refused() {
    let mut bytes = Forged::sound().bytes();
    let entry = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[entry + 24] -= 1;
    assert!(matches!(refused(&bytes).why, Why::Size | Why::Damaged(_)));
}

#[test]
fn a_file_within_the_file_is_refused() {
    let inner = Forged::sound().bytes();
    for name in ["xl/embeddings/book1.xlsx", "xl/media/image1.png", "xl/inner.zip", "xl/printerSettings/p.bin"] {
        let found = refused(&Forged::sound().part(name, inner.clone()).bytes());
        assert_eq!((found.why, found.place.as_str()), (Why::Nested, name));
    }
}

#[test]
fn macros_are_refused() {
    assert_eq!(refused(&Forged::sound().part("xl/vbaProject.bin", "x").bytes()).why, Why::Macros);
    let kinds = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    assert_eq!(refused(&Forged::sound().part("[Content_Types].xml", kinds).bytes()).why, Why::Macros);
    assert_eq!(refused(&Forged::sound().part("xl/macrosheets/sheet1.xml", "<x/>").bytes()).why, Why::Macros);
}

#[test]
fn links_to_other_files_are_refused_but_links_to_pages_are_not() {
    assert_eq!(
        refused(&Forged::sound().part("xl/externalLinks/externalLink1.xml", "<externalLink/>").bytes()).why,
        Why::External
    );
    let lead = |kind: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://x/{kind}\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/></Relationships>"
        )
    };
    let with = |kind: &str| Forged::sound().part("xl/worksheets/_rels/sheet1.xml.rels", lead(kind)).bytes();
    assert_eq!(refused(&with("oleObject")).why, Why::External);
    assert!(read(&with("hyperlink"), &Limits::default()).is_ok());
    assert_eq!(refused(&Forged::sound().part("xl/connections.xml", "<connections/>").bytes()).why, Why::External);
}

#[test]
fn a_value_far_to_the_right_is_refused() {
    let wide: String = (0..16_384).map(|_| "<c><v>1</v></c>").collect();
    let found = sheet("", &format!("<row r=\"2\">{wide}</row>"));
    assert_eq!(found.why, Why::Columns(256));
    assert_eq!(found.place, "xl/worksheets/sheet1.xml, IW2");
    assert_eq!(sheet("", "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>").why, Why::Columns(256));
}

#[test]
fn a_value_far_down_is_refused_and_so_is_a_sheet_that_says_it_reaches_there() {
    assert_eq!(sheet("", "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>").why, Why::Rows(100_000));
    assert_eq!(sheet("", "<row r=\"1048576\"><c><v>1</v></c></row>").why, Why::Rows(100_000));
    assert_eq!(sheet("", "<row r=\"99999999999\"><c><v>1</v></c></row>").why, Why::Rows(100_000));
    assert_eq!(sheet("<dimension ref=\"A1:XFD1048576\"/>", "").why, Why::Extent("XFD1048576".to_owned()));
    assert_eq!(sheet("<dimension ref=\"A1:ZZZZZZZZ9\"/>", "").why, Why::Extent("ZZZZZZZZ9".to_owned()));
    // A reader that believes this takes one from none.
    assert_eq!(sheet("<dimension ref=\"B9:A1\"/>", "").why, Why::Extent("A1".to_owned()));
    // Blank cells with a format reach as far as they like.
    let blank = Forged::with("", "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"0\"/></row>").bytes();
    assert_eq!(read(&blank, &Limits::default()).unwrap().sheets[0].rows.len(), 1);
}

#[test]
fn entities_are_refused() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                  <sst uniqueCount=\"1\"><si><t>&b;</t></si></sst>";
    let found = refused(&Forged::sound().part("xl/sharedStrings.xml", laughs).bytes());
    assert_eq!((found.why, found.place.as_str()), (Why::Doctype, "xl/sharedStrings.xml"));
    let wide: Vec<u8> = "\u{feff}<!DOCTYPE x>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(refused(&Forged::sound().part("xl/sharedStrings.xml", wide).bytes()).why, Why::Form(_)));
}

#[test]
fn elements_within_each_other_are_bounded() {
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    assert_eq!(refused(&Forged::sound().part("xl/theme/theme1.xml", deep).bytes()).why, Why::Deep(64));
}

#[test]
fn names_that_are_there_twice_or_lead_away_are_refused() {
    let twice = Forged::sound().part("xl/sharedStringz.xml", "<sst/>").bytes();
    assert_eq!(refused(&renamed(twice, "xl/sharedStringz.xml", "xl/sharedStrings.xml")).why, Why::Twice);
    let cased = Forged::sound().part("XL/sharedstrings.xml", "<sst/>").bytes();
    assert_eq!(refused(&cased).why, Why::Twice);
    for away in ["../etc/x.xml", "xl/../../x.xm", "/etc/xxxx.xml", "C:/etc/xx.xml", "xl\\xxxxxx.xml"] {
        let long = "q".repeat(away.len());
        let bytes = Forged::sound().part(&long, "<x/>").bytes();
        assert_eq!(refused(&renamed(bytes, &long, away)).why, Why::Path, "{away}");
    }
}

#[test]
fn cut_and_foreign_files_are_refused() {
    let whole = Forged::sound().bytes();
    for end in (2..whole.len()).step_by(7) {
        assert!(matches!(refused(&whole[..end]).why, Why::Damaged(_)), "cut at {end}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert!(matches!(refused(&longer).why, Why::Damaged(_)));
    assert!(matches!(refused(&[b"front".as_slice(), &whole].concat()).why, Why::Unknown));
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0").why, Why::Unknown);
    assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").why, Why::Old);
    assert_eq!(refused(&"a".repeat(17 << 20).into_bytes()).why, Why::Large { bytes: 17 << 20, most: 16 << 20 });
    let other = Forged { parts: vec![("mimetype".to_owned(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec())] };
    assert_eq!(refused(&other.bytes()).why, Why::NoWorkbook);
}

#[test]
fn a_damaged_byte_anywhere_never_ends_the_program() {
    let whole = Forged::sound().bytes();
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            let _ = read(&bytes, &Limits::default());
        }
    }
}

#[test]
fn a_list_of_texts_has_what_it_says_and_cells_point_into_it() {
    let with = |attributes: &str, entries: &str| {
        refused(&Forged::sound().part("xl/sharedStrings.xml", strings(attributes, entries)).bytes())
    };
    let two = "<si><t>code</t></si><si><t>answer</t></si>";
    assert_eq!(with("uniqueCount=\"4000000000\"", two).why, Why::Strings { says: 4_000_000_000, has: 2 });
    assert_eq!(with("uniqueCount=\"99999999999999999999999\"", two).why, Why::Strings { says: u64::MAX, has: 2 });
    let found = with("", "<si><t>code</t></si>");
    assert_eq!((found.why, found.place.as_str()), (Why::NoString("1".to_owned()), "xl/worksheets/sheet1.xml, B1"));
    assert_eq!(sheet("", "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>-1</v></c></row>").why, Why::NoString("-1".to_owned()));
}

#[test]
fn one_long_text_in_many_cells_is_counted_as_often_as_it_stands_there() {
    let long = "x".repeat(60_000);
    let cells: String = (2..3_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let book =
        Forged::with("", &cells).part("xl/sharedStrings.xml", strings("", &format!("<si><t>{long}</t></si><si><t>b</t></si>")));
    assert_eq!(refused(&book.bytes()).why, Why::Text(64 << 20));
}

#[test]
fn a_cell_that_stands_there_twice_is_refused() {
    let cell = "<c r=\"A2\"><v>1</v></c>";
    assert_eq!(sheet("", &format!("<row r=\"2\">{cell}{cell}</row>")).why, Why::Twice);
}

#[test]
fn csv_is_bounded_too() {
    let limits = Limits { rows: 3, columns: 2, cells: 5, ..Limits::default() };
    assert!(read(b"a;b\n1;2\n", &limits).is_ok());
    assert_eq!(read(b"a\na\na\na\n", &limits).unwrap_err().why, Why::Rows(3));
    assert_eq!(read(b"a,b,c\n", &limits).unwrap_err().why, Why::Columns(2));
    assert_eq!(read(b"a,b\na,b\na,b\n", &limits).unwrap_err().why, Why::Cells(5));
}

#[test]
fn a_damaged_character_in_any_part_never_ends_the_program() {
    let sound = Forged::sound();
    for (name, bytes) in sound.parts.iter().filter(|(name, _)| !name.ends_with(".rels") && name.starts_with("xl/")) {
        for at in 0..bytes.len() {
            for other in [b'<', b'"', b'&', b'9', 0] {
                let mut bytes = bytes.clone();
                bytes[at] = other;
                let parts = sound.parts.iter().filter(|(own, _)| own != name).cloned().chain([(name.clone(), bytes)]);
                if let Err(refused) = read(&Forged { parts: parts.collect() }.bytes(), &Limits::default()) {
                    assert_ne!(refused.why, Why::Form("its reader gave up".to_owned()), "{name} at {at}");
                }
            }
        }
    }
}
