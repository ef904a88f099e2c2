//! A score from decision to audit pack, and walked back from there: what holds, and what is told when something is missing.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{ended, leave, portolan};

/// Runs the program on a data directory with the demo's key.
fn run(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    let key = data.join("demo.key");
    ended(portolan(data).env("PORTOLAN_KEY_FILE", &key).args(arguments).output())
}

fn done(data: &Path, arguments: &[&str]) -> String {
    let (code, out, told) = run(data, arguments);
    assert_eq!(code, 0, "{arguments:?}: {out}{told}");
    out
}

/// The data directory of a demo.
fn demo(dir: &Path) -> PathBuf {
    let (code, out, told) = ended(portolan(dir).arg("demo").env("TMPDIR", dir).output());
    assert_eq!(code, 0, "{told}");
    let (_, after) = out.split_once("Everything is kept in ").unwrap();
    PathBuf::from(after.lines().next().unwrap().strip_suffix(". To look further:").unwrap())
}

/// Two assessors who agree with the machine where it shows something, but differ on one indicator.
fn decisions(findings: &str, disputed: &str) -> String {
    let mut lines = String::new();
    for finding in findings.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        if finding["portal"] != "alderhaven" {
            continue;
        }
        for (slot, assessor) in [("A", "a-17"), ("B", "b-04")] {
            let mut made = json!({ "kind": "decision", "portal": "alderhaven", "slot": slot, "assessor": assessor, "code": finding["code"] });
            let shown = finding["answer"] == "present" && finding["evidence"] != 0;
            if shown && !(finding["code"] == disputed && slot == "B") {
                made["answer"] = json!("yes");
                made["evidence"] = json!([{ "finding": finding["finding"], "rank": 1 }]);
            } else {
                made["answer"] = json!("no");
                made["reason"] = json!("not_found_after_search");
                made["trail"] = json!(["the menus of the home page"]);
            }
            writeln!(lines, "{made}").unwrap();
        }
    }
    lines
}

/// An indicator of which the machine showed nothing, so that both say no.
fn refused(findings: &str) -> String {
    let mut all = findings.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let finding = all.find(|finding| finding["portal"] == "alderhaven" && finding["answer"] == "absent").unwrap();
    finding["code"].as_str().unwrap().to_owned()
}

/// A release is scored to the same bytes from the ledger, and on a machine that has nothing but the pack.
fn scored(data: &Path, pack: &Path) {
    let away = tempfile::tempdir().unwrap();
    let alone = |more: &[&str]| {
        let mut program = portolan(&away.path().join("none"));
        ended(program.args(["--config", "/nowhere", "score", pack.to_str().unwrap()]).args(more).output())
    };
    for more in [&[][..], &["--denominator", "95"]] {
        let ours = done(data, &[&["score", "demo/1"], more].concat());
        assert_eq!(alone(more), (0, ours.clone(), String::new()));
        let scores: Value = serde_json::from_str(&ours).unwrap();
        assert_eq!(format!("{}\n", archive::canonical(&scores)), ours);
        let of = if more.is_empty() { 96 } else { 95 };
        let card = &scores["cities"][0];
        assert_eq!((&scores["denominator"], &card["denominator"], &card["standing"]), (&json!(of), &json!(of), &json!("scored")));
        assert!(card["yes"].as_u64().unwrap() > 0 && card["basis"] == "decided", "{card}");
    }
    let country = away.path().join("gb.toml");
    fs::write(&country, "index = \"osi-2024\"\ncountry = \"GB\"\nsource = \"ours\"\n[answers]\n010 = true\n").unwrap();
    let (code, out, told) = alone(&["--beside", country.to_str().unwrap()]);
    let beside = serde_json::from_str::<Value>(&out).unwrap_or_else(|_| panic!("{code} {told}"))["beside"].take();
    assert_eq!(
        (&beside["country"], &beside["features"][0]["osi"], &beside["features"][0]["country"]),
        (&json!("GB"), &json!("010"), &json!(true))
    );
    assert!(beside["features"][0]["cities"]["215"]["alderhaven"].is_boolean(), "{beside}");
    let (code, _, told) = alone(&["--denominator", "94"]);
    assert!(code == 2 && told.contains("cannot divide by 94"), "{told}");
    assert!(run(data, &["score", "demo/9"]).2.contains("`demo/9` is neither a release nor an audit pack"));
    on_one_page(data, away.path());
}

/// The page is written without a browser; a PDF says what it needs.
fn on_one_page(data: &Path, dir: &Path) {
    let html = dir.join("page.html");
    let page = ["city-page", "demo/1", "alderhaven", "--lang", "ru", "--out", html.to_str().unwrap()];
    done(data, &page);
    let text = fs::read_to_string(&html).unwrap();
    assert!(text.contains("<html lang=\"ru\"") && text.contains("С чего начать") && text.contains("@page{size:A4}"), "{text}");
    assert!(!text.contains("<script") && !text.contains("href=\"/"), "{text}");
    let pdf = dir.join("page.pdf");
    let (code, _, told) = ended(
        portolan(data).env("PATH", "").args(["city-page", "demo/1", "alderhaven", "--out", pdf.to_str().unwrap()]).output(),
    );
    assert_eq!(code, 2);
    assert!(told.contains("needs a browser") && told.contains("--browser FILE") && told.contains(".html"), "{told}");
    let (code, _, told) = run(data, &["city-page", "demo/1", "nowhere", "--out", html.to_str().unwrap()]);
    assert!(code == 2 && told.contains("release demo/1 has no city `nowhere`"), "{told}");
}

#[test]
fn a_score_is_walked_back_to_its_bytes_and_a_missing_decision_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let data = demo(dir.path());
    let findings = done(&data, &["findings", "--format", "jsonl"]);
    let file = dir.path().join("decisions.jsonl");
    fs::write(&file, decisions(&findings, "219")).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(done(&data, &["record", file]).trim(), "190 kept, 0 refused");
    let (code, out, told) = run(&data, &["record", file]);
    assert_eq!((code, out.trim()), (3, "0 kept, 190 refused"), "a decision is not made twice: {told}");
    assert!(told.contains("give `supersedes` as urn:uuid:"), "{told}");

    let (code, _, told) = run(&data, &["sign-off", "alderhaven", "--by", "s-01"]);
    assert_eq!(code, 2);
    assert!(told.contains("alderhaven cannot be signed off: 219 needs a ruling"), "{told}");
    let ruling = dir.path().join("ruling.jsonl");
    let rule = |reviewer: &str| {
        let made = json!({ "kind": "adjudication", "portal": "alderhaven", "reviewer": reviewer, "code": "219", "answer": "yes", "reason": "machine_misread" });
        fs::write(&ruling, made.to_string()).unwrap();
        run(&data, &["record", ruling.to_str().unwrap()])
    };
    assert!(rule("a-17").2.contains("who assessed a city may not rule on it"));
    assert_eq!(rule("r-02").0, 0);
    assert!(run(&data, &["sign-off", "alderhaven", "--by", "r-02"]).2.contains("who ruled on a city may not sign it off"));
    done(&data, &["sign-off", "alderhaven", "--by", "s-01"]);
    done(&data, &["release", "--by", "p-01"]);
    let pack = dir.path().join("audit");
    let name = pack.to_str().unwrap();
    done(&data, &["pack", "demo/1", "--out", name]);

    published(&data, dir.path(), &pack);
    leave(&pack.join("wacz/alderhaven.wacz"));
    for path in [name, data.to_str().unwrap()] {
        let out = done(&data, &["verify", path]);
        assert!(out.lines().last().unwrap().starts_with("verified: "), "{out}");
    }
    let page = done(&data, &["verify", name, "--score", "alderhaven/220"]);
    let log = fs::read_to_string(data.join("archive/log.jsonl")).unwrap();
    let over = format!("over {} entries of the log", log.lines().count());
    for words in ["Answer      YES", "(by a-17 and b-04)", ": they stand there.", "How one gets there: https://", &over] {
        assert!(page.contains(words), "no `{words}` in {page}");
    }
    let certificate = "It showed a certificate for ";
    for words in
        ["   HTTP status 200; the time by its own clock: ", certificate, ", given by ", "\n   valid ", "\n   digest      "]
    {
        assert!(page.contains(words), "no `{words}` in {page}");
    }
    let valid = page.lines().find_map(|line| line.strip_prefix("   valid ")).unwrap();
    let plain: String = valid.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(plain, "0000-00-00 00:00:00 to 0000-00-00 00:00:00.");
    let instant = |word: &str| word.contains('T') && word.starts_with("20") && word.contains('.');
    assert!(!page.split_whitespace().any(instant), "an instant is told to the second: {page}");
    assert!(done(&data, &["verify", name, "--score", "alderhaven/219"]).contains("Reviewer r-02 ruled, "));
    let page = done(&data, &["verify", name, "--score", &format!("alderhaven/{}", refused(&findings))]);
    let looked = "      looked at: the menus of the home page";
    assert!(page.contains("Answer      NO") && page.lines().filter(|line| *line == looked).count() == 2, "{page}");
    // As many as the machine had said.
    let (_, said) = page.split_once("absent: not on any of ").unwrap();
    let seen = format!("   {} pages of the site, ", said.split(' ').next().unwrap());
    let told = page.lines().find(|line| line.starts_with(&seen)).unwrap_or_else(|| panic!("no `{seen}` in {page}"));
    assert!(told.contains(" answers of its own search, kept in wacz/alderhaven.wacz; "), "{told}");

    // Whoever drops a decision and lists the files anew is still found out: the answer rests on nothing.
    let entries = fs::read_to_string(pack.join("entries.jsonl")).unwrap();
    // By the columns of the row: the letters of a pseudonym may stand in any UUID too.
    let dropped = |line: &&str| {
        let row = serde_json::from_str::<Value>(line).unwrap()["entry"]["body"]["row"].take();
        row["assessor"] == "a-17" && row["code"] == "220"
    };
    let kept: String = entries.lines().filter(|line| !dropped(line)).map(|line| format!("{line}\n")).collect();
    assert_eq!(kept.lines().count() + 1, entries.lines().count());
    fs::write(pack.join("entries.jsonl"), kept).unwrap();
    let (code, out, _) = run(&data, &["verify", name, "--score", "alderhaven/220"]);
    assert_eq!((code, run(&data, &["score", name]).0), (6, 6));
    assert!(out.starts_with("THIS PACK FAILED THE CHECK: 2 fault(s)"), "{out}");
    assert!(out.contains("MISSING OR DAMAGED: urn:uuid:"), "{out}");
    assert!(out.contains("fault\tscore alderhaven/220\tit rests on urn:uuid:"), "{out}");
    assert!(!out.contains("Why a change would be seen"), "{out}");
}

/// What else is made of a release.
fn published(data: &Path, dir: &Path, pack: &Path) {
    exported(data, dir);
    scored(data, pack);
}

/// The release as files: all of them once, the same of the same ledger, and none written over.
fn exported(data: &Path, dir: &Path) {
    let out = dir.join("export");
    let into = |format: &str| run(data, &["export", "demo/1", "--out", out.to_str().unwrap(), "--format", format]);
    let (code, told, _) = into("xlsx");
    assert!(code == 0 && told.contains("workbook.xlsx"), "{told}");
    let (code, _, told) = into("all");
    assert!(code == 2 && told.contains("workbook.xlsx` is there already"), "{told}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1, "nothing else was written");
    for format in ["table", "csv-safe", "json", "jsonl", "earl"] {
        assert_eq!(into(format).0, 0, "{format}");
    }
    let text = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let book: Value = serde_json::from_str(&text("campaign.json")).unwrap();
    assert_eq!((&book["campaign"]["status"], &book["campaign"]["release"]), (&json!("released"), &json!(1)));
    assert_eq!(book["finals"].as_array().unwrap().len(), 95);
    assert_eq!(book["scores"][0]["denominator"], 96);
    let disputed = book["discrepancies"].as_array().unwrap().len();
    let answers = text("answers.jsonl").lines().count();
    assert!(answers > 95 * 4, "two slots, the final answer and the proposal of each: {answers}");
    assert!(text("answers.csv").starts_with("key,campaign,edition,release,"));
    assert_eq!(disputed, 0, "nobody compared sealed slots");
    let first = book["finals"].as_array().unwrap().iter().find(|one| one["answer"] == "yes").unwrap();
    assert!(first["captured"].as_str().unwrap().starts_with("20") && first["digest"].as_str().unwrap().starts_with("sha256:"));
    let (code, _, told) = run(data, &["export", "demo/7", "--out", dir.join("none").to_str().unwrap()]);
    assert!(code == 2 && told.contains("there is no campaign or release `demo/7`") && !dir.join("none").exists(), "{told}");
    // Of a campaign whose slots are not sealed there is nothing but what is released.
    let (code, told, _) = run(data, &["export", "demo", "--out", dir.join("now").to_str().unwrap(), "--format", "json"]);
    assert_eq!(code, 0, "{told}");
    let now: Value = serde_json::from_str(&fs::read_to_string(dir.join("now/campaign.json")).unwrap()).unwrap();
    assert_eq!((&now["campaign"]["status"], now["cities"].as_array().unwrap().len()), (&json!("internal"), 1));
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/peers/released");
    fs::create_dir_all(&kept).unwrap();
    for file in fs::read_dir(&out).unwrap().map(|file| file.unwrap()) {
        fs::copy(file.path(), kept.join(file.file_name())).unwrap();
    }
}
