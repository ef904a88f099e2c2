//! Signing in and out.

use maud::{Markup, html};
use serde_json::json;
use store::Session;

use crate::cx::Cx;
use crate::dispatch::cookie_name;
use crate::form::{self, password, submit, text};
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::secret;

pub(crate) const ROUTES: &[Route] = &[
    get("/sign-in", Need::Anyone, &[], "The form to sign in.", run!(show)),
    post(
        "/session",
        Need::Anyone,
        &[need("person", Kind::Text(60)), need("password", Kind::Text(secret::LONGEST)), may("to", Kind::Text(300))],
        "Signs in.",
        run!(sign_in),
    ),
    post("/session/end", Need::Person, &[], "Signs out.", run!(sign_out)),
];

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    Ok(Reply::screen(cx.t("sign-in"), &json!({}), form(&cx)))
}

/// The form. What somebody sent while no longer signed in goes along, to be sent again afterwards.
pub(crate) fn form(cx: &Cx) -> Markup {
    let unsent = cx
        .fields
        .iter()
        .filter(|(name, _)| !["person", "password", "to", "said", "lang", "once", "form"].contains(&name.as_str()));
    let unsent: Vec<&(String, String)> = if cx.path == "/session" { Vec::new() } else { unsent.collect() };
    let to = if ["/session", "/sign-in"].contains(&cx.path.as_str()) { cx.field("to") } else { &cx.path };
    form::post(cx, "/session", |cx| {
        html! {
            @if !unsent.is_empty() {
                p { (cx.t("kept-while-out")) }
            }
            (text(cx, "person", "field-person", cx.field("person"), 60, true))
            (password(cx, "password", "field-password", "current-password"))
            input type="hidden" name="to" value=(to);
            @for (name, value) in unsent {
                input type="hidden" name={ "kept-" (name) } value=(value);
            }
            (submit(cx, "sign-in"))
        }
    })
}

async fn sign_in(cx: Cx) -> Result<Reply, Refusal> {
    let person = cx.field("person").to_lowercase();
    let (of_person, of_address) = (format!("person {person}"), format!("address {}", cx.address));
    cx.app.limiter.count(&of_person, None, cx.now).map_err(Refusal::TooMany)?;
    cx.app.limiter.count(&of_address, Some(60), cx.now).map_err(Refusal::TooMany)?;
    let found = cx.app.store.person(&person).await?.filter(|found| found.ended.is_none());
    let (typed, hash) = (cx.field("password").to_owned(), found.as_ref().and_then(|found| found.password.clone()));
    let checked = tokio::task::spawn_blocking(move || secret::verify(&typed, hash.as_deref()));
    // The same words whether there is such a person or not.
    if !checked.await.unwrap_or(false) {
        return Err(cx.wrong("password", "sign-in-wrong"));
    }
    let Some(found) = found else { return Err(cx.wrong("password", "sign-in-wrong")) };
    cx.app.limiter.forget(&of_person);
    let cookie = begin(&cx, &found.id).await?;
    let cx = Cx { who: Some(found), ..cx };
    cx.audit("sign-in", "", json!({})).await?;
    let to = local(cx.field("to"));
    let kept: Vec<(&str, &str)> =
        cx.fields.iter().filter_map(|(name, value)| Some((name.strip_prefix("kept-")?, value.as_str()))).collect();
    let to = if kept.is_empty() {
        to
    } else {
        let query: String =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("to", &to).extend_pairs(kept).finish();
        format!("/kept?{query}")
    };
    Ok(Reply::done(to, json!({ "person": cx.me().id, "cookie": cookie })))
}

/// Begins a session; returns the cookie that stands for it.
pub(crate) async fn begin(cx: &Cx, person: &str) -> Result<String, Refusal> {
    let secret = secret::random();
    let session = Session {
        id: secret::name(),
        person: person.to_owned(),
        form: secret::random(),
        agent: cx.agent.clone(),
        begun: cx.now,
        seen: cx.now,
    };
    cx.app.store.begin_session(&secret::digest(&secret), &session).await?;
    let secure = cx.app.secure();
    let only = if secure { "; Secure" } else { "" };
    Ok(format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200{only}", cookie_name(secure)))
}

async fn sign_out(cx: Cx) -> Result<Reply, Refusal> {
    if let Some(session) = &cx.session {
        cx.app.store.end_session(&session.person, &session.id, cx.now).await?;
    }
    cx.audit("sign-out", "", json!({})).await?;
    let gone = format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0", cookie_name(cx.app.secure()));
    Ok(Reply::done("/sign-in?said=said-signed-out", json!({ "cookie": gone })))
}

/// An address of ours, whatever was asked for.
fn local(to: &str) -> String {
    let ours = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']) && !to.contains("/session");
    if ours { to.to_owned() } else { "/".to_owned() }
}
