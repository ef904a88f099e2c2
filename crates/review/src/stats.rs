//! Statistics of what people decided: how far they agree, how good the machine's proposals were, what time they save. The numbers
//! are `score`'s; here is what they are counted over.

use std::collections::{BTreeMap, HashMap};

use model::{Answer, Assist, Band, Choice, Code, Decision, Evidence, Instrument, Pointed, Slot};
use score::{Agreement, Arm, Judged, NotMeasured, Quality, Said, Saved, Timed, Unaided};
use serde::Serialize;
use store::Captured;

use crate::agreement::pairs;
use crate::overview::Round;

/// Resamples behind the interval of the time saved, and the seed from which they are drawn.
const RESAMPLES: u32 = 1000;
const SEED: u64 = 2024;

/// What a number is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Over {
    All,
    City,
    Criterion,
    Indicator,
    /// The languages of the portal.
    Language,
    /// What was shown of the machine.
    Assist,
    /// The two assessors.
    Pair,
    /// How sure the machine was.
    Band,
}

impl Over {
    /// Its word in files and texts.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::City => "city",
            Self::Criterion => "criterion",
            Self::Indicator => "indicator",
            Self::Language => "language",
            Self::Assist => "assist",
            Self::Pair => "pair",
            Self::Band => "band",
        }
    }
}

/// A number counted over a part.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Slice<T> {
    pub(crate) over: Over,
    pub(crate) part: String,
    #[serde(flatten)]
    pub(crate) of: T,
}

/// Proposals against final answers, as counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub(crate) hits: u32,
    pub(crate) false_alarms: u32,
    pub(crate) misses: u32,
    pub(crate) rejections: u32,
    pub(crate) undetermined: u32,
    /// Proposed passages that assessors saw, and those of them that were kept.
    pub(crate) passages: u32,
    pub(crate) kept: u32,
}

/// Quality of the proposals with its counts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    #[serde(flatten)]
    pub(crate) quality: Quality,
    pub(crate) counts: Counts,
}

/// Statistics of rounds: what is counted over all comes first.
#[derive(Debug, Serialize)]
pub(crate) struct Stats {
    pub(crate) agreement: Vec<Slice<Agreement>>,
    pub(crate) machine: Vec<Slice<Measured>>,
    pub(crate) saved: Result<Saved, NotMeasured>,
}

/// What was proposed for an indicator.
pub(crate) struct Proposed {
    /// Number of the finding.
    pub(crate) id: i64,
    pub(crate) answer: Answer,
    pub(crate) band: Band,
    pub(crate) because: String,
    /// Its passages with their captures, the best first.
    pub(crate) passages: Vec<(Captured, Evidence)>,
}

/// The proposals of rounds, by portal and round, then by indicator.
pub(crate) type Proposals = HashMap<(String, u32), HashMap<Code, Proposed>>;

/// The keys of a part by which things are counted.
type Parts = Vec<(Over, String)>;

impl Stats {
    /// Counts over rounds whose two slots are sealed, or that are signed off without. `made` are all decisions by portal and round.
    pub(crate) fn of(
        instrument: &Instrument,
        rounds: &[Round],
        made: &HashMap<(String, u32), Vec<Decision>>,
        proposals: &Proposals,
    ) -> Self {
        let criteria: HashMap<&str, &str> =
            instrument.indicators.iter().map(|one| (one.code.as_str(), one.criterion.as_str())).collect();
        let mut answered: BTreeMap<(Over, String), Vec<(Choice, Choice)>> = BTreeMap::new();
        let mut judged: BTreeMap<(Over, String), Vec<Judged>> = BTreeMap::new();
        let mut timed: Vec<(&str, Arm, u32)> = Vec::new();
        let none = Vec::new();
        for round in rounds.iter().filter(|round| round.sealed() || round.sign_off.is_some()) {
            let key = (round.portal.id.clone(), round.round);
            let made = made.get(&key).unwrap_or(&none);
            for pair in pairs(round, made) {
                let assist = pair.assist.map_or("mixed", Assist::as_str).to_owned();
                let mut parts = parts(round, &criteria, &pair.code, assist);
                parts.push((Over::City, format!("{}/{}", round.portal.id, round.round)));
                // Before that, a reviewer rules without knowing whose answers they are.
                let names = people(round).filter(|_| round.sign_off.is_some());
                parts.extend(names.map(|names| (Over::Pair, names)));
                for part in parts {
                    answered.entry(part).or_default().push(pair.answers);
                }
            }
            let standing = standing(round, made);
            timed.extend(standing.values().filter(|one| one.seconds > 0).map(|one| {
                let arm = if one.assist == Assist::Clean { Arm::Clean } else { Arm::Assisted };
                (one.assessor.as_str(), arm, one.seconds)
            }));
            let Some(proposed) = proposals.get(&key) else { continue };
            for (code, row) in cases(round, &standing, proposed) {
                let mut parts = parts(round, &criteria, &code, row.assist.as_str().to_owned());
                parts.push((Over::Band, row.band.as_str().to_owned()));
                for part in parts {
                    judged.entry(part).or_default().push(row);
                }
            }
        }
        answered.entry((Over::All, String::new())).or_default();
        judged.entry((Over::All, String::new())).or_default();
        let timed: Vec<Timed<'_>> = timed.into_iter().map(|(assessor, arm, seconds)| Timed { assessor, arm, seconds }).collect();
        Self {
            agreement: ordered(instrument, answered, |pairs| Agreement::of(&pairs)),
            machine: ordered(instrument, judged, |rows| Measured { quality: Quality::of(&rows), counts: Counts::of(&rows) }),
            saved: Saved::measure(&timed, SEED, RESAMPLES),
        }
    }
}

/// The slices, each kind in the order of the instrument where it has one.
fn ordered<R, T>(instrument: &Instrument, of: BTreeMap<(Over, String), R>, make: impl Fn(R) -> T) -> Vec<Slice<T>> {
    let place = |over: Over, part: &str| match over {
        Over::Indicator => instrument.indicators.iter().position(|one| one.code.as_str() == part),
        Over::Criterion => instrument.criteria.iter().position(|one| one.id == part),
        Over::Band => ["high", "medium", "low"].iter().position(|band| *band == part),
        _ => None,
    };
    let mut slices: Vec<Slice<T>> = of.into_iter().map(|((over, part), rows)| Slice { over, part, of: make(rows) }).collect();
    slices.sort_by_cached_key(|one| (one.over, place(one.over, &one.part), one.part.clone()));
    slices
}

/// What every answer of a round is counted over.
fn parts(round: &Round, criteria: &HashMap<&str, &str>, code: &Code, assist: String) -> Parts {
    let languages: Vec<&str> = round.portal.languages.iter().map(model::Language::as_str).collect();
    vec![
        (Over::All, String::new()),
        (Over::Criterion, criteria.get(code.as_str()).copied().unwrap_or_default().to_owned()),
        (Over::Indicator, code.to_string()),
        (Over::Language, languages.join(" + ")),
        (Over::Assist, assist),
    ]
}

/// The two assessors, the same whoever had which slot.
fn people(round: &Round) -> Option<String> {
    let mut names = [&round.seals.get(&Slot::A)?.assessor, &round.seals.get(&Slot::B)?.assessor];
    names.sort();
    Some(format!("{} + {}", names[0], names[1]))
}

/// What stands in the slots: the last decision of whoever sealed each. Of a signed-off city without seals, whoever decided.
pub(crate) fn standing<'a>(round: &Round, made: &'a [Decision]) -> BTreeMap<(Slot, Code), &'a Decision> {
    let counts = |one: &&Decision| match round.seals.get(&one.slot) {
        Some(seal) => seal.assessor == one.assessor,
        None => round.sign_off.is_some(),
    };
    made.iter().filter(counts).map(|one| ((one.slot, one.code.clone()), one)).collect()
}

/// Proposals that have become final answers.
fn cases(round: &Round, standing: &BTreeMap<(Slot, Code), &Decision>, proposed: &HashMap<Code, Proposed>) -> Vec<(Code, Judged)> {
    let finals = round.sign_off.iter().flat_map(|signed| &signed.finals);
    let case = |one: &model::Final| {
        let own = proposed.get(&one.code)?;
        let said: Vec<&Decision> =
            [Slot::A, Slot::B].iter().filter_map(|slot| standing.get(&(*slot, one.code.clone())).copied()).collect();
        // What was carried over from an earlier round was decided there.
        said.first()?;
        let kept = |passage: &&(Captured, Evidence)| {
            said.iter().filter(|one| one.assist != Assist::Clean).flat_map(|one| &one.evidence).any(|at| same(at, passage))
        };
        let yes = one.answer == Choice::Yes;
        let shown = own.answer == Answer::Present;
        let (passages, kept) = (count(own.passages.iter()), count(own.passages.iter().filter(kept)));
        let assist = said.iter().map(|one| one.assist).find(|assist| *assist != Assist::Clean).unwrap_or(Assist::Clean);
        let row = Judged {
            proposed: match own.answer {
                Answer::Present => Said::Yes,
                Answer::Absent => Said::No,
                Answer::Undetermined(_) => Said::Undetermined,
            },
            band: own.band,
            yes,
            passages,
            kept,
            assist,
            unaided: unaided(&said, yes, shown, kept, own),
        };
        Some((one.code.clone(), row))
    };
    finals.filter_map(case).collect()
}

/// What those found who were shown nothing. A yes counts if it is the final answer; the machine had it too if it proposed yes
/// and somebody kept one of its passages, or one lies on a page that the unaided assessor points at.
fn unaided(said: &[&Decision], yes: bool, shown: bool, kept: u32, own: &Proposed) -> Option<Unaided> {
    let clean: Vec<&&Decision> = said.iter().filter(|one| one.assist == Assist::Clean).collect();
    clean.first()?;
    let found: Vec<&Pointed> = clean.iter().filter(|one| one.answer == Choice::Yes).flat_map(|one| &one.evidence).collect();
    if !yes || clean.iter().all(|one| one.answer != Choice::Yes) {
        return Some(Unaided::No);
    }
    let page = own
        .passages
        .iter()
        .any(|(capture, evidence)| found.iter().any(|at| at.record == capture.record.id || at.url == evidence.url));
    Some(Unaided::Yes { machine_too: shown && (kept > 0 || page) })
}

/// Whether a passage that was pointed at is a proposed one: in the same capture, and one overlaps the other.
fn same(at: &Pointed, (capture, evidence): &(Captured, Evidence)) -> bool {
    if at.record != capture.record.id {
        return false;
    }
    match (at.start.zip(at.end), evidence.quote.position) {
        (Some((start, end)), Some((from, to))) => start < to && from < end,
        _ => at.exact == evidence.quote.exact,
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

impl Counts {
    fn of(rows: &[Judged]) -> Self {
        let mut all = Self::default();
        for row in rows {
            let cell = match (row.proposed, row.yes) {
                (Said::Yes, true) => &mut all.hits,
                (Said::Yes, false) => &mut all.false_alarms,
                (Said::No, true) => &mut all.misses,
                (Said::No, false) => &mut all.rejections,
                (Said::Undetermined, _) => &mut all.undetermined,
            };
            *cell += 1;
            if row.assist != Assist::Clean {
                all.passages += row.passages;
                all.kept += row.kept;
            }
        }
        all
    }
}
