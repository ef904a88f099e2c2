//! Advice to cities, which lies beside the rules: one folder for each edition, checked.

use std::collections::{BTreeMap, BTreeSet};

use indicator::{Mistake, Source};
use model::Instrument;
use review::{Advice, Plan, Texts};

/// Folder of the advice.
const FOLDER: &str = "advice/";

/// Editions for which there is advice.
pub(crate) fn editions(sources: &[Source]) -> BTreeSet<&str> {
    sources.iter().filter_map(|source| Some(source.path.split_once(FOLDER)?.1.split_once('/')?.0)).collect()
}

/// The advice for an edition, none written if there is no folder of it; or what is wrong with it.
pub(crate) fn read(sources: &[Source], instrument: &Instrument) -> Result<Advice, Vec<Mistake>> {
    let folder = format!("{FOLDER}{}/", instrument.edition);
    let own: BTreeMap<&str, &Source> =
        sources.iter().filter_map(|source| Some((source.path.split_once(&folder)?.1.strip_suffix(".toml")?, source))).collect();
    let Some(first) = own.values().next() else { return Ok(Advice::default()) };
    let (mut plan, mut texts, mut mistakes) = (Plan::new(), BTreeMap::new(), Vec::new());
    for (name, source) in &own {
        if *name == "advice" {
            source.read().map(|read| plan = read).unwrap_or_else(|mistake| mistakes.push(mistake));
        } else {
            let read: Result<Texts, Mistake> = source.read();
            read.map(|read| _ = texts.insert((*name).to_owned(), read)).unwrap_or_else(|mistake| mistakes.push(mistake));
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Advice::new(instrument, plan, texts).map_err(|flaws| {
        let at = |file: &str| own.get(file).unwrap_or(first);
        flaws.into_iter().map(|(file, flaw)| at(&file).mistake_of(&flaw.key, flaw.what)).collect()
    })
}

/// What is wrong with the advice of any edition.
pub(crate) fn mistakes(sources: &[Source]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for edition in editions(sources) {
        match indicator::instrument(sources, edition) {
            Ok(instrument) => mistakes.extend(read(sources, &instrument).err().into_iter().flatten()),
            Err(error) => {
                let folder = format!("{FOLDER}{edition}/");
                mistakes.extend(
                    sources.iter().find(|source| source.path.contains(&folder)).map(|first| first.mistake(0, error.to_string())),
                );
            }
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Vec<Source> {
        crate::config::sources(None).unwrap()
    }

    /// The mistakes of the advice that ships, with a change to one of its files.
    fn told(file: &str, from: &str, to: &str) -> Vec<String> {
        let mut sources = shipped();
        let path = format!("advice/losi-2024/{file}.toml");
        let own = sources.iter_mut().find(|source| source.path == path).unwrap();
        assert!(own.text.contains(from), "no `{from}` in {path}");
        own.text = own.text.replacen(from, to, 1);
        mistakes(&sources).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_advice_that_ships_is_whole_and_no_rule() {
        assert_eq!(mistakes(&shipped()), []);
        let chosen = crate::config::Chosen { dir: None, instrument: None };
        let whole = crate::config::compile(&shipped(), chosen).unwrap();
        assert!(!whole.rules.contains("advice/"));
        let without: Vec<Source> = shipped().into_iter().filter(|source| !source.path.starts_with(FOLDER)).collect();
        assert_eq!(crate::config::compile(&without, chosen).unwrap().digest, whole.digest);
        assert!(read(&without, &whole.book.instrument).is_ok());
    }

    #[test]
    fn mistakes_have_file_line_and_key() {
        let at = "advice/losi-2024";
        let owner = told("advice", "owner = \"personnel\"", "owner = \"nobody\"");
        assert_eq!(owner.len(), 6, "one in each language: {owner:?}");
        assert!(owner[1].contains(&format!("{at}/en.toml:")) && owner[1].contains("owners: `nobody` is missing, which owns 215"));
        let unknown = told("fr", "[\"215\"]", "[\"9215\"]");
        assert_eq!(unknown.len(), 2, "{unknown:?}");
        assert!(unknown[0].contains("`215` is missing") && unknown[1].contains("the instrument has no `9215`"), "{unknown:?}");
        assert!(unknown[1].starts_with(&format!("{at}/fr.toml:")) && !unknown[1].contains("toml:1:"), "{unknown:?}");
        let effort = told("advice", "effort = \"easy\"", "effort = \"quick\"");
        assert_eq!(effort.len(), 1);
        assert!(effort[0].starts_with(&format!("{at}/advice.toml:")) && effort[0].contains("effort"), "{effort:?}");
        let steps = told("zh", "steps = [", "steps = [\"x\",");
        assert!(steps.len() == 1 && steps[0].contains("4 steps, and 3 in another language"), "{steps:?}");
        let key = told("es", "why = ", "reason = ");
        assert!(key.len() == 1 && key[0].starts_with(&format!("{at}/es.toml:")) && key[0].contains("reason"), "{key:?}");
    }
}
