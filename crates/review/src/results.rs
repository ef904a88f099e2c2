//! The numbers of a release: from its sign-offs alone, with how far the assessors agreed before anybody ruled.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use archive::Checkpoint;
use model::{Adjudication, Choice, Code, Decision, Path, Pointed, Portal, Released, SignOff, Time};
use score::{Card, Ranking, Sheet, Standing};

use crate::agreement::pairs;
use crate::app::App;
use crate::city::read;
use crate::overview::{Overview, decisions};
use crate::published::Published;
use crate::reply::Refusal;

/// Releases kept in memory at most.
const KEPT: usize = 8;

/// What a release says in numbers. Nothing provisional is in it.
#[derive(Debug)]
pub(crate) struct Results {
    /// Key of the campaign.
    pub(crate) campaign: String,
    pub(crate) title: String,
    /// Number of the release.
    pub(crate) number: u32,
    pub(crate) at: Time,
    pub(crate) reason: String,
    /// Number of the release that it corrects.
    pub(crate) corrects: Option<u32>,
    /// Number of the release that corrects it.
    pub(crate) corrected: Option<u32>,
    /// Edition of the instrument.
    pub(crate) edition: String,
    /// What a score divides by.
    pub(crate) denominator: u16,
    /// Above this share of differences, in percent, both assessors were heard first.
    pub(crate) threshold: Option<f64>,
    /// Whether every city of the campaign is in it; only then do ranks mean anything.
    pub(crate) complete: bool,
    /// The cities with a score, and apart from them those whose answers are not all there.
    pub(crate) ranking: Ranking,
    /// The cities with a score, in the order of the campaign's list.
    pub(crate) cities: Vec<CityResult>,
    /// The first signed root of the log that covers the release, as `portolan/<archive> <size> <root>`; none if nothing was
    /// signed since.
    pub(crate) checkpoint: Option<String>,
}

/// A city of a release.
#[derive(Debug)]
pub(crate) struct CityResult {
    pub(crate) portal: Portal,
    pub(crate) sheet: Sheet,
    pub(crate) card: Card,
    /// Its rank, and how many cities share it; none if the release is not complete.
    pub(crate) rank: Option<(u32, u32)>,
    /// Of what both assessors answered by themselves; undefined numbers say why.
    pub(crate) agreement: score::Agreement,
    /// Whether they differed by more than the threshold.
    pub(crate) over: bool,
    /// When the first and the last page that a yes rests on was captured; none if none is known.
    pub(crate) evidence: Option<(Time, Time)>,
    /// By code, in the order of the instrument.
    pub(crate) answers: Vec<AnswerOf>,
    /// Who signed the answers off.
    pub(crate) reviewer: String,
    pub(crate) signed: Time,
    pub(crate) round: u32,
}

/// A final answer, with the page on which it can be followed to its bytes.
#[derive(Debug)]
pub(crate) struct AnswerOf {
    pub(crate) code: Code,
    pub(crate) yes: bool,
    pub(crate) trace: String,
}

/// Releases whose numbers were made before. A release never changes; what corrects it and what covers it may come later.
#[derive(Debug, Default)]
pub(crate) struct Made(Mutex<HashMap<Key, Arc<Results>>>);

type Key = (String, Option<u32>, Option<String>);

impl Results {
    /// The numbers of a release. Refused if it is of an edition that this program was not started with.
    pub(crate) async fn of(app: &App, published: &Published) -> Result<Arc<Self>, Refusal> {
        let checkpoint = Checkpoint::covering(&app.archive, published.entry)?;
        let checkpoint = checkpoint.map(|of| format!("portolan/{} {} {}", of.archive, of.size, of.root));
        let key: Key = (published.release.id.clone(), published.corrected, checkpoint.clone());
        if let Some(known) = app.results.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(Self::make(app, published, checkpoint).await?);
        let mut kept = app.results.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&made));
        Ok(made)
    }

    async fn make(app: &App, published: &Published, checkpoint: Option<String>) -> Result<Self, Refusal> {
        let (release, instrument) = (&published.release, &app.instrument);
        if release.instrument != instrument.edition {
            let (asked, known) = (&release.instrument, &instrument.edition);
            return Err(Refusal::Conflict(format!("{asked} ≠ {known}")));
        }
        let people = People::of(app, published).await?;
        let (mut cities, mut standings) = (Vec::new(), Vec::new());
        for released in &release.cities {
            let Some(signed) = people.signed.get(&released.portal) else { continue };
            match people.city(app, published, released, signed)? {
                Ok(city) => {
                    standings.push(Standing::Scored(city.card.clone()));
                    cities.push(city);
                }
                Err(waiting) => standings.push(Standing::Unruled {
                    portal: released.portal.clone(),
                    edition: instrument.edition.clone(),
                    waiting,
                }),
            }
        }
        let ranking = Ranking::new(standings).map_err(|error| Refusal::Broken(error.to_string()))?;
        let scored: BTreeSet<&str> = cities.iter().map(|city| city.portal.id.as_str()).collect();
        let complete = published.campaign.portals.iter().all(|portal| scored.contains(portal.id.as_str()));
        for city in cities.iter_mut().filter(|_| complete) {
            let own = ranking.ranked.iter().find(|one| one.card.portal == city.portal.id);
            city.rank = own.map(|own| (own.rank, own.sharing));
        }
        let place = |city: &CityResult| published.campaign.portals.iter().position(|portal| portal.id == city.portal.id);
        cities.sort_by_key(place);
        Ok(Self {
            campaign: release.campaign.clone(),
            title: published.campaign.title.clone(),
            number: release.number,
            at: release.at,
            reason: release.reason.clone(),
            corrects: published.corrects,
            corrected: published.corrected,
            edition: instrument.edition.clone(),
            denominator: instrument.denominator,
            threshold: release.policy["rules"]["threshold"].as_f64(),
            complete,
            ranking,
            cities,
            checkpoint,
        })
    }

    /// The city of that portal.
    pub(crate) fn city(&self, portal: &str) -> Option<&CityResult> {
        self.cities.iter().find(|city| city.portal.id == portal)
    }
}

impl CityResult {
    /// The answer to an indicator.
    pub(crate) fn answer(&self, code: &Code) -> Option<&AnswerOf> {
        self.answers.iter().find(|answer| answer.code == *code)
    }
}

/// What people made of the cities of a release, up to the round of each that it publishes.
struct People {
    signed: BTreeMap<String, SignOff>,
    overview: Overview,
    decisions: HashMap<(String, u32), Vec<Decision>>,
    /// Passages by the decision or ruling that points at them.
    passages: HashMap<String, Vec<Pointed>>,
    /// When the record of a passage was captured.
    captured: HashMap<String, Time>,
}

impl People {
    async fn of(app: &App, published: &Published) -> Result<Self, Refusal> {
        let store = &app.store;
        let signed = published.sign_offs(store).await?.into_iter().map(|(portal, (_, signed))| (portal, signed)).collect();
        let decisions = decisions(store, &published.campaign.id).await?;
        let overview = Overview::load(store, published.campaign.clone()).await?;
        let mut passages: HashMap<String, Vec<Pointed>> = HashMap::new();
        for one in decisions.values().flatten() {
            passages.insert(one.id.clone(), one.evidence.clone());
        }
        for (_, row) in store.made("adjudication", &published.campaign.id).await? {
            let one: Adjudication = read(row)?;
            passages.insert(one.id, one.evidence);
        }
        let records: BTreeSet<&str> = passages.values().flatten().map(|passage| passage.record.as_str()).collect();
        let captured = store.captures_of(&records.into_iter().collect::<Vec<_>>()).await?;
        let captured = captured.into_iter().map(|(record, one)| (record, one.done)).collect();
        Ok(Self { signed, overview, decisions, passages, captured })
    }

    /// The numbers of a city; as an error how many indicators have no answer.
    fn city(
        &self,
        app: &App,
        published: &Published,
        released: &Released,
        signed: &SignOff,
    ) -> Result<Result<CityResult, u32>, Refusal> {
        let instrument = &app.instrument;
        let broken = |error: &dyn std::error::Error| Refusal::Broken(crate::reply::chain(error));
        let finals: BTreeMap<&Code, Choice> = signed.finals.iter().map(|one| (&one.code, one.answer)).collect();
        let lacking = instrument.indicators.iter().filter(|one| !finals.contains_key(&one.code)).count();
        let portal = published.campaign.portals.iter().find(|portal| portal.id == released.portal);
        let Some(portal) = portal.filter(|_| lacking == 0) else {
            return Ok(Err(u32::try_from(lacking).unwrap_or(u32::MAX)));
        };
        let answers = finals.iter().map(|(code, answer)| ((*code).clone(), *answer));
        let sheet = Sheet::decided(instrument, &portal.id, answers).map_err(|error| broken(&error))?;
        let card = Card::new(instrument, &sheet, instrument.denominator).map_err(|error| broken(&error))?;
        let trace = |code: &Code| format!("/trace/{}/{}/{}/{code}", published.campaign.id, published.release.number, portal.id);
        let answer =
            |code: &Code| AnswerOf { code: code.clone(), yes: finals.get(code) == Some(&Choice::Yes), trace: trace(code) };
        let (agreement, over) = self.agreement(&portal.id, signed.round);
        Ok(Ok(CityResult {
            portal: portal.clone(),
            sheet,
            card,
            rank: None,
            agreement,
            over,
            evidence: self.evidence(signed),
            answers: instrument.indicators.iter().map(|one| answer(&one.code)).collect(),
            reviewer: signed.reviewer.clone(),
            signed: signed.at,
            round: signed.round,
        }))
    }

    /// How far both agreed, each indicator in the last round up to this one in which both answered it; and whether they
    /// differed by more than the threshold in any.
    fn agreement(&self, portal: &str, round: u32) -> (score::Agreement, bool) {
        let mut answers = BTreeMap::new();
        let mut over = false;
        for one in self.overview.rounds.iter().filter(|one| one.portal.id == portal && one.round <= round) {
            let own = self.decisions.get(&(portal.to_owned(), one.round)).map_or(&[][..], Vec::as_slice);
            answers.extend(pairs(one, own).into_iter().map(|pair| (pair.code, pair.answers)));
            over |= one.comparison.as_ref().is_some_and(|of| of.path == Path::Over);
        }
        (score::Agreement::of(&answers.into_values().collect::<Vec<_>>()), over)
    }

    /// When the first and the last page that a yes rests on was captured.
    fn evidence(&self, signed: &SignOff) -> Option<(Time, Time)> {
        let yes = signed.finals.iter().filter(|one| one.answer == Choice::Yes);
        let passages = yes.flat_map(|one| &one.rests_on).filter_map(|id| self.passages.get(id)).flatten();
        let times: BTreeSet<Time> = passages.filter_map(|passage| self.captured.get(&passage.record)).copied().collect();
        Some((*times.first()?, *times.last()?))
    }
}
