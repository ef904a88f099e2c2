//! Campaigns: an instrument applied to a list of portals. What is told of a city here depends on no answer in a slot that is
//! still open.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Duty, Slot, Time};
use serde::Serialize;
use serde_json::json;
use store::{Assignment, Campaign, PolicyRow, SurveyId};

use crate::city::City;
use crate::cx::Cx;
use crate::form::{self, lines, submit, text};
use crate::layout::{date, wide};
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, need, post, run};
use crate::rules::Rules;
use crate::screens::people::ADMINISTRATOR;
use crate::screens::surveys;

/// Who reads how campaigns are set up.
pub(crate) const READERS: Need = Need::Duty(&[Duty::Administrator, Duty::Auditor]);

pub(crate) const ROUTES: &[Route] = &[
    get("/campaigns", READERS, &[], "Every campaign, with how far it is.", run!(list)),
    post(
        "/campaigns",
        ADMINISTRATOR,
        &[need("key", Kind::Text(60)), need("title", Kind::Text(200)), need("portals", Kind::Text(1_000_000))],
        "Begins a campaign with a portal list (CSV).",
        run!(begin),
    ),
    get("/campaigns/{campaign}", READERS, &[], "A campaign: cities, slots, surveys and the latest policy.", run!(show)),
];

#[derive(Serialize)]
struct Line {
    campaign: String,
    title: String,
    instrument: String,
    begun: Time,
    cities: usize,
    assigned: usize,
    sealed: usize,
    signed_off: usize,
}

async fn list(cx: Cx) -> Result<Reply, Refusal> {
    let mut all = Vec::new();
    for campaign in cx.app.store.campaigns().await? {
        let rounds = Rounds::load(&cx, &campaign.id).await?;
        let count = |of: fn(&Round) -> bool| campaign.portals.iter().filter(|one| of(&rounds.of(&one.id))).count();
        all.push(Line {
            cities: campaign.portals.len(),
            assigned: count(|round| round.given(Slot::A) && round.given(Slot::B)),
            sealed: count(Round::sealed),
            signed_off: count(|round| round.signed_off),
            campaign: campaign.id,
            title: campaign.title,
            instrument: campaign.instrument,
            begun: campaign.begun,
        });
    }
    let body = html! {
        @if all.is_empty() { p { (cx.t("campaigns-none")) } } @else { (lines_of(&cx, &all)) }
        @if cx.has(&[Duty::Administrator]) {
            h2 { (cx.t("campaigns-begin")) }
            p { (cx.f("campaigns-begin-text", &[("instrument", (&cx.app.instrument.title).into())])) }
            (form::post(&cx, "/campaigns", |cx| html! {
                (text(&cx, "key", "field-key", "", 60, true))
                p.hint { (cx.t("campaigns-key-hint")) }
                (text(&cx, "title", "field-title", "", 200, true))
                (lines(&cx, "portals", "field-portals", "", 10, 1_000_000))
                p.hint { (cx.t("campaigns-list-hint")) }
                pre { code { "id,city,country,home,hosts,languages,notes\npioz,Pioz,ES,https://www.pioz.example/,sede.pioz.example=service,es," } }
                (submit(&cx, "campaigns-begin"))
            }))
        }
    };
    Ok(Reply::screen(cx.t("nav-campaigns"), &json!({ "campaigns": all }), body))
}

fn lines_of(cx: &Cx, all: &[Line]) -> Markup {
    let of = |n: usize, m: usize| cx.f("n-of-m", &[("n", n.into()), ("m", m.into())]);
    html! {
        (wide(&cx.t("campaigns-caption"), &html! {
            thead { tr {
                th scope="col" { (cx.t("campaign")) }
                th scope="col" { (cx.t("campaigns-instrument")) }
                th scope="col" { (cx.t("campaigns-begun-when")) }
                th scope="col" { (cx.t("campaigns-assigned")) }
                th scope="col" { (cx.t("campaigns-sealed")) }
                th scope="col" { (cx.t("campaigns-signed-off")) }
            } }
            tbody {
                @for one in all {
                    tr {
                        th scope="row" { a href={ "/campaigns/" (one.campaign) } { bdi { (one.title) } } }
                        td { bdi { (one.instrument) } }
                        td { time datetime=(one.begun) { (cx.words.day(one.begun)) } }
                        td { (of(one.assigned, one.cities)) }
                        td { (of(one.sealed, one.cities)) }
                        td { (of(one.signed_off, one.cities)) }
                    }
                }
            }
        }))
    }
}

/// The latest round of a city, as far as it may be known to all who set up.
#[derive(Clone, Default)]
pub(crate) struct Round {
    pub(crate) no: u32,
    /// Who has each slot now.
    pub(crate) holders: BTreeMap<Slot, Assignment>,
    pub(crate) seals: Vec<Slot>,
    pub(crate) signed_off: bool,
}

impl Round {
    /// Whether somebody has that slot.
    pub(crate) fn given(&self, slot: Slot) -> bool {
        self.holders.contains_key(&slot)
    }

    /// Whether both slots are sealed.
    pub(crate) fn sealed(&self) -> bool {
        [Slot::A, Slot::B].iter().all(|slot| self.seals.contains(slot))
    }
}

/// The latest rounds of all cities of a campaign.
pub(crate) struct Rounds(BTreeMap<String, Round>);

impl Rounds {
    pub(crate) async fn load(cx: &Cx, campaign: &str) -> Result<Self, Refusal> {
        let store = &cx.app.store;
        let mut rounds: BTreeMap<String, Round> = BTreeMap::new();
        for (_, row) in store.made("reopening", campaign).await? {
            let round = rounds.entry(text_of(&row, "portal")).or_default();
            round.no = round.no.max(number_of(&row));
        }
        // They come in order: who took a slot over comes later.
        for one in store.assignments(campaign).await? {
            let round = rounds.entry(one.portal.clone()).or_default();
            if one.round == round.no.max(1) {
                round.holders.insert(one.slot, one);
            }
        }
        for (table, sealing) in [("slot_seal", true), ("sign_off", false)] {
            for (_, row) in store.made(table, campaign).await? {
                let round = rounds.entry(text_of(&row, "portal")).or_default();
                let slot = [Slot::A, Slot::B, Slot::C].into_iter().find(|slot| row["slot"] == format!("{slot:?}").as_str());
                match slot {
                    _ if number_of(&row) != round.no.max(1) => {}
                    Some(slot) if sealing => round.seals.push(slot),
                    _ => round.signed_off = true,
                }
            }
        }
        Ok(Self(rounds))
    }

    /// The latest round of a city.
    pub(crate) fn of(&self, portal: &str) -> Round {
        let mut round = self.0.get(portal).cloned().unwrap_or_default();
        round.no = round.no.max(1);
        round
    }
}

fn text_of(row: &serde_json::Value, column: &str) -> String {
    row[column].as_str().unwrap_or_default().to_owned()
}

fn number_of(row: &serde_json::Value) -> u32 {
    row["round"].as_u64().and_then(|round| u32::try_from(round).ok()).unwrap_or(1)
}

async fn begin(cx: Cx) -> Result<Reply, Refusal> {
    let key = cx.field("key").to_lowercase();
    if !key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)) {
        return Err(cx.wrong("key", "campaigns-key-wrong"));
    }
    let portals = cx.app.outside.read_list(cx.field("portals")).map_err(|wrong| {
        let say = |(line, what): (u64, String)| {
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            ("portals".to_owned(), cx.f("line-says", &[("line", line.into()), ("what", (&what).into())]))
        };
        Refusal::Wrong(wrong.into_iter().map(say).collect())
    })?;
    if portals.is_empty() {
        return Err(cx.wrong("portals", "campaigns-list-empty"));
    }
    let made = Campaign {
        id: key,
        title: cx.field("title").to_owned(),
        instrument: cx.app.instrument.edition.clone(),
        portals,
        begun: cx.now,
        by: cx.me().id.clone(),
    };
    let rules = serde_json::to_value(Rules::default()).expect("rules are plain data");
    if !cx.app.store.put_campaign(&made, &rules).await? {
        return Err(cx.wrong("key", "campaigns-key-taken"));
    }
    cx.audit("begin-campaign", &made.id, json!({ "cities": made.portals.len(), "instrument": made.instrument })).await?;
    let data = json!({ "campaign": made.id, "title": made.title, "cities": made.portals.len() });
    Ok(Reply::done(format!("/campaigns/{}?said=said-begun", made.id), data))
}

#[derive(Serialize)]
struct View {
    campaign: String,
    title: String,
    instrument: String,
    begun: Time,
    policy: Option<PolicyRow>,
    cities: Vec<Row>,
    surveys: Vec<Survey>,
}

#[derive(Serialize)]
struct Row {
    portal: String,
    city: String,
    country: String,
    home: String,
    round: u32,
    state: &'static str,
    slots: Vec<Held>,
}

#[derive(Serialize)]
struct Held {
    slot: Slot,
    person: String,
    due: Option<String>,
    sealed: bool,
    /// Whether the person declared to have to do with the city, by now.
    interested: bool,
}

#[derive(Serialize)]
struct Survey {
    survey: i64,
    started: Time,
    finished: Option<Time>,
    under_way: bool,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let of = cx.campaign().clone();
    let rounds = Rounds::load(&cx, &of.id).await?;
    let interests = cx.app.store.interests(None).await?;
    let mut cities = Vec::new();
    for portal in &of.portals {
        let round = rounds.of(&portal.id);
        let held = |one: &Assignment| Held {
            slot: one.slot,
            sealed: round.seals.contains(&one.slot),
            interested: interests.iter().any(|interest| interest.person == one.person && interest.portal == portal.id),
            person: one.person.clone(),
            due: one.due.clone(),
        };
        cities.push(Row {
            state: state(&cx, &of, &portal.id, &round).await?,
            portal: portal.id.clone(),
            city: portal.city.clone(),
            country: portal.country.to_string(),
            home: portal.home.to_string(),
            round: round.no,
            slots: round.holders.values().map(held).collect(),
        });
    }
    let begun = cx.app.store.surveys().await?.into_iter().filter(|survey| survey.begun.campaign == of.id);
    let survey = |one: store::Survey| Survey {
        survey: one.id.0,
        started: one.begun.started,
        finished: one.finished,
        under_way: surveys::going(&cx, &one),
    };
    let view = View {
        surveys: begun.map(survey).collect(),
        policy: cx.app.store.policies(&of.id).await?.into_iter().next(),
        cities,
        campaign: of.id,
        title: of.title,
        instrument: of.instrument,
        begun: of.begun,
    };
    Ok(Reply::screen(view.title.clone(), &view, page(&cx, &view)))
}

/// How far a city is. Before both slots are sealed nothing in them is even read.
async fn state(cx: &Cx, campaign: &Campaign, portal: &str, round: &Round) -> Result<&'static str, Refusal> {
    match () {
        () if round.signed_off => Ok("signed_off"),
        () if round.sealed() => {
            let codes = cx.app.codes();
            let city = City::load(&cx.app.store, campaign, &codes, portal, round.no).await?;
            Ok(city.as_ref().map_or("sealed", City::state))
        }
        () if round.holders.is_empty() => Ok("listed"),
        () => Ok("assessing"),
    }
}

fn page(cx: &Cx, view: &View) -> Markup {
    let at = |path: &str| format!("/campaigns/{}{path}", view.campaign);
    let admin = cx.has(&[Duty::Administrator]);
    let surveyed = view.surveys.iter().any(|one| one.finished.is_some());
    html! {
        p { bdi { (view.campaign) } " · " bdi { (view.instrument) } " · " (cx.t("campaigns-begun")) " " time datetime=(view.begun) { (cx.words.day(view.begun)) } }
        p.actions {
            @if admin { a.button.main[surveyed] href=(at("/assignments")) { (cx.t("assign-title")) } }
            a.button href=(at("/policy")) { (cx.t("policy-title")) }
        }
        @if admin && !surveyed { p.hint { (cx.t("survey-first")) } }
        @if let Some(policy) = &view.policy {
            p { (cx.f("policy-latest", &[("no", policy.no.into()), ("person", (&policy.by).into())])) " " time datetime=(policy.at) { (cx.words.moment(policy.at)) } }
        }
        h2 { (cx.t("surveys-title")) }
        @if view.surveys.is_empty() { p { (cx.t("surveys-none")) } }
        ul {
            @for one in &view.surveys {
                li {
                    a href=(at(&format!("/surveys/{}", one.survey))) { (cx.f("survey-title", &[("no", SurveyId(one.survey).0.to_string().as_str().into())])) }
                    " · " time datetime=(one.started) { (cx.words.moment(one.started)) }
                    " · " (cx.t(surveys::state(one.finished, one.under_way)))
                }
            }
        }
        @if admin {
            p { (cx.f("survey-start-text", &[("n", view.cities.len().into())])) }
            (form::post(cx, &at("/surveys"), |cx| submit(cx, "survey-start")))
        }
        (cities(cx, &view.cities))
    }
}

fn cities(cx: &Cx, cities: &[Row]) -> Markup {
    html! {
        (wide(&cx.f("campaigns-cities", &[("n", cities.len().into())]), &html! {
            thead { tr {
                th scope="col" { (cx.t("city")) }
                th scope="col" { (cx.t("campaigns-home")) }
                th scope="col" { (cx.t("round")) }
                th scope="col" { (cx.t("state")) }
                th scope="col" { (cx.t("assign-slots")) }
            } }
            tbody {
                @for row in cities {
                    tr {
                        th scope="row" { bdi { (row.city) } " (" bdi { (row.portal) } ", " (row.country) ")" }
                        td { bdi.url { (row.home) } }
                        td { (cx.words.number(row.round.into())) }
                        td { span class={ "tag " (row.state) } { (cx.t(&format!("city-{}", row.state.replace('_', "-")))) } }
                        td { ul {
                            @for one in &row.slots {
                                li {
                                    (super::person::slot_word(cx, one.slot)) ": " bdi { (one.person) } " · "
                                    (cx.t(if one.sealed { "assign-sealed" } else { "assign-open" }))
                                    @if let Some(due) = &one.due { " · " (cx.t("due")) " " (date(cx, due)) }
                                    @if one.interested { " " span.tag.doubt { (cx.t("assign-interested")) } }
                                }
                            }
                        } }
                    }
                }
            }
        }))
    }
}
