//! A score followed to its bytes: release, sign-off, ruling or decisions, passage, capture, record.

use maud::{Markup, html};
use model::{Adjudication, Choice, Code, Decision, Digest, Final, Pointed, Slot, Time};
use serde::Serialize;
use serde_json::json;
use store::{RunId, Step};

use crate::city::{read, rows};
use crate::cx::Cx;
use crate::error::Error;
use crate::form::{self, submit};
use crate::layout::{marked, worded};
use crate::policy::Need;
use crate::proposals::around;
use crate::published::Published;
use crate::reply::{Refusal, Reply};
use crate::route::{Route, get, post, run};
use crate::screens::cities::title;
use crate::screens::decide::reason_text;
use crate::screens::sign_off::{digest, evidence_of};
use crate::screens::slot::answer_tag;

pub(crate) const ROUTES: &[Route] = &[
    get("/trace/{campaign}/{number}/{portal}/{code}", Need::Anyone, &[], "A released answer followed to its bytes.", run!(show)),
    post(
        "/trace/{campaign}/{number}/{portal}/{code}/verify",
        Need::Anyone,
        &[],
        "Walks a released answer back to its bytes and checks each step.",
        run!(verify),
    ),
];

/// Checks from one address within a few minutes at most, and from all: each reads all that a city rests on.
const MOST: (u32, u32) = (6, 60);

#[derive(Serialize)]
struct View {
    campaign: String,
    release: u32,
    portal: String,
    city: String,
    code: Code,
    title: String,
    answer: Choice,
    corrected: Option<u32>,
    /// Every step, the release first.
    published: Publishing,
    signed: Signed,
    ruling: Option<Kept<Adjudication>>,
    decisions: Vec<Kept<Decision>>,
    passages: Vec<Passage>,
}

#[derive(Serialize)]
struct Publishing {
    entry: u64,
    at: Time,
    reason: String,
    publisher: String,
    instrument: String,
}

#[derive(Serialize)]
struct Signed {
    entry: u64,
    at: Time,
    reviewer: String,
    round: u32,
    digest: Digest,
}

/// What a person made, with its log entry.
#[derive(Serialize)]
struct Kept<T> {
    entry: u64,
    made: T,
}

#[derive(Serialize)]
struct Passage {
    passage: Pointed,
    before: String,
    after: String,
    /// Whether the words stand where they are said to stand; none where no place is given.
    stands: Option<bool>,
    /// Clicks from the home page: address, and what the link says.
    path: Vec<(String, Option<String>)>,
    captured: Option<Time>,
    digest: Option<Digest>,
    /// Segment of the archive and place in it.
    segment: Option<(String, u64)>,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let view = view(&cx).await?;
    let name = cx.f("trace-title", &[("city", (&view.city).into()), ("code", view.code.as_str().into())]);
    Ok(Reply::screen(name, &view, page(&cx, &view)))
}

async fn view(cx: &Cx) -> Result<View, Refusal> {
    let store = &cx.app.store;
    let published = Published::of(cx).await?;
    let released = published.release.cities.iter().find(|one| one.portal == cx.param("portal")).ok_or(Refusal::Unknown)?;
    let mut signed = published.sign_offs(store).await?;
    let (entry, signed) = signed.remove(&released.portal).ok_or(Refusal::Unknown)?;
    let of = signed.finals.iter().find(|one| one.code.as_str() == cx.param("code")).ok_or(Refusal::Unknown)?;
    let (ruling, decisions) = people(cx, of).await?;
    let mut passages = Vec::new();
    for passage in evidence_of(store, of).await? {
        passages.push(followed(cx, passage, RunId(released.run)).await?);
    }
    let release = &published.release;
    Ok(View {
        campaign: release.campaign.clone(),
        release: release.number,
        portal: released.portal.clone(),
        city: released.city.clone(),
        title: title(cx, &of.code),
        code: of.code.clone(),
        answer: of.answer,
        corrected: published.corrected,
        published: Publishing {
            entry: published.entry,
            at: release.at,
            reason: release.reason.clone(),
            publisher: release.publisher.clone(),
            instrument: release.instrument.clone(),
        },
        signed: Signed {
            entry,
            at: signed.at,
            reviewer: signed.reviewer.clone(),
            round: signed.round,
            digest: digest(&signed.finals),
        },
        ruling,
        decisions,
        passages,
    })
}

/// The ruling, if the answer rests on one, and the decisions: those that it rests on, or those that the ruling settles.
async fn people(cx: &Cx, of: &Final) -> Result<(Option<Kept<Adjudication>>, Vec<Kept<Decision>>), Refusal> {
    let store = &cx.app.store;
    let (mut ruling, mut decisions) = (None, Vec::new());
    for id in &of.rests_on {
        if let Some((entry, row)) = store.made_as("adjudication", id).await? {
            ruling = Some(Kept { entry, made: read::<Adjudication>(row)? });
        } else if let Some((entry, row)) = store.made_as("decision", id).await? {
            decisions.push(Kept { entry, made: read::<Decision>(row)? });
        }
    }
    if let Some(Kept { made, .. }) = &ruling {
        let all: Vec<Decision> = rows(store.made_of("decision", &made.campaign, &made.portal, made.round).await?)?;
        for slot in [Slot::A, Slot::B] {
            let Some(last) = all.iter().rfind(|one| one.slot == slot && one.code == made.code) else { continue };
            let Some((entry, _)) = store.made_as("decision", &last.id).await? else { continue };
            decisions.push(Kept { entry, made: last.clone() });
        }
    }
    Ok((ruling, decisions))
}

/// A passage with what the ledger and the archive know of it.
async fn followed(cx: &Cx, passage: Pointed, run: RunId) -> Result<Passage, Refusal> {
    let (app, store) = (&cx.app, &cx.app.store);
    let Some((capture, captured)) = store.capture_of(&passage.record).await? else {
        let (before, after) = (passage.prefix.clone(), passage.suffix.clone());
        return Ok(Passage {
            passage,
            before,
            after,
            stands: Some(false),
            path: Vec::new(),
            captured: None,
            digest: None,
            segment: None,
        });
    };
    let (before, after) = around(app, capture, &passage).await?;
    let stands = match crate::check::check_evidence(&app.archive, store, std::slice::from_ref(&passage)).await {
        Ok(()) => passage.start.zip(passage.end).map(|_| true),
        Err(Error::Rule(_)) => Some(false),
        Err(error) => return Err(error.into()),
    };
    let path = match store.visit_of(run, capture).await? {
        Some(visit) => store.click_path(run, visit).await?,
        None => Vec::new(),
    };
    Ok(Passage {
        passage,
        before,
        after,
        stands,
        path: path.into_iter().map(|Step { url, link, .. }| (url, link)).collect(),
        captured: Some(captured.done),
        digest: Some(captured.record.payload),
        segment: Some((captured.record.segment, captured.record.offset)),
    })
}

fn page(cx: &Cx, view: &View) -> Markup {
    let release = format!("/releases/{}/{}", view.campaign, view.release);
    let place = format!("/trace/{}/{}/{}/{}", view.campaign, view.release, view.portal, view.code);
    html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href={ (release) "/" (view.portal) } { bdi { (view.city) } } }
        p { span.code { (view.code) } " " (worded(cx, &view.title)) ": " (answer_tag(cx, Some(view.answer), false)) }
        @if view.corrected.is_some() { p.problem { (cx.t("release-old")) } }
        ol.trace {
            li {
                h2 { (cx.t("trace-release")) }
                p {
                    a href=(release) { bdi { (view.campaign) } " " (cx.words.number(view.release.into())) } " · "
                    time datetime=(view.published.at) { (cx.words.moment(view.published.at)) } " · " bdi { (view.published.publisher) }
                    " · " span dir="auto" { (view.published.reason) } " · " bdi { (view.published.instrument) }
                }
                (entry(cx, view.published.entry))
            }
            li {
                h2 { (cx.t("trace-sign-off")) }
                p {
                    bdi { (view.signed.reviewer) } " · " time datetime=(view.signed.at) { (cx.words.moment(view.signed.at)) } " · "
                    (cx.t("round")) " " (cx.words.number(view.signed.round.into()))
                }
                p { (cx.t("sign-off-digest")) " " code { (view.signed.digest) } }
                (entry(cx, view.signed.entry))
            }
            @if let Some(Kept { entry: no, made }) = &view.ruling {
                li {
                    h2 { (cx.t("trace-ruling")) " " (answer_tag(cx, Some(made.answer), false)) }
                    p { bdi { (made.reviewer) } " · " time datetime=(made.at) { (cx.words.moment(made.at)) } " · " (reason_text(cx, &made.reason)) }
                    p dir="auto" { (made.note) }
                    (entry(cx, *no))
                }
            }
            li {
                h2 { (cx.t(if view.ruling.is_some() { "trace-differing" } else { "trace-decisions" })) }
                @for one in &view.decisions { (decision(cx, one)) }
            }
            li {
                h2 { (cx.t("trace-evidence")) }
                @if view.passages.is_empty() { p { (cx.t("trace-no-evidence")) } }
                @for one in &view.passages { (passage(cx, one)) }
            }
        }
        section aria-labelledby="verify" {
            h2 #verify { (cx.t("trace-verify")) }
            p { (cx.t("trace-verify-text")) }
            (form::post(cx, &format!("{place}/verify"), |cx| submit(cx, "trace-verify-send")))
            p { a href={ "/api/v1" (place) } { (cx.t("trace-json")) } }
        }
    }
}

fn entry(cx: &Cx, no: u64) -> Markup {
    html! { p.hint { (cx.f("trace-entry", &[("n", no.to_string().as_str().into())])) } }
}

fn decision(cx: &Cx, of: &Kept<Decision>) -> Markup {
    let one = &of.made;
    html! {
        p {
            bdi { (one.assessor) } ": " (answer_tag(cx, Some(one.answer), false)) " · "
            time datetime=(one.at) { (cx.words.moment(one.at)) }
            @if let Some(reason) = &one.reason { " · " (reason_text(cx, reason)) }
        }
        @if !one.note.is_empty() { p dir="auto" { (one.note) } }
        @if !one.trail.is_empty() { p { (cx.t("field-trail")) } ul { @for line in &one.trail { li dir="auto" { (line) } } } }
        (entry(cx, of.entry))
    }
}

fn passage(cx: &Cx, one: &Passage) -> Markup {
    let stands = match one.stands {
        Some(true) => "trace-stands",
        Some(false) => "trace-stands-not",
        None => "trace-no-place",
    };
    html! {
        blockquote dir="auto" cite=(one.passage.url) { (marked(&one.before, &one.passage.exact, &one.after)) }
        dl.facts {
            div { dt { (cx.t("trace-address")) } dd { bdi.url { (one.passage.url) } } }
            div { dt { (cx.t("trace-words")) } dd { (cx.t(stands)) } }
            @if !one.path.is_empty() {
                div { dt { (cx.t("click-path")) } dd {
                    ol.path { @for (url, link) in &one.path { li { @if let Some(link) = link.as_deref().filter(|link| !link.is_empty()) { bdi dir="auto" { (link) } " " } bdi.url { (url) } } } }
                } }
            }
            @if let Some(at) = one.captured { div { dt { (cx.t("captured")) } dd { time datetime=(at) { (cx.words.moment(at)) } } } }
            @if let Some(digest) = one.digest { div { dt { (cx.t("digest")) } dd { code { (digest) } } } }
            div { dt { (cx.t("trace-record")) } dd { code { (one.passage.record) } @if let Some((segment, offset)) = &one.segment { " · " code { (segment) " @ " (offset) } } } }
        }
    }
}

async fn verify(cx: Cx) -> Result<Reply, Refusal> {
    cx.app.limiter.count(&format!("verify {}", cx.address), Some(MOST.0), cx.now).map_err(Refusal::TooMany)?;
    cx.app.limiter.count("verify", Some(MOST.1), cx.now).map_err(Refusal::TooMany)?;
    let view = view(&cx).await?;
    let walked = cx.app.outside.walk(&view.campaign, view.release, &view.portal, &view.code).await;
    let (page, holds) = walked.map_err(Refusal::Broken)?;
    let place = format!("/trace/{}/{}/{}/{}", view.campaign, view.release, view.portal, view.code);
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(place) { (cx.t("trace-back")) } }
        p.verdict role="status" { strong { (cx.t(if holds { "trace-holds" } else { "trace-holds-not" })) } }
        pre dir="ltr" lang="en" { (page) }
    };
    let name = cx.f("trace-verified", &[("city", (&view.city).into()), ("code", view.code.as_str().into())]);
    Ok(Reply::screen(name, &json!({ "holds": holds, "page": page }), body))
}
