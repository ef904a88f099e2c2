//! One person, as administrators see them: name, duties, access, and cities they have to do with.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Duty, Slot, Time};
use serde::Serialize;
use serde_json::json;
use store::{Interest, Person};

use crate::cx::Cx;
use crate::form::{self, choice, submit, text};
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, need, post, run};
use crate::screens::people::{ADMINISTRATOR, DUTY, duties, duty_boxes, link, shown_once, state};

/// What an interest is declared with.
pub(crate) const INTEREST: &[Input] = &[need("portal", Kind::Text(100)), may("note", Kind::Text(500))];

pub(crate) const ROUTES: &[Route] = &[
    get("/people/{person}", ADMINISTRATOR, &[], "A person with duties, interests and slots.", run!(show)),
    post(
        "/people/{person}",
        ADMINISTRATOR,
        &[may("name", Kind::Text(200)), DUTY],
        "Sets the duties of a person, and the name if one is sent. Changed duties end the sessions.",
        run!(change),
    ),
    post("/people/{person}/deactivate", ADMINISTRATOR, &[], "Lets a person go: sessions and tokens end.", run!(deactivate)),
    post("/people/{person}/activate", ADMINISTRATOR, &[], "Takes a person back.", run!(activate)),
    post("/people/{person}/erase-name", ADMINISTRATOR, &[], "Erases the name; the pseudonym stays.", run!(erase)),
    post(
        "/people/{person}/link",
        ADMINISTRATOR,
        &[],
        "Makes a one-time link for a new password; the answer has it, once.",
        run!(renew),
    ),
    post("/people/{person}/interests", ADMINISTRATOR, INTEREST, "Notes that a person has to do with a city.", run!(declare)),
    post("/people/{person}/interests/{id}/withdraw", ADMINISTRATOR, &[], "Notes that this is over.", run!(withdraw)),
];

#[derive(Serialize)]
struct View {
    person: String,
    name: String,
    duties: Vec<Duty>,
    since: Time,
    ended: Option<Time>,
    entered: bool,
    interests: Vec<Interest>,
    slots: Vec<Held>,
}

#[derive(Serialize)]
struct Held {
    campaign: String,
    portal: String,
    round: u32,
    slot: Slot,
    since: Time,
    /// Whether the person declared to have to do with the city.
    interested: bool,
}

async fn person(cx: &Cx) -> Result<Person, Refusal> {
    cx.app.store.person(cx.param("person")).await?.ok_or(Refusal::Unknown)
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let of = person(&cx).await?;
    let interests = cx.app.store.interests(Some(&of.id)).await?;
    let held = cx.app.store.assignments_of(&of.id).await?.into_iter().map(|one| Held {
        interested: interests.iter().any(|interest| interest.portal == one.portal),
        campaign: one.campaign,
        portal: one.portal,
        round: one.round,
        slot: one.slot,
        since: one.at,
    });
    let view = View {
        slots: held.collect(),
        interests,
        entered: of.password.is_some(),
        person: of.id,
        name: of.name,
        duties: of.duties,
        since: of.begun,
        ended: of.ended,
    };
    let portals = portals(&cx).await?;
    Ok(Reply::screen(view.person.clone(), &view, page(&cx, &view, &portals)))
}

fn page(cx: &Cx, view: &View, portals: &BTreeMap<String, String>) -> Markup {
    let at = |path: &str| format!("/people/{}{path}", view.person);
    html! {
        p { a href="/people" { (cx.t("people-back")) } }
        p { (state(cx, view.ended, view.entered)) " · " (cx.t("people-since")) " " time datetime=(view.since) { (cx.words.day(view.since)) } }
        (form::post(cx, &at(""), |cx| html! {
            (text(cx, "name", "field-name", &view.name, 200, false))
            (duty_boxes(cx, &view.duties))
            p.hint { (cx.t("person-sessions-end")) }
            (submit(cx, "person-save"))
        }))
        h2 { (cx.t("person-access")) }
        @if view.ended.is_none() {
            p { (cx.t("person-link-text")) }
            (form::post(cx, &at("/link"), |cx| submit(cx, "person-link")))
            p { (cx.t("person-deactivate-text")) }
            (form::post(cx, &at("/deactivate"), |cx| submit(cx, "person-deactivate")))
        } @else {
            (form::post(cx, &at("/activate"), |cx| submit(cx, "person-activate")))
        }
        @if !view.name.is_empty() {
            p { (cx.t("person-erase-text")) }
            (form::post(cx, &at("/erase-name"), |cx| submit(cx, "person-erase")))
        }
        h2 { (cx.t("interests-title")) }
        p { (cx.t("interests-text")) }
        (interests(cx, &view.interests, portals, Some(&view.person)))
        (interest_form(cx, &at("/interests"), portals))
        @if !view.slots.is_empty() {
            (slots(cx, &view.slots))
        }
    }
}

fn slots(cx: &Cx, slots: &[Held]) -> Markup {
    html! {
        h2 { (cx.t("person-slots")) }
        ul {
            @for one in slots {
                li {
                    a href={ "/campaigns/" (one.campaign) } { bdi { (one.campaign) } } " · " bdi { (one.portal) } " · "
                    (cx.t("round")) " " (cx.words.number(one.round.into())) " · " (slot_word(cx, one.slot)) " · "
                    time datetime=(one.since) { (cx.words.day(one.since)) }
                    @if one.interested { " " span.tag.doubt { (cx.t("assign-interested")) } }
                }
            }
        }
    }
}

/// A slot in words.
pub(crate) fn slot_word(cx: &Cx, slot: Slot) -> String {
    cx.f("slot-word", &[("slot", format!("{slot:?}").as_str().into())])
}

/// Every city of every campaign: key and name.
pub(crate) async fn portals(cx: &Cx) -> Result<BTreeMap<String, String>, Refusal> {
    let campaigns = cx.app.store.campaigns().await?;
    Ok(campaigns.into_iter().flat_map(|campaign| campaign.portals).map(|portal| (portal.id, portal.city)).collect())
}

/// Cities that a person has to do with. Only administrators take one back.
pub(crate) fn interests(cx: &Cx, all: &[Interest], portals: &BTreeMap<String, String>, of: Option<&str>) -> Markup {
    html! {
        @if all.is_empty() { p { (cx.t("interests-none")) } }
        ul {
            @for one in all {
                li {
                    bdi { (portals.get(&one.portal).unwrap_or(&one.portal)) } " (" bdi { (one.portal) } ") "
                    bdi dir="auto" { (one.note) } " " time datetime=(one.declared) { (cx.words.day(one.declared)) }
                    @if let Some(person) = of {
                        (form::post(cx, &format!("/people/{person}/interests/{}/withdraw", one.id), |cx| html! {
                            button.link type="submit" { (cx.t("interest-withdraw")) " " span.unseen { (one.portal) } }
                        }))
                    }
                }
            }
        }
    }
}

/// The form to declare one.
pub(crate) fn interest_form(cx: &Cx, to: &str, portals: &BTreeMap<String, String>) -> Markup {
    let options: Vec<(String, String)> = portals.iter().map(|(id, city)| (id.clone(), format!("{city} ({id})"))).collect();
    html! {
        @if options.is_empty() {
            p { (cx.t("interests-no-cities")) }
        } @else {
            (form::post(cx, to, |cx| html! {
                (choice(cx, "portal", "city", &options, ""))
                (text(cx, "note", "interest-note", "", 500, false))
                (submit(cx, "interest-declare"))
            }))
        }
    }
}

/// Keeps that a person has to do with the city that was sent.
pub(crate) async fn declared(cx: &Cx, person: &str) -> Result<(), Refusal> {
    let portal = cx.field("portal");
    if !portals(cx).await?.contains_key(portal) {
        return Err(cx.wrong("portal", "field-unknown"));
    }
    if cx.app.store.interests(Some(person)).await?.iter().any(|one| one.portal == portal) {
        return Err(Refusal::Conflict(cx.t("interest-twice")));
    }
    cx.app.store.declare(person, portal, cx.field("note"), cx.now).await?;
    cx.audit("declare-interest", person, json!({ "portal": portal })).await
}

async fn change(cx: Cx) -> Result<Reply, Refusal> {
    let turn = cx.app.turn("administrators".to_owned());
    let _mine = turn.lock().await;
    let of = person(&cx).await?;
    let duties = duties(&cx)?;
    if !duties.contains(&Duty::Administrator) && last(&cx, &of).await? {
        return Err(cx.wrong("duty", "duty-last"));
    }
    if cx.fields.iter().any(|(name, _)| name == "name") && cx.field("name") != of.name {
        cx.app.store.rename_person(&of.id, cx.field("name")).await?;
        cx.audit("rename", &of.id, json!({})).await?;
    }
    if cx.app.store.set_duties(&of.id, &duties, &cx.me().id, cx.now).await? {
        cx.audit("change-duties", &of.id, json!({ "before": of.duties, "after": duties })).await?;
    }
    Ok(Reply::done(format!("/people/{}?said=said-saved", of.id), json!({ "person": of.id, "duties": duties })))
}

/// Whether nobody else is an active administrator.
async fn last(cx: &Cx, of: &Person) -> Result<bool, Refusal> {
    let others = cx.app.store.people().await?;
    let active = |one: &Person| one.duties.contains(&Duty::Administrator) && one.ended.is_none();
    Ok(active(of) && !others.iter().any(|one| one.id != of.id && active(one) && one.password.is_some()))
}

async fn deactivate(cx: Cx) -> Result<Reply, Refusal> {
    let turn = cx.app.turn("administrators".to_owned());
    let _mine = turn.lock().await;
    let of = person(&cx).await?;
    if last(&cx, &of).await? {
        return Err(Refusal::Conflict(cx.t("duty-last")));
    }
    ended(&cx, &of, true).await
}

async fn activate(cx: Cx) -> Result<Reply, Refusal> {
    let of = person(&cx).await?;
    ended(&cx, &of, false).await
}

async fn ended(cx: &Cx, of: &Person, ended: bool) -> Result<Reply, Refusal> {
    if of.ended.is_some() != ended {
        cx.app.store.set_ended(&of.id, ended, cx.now).await?;
        cx.audit(if ended { "deactivate" } else { "activate" }, &of.id, json!({})).await?;
    }
    Ok(Reply::done(format!("/people/{}?said=said-saved", of.id), json!({ "person": of.id, "active": !ended })))
}

async fn erase(cx: Cx) -> Result<Reply, Refusal> {
    let of = person(&cx).await?;
    cx.app.store.rename_person(&of.id, "").await?;
    cx.audit("erase-name", &of.id, json!({})).await?;
    Ok(Reply::done(format!("/people/{}?said=said-saved", of.id), json!({ "person": of.id, "name": "" })))
}

async fn renew(cx: Cx) -> Result<Reply, Refusal> {
    let of = person(&cx).await?;
    if of.ended.is_some() {
        return Err(Refusal::Conflict(cx.t("person-is-ended")));
    }
    let link = link(&cx, &of.id).await?;
    cx.audit("new-link", &of.id, json!({})).await?;
    Ok(shown_once(&cx, &[link]))
}

async fn declare(cx: Cx) -> Result<Reply, Refusal> {
    let of = person(&cx).await?;
    declared(&cx, &of.id).await?;
    Ok(Reply::done(format!("/people/{}?said=said-saved", of.id), json!({ "person": of.id, "portal": cx.field("portal") })))
}

async fn withdraw(cx: Cx) -> Result<Reply, Refusal> {
    let of = person(&cx).await?;
    let id: i64 = cx.param("id").parse().map_err(|_| Refusal::Unknown)?;
    if cx.app.store.withdraw(&of.id, id, cx.now).await? == 0 {
        return Err(Refusal::Unknown);
    }
    cx.audit("withdraw-interest", &of.id, json!({ "interest": id })).await?;
    Ok(Reply::done(format!("/people/{}?said=said-saved", of.id), json!({ "person": of.id, "withdrawn": id })))
}
