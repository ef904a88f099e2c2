//! What cities say to their scores, and what reviewers make of it (R22).

use maud::{Markup, html};
use model::{Code, Duty, Final};
use serde_json::json;
use store::Appeal;
use url::Url;

use crate::city::City;
use crate::cx::Cx;
use crate::form::{self, choice, lines, submit, text};
use crate::policy::{Need, On, Verdict, may as allowed};
use crate::published::Published;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::cities::title;
use crate::screens::sign_off::again;

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/releases/{campaign}/{number}/{portal}/appeals",
        Need::Anyone,
        &[
            need("code", Kind::Text(40)),
            need("url", Kind::Text(2000)),
            need("comment", Kind::Text(2000)),
            may("contact", Kind::Text(200)),
        ],
        "Says something to an answer of a released city.",
        run!(appeal),
    ),
    get(
        "/appeals",
        Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor]),
        &[],
        "What cities say to their scores.",
        run!(list),
    ),
    post(
        "/appeals/{id}/settle",
        Need::Duty(&[Duty::Reviewer]),
        &[need("outcome", Kind::Word(&["reopened", "declined"])), need("answer", Kind::Text(2000))],
        "Settles an appeal.",
        run!(settle),
    ),
];

/// Appeals from one address within a few minutes at most.
const MOST: u32 = 5;

/// The form on the page of a released city.
pub(crate) fn appeal_form(cx: &Cx, campaign: &str, number: u32, portal: &str, finals: &[Final]) -> Markup {
    let codes: Vec<(String, String)> =
        finals.iter().map(|one| (one.code.to_string(), format!("{} {}", one.code, title(cx, &one.code)))).collect();
    html! {
        section aria-labelledby="appeal" {
            h2 #appeal { (cx.t("appeal-title")) }
            p { (cx.t("appeal-text")) }
            (form::post(cx, &format!("/releases/{campaign}/{number}/{portal}/appeals"), |cx| html! {
                (choice(cx, "code", "release-indicator", &codes, ""))
                (text(cx, "url", "appeal-url", "", 2000, true))
                (lines(cx, "comment", "field-comment", "", 4, 2000))
                (text(cx, "contact", "field-contact", "", 200, false))
                (submit(cx, "appeal-send"))
            }))
        }
    }
}

async fn appeal(cx: Cx) -> Result<Reply, Refusal> {
    cx.app.limiter.count(&format!("appeal {}", cx.address), Some(MOST), cx.now).map_err(Refusal::TooMany)?;
    let url = Url::parse(cx.field("url")).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| cx.wrong("url", "appeal-url-wrong"))?;
    let published = Published::of(&cx).await?;
    let signed = published.sign_offs(&cx.app.store).await?;
    let (_, signed) = signed.get(cx.param("portal")).ok_or(Refusal::Unknown)?;
    let of = Appeal {
        id: cx.once.clone(),
        campaign: published.campaign.id.clone(),
        release: published.release.number,
        portal: signed.portal.clone(),
        code: cx.field("code").to_owned(),
        url: url.to_string(),
        comment: cx.field("comment").to_owned(),
        contact: cx.field("contact").to_owned(),
        at: cx.now,
        settled: None,
        by: None,
        outcome: None,
        answer: None,
    };
    // Whoever writes is answered the same, whatever they wrote.
    if signed.finals.iter().any(|one| one.code.as_str() == of.code) {
        cx.app.store.put_appeal(&of).await?;
    }
    let to = format!("/releases/{}/{}/{}?said=said-sent", of.campaign, of.release, of.portal);
    Ok(Reply::done(to, json!({ "received": true })))
}

async fn list(cx: Cx) -> Result<Reply, Refusal> {
    let appeals = cx.app.store.appeals(None).await?;
    let body = html! {
        @if appeals.is_empty() { p { (cx.t("appeal-none")) } }
        @for one in &appeals { (appeal_markup(&cx, one)) }
    };
    Ok(Reply::screen(cx.t("nav-appeals"), &json!({ "appeals": appeals }), body))
}

fn appeal_markup(cx: &Cx, one: &Appeal) -> Markup {
    let known = Code::new(&one.code).map_or_else(|_| String::new(), |code| title(cx, &code));
    let (outcome, answer) = (format!("outcome-{}", one.id), format!("answer-{}", one.id));
    html! {
        section aria-labelledby={ "appeal-" (one.id) } {
            h2 id={ "appeal-" (one.id) } { bdi { (one.portal) } " · " span.code { (one.code) } " " (known) }
            p {
                a href={ "/releases/" (one.campaign) "/" (one.release) "/" (one.portal) } { bdi { (one.campaign) } " " (cx.words.number(one.release.into())) }
                " · " time datetime=(one.at) { (cx.words.moment(one.at)) }
            }
            blockquote dir="auto" { (one.comment) }
            dl.facts {
                // No link: what a stranger typed is not for a click.
                div { dt { (cx.t("appeal-url")) } dd { bdi.url { (one.url) } } }
                @if !one.contact.is_empty() { div { dt { (cx.t("field-contact")) } dd { bdi { (one.contact) } } } }
            }
            @if let (Some(at), Some(said)) = (one.settled, &one.outcome) {
                p {
                    span class={ "tag " (said) } { (cx.t(if said == "reopened" { "appeal-reopened" } else { "appeal-declined" })) }
                    " " bdi { (one.by.as_deref().unwrap_or_default()) } ", " time datetime=(at) { (cx.words.moment(at)) } ": "
                    span dir="auto" { (one.answer.as_deref().unwrap_or_default()) }
                }
            } @else if cx.has(&[Duty::Reviewer]) {
                (form::post(cx, &format!("/appeals/{}/settle", one.id), |cx| html! {
                    fieldset {
                        legend { (cx.t("field-outcome")) }
                        @for (word, key) in [("reopened", "appeal-reopen"), ("declined", "appeal-decline")] {
                            div.pick {
                                input type="radio" id={ (outcome) "-" (word) } name="outcome" value=(word) required checked[cx.chose("outcome", word)];
                                label for={ (outcome) "-" (word) } { (cx.t(key)) }
                            }
                        }
                    }
                    div.field {
                        label for=(answer) { (cx.t("appeal-answer")) }
                        textarea id=(answer) name="answer" rows="3" maxlength="2000" required dir="auto" { (cx.typed("answer").unwrap_or_default()) }
                    }
                    (submit(cx, "appeal-settle"))
                }))
            }
        }
    }
}

async fn settle(cx: Cx) -> Result<Reply, Refusal> {
    let appeals = cx.app.store.appeals(None).await?;
    let appeal = appeals.into_iter().find(|one| one.id == cx.param("id")).ok_or(Refusal::Unknown)?;
    if appeal.settled.is_some() {
        return Err(Refusal::Conflict(cx.t("appeal-settled")));
    }
    let (outcome, answer) = (cx.field("outcome"), cx.field("answer"));
    let city = latest(&cx, &appeal).await?;
    let on = On { slot: None, city: Some(city.facts()) };
    let apart = allowed(cx.who.as_ref(), Need::Reopen, &on) == Verdict::Yes;
    let mut round = None;
    if outcome == "reopened" {
        if city.sign_off.is_none() {
            return Err(Refusal::Conflict(cx.t("reopen-begun")));
        }
        if !apart {
            return Err(Refusal::Forbidden("not-yours"));
        }
        let code = Code::new(&appeal.code).map_err(|_| Refusal::Unknown)?;
        round = Some(again(&cx, &city, vec![code], format!("appeal {}", appeal.id), answer.to_owned()).await?.round);
    } else if city.facts().assessors.contains(&cx.me().id) || city.interested.contains(&cx.me().id) {
        return Err(Refusal::Forbidden("not-yours"));
    }
    if !cx.app.store.settle_appeal(&appeal.id, outcome, answer, &cx.me().id, cx.now).await? {
        return Err(Refusal::Conflict(cx.t("appeal-settled")));
    }
    cx.audit("settle-appeal", &appeal.id, json!({ "outcome": outcome, "round": round })).await?;
    Ok(Reply::done("/appeals?said=said-saved", json!({ "outcome": outcome, "round": round })))
}

/// The city of an appeal in its latest round.
async fn latest(cx: &Cx, of: &Appeal) -> Result<City, Refusal> {
    let store = &cx.app.store;
    let campaign = store.campaign(&of.campaign).await?.ok_or(Refusal::Unknown)?;
    let codes = cx.app.codes();
    let mut last = None;
    for round in 1.. {
        match City::load(store, &campaign, &codes, &of.portal, round).await? {
            Some(city) => last = Some(city),
            None => break,
        }
    }
    last.ok_or(Refusal::Unknown)
}
