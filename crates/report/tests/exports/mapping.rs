//! What an import would do with our own form, and with sheets that others made.

use model::Choice;
use report::import::mapping::{Across, Mapping, Source};
use report::import::preview::{Held, Known, Outcome, Verdict, preview};
use report::import::{Limits, Sheets, Worth, read};
use report::workbook::write_form;

use crate::forged::{Forged, strings};
use crate::ground::{book, form, made};

fn known() -> Known {
    let mut known = Known::default();
    known.city("city-0", ["City 0", "Ciudad Cero"]);
    known.city("city-1", ["City 1"]);
    for n in 0..9 {
        known.code(&(201 + n).to_string());
    }
    for one in form(&book(1, 9)) {
        known.held("city-0", &one.code, Held { key: one.key, base: one.base });
    }
    known
}

fn looked(sheets: &Sheets) -> (Mapping, Vec<Verdict>) {
    let known = known();
    let mapping = Mapping::guess(sheets, |head| known.is_code(head), |head| known.is_city(head)).unwrap();
    let verdicts = preview(sheets, &mapping, &known).unwrap();
    (mapping, verdicts)
}

fn csv(text: &str) -> Vec<Outcome> {
    looked(&read(text.as_bytes(), &Limits::default()).unwrap()).1.into_iter().map(|one| one.outcome).collect()
}

#[test]
fn our_own_form_is_understood_without_help() {
    let book = book(1, 9);
    let sheets = read(&write_form(&book.campaign, &form(&book), made()).unwrap(), &Limits::default()).unwrap();
    let (mapping, verdicts) = looked(&sheets);
    assert_eq!(mapping.sheet, "Assessment");
    assert_eq!(mapping.base, Source::Column("base".to_owned()));
    let taken: Vec<&Verdict> = verdicts.iter().filter(|one| one.outcome == Outcome::Taken).collect();
    assert_eq!(taken.len(), 5);
    assert!(taken.iter().all(|one| one.answer == Some(Choice::Yes) && one.replaces && one.portal == "city-0"));
    assert_eq!(verdicts.iter().filter(|one| one.outcome == Outcome::Empty).count(), 4);
    assert_eq!(taken[1].note, form(&book)[2].note.trim());
}

#[test]
fn a_row_that_was_changed_elsewhere_is_stale() {
    let book = book(1, 9);
    let mut asked = form(&book);
    asked[0].base = "v-before".to_owned();
    asked[1].answer = "no".to_owned();
    asked[2].base = String::new();
    asked[4].key = "city-0/2/205/A".to_owned();
    asked[6].code = "202".to_owned();
    asked[8].answer = "maybe".to_owned();
    let sheets = read(&write_form(&book.campaign, &asked, made()).unwrap(), &Limits::default()).unwrap();
    let outcomes: Vec<Outcome> = looked(&sheets).1.into_iter().map(|one| one.outcome).collect();
    let stale = |made_of: &str, now: &str| Outcome::Stale { made_of: made_of.to_owned(), now: now.to_owned() };
    assert_eq!(outcomes[..3], [stale("v-before", "v0"), Outcome::Taken, stale("", "v2")]);
    assert_eq!(outcomes[4], Outcome::ForeignKey("city-0/2/205/A".to_owned()));
    assert_eq!(outcomes[6], Outcome::ForeignKey("city-0/1/207/A".to_owned()));
    assert_eq!(outcomes[8], Outcome::Unreadable("maybe".to_owned()));
}

#[test]
fn the_form_as_csv_for_spreadsheets_is_understood_as_well() {
    let asked = form(&book(1, 9));
    assert!(asked.iter().any(|one| one.note.starts_with(['=', '+'])));
    let mut out = Vec::new();
    report::tidy::write_csv(&asked, report::Flavour::Spreadsheet, &mut out).unwrap();
    let (_, verdicts) = looked(&read(&out, &Limits::default()).unwrap());
    assert_eq!(verdicts.len(), asked.len());
    for (verdict, asked) in verdicts.iter().zip(&asked) {
        let outcome = if asked.answer.is_empty() { Outcome::Empty } else { Outcome::Taken };
        assert_eq!((&verdict.outcome, &verdict.code, verdict.note.as_str()), (&outcome, &asked.code, asked.note.trim()));
    }
}

#[test]
fn each_row_of_a_strangers_list_has_its_verdict() {
    let text = "Some ministry\n\nMunicipality;Indicator no;Answer;Remarks\nCIUDAD  cero;#201;Sí;seen\nCity 1;202 Budget;0;\nAtlantis;203;yes;\n\
                City 1;999;yes;\nCity 1;204;perhaps;\nCity 1;205;;\nCity 1;202;yes;\n";
    assert_eq!(
        csv(text),
        [
            Outcome::Taken,
            Outcome::Taken,
            Outcome::UnknownCity("Atlantis".to_owned()),
            Outcome::UnknownCode("999".to_owned()),
            Outcome::Unreadable("perhaps".to_owned()),
            Outcome::Empty,
            Outcome::Duplicate(5),
        ]
    );
}

#[test]
fn a_sheet_with_codes_or_cities_across_is_understood() {
    let sheets = read(b"City,201,202\nCity 0,1,0\nCity 1,x,\n", &Limits::default()).unwrap();
    let (mapping, verdicts) = looked(&sheets);
    assert_eq!(mapping.across, Across::Codes);
    let said: Vec<_> = verdicts.iter().map(|one| (one.portal.as_str(), one.code.as_str(), one.answer)).collect();
    assert_eq!(
        said[..3],
        [("city-0", "201", Some(Choice::Yes)), ("city-0", "202", Some(Choice::No)), ("city-1", "201", Some(Choice::Yes))]
    );
    assert_eq!(verdicts[3].outcome, Outcome::Empty);
    let sheets = read(b"Indicator,City 0,City 1\n201,yes,no\n", &Limits::default()).unwrap();
    let (mapping, verdicts) = looked(&sheets);
    assert_eq!(mapping.across, Across::Cities);
    assert_eq!(verdicts[1].portal, "city-1");
    assert_eq!(verdicts[1].answer, Some(Choice::No));
}

#[test]
fn a_person_may_say_what_the_columns_are() {
    let sheets = read(b"a,b\n201,ok\n", &Limits::default()).unwrap();
    let mut mapping = Mapping {
        header: 1,
        city: Source::Always("city-1".to_owned()),
        code: Source::Column("a".to_owned()),
        answer: Source::Column("b".to_owned()),
        answers: [("ok".to_owned(), Choice::Yes)].into(),
        ..Mapping::default()
    };
    let verdicts = preview(&sheets, &mapping, &known()).unwrap();
    assert_eq!((verdicts[0].portal.as_str(), verdicts[0].answer), ("city-1", Some(Choice::Yes)));
    assert_eq!(serde_json::from_str::<Mapping>(&mapping.text()).unwrap(), mapping);
    mapping.note = Source::Column("c".to_owned());
    let said = preview(&sheets, &mapping, &known()).unwrap_err().to_string();
    assert!(said.contains("no column `c`; map the columns anew"), "{said}");
}

#[test]
fn comments_on_an_answer_become_its_note() {
    let rows = "<row r=\"2\"><c r=\"A2\"><v>201</v></c><c r=\"B2\" t=\"s\"><v>2</v></c><c r=\"C2\" t=\"s\"><v>3</v></c></row>";
    let texts = ["code", "answer", "yes", "City 0", "city", "seen"].map(|text| format!("<si><t>{text}</t></si>")).concat();
    let header =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>4</v></c></row>";
    let mut book = Forged::with("", rows).part("xl/sharedStrings.xml", strings("", &texts));
    for (name, bytes) in &mut book.parts {
        if name.ends_with("sheet1.xml") {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let (start, end) = (text.find("<row r=\"1\">").unwrap(), text.find("</row>").unwrap() + 6);
            *bytes = (text[..start].to_owned() + header + &text[end..]).into_bytes();
        }
    }
    let comments = "<comment ref=\"B2\" authorId=\"0\"><text><r><t>Jo:</t></r><r><t xml:space=\"preserve\"> on &lt;page 2&gt;</t></r></text></comment>\
                    <comment ref=\"D9\" authorId=\"0\"><text><t>alone</t></text></comment>";
    let sheets = read(&book.commented(comments).bytes(), &Limits::default()).unwrap();
    let (_, verdicts) = looked(&sheets);
    assert_eq!(verdicts[0].note, "Jo: on <page 2>");
    assert_eq!(verdicts[0].outcome, Outcome::Taken);
    let alone = sheets.sheets[0].rows.last().unwrap();
    assert_eq!((alone.number, alone.cells[0].note.as_str()), (9, "alone"));
    assert_eq!(alone.cells[0].value, Worth::Text(String::new()));
}

#[test]
fn cells_of_every_kind_are_read_as_what_they_are() {
    let styles =
        "<styleSheet><numFmts/><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
    let rows = "<row r=\"2\"><c r=\"A2\"><v>201.5</v></c><c r=\"B2\" t=\"b\"><v>1</v></c><c r=\"C2\" s=\"1\"><v>46349</v></c>\
                <c r=\"D2\" s=\"2\"><v>46349.25</v></c><c r=\"E2\" t=\"e\"><v>#N/A</v></c><c r=\"F2\" t=\"inlineStr\"><is><t>a &amp; b</t></is></c>\
                <c r=\"G2\" t=\"str\"><f>1+1</f><v>2</v></c></row>";
    let leads = crate::forged::part(&Forged::sound().bytes(), "xl/_rels/workbook.xml.rels").replace(
        "</Relationships>",
        "<Relationship Id=\"r3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
         Target=\"styles.xml\"/></Relationships>",
    );
    let book = Forged::with("", rows).part("xl/styles.xml", styles).part("xl/_rels/workbook.xml.rels", leads);
    let sheets = read(&book.bytes(), &Limits::default()).unwrap();
    let sheet = &sheets.sheets[0];
    let found: Vec<&Worth> = sheet.rows[1].cells.iter().map(|cell| &cell.value).collect();
    let text = |text: &str| Worth::Text(text.to_owned());
    let moment = |text: &str| Worth::Moment(text.to_owned());
    let own = [
        Worth::Number(201.5),
        Worth::Flag(true),
        moment("2026-11-23"),
        moment("2026-11-23T06:00:00"),
        Worth::Fault("#N/A".to_owned()),
        text("a & b"),
        text("2"),
    ];
    assert_eq!(found, own.iter().collect::<Vec<_>>());
    assert_eq!(sheet.formulas, 1);
    assert_eq!(["201.5", "1", "2026-11-23"].map(str::to_owned), [0, 1, 2].map(|at| sheet.rows[1].text(at)));
}
