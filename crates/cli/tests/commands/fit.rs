//! Fitting to decisions, from a file to a file, and choosing an instrument.

use std::fmt::Write as _;
use std::path::Path;

use crate::program::{ended, portolan};

/// So many decisions: a page with a file is accepted mostly, one without seldom; the title says nothing.
fn decisions(count: usize) -> String {
    let mut lines = String::new();
    for n in 0..count {
        let file = if n % 2 == 0 { ", [\"file\", 3.0]" } else { "" };
        let accepted = if n % 2 == 0 { n % 10 != 0 } else { n % 9 == 0 };
        let day = 1 + n % 20;
        let title = 5.0 + f64::from(u8::try_from(n % 7).unwrap()) / 2.0;
        let signals = format!("[[\"topic@title\", {title:.1}]{file}]");
        writeln!(
            lines,
            "{{\"code\": \"219\", \"signals\": {signals}, \"accepted\": {accepted}, \"date\": \"2026-11-{day:02}\"}}"
        )
        .unwrap();
    }
    lines
}

fn fit(dir: &Path, out: &str) -> (i32, String, String) {
    ended(portolan(dir).current_dir(dir).args(["fit", "decisions.jsonl", "--out", out]).output())
}

#[test]
fn a_fit_is_written_reported_and_the_same_each_time() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("decisions.jsonl"), decisions(600)).unwrap();
    let (code, out, told) = fit(dir.path(), "a.toml");
    assert_eq!(code, 0, "{told}");
    for words in ["Brier score", "high after", "topic@title", "file"] {
        assert!(out.contains(words), "{out}");
    }
    assert_eq!(fit(dir.path(), "b.toml").1, out);
    let text = std::fs::read_to_string(dir.path().join("a.toml")).unwrap();
    assert_eq!(text, std::fs::read_to_string(dir.path().join("b.toml")).unwrap());
    assert!(
        text.starts_with("# Fitted for losi-2024 by `portolan fit` to 600 decisions of 2026-11-01 to 2026-11-20: "),
        "{text}"
    );
    assert!(text.contains("\"topic@title\" = 0.") && text.contains("[bands]\nmedium = "), "{text}");
}

#[test]
fn too_few_decisions_and_wrong_lines_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("decisions.jsonl");
    std::fs::write(&file, decisions(100)).unwrap();
    let (code, _, told) = fit(dir.path(), "a.toml");
    assert_eq!(code, 3, "{told}");
    assert!(told.contains("decisions are too few: a fit needs 200 in all and 30 of either sort"), "{told}");
    std::fs::write(&file, decisions(300).replacen("219", "999", 1).replacen("\"file\"", "\"fiel\"", 2)).unwrap();
    let (code, _, told) = fit(dir.path(), "a.toml");
    assert_eq!(code, 3, "{told}");
    assert!(told.contains("decisions.jsonl:1: `losi-2024` has no indicator `999`"), "{told}");
    assert!(told.contains("decisions.jsonl:3: `fiel` is no signal of `losi-2024`"), "{told}");
    assert!(!dir.path().join("a.toml").exists());
}

/// Copies the shipped configuration.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_fitted_file_counts_in_its_folder_and_its_mistakes_have_file_line_and_key() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config"), &config);
    let page = dir.path().join("page.html");
    std::fs::write(&page, "<html lang=en><title>Budget</title><main><h1>Budget</h1></main>").unwrap();
    let explain = || ended(portolan(dir.path()).arg("--config").arg(&config).args(["explain", "219"]).arg(&page).output());
    let (before, fitted) = (explain(), config.join("instruments/losi-2024/fitted.toml"));
    assert!(before.1.contains("+3.0  topic@title"), "{before:?}");
    std::fs::write(&fitted, "[bands]\nmedium = 1.10\nhigh = 1.50\n\n[factors]\n\"topic@title\" = 0.50\n").unwrap();
    let after = explain();
    assert!(after.1.contains("+1.5  topic@title"), "{after:?}");
    std::fs::write(&fitted, "[bands]\nmedium = 1.10\nhigh = 1.00\n\n[factors]\n\"topic@tilte\" = 0.50\nfile = 0.0\n").unwrap();
    let (code, _, told) = explain();
    assert_eq!(code, 3, "{told}");
    for words in [
        "instruments/losi-2024/fitted.toml:3: bands.high: the highest band begins no lower",
        "instruments/losi-2024/fitted.toml:6: factors.\"topic@tilte\": `topic@tilte` is no signal of this instrument",
        "instruments/losi-2024/fitted.toml:7: factors.file: a factor is 0.1 to 10",
    ] {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn an_instrument_is_chosen_by_flag_and_a_wrong_name_says_which_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| ended(portolan(dir.path()).args(arguments).output());
    let (_, out, _) = run(&["doctor", "--instrument", "rural-losi-draft"]);
    assert!(out.contains("rules: rural-losi-draft with 35 indicators"), "{out}");
    let (code, _, told) = run(&["findings", "--instrument", "losi-2022"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("there is no instrument `losi-2022`: there are losi-2024, rural-losi-draft"), "{told}");
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/rural-losi-draft");
    let (code, out, told) = run(&["rules", "test", "--instrument", "rural-losi-draft", "--fixtures", pages]);
    assert_eq!(code, 0, "{out}{told}");
    assert!(out.contains("9 pages judged, 0 otherwise than named"), "{out}");
}
