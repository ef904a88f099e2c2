//! What was hard about a campaign, in numbers: agreement by indicator, what could not be answered, the reasons given, what was
//! ruled, heard and corrected, and how long it took. From released rounds alone, and nothing of a person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use model::{Choice, Code, Time};
use score::Agreement;

use crate::agreement::pairs;
use crate::app::App;
use crate::overview::{Overview, decisions};
use crate::published::Published;
use crate::reply::Refusal;

/// Releases of which it is remembered what was learned.
const KEPT: usize = 8;

/// What was hard about a campaign, in numbers.
#[derive(Debug)]
pub(crate) struct Learned {
    /// Of all pairs of answers that were compared, before anybody ruled.
    pub(crate) agreement: Agreement,
    /// By indicator.
    pub(crate) by_code: BTreeMap<Code, Agreement>,
    /// Answers that were unclear or blocked, of how many, by indicator.
    pub(crate) open: BTreeMap<Code, (u32, u32)>,
    /// Reasons of decisions, by their key, the most frequent first.
    pub(crate) reasons: Vec<(String, u32)>,
    /// Reasons of rulings, likewise.
    pub(crate) rulings: Vec<(String, u32)>,
    /// Cities whose assessors differed by more than the threshold.
    pub(crate) over: u32,
    /// Rounds beyond the first.
    pub(crate) reopened: u32,
    /// Days from the first decision to the sign-off, of the city in the middle.
    pub(crate) days: Option<u64>,
    /// Minutes that a person was active on a city, of the one in the middle; none if nobody measured.
    pub(crate) minutes: Option<u64>,
}

/// Appeals against a release.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Appeals {
    pub(crate) sent: u32,
    /// That led to a new round.
    pub(crate) reopened: u32,
    pub(crate) declined: u32,
}

/// What was learned of releases that were asked for, the latest few.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<Vec<(String, Arc<Learned>)>>);

impl Remembered {
    /// What was learned of the release with that id.
    pub(crate) fn get(&self, release: &str) -> Option<Arc<Learned>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(id, _)| id == release).map(|(_, learned)| Arc::clone(learned))
    }

    /// Keeps it.
    pub(crate) fn keep(&self, release: &str, learned: &Arc<Learned>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(id, _)| id != release);
        known.truncate(KEPT - 1);
        known.insert(0, (release.to_owned(), Arc::clone(learned)));
    }
}

impl Learned {
    /// What the rounds tell that a release rests on.
    pub(crate) async fn of(app: &App, published: &Published) -> Result<Self, Refusal> {
        let signed = published.sign_offs(&app.store).await?;
        let made = decisions(&app.store, &published.campaign.id).await?;
        let overview = Overview::load(&app.store, published.campaign.clone()).await?;
        let mut all = Vec::new();
        let (mut open, mut reasons, mut rulings) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (mut over, mut reopened) = (0, 0);
        let (mut spans, mut worked): (BTreeMap<&str, (Time, Time)>, Vec<u64>) = (BTreeMap::new(), Vec::new());
        for round in &overview.rounds {
            let Some((_, signed)) = signed.get(&round.portal.id).filter(|(_, signed)| round.round <= signed.round) else {
                continue;
            };
            let own = made.get(&(round.portal.id.clone(), round.round)).map_or(&[][..], Vec::as_slice);
            for pair in pairs(round, own) {
                let of: &mut (u32, u32) = open.entry(pair.code.clone()).or_default();
                for answer in [pair.answers.0, pair.answers.1] {
                    of.0 += u32::from(matches!(answer, Choice::Unclear | Choice::Blocked));
                    of.1 += 1;
                }
                all.push((pair.code, pair.answers));
            }
            // What a later decision took the place of does not count twice.
            let replaced: BTreeSet<&str> = own.iter().filter_map(|one| one.supersedes.as_deref()).collect();
            let standing = own.iter().filter(|one| !replaced.contains(one.id.as_str()));
            for reason in standing.filter_map(|one| one.reason.as_ref()) {
                *reasons.entry(reason.clone()).or_default() += 1;
            }
            for ruling in round.rulings.values() {
                *rulings.entry(ruling.reason.clone()).or_default() += 1;
            }
            over += u32::from(round.comparison.as_ref().is_some_and(|one| one.path == model::Path::Over));
            reopened += u32::from(round.round > 1);
            if let Some(first) = own.iter().map(|one| one.at).min() {
                let span = spans.entry(&round.portal.id).or_insert((first, signed.at));
                span.0 = span.0.min(first);
            }
            let mut of_people: BTreeMap<&str, u64> = BTreeMap::new();
            for one in own {
                *of_people.entry(&one.assessor).or_default() += u64::from(one.seconds);
            }
            worked.extend(of_people.into_values().filter(|seconds| *seconds > 0));
        }
        Ok(Self {
            agreement: Agreement::of(&all.iter().map(|(_, answers)| *answers).collect::<Vec<_>>()),
            by_code: Agreement::by(all),
            open,
            reasons: counted(reasons),
            rulings: counted(rulings),
            over,
            reopened,
            days: middle(spans.values().map(|(from, to)| to.since(*from).as_secs() / 86_400).collect()),
            minutes: middle(worked).map(|seconds| seconds.div_ceil(60)),
        })
    }

    /// Indicators on which fewer than all agreed, those first on which the fewest did.
    pub(crate) fn hardest(&self) -> Vec<(&Code, &Agreement)> {
        let value = |one: &Agreement| one.same.map_or(1.0, score::Share::value);
        let mut hard: Vec<_> = self.by_code.iter().filter(|(_, one)| value(one) < 1.0).collect();
        hard.sort_by(|a, b| value(a.1).total_cmp(&value(b.1)));
        hard
    }

    /// Indicators that were unclear or blocked the most often.
    pub(crate) fn unanswered(&self) -> Vec<(&Code, (u32, u32))> {
        let mut open: Vec<_> = self.open.iter().filter(|(_, (open, _))| *open > 0).map(|(code, of)| (code, *of)).collect();
        open.sort_by_key(|(_, (open, _))| std::cmp::Reverse(*open));
        open
    }
}

impl Appeals {
    /// Those that speak of a release.
    pub(crate) async fn of(app: &App, published: &Published) -> Result<Self, Refusal> {
        let all = app.store.appeals(Some(&published.campaign.id)).await?;
        let own = || all.iter().filter(|one| one.release == published.release.number);
        let count = |outcome: &str| own().filter(|one| one.outcome.as_deref() == Some(outcome)).fold(0, |sum, _| sum + 1);
        Ok(Self { sent: own().fold(0, |sum, _| sum + 1), reopened: count("reopened"), declined: count("declined") })
    }
}

/// The most frequent first.
fn counted(counts: BTreeMap<String, u32>) -> Vec<(String, u32)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The one in the middle; of two, the lower.
fn middle(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_a_city_and_no_mean() {
        assert_eq!((middle(vec![]), middle(vec![9]), middle(vec![100, 1, 3, 2])), (None, Some(9), Some(2)));
    }

    #[test]
    fn what_is_frequent_comes_first() {
        let counts = [("b", 1), ("a", 1), ("c", 3)].map(|(key, count)| (key.to_owned(), count));
        let order: Vec<String> = counted(counts.into()).into_iter().map(|(key, _)| key).collect();
        assert_eq!(order, ["c", "a", "b"]);
    }
}
