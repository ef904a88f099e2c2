//! What an import would do, row by row, before it does anything.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::Choice;
use serde::{Deserialize, Serialize};

use super::mapping::{Across, Mapping, Source, folded};
use super::{Refused, Row, Sheets, Why};

/// What the ledger has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// Key of the portal by everything that the city may be called.
    cities: HashMap<String, String>,
    /// Codes of the instrument.
    codes: BTreeSet<String>,
    /// Answers by portal and code.
    rows: BTreeMap<(String, String), Held>,
    /// Portal and code by row key.
    keys: HashMap<String, (String, String)>,
}

/// An answer that may be given, as the ledger has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// Row key.
    pub key: String,
    /// Version; empty while there is no answer.
    pub base: String,
}

/// What becomes of one answer of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Number of the row in its sheet.
    pub row: u32,
    /// Header of the column with the answer.
    pub column: String,
    /// Key of the portal, if it is known.
    pub portal: String,
    /// Code of the indicator, if it is known.
    pub code: String,
    /// The answer, if it can be read.
    pub answer: Option<Choice>,
    /// Reason code.
    pub reason: String,
    /// Note, with the comments on the answer and the note behind it.
    pub note: String,
    /// Address of the evidence.
    pub url: String,
    /// Words of the evidence.
    pub quote: String,
    /// Where was looked, one a line.
    pub trail: String,
    /// Whether there is an answer whose place it would take.
    pub replaces: bool,
    /// Whether it would be taken.
    pub outcome: Outcome,
}

/// Whether an answer would be taken, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It would be taken.
    #[error("taken")]
    Taken,
    /// No answer stands there.
    #[error("empty: no answer stands here")]
    Empty,
    /// The campaign has no such city.
    #[error("unknown city: `{0}` is no city of this campaign; write its key")]
    UnknownCity(String),
    /// The instrument has no such indicator.
    #[error("unknown code: `{0}` is no indicator of this edition")]
    UnknownCode(String),
    /// The hidden key is of another campaign, round or slot, or says another thing than the row.
    #[error("foreign row: its hidden key `{0}` is not of this city, indicator, round and slot; export the form anew")]
    ForeignKey(String),
    /// What stands there is no answer.
    #[error("unreadable answer: `{0}`; write yes, no, unclear or blocked")]
    Unreadable(String),
    /// The answer was changed since the sheet was made.
    #[error("stale: the row was made of version `{made_of}`, the answer is now `{now}`; export the form anew")]
    Stale {
        /// What the row says.
        made_of: String,
        /// What the ledger has.
        now: String,
    },
    /// The same city and indicator stood further up.
    #[error("duplicate: row {0} answers the same")]
    Duplicate(u32),
}

impl Known {
    /// A city: its key, and everything else that it may be called.
    pub fn city<'a>(&mut self, portal: &'a str, names: impl IntoIterator<Item = &'a str>) {
        for name in names.into_iter().chain([portal]) {
            self.cities.insert(folded(name), portal.to_owned());
        }
    }

    /// A code of the instrument.
    pub fn code(&mut self, code: &str) {
        self.codes.insert(code.to_owned());
    }

    /// An answer that may be given: the one slot that is imported.
    pub fn held(&mut self, portal: &str, code: &str, held: Held) {
        let place = (portal.to_owned(), code.to_owned());
        self.keys.insert(held.key.clone(), place.clone());
        self.rows.insert(place, held);
    }

    /// Whether a header is a code.
    pub fn is_code(&self, text: &str) -> bool {
        self.code_of(text).is_some()
    }

    /// Whether a header is a city.
    pub fn is_city(&self, text: &str) -> bool {
        self.cities.contains_key(&folded(text))
    }

    /// A code as people write it: `#219`, `219 Budget`.
    fn code_of(&self, text: &str) -> Option<&String> {
        let bare = text.trim().trim_start_matches('#').trim();
        let first = bare.split(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '-')).next()?;
        self.codes.get(bare).or_else(|| self.codes.get(first))
    }
}

/// What would become of each answer of a sheet.
///
/// # Errors
/// If the sheet or a column that the mapping names is not there.
pub fn preview(sheets: &Sheets, mapping: &Mapping, known: &Known) -> Result<Vec<Verdict>, Refused> {
    let missing = |what: &str| Why::Form(format!("there is no {what}; map the columns anew")).at(&mapping.sheet);
    let sheet = sheets.sheets.iter().find(|sheet| sheet.name == mapping.sheet).ok_or_else(|| missing("sheet of this name"))?;
    let header = sheet.rows.iter().find(|row| row.number == mapping.header).ok_or_else(|| missing("header row"))?;
    let mut columns: HashMap<String, u32> = HashMap::new();
    for cell in &header.cells {
        columns.entry(cell.value.text().trim().to_owned()).or_insert(cell.column);
    }
    if let Some(head) = mapping.heads().find(|head| !columns.contains_key(*head)) {
        return Err(missing(&format!("column `{head}`")));
    }
    let mut across: Vec<(&String, u32)> = match mapping.across {
        Across::Nothing => Vec::new(),
        Across::Codes => columns.iter().filter(|(head, _)| known.is_code(head)).map(|(head, at)| (head, *at)).collect(),
        Across::Cities => columns.iter().filter(|(head, _)| known.is_city(head)).map(|(head, at)| (head, *at)).collect(),
    };
    across.sort_by_key(|(_, at)| *at);
    let look = Look { mapping, known, columns: &columns };
    let mut first: HashMap<(String, String), u32> = HashMap::new();
    let mut verdicts = Vec::new();
    for row in sheet.rows.iter().filter(|row| row.number > mapping.header) {
        let mut own: Vec<Verdict> = match mapping.across {
            Across::Nothing => {
                vec![look.verdict(row, &look.text(row, &mapping.city), &look.text(row, &mapping.code), &mapping.answer)]
            }
            Across::Codes => {
                let city = look.text(row, &mapping.city);
                across.iter().map(|(head, _)| look.verdict(row, &city, head, &Source::Column((*head).clone()))).collect()
            }
            Across::Cities => {
                let code = look.text(row, &mapping.code);
                across.iter().map(|(head, _)| look.verdict(row, head, &code, &Source::Column((*head).clone()))).collect()
            }
        };
        for verdict in own.iter_mut().filter(|verdict| verdict.outcome == Outcome::Taken) {
            if let Some(before) = first.insert((verdict.portal.clone(), verdict.code.clone()), verdict.row) {
                first.insert((verdict.portal.clone(), verdict.code.clone()), before);
                verdict.outcome = Outcome::Duplicate(before);
            }
        }
        verdicts.append(&mut own);
    }
    Ok(verdicts)
}

/// How rows are looked at.
struct Look<'a> {
    mapping: &'a Mapping,
    known: &'a Known,
    columns: &'a HashMap<String, u32>,
}

impl Look<'_> {
    fn text(&self, row: &Row, source: &Source) -> String {
        match source {
            Source::Nowhere => String::new(),
            Source::Always(text) => text.clone(),
            Source::Column(head) => self.columns.get(head).map(|at| row.text(*at)).unwrap_or_default(),
        }
    }

    /// The comment on a cell.
    fn comment(&self, row: &Row, source: &Source) -> String {
        let Source::Column(head) = source else { return String::new() };
        self.columns.get(head).and_then(|at| row.cell(*at)).map(|cell| cell.note.clone()).unwrap_or_default()
    }

    fn verdict(&self, row: &Row, city: &str, code: &str, answer: &Source) -> Verdict {
        let of = |source| self.text(row, source);
        let mut note = vec![of(&self.mapping.note), self.comment(row, answer), self.comment(row, &self.mapping.note)];
        note.retain(|part| !part.is_empty());
        note.dedup();
        let mut verdict = Verdict {
            row: row.number,
            column: if let Source::Column(head) = answer { head.clone() } else { String::new() },
            portal: String::new(),
            code: String::new(),
            answer: None,
            reason: of(&self.mapping.reason),
            note: note.join("\n"),
            url: of(&self.mapping.url),
            quote: of(&self.mapping.quote),
            trail: of(&self.mapping.trail),
            replaces: false,
            outcome: Outcome::Taken,
        };
        if let Err(outcome) = self.judge(row, city, code, &of(answer), &mut verdict) {
            verdict.outcome = outcome;
        }
        verdict
    }

    fn judge(&self, row: &Row, city: &str, code: &str, answer: &str, verdict: &mut Verdict) -> Result<(), Outcome> {
        let key = self.text(row, &self.mapping.key);
        let by_key = self.known.keys.get(&key).filter(|_| !key.is_empty());
        if let Some((portal, code)) = by_key {
            (verdict.portal, verdict.code) = (portal.clone(), code.clone());
        }
        if answer.is_empty() {
            return Err(Outcome::Empty);
        }
        if !key.is_empty() && by_key.is_none() {
            return Err(Outcome::ForeignKey(key));
        }
        if by_key.is_none() || !city.is_empty() {
            let portal = self.known.cities.get(&folded(city)).ok_or_else(|| Outcome::UnknownCity(city.to_owned()))?;
            if by_key.is_some_and(|(known, _)| known != portal) {
                return Err(Outcome::ForeignKey(key));
            }
            verdict.portal.clone_from(portal);
        }
        if by_key.is_none() || !code.is_empty() {
            let code = self.known.code_of(code).ok_or_else(|| Outcome::UnknownCode(code.to_owned()))?;
            if by_key.is_some_and(|(_, known)| known != code) {
                return Err(Outcome::ForeignKey(key));
            }
            verdict.code.clone_from(code);
        }
        let choice = self.mapping.answers.get(&folded(answer)).ok_or_else(|| Outcome::Unreadable(answer.to_owned()))?;
        verdict.answer = Some(*choice);
        let now = self.known.rows.get(&(verdict.portal.clone(), verdict.code.clone())).map_or("", |held| &held.base);
        verdict.replaces = !now.is_empty();
        let made_of = self.text(row, &self.mapping.base);
        if self.mapping.base != Source::Nowhere && made_of != now {
            return Err(Outcome::Stale { made_of, now: now.to_owned() });
        }
        Ok(())
    }
}
