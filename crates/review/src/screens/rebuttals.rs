//! Differences on which an assessor is heard, and what was overruled.

use maud::{Markup, html};
use model::{Choice, Code, Decision, Made, Path, Pointed, Rebuttal, Slot, Stance};
use serde::Serialize;
use serde_json::json;

use crate::city::City;
use crate::cx::Cx;
use crate::form::{self, submit};
use crate::layout::worded;
use crate::own::Own;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::decide::{code, evidence, reason_text};
use crate::screens::slot::answer_tag;

pub(crate) const ROUTES: &[Route] = &[
    get("/slots/{slot}/rebuttals", Need::OwnSlot, &[], "Differences of an own city on which its assessor is heard.", run!(show)),
    post(
        "/slots/{slot}/{code}/rebuttal",
        Need::OwnSlot,
        &[need("stance", Kind::Word(&["keep", "concede"])), may("note", Kind::Text(4000))],
        "Says something to a difference, once. The decision stays as it is.",
        run!(rebut),
    ),
    get("/slots/{slot}/overruled", Need::OwnSlot, &[], "Own answers that are not the final ones.", run!(overruled)),
];

#[derive(Serialize)]
struct View {
    slot: String,
    city: String,
    /// `unsealed`, `within` or `over`.
    state: &'static str,
    differences: Vec<Difference>,
}

#[derive(Serialize)]
struct Difference {
    code: Code,
    title: String,
    own: Option<Said>,
    other: Option<Said>,
    /// What this assessor said to it.
    said: Option<(Stance, String)>,
    ruled: bool,
}

/// An answer without the name of who gave it.
#[derive(Serialize)]
struct Said {
    answer: Choice,
    reason: Option<String>,
    note: String,
    evidence: Vec<Pointed>,
    trail: Vec<String>,
}

impl Said {
    fn of(decision: &Decision) -> Self {
        let Decision { answer, reason, note, evidence, trail, .. } = decision.clone();
        Self { answer, reason, note, evidence, trail }
    }
}

/// The differences of a city on which this slot is heard; none below the threshold and for a third assessor.
fn differences(cx: &Cx, own: &Own, city: &City) -> Vec<Difference> {
    let other = match own.slot.slot {
        Slot::A => Slot::B,
        Slot::B => Slot::A,
        Slot::C => return Vec::new(),
    };
    let Some(comparison) = city.comparison.as_ref().filter(|one| one.path == Path::Over) else { return Vec::new() };
    let difference = |code: &Code| {
        let said = city.rebuttals.iter().find(|one| one.slot == own.slot.slot && one.code == *code);
        Difference {
            code: code.clone(),
            title: cx.app.indicator(code.as_str()).map_or_else(String::new, |one| one.title.clone()),
            own: city.of_slot(code, own.slot.slot).map(Said::of),
            other: city.of_slot(code, other).map(Said::of),
            said: said.map(|one| (one.stance, one.note.clone())),
            ruled: city.rulings.contains_key(code),
        }
    };
    comparison.mismatches.iter().map(difference).collect()
}

/// The city, once this slot and the other are sealed.
async fn city(cx: &Cx, own: &Own) -> Result<Option<City>, Refusal> {
    if own.seal.is_none() { Ok(None) } else { own.unblinded(&cx.app).await }
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let city = city(&cx, &own).await?;
    let over = city.as_ref().and_then(|city| city.comparison.as_ref()).is_some_and(|one| one.path == Path::Over);
    let view = View {
        slot: own.slot.id.clone(),
        city: own.city_name(),
        state: if city.is_none() {
            "unsealed"
        } else if over {
            "over"
        } else {
            "within"
        },
        differences: city.map_or_else(Vec::new, |city| differences(&cx, &own, &city)),
    };
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(format!("/slots/{}", view.slot)) { bdi { (view.city) } } }
        p { (cx.t(&format!("rebuttals-{}", view.state))) }
        @for one in &view.differences { (shown(&cx, &own, one)) }
    };
    Ok(Reply::screen(cx.t("rebuttals-title"), &view, body))
}

fn shown(cx: &Cx, own: &Own, one: &Difference) -> Markup {
    let id = format!("of-{}", one.code);
    html! {
        section.difference aria-labelledby=(id) {
            h2 id=(id) { span.code { (one.code) } " " (worded(cx, &one.title)) }
            div.sides {
                (side(cx, "own-answer", one.own.as_ref()))
                (side(cx, "other-answer", one.other.as_ref()))
            }
            @if let Some((stance, note)) = &one.said {
                p { strong { (cx.t(if *stance == Stance::Keep { "said-keep" } else { "said-concede" })) } }
                @if !note.is_empty() { blockquote dir="auto" { (note) } }
            } @else if one.ruled {
                p { (cx.t("rebuttal-late")) }
            } @else if !own.left {
                (form::post(cx, &format!("/slots/{}/{}/rebuttal", own.slot.id, one.code), |cx| html! {
                    fieldset {
                        legend { (cx.t("field-stance")) }
                        @for word in ["keep", "concede"] {
                            div.pick {
                                input type="radio" id={ (id) "-" (word) } name="stance" value=(word) required checked[cx.chose("stance", word)];
                                label for={ (id) "-" (word) } { (cx.t(&format!("stance-{word}"))) }
                            }
                        }
                    }
                    div.field {
                        label for={ (id) "-note" } { (cx.t("field-why")) }
                        textarea id={ (id) "-note" } name="note" rows="3" maxlength="4000" dir="auto" { (cx.typed("note").unwrap_or_default()) }
                    }
                    (submit(cx, "rebuttal-send"))
                }))
            }
        }
    }
}

fn side(cx: &Cx, title: &str, said: Option<&Said>) -> Markup {
    html! {
        div.side {
            h3 { (cx.t(title)) " " (answer_tag(cx, said.map(|said| said.answer), false)) }
            @if let Some(said) = said {
                @if let Some(reason) = &said.reason { p { (cx.t("field-reason")) ": " (reason_text(cx, reason)) } }
                (evidence(&said.evidence))
                @if !said.trail.is_empty() { ul.trail { @for line in &said.trail { li { bdi dir="auto" { (line) } } } } }
                @if !said.note.is_empty() { p dir="auto" { (said.note) } }
            }
        }
    }
}

async fn rebut(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    let open = match city(&cx, &own).await? {
        Some(city) => differences(&cx, &own, &city).into_iter().find(|one| one.code == code),
        None => None,
    };
    let Some(one) = open.filter(|_| !own.left) else { return Err(Refusal::Conflict(cx.t("rebuttal-none"))) };
    if one.ruled || one.said.is_some() {
        return Err(Refusal::Conflict(cx.t(if one.ruled { "rebuttal-late" } else { "rebuttal-once" })));
    }
    let stance = if cx.field("stance") == "keep" { Stance::Keep } else { Stance::Concede };
    if stance == Stance::Keep && cx.field("note").is_empty() {
        return Err(cx.wrong("note", "rebuttal-why"));
    }
    let made = Rebuttal {
        id: cx.once.clone(),
        campaign: own.slot.campaign.clone(),
        portal: own.slot.portal.clone(),
        round: own.slot.round,
        slot: own.slot.slot,
        assessor: cx.me().id.clone(),
        code: code.clone(),
        stance,
        note: cx.field("note").to_owned(),
        at: cx.now,
    };
    cx.app.desk.keep(Made::Rebuttal(made.clone())).await?;
    cx.audit("rebuttal", &own.slot.id, json!({ "code": code })).await?;
    Ok(Reply::done(format!("/slots/{}/rebuttals?said=said-sent#of-{code}", own.slot.id), json!(made)))
}

#[derive(Serialize)]
struct Overruled {
    code: Code,
    title: String,
    own: Choice,
    r#final: Choice,
    reason: Option<String>,
    note: String,
    evidence: Vec<Pointed>,
}

async fn overruled(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let city = city(&cx, &own).await?;
    let city = city.and_then(|city| city.sign_off.clone().map(|sign_off| (city, sign_off)));
    let signed_off = city.is_some();
    let mut all = Vec::new();
    if let Some((city, sign_off)) = city {
        for one in sign_off.finals {
            let Some(mine) = own.decisions.get(&one.code).filter(|mine| mine.answer != one.answer) else { continue };
            let ruling = city.rulings.get(&one.code);
            all.push(Overruled {
                title: cx.app.indicator(one.code.as_str()).map_or_else(String::new, |of| of.title.clone()),
                own: mine.answer,
                r#final: one.answer,
                reason: ruling.map(|ruling| ruling.reason.clone()),
                note: ruling.map_or_else(String::new, |ruling| ruling.note.clone()),
                evidence: ruling.map_or_else(Vec::new, |ruling| ruling.evidence.clone()),
                code: one.code,
            });
        }
    }
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(format!("/slots/{}", own.slot.id)) { bdi { (own.city_name()) } } }
        p { (if signed_off { cx.f("overruled-n", &[("n", all.len().into())]) } else { cx.t("overruled-later") }) }
        @for one in &all {
            section.difference aria-labelledby={ "of-" (one.code) } {
                h2 id={ "of-" (one.code) } { span.code { (one.code) } " " (worded(&cx, &one.title)) }
                dl.facts {
                    div { dt { (cx.t("own-answer")) } dd { (answer_tag(&cx, Some(one.own), false)) } }
                    div { dt { (cx.t("final-answer")) } dd { (answer_tag(&cx, Some(one.r#final), false)) } }
                    @if let Some(reason) = &one.reason { div { dt { (cx.t("field-reason")) } dd { (reason_text(&cx, reason)) } } }
                }
                @if !one.note.is_empty() { p dir="auto" { (one.note) } }
                (evidence(&one.evidence))
            }
        }
    };
    Ok(Reply::screen(cx.t("overruled-title"), &json!({ "signed_off": signed_off, "overruled": all }), body))
}
