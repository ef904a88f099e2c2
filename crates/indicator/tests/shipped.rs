//! The rulebook that ships with Portolan.

#![expect(clippy::unwrap_used, reason = "files of the repository are there or the test fails")]

use std::path::Path;

use indicator::{Rulebook, Source};

fn shipped() -> Rulebook {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config");
    let mut sources = vec![source(&config, "vendors.toml")];
    for folder in ["instruments/losi-2024", "lexicons"] {
        let mut names: Vec<String> = std::fs::read_dir(config.join(folder))
            .unwrap()
            .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy()))
            .filter(|name| name.ends_with(".toml"))
            .collect();
        names.sort();
        sources.extend(names.iter().map(|name| source(&config, name)));
    }
    Rulebook::load(&sources).unwrap_or_else(|error| panic!("{error}"))
}

fn source(config: &Path, name: &str) -> Source {
    Source { path: name.to_owned(), text: std::fs::read_to_string(config.join(name)).unwrap() }
}

#[test]
fn it_asks_all_95_questions_of_losi_2024_by_criterion() {
    let book = shipped();
    let of = |criterion: &str| book.instrument.indicators.iter().filter(|indicator| indicator.criterion == criterion).count();
    assert_eq!(["IF", "CP", "SP", "PE", "TEC", "EGL"].map(of), [6, 30, 22, 15, 12, 10]);
    assert_eq!(book.instrument.denominator, 96);
    let any = book.instrument.indicators.iter().filter(|indicator| indicator.scope == model::Scope::Any).count();
    assert_eq!(any, 31, "channel-independent indicators");
}
