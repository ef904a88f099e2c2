//! Crosswalks between the editions that lie side by side, checked.

use indicator::{Mistake, Source};
use model::Instrument;
use score::{Crosswalk, Draft};

use crate::national::is_national;

/// Every crosswalk among the files that is good, and what is wrong with the others.
pub(crate) fn read(sources: &[Source]) -> (Vec<Crosswalk>, Vec<Mistake>) {
    let (mut good, mut mistakes) = (Vec::new(), Vec::new());
    for source in sources.iter().filter(|source| source.path.contains("crosswalks/") && !is_national(source)) {
        match one(source, sources) {
            Ok(crosswalk) => good.push(crosswalk),
            Err(of_file) => mistakes.extend(of_file),
        }
    }
    (good, mistakes)
}

/// Earlier editions of which it is known what became of their questions in that one.
pub(crate) fn earlier(sources: &[Source], edition: &str) -> Vec<(Instrument, Crosswalk)> {
    let leads = read(sources).0.into_iter().filter(|crosswalk| crosswalk.to == edition);
    leads.filter_map(|crosswalk| Some((indicator::instrument(sources, &crosswalk.from).ok()?, crosswalk))).collect()
}

fn one(source: &Source, sources: &[Source]) -> Result<Crosswalk, Vec<Mistake>> {
    let draft: Draft = source.read().map_err(|mistake| vec![mistake])?;
    let name = format!("{}--{}.toml", draft.from, draft.to);
    if !source.path.ends_with(&format!("crosswalks/{name}")) {
        return Err(vec![source.mistake_of("from", format!("a crosswalk between these editions is named {name}"))]);
    }
    let edition = |key: &str, edition: &str| -> Result<Instrument, Vec<Mistake>> {
        indicator::instrument(sources, edition).map_err(|error| vec![source.mistake_of(key, error.to_string())])
    };
    let (old, new) = (edition("from", &draft.from)?, edition("to", &draft.to)?);
    Crosswalk::new(draft, &old, &new).map_err(|flaws| {
        let told = flaws.into_iter().map(|flaw| source.mistake_of(&flaw.key, flaw.what));
        told.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Vec<Source> {
        crate::config::sources(None).unwrap()
    }

    /// The mistakes of the crosswalk that ships, with a change.
    fn told(from: &str, to: &str) -> Vec<String> {
        let mut sources = shipped();
        let file = sources.iter_mut().find(|source| source.path.contains("crosswalks/") && !is_national(source)).unwrap();
        assert!(file.text.contains(from), "no `{from}` in {}", file.path);
        file.text = file.text.replacen(from, to, 1);
        read(&sources).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_crosswalk_that_ships_accounts_for_every_code() {
        let (good, mistakes) = read(&shipped());
        assert_eq!(mistakes, []);
        let pairs: Vec<(&str, &str)> = good[0].pairs().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        assert_eq!(pairs.len(), 30);
        assert!(pairs.contains(&("282", "282")) && !pairs.contains(&("216", "216")) && !pairs.contains(&("285", "285")));
    }

    #[test]
    fn mistakes_have_file_line_and_key() {
        let path = "crosswalks/losi-2024--rural-losi-draft.toml";
        assert_eq!(told("\"R2\"", "\"R3\"")[0], format!("{path}:22: new: `rural-losi-draft` has no indicator `R3`"));
        let twice = told("[\"220\", \"221\"]", "[\"220\", \"221\", \"285\"]");
        assert_eq!(twice, [format!("{path}:42: merged.old: `285` of `losi-2024` stands under `split` already")]);
        let nowhere = told("to = \"rural-losi-draft\"", "to = \"urban\"");
        assert_eq!(nowhere.len(), 1);
        assert!(nowhere[0].starts_with(&format!("{path}:4: from: a crosswalk between these editions is named")), "{nowhere:?}");
    }
}
