//! Which column of somebody's sheet is what: guessed from its header, corrected by a person, kept as plain data.

use std::collections::BTreeMap;

use model::Choice;
use serde::{Deserialize, Serialize};

use super::{Row, Sheet, Sheets};

/// Rows from the top among which the header is looked for.
const TOP: usize = 20;

/// What the columns of a sheet are. Under the same mapping the same sheet is read the same way, so what names it is the digest of
/// [`Mapping::text`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// What people call it.
    pub name: String,
    /// Name of the sheet.
    pub sheet: String,
    /// Number of the row with the header, from 1.
    pub header: u32,
    /// What the other columns are.
    pub across: Across,
    /// Key or name of the city.
    pub city: Source,
    /// Code of the indicator.
    pub code: Source,
    /// The answer.
    pub answer: Source,
    /// Reason code.
    pub reason: Source,
    /// Note.
    pub note: Source,
    /// Address of the evidence.
    pub url: Source,
    /// Words of the evidence.
    pub quote: Source,
    /// Where was looked.
    pub trail: Source,
    /// Key of the row.
    pub key: Source,
    /// Version that the row was made of.
    pub base: Source,
    /// Words for answers, in small letters.
    pub answers: BTreeMap<String, Choice>,
}

/// Where something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Nowhere.
    #[default]
    Nowhere,
    /// In the first column with this header.
    Column(String),
    /// It is the same for all rows.
    Always(String),
}

/// What columns that are not mapped hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Across {
    /// Nothing that counts: a row is an answer.
    #[default]
    Nothing,
    /// Answers, with the code of an indicator as header: a row is a city.
    Codes,
    /// Answers, with a city as header: a row is an indicator.
    Cities,
}

/// Something that a column may be, and the words by which it is known: what this program writes first, then what people write.
const ROLES: [(&str, &[&str]); 10] = [
    ("key", &["key", "row key", "row_key"]),
    ("base", &["base", "base_a", "base version", "version"]),
    (
        "code",
        &[
            "code",
            "indicator",
            "indicator code",
            "indicator no",
            "no.",
            "id",
            "#",
            "codigo",
            "código",
            "indicador",
            "indicateur",
            "kod",
            "код",
            "指标",
            "مؤشر",
        ],
    ),
    (
        "city",
        &[
            "portal",
            "city",
            "municipality",
            "town",
            "local government",
            "ciudad",
            "municipio",
            "ville",
            "commune",
            "cidade",
            "stadt",
            "miasto",
            "город",
            "城市",
            "مدينة",
        ],
    ),
    (
        "answer",
        &[
            "answer",
            "answer_a",
            "score",
            "value",
            "result",
            "response",
            "assessment",
            "y/n",
            "yes/no",
            "respuesta",
            "réponse",
            "reponse",
            "resposta",
            "antwort",
            "odpowiedź",
            "ответ",
            "答案",
            "إجابة",
        ],
    ),
    ("reason", &["reason", "reason_a", "reason code", "motivo", "motif", "grund"]),
    (
        "note",
        &[
            "note",
            "notes",
            "note_a",
            "comment",
            "comments",
            "remark",
            "remarks",
            "observaciones",
            "comentario",
            "commentaire",
            "nota",
            "bemerkung",
            "uwagi",
            "примечание",
            "备注",
            "ملاحظات",
        ],
    ),
    ("url", &["url", "url_a", "link", "evidence url", "evidence", "address", "enlace", "lien", "ссылка", "链接", "رابط"]),
    ("quote", &["quote", "quote_a", "text", "wording", "cita", "citation"]),
    ("trail", &["trail", "search trail", "pages visited"]),
];

impl Mapping {
    /// What the mapping says, always in the same bytes for the same mapping.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("a mapping is plain data")
    }

    /// Guesses the mapping of the sheet that looks most like answers. `codes` tells whether a header is a code of the instrument,
    /// `city` whether it is a city.
    pub fn guess(sheets: &Sheets, code: impl Fn(&str) -> bool, city: impl Fn(&str) -> bool) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for sheet in sheets.sheets.iter().filter(|sheet| !sheet.hidden) {
            for header in sheet.rows.iter().take(TOP) {
                let (known, own) = Self::of(sheet, header, &code, &city);
                // A list of answers needs an answer, and says what it is of.
                let usable = own.across != Across::Nothing || own.answer != Source::Nowhere && known > 1;
                if usable && best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, own));
                }
            }
        }
        best.map(|(_, mapping)| mapping)
    }

    /// What a header row says, and how much of it is known.
    fn of(sheet: &Sheet, header: &Row, code: &impl Fn(&str) -> bool, city: &impl Fn(&str) -> bool) -> (usize, Self) {
        let mut own = Self { sheet: sheet.name.clone(), header: header.number, answers: usual(), ..Self::default() };
        let heads: Vec<String> = header.cells.iter().map(|cell| cell.value.text().trim().to_owned()).collect();
        let mut known = 0;
        for (role, words) in ROLES {
            // The first of the words that is there, so that what this program writes goes before what it might mean.
            let found = words.iter().find_map(|word| heads.iter().find(|head| folded(head) == *word));
            if let (Some(head), Some(place)) = (found, own.place(role)) {
                *place = Source::Column(head.clone());
                known += 1;
            }
        }
        let count = |is: &dyn Fn(&str) -> bool| heads.iter().filter(|head| is(head)).count();
        let (codes, cities) = (count(code), count(city));
        if own.answer == Source::Nowhere && codes.max(cities) > 1 {
            own.across = if codes >= cities { Across::Codes } else { Across::Cities };
            known += codes.max(cities);
        }
        (known, own)
    }

    fn place(&mut self, role: &str) -> Option<&mut Source> {
        Some(match role {
            "key" => &mut self.key,
            "base" => &mut self.base,
            "code" => &mut self.code,
            "city" => &mut self.city,
            "answer" => &mut self.answer,
            "reason" => &mut self.reason,
            "note" => &mut self.note,
            "url" => &mut self.url,
            "quote" => &mut self.quote,
            "trail" => &mut self.trail,
            _ => return None,
        })
    }

    /// The headers that are mapped.
    pub(super) fn heads(&self) -> impl Iterator<Item = &str> {
        let all = [
            &self.key,
            &self.base,
            &self.code,
            &self.city,
            &self.answer,
            &self.reason,
            &self.note,
            &self.url,
            &self.quote,
            &self.trail,
        ];
        all.into_iter().filter_map(|source| match source {
            Source::Column(head) => Some(head.as_str()),
            _ => None,
        })
    }
}

/// Small letters, single blanks.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that people write for answers.
pub fn usual() -> BTreeMap<String, Choice> {
    let words = [
        (Choice::Yes, "yes y 1 true present x ✓ ✔ si sí oui ja sim tak да ano evet 是 有 نعم"),
        (Choice::No, "no n 0 false absent non nein não nao nie нет ne hayır 否 无 لا"),
        (Choice::Unclear, "unclear ? unsure"),
        (Choice::Blocked, "blocked"),
    ];
    words.into_iter().flat_map(|(choice, all)| all.split(' ').map(move |word| (word.to_owned(), choice))).collect()
}
