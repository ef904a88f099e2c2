//! The overview of an assessor's own city, and its seal.

use maud::html;
use model::{Choice, Made, SlotSeal};
use serde::Serialize;
use serde_json::json;

use crate::cx::Cx;
use crate::form::{self, submit};
use crate::layout::{live, worded};
use crate::own::Own;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::decide::{DECIDED, receipt};

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/slots/{slot}",
        Need::OwnSlot,
        &[may("show", Kind::Word(&["all", "open", "yes", "no", "unclear", "blocked"])), DECIDED],
        "The indicators of an own city with what was decided.",
        run!(show),
    ),
    get("/slots/{slot}/seal", Need::OwnSlot, &[], "What is lacking before an own city can be sealed.", run!(before_seal)),
    post(
        "/slots/{slot}/seal",
        Need::OwnSlot,
        &[need("independent", Kind::Word(&["yes"]))],
        "Seals an own city: its answers stay.",
        run!(seal),
    ),
];

#[derive(Serialize)]
struct View {
    slot: String,
    city: String,
    home: String,
    round: u32,
    sealed: Option<SlotSeal>,
    decided: usize,
    asked: usize,
    criteria: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    name: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    code: String,
    title: String,
    answer: Option<Choice>,
    draft: bool,
}

fn view(cx: &Cx, own: &Own, filter: &str) -> View {
    let shown = |item: &Item| match filter {
        "open" => item.answer.is_none(),
        "" | "all" => true,
        word => item.answer.is_some_and(|answer| answer.as_str() == word),
    };
    let group = |criterion: &model::Criterion| Group {
        id: criterion.id.clone(),
        name: criterion.name.clone(),
        items: cx
            .app
            .instrument
            .indicators
            .iter()
            .filter(|one| one.criterion == criterion.id && own.codes.contains(&one.code))
            .map(|one| Item {
                code: one.code.to_string(),
                title: one.title.clone(),
                answer: own.decisions.get(&one.code).map(|decision| decision.answer),
                draft: own.drafts.contains_key(one.code.as_str()),
            })
            .filter(shown)
            .collect(),
    };
    View {
        slot: own.slot.id.clone(),
        city: own.city_name(),
        home: own.portal.as_ref().map_or_else(String::new, |portal| portal.home.to_string()),
        round: own.slot.round,
        sealed: own.seal.clone(),
        decided: own.decisions.len(),
        asked: own.codes.len(),
        criteria: cx.app.instrument.criteria.iter().map(group).filter(|group| !group.items.is_empty()).collect(),
    }
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let filter = cx.field("show").to_owned();
    let view = view(&cx, &own, &filter);
    let at = |path: &str| format!("/slots/{}{path}", view.slot);
    let first = own.codes.iter().find(|code| !own.decisions.contains_key(*code));
    let body = html! {
        (receipt(&cx, &own))
        p {
            (cx.f("n-of-m-decided", &[("n", view.decided.into()), ("m", view.asked.into())]))
            " · " (live(&cx, &view.home, "live-home"))
        }
        p.actions {
            @if own.open() && let Some(code) = first {
                a.button.main href=(at(&format!("/{code}"))) { (cx.t("go-on")) }
            }
            @if let Some(seal) = &view.sealed {
                span { (cx.t("sealed-on")) " " time datetime=(seal.at) { (cx.words.moment(seal.at)) } " " code { (short(&seal.digest.to_string())) } }
                a.button href=(at("/rebuttals")) { (cx.t("rebuttals-title")) }
                a.button href=(at("/overruled")) { (cx.t("overruled-title")) }
            } @else {
                a.button href=(at("/seal")) { (cx.t("to-seal")) }
                a.button href=(at("/import")) { (cx.t("import-offer")) }
            }
        }
        nav.filter aria-label=(cx.t("filter")) {
            ul {
                @for word in ["all", "open", "yes", "no", "unclear", "blocked"] {
                    li { a href=(at(&format!("?show={word}"))) aria-current=[(filter == word || filter.is_empty() && word == "all").then_some("true")] { (cx.t(&format!("show-{word}"))) } }
                }
            }
        }
        @for group in &view.criteria {
            section aria-labelledby={ "criterion-" (group.id) } {
                h2 id={ "criterion-" (group.id) } { (worded(&cx, &group.name)) }
                ol.items {
                    @for item in &group.items {
                        li {
                            a href=(at(&format!("/{}", item.code))) { span.code { (item.code) } " " (worded(&cx, &item.title)) }
                            " " (answer_tag(&cx, item.answer, item.draft))
                        }
                    }
                }
            }
        }
    };
    Ok(Reply::screen(view.city.clone(), &view, body))
}

/// An answer as word and shape.
pub(crate) fn answer_tag(cx: &Cx, answer: Option<Choice>, draft: bool) -> maud::Markup {
    let (class, key) = match answer {
        Some(answer) => (answer.as_str(), format!("answer-{}", answer.as_str())),
        None if draft => ("draft", "answer-draft".to_owned()),
        None => ("open", "answer-open".to_owned()),
    };
    html! { span class={ "tag " (class) } { (cx.t(&key)) } }
}

/// The beginning of a digest, for people.
pub(crate) fn short(digest: &str) -> String {
    digest.trim_start_matches("sha256:").chars().take(12).collect()
}

async fn before_seal(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let lacking: Vec<String> =
        own.codes.iter().filter(|code| !own.decisions.contains_key(*code)).map(ToString::to_string).collect();
    let to = format!("/slots/{}/seal", own.slot.id);
    let data = json!({ "slot": own.slot.id, "lacking": lacking, "sealed": own.seal });
    let body = html! {
        @if own.seal.is_some() {
            p { (cx.t("state-slot-sealed")) }
        } @else if lacking.is_empty() {
            p { (cx.t("seal-text")) }
            (form::post(&cx, &to, |cx| html! {
                div.pick {
                    input type="checkbox" id="independent" name="independent" value="yes" required;
                    label for="independent" { (cx.t("seal-independent")) }
                }
                (submit(&cx, "seal-send"))
            }))
        } @else {
            p { (cx.f("seal-lacking", &[("n", lacking.len().into())])) }
            ul.codes { @for code in &lacking { li { a href={ "/slots/" (own.slot.id) "/" (code) } { (code) } } } }
        }
    };
    Ok(Reply::screen(cx.f("seal-title", &[("city", (&own.city_name()).into())]), &data, body))
}

async fn seal(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    own.must_be_open(&cx)?;
    let ids: Option<Vec<&str>> = own.codes.iter().map(|code| own.decisions.get(code).map(|one| one.id.as_str())).collect();
    let Some(ids) = ids else { return Err(Refusal::Conflict(cx.t("seal-lacks"))) };
    let made = SlotSeal {
        id: cx.once.clone(),
        campaign: own.slot.campaign.clone(),
        portal: own.slot.portal.clone(),
        round: own.slot.round,
        slot: own.slot.slot,
        assessor: cx.me().id.clone(),
        digest: archive::digest(archive::canonical(&ids).as_bytes()),
        at: cx.now,
    };
    cx.app.desk.keep(Made::SlotSeal(made.clone())).await?;
    cx.audit("seal", &own.slot.id, json!({ "digest": made.digest })).await?;
    crate::compare::compare(&cx.app, &own, cx.now).await?;
    Ok(Reply::done(format!("/slots/{}?said=said-sealed", own.slot.id), json!(made)))
}
