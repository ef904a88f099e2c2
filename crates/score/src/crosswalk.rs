//! What became of each question from one edition to the next, and which answers may be compared over time.

use std::collections::BTreeMap;

use model::{Code, Indicator, Instrument};
use serde::Deserialize;

/// A crosswalk as its file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The old edition.
    pub from: String,
    /// The new edition.
    pub to: String,
    #[serde(default)]
    kept: Vec<Code>,
    #[serde(default)]
    retired: Vec<Code>,
    #[serde(default)]
    new: Vec<Code>,
    #[serde(default)]
    reworded: Vec<Reworded>,
    #[serde(default)]
    split: Vec<Split>,
    #[serde(default)]
    merged: Vec<Merged>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reworded {
    old: Code,
    new: Code,
    comparable: bool,
    why: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Split {
    old: Code,
    new: Vec<Code>,
    why: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Merged {
    old: Vec<Code>,
    new: Code,
    why: String,
}

/// Something wrong in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The key, with the numbers of list entries on the way: `split.0.new`.
    pub key: String,
    /// What is wrong and what to do.
    pub what: String,
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// Asked as before, under the same code.
    Kept,
    /// Asked in other words or under another code.
    Reworded {
        /// Whether answers mean the same before and after.
        comparable: bool,
    },
    /// Asked as several questions.
    Split,
    /// Asked together with others.
    Merged,
    /// Not asked any more.
    Retired,
    /// Not asked before.
    New,
}

/// Codes of the old edition, and what they are in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Codes of the old edition; none if the question is new.
    pub old: Vec<Code>,
    /// Codes of the new edition; none if the question is retired.
    pub new: Vec<Code>,
    /// What became of them.
    pub became: Became,
    /// Why, for people; empty where nothing has to be explained.
    pub why: String,
}

/// Every question of two editions, accounted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    /// The old edition.
    pub from: String,
    /// The new edition.
    pub to: String,
    /// All rows, by what became of the questions.
    pub rows: Vec<Row>,
}

impl Crosswalk {
    /// Checks a draft against the two editions; every flaw is told.
    pub fn new(draft: Draft, old: &Instrument, new: &Instrument) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        if draft.from == draft.to {
            flaws.push(Flaw { key: "to".to_owned(), what: "a crosswalk leads to another edition".to_owned() });
        }
        for (side, key, instrument) in [(Side::Old, "from", old), (Side::New, "to", new)] {
            account(&draft.mentions(side), key, instrument, &mut flaws);
        }
        draft.check_counts(&mut flaws);
        draft.check_words(old, new, &mut flaws);
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let (from, to) = (draft.from.clone(), draft.to.clone());
        Ok(Self { from, to, rows: draft.rows() })
    }

    /// Pairs of codes whose answers mean the same in both editions: the only ones over which change over time may be
    /// computed. Kept questions, and reworded ones that the file calls comparable; never parts of a split or a merger.
    pub fn pairs(&self) -> impl Iterator<Item = (&Code, &Code)> {
        let comparable = |row: &&Row| matches!(row.became, Became::Kept | Became::Reworded { comparable: true });
        self.rows.iter().filter(comparable).filter_map(|row| Some((row.old.first()?, row.new.first()?)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

impl Draft {
    /// Every code that one side names, with its key.
    fn mentions(&self, side: Side) -> Vec<(String, &Code)> {
        let old = side == Side::Old;
        let mut all = numbered("kept", &self.kept);
        all.extend(numbered(if old { "retired" } else { "new" }, if old { &self.retired } else { &self.new }));
        all.extend(
            self.reworded.iter().enumerate().map(|(n, row)| {
                if old { (format!("reworded.{n}.old"), &row.old) } else { (format!("reworded.{n}.new"), &row.new) }
            }),
        );
        for (n, row) in self.split.iter().enumerate() {
            if old {
                all.push((format!("split.{n}.old"), &row.old));
            } else {
                all.extend(numbered(&format!("split.{n}.new"), &row.new));
            }
        }
        for (n, row) in self.merged.iter().enumerate() {
            if old {
                all.extend(numbered(&format!("merged.{n}.old"), &row.old));
            } else {
                all.push((format!("merged.{n}.new"), &row.new));
            }
        }
        all
    }
    fn check_counts(&self, flaws: &mut Vec<Flaw>) {
        let few = |list: &[Code]| list.len() < 2;
        for (n, _) in self.split.iter().enumerate().filter(|(_, row)| few(&row.new)) {
            let what = "a split has at least two targets: list them, or move the code under `reworded`";
            flaws.push(Flaw { key: format!("split.{n}.new"), what: what.to_owned() });
        }
        for (n, _) in self.merged.iter().enumerate().filter(|(_, row)| few(&row.old)) {
            let what = "a merger has at least two sources: list them, or move the code under `reworded`";
            flaws.push(Flaw { key: format!("merged.{n}.old"), what: what.to_owned() });
        }
    }

    /// Whether what is kept reads as before, and what is reworded does not.
    fn check_words(&self, old: &Instrument, new: &Instrument, flaws: &mut Vec<Flaw>) {
        let same = |before: &Code, after: &Code| Some(reads(find(old, before)?, find(new, after)?));
        for (n, code) in self.kept.iter().enumerate().filter(|(_, code)| same(code, code) == Some(false)) {
            let what = format!("`{code}` does not read as before: move it under `reworded` and say whether it is comparable");
            flaws.push(Flaw { key: format!("kept.{n}"), what });
        }
        for (n, row) in self.reworded.iter().enumerate().filter(|(_, row)| row.old == row.new) {
            if same(&row.old, &row.new) == Some(true) {
                let what = format!("`{}` reads as before: move it under `kept`", row.old);
                flaws.push(Flaw { key: format!("reworded.{n}.old"), what });
            }
        }
    }

    fn rows(self) -> Vec<Row> {
        let bare = |old: Vec<Code>, new: Vec<Code>, became| Row { old, new, became, why: String::new() };
        let kept = self.kept.into_iter().map(|code| bare(vec![code.clone()], vec![code], Became::Kept));
        let reworded = self.reworded.into_iter().map(|row| {
            let became = Became::Reworded { comparable: row.comparable };
            Row { old: vec![row.old], new: vec![row.new], became, why: row.why }
        });
        let split =
            self.split.into_iter().map(|row| Row { old: vec![row.old], new: row.new, became: Became::Split, why: row.why });
        let merged =
            self.merged.into_iter().map(|row| Row { old: row.old, new: vec![row.new], became: Became::Merged, why: row.why });
        let retired = self.retired.into_iter().map(|code| bare(vec![code], Vec::new(), Became::Retired));
        let new = self.new.into_iter().map(|code| bare(Vec::new(), vec![code], Became::New));
        kept.chain(reworded).chain(split).chain(merged).chain(retired).chain(new).collect()
    }
}

fn numbered<'a>(key: &str, codes: &'a [Code]) -> Vec<(String, &'a Code)> {
    codes.iter().enumerate().map(|(n, code)| (format!("{key}.{n}"), code)).collect()
}

/// Whether each code of an edition stands once, and no other.
fn account(mentions: &[(String, &Code)], side: &str, instrument: &Instrument, flaws: &mut Vec<Flaw>) {
    let edition = &instrument.edition;
    let mut first: BTreeMap<&Code, &str> = BTreeMap::new();
    for (key, code) in mentions {
        if find(instrument, code).is_none() {
            flaws.push(Flaw { key: key.clone(), what: format!("`{edition}` has no indicator `{code}`") });
        } else if let Some(before) = first.get(code) {
            let list = before.split('.').next().unwrap_or(before);
            flaws.push(Flaw { key: key.clone(), what: format!("`{code}` of `{edition}` stands under `{list}` already") });
        } else {
            first.insert(code, key);
        }
    }
    for indicator in instrument.indicators.iter().filter(|indicator| !first.contains_key(&indicator.code)) {
        let last = if side == "from" { "retired" } else { "new" };
        let what = format!(
            "`{}` of `{edition}` is missing: list it under `kept`, `reworded`, `split`, `merged` or `{last}`",
            indicator.code
        );
        flaws.push(Flaw { key: side.to_owned(), what });
    }
}

fn find<'a>(instrument: &'a Instrument, code: &Code) -> Option<&'a Indicator> {
    instrument.indicators.iter().find(|indicator| indicator.code == *code)
}

/// Whether two indicators say the same to a person.
fn reads(a: &Indicator, b: &Indicator) -> bool {
    (&a.title, &a.seen, &a.not_enough, a.scope) == (&b.title, &b.seen, &b.not_enough, b.scope)
}

#[cfg(test)]
mod tests {
    use model::{Kind, Scope};

    use super::*;

    fn instrument(edition: &str, questions: &[(&str, &str)]) -> Instrument {
        let indicator = |&(code, title): &(&str, &str)| Indicator {
            code: Code::new(code).unwrap(),
            criterion: "CP".to_owned(),
            title: title.to_owned(),
            seen: String::new(),
            not_enough: String::new(),
            scope: Scope::Portal,
            kind: Kind::Content,
        };
        Instrument {
            edition: edition.to_owned(),
            title: String::new(),
            language: "en".to_owned(),
            denominator: 4,
            criteria: Vec::new(),
            bands: Vec::new(),
            indicators: questions.iter().map(indicator).collect(),
        }
    }

    const GOOD: &str = r#"{
        "from": "old", "to": "new", "kept": ["1"], "retired": ["7"], "new": ["R1"],
        "reworded": [
            {"old": "2", "new": "2", "comparable": true, "why": "clearer"},
            {"old": "3", "new": "8", "comparable": false, "why": "asks for more"}
        ],
        "split": [{"old": "4", "new": ["4a", "4b"], "why": "two things"}],
        "merged": [{"old": ["5", "6"], "new": "5", "why": "one thing"}]
    }"#;

    /// Walks from a small old edition to a small new one, with the draft changed; changes have ' for ".
    fn walk(changes: &[(&str, &str)]) -> Result<Crosswalk, Vec<String>> {
        let text = changes.iter().fold(GOOD.to_owned(), |text, (from, to)| {
            let (from, to) = (from.replace('\'', "\""), to.replace('\'', "\""));
            assert!(text.contains(&from), "the draft has no `{from}` to change");
            text.replacen(&from, &to, 1)
        });
        let draft: Draft = serde_json::from_str(&text).unwrap();
        let old = instrument("old", &[("1", "a"), ("2", "b"), ("3", "c"), ("4", "d"), ("5", "e"), ("6", "f"), ("7", "g")]);
        let new = instrument("new", &[("1", "a"), ("2", "B"), ("8", "C"), ("4a", "d"), ("4b", "dd"), ("5", "ef"), ("R1", "h")]);
        let told = |flaws: Vec<Flaw>| flaws.into_iter().map(|flaw| format!("{}: {}", flaw.key, flaw.what)).collect();
        Crosswalk::new(draft, &old, &new).map_err(told)
    }

    #[track_caller]
    fn wrong(changes: &[(&str, &str)], expect: &[&str]) {
        assert_eq!(walk(changes).unwrap_err(), expect);
    }

    fn pairs(changes: &[(&str, &str)]) -> Vec<String> {
        walk(changes).unwrap().pairs().map(|(old, new)| format!("{old} {new}")).collect()
    }

    #[test]
    fn change_is_computed_over_what_is_kept_and_what_is_called_comparable() {
        assert_eq!(pairs(&[]), ["1 1", "2 2"]);
        assert_eq!(pairs(&[("false", "true")]), ["1 1", "2 2", "3 8"]);
        assert_eq!(pairs(&[("true", "false")]), ["1 1"]);
    }

    #[test]
    fn an_unknown_code_is_told_with_its_key() {
        let missing = "from: `4` of `old` is missing: list it under `kept`, `reworded`, `split`, `merged` or `retired`";
        wrong(&[("'old': '4'", "'old': '99'")], &["split.0.old: `old` has no indicator `99`", missing]);
    }

    #[test]
    fn every_code_of_either_side_is_accounted_for() {
        let of_new = "to: `R1` of `new` is missing: list it under `kept`, `reworded`, `split`, `merged` or `new`";
        wrong(&[("['R1']", "[]")], &[of_new]);
        let of_old = "from: `7` of `old` is missing: list it under `kept`, `reworded`, `split`, `merged` or `retired`";
        wrong(&[("['7']", "[]")], &[of_old]);
    }

    #[test]
    fn a_code_stands_once_on_its_side() {
        wrong(&[("['7']", "['7', '3']")], &["reworded.1.old: `3` of `old` stands under `retired` already"]);
        wrong(&[("'4b']", "'4b', 'R1']")], &["split.0.new.2: `R1` of `new` stands under `new` already"]);
    }

    #[test]
    fn a_split_has_targets_and_a_merger_sources() {
        let of_new =
            |code| format!("to: `{code}` of `new` is missing: list it under `kept`, `reworded`, `split`, `merged` or `new`");
        let few = "split.0.new: a split has at least two targets: list them, or move the code under `reworded`";
        wrong(&[("['4a', '4b']", "[]")], &[&of_new("4a"), &of_new("4b"), few]);
        let of_old = "from: `6` of `old` is missing: list it under `kept`, `reworded`, `split`, `merged` or `retired`";
        let few = "merged.0.old: a merger has at least two sources: list them, or move the code under `reworded`";
        wrong(&[("['5', '6']", "['5']")], &[of_old, few]);
    }

    #[test]
    fn what_is_kept_reads_as_before_and_what_is_reworded_does_not() {
        wrong(
            &[("['1']", "['2']"), ("'old': '2', 'new': '2'", "'old': '1', 'new': '1'")],
            &[
                "kept.0: `2` does not read as before: move it under `reworded` and say whether it is comparable",
                "reworded.0.old: `1` reads as before: move it under `kept`",
            ],
        );
    }
}
