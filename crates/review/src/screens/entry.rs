//! The ways in: the first administrator, one-time links, where a person starts, and what was typed while signed out.

use maud::html;
use model::Duty;
use serde_json::json;
use store::Link;

use crate::cx::Cx;
use crate::form::{self, password, submit, text};
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::sign_in::begin;
use crate::secret;

pub(crate) const ROUTES: &[Route] = &[
    get("/", Need::Person, &[], "Where a person starts.", run!(start)),
    get("/setup", Need::Anyone, &[may("token", Kind::Text(100))], "The form for the first administrator.", run!(setup)),
    post(
        "/setup",
        Need::Anyone,
        &[
            need("token", Kind::Text(100)),
            need("person", Kind::Text(40)),
            may("name", Kind::Text(200)),
            need("password", Kind::Text(1000)),
        ],
        "Makes the first administrator.",
        run!(set_up),
    ),
    get("/welcome/{token}", Need::Anyone, &[], "The form for a new password.", run!(welcome)),
    post(
        "/welcome/{token}",
        Need::Anyone,
        &[need("password", Kind::Text(1000))],
        "Chooses a password with a one-time link.",
        run!(choose),
    ),
    get("/kept", Need::Person, &[need("to", Kind::Text(300))], "What was typed while signed out.", run!(kept)),
];

async fn start(cx: Cx) -> Result<Reply, Refusal> {
    let to = match () {
        () if cx.has(&[Duty::Assessor]) => "/work",
        () if cx.has(&[Duty::Reviewer, Duty::Senior, Duty::Auditor]) => "/cities",
        () if cx.has(&[Duty::Administrator]) => "/campaigns",
        () => "/releases",
    };
    let said = cx.fields.iter().find(|(name, _)| name == "said").map_or(String::new(), |(_, key)| format!("?said={key}"));
    Ok(Reply::done(format!("{to}{said}"), json!({ "start": to })))
}

async fn setup(cx: Cx) -> Result<Reply, Refusal> {
    let body = html! {
        p { (cx.t("setup-text")) }
        (form::post(&cx, "/setup", |cx| html! {
            (text(cx, "token", "field-token", cx.field("token"), 100, true))
            (text(cx, "person", "field-pseudonym", "", 40, true))
            (text(cx, "name", "field-name", "", 200, false))
            (password(cx, "password", "field-new-password", "new-password"))
            p.hint { (cx.t("password-hint")) }
            (submit(cx, "setup-send"))
        }))
    };
    Ok(Reply::screen(cx.t("setup-title"), &json!({}), body))
}

async fn set_up(cx: Cx) -> Result<Reply, Refusal> {
    let digest = secret::digest(cx.field("token"));
    cx.app.limiter.count(&format!("setup {}", cx.address), None, cx.now).map_err(Refusal::TooMany)?;
    let link = cx.app.store.link(&digest, cx.now).await?;
    if link.is_none_or(|link| link.purpose != "setup") {
        return Err(cx.wrong("token", "link-wrong"));
    }
    let person = pseudonym(&cx, cx.field("person"))?;
    let hash = new_hash(&cx, &person).await?;
    if !cx.app.store.use_link(&digest, cx.now).await? {
        return Err(cx.wrong("token", "link-wrong"));
    }
    if !cx.app.store.put_person(&person, cx.field("name"), cx.now).await? {
        return Err(cx.wrong("person", "pseudonym-taken"));
    }
    cx.app.store.set_password(&person, &hash, None, cx.now).await?;
    cx.app.store.set_duties(&person, &[Duty::Administrator], &person, cx.now).await?;
    enter(cx, &person, "setup").await
}

async fn welcome(cx: Cx) -> Result<Reply, Refusal> {
    let link = usable(&cx).await?;
    let to = format!("/welcome/{}", cx.param("token"));
    let body = html! {
        p { (cx.t("welcome-text")) " " strong { bdi { (link.person.unwrap_or_default()) } } }
        (form::post(&cx, &to, |cx| html! {
            (password(cx, "password", "field-new-password", "new-password"))
            p.hint { (cx.t("password-hint")) }
            (submit(cx, "welcome-send"))
        }))
    };
    Ok(Reply::screen(cx.t("welcome-title"), &json!({}), body))
}

async fn choose(cx: Cx) -> Result<Reply, Refusal> {
    let person = usable(&cx).await?.person.ok_or(Refusal::Unknown)?;
    let hash = new_hash(&cx, &person).await?;
    if !cx.app.store.use_link(&secret::digest(cx.param("token")), cx.now).await? {
        return Err(Refusal::Unknown);
    }
    cx.app.store.set_password(&person, &hash, None, cx.now).await?;
    enter(cx, &person, "password").await
}

async fn usable(cx: &Cx) -> Result<Link, Refusal> {
    cx.app.limiter.count(&format!("link {}", cx.address), Some(60), cx.now).map_err(Refusal::TooMany)?;
    let link = cx.app.store.link(&secret::digest(cx.param("token")), cx.now).await?;
    link.filter(|link| link.purpose == "password").ok_or(Refusal::Unknown)
}

async fn enter(cx: Cx, person: &str, how: &str) -> Result<Reply, Refusal> {
    let cookie = begin(&cx, person).await?;
    let who = cx.app.store.person(person).await?;
    let cx = Cx { who, ..cx };
    cx.audit(how, person, json!({})).await?;
    Ok(Reply::done("/?said=said-signed-in", json!({ "person": person, "cookie": cookie })))
}

/// A pseudonym that can be one: it stands in addresses, exports and the log.
pub(crate) fn pseudonym(cx: &Cx, text: &str) -> Result<String, Refusal> {
    let lower = text.to_lowercase();
    let good = lower.len() >= 2 && lower.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if good { Ok(lower) } else { Err(cx.wrong("person", "pseudonym-wrong")) }
}

/// The hash of the new password that was sent, if it is good enough.
pub(crate) async fn new_hash(cx: &Cx, person: &str) -> Result<String, Refusal> {
    let password = cx.field("password").to_owned();
    if let Some(weakness) = secret::weakness(&password, person) {
        return Err(cx.wrong("password", weakness));
    }
    let hashed = tokio::task::spawn_blocking(move || secret::hash(&password)).await;
    hashed.map_err(|_| Refusal::Broken("a password could not be hashed".to_owned()))
}

async fn kept(cx: Cx) -> Result<Reply, Refusal> {
    let to = cx.field("to").to_owned();
    let rest: Vec<_> = cx.fields.iter().filter(|(name, _)| name != "to").cloned().collect();
    let again = Cx { path: to, fields: rest, ..cx.clone() };
    let body = html! {
        p { (cx.t("kept-text")) }
        (form::again(&again))
    };
    Ok(Reply::screen(cx.t("kept-title"), &json!({}), body))
}
