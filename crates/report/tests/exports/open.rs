//! The open formats: CSV in two flavours, JSON, EARL and the data package. What they hold is left for outside programs to check.

use std::path::PathBuf;

use report::book::Book;
use report::columns::Table;
use report::tidy::{Answer, codebook, write_csv};
use report::{Flavour, earl, json, package, workbook};
use serde_json::Value;

use crate::ground::{WORDS, book, made};

const BASE: &str = "https://losi.example/campaigns/losi-2026/";

fn written(flavour: Flavour) -> Vec<csv::StringRecord> {
    let mut out = Vec::new();
    write_csv(&book(1, 12).answers, flavour, &mut out).unwrap();
    csv::Reader::from_reader(String::from_utf8(out).unwrap().trim_start_matches('\u{feff}').as_bytes())
        .records()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn the_long_table_has_a_row_for_each_source_and_no_formula_for_spreadsheets() {
    let note = Answer::COLUMNS.iter().position(|column| column.name == "note").unwrap();
    let (raw, safe) = (written(Flavour::Raw), written(Flavour::Spreadsheet));
    assert_eq!((raw.len(), safe.len()), (36, 36));
    let mut harmed = 0;
    for (raw, safe) in raw.iter().zip(&safe) {
        assert!(WORDS.contains(&&raw[note]));
        assert!(safe.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{safe:?}");
        harmed += usize::from(safe[note] == format!("'{}", &raw[note]));
    }
    assert_eq!(harmed, 12);
}

#[test]
fn the_codebook_explains_every_column() {
    let own = codebook::<Answer>();
    assert_eq!(own.len(), Answer::COLUMNS.len());
    assert!(own.iter().all(|one| one.meaning.len() > 2));
    assert_eq!(own.iter().find(|one| one.column == "answer").unwrap().values, "yes no unclear blocked");
}

#[test]
fn the_document_comes_back_and_lines_are_lines() {
    let book = book(2, 6);
    let mut out = Vec::new();
    json::write(&book, &mut out).unwrap();
    let mut document: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(document["version"], json::VERSION);
    for extra in ["version", "$schema"] {
        document.as_object_mut().unwrap().remove(extra);
    }
    assert_eq!(serde_json::from_value::<Book>(document).unwrap(), book);
    let mut lines = Vec::new();
    json::write_lines(&book.answers, &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let read: Vec<Answer> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, book.answers);
}

#[test]
fn the_package_describes_the_files_that_are_in_it() {
    let files = package::files(&book(2, 6)).unwrap();
    let bytes = |name: &str| files.iter().find(|file| file.name == name).unwrap().bytes.as_slice();
    let described: Value = serde_json::from_slice(bytes("datapackage.json")).unwrap();
    let resources = described["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 4);
    for resource in resources {
        let mut reader = csv::Reader::from_reader(bytes(resource["path"].as_str().unwrap()));
        let fields: Vec<&str> =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), fields);
        assert!(reader.records().all(|record| record.is_ok()));
    }
}

fn graph(book: &Book) -> Vec<Value> {
    let mut out = Vec::new();
    earl::write(book, BASE, &mut out).unwrap();
    let document: Value = serde_json::from_slice(&out).unwrap();
    document["@graph"].as_array().unwrap().clone()
}

#[test]
fn each_answer_is_an_assertion_that_leads_to_what_it_rests_on() {
    let mut book = book(1, 4);
    book.answers[0].answer = "unclear".to_owned();
    book.answers[3].answer = String::new();
    book.answers.push(Answer {
        source: "proposal".to_owned(),
        answer: "yes".to_owned(),
        key: "city-0/1/201/proposal".to_owned(),
        ..book.answers[2].clone()
    });
    let graph = graph(&book);
    let assertions: Vec<&Value> = graph.iter().filter(|one| one["@type"][0] == "earl:Assertion").collect();
    assert_eq!(assertions.len(), book.answers.len());
    let of = |at: usize| {
        (assertions[at]["earl:mode"].as_str().unwrap(), assertions[at]["earl:result"]["earl:outcome"].as_str().unwrap())
    };
    assert_eq!(of(0), ("earl:manual", "earl:cantTell"));
    assert_eq!(of(1), ("earl:semiAuto", "earl:failed"));
    assert_eq!(of(2), ("earl:semiAuto", "earl:passed"));
    assert_eq!(of(3), ("earl:manual", "earl:untested"));
    assert_eq!(of(12), ("earl:automatic", "earl:passed"));
    let rests = assertions[2]["prov:wasDerivedFrom"].as_array().unwrap();
    assert_eq!([&rests[0], &rests[1]], [&assertions[0]["@id"], &assertions[1]["@id"]]);
    let pointer = &assertions[0]["earl:result"]["earl:pointer"];
    assert_eq!(pointer["oa:hasSelector"][0]["oa:exact"], WORDS[0]);
    assert_eq!(pointer["oa:hasSelector"][1]["oa:end"], 20);
}

#[test]
fn an_address_cannot_break_out_of_its_place() {
    let mut book = book(1, 1);
    book.answers[0].url = "https://a.example/ <x>\"{}|ü".to_owned();
    let graph = graph(&book);
    let first = graph.iter().find(|one| one["@type"][0] == "earl:Assertion").unwrap();
    assert_eq!(first["earl:result"]["earl:pointer"]["oa:hasSource"], "https://a.example/%20%3Cx%3E%22%7B%7D%7C%C3%BC");
}

/// Outside programs look at what lies below `target/peers` after the tests.
#[test]
fn files_are_left_for_outside_programs() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/peers/exports");
    std::fs::create_dir_all(&folder).unwrap();
    let keep = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    let book = book(2, 12);
    keep("campaign.xlsx", &workbook::write(&book, made()).unwrap());
    keep("form.xlsx", &workbook::write_form(&book.campaign, &crate::ground::form(&book), made()).unwrap());
    let mut out = Vec::new();
    json::write(&book, &mut out).unwrap();
    keep("campaign.json", &out);
    out.clear();
    json::write_lines(&book.answers, &mut out).unwrap();
    keep("answers.jsonl", &out);
    out.clear();
    earl::write(&book, BASE, &mut out).unwrap();
    keep("campaign.jsonld", &out);
    for (name, text) in [json::BOOK_SCHEMA, json::ANSWER_SCHEMA] {
        keep(name, text.as_bytes());
    }
    for file in package::files(&book).unwrap() {
        keep(file.name, &file.bytes);
    }
}
