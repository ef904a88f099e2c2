//! The profile: language, appearance, keys, password, sessions, tokens, and cities that a person has to do with.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Duty, Time};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Interest, Session, Token};

use crate::cx::Cx;
use crate::form::{self, choice, password, radios, submit, text};
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, need, post, run};
use crate::screens::entry::new_hash;
use crate::screens::keys::Keys;
use crate::screens::people::duty_words;
use crate::screens::person::{INTEREST, declared, interest_form, interests, portals};
use crate::secret;
use crate::words::Words;

const fn key(name: &'static str) -> Input {
    may(name, Kind::Text(1))
}

/// What can be chosen; what is not sent stays as it was.
const CHOICES: &[Input] = &[
    may("language", Kind::Word(&["browser", "en", "fr", "es", "ar", "ru", "zh"])),
    may("theme", Kind::Word(&["auto", "light", "dark"])),
    may("size", Kind::Word(&["normal", "large", "larger"])),
    may("shortcuts", Kind::Word(&["on", "off"])),
    key("key-next"),
    key("key-previous"),
    key("key-next-candidate"),
    key("key-previous-candidate"),
    key("key-yes"),
    key("key-no"),
    key("key-unclear"),
    key("key-blocked"),
    key("key-reject"),
    key("key-replace"),
    key("key-evidence"),
    key("key-quote"),
    key("key-text"),
    key("key-page"),
    key("key-live"),
    key("key-note"),
    key("key-guidance"),
    key("key-undo"),
    key("key-find"),
    key("key-list"),
];

pub(crate) const ROUTES: &[Route] = &[
    get("/me", Need::Person, &[], "The own profile.", run!(show)),
    post("/me", Need::Person, CHOICES, "Chooses language, appearance and keys.", run!(prefer)),
    post(
        "/me/password",
        Need::Person,
        &[need("old-password", Kind::Text(secret::LONGEST)), need("password", Kind::Text(1000))],
        "Changes the own password and ends all other sessions.",
        run!(change_password),
    ),
    post("/me/sessions/{id}/end", Need::Person, &[], "Ends an own session.", run!(end_session)),
    post(
        "/me/tokens",
        Need::Person,
        &[need("label", Kind::Text(100)), need("scope", Kind::Word(&["read", "write"]))],
        "Makes a token for a program; the answer has it, once.",
        run!(make_token),
    ),
    post("/me/tokens/{id}/end", Need::Person, &[], "Ends an own token.", run!(end_token)),
    post("/me/interests", Need::Person, INTEREST, "Declares that one has to do with a city.", run!(declare)),
];

#[derive(Serialize)]
struct View {
    person: String,
    name: String,
    duties: Vec<Duty>,
    since: Time,
    language: String,
    theme: String,
    size: String,
    keys: Keys,
    sessions: Vec<Session>,
    /// The session that asks.
    current: Option<String>,
    tokens: Vec<Token>,
    interests: Vec<Interest>,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let me = cx.me().clone();
    let chosen = |name: &str, usual: &str| me.preferences[name].as_str().unwrap_or(usual).to_owned();
    let view = View {
        language: chosen("language", "browser"),
        theme: chosen("theme", "auto"),
        size: chosen("size", "normal"),
        keys: Keys::of(Some(&me)),
        sessions: cx.app.store.sessions(&me.id).await?,
        current: cx.session.as_ref().map(|session| session.id.clone()),
        tokens: cx.app.store.tokens(&me.id).await?,
        interests: cx.app.store.interests(Some(&me.id)).await?,
        person: me.id,
        name: me.name,
        duties: me.duties,
        since: me.begun,
    };
    let portals = portals(&cx).await?;
    Ok(Reply::screen(cx.t("me-title"), &view, page(&cx, &view, &portals)))
}

fn page(cx: &Cx, view: &View, portals: &BTreeMap<String, String>) -> Markup {
    let options = |name: &str, words: &[&str]| -> Vec<(String, String)> {
        words.iter().map(|word| ((*word).to_owned(), cx.t(&format!("{name}-{word}")))).collect()
    };
    let mut languages = options("language", &["browser"]);
    languages.extend(Words::all().iter().map(|words| (words.tag.to_owned(), words.name.to_owned())));
    html! {
        p { strong { bdi { (view.person) } } " · " @if !view.name.is_empty() { bdi dir="auto" { (view.name) } " · " } (duty_words(cx, &view.duties)) }
        h2 { (cx.t("me-choices")) }
        (form::post(cx, "/me", |cx| html! {
            (choice(cx, "language", "me-language", &languages, &view.language))
            (radios(cx, "theme", "me-theme", &options("theme", &["auto", "light", "dark"]), &view.theme))
            (radios(cx, "size", "me-size", &options("size", &["normal", "large", "larger"]), &view.size))
            (radios(cx, "shortcuts", "me-shortcuts", &options("shortcuts", &["on", "off"]), if view.keys.off { "off" } else { "on" }))
            details {
                summary { (cx.t("me-keys")) }
                p.hint { (cx.t("me-keys-hint")) }
                (view.keys.fields(cx))
            }
            (submit(cx, "me-save"))
        }))
        h2 { (cx.t("field-password")) }
        (form::post(cx, "/me/password", |cx| html! {
            (password(cx, "old-password", "field-old-password", "current-password"))
            (password(cx, "password", "field-new-password", "new-password"))
            p.hint { (cx.t("password-hint")) " " (cx.t("me-password-hint")) }
            (submit(cx, "me-password-send"))
        }))
        h2 { (cx.t("interests-title")) }
        p { (cx.t("me-interests-text")) }
        (interests(cx, &view.interests, portals, None))
        (interest_form(cx, "/me/interests", portals))
        (sessions(cx, view))
        (tokens(cx, view))
    }
}

fn sessions(cx: &Cx, view: &View) -> Markup {
    html! {
        h2 { (cx.t("me-sessions")) }
        ul {
            @for one in &view.sessions {
                li {
                    bdi dir="auto" { (one.agent) } " · " (cx.t("people-since")) " " time datetime=(one.begun) { (cx.words.moment(one.begun)) }
                    " · " (cx.t("me-session-seen")) " " time datetime=(one.seen) { (cx.words.moment(one.seen)) } " "
                    @if view.current.as_ref() == Some(&one.id) {
                        strong { (cx.t("me-session-this")) }
                    } @else {
                        (form::post(cx, &format!("/me/sessions/{}/end", one.id), |cx| html! { button.link type="submit" { (cx.t("me-session-end")) } }))
                    }
                }
            }
        }
    }
}

fn tokens(cx: &Cx, view: &View) -> Markup {
    let scopes = ["read", "write"].map(|scope| (scope.to_owned(), cx.t(&format!("scope-{scope}"))));
    html! {
        h2 { (cx.t("me-tokens")) }
        p { (cx.t("me-tokens-text")) }
        ul {
            @for one in &view.tokens {
                li {
                    bdi dir="auto" { (one.label) } " · " (cx.t(&format!("scope-{}", one.scope))) " · "
                    time datetime=(one.begun) { (cx.words.moment(one.begun)) } " "
                    (form::post(cx, &format!("/me/tokens/{}/end", one.id), |cx| html! { button.link type="submit" { (cx.t("me-token-end")) } }))
                }
            }
        }
        (form::post(cx, "/me/tokens", |cx| html! {
            (text(cx, "label", "field-label", "", 100, true))
            (radios(cx, "scope", "field-scope", &scopes, "read"))
            (submit(cx, "me-token-make"))
        }))
    }
}

async fn prefer(cx: Cx) -> Result<Reply, Refusal> {
    let me = cx.me();
    let mut preferences = me.preferences.clone();
    for name in ["theme", "size", "language"] {
        if !cx.field(name).is_empty() {
            preferences[name] = cx.field(name).into();
        }
    }
    let keys = Keys::of(Some(me)).sent(&cx)?;
    preferences["keys"] = serde_json::to_string(&keys).expect("keys are plain data").into();
    cx.app.store.set_preferences(&me.id, &preferences).await?;
    Ok(Reply::done("/me?said=said-saved", preferences))
}

/// Fails unless a person at a browser asks: a program does not hand out access.
fn at_browser(cx: &Cx) -> Result<&Session, Refusal> {
    cx.session.as_ref().ok_or(Refusal::Forbidden("me-session-only"))
}

async fn change_password(cx: Cx) -> Result<Reply, Refusal> {
    let session = at_browser(&cx)?.id.clone();
    let me = cx.me();
    cx.app.limiter.count(&format!("password {}", me.id), None, cx.now).map_err(Refusal::TooMany)?;
    let (typed, hash) = (cx.field("old-password").to_owned(), me.password.clone());
    let checked = tokio::task::spawn_blocking(move || secret::verify(&typed, hash.as_deref()));
    if !checked.await.unwrap_or(false) {
        return Err(cx.wrong("old-password", "me-password-wrong"));
    }
    let hash = new_hash(&cx, &me.id).await?;
    cx.app.store.set_password(&me.id, &hash, Some(&session), cx.now).await?;
    cx.audit("change-password", &me.id, json!({})).await?;
    Ok(Reply::done("/me?said=said-password", json!({ "person": me.id })))
}

async fn end_session(cx: Cx) -> Result<Reply, Refusal> {
    let id = cx.param("id").to_owned();
    if !cx.app.store.end_session(&cx.me().id, &id, cx.now).await? {
        return Err(Refusal::Unknown);
    }
    cx.audit("end-session", &id, json!({})).await?;
    Ok(Reply::done("/me?said=said-saved", json!({ "ended": id })))
}

async fn make_token(cx: Cx) -> Result<Reply, Refusal> {
    at_browser(&cx)?;
    let me = &cx.me().id;
    if cx.app.store.tokens(me).await?.iter().any(|one| one.id == cx.once) {
        return Err(Refusal::Conflict(cx.t("token-shown")));
    }
    let secret = secret::random();
    let of = Token {
        id: cx.once.clone(),
        person: me.clone(),
        label: cx.field("label").to_owned(),
        scope: cx.field("scope").to_owned(),
        begun: cx.now,
    };
    cx.app.store.put_token(&secret::digest(&secret), &of).await?;
    cx.audit("make-token", &of.id, json!({ "scope": of.scope })).await?;
    let body = html! {
        p { (cx.t("token-text")) }
        p { code { (secret) } }
        pre { code { "Authorization: Bearer " (secret) } }
        p { a href="/me" { (cx.t("me-title")) } }
    };
    // No lasting answer: the secret is kept nowhere.
    Ok(Reply::screen(cx.t("token-title"), &json!({ "token": of, "secret": secret }), body))
}

async fn end_token(cx: Cx) -> Result<Reply, Refusal> {
    let id = cx.param("id").to_owned();
    if !cx.app.store.end_token(&cx.me().id, &id, cx.now).await? {
        return Err(Refusal::Unknown);
    }
    cx.audit("end-token", &id, json!({})).await?;
    Ok(Reply::done("/me?said=said-saved", json!({ "ended": id })))
}

async fn declare(cx: Cx) -> Result<Reply, Refusal> {
    declared(&cx, &cx.me().id).await?;
    let data: Value = json!({ "person": cx.me().id, "portal": cx.field("portal") });
    Ok(Reply::done("/me?said=said-saved", data))
}
