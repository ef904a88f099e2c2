//! The answer for one indicator. "Absent" is the last thing said, after every reason not to say it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Answer, Band, Errand, Finding, Hit, Miss, Seen, SeenAs, UrlKey, VisitNo, Why};

use super::Ground;
use super::candidate::{Candidate, candidates};
use super::lead::{Lead, leads};
use crate::rule::{Decide, Rule};

/// Evidence kept per finding.
const KEPT: usize = 5;
/// A lead at least this strong keeps an indicator open: even a few words in a longer link.
const OPEN_LEAD: f32 = 1.0;
/// A page of at least this worth keeps an indicator open: a heading or an item that is the subject's name, and more
/// than one stray mention.
const OPEN_PAGE: f32 = 1.5;
/// So many pages that mention a subject in passing, each in words of its own, keep an indicator open as well.
const MENTIONS: usize = 3;
/// Share of the needed worth from which on a page is a place for a person to start from.
const START: f32 = 0.4;
/// Share of visits that brought nothing, by refusal or failure, above which nothing is called absent.
const MOSTLY_MISSED: f32 = 0.25;
/// Share of pages that need a script, or whose language has no lexicon, above which nothing is called absent.
const MOSTLY_UNREADABLE: f32 = 0.5;

/// The finding for one rule.
pub(crate) fn answer(rule: &Rule, ground: &Ground<'_>, hits: &[&Hit]) -> Finding {
    let candidates = candidates(ground, hits);
    let leads = leads(ground, hits);
    let present: Vec<&Candidate<'_>> =
        candidates.iter().filter(|page| page.worth >= rule.need && page.is_complete(rule, ground)).collect();
    let decided = match rule.decide {
        Decide::Person => Some((Why::NeedsPerson, "only a person can tell; candidates to start from are listed".to_owned())),
        Decide::Renderer => Some((Why::NeedsRenderer, "only a browser engine or a validator can tell".to_owned())),
        Decide::Page | Decide::Home | Decide::Service => None,
    };
    if let Some((why, because)) = decided {
        let start = |page: &Candidate<'_>| page.worth >= rule.need * START && page.is_complete(rule, ground);
        let candidates: Vec<Candidate<'_>> = candidates.into_iter().filter(start).collect();
        return open(rule, ground, &candidates, &leads, why, because);
    }
    if let Some(best) = present.first() {
        return Finding {
            code: rule.code.clone(),
            answer: Answer::Present,
            band: ground.fitted.band(best.worth / rule.need),
            evidence: present.iter().take(KEPT).map(|page| page.evidence(ground)).collect(),
            because: format!("{} page(s) reach the needed worth of {}; the best has {:.1}", present.len(), rule.need, best.worth),
        };
    }
    match doubt(rule, ground, &candidates, &leads) {
        Some((why, because)) => open(rule, ground, &candidates, &leads, why, because),
        None => absent(rule, ground),
    }
}

/// The strongest reason not to call the indicator absent.
fn doubt(rule: &Rule, ground: &Ground<'_>, candidates: &[Candidate<'_>], leads: &[Lead<'_>]) -> Option<(Why, String)> {
    let home = ground.coverage.seen.iter().rev().find(|seen| seen.errand == Errand::Home);
    match home.map(|home| &home.outcome) {
        Some(SeenAs::Page { .. }) => {}
        Some(SeenAs::Missed(miss)) => return Some((Why::Unreached(*miss), format!("the home page brought nothing: {miss}"))),
        None => return Some((Why::Unreached(Miss::Budget), "the home page was not visited".to_owned())),
    }
    let open = leads.iter().find(|lead| lead.hit.weight >= OPEN_LEAD);
    let stepless = candidates.iter().find(|page| rule.decide == Decide::Service && page.worth >= 3.0);
    if let Some(lead) = open {
        let words = &lead.hit.quote.exact;
        return Some(match lead.miss {
            Some(Miss::Budget) => (
                Why::Missed(Miss::Budget),
                format!("the link “{words}” promises it and was not followed before the budget ended"),
            ),
            Some(miss @ (Miss::Blocked | Miss::Robots | Miss::Timeout | Miss::Tls | Miss::Server | Miss::Stopped)) => {
                (Why::Missed(miss), format!("the link “{words}” promises it and its target brought nothing: {miss}"))
            }
            _ => (Why::Lead, format!("the link “{words}” promises it and its target was not opened")),
        });
    }
    if stepless.is_some() {
        return Some((Why::InformationOnly, "pages about the service were seen, and no way to do it online".to_owned()));
    }
    if let Some(page) = candidates.iter().find(|page| page.worth >= OPEN_PAGE) {
        return Some((Why::Weak, format!("the best page has a worth of {:.1} of the needed {}", page.worth, rule.need)));
    }
    let words: BTreeSet<&str> = candidates.iter().map(Candidate::words).collect();
    if words.len() >= MENTIONS {
        return Some((Why::Weak, format!("{} pages mention it in passing, none is about it", candidates.len())));
    }
    unreadable(ground)
}

/// Whether too much of the portal was not read to call anything absent.
fn unreadable(ground: &Ground<'_>) -> Option<(Why, String)> {
    let coverage = ground.coverage;
    let mut misses: BTreeMap<Miss, usize> = BTreeMap::new();
    let (mut pages, mut shells, mut foreign) = (0_usize, 0_usize, 0_usize);
    // A page that was asked for twice counts once, for what came the second time.
    let last: HashMap<&UrlKey, VisitNo> = coverage.seen.iter().map(|seen| (&seen.key, seen.visit)).collect();
    let ours = |seen: &&Seen| seen.own && matches!(seen.errand, Errand::Home | Errand::Page);
    for seen in coverage.seen.iter().filter(ours).filter(|seen| last[&seen.key] == seen.visit) {
        match &seen.outcome {
            SeenAs::Page { cut: true, .. } => *misses.entry(Miss::TooLarge).or_default() += 1,
            SeenAs::Page { language, shell, .. } => {
                pages += 1;
                shells += usize::from(*shell);
                foreign += usize::from(language.as_ref().is_some_and(|language| !coverage.lexicons.contains(language)));
            }
            SeenAs::Missed(Miss::NotFound) => {}
            SeenAs::Missed(miss) => *misses.entry(*miss).or_default() += 1,
        }
    }
    let most = |count: usize, share: f32| pages > 0 && count as f32 > pages as f32 * share;
    if most(shells, MOSTLY_UNREADABLE) {
        return Some((Why::Script, format!("{shells} of {pages} pages show their content only with a script")));
    }
    if most(foreign, MOSTLY_UNREADABLE) {
        return Some((Why::Language, format!("{foreign} of {pages} pages are in a language without a lexicon")));
    }
    let missed: usize = misses.values().sum();
    if missed as f32 > (pages + missed) as f32 * MOSTLY_MISSED {
        let (miss, count) = misses.iter().max_by_key(|(miss, count)| (**count, std::cmp::Reverse(**miss)))?;
        return Some((
            Why::Missed(*miss),
            format!("{missed} of {} pages were not read, or only in part, {count} of them for {miss}", pages + missed),
        ));
    }
    // Pages that the menus of the home page name come before everything else; while they wait, too little was seen.
    let waiting = coverage.waiting.iter().filter(|w| w.miss == Miss::Budget).count();
    if pages < FEW_PAGES && waiting > 0 {
        return Some((Why::Missed(Miss::Budget), format!("only {pages} pages were read and {waiting} known ones were not")));
    }
    None
}

/// With fewer pages read than this, and more known, nothing is called absent.
const FEW_PAGES: usize = 300;

/// Undetermined, with pages and leads to start from.
fn open(
    rule: &Rule,
    ground: &Ground<'_>,
    candidates: &[Candidate<'_>],
    leads: &[Lead<'_>],
    why: Why,
    because: String,
) -> Finding {
    let pages = candidates.iter().map(|page| page.evidence(ground));
    let links = leads.iter().filter(|lead| lead.hit.weight >= OPEN_LEAD).map(|lead| lead.evidence(ground));
    let mut evidence: Vec<_> = match why {
        Why::Lead | Why::Missed(_) => links.take(3).chain(pages).take(KEPT).collect(),
        _ => pages.take(3).chain(links).take(KEPT).collect(),
    };
    evidence.truncate(KEPT);
    Finding { code: rule.code.clone(), answer: Answer::Undetermined(why), band: Band::Low, evidence, because }
}

fn absent(rule: &Rule, ground: &Ground<'_>) -> Finding {
    let coverage = ground.coverage;
    let pages = coverage.seen.iter().filter(|seen| matches!(seen.outcome, SeenAs::Page { .. })).count();
    let because = format!(
        "not on any of {pages} pages seen, no link promises it; {} known URLs not visited promise nothing of it; {} site searches; {} sitemap URLs",
        coverage.waiting.len(),
        coverage.searches.len(),
        coverage.sitemap_urls
    );
    let band = if coverage.waiting.is_empty() { Band::High } else { Band::Medium };
    Finding { code: rule.code.clone(), answer: Answer::Absent, band, evidence: Vec::new(), because }
}
