//! Portal lists: every wrong row is told at once, with its line and what to do.

use std::collections::BTreeMap;
use std::path::Path;

use indicator::Source;
use model::{Country, Host, Language, Portal, Role};
use report::portals::{RawPortal, read_csv};
use serde::Deserialize;
use url::Url;

use crate::exit::Fault;

/// A list read: good portals, and what is wrong with the others.
pub(crate) struct List {
    pub(crate) portals: Vec<Portal>,
    /// Line and what is wrong with it.
    pub(crate) wrong: Vec<(u64, String)>,
}

/// Reads a list by its file extension. Hosts named in `routed` may be anywhere, even on this machine.
pub(crate) fn read(file: &Path, routed: bool) -> anyhow::Result<List> {
    let hint = "save the list as CSV (UTF-8) or TOML";
    let bytes = std::fs::read(file)
        .map_err(|error| Fault::configuration(format!("`{}` cannot be read: {error}", file.display()), hint))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        Fault::configuration(format!("`{}` is not UTF-8 at byte {}", file.display(), error.utf8_error().valid_up_to()), hint)
    })?;
    let lines =
        if file.extension().is_some_and(|extension| extension == "toml") { toml_rows(file, text)? } else { read_csv(&text) };
    Ok(checked(lines, routed))
}

/// As [`read`], for the text of a CSV list.
pub(crate) fn read_text(text: &str, routed: bool) -> List {
    checked(read_csv(text), routed)
}

fn checked(lines: Vec<report::portals::Line>, routed: bool) -> List {
    let mut list = List { portals: Vec::new(), wrong: Vec::new() };
    let (mut ids, mut homes): (BTreeMap<String, u64>, BTreeMap<String, u64>) = (BTreeMap::new(), BTreeMap::new());
    for (line, row) in lines {
        let (portal, mut wrong) = match row {
            Ok(row) => portal(&row, routed),
            Err(error) => (None, vec![error]),
        };
        if let Some(portal) = &portal {
            for (seen, what, value) in [(&mut ids, "id", portal.id.clone()), (&mut homes, "home page", portal.home.to_string())] {
                if let Some(first) = seen.insert(value.clone(), line) {
                    wrong.push(format!("the {what} `{value}` stands on line {first} already: keep one of the two"));
                }
            }
        }
        list.portals.extend(portal.filter(|_| wrong.is_empty()));
        list.wrong.extend(wrong.into_iter().map(|what| (line, what)));
    }
    list
}

/// `[[portal]]` tables; `hosts` and `languages` are written as in CSV.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawToml {
    portal: Vec<RawPortal>,
}

fn toml_rows(file: &Path, text: String) -> anyhow::Result<Vec<report::portals::Line>> {
    let lines: Vec<u64> =
        text.lines().zip(1..).filter(|(line, _)| line.trim() == "[[portal]]").map(|(_, number)| number).collect();
    let source = Source { path: file.display().to_string(), text };
    let raw: RawToml = source.read().map_err(|mistake| Fault::configuration(mistake.to_string(), "correct that line"))?;
    Ok(lines.into_iter().zip(raw.portal.into_iter().map(Ok)).collect())
}

/// Checks one row; everything wrong with it is told, not only the first.
fn portal(row: &RawPortal, routed: bool) -> (Option<Portal>, Vec<String>) {
    let mut wrong = Vec::new();
    if row.id.is_empty() || !row.id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
        wrong.push(format!("the id `{}` is not made of letters, digits, `-` and `_`", row.id));
    }
    if row.city.is_empty() {
        wrong.push("the city is empty".to_owned());
    }
    let country = Country::new(&row.country).map_err(|error| wrong.push(error.to_string())).ok();
    let home = home(&row.home, routed).map_err(|what| wrong.push(what)).ok();
    let words = |text: &str| text.split([' ', ';', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mut languages = Vec::new();
    for tag in words(&row.languages) {
        match Language::new(&tag) {
            Ok(language) => languages.push(language),
            Err(error) => wrong.push(error.to_string()),
        }
    }
    let mut hosts = Vec::new();
    for pair in words(&row.hosts) {
        match host(&pair) {
            Ok(host) => hosts.push(host),
            Err(what) => wrong.push(what),
        }
    }
    let (Some(country), Some(home)) = (country, home) else { return (None, wrong) };
    let portal = Portal { id: row.id.clone(), city: row.city.clone(), country, home, hosts, languages, notes: row.notes.clone() };
    (Some(portal), wrong)
}

fn home(text: &str, routed: bool) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| {
        format!("the home page `{text}` is no URL ({error}): write it whole, as in https://www.city.example/")
    })?;
    if routed {
        return Ok(url);
    }
    crawl::guard::check_url(&url).map_err(|why| format!("the home page `{text}` will not be visited: {why}"))?;
    Ok(url)
}

fn host(pair: &str) -> Result<Host, String> {
    let roles = [Role::Alias, Role::Subdomain, Role::Service, Role::Denied];
    let wrong = || format!("the host `{pair}` is not written as name=role with a role of alias, subdomain, service or denied");
    let (name, role) = pair.split_once('=').ok_or_else(wrong)?;
    let role = roles.into_iter().find(|known| known.as_str() == role).ok_or_else(wrong)?;
    let url = Url::parse(&format!("https://{name}/")).map_err(|_| wrong())?;
    let name = url.host_str().ok_or_else(wrong)?.trim_end_matches('.').to_owned();
    Ok(Host { name, role })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expect: &[&str]) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(name);
        std::fs::write(&file, text).unwrap();
        let list = read(&file, false).unwrap();
        let told: Vec<String> = list.wrong.iter().map(|(line, what)| format!("{line}: {what}")).collect();
        assert_eq!(told, expect);
    }

    #[test]
    fn every_wrong_row_is_told_at_once() {
        check(
            "list.csv",
            "id,city,country,home,hosts,languages\n\
             a,Aville,FR,https://a.example.com/,,fr\n\
             a,Bville,UK,http://10.0.0.1/,b.example,xx\n\
             c d,,FR,nowhere,,\n\
             e,Eville,FR,https://a.example.com/,data.e.example=subdomain,fr\n",
            &[
                "3: `UK` is not a country: expected a two-letter ISO 3166-1 code, as in `BR` or `JP`",
                "3: the home page `http://10.0.0.1/` will not be visited: the address `10.0.0.1` is private",
                "3: `xx` is not a known language tag: expected BCP 47 with an ISO 639 language, as in `fr`, `pt-BR` or `zh-Hant`",
                "3: the host `b.example` is not written as name=role with a role of alias, subdomain, service or denied",
                "4: the id `c d` is not made of letters, digits, `-` and `_`",
                "4: the city is empty",
                "4: the home page `nowhere` is no URL (relative URL without a base): write it whole, as in https://www.city.example/",
                "5: the home page `https://a.example.com/` stands on line 2 already: keep one of the two",
            ],
        );
    }

    #[test]
    fn a_toml_list_names_the_line_of_its_table() {
        check(
            "list.toml",
            "# ours\n[[portal]]\nid = \"a\"\ncity = \"A\"\ncountry = \"FR\"\nhome = \"https://a.example.com/\"\n\n[[portal]]\nid = \"b\"\ncity = \"B\"\ncountry = \"ZZ\"\nhome = \"https://b.example.com/\"\n",
            &["8: `ZZ` is not a country: expected a two-letter ISO 3166-1 code, as in `BR` or `JP`"],
        );
    }
}
