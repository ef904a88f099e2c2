//! What the program will not do, and what it says instead.

use crate::program::{ended, portolan};

/// Runs a command in an empty folder and asserts its exit code and what it says on standard error.
#[track_caller]
fn check(arguments: &[&str], code: i32, words: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("list.csv"), "id,city,country,home\na,A,FR,https://www.a-town.fr/\n").unwrap();
    let (ended, _, told) = ended(portolan(&dir.path().join("data")).current_dir(dir.path()).args(arguments).output());
    assert_eq!(ended, code, "{told}");
    for words in words {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn without_a_contact_the_public_web_is_not_crawled() {
    check(&["survey", "list.csv"], 3, &["error: no contact URL is set", "hint: set agent.contact in portolan.toml"]);
}

#[test]
fn without_a_survey_there_are_no_findings() {
    check(&["findings"], 2, &["error: there is no ledger in `", "hint: run `portolan survey` first"]);
    check(&["judge"], 2, &["error: there is no ledger in `"]);
    check(&["survey", "--resume", "--connect-to", "a:80:127.0.0.1:9"], 2, &["error: there is no ledger in `"]);
}

#[test]
fn an_unknown_indicator_is_told_as_such() {
    check(&["explain", "999", "list.csv"], 2, &["error: the instrument has no indicator 999", "hint: codes are those"]);
    check(&["explain", "no code", "list.csv"], 2, &["error: "]);
}

#[test]
fn haste_is_only_for_loopback() {
    let hasty = ["survey", "list.csv", "--delay", "0.1", "--contact", "https://portolan.example/"];
    check(&hasty, 2, &["error: --delay below 2 seconds would be impolite"]);
}

#[test]
fn every_wrong_row_of_a_list_is_told_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    let rows = "id,city,country,home,hosts,languages,notes\n\
                a,Aville,FR,https://www.a-town.fr/,,fr,\n\
                b,Bville,UK,http://10.0.0.1/,,xx,\n\
                a,Cville,FR,https://www.c-town.fr/,,fr,\n\
                d,Dville,FR,nowhere,,fr,\n";
    std::fs::write(&list, rows).unwrap();
    let (code, out, told) = ended(portolan(dir.path()).args(["portals", "check"]).arg(&list).output());
    assert_eq!(code, 3, "{told}");
    let lines: Vec<&str> = out.lines().map(|line| line.strip_prefix(&format!("{}:", list.display())).unwrap()).collect();
    let starts = ["3: `UK`", "3: the home page `http://10.0.0.1/`", "3: `xx`", "4: the id `a`", "5: the home page `nowhere`"];
    assert_eq!(lines.len(), starts.len(), "{out}");
    assert!(lines.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "{out}");
    assert!(told.contains("1 good row(s), 5 mistake(s)"), "{told}");
}

#[test]
fn the_doctor_names_what_is_missing_and_what_works() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, told) = ended(portolan(dir.path()).arg("doctor").output());
    assert_eq!(code, 3, "{told}");
    let bad: Vec<&str> = out.lines().filter(|line| line.starts_with("BAD")).collect();
    assert!(bad.len() == 1 && bad[0].contains("contact: none set"), "{out}");
    for words in ["with 95 indicators", "PDF reader: works in its child process", "can be written", "clock: 20"] {
        assert!(out.contains(words), "{out}");
    }
}
