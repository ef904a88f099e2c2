//! From a request to an answer: who asks, may they, is it well-formed, was it sent before.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use model::{Digest, Time};
use serde_json::{Value, json};
use store::{Person, Session};
use url::Url;

use crate::app::App;
use crate::city::City;
use crate::cx::Cx;
use crate::layout;
use crate::policy::{On, Verdict, may};
use crate::reply::{Refusal, Reply, response};
use crate::returned::returned;
use crate::route::{Kind, Method, Route};
use crate::secret;
use crate::upload::parts;
use crate::words::Words;

/// Seconds after which an unused session no longer counts.
const IDLE: u64 = 30 * 60;

/// Seconds after which any session no longer counts.
const LONGEST: u64 = 12 * 3600;

/// Name of the field that names what is sent.
pub(crate) const ONCE: &str = "once";

/// Name of the field with the token of the session's forms.
pub(crate) const FORM: &str = "form";

/// A request as it came.
pub(crate) struct Asked {
    pub(crate) route: &'static Route,
    pub(crate) json: bool,
    pub(crate) path: String,
    pub(crate) params: BTreeMap<String, String>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) address: String,
}

impl Asked {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The page that it was asked from, as the browser says.
    fn page(&self) -> Option<Url> {
        Url::parse(self.header(header::REFERER)).ok()
    }

    /// What that page was asked with, but for what it was to say.
    pub(crate) fn query_before(&self) -> Vec<(String, String)> {
        let asked = self.page().map(|url| query(url.query().unwrap_or_default()));
        asked.into_iter().flatten().filter(|(name, _)| name != "said").collect()
    }
}

/// Who asks, and how they showed it.
#[derive(Default)]
struct Known {
    who: Option<Person>,
    session: Option<Session>,
    /// Of a program: what its token is good for.
    scope: Option<String>,
}

/// Answers a request.
pub(crate) async fn answer(app: Arc<App>, asked: Asked) -> Response<Body> {
    let now = (app.clock)();
    let (known, refused) = match known(&app, &asked, now).await {
        Ok(known) => (known, None),
        Err(refusal) => (Known::default(), Some(refusal)),
    };
    let scope = known.scope.clone();
    let mut cx = bare(app, &asked, known, now);
    let answered = match refused {
        Some(refusal) => Err(refusal),
        None => Box::pin(admitted(&mut cx, &asked, scope)).await,
    };
    match answered {
        Ok(reply) => unchanged(&asked, replied(&cx, reply)),
        Err(refusal) => told(&cx, &Box::pin(returned(&cx, &asked, refusal)).await),
    }
}

async fn known(app: &App, asked: &Asked, now: Time) -> Result<Known, Refusal> {
    if let Some(token) = asked.header(header::AUTHORIZATION).strip_prefix("Bearer ") {
        let Some(token) = app.store.token(&secret::digest(token.trim())).await? else { return Err(Refusal::SignIn) };
        return Ok(Known { who: active(app, &token.person).await?, session: None, scope: Some(token.scope) });
    }
    let Some(cookie) = cookie(asked, app.secure()) else { return Ok(Known::default()) };
    let Some(session) = app.store.session(&secret::digest(&cookie)).await? else { return Ok(Known::default()) };
    if now.since(session.seen).as_secs() > IDLE || now.since(session.begun).as_secs() > LONGEST {
        return Ok(Known::default());
    }
    // Once a minute is enough to know that it is used.
    if now.since(session.seen).as_secs() > 60 {
        app.store.touch_session(&session.id, now).await?;
    }
    let who = active(app, &session.person).await?;
    Ok(Known { session: who.is_some().then_some(session), who, scope: None })
}

async fn active(app: &App, id: &str) -> Result<Option<Person>, Refusal> {
    Ok(app.store.person(id).await?.filter(|person| person.ended.is_none()))
}

fn cookie(asked: &Asked, secure: bool) -> Option<String> {
    let name = cookie_name(secure);
    let pairs = asked.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value.to_owned())
}

/// The cookie of a session: bound to the host where HTTPS allows it (RFC 6265bis, section 4.1.3.2).
pub(crate) fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

fn bare(app: Arc<App>, asked: &Asked, known: Known, now: Time) -> Cx {
    let preferred = known.who.as_ref().and_then(|who| who.preferences["language"].as_str()).and_then(Words::of);
    let chosen = || query(&asked.query).into_iter().find(|(name, _)| name == "lang").and_then(|(_, tag)| Words::of(&tag));
    let words = preferred.or_else(chosen).unwrap_or_else(|| Words::accepted(asked.header(header::ACCEPT_LANGUAGE)));
    Cx {
        app,
        who: known.who,
        session: known.session,
        words,
        path: asked.path.clone(),
        from: from(asked),
        params: asked.params.clone(),
        fields: Vec::new(),
        files: Arc::default(),
        once: String::new(),
        json: asked.json,
        address: asked.address.clone(),
        host: asked.header(header::HOST).to_owned(),
        agent: asked.header(header::USER_AGENT).chars().take(200).collect(),
        now,
        slot: None,
        campaign: None,
        city: None,
        returned: None,
    }
}

/// The page that a form stood on. Only its path counts, so that it is always one of ours.
fn from(asked: &Asked) -> String {
    let page = asked.page().map(|url| url.path().to_owned());
    page.filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or_else(|| asked.path.clone())
}

async fn admitted(cx: &mut Cx, asked: &Asked, scope: Option<String>) -> Result<Reply, Refusal> {
    let route = asked.route;
    let writes = route.method == Method::Post;
    match parts(&asked.headers, &asked.body).await.filter(|_| writes) {
        Some(form) => {
            let (fields, files) = form.map_err(|what| Refusal::field("body", what))?;
            (cx.fields, cx.files) = (fields, Arc::new(files));
        }
        None => cx.fields = if writes { sent(asked)? } else { query(&asked.query) },
    }
    if writes && scope.is_none() {
        same_site(cx, asked)?;
    }
    if writes && scope.as_deref() == Some("read") {
        return Err(Refusal::Forbidden("token-reads-only"));
    }
    admit(cx, route).await?;
    if !writes {
        return (route.run)(cx.clone()).await;
    }
    once(cx, asked).await
}

/// Loads what the path is about, and holds against the route who asks for it and with what.
pub(crate) async fn admit(cx: &mut Cx, route: &Route) -> Result<(), Refusal> {
    let on = subject(cx).await?;
    match may(cx.who.as_ref(), route.need, &on) {
        Verdict::Yes => well_formed(cx, route),
        Verdict::SignIn => Err(Refusal::SignIn),
        Verdict::No => Err(Refusal::Forbidden("not-yours")),
        Verdict::Unknown => Err(Refusal::Unknown),
    }
}

/// What the path is about, loaded as far as the policy needs it. Of the other slot nothing is loaded for an assessor.
async fn subject(cx: &mut Cx) -> Result<On, Refusal> {
    let mut on = On::default();
    if let Some(id) = cx.params.get("slot") {
        let slot = cx.app.store.assignment(id).await?.ok_or(Refusal::Unknown);
        // Who is not signed in learns no more from a slot that is there than from one that is not.
        let slot = if cx.who.is_none() { return Ok(on) } else { slot? };
        cx.campaign = cx.app.campaign(&slot.campaign).await?;
        cx.slot = Some(slot.clone());
        on.slot = Some(slot);
    } else if let Some(id) = cx.params.get("campaign") {
        let campaign = cx.app.campaign(id).await?;
        if campaign.is_none() && cx.who.is_some() {
            return Err(Refusal::Unknown);
        }
        cx.campaign = campaign;
        if let (Some(campaign), Some(portal), Some(round)) = (&cx.campaign, cx.params.get("portal"), cx.params.get("round")) {
            let round = round.parse().map_err(|_| Refusal::Unknown)?;
            let codes = cx.app.codes();
            let city = City::load(&cx.app.store, campaign, &codes, portal, round).await?;
            on.city = city.as_ref().map(City::facts);
            cx.city = city;
        }
    }
    Ok(on)
}

/// Refuses what another site had a browser send (W3C Fetch Metadata; Origin, RFC 6454; else the token of the form).
fn same_site(cx: &Cx, asked: &Asked) -> Result<(), Refusal> {
    let field = |name: &str| asked.headers.get(name).and_then(|value| value.to_str().ok());
    let from_here = match (field("sec-fetch-site"), field("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let own = cx.app.origin.as_ref().map(|own| own.origin().ascii_serialization());
            let host = field("host").map(|host| format!("http://{host}"));
            own.or(host).is_some_and(|own| own == origin)
        }
        (None, None) => cx.session.is_none(),
    };
    let token = cx.session.as_ref().is_none_or(|session| cx.field(FORM) == session.form);
    // JSON needs no token: another site's page cannot send it without asking.
    let json = field("content-type").is_some_and(|kind| kind.starts_with("application/json")) && from_here;
    if from_here && (token || json) { Ok(()) } else { Err(Refusal::Forbidden("other-site")) }
}

/// Runs a POST, or answers as it was answered before.
async fn once(cx: &mut Cx, asked: &Asked) -> Result<Reply, Refusal> {
    let key = asked.headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let key = key.unwrap_or_else(|| cx.field(ONCE).to_owned());
    cx.once = if is_name(&key) { key.to_ascii_lowercase() } else { secret::name() };
    cx.fields.retain(|(name, _)| name != ONCE && name != FORM);
    let Some(person) = cx.who.as_ref().map(|who| who.id.clone()) else { return (asked.route.run)(cx.clone()).await };
    let turn = cx.app.turn(format!("{person} {}", cx.once));
    let _mine = turn.lock().await;
    let files: Vec<String> = cx.files.iter().map(|file| archive::digest(&file.bytes).to_string()).collect();
    let mut sent = serde_json::to_string(&cx.fields).expect("fields are texts");
    sent.extend(files);
    let sent = archive::digest(sent.as_bytes());
    if let Some(before) = cx.app.store.answered(&person, &cx.once).await? {
        let same = before.path == cx.path && before.sent == hexadecimal(&sent);
        let answer: Value = serde_json::from_str(&before.answer).unwrap_or(Value::Null);
        return if same {
            Ok(Reply::done(answer["to"].as_str().unwrap_or("/"), answer["data"].clone()))
        } else {
            Err(Refusal::Conflict(cx.t("once-used")))
        };
    }
    let (app, path, name, now) = (Arc::clone(&cx.app), cx.path.clone(), cx.once.clone(), cx.now);
    let reply = (asked.route.run)(cx.clone()).await?;
    if let Reply::Done { to, data } = &reply {
        let answer = json!({ "to": to, "data": data }).to_string();
        app.store.put_answered(&person, &name, &path, &sent, &answer, now).await?;
    }
    Ok(reply)
}

fn is_name(key: &str) -> bool {
    key.len() == 36
        && key.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn hexadecimal(digest: &Digest) -> String {
    digest.to_string().trim_start_matches("sha256:").to_owned()
}

/// Fields of a form, or members of a JSON object: texts, numbers, and lists of texts.
fn sent(asked: &Asked) -> Result<Vec<(String, String)>, Refusal> {
    if !asked.header(header::CONTENT_TYPE).starts_with("application/json") {
        return Ok(url::form_urlencoded::parse(&asked.body).into_owned().collect());
    }
    let whole = |what: &str| Refusal::field("body", what);
    let value: Value = serde_json::from_slice(&asked.body).map_err(|error| whole(&format!("no JSON: {error}")))?;
    let Some(object) = value.as_object() else { return Err(whole("expected a JSON object")) };
    let mut fields = Vec::new();
    for (name, value) in object {
        let values = match value {
            Value::Array(values) => values.clone(),
            one => vec![one.clone()],
        };
        for value in values {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text,
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                _ => return Err(Refusal::field(name, "expected a text, a number, or a list of texts")),
            };
            fields.push((name.clone(), text));
        }
    }
    Ok(fields)
}

fn query(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// Holds every field against what the route says of it.
fn well_formed(cx: &Cx, route: &Route) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    for input in route.inputs {
        let values: Vec<&str> = cx.fields(input.name).collect();
        let mut fault = |key: &str| wrong.push((input.name.to_owned(), cx.t(key)));
        if values.is_empty() {
            if input.required {
                fault("field-missing");
            }
            continue;
        }
        let (most, many) = match input.kind {
            Kind::Text(most) => (most, false),
            Kind::Texts(most) => (most, true),
            Kind::Word(_) | Kind::Number => (100, false),
        };
        if values.iter().any(|value| value.chars().count() > most) {
            fault("field-long");
        } else if values.len() > 1 && !many || values.len() > 200 {
            fault("field-many");
        } else if let Kind::Word(words) = input.kind
            && !words.contains(&values[0])
        {
            fault("field-unknown");
        } else if matches!(input.kind, Kind::Number) && values[0].parse::<i64>().is_err() {
            fault("field-number");
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Wrong(wrong)) }
}

/// Says that nothing changed to whoever has it already (RFC 9110, section 13.1.2).
fn unchanged(asked: &Asked, mut answer: Response<Body>) -> Response<Body> {
    let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let known = asked.header(header::IF_NONE_MATCH);
    let mut known = known.split(',').map(|one| one.trim().trim_start_matches("W/"));
    let same = tag.is_some_and(|tag| known.any(|one| one == tag || one == "*"));
    if same {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.body_mut() = Body::empty();
        answer.headers_mut().remove(header::CONTENT_TYPE);
    }
    answer
}

/// A reply as a page or as JSON.
fn replied(cx: &Cx, reply: Reply) -> Response<Body> {
    match reply {
        Reply::Raw { media, bytes, headers } => {
            let mut answer = response(StatusCode::OK, media, bytes);
            for (name, value) in headers {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    answer.headers_mut().append(name, value);
                }
            }
            answer
        }
        Reply::Screen { data, .. } if cx.json => json_answer(StatusCode::OK, &data),
        Reply::Done { data, .. } if cx.json => {
            let cookie = data["cookie"].as_str().map(str::to_owned);
            with_cookie(json_answer(StatusCode::OK, &shown(data)), cookie)
        }
        Reply::Screen { title, language, body, .. } => html(StatusCode::OK, layout::page(cx, &title, language.as_deref(), &body)),
        Reply::Done { to, data } => {
            let mut answer = response(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
            if let Ok(value) = HeaderValue::from_str(&to) {
                answer.headers_mut().insert(header::LOCATION, value);
            }
            with_cookie(answer, data["cookie"].as_str().map(str::to_owned))
        }
    }
}

fn shown(mut data: Value) -> Value {
    if let Some(object) = data.as_object_mut() {
        object.remove("cookie");
    }
    data
}

fn with_cookie(mut answer: Response<Body>, cookie: Option<String>) -> Response<Body> {
    if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}

/// A refusal as a page or as problem details (RFC 9457).
fn told(cx: &Cx, refusal: &Refusal) -> Response<Body> {
    if let Refusal::Broken(what) = refusal {
        tracing::error!(path = cx.path, what, "a request could not be answered");
    }
    let (title, detail) = layout::said(cx, refusal);
    let mut answer = if cx.json {
        json_answer(refusal.status(), &refusal.problem(&title, &detail))
    } else {
        html(refusal.status(), layout::refused(cx, refusal, &title, &detail))
    };
    if cx.json {
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    }
    if let Refusal::TooMany(seconds) = refusal {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    answer
}

fn json_answer(status: StatusCode, data: &Value) -> Response<Body> {
    response(status, "application/json", data.to_string())
}

fn html(status: StatusCode, page: maud::Markup) -> Response<Body> {
    response(status, "text/html; charset=utf-8", page.into_string())
}

/// For an address that no route has.
pub(crate) fn nowhere(headers: &HeaderMap) -> Response<Body> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let words = Words::accepted(accepted);
    html(StatusCode::NOT_FOUND, layout::plain(words, &words.say("unknown-title"), &words.say("unknown-text")))
}
