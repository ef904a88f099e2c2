//! The fictional cities under `fixtures/sites` and their labels hold together: quotes stand where they are said to,
//! links lead somewhere, pages are small.

#![expect(clippy::unwrap_used, reason = "a broken fixture is a failed test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use url::Url;

/// Folder, and the names it is served under.
const SITES: [(&str, &[&str]); 4] = [
    ("alderhaven", &["www.alderhaven.example", "alderhaven.example"]),
    ("wadi-nakheel", &["www.wadi-nakheel.example", "wadi-nakheel.example"]),
    ("rochevigne", &["www.rochevigne.example", "rochevigne.example"]),
    ("guichet-orle", &["demarches.guichet-orle.example"]),
];
const LABELLED: [&str; 3] = ["alderhaven", "wadi-nakheel", "rochevigne"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/sites")
}

fn labels(site: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join(format!("{site}.labels.json"))).unwrap()).unwrap()
}

/// All pages of a site: path relative to its folder, and text.
fn pages(site: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for child in std::fs::read_dir(folder).unwrap().map(|child| child.unwrap().path()) {
            if child.is_dir() { walk(&child, found) } else { found.push(child) }
        }
    }
    let base = root().join(site);
    let mut files = Vec::new();
    walk(&base, &mut files);
    let html = files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "html"));
    html.map(|file| (file.strip_prefix(&base).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(file).unwrap()))
        .collect()
}

/// Visible text with white space collapsed, and no space before punctuation that followed a tag.
fn visible(html: &str) -> String {
    let text: Vec<&str> = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    text.join("").split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&")
}

#[test]
fn every_label_file_judges_the_same_95_indicators() {
    let codes = |site| labels(site)["labels"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let first = codes(LABELLED[0]);
    assert_eq!(first.len(), 95);
    assert!(LABELLED.iter().all(|site| codes(site) == first));
}

#[test]
fn every_quote_and_link_stands_on_the_page_it_is_said_to() {
    for site in LABELLED {
        let file = labels(site);
        for (code, label) in file["labels"].as_object().unwrap() {
            let evidence = label["evidence"].as_array().unwrap();
            let needed = matches!(label["verdict"].as_str().unwrap(), "present" | "lead");
            assert_eq!(needed, !evidence.is_empty(), "{site} {code}");
            for piece in evidence {
                let folder = piece["host"].as_str().map_or(site, |host| file["hosts"][host].as_str().unwrap());
                let path = root().join(folder).join(piece["path"].as_str().unwrap());
                let bytes = std::fs::read(&path).unwrap_or_else(|_| panic!("{site} {code}: {}", path.display()));
                let text = match path.extension().unwrap().to_str().unwrap() {
                    "pdf" => lopdf::Document::load_mem(&bytes).unwrap().extract_text(&[1]).unwrap(),
                    _ => String::from_utf8(bytes).unwrap(),
                };
                let quote = piece["quote"].as_str().unwrap();
                let stands = visible(&text).contains(quote) || text.contains(quote);
                assert!(stands, "{site} {code}: `{quote}` is not on {}", path.display());
                let href = piece["href"].as_str().unwrap_or_default();
                assert!(text.contains(&format!("{href}\"")) || href.is_empty(), "{site} {code}: `{href}`");
            }
        }
    }
}

#[test]
fn traps_stand_on_pages_that_are_no_evidence() {
    for site in LABELLED {
        let file = labels(site);
        for trap in file["traps"].as_array().unwrap() {
            let (code, path) = (trap["code"].as_str().unwrap(), trap["path"].as_str().unwrap());
            assert!(root().join(site).join(path).is_file(), "{site}: {path}");
            let evidence = file["labels"][code]["evidence"].as_array().unwrap();
            let clash = evidence.iter().any(|piece| piece["path"] == path) && file["labels"][code]["verdict"] == "present";
            assert!(!clash, "{site} {code}: {path} is trap and evidence");
        }
    }
}

#[test]
fn every_link_between_our_pages_leads_to_one() {
    for (site, hosts) in SITES {
        for (path, html) in pages(site) {
            let base = Url::parse(&format!("https://{}/{path}", hosts[0])).unwrap();
            let targets = ["href=\"", "src=\"", "action=\""].iter().flat_map(|attribute| html.split(attribute).skip(1));
            for target in targets.map(|piece| piece.split_once('"').unwrap().0) {
                let url = base.join(&target.replace("&amp;", "&")).unwrap();
                let Some((folder, _)) = SITES.iter().find(|(_, hosts)| hosts.contains(&url.host_str().unwrap_or_default()))
                else {
                    continue;
                };
                let file = root().join(folder).join(url.path().trim_start_matches('/'));
                assert!(file.is_file() || file.join("index.html").is_file(), "{site}/{path}: {target}");
            }
        }
    }
}

#[test]
fn pages_are_small_and_say_their_language() {
    for (site, _) in SITES {
        for (path, html) in pages(site) {
            assert!((1_500..8_500).contains(&html.len()), "{site}/{path}: {}", html.len());
            assert!(html.contains("lang=\"") && html.contains("<title>"), "{site}/{path}");
        }
    }
}
