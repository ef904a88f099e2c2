//! A city on one page: what it scored, what it has, and what it can do first.

use std::collections::BTreeMap;

use model::{Code, Time};
use score::{Card, Interval, Share, Sheet, cheapest};
use serde::Serialize;
use url::Url;

use crate::advice::key_of;
use crate::app::App;
use crate::public::Past;
use crate::reply::Refusal;
use crate::results::{CityResult, Results};
use crate::words::Words;

/// Points that are listed, the cheapest first.
const NEXT: usize = 10;

/// Messages at most and at least; how many depends on how long they are.
const MESSAGES: (usize, usize) = (5, 3);

/// Lines of messages that a page has room for, on A4 and on Letter paper.
const LINES: usize = 41;

/// Strongest indicators that are named.
const STRONG: usize = 3;

/// Words with their language where it is not the reader's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Worded {
    pub(crate) text: String,
    pub(crate) language: Option<String>,
}

/// All that the page of a city says.
#[derive(Debug, Serialize)]
pub(crate) struct CityPage {
    pub(crate) campaign: String,
    pub(crate) title: String,
    pub(crate) release: u32,
    pub(crate) published: Time,
    /// Number of the release that corrects this one.
    pub(crate) corrected: Option<u32>,
    pub(crate) edition: String,
    pub(crate) instrument: Worded,
    /// What the instrument is, for who never heard of it.
    pub(crate) about: Option<Worded>,
    pub(crate) portal: String,
    pub(crate) city: String,
    pub(crate) country: String,
    pub(crate) card: Card,
    pub(crate) band: Option<Worded>,
    /// All bands, the lowest first.
    pub(crate) bands: Vec<Worded>,
    /// Indicators that were asked for.
    pub(crate) asked: usize,
    pub(crate) rank: Option<Rank>,
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) past: Option<Past>,
    /// How many indicators it lacks.
    pub(crate) lacking: usize,
    /// The easiest next points, each with what to do.
    pub(crate) messages: Vec<Message>,
    /// Further ones, in the same order, without.
    pub(crate) next: Vec<Point>,
    /// What the score is with all of `messages`, and with all of `next` too.
    pub(crate) after: [Share; 2],
    /// What it has and few other cities have.
    pub(crate) strong: Vec<Point>,
    /// Other cities of the release.
    pub(crate) others: usize,
    pub(crate) agreement: Option<Agreed>,
    /// When the first and the last page was captured on which a yes rests.
    pub(crate) evidence: Option<(Time, Time)>,
    pub(crate) reviewer: String,
    pub(crate) signed: Time,
    pub(crate) checkpoint: Option<String>,
    /// Where every answer stands with its way to the bytes; a path if it is not known how the application is reached.
    pub(crate) address: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Rank {
    pub(crate) rank: u32,
    /// How many cities have it.
    pub(crate) sharing: u32,
    pub(crate) of: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Criterion {
    pub(crate) id: String,
    pub(crate) name: Worded,
    pub(crate) yes: u32,
    pub(crate) of: u32,
}

/// An indicator that is there or missing, with the page on which the answer can be followed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Point {
    pub(crate) code: Code,
    pub(crate) title: Worded,
    /// Words for how much work it is.
    pub(crate) effort: Option<Worded>,
    /// Key of that: `easy`, `moderate` or `hard`.
    pub(crate) grade: Option<&'static str>,
    /// Other cities that have it.
    pub(crate) others: Option<Share>,
    pub(crate) trace: String,
}

/// What a city lacks, and what to do about it.
#[derive(Debug, Serialize)]
pub(crate) struct Message {
    #[serde(flatten)]
    pub(crate) point: Point,
    pub(crate) missing: Worded,
    pub(crate) why: Worded,
    /// First steps, in order, all in this language.
    pub(crate) steps: Vec<Worded>,
    /// Who usually owns it.
    pub(crate) owner: Worded,
    /// A city that has it.
    pub(crate) peer: Option<Peer>,
    /// Who wrote `missing` and `why` for this city, and when; none if they are those of the configuration.
    pub(crate) edited: Option<Edited>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Peer {
    pub(crate) portal: String,
    pub(crate) city: String,
    pub(crate) trace: String,
}

/// Words of a reviewer in the place of those of the configuration.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Edited {
    /// Empty: in the words of the configuration.
    pub(crate) missing: String,
    pub(crate) why: String,
    pub(crate) by: String,
    pub(crate) at: Time,
}

/// How far both assessors agreed.
#[derive(Debug, Serialize)]
pub(crate) struct Agreed {
    pub(crate) same: Share,
    pub(crate) interval: Interval,
}

/// What a page is made of.
pub(crate) struct Maker<'a> {
    pub(crate) app: &'a App,
    pub(crate) results: &'a Results,
    pub(crate) city: &'a CityResult,
    pub(crate) words: &'a Words,
}

impl CityPage {
    /// The page of a city, in the language of the words.
    pub(crate) fn of(
        of: &Maker<'_>,
        past: Option<Past>,
        edits: &BTreeMap<Code, Edited>,
        home: Option<&Url>,
    ) -> Result<Self, Refusal> {
        let (results, city) = (of.results, of.city);
        let mut messages = of.messages(edits)?;
        messages.truncate(fitting(&messages));
        let next: Vec<Point> = of.points()?.into_iter().skip(messages.len()).collect();
        let with = |more: usize| {
            let yes = city.card.yes + u32::try_from(more).unwrap_or(0);
            Share::new(yes, city.card.denominator).unwrap_or(city.card.score)
        };
        let place = format!("/releases/{}/{}/{}", results.campaign, results.number, city.portal.id);
        let agreement = city.agreement.same.ok().zip(city.agreement.interval.ok());
        let rank = city.rank.map(|(rank, sharing)| Rank { rank, sharing, of: results.ranking.ranked.len() });
        Ok(Self {
            campaign: results.campaign.clone(),
            title: results.title.clone(),
            release: results.number,
            published: results.at,
            corrected: results.corrected,
            edition: results.edition.clone(),
            instrument: of.said(|texts| Some(&texts.name), || of.app.instrument.title.clone()),
            about: of.advised(|texts| Some(&texts.about)),
            portal: city.portal.id.clone(),
            city: city.portal.city.clone(),
            country: city.portal.country.to_string(),
            band: city.card.band.as_ref().map(|band| of.said(|texts| texts.bands.get(band), || band.clone())),
            bands: of.bands(),
            asked: city.answers.len(),
            card: city.card.clone(),
            rank,
            criteria: of.criteria(),
            past,
            lacking: city.answers.iter().filter(|answer| !answer.yes).count(),
            after: [with(messages.len()), with(messages.len() + next.len())],
            messages,
            next,
            strong: of.strong(),
            others: results.cities.len().saturating_sub(1),
            agreement: agreement.map(|(same, interval)| Agreed { same, interval }),
            evidence: city.evidence,
            reviewer: city.reviewer.clone(),
            signed: city.signed,
            checkpoint: results.checkpoint.clone(),
            address: home.and_then(|home| home.join(&place).ok()).map_or(place, |url| url.to_string()),
        })
    }
}

impl Maker<'_> {
    /// Words of the advice in the reader's language, else in the instrument's, else in English.
    fn advised(&self, pick: impl Fn(&crate::advice::Texts) -> Option<&String>) -> Option<Worded> {
        let languages = [self.words.tag, &self.app.instrument.language, "en"];
        languages.iter().find_map(|tag| {
            let text = pick(self.app.advice.texts(tag)?).filter(|text| !text.is_empty())?.clone();
            Some(Worded { text, language: (*tag != self.words.tag).then(|| (*tag).to_owned()) })
        })
    }

    /// The same; if there are none, words of the instrument.
    fn said(&self, pick: impl Fn(&crate::advice::Texts) -> Option<&String>, own: impl Fn() -> String) -> Worded {
        let language = &self.app.instrument.language;
        let own = || Worded { text: own(), language: (language != self.words.tag).then(|| language.clone()) };
        self.advised(pick).unwrap_or_else(own)
    }

    /// The name of an indicator.
    pub(crate) fn title(&self, code: &Code) -> Worded {
        let own = || self.app.indicator(code.as_str()).map_or_else(|| code.to_string(), |one| one.title.clone());
        self.said(|texts| texts.indicators.get(code.as_str()).map(|text| &text.title), own)
    }

    /// What it lacks, the cheapest first.
    fn points(&self) -> Result<Vec<Point>, Refusal> {
        let others: Vec<&Sheet> = self.results.cities.iter().map(|one| &one.sheet).collect();
        let efforts = self.app.advice.efforts();
        let points = cheapest(&self.app.instrument, &self.city.sheet, &others, &efforts, NEXT);
        let points = points.map_err(|error| Refusal::Broken(error.to_string()))?;
        Ok(points.into_iter().filter_map(|step| self.point(&step.code, step.others)).collect())
    }

    /// As many messages as there may be on a page, whether they fit or not.
    pub(crate) fn messages(&self, edits: &BTreeMap<Code, Edited>) -> Result<Vec<Message>, Refusal> {
        let first = self.points()?.into_iter().take(MESSAGES.0);
        Ok(first.filter_map(|point| self.message(&point, edits.get(&point.code).cloned())).collect())
    }

    fn point(&self, code: &Code, others: Option<Share>) -> Option<Point> {
        let grade = self.app.advice.task(code).map(|task| key_of(task.effort));
        Some(Point {
            code: code.clone(),
            title: self.title(code),
            effort: grade.and_then(|grade| self.advised(|texts| texts.efforts.get(grade))),
            grade,
            others,
            // Nothing is said without an answer that can be followed.
            trace: self.city.answer(code)?.trace.clone(),
        })
    }

    fn message(&self, point: &Point, edited: Option<Edited>) -> Option<Message> {
        let task = self.app.advice.task(&point.code)?;
        let of =
            |pick: fn(&crate::advice::Text) -> &String| self.advised(|texts| texts.indicators.get(point.code.as_str()).map(pick));
        let typed = |text: fn(&Edited) -> &String| edited.as_ref().map(|own| Worded { text: text(own).clone(), language: None });
        let filled = |worded: &Worded| !worded.text.is_empty();
        let count = (0..).take_while(|no| self.step(&point.code, *no).is_some()).count();
        Some(Message {
            missing: typed(|own| &own.missing).filter(filled).or_else(|| of(|text| &text.missing))?,
            why: typed(|own| &own.why).filter(filled).or_else(|| of(|text| &text.why))?,
            steps: (0..count).filter_map(|no| self.step(&point.code, no)).collect(),
            owner: self.advised(|texts| texts.owners.get(&task.owner))?,
            peer: self.peer(&point.code),
            edited,
            point: point.clone(),
        })
    }

    fn step(&self, code: &Code, no: usize) -> Option<Worded> {
        self.advised(|texts| texts.indicators.get(code.as_str())?.steps.get(no))
    }

    /// The city that has it and is most like this one: of the same country if there is one, then with the nearest score.
    fn peer(&self, code: &Code) -> Option<Peer> {
        let has = |other: &&CityResult| other.portal.id != self.city.portal.id && other.answer(code).is_some_and(|one| one.yes);
        let far =
            |other: &&CityResult| (other.portal.country != self.city.portal.country, other.card.yes.abs_diff(self.city.card.yes));
        let other = self.results.cities.iter().filter(has).min_by_key(far)?;
        let trace = other.answer(code)?.trace.clone();
        Some(Peer { portal: other.portal.id.clone(), city: other.portal.city.clone(), trace })
    }

    fn bands(&self) -> Vec<Worded> {
        let bands = self.app.instrument.bands.iter().rev();
        bands.map(|band| self.said(|texts| texts.bands.get(&band.name), || band.name.clone())).collect()
    }

    fn criteria(&self) -> Vec<Criterion> {
        let criteria = self.app.instrument.criteria.iter().zip(&self.city.card.criteria).filter(|(_, part)| part.of > 0);
        let named = criteria.map(|(criterion, part)| Criterion {
            id: part.id.clone(),
            name: self.said(|texts| texts.criteria.get(&part.id), || criterion.name.clone()),
            yes: part.yes,
            of: part.of,
        });
        named.collect()
    }

    /// What it has and the fewest other cities have; nothing that all of them have.
    fn strong(&self) -> Vec<Point> {
        let others: Vec<&CityResult> = self.results.cities.iter().filter(|one| one.portal.id != self.city.portal.id).collect();
        let share = |code: &Code| {
            let having = others.iter().filter(|other| other.answer(code).is_some_and(|one| one.yes)).count();
            Share::new(u32::try_from(having).ok()?, u32::try_from(others.len()).ok()?).ok()
        };
        let own = self.city.answers.iter().filter(|answer| answer.yes);
        let mut rare: Vec<(Share, &Code)> = own.filter_map(|answer| Some((share(&answer.code)?, &answer.code))).collect();
        rare.retain(|(share, _)| share.numerator() < share.denominator());
        rare.sort_by_key(|(share, _)| *share);
        rare.into_iter().take(STRONG).filter_map(|(share, code)| self.point(code, Some(share))).collect()
    }
}

/// How many of the messages fit on the page. Their lines are reckoned, so that the same page comes out everywhere.
fn fitting(messages: &[Message]) -> usize {
    let mut lines = 0;
    let fits = messages.iter().take_while(|message| {
        lines += height(message);
        lines <= LINES
    });
    fits.count().max(MESSAGES.1).min(messages.len())
}

/// Lines of a message: of what is missing and why on one side, of the steps on the other, the two lines over them, and the air
/// around them.
fn height(message: &Message) -> usize {
    const WIDE: usize = 52;
    let lines = |text: &str, width: usize| text.chars().map(breadth).sum::<usize>().div_ceil(10).div_ceil(width).max(1);
    let words = lines(&message.missing.text, WIDE) + lines(&message.why.text, WIDE) + usize::from(message.edited.is_some());
    let steps: usize = message.steps.iter().map(|step| lines(&step.text, WIDE)).sum();
    words.max(steps) + 3
}

/// Tenths of a Latin letter that a character is wide.
fn breadth(character: char) -> usize {
    match character {
        '\u{2e80}'..='\u{ffef}' => 19,
        '\u{400}'..='\u{52f}' => 11,
        '\u{600}'..='\u{6ff}' => 8,
        _ => 10,
    }
}
