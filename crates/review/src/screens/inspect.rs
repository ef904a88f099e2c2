//! A reviewer's look at answers on which both slots agree (R18).

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, html};
use model::{Choice, Code, Inspected, Inspection, Made};
use serde::Serialize;
use serde_json::json;

use crate::app::App;
use crate::city::City;
use crate::cx::Cx;
use crate::form::{self, submit};
use crate::layout::worded;
use crate::overview::Overview;
use crate::policy::Need;
use crate::proposals::Proposals;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::cities::{at, object, title};
use crate::screens::slot::answer_tag;
use crate::sides::{Side, piece_markup, sides};

pub(crate) const ROUTES: &[Route] = &[
    get("/cities/{campaign}/{portal}/{round}/inspect", Need::ReadCity, &[], "Agreed answers to look at.", run!(show)),
    post(
        "/cities/{campaign}/{portal}/{round}/inspections",
        Need::Rule,
        &[need("code", Kind::Text(40)), need("outcome", Kind::Word(&["stands", "doubted"])), may("note", Kind::Text(4000))],
        "Says whether an answer on which both agree stands.",
        run!(inspect),
    ),
];

/// Signed-off cities from which on one can say what most have.
const PEERS: usize = 3;

/// An agreed answer that has to be looked at.
#[derive(Debug, Serialize)]
pub(crate) struct Look {
    pub(crate) code: Code,
    pub(crate) answer: Choice,
    /// Any of `drawn`, `contradicts`, `rare`.
    pub(crate) why: Vec<&'static str>,
    /// What was seen; none if nobody looked yet.
    pub(crate) outcome: Option<Inspected>,
}

/// The proposals that both slots were given.
pub(crate) async fn proposals(app: &App, city: &City) -> Result<Option<Arc<Proposals>>, Refusal> {
    let Some(judging) = city.assignments.iter().find_map(|one| one.judging) else { return Ok(None) };
    Proposals::load(app, judging).await.map(Some)
}

/// The agreed answers to look at: a share drawn by chance, those that contradict what the machine is nearly certain of, and each
/// no where most other signed-off cities have a yes.
pub(crate) async fn to_inspect(app: &App, city: &City) -> Result<Vec<Look>, Refusal> {
    if city.comparison.is_none() {
        return Ok(Vec::new());
    }
    let proposals = proposals(app, city).await?;
    let (drawn, common) = (city.drawn(), common(app, city).await?);
    let mut looks = Vec::new();
    for code in &city.codes {
        let Some(answer) = city.agreed(code) else { continue };
        let certain = proposals.as_ref().and_then(|proposals| proposals.certain(code));
        let mut why = Vec::new();
        if drawn.contains(code) {
            why.push("drawn");
        }
        if certain.is_some_and(|present| present != (answer == Choice::Yes)) {
            why.push("contradicts");
        }
        if answer == Choice::No && common.contains(code) {
            why.push("rare");
        }
        let outcome = city.inspections.get(code).map(|one| one.outcome);
        if !why.is_empty() || outcome.is_some() {
            looks.push(Look { code: code.clone(), answer, why, outcome });
        }
    }
    Ok(looks)
}

/// Indicators that most of the other signed-off cities of the campaign have.
async fn common(app: &App, city: &City) -> Result<Vec<Code>, Refusal> {
    let Some(campaign) = app.store.campaign(&city.campaign).await? else { return Ok(Vec::new()) };
    let overview = Overview::load(&app.store, campaign).await?;
    let others: Vec<_> = overview.signed_off().into_iter().filter(|(portal, _)| *portal != city.portal.id).collect();
    if others.len() < PEERS {
        return Ok(Vec::new());
    }
    let mut yes: BTreeMap<&Code, usize> = BTreeMap::new();
    for one in others.iter().flat_map(|(_, signed)| &signed.finals).filter(|one| one.answer == Choice::Yes) {
        *yes.entry(&one.code).or_default() += 1;
    }
    Ok(yes.into_iter().filter(|(_, n)| 2 * n > others.len()).map(|(code, _)| code.clone()).collect())
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    look: Look,
    title: String,
    note: String,
    sides: Vec<Side>,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    cx.audit("read", &object(city), json!({ "part": "sample" })).await?;
    let mut shown = Vec::new();
    for look in to_inspect(&cx.app, city).await? {
        let note = city.inspections.get(&look.code).map_or_else(String::new, |one| one.note.clone());
        shown.push(Shown { title: title(&cx, &look.code), note, sides: sides(&cx.app, city, &look.code, false).await?, look });
    }
    let open = city.sign_off.is_none();
    let data = json!({ "campaign": city.campaign, "portal": city.portal.id, "round": city.round, "looks": shown });
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(at(city, "")) { bdi { (city.portal.city) } } }
        p { (cx.t("inspect-text")) }
        @if shown.is_empty() { p { (cx.t("inspect-none")) } }
        @for one in &shown { (look_markup(&cx, city, one, open)) }
    };
    Ok(Reply::screen(cx.f("inspect-title", &[("city", (&city.portal.city).into())]), &data, body))
}

fn look_markup(cx: &Cx, city: &City, one: &Shown, open: bool) -> Markup {
    let code = &one.look.code;
    let (outcome, note) = (format!("outcome-{code}"), format!("note-{code}"));
    // One form for each indicator, all sent to the same address.
    let mine = cx.typed("code") == Some(code.as_str());
    html! {
        section aria-labelledby={ "code-" (code) } {
            h2 id={ "code-" (code) } { span.code { (code) } " " (worded(cx, &one.title)) " " (answer_tag(cx, Some(one.look.answer), false)) }
            ul { @for why in &one.look.why { li { (cx.t(&format!("inspect-why-{why}"))) } } }
            @if let Some(seen) = one.look.outcome {
                p { (cx.t(if seen == Inspected::Stands { "inspect-stands" } else { "inspect-doubted" })) " " span dir="auto" { (one.note) } }
            }
            details open[one.look.outcome.is_none()] {
                summary { (cx.t("evidence")) }
                @for side in &one.sides {
                    @for piece in &side.pieces { (piece_markup(cx, piece, &cx.t(&format!("rule-{}", side.which)), false)) }
                }
                @for side in &one.sides {
                    dl.facts {
                        div { dt { (cx.t(&format!("rule-{}", side.which))) } dd dir="auto" { (side.note) } }
                        @if !side.trail.is_empty() { div { dt { (cx.t("field-trail")) } dd { ul { @for line in &side.trail { li dir="auto" { (line) } } } } } }
                    }
                }
            }
            @if open {
                (form::post(cx, &at(city, "/inspections"), |cx| html! {
                    input type="hidden" name="code" value=(code);
                    fieldset {
                        legend { (cx.t("inspect-question")) }
                        @for (word, key) in [("stands", "inspect-stands"), ("doubted", "inspect-doubted")] {
                            div.pick {
                                input type="radio" id={ (outcome) "-" (word) } name="outcome" value=(word) required checked[mine && cx.chose("outcome", word)];
                                label for={ (outcome) "-" (word) } { (cx.t(key)) }
                            }
                        }
                    }
                    div.field {
                        label for=(note) { (cx.t("field-note")) }
                        textarea id=(note) name="note" rows="2" maxlength="4000" dir="auto" { (cx.typed("note").filter(|_| mine).unwrap_or_default()) }
                    }
                    (submit(cx, "inspect-send"))
                }))
            }
        }
    }
}

async fn inspect(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    let code = city.codes.iter().find(|code| code.as_str() == cx.field("code")).cloned();
    let code = code.ok_or_else(|| cx.wrong("code", "field-unknown"))?;
    if city.sign_off.is_some() {
        return Err(Refusal::Conflict(cx.t("settled-signed-off")));
    }
    if city.agreed(&code).is_none() || city.comparison.is_none() {
        return Err(Refusal::Conflict(cx.t("inspect-differs")));
    }
    let doubted = cx.field("outcome") == "doubted";
    if doubted && cx.field("note").is_empty() {
        return Err(cx.wrong("note", "inspect-needs-note"));
    }
    let made = Inspection {
        id: cx.once.clone(),
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        round: city.round,
        reviewer: cx.me().id.clone(),
        code: code.clone(),
        outcome: if doubted { Inspected::Doubted } else { Inspected::Stands },
        note: cx.field("note").to_owned(),
        at: cx.now,
    };
    cx.app.desk.keep(Made::Inspection(made.clone())).await?;
    cx.audit("inspect", &object(city), json!({ "code": code, "outcome": made.outcome })).await?;
    let to = if doubted { at(city, &format!("/rule/{code}?said=said-saved")) } else { at(city, "/inspect?said=said-saved") };
    Ok(Reply::done(to, json!(made)))
}
