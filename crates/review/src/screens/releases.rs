//! Releases and what is public of them.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Choice, Code, Comparison, Digest, Duty, Made, Path, Release, SignOff, Time};
use serde::Serialize;
use serde_json::{Value, json};
use store::Campaign;

use crate::city::{policy, rows};
use crate::cx::Cx;
use crate::form::{self, submit};
use crate::layout::{wide, worded};
use crate::overview::percent;
use crate::policy::Need;
use crate::published::Published;
use crate::release::{numbered, signed_off};
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, need, post, run};
use crate::screens::appeals::appeal_form;
use crate::screens::cities::title;
use crate::screens::sign_off::signed;
use crate::screens::slot::answer_tag;

pub(crate) const ROUTES: &[Route] = &[
    get("/releases", Need::Anyone, &[], "Every release.", run!(list)),
    get("/releases/{campaign}/{number}", Need::Anyone, &[], "The scores of a release.", run!(show)),
    get("/releases/{campaign}/{number}/{portal}", Need::Anyone, &[], "The answers of a released city.", run!(city)),
    post(
        "/campaigns/{campaign}/releases",
        Need::Duty(&[Duty::Senior]),
        &[need("reason", Kind::Text(2000))],
        "Publishes the signed-off cities of a campaign.",
        run!(release),
    ),
];

#[derive(Serialize)]
struct Row {
    campaign: String,
    title: String,
    number: u32,
    at: Time,
    reason: String,
    cities: usize,
    corrects: Option<u32>,
    corrected: Option<u32>,
}

async fn list(cx: Cx) -> Result<Reply, Refusal> {
    let campaigns = cx.app.store.campaigns().await?;
    let mut listed = Vec::new();
    for campaign in &campaigns {
        for one in Published::all(&cx.app.store, campaign).await? {
            listed.push(Row {
                campaign: campaign.id.clone(),
                title: campaign.title.clone(),
                number: one.release.number,
                at: one.release.at,
                cities: one.release.cities.len(),
                corrects: one.corrects,
                corrected: one.corrected,
                reason: one.release.reason,
            });
        }
    }
    listed.sort_by_key(|row| std::cmp::Reverse(row.at));
    let body = html! {
        @if listed.is_empty() { p { (cx.t("release-none")) } } @else {
            (wide(&cx.t("release-caption"), &html! {
                thead { tr { @for key in ["campaign", "release-number", "release-at", "release-cities", "release-reason", "release-corrects"] { th scope="col" { (cx.t(key)) } } } }
                tbody { @for row in &listed {
                    tr {
                        th scope="row" { a href={ "/releases/" (row.campaign) "/" (row.number) } { bdi { (row.title) } } }
                        td { (cx.words.number(row.number.into())) }
                        td { time datetime=(row.at) { (cx.words.day(row.at)) } }
                        td { (cx.words.number(row.cities as u64)) }
                        td dir="auto" { (row.reason) }
                        td { (chain(&cx, &row.campaign, row.corrects, row.corrected)) }
                    }
                } }
            }))
        }
        @if cx.has(&[Duty::Senior]) { (release_forms(&cx, &campaigns)) }
    };
    Ok(Reply::screen(cx.t("nav-releases"), &json!({ "releases": listed }), body))
}

/// Which release corrects which.
fn chain(cx: &Cx, campaign: &str, corrects: Option<u32>, corrected: Option<u32>) -> Markup {
    html! {
        @if let Some(number) = corrects { a href={ "/releases/" (campaign) "/" (number) } { (cx.f("release-corrects-n", &[("n", number.into())])) } " " }
        @if let Some(number) = corrected { a href={ "/releases/" (campaign) "/" (number) } { (cx.f("release-corrected-by", &[("n", number.into())])) } }
    }
}

fn release_forms(cx: &Cx, campaigns: &[Campaign]) -> Markup {
    html! {
        section aria-labelledby="publish" {
            h2 #publish { (cx.t("release-publish")) }
            p { (cx.t("release-publish-text")) }
            @for campaign in campaigns {
                h3 { bdi { (campaign.title) } }
                (form::post(cx, &format!("/campaigns/{}/releases", campaign.id), |cx| html! {
                    div.field {
                        label for={ "reason-" (campaign.id) } { (cx.t("release-why")) }
                        textarea id={ "reason-" (campaign.id) } name="reason" rows="2" maxlength="2000" required dir="auto" {}
                    }
                    (submit(cx, "release-send"))
                }))
            }
        }
    }
}

async fn release(cx: Cx) -> Result<Reply, Refusal> {
    let campaign = cx.campaign();
    let cities = signed_off(&cx.app.store, &campaign.id).await?;
    let before = Published::all(&cx.app.store, campaign).await?;
    if let Some(Published { release, .. }) = before.iter().find(|one| one.release.id == cx.once) {
        // The same once more, after an answer that got lost.
        let to = format!("/releases/{}/{}?said=said-released", release.campaign, release.number);
        return Ok(Reply::done(to, json!({ "release": release })));
    }
    if before.last().is_some_and(|last| last.release.cities == cities) {
        return Err(Refusal::Conflict(cx.t("release-same")));
    }
    let (number, rules) = policy(&cx.app.store, &campaign.id).await?;
    let of = json!({ "slots": 2, "final": "two decisions that agree, or a ruling", "policy": number, "rules": rules });
    // As the log writes it, so that row and entry read the same: numbers there have one form.
    let of: Value = serde_json::from_str(&archive::canonical(&of)).expect("canonical JSON is JSON");
    let made = Release {
        id: cx.once.clone(),
        campaign: campaign.id.clone(),
        number: 0,
        instrument: campaign.instrument.clone(),
        policy: of,
        cities,
        reason: cx.field("reason").to_owned(),
        publisher: cx.me().id.clone(),
        at: cx.now,
        supersedes: None,
    };
    let made = numbered(&cx.app.store, made).await?;
    cx.app.desk.keep(Made::Release(made.clone())).await?;
    cx.audit(
        "release",
        &format!("{}/{}", made.campaign, made.number),
        json!({ "cities": made.cities.len(), "reason": made.reason }),
    )
    .await?;
    let signed = signed(&cx).await;
    let unsigned = if signed.is_some() { "" } else { "&unsigned=1" };
    let to = format!("/releases/{}/{}?said=said-released{unsigned}", made.campaign, made.number);
    Ok(Reply::done(to, json!({ "release": made, "signed": signed })))
}

#[derive(Serialize)]
struct View {
    campaign: String,
    title: String,
    number: u32,
    at: Time,
    publisher: String,
    reason: String,
    instrument: String,
    /// What a score divides by; none if this program does not know the instrument.
    denominator: Option<u16>,
    corrects: Option<u32>,
    corrected: Option<u32>,
    /// Digest of the release as the log has it.
    digest: Digest,
    /// Whether every city of the campaign is in it, with an answer to every indicator.
    complete: bool,
    cities: Vec<Score>,
}

#[derive(Serialize)]
struct Score {
    portal: String,
    city: String,
    yes: usize,
    asked: usize,
    percent: Option<f64>,
    band: Option<String>,
    rank: Option<usize>,
    criteria: BTreeMap<String, (usize, usize)>,
    /// Keys of what has to be said beside it.
    notes: Vec<&'static str>,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let published = Published::of(&cx).await?;
    let view = view(&cx, &published).await?;
    let title = cx.f("release-title", &[("campaign", (&view.title).into()), ("n", view.number.into())]);
    Ok(Reply::screen(title, &view, page(&cx, &view)))
}

async fn view(cx: &Cx, of: &Published) -> Result<View, Refusal> {
    let known = of.release.instrument == cx.app.instrument.edition;
    let signed = of.sign_offs(&cx.app.store).await?;
    let mut cities = Vec::new();
    for city in &of.release.cities {
        let Some((_, signed)) = signed.get(&city.portal) else { continue };
        let compared: Vec<Comparison> =
            rows(cx.app.store.made_of("comparison", &signed.campaign, &signed.portal, signed.round).await?)?;
        cities.push(score(cx, &city.city, signed, known, compared.last()));
    }
    let all = cx.app.instrument.indicators.len();
    let complete = known
        && cities.iter().all(|city| city.asked == all)
        && of.campaign.portals.iter().all(|portal| cities.iter().any(|city| city.portal == portal.id));
    cities.sort_by(|a, b| a.city.cmp(&b.city));
    if complete {
        cities.sort_by_key(|city| std::cmp::Reverse(city.yes));
        let totals: Vec<usize> = cities.iter().map(|city| city.yes).collect();
        for city in &mut cities {
            city.rank = Some(1 + totals.iter().filter(|other| **other > city.yes).count());
        }
    }
    let release = &of.release;
    Ok(View {
        campaign: of.campaign.id.clone(),
        title: of.campaign.title.clone(),
        number: release.number,
        at: release.at,
        publisher: release.publisher.clone(),
        reason: release.reason.clone(),
        instrument: release.instrument.clone(),
        denominator: known.then_some(cx.app.instrument.denominator),
        corrects: of.corrects,
        corrected: of.corrected,
        digest: of.digest(),
        complete,
        cities,
    })
}

fn score(cx: &Cx, city: &str, signed: &SignOff, known: bool, compared: Option<&Comparison>) -> Score {
    let instrument = &cx.app.instrument;
    let yes = signed.finals.iter().filter(|one| one.answer == Choice::Yes).count();
    let of = usize::from(instrument.denominator);
    let mut criteria: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for one in &signed.finals {
        let Some(indicator) = cx.app.indicator(one.code.as_str()) else { continue };
        let tally = criteria.entry(indicator.criterion.clone()).or_default();
        tally.0 += usize::from(one.answer == Choice::Yes);
        tally.1 += 1;
    }
    let mut notes = Vec::new();
    if known && signed.finals.len() < instrument.indicators.len() {
        notes.push("partial");
    }
    if compared.is_some_and(|one| one.path == Path::Over) {
        notes.push("over");
    }
    let band = if known && of > 0 { score::band(instrument, yes as f64 / of as f64) } else { None };
    Score {
        portal: signed.portal.clone(),
        city: city.to_owned(),
        yes,
        asked: signed.finals.len(),
        percent: (known && of > 0).then(|| percent(yes, of)),
        band: band.map(|band| band.name.clone()),
        rank: None,
        criteria,
        notes,
    }
}

fn page(cx: &Cx, view: &View) -> Markup {
    let criteria = &cx.app.instrument.criteria;
    html! {
        @if cx.fields.iter().any(|(name, _)| name == "unsigned") { p.problem role="alert" { (cx.t("sign-off-unsigned")) } }
        dl.facts {
            div { dt { (cx.t("release-at")) } dd { time datetime=(view.at) { (cx.words.moment(view.at)) } } }
            div { dt { (cx.t("release-publisher")) } dd { bdi { (view.publisher) } } }
            div { dt { (cx.t("release-reason")) } dd dir="auto" { (view.reason) } }
            div { dt { (cx.t("release-instrument")) } dd { bdi { (view.instrument) } } }
            div { dt { (cx.t("release-digest")) } dd { code { (view.digest) } } }
        }
        @if view.corrects.is_some() || view.corrected.is_some() { p.corrects { (chain(cx, &view.campaign, view.corrects, view.corrected)) } }
        @if view.corrected.is_some() { p.problem { (cx.t("release-old")) } }
        p.hint { (cx.t(if view.complete { "release-ranked" } else { "release-unranked" })) }
        @let scores = view.denominator.map_or_else(|| cx.t("release-scores"), |of| cx.f("release-scores-of", &[("of", u32::from(of).into())]));
        (wide(&scores, &html! {
            thead { tr {
                @if view.complete { th scope="col" { (cx.t("release-rank")) } }
                th scope="col" { (cx.t("city")) }
                th scope="col" { (cx.t("release-score")) }
                th scope="col" { (cx.t("release-band")) }
                @for criterion in criteria { th scope="col" { abbr lang=(cx.app.instrument.language) title=(criterion.name) { (criterion.id) } } }
                th scope="col" { (cx.t("release-notes")) }
            } }
            tbody { @for city in &view.cities {
                tr {
                    @if let Some(rank) = city.rank { td { (cx.words.number(rank as u64)) } }
                    th scope="row" { a href={ "/releases/" (view.campaign) "/" (view.number) "/" (city.portal) } { bdi { (city.city) } } }
                    td { (points(cx, city, view.denominator)) }
                    td { @if let Some(band) = &city.band { (band) } }
                    @for criterion in criteria {
                        td { @if let Some((yes, of)) = city.criteria.get(&criterion.id) { (cx.f("n-of-m", &[("n", (*yes).into()), ("m", (*of).into())])) } }
                    }
                    td { @for note in &city.notes { (cx.t(&format!("release-note-{note}"))) " " } }
                }
            } }
        }))
    }
}

fn points(cx: &Cx, city: &Score, denominator: Option<u16>) -> String {
    match (denominator, city.percent) {
        (Some(of), Some(share)) => {
            cx.f("release-points", &[("n", city.yes.into()), ("of", u32::from(of).into()), ("share", share.into())])
        }
        _ => cx.f("n-of-m", &[("n", city.yes.into()), ("m", city.asked.into())]),
    }
}

#[derive(Serialize)]
struct Answered {
    code: Code,
    title: String,
    answer: Choice,
    trace: String,
}

async fn city(cx: Cx) -> Result<Reply, Refusal> {
    let published = Published::of(&cx).await?;
    let released = published.release.cities.iter().find(|one| one.portal == cx.param("portal")).ok_or(Refusal::Unknown)?;
    let signed = published.sign_offs(&cx.app.store).await?;
    let (_, signed) = signed.get(&released.portal).ok_or(Refusal::Unknown)?;
    let (campaign, number) = (&published.campaign.id, published.release.number);
    let answers: Vec<Answered> = signed
        .finals
        .iter()
        .map(|one| Answered {
            title: title(&cx, &one.code),
            answer: one.answer,
            trace: format!("/trace/{campaign}/{number}/{}/{}", released.portal, one.code),
            code: one.code.clone(),
        })
        .collect();
    let data = json!({
        "campaign": campaign, "release": number, "portal": released.portal, "city": released.city, "round": signed.round,
        "signed_off": signed.at, "corrected_by": published.corrected, "answers": answers,
    });
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) {
            a href={ "/releases/" (campaign) "/" (number) } { (cx.f("release-title", &[("campaign", (&published.campaign.title).into()), ("n", number.into())])) }
        }
        @if published.corrected.is_some() { p.problem { (cx.t("release-old")) " " (chain(&cx, campaign, None, published.corrected)) } }
        p { a href={ "/releases/" (campaign) "/" (number) "/" (released.portal) "/page" } { (cx.t("sheet-open")) } }
        (wide(&cx.t("release-answers"), &html! {
            thead { tr { th scope="col" { (cx.t("release-indicator")) } th scope="col" { (cx.t("field-answer")) } th scope="col" { (cx.t("release-trace")) } } }
            tbody { @for one in &answers {
                tr {
                    th scope="row" { span.code { (one.code) } " " (worded(&cx, &one.title)) }
                    td { (answer_tag(&cx, Some(one.answer), false)) }
                    td { a href=(one.trace) { (cx.t("release-trace")) span.unseen { " " (one.code) } } }
                }
            } }
        }))
        (appeal_form(&cx, campaign, number, &released.portal, &signed.finals))
    };
    Ok(Reply::screen(released.city.clone(), &data, body))
}
