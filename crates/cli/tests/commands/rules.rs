//! `rules`: what keepers of instruments, lexicons and vendors see.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{ended, portolan};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The shipped rules with one lexicon changed.
fn config_with(dir: &Path, lexicon: &str, change: impl FnOnce(String) -> String) -> PathBuf {
    let config = dir.join("config");
    copy(&root().join("config"), &config);
    let file = config.join("lexicons").join(lexicon);
    fs::write(&file, change(fs::read_to_string(&file).unwrap())).unwrap();
    config
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

#[test]
fn the_shipped_rules_lack_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let fixtures = root().join("fixtures/indicators");
    let (code, out, _) = ended(portolan(dir.path()).args(["rules", "check", "--fixtures"]).arg(fixtures).output());
    assert_eq!(code, 0, "{out}");
}

#[test]
fn the_list_of_states_is_that_of_the_lexicons_and_serves_185() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, _) = ended(portolan(dir.path()).args(["rules", "states"]).output());
    assert_eq!(code, 0);
    let kept = fs::read_to_string(root().join("config/lexicons/COVERAGE.md")).unwrap();
    assert!(out == kept, "write it anew: portolan rules states > config/lexicons/COVERAGE.md");
    let rows: Vec<Vec<&str>> = out.lines().filter(|line| line.starts_with("| ")).map(|line| line.split('|').collect()).collect();
    let served = rows[1..].iter().filter(|row| row[4].trim() != "none").count();
    assert_eq!(rows.len() - 1, 193);
    assert!(served >= 185, "{served} states are served");
}

#[test]
fn a_gap_a_collision_and_a_needless_reason_are_told_by_file_and_word() {
    let dir = tempfile::tempdir().unwrap();
    let config = config_with(dir.path(), "de.toml", |text| {
        let lines = text.lines().filter(|line| !line.starts_with("water-bill = "));
        lines
            .map(|line| if line.starts_with("fine = ") { "fine = [\"Organigramm*\"]\n" } else { line })
            .collect::<Vec<_>>()
            .join("\n")
    });
    let fixtures = root().join("fixtures/indicators");
    let run = portolan(dir.path()).args(["rules", "check", "--fixtures"]).arg(fixtures).arg("--config").arg(&config).output();
    let (code, out, _) = ended(run);
    assert_eq!(code, 3);
    let said: Vec<&str> = out.lines().filter(|line| line.starts_with("lexicons/de.toml: ")).collect();
    assert!(said.iter().any(|line| line.contains("`water-bill` has no term")), "{out}");
    assert!(said.iter().any(|line| line.contains("`organigramm*` stands for fine and org-chart")), "{out}");
}

#[test]
fn a_page_judged_otherwise_is_shown_with_what_fired() {
    let dir = tempfile::tempdir().unwrap();
    let fixtures = dir.path().join("pages/219-budget");
    fs::create_dir_all(&fixtures).unwrap();
    let page = "<!-- url: https://www.town.example/budget/ --><title>Budget</title><h1>Budget</h1><p>The budget of the year.";
    fs::write(fixtures.join("absent-en.html"), page).unwrap();
    let args = ["rules", "test", "219", "--fixtures"];
    let (code, out, _) = ended(portolan(dir.path()).args(args).arg(dir.path().join("pages")).output());
    assert_eq!(code, 3);
    assert!(out.contains("absent-en.html: present") && out.contains("+3.0 topic@title “Budget”"), "{out}");
    assert!(out.ends_with("1 pages judged, 1 otherwise than named\n"), "{out}");
}

#[test]
fn codes_that_the_instrument_does_not_ask_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let fixtures = root().join("fixtures/indicators");
    let run = portolan(dir.path()).args(["rules", "test", "219", "999", "R1", "--fixtures"]).arg(fixtures).output();
    let (code, _, told) = ended(run);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("error: losi-2024 has no indicator 999, R1"), "{told}");
    assert!(told.contains("`portolan rules coverage` lists the codes"), "{told}");
}

#[test]
fn explain_says_what_the_page_alone_would_give_and_what_it_lacks() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("page.html");
    let explain = |code: &str, html: &str| {
        fs::write(&page, format!("<!-- url: https://www.town.example/x/ -->\n<html lang=en>{html}</html>")).unwrap();
        ended(portolan(dir.path()).args(["explain", code]).arg(&page).output()).1
    };
    let out = explain("219", "<title>Budget</title><h1>Budget</h1>");
    assert!(out.ends_with("judged alone: present, band low: it is worth 1.20 times what it needs\n"), "{out}");
    let out = explain("219", "<title>Budget</title>");
    assert!(out.contains("judged alone: not enough for `present`\n    worth 2.0 is lacking"), "{out}");
    let out = explain("286", "<title>Water bill</title><h1>Water bill</h1><p>The water bill comes in March.");
    assert!(out.contains("    no step done online: no link, form or sentence that says `act`"), "{out}");
}
