//! The rulebook that ships with Portolan.

#![expect(clippy::unwrap_used, reason = "files of the repository are there or the test fails")]

use std::path::Path;

use indicator::{Rulebook, Source};

fn shipped(edition: &str) -> Rulebook {
    Rulebook::load(&sources(), edition).unwrap_or_else(|error| panic!("{error}"))
}

fn sources() -> Vec<Source> {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config");
    let mut sources = vec![source(&config, "vendors.toml")];
    for folder in ["instruments/losi-2024", "instruments/rural-losi-draft", "lexicons"] {
        let mut names: Vec<String> = std::fs::read_dir(config.join(folder))
            .unwrap()
            .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy()))
            .filter(|name| name.ends_with(".toml"))
            .collect();
        names.sort();
        sources.extend(names.iter().map(|name| source(&config, name)));
    }
    sources
}

fn source(config: &Path, name: &str) -> Source {
    Source { path: name.to_owned(), text: std::fs::read_to_string(config.join(name)).unwrap() }
}

#[test]
fn it_asks_all_95_questions_of_losi_2024_by_criterion() {
    let book = shipped("losi-2024");
    let of = |criterion: &str| book.instrument.indicators.iter().filter(|indicator| indicator.criterion == criterion).count();
    assert_eq!(["IF", "CP", "SP", "PE", "TEC", "EGL"].map(of), [6, 30, 22, 15, 12, 10]);
    assert_eq!(book.instrument.denominator, 96);
    let any = book.instrument.indicators.iter().filter(|indicator| indicator.scope == model::Scope::Any).count();
    assert_eq!(any, 31, "channel-independent indicators");
}

#[test]
fn the_rural_draft_keeps_33_of_them_and_asks_two_of_its_own() {
    let (rural, losi) = (shipped("rural-losi-draft").instrument, shipped("losi-2024").instrument);
    assert_eq!((rural.indicators.len(), rural.denominator), (35, 35));
    let known = |code: &model::Code| losi.indicators.iter().any(|indicator| indicator.code == *code);
    let own: Vec<&str> = rural.indicators.iter().map(|i| &i.code).filter(|code| !known(code)).map(model::Code::as_str).collect();
    assert_eq!(own, ["R1", "R2"]);
    assert_eq!(rural.bands, losi.bands);
}
