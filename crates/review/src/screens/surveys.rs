//! Surveys of a campaign: begun, watched and stopped. Administrators begin and stop, auditors look on.

use maud::{Markup, html};
use model::{Duty, HostPace, Portal, Time};
use serde::Serialize;
use serde_json::json;
use store::{RunState, SurveyId, Tally};

use crate::cx::Cx;
use crate::form::{self, submit};
use crate::layout::wide;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, post, run};
use crate::screens::campaigns::READERS;
use crate::screens::people::ADMINISTRATOR;

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/campaigns/{campaign}/surveys",
        ADMINISTRATOR,
        &[may("portal", Kind::Texts(100))],
        "Begins a survey of the cities that are named, or of all.",
        run!(begin),
    ),
    get("/campaigns/{campaign}/surveys/{survey}", READERS, &[], "A survey: runs with counts, hosts with their pace.", run!(show)),
    post(
        "/campaigns/{campaign}/surveys/{survey}/stop",
        ADMINISTRATOR,
        &[],
        "Stops a survey after the visits under way.",
        run!(stop),
    ),
];

async fn begin(cx: Cx) -> Result<Reply, Refusal> {
    let campaign = cx.campaign().clone();
    let named: Vec<&str> = cx.fields("portal").collect();
    if named.iter().any(|id| !campaign.portals.iter().any(|one| one.id == *id)) {
        return Err(cx.wrong("portal", "field-unknown"));
    }
    let chosen = |one: &&Portal| named.is_empty() || named.contains(&one.id.as_str());
    let portals: Vec<Portal> = campaign.portals.iter().filter(chosen).cloned().collect();
    let cities = portals.len();
    let survey = cx.app.outside.survey(&campaign, portals).await.map_err(Refusal::Conflict)?;
    cx.audit("begin-survey", &format!("{}/{}", campaign.id, survey.0), json!({ "cities": cities })).await?;
    let to = format!("/campaigns/{}/surveys/{}?said=said-begun", campaign.id, survey.0);
    Ok(Reply::done(to, json!({ "survey": survey.0, "cities": cities })))
}

#[derive(Serialize)]
struct View {
    campaign: String,
    survey: i64,
    started: Time,
    finished: Option<Time>,
    under_way: bool,
    runs: Vec<Row>,
    hosts: Vec<HostPace>,
    told: Vec<String>,
}

#[derive(Serialize)]
struct Row {
    portal: String,
    city: String,
    state: RunState,
    reason: Option<String>,
    captured: u32,
    shared: u32,
    missed: Vec<(&'static str, u32)>,
    bytes: u64,
    refused: u32,
}

impl Row {
    /// Whether nothing came although the run went to its end.
    fn unreached(&self) -> bool {
        self.state == RunState::Finished && self.captured + self.shared == 0
    }
}

/// The survey in the path, if it is one of the campaign.
async fn survey(cx: &Cx) -> Result<store::Survey, Refusal> {
    let no: i64 = cx.param("survey").parse().map_err(|_| Refusal::Unknown)?;
    let all = cx.app.store.surveys().await?;
    all.into_iter().find(|one| one.id.0 == no && one.begun.campaign == cx.campaign().id).ok_or(Refusal::Unknown)
}

/// Whether it goes on: one that was stopped, or whose program ended, has no end in the ledger, since it can be gone on with.
pub(crate) fn going(cx: &Cx, of: &store::Survey) -> bool {
    of.finished.is_none() && cx.app.outside.under_way(of.id)
}

/// How far it is, as a key of a text.
pub(crate) fn state(finished: Option<Time>, under_way: bool) -> &'static str {
    match (finished, under_way) {
        (Some(_), _) => "survey-finished",
        (None, true) => "survey-under-way",
        (None, false) => "survey-halted",
    }
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let of = survey(&cx).await?;
    let mut tallies = cx.app.store.tallies(of.id).await?;
    let row = |run: store::Run| {
        let Tally { captured, shared, missed, bytes, refused } = tallies.remove(&run.id).unwrap_or_default();
        let missed = missed.into_iter().map(|(miss, count)| (miss.as_str(), count)).collect();
        Row {
            portal: run.portal.id,
            city: run.portal.city,
            state: run.state,
            reason: run.reason,
            captured,
            shared,
            missed,
            bytes,
            refused,
        }
    };
    let view = View {
        campaign: cx.campaign().id.clone(),
        survey: of.id.0,
        started: of.begun.started,
        finished: of.finished,
        under_way: going(&cx, &of),
        runs: cx.app.store.runs(of.id).await?.into_iter().map(row).collect(),
        hosts: cx.app.store.paces_of(of.id).await?,
        told: cx.app.outside.told(of.id),
    };
    let title = cx.f("survey-title", &[("no", view.survey.to_string().as_str().into())]);
    Ok(Reply::screen(title, &view, page(&cx, &view)))
}

fn page(cx: &Cx, view: &View) -> Markup {
    let at = format!("/campaigns/{}/surveys/{}", view.campaign, view.survey);
    html! {
        p { a href={ "/campaigns/" (view.campaign) } { bdi { (cx.campaign().title) } } }
        div #live data-live=[view.under_way.then_some("5")] {
            p {
                time datetime=(view.started) { (cx.words.moment(view.started)) } " – "
                @if let Some(at) = view.finished { time datetime=(at) { (cx.words.moment(at)) } " · " }
                (cx.t(state(view.finished, view.under_way)))
            }
            @if view.under_way {
                p { (cx.t("survey-as-of")) " " time datetime=(cx.now) { (cx.words.moment(cx.now)) } " · " a href=(at) { (cx.t("survey-look-again")) } }
            }
            (runs(cx, &view.runs))
            (hosts(cx, &view.hosts))
            @if !view.told.is_empty() {
                h2 { (cx.t("survey-told")) }
                ol.log { @for line in view.told.iter().rev() { li { bdi dir="auto" { (line) } } } }
            }
        }
        @if view.under_way && cx.has(&[Duty::Administrator]) {
            p { (cx.t("survey-stop-text")) }
            (form::post(cx, &format!("{at}/stop"), |cx| submit(cx, "survey-stop")))
        }
    }
}

fn runs(cx: &Cx, runs: &[Row]) -> Markup {
    let number = |number: u32| cx.words.number(number.into());
    html! {
        (wide(&cx.f("survey-runs", &[("n", runs.len().into())]), &html! {
            thead { tr {
                th scope="col" { (cx.t("city")) }
                th scope="col" { (cx.t("state")) }
                th scope="col" { (cx.t("survey-captured")) }
                th scope="col" { (cx.t("survey-shared")) }
                th scope="col" { (cx.t("survey-missed")) }
                th scope="col" { (cx.t("survey-refused")) }
                th scope="col" { (cx.t("survey-kilobytes")) }
            } }
            tbody {
                @for row in runs {
                    tr {
                        th scope="row" { bdi { (row.city) } " (" bdi { (row.portal) } ")" }
                        td {
                            @let state = if row.unreached() { "unreached" } else { row.state.as_str() };
                            span class={ "tag " (state) } { (cx.t(&format!("run-{state}"))) }
                            @if let Some(reason) = &row.reason { " " bdi dir="auto" { (reason) } }
                        }
                        td { (number(row.captured)) }
                        td { (number(row.shared)) }
                        td { ul { @for (miss, count) in &row.missed { li { (cx.t(&format!("miss-{miss}"))) ": " (number(*count)) } } } }
                        td { (number(row.refused)) }
                        td { (cx.words.number(row.bytes / 1000)) }
                    }
                }
            }
        }))
    }
}

fn hosts(cx: &Cx, hosts: &[HostPace]) -> Markup {
    let tenths = |thousandths: u32| format!("{}.{}", thousandths / 1000, thousandths % 1000 / 100);
    html! {
        @if !hosts.is_empty() {
            (wide(&cx.f("survey-hosts", &[("n", hosts.len().into())]), &html! {
                thead { tr {
                    th scope="col" { (cx.t("survey-host")) }
                    th scope="col" { (cx.t("survey-answers")) }
                    th scope="col" { (cx.t("survey-slowed")) }
                    th scope="col" { (cx.t("survey-blocks")) }
                    th scope="col" { (cx.t("survey-next")) }
                } }
                tbody {
                    @for one in hosts {
                        tr {
                            th scope="row" { bdi.url { (one.host) } }
                            td { (cx.words.number(one.latency_micros / 1000)) }
                            td { bdi { "× " (tenths(one.backoff_milli)) } }
                            td { (cx.words.number(one.blocks.into())) }
                            td { @if one.stopped { strong { (cx.t("survey-host-stopped")) } } @else { time datetime=(one.next_allowed) { (cx.words.moment(one.next_allowed)) } } }
                        }
                    }
                }
            }))
        }
    }
}

async fn stop(cx: Cx) -> Result<Reply, Refusal> {
    let of = survey(&cx).await?;
    if !going(&cx, &of) {
        return Err(Refusal::Conflict(cx.t(state(of.finished, false))));
    }
    cx.app.outside.stop(SurveyId(of.id.0));
    cx.audit("stop-survey", &format!("{}/{}", cx.campaign().id, of.id.0), json!({})).await?;
    Ok(Reply::done(format!("/campaigns/{}/surveys/{}?said=said-sent", cx.campaign().id, of.id.0), json!({ "stopping": of.id.0 })))
}
