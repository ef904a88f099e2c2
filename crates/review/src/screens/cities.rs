//! Cities for those who settle them: all at a glance, and the comparison of one.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Choice, Code, Duty, Path, Slot};
use serde::Serialize;
use serde_json::json;

use crate::city::{City, read};
use crate::cx::Cx;
use crate::layout::{wide, worded};
use crate::overview::{Overview, Round, percent};
use crate::policy::{Need, On, Verdict, may};
use crate::reply::{Refusal, Reply};
use crate::route::{Route, get, run};
use crate::rules::Rules;
use crate::screens::inspect::{Look, to_inspect};
use crate::screens::sign_off::{Gate, gates, gates_markup};

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/cities",
        Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor, Duty::Administrator]),
        &[],
        "Every city of every campaign and how far it is.",
        run!(list),
    ),
    get("/cities/{campaign}/{portal}/{round}", Need::ReadCity, &[], "The comparison of a city.", run!(show)),
];

/// Differences from which on a common cause is looked for.
const FEW: usize = 3;

#[derive(Serialize)]
struct Row {
    campaign: String,
    title: String,
    portal: String,
    city: String,
    round: u32,
    state: &'static str,
    /// Whether each slot is sealed; of a city of one's own only the own slot.
    sealed: BTreeMap<Slot, bool>,
    differences: Option<usize>,
    compared: Option<u32>,
    share: Option<f64>,
    /// Whether more can be read.
    open: bool,
}

fn row(cx: &Cx, overview: &Overview, round: &Round) -> Row {
    let mine: Vec<Slot> = round.assignments.iter().filter(|one| one.person == cx.me().id).map(|one| one.slot).collect();
    // Who has a slot here learns nothing of the other one before both are sealed.
    let blind = !mine.is_empty() && !round.sealed();
    let slots = [Slot::A, Slot::B].into_iter().filter(|slot| !blind || mine.contains(slot));
    let comparison = round.comparison.as_ref().filter(|_| !blind);
    let on = On { slot: None, city: Some(round.facts()) };
    Row {
        campaign: overview.campaign.id.clone(),
        title: overview.campaign.title.clone(),
        portal: round.portal.id.clone(),
        city: round.portal.city.clone(),
        round: round.round,
        state: round.state(),
        sealed: slots.map(|slot| (slot, round.seals.contains_key(&slot))).collect(),
        differences: comparison.map(|one| one.mismatches.len()),
        compared: comparison.map(|one| one.compared),
        share: comparison.map(|one| percent(one.mismatches.len(), one.compared as usize)),
        open: may(cx.who.as_ref(), Need::ReadCity, &on) == Verdict::Yes,
    }
}

async fn list(cx: Cx) -> Result<Reply, Refusal> {
    let mut rows = Vec::new();
    for campaign in cx.app.store.campaigns().await? {
        let overview = Overview::load(&cx.app.store, campaign).await?;
        rows.extend(overview.rounds.iter().filter(|round| round.latest).map(|round| row(&cx, &overview, round)));
    }
    let body = html! {
        @if rows.is_empty() { p { (cx.t("cities-none")) } } @else {
            (wide(&cx.t("cities-caption"), &html! {
                thead { tr {
                    @for key in ["city", "campaign", "round", "state", "cities-slot-a", "cities-slot-b", "cities-differences"] {
                        th scope="col" { (cx.t(key)) }
                    }
                } }
                tbody { @for row in &rows { (row_markup(&cx, row)) } }
            }))
        }
    };
    Ok(Reply::screen(cx.t("nav-cities"), &json!({ "cities": rows }), body))
}

fn row_markup(cx: &Cx, row: &Row) -> Markup {
    let sealed = |slot: Slot| match row.sealed.get(&slot) {
        Some(true) => cx.t("cities-sealed-yes"),
        Some(false) => cx.t("cities-sealed-no"),
        None => cx.t("cities-sealed-hidden"),
    };
    html! {
        tr {
            th scope="row" {
                @if row.open { a href={ "/cities/" (row.campaign) "/" (row.portal) "/" (row.round) } { bdi { (row.city) } } }
                @else { bdi { (row.city) } }
            }
            td { (worded(cx, &row.title)) }
            td { (cx.words.number(row.round.into())) }
            td { span class={ "tag " (row.state) } { (cx.t(&format!("cities-state-{}", row.state))) } }
            td { (sealed(Slot::A)) }
            td { (sealed(Slot::B)) }
            td {
                @if let (Some(n), Some(m), Some(share)) = (row.differences, row.compared, row.share) {
                    (cx.f("cities-n-of-m", &[("n", n.into()), ("m", m.into()), ("share", share.into())]))
                }
            }
        }
    }
}

#[derive(Serialize)]
struct View {
    campaign: String,
    portal: String,
    city: String,
    round: u32,
    state: &'static str,
    compared: usize,
    mismatches: usize,
    share: f64,
    policy: u32,
    threshold: f64,
    inclusive: bool,
    /// Differences from which on it is over the threshold.
    least: Option<usize>,
    path: Option<Path>,
    totals: BTreeMap<Slot, BTreeMap<&'static str, usize>>,
    criteria: Vec<Tally>,
    causes: Vec<Cause>,
    differences: Vec<Item>,
    contradictions: Vec<Item>,
    sample: Vec<Look>,
    gates: Vec<Gate>,
}

#[derive(Serialize)]
struct Tally {
    id: String,
    name: String,
    differences: usize,
    asked: usize,
}

/// What most differences have in common.
#[derive(Serialize)]
struct Cause {
    /// `reason`, `criterion` or `host`.
    kind: &'static str,
    what: String,
    differences: usize,
}

#[derive(Serialize)]
struct Item {
    code: Code,
    title: String,
    /// `hear`, `rule` or `ruled`.
    state: &'static str,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    cx.audit("read", &object(city), json!({})).await?;
    let view = view(&cx, city).await?;
    let title = cx.f("cities-title", &[("city", (&view.city).into()), ("round", view.round.into())]);
    Ok(Reply::screen(title, &view, page(&cx, &view)))
}

/// What the audit log calls a city.
pub(crate) fn object(city: &City) -> String {
    format!("{}/{}/{}", city.campaign, city.portal.id, city.round)
}

/// Where a city stands.
pub(crate) fn at(city: &City, more: &str) -> String {
    format!("/cities/{}/{}/{}{more}", city.campaign, city.portal.id, city.round)
}

async fn view(cx: &Cx, city: &City) -> Result<View, Refusal> {
    let comparison = city.comparison.as_ref();
    let mismatches = comparison.map_or_else(|| city.mismatches(), |one| one.mismatches.clone());
    let compared = comparison.map_or(city.codes.len(), |one| one.compared as usize);
    let (policy, rules) = rules(cx, city).await?;
    let sample = to_inspect(&cx.app, city).await?;
    let item = |code: &Code| Item { code: code.clone(), title: title(cx, code), state: state(city, code) };
    let mut shown = mismatches.clone();
    // What was doubted later needs a ruling like what differs.
    shown.extend(city.unruled().into_iter().filter(|code| !mismatches.contains(code)));
    let contradicts = |look: &&Look| look.why.contains(&"contradicts");
    Ok(View {
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        city: city.portal.city.clone(),
        round: city.round,
        state: city.state(),
        compared,
        mismatches: mismatches.len(),
        share: percent(mismatches.len(), compared),
        policy,
        threshold: rules.threshold,
        inclusive: rules.inclusive,
        least: (1..=compared).find(|n| rules.over(*n, compared)),
        path: comparison.map(|one| one.path),
        totals: totals(city),
        criteria: tallies(cx, city, &mismatches),
        causes: causes(cx, city, &mismatches),
        differences: shown.iter().map(item).collect(),
        contradictions: sample.iter().filter(contradicts).map(|look| item(&look.code)).collect(),
        gates: gates(&cx.app, city, &sample).await?.gates,
        sample,
    })
}

/// The rules that the comparison names, with their number.
async fn rules(cx: &Cx, city: &City) -> Result<(u32, Rules), Refusal> {
    let Some(comparison) = &city.comparison else { return Ok(city.policy.clone()) };
    let named = cx.app.store.policies(&city.campaign).await?.into_iter().find(|one| one.no == comparison.policy);
    Ok(match named {
        Some(row) => (row.no, read(row.body)?),
        None => city.policy.clone(),
    })
}

/// Name of an indicator.
pub(crate) fn title(cx: &Cx, code: &Code) -> String {
    cx.app.indicator(code.as_str()).map_or_else(String::new, |one| one.title.clone())
}

/// What an indicator that needs a ruling waits for.
fn state(city: &City, code: &Code) -> &'static str {
    match () {
        () if city.rulings.contains_key(code) => "ruled",
        () if !city.unheard(code).is_empty() => "hear",
        () => "rule",
    }
}

fn totals(city: &City) -> BTreeMap<Slot, BTreeMap<&'static str, usize>> {
    let count = |slot: Slot, answer: Choice| {
        city.codes.iter().filter(|code| city.of_slot(code, slot).is_some_and(|one| one.answer == answer)).count()
    };
    let answers = [Choice::Yes, Choice::No, Choice::Unclear, Choice::Blocked];
    let of = |slot| (slot, answers.into_iter().map(|answer| (answer.as_str(), count(slot, answer))).collect());
    [Slot::A, Slot::B].into_iter().map(of).collect()
}

fn tallies(cx: &Cx, city: &City, mismatches: &[Code]) -> Vec<Tally> {
    let criteria = cx.app.instrument.criteria.iter().map(|criterion| {
        let own = cx.app.instrument.indicators.iter().filter(|one| one.criterion == criterion.id);
        let asked: Vec<&Code> = own.map(|one| &one.code).filter(|code| city.codes.contains(code)).collect();
        Tally {
            id: criterion.id.clone(),
            name: criterion.name.clone(),
            differences: asked.iter().filter(|code| mismatches.contains(code)).count(),
            asked: asked.len(),
        }
    });
    criteria.filter(|tally| tally.asked > 0).collect()
}

/// What more than half of the differences have in common: a reason, a criterion, or a host of the evidence.
fn causes(cx: &Cx, city: &City, mismatches: &[Code]) -> Vec<Cause> {
    if mismatches.len() < FEW {
        return Vec::new();
    }
    let mut seen: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for code in mismatches {
        let decisions: Vec<_> = [Slot::A, Slot::B].into_iter().filter_map(|slot| city.of_slot(code, slot)).collect();
        let mut own: Vec<(&'static str, String)> = Vec::new();
        own.extend(decisions.iter().filter_map(|one| one.reason.clone()).map(|reason| ("reason", reason)));
        own.extend(cx.app.indicator(code.as_str()).map(|one| ("criterion", one.criterion.clone())));
        let urls = decisions.iter().flat_map(|one| &one.evidence).filter_map(|one| url::Url::parse(&one.url).ok());
        own.extend(urls.filter_map(|url| url.host_str().map(|host| ("host", host.to_owned()))));
        own.sort();
        own.dedup();
        for cause in own {
            *seen.entry(cause).or_default() += 1;
        }
    }
    let most = seen.into_iter().filter(|(_, n)| 2 * n > mismatches.len());
    most.map(|((kind, what), differences)| Cause { kind, what, differences }).collect()
}

fn page(cx: &Cx, view: &View) -> Markup {
    let at = |more: &str| format!("/cities/{}/{}/{}{more}", view.campaign, view.portal, view.round);
    let over = if view.inclusive { "cities-rule-inclusive" } else { "cities-rule" };
    let path = match view.path {
        Some(Path::Over) => "cities-path-over",
        Some(Path::Within) => "cities-path-within",
        None => "cities-path-none",
    };
    html! {
        p { span class={ "tag " (view.state) } { (cx.t(&format!("cities-state-{}", view.state))) } }
        p.actions {
            a.button href=(at("/inspect")) { (cx.t("inspect-to")) }
            a.button href=(at("/sign-off")) { (cx.t("sign-off-to")) }
        }
        section aria-labelledby="compared" {
            h2 #compared { (cx.t("cities-compared")) }
            p { strong { (cx.f("cities-share", &[("n", view.mismatches.into()), ("m", view.compared.into()), ("share", view.share.into())])) } }
            p { (cx.f(over, &[("threshold", view.threshold.into()), ("policy", view.policy.into())])) }
            @if let Some(least) = view.least { p { (cx.f("cities-rule-least", &[("n", least.into()), ("m", view.compared.into())])) } }
            p { (cx.t(path)) }
            p.hint { (cx.t("cities-rule-means")) }
            (totals_markup(cx, view))
            @if !view.causes.is_empty() {
                h3 { (cx.t("cities-causes")) }
                ul { @for cause in &view.causes { li { (cause_text(cx, cause)) } } }
            }
        }
        section aria-labelledby="differences" {
            h2 #differences { (cx.t("cities-differences")) }
            (items(cx, &view.differences, "cities-no-differences", &at("/rule/")))
        }
        section aria-labelledby="sample" {
            h2 #sample { (cx.t("inspect-sample")) }
            p {
                (cx.f("inspect-count", &[("n", view.sample.iter().filter(|look| look.outcome.is_some()).count().into()), ("m", view.sample.len().into())]))
                " " a href=(at("/inspect")) { (cx.t("inspect-to")) }
            }
            h3 { (cx.t("cities-contradictions")) }
            (items(cx, &view.contradictions, "cities-no-contradictions", &at("/inspect#code-")))
        }
        section aria-labelledby="gates" {
            h2 #gates { (cx.t("gates-title")) }
            (gates_markup(cx, &view.gates))
        }
    }
}

fn items(cx: &Cx, items: &[Item], none: &str, to: &str) -> Markup {
    html! {
        @if items.is_empty() { p { (cx.t(none)) } } @else {
            ul.items { @for item in items {
                li {
                    a href={ (to) (item.code) } { span.code { (item.code) } " " (worded(cx, &item.title)) }
                    @if none == "cities-no-differences" { " " span class={ "tag " (item.state) } { (cx.t(&format!("cities-item-{}", item.state))) } }
                }
            } }
        }
    }
}

fn totals_markup(cx: &Cx, view: &View) -> Markup {
    html! {
        (wide(&cx.t("cities-totals"), &html! {
            thead { tr {
                th scope="col" { (cx.t("cities-slot")) }
                @for answer in ["yes", "no", "unclear", "blocked"] { th scope="col" { (cx.t(&format!("answer-{answer}"))) } }
            } }
            tbody { @for (slot, counts) in &view.totals {
                tr {
                    th scope="row" { (cx.t(if *slot == Slot::A { "cities-slot-a" } else { "cities-slot-b" })) }
                    @for answer in ["yes", "no", "unclear", "blocked"] { td { (cx.words.number(counts.get(answer).copied().unwrap_or(0) as u64)) } }
                }
            } }
        }))
        p.hint { (cx.t("cities-totals-hint")) }
        (wide(&cx.t("cities-by-criterion"), &html! {
            thead { tr { th scope="col" { (cx.t("cities-criterion")) } th scope="col" { (cx.t("cities-differences")) } } }
            tbody { @for tally in &view.criteria {
                tr {
                    th scope="row" { (worded(cx, &tally.name)) }
                    td { (cx.f("n-of-m", &[("n", tally.differences.into()), ("m", tally.asked.into())])) }
                }
            } }
        }))
    }
}

fn cause_text(cx: &Cx, cause: &Cause) -> String {
    let what = match cause.kind {
        "reason" => super::decide::reason_text(cx, &cause.what),
        "criterion" => {
            let known = cx.app.instrument.criteria.iter().find(|one| one.id == cause.what);
            known.map_or_else(|| cause.what.clone(), |one| one.name.clone())
        }
        _ => cause.what.clone(),
    };
    cx.f(&format!("cities-cause-{}", cause.kind), &[("what", (&what).into()), ("n", cause.differences.into())])
}
