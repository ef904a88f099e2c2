//! Adding evidence: search in captures, fetch an address, take a passage or drop it.

use archive::read_text;
use maud::{Markup, html};
use model::{Code, Pointed};
use serde::Serialize;
use serde_json::{Value, json};
use store::CaptureId;
use url::Url;

use crate::cx::Cx;
use crate::form::{self, submit};
use crate::own::Own;
use crate::picks;
use crate::policy::Need;
use crate::proposals::Proposals;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::decide::{code, typed};

/// Found captures that are listed.
const LISTED: usize = 50;

/// Pages that a person may have fetched within the limiter's window.
const FETCHES: u32 = 30;

const LENGTH: usize = picks::LONGEST as usize;

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/slots/{slot}/{code}/evidence",
        Need::OwnSlot,
        &[may("q", Kind::Text(200))],
        "Captures in which evidence may be found.",
        run!(show),
    ),
    post(
        "/slots/{slot}/captures",
        Need::OwnSlot,
        &[need("url", Kind::Text(2000)), need("code", Kind::Text(20))],
        "Fetches a page and keeps it as a capture of the own slot.",
        run!(fetch),
    ),
    post(
        "/slots/{slot}/{code}/passages",
        Need::OwnSlot,
        &[need("capture", Kind::Number), may("start", Kind::Number), may("end", Kind::Number), may("words", Kind::Text(LENGTH))],
        "Takes a passage of a captured text as evidence: by its places in code points, or by words that stand there once.",
        run!(take),
    ),
    post(
        "/slots/{slot}/{code}/passages/drop",
        Need::OwnSlot,
        &[need("drop", Kind::Text(100))],
        "Drops a passage that was taken.",
        run!(drop_passage),
    ),
];

#[derive(Serialize)]
struct View<'a> {
    slot: &'a str,
    code: &'a Code,
    query: &'a str,
    /// Whether the city was surveyed when the slot was given.
    surveyed: bool,
    found: Vec<Row>,
    added: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    capture: i64,
    url: String,
    link: Option<String>,
    captured: model::Time,
    media_type: String,
    /// The sought words stand in the text.
    in_text: bool,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    let added = cx.app.store.added(&own.slot.id).await?;
    let query = cx.field("q");
    let found = if query.is_empty() { Vec::new() } else { search(&cx, &own, query).await? };
    let view = View {
        slot: &own.slot.id,
        code: &code,
        query,
        surveyed: own.slot.judging.is_some(),
        found,
        added: added
            .into_iter()
            .map(|(capture, of)| Row {
                capture: capture.0,
                url: of.url.to_string(),
                link: None,
                captured: of.done,
                media_type: of.media_type,
                in_text: false,
            })
            .collect(),
    };
    Ok(Reply::screen(cx.t("add-evidence"), &view, page(&cx, &own, &view)))
}

/// Captures whose address, links or text have all of these words. Texts are kept of the pages that proposals point into and of
/// those that the assessor added. That the other assessor opened a page, and its text is kept since, changes nothing.
async fn search(cx: &Cx, own: &Own, query: &str) -> Result<Vec<Row>, Refusal> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let all = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
    let listed = cx.app.store.listed(&own.slot).await?;
    let listed = listed.into_iter().map(|one| (one.capture, one.captured, one.links, one.proposed));
    let added =
        cx.app.store.added(&own.slot.id).await?.into_iter().map(|(capture, captured)| (capture, captured, Vec::new(), true));
    let mut found: Vec<Row> = Vec::new();
    for (capture, captured, links, readable) in added.chain(listed) {
        if found.len() == LISTED {
            break;
        }
        let named = all(&captured.url.as_str().to_lowercase()) || links.iter().any(|link| all(&link.to_lowercase()));
        let in_text = readable && has(cx, capture, &words).await?;
        if (named || in_text) && !found.iter().any(|row| row.capture == capture.0) {
            let link = links.into_iter().next();
            let (url, captured, media_type) = (captured.url.to_string(), captured.done, captured.media_type);
            found.push(Row { capture: capture.0, url, link, captured, media_type, in_text });
        }
    }
    Ok(found)
}

/// Whether the kept text of a capture has all of these words.
async fn has(cx: &Cx, capture: CaptureId, words: &[String]) -> Result<bool, Refusal> {
    let Some(layer) = cx.app.store.layer(capture).await? else { return Ok(false) };
    let text = read_text(&cx.app.archive, &layer)?.to_lowercase();
    Ok(words.iter().all(|word| text.contains(word.as_str())))
}

fn page(cx: &Cx, own: &Own, view: &View<'_>) -> Markup {
    html! {
        nav.crumbs aria-label=(cx.t("crumbs")) {
            a href=(format!("/slots/{}", view.slot)) { bdi { (own.city_name()) } } " · "
            a data-key="back" href=(format!("/slots/{}/{}", view.slot, view.code)) { bdi { (view.code) } }
        }
        section aria-labelledby="search-title" {
            h2 #search-title { (cx.t("search-captures")) }
            form.inline role="search" method="get" action=(cx.path) {
                label for="q" { (cx.t("search-words")) }
                input type="search" id="q" name="q" value=(view.query) maxlength="200" dir="auto" data-key="find";
                button type="submit" { (cx.t("find")) }
            }
            p.hint { (cx.t("search-hint")) }
            @if !view.query.is_empty() {
                h3 { (cx.f("captures-n", &[("n", view.found.len().into())])) }
                (rows(cx, view, &view.found))
            }
        }
        section aria-labelledby="added-title" {
            h2 #added-title { (cx.t("added-title")) }
            @if view.added.is_empty() { p { (cx.t("added-none")) } }
            (rows(cx, view, &view.added))
        }
        @if own.open() {
            section aria-labelledby="fetch-title" {
                h2 #fetch-title { (cx.t("fetch-title")) }
                @if view.surveyed {
                    (form::post(cx, &format!("/slots/{}/captures", view.slot), |cx| html! {
                        input type="hidden" name="code" value=(view.code);
                        div.field {
                            label for="url" { (cx.t("field-url")) }
                            @if let Some(what) = cx.fault("url") { p.error #url-wrong { (what) } }
                            input type="url" id="url" name="url" value=[cx.typed("url")] required maxlength="2000" dir="ltr" inputmode="url" aria-describedby="url-wrong url-hint";
                        }
                        p.hint #url-hint { (cx.t("fetch-hint")) }
                        (submit(cx, "fetch-send"))
                    }))
                } @else { p { (cx.t("fetch-not-surveyed")) } }
            }
        }
    }
}

fn rows(cx: &Cx, view: &View<'_>, rows: &[Row]) -> Markup {
    html! {
        @if !rows.is_empty() {
            ol.captures {
                @for row in rows {
                    li {
                        a href=(text_page(view.slot, view.code, row.capture, if row.in_text { view.query } else { "" })) {
                            bdi dir="auto" { (row.link.as_deref().unwrap_or(&row.url)) }
                        }
                        " " bdi.url dir="ltr" { (row.url) }
                        " " time datetime=(row.captured) { (cx.words.moment(row.captured)) }
                        @if row.in_text { " " span.tag { (cx.t("in-text")) } }
                    }
                }
            }
        }
    }
}

/// The address of a captured text in which words are looked for.
fn text_page(slot: &str, code: &Code, capture: i64, find: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("find", find).finish();
    let query = if find.is_empty() { String::new() } else { format!("?{query}#found") };
    format!("/slots/{slot}/{code}/text/{capture}{query}")
}

async fn fetch(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code =
        own.codes.iter().find(|code| code.as_str() == cx.field("code")).ok_or_else(|| cx.wrong("code", "field-unknown"))?;
    own.must_be_open(&cx)?;
    let url = Url::parse(cx.field("url")).ok().filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    let Some(mut url) = url.filter(|url| url.username().is_empty() && url.password().is_none()) else {
        return Err(cx.wrong("url", "url-wrong"));
    };
    url.set_fragment(None);
    let Some(proposals) = Proposals::of(&cx.app, &own.slot).await? else { return Err(cx.wrong("url", "fetch-not-surveyed")) };
    cx.app.limiter.count(&format!("fetch {}", cx.me().id), Some(FETCHES), cx.now).map_err(Refusal::TooMany)?;
    let fetched = cx.app.outside.fetch(proposals.run, &url, &cx.me().id).await;
    let capture = fetched.map_err(|why| Refusal::field("url", cx.f("fetch-refused", &[("why", (&why).into())])))?;
    cx.app.store.add_capture(&own.slot.id, capture, cx.now).await?;
    Ok(Reply::done(
        text_page(&own.slot.id, code, capture.0, "") + "?said=said-added",
        json!({ "capture": capture.0, "url": url }),
    ))
}

async fn take(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    own.must_be_open(&cx)?;
    let capture = CaptureId(cx.field("capture").parse().map_err(|_| cx.wrong("capture", "field-number"))?);
    if !cx.app.store.may_see(&own.slot, capture).await? {
        return Err(Refusal::Unknown);
    }
    let found = places(&cx, capture).await?;
    let &[(start, end)] = &found[..] else {
        // Not there, or there more than once: the page of the text shows it and lets choose.
        let key = if found.is_empty() { "found-none" } else { "found-several" };
        return match cx.json {
            true => Err(cx.wrong("words", key)),
            false => {
                Ok(Reply::done(text_page(&own.slot.id, &code, capture.0, cx.field("words")), json!({ "found": found.len() })))
            }
        };
    };
    let pick = format!("p:{}:{start}:{end}", capture.0);
    let passage = picks::passage(&cx.app, &own, &pick).await.map_err(|refusal| match refusal {
        Refusal::Wrong(_) => cx.wrong("words", "passage-wrong"),
        other => other,
    })?;
    let mut body = own.draft(&code);
    change(&mut body, "passages", &pick, true);
    change(&mut body, "pick", &pick, true);
    cx.app.store.put_draft(&own.slot.id, code.as_str(), &body, cx.now).await?;
    let to = format!("/slots/{}/{code}?said=said-added#candidates", own.slot.id);
    Ok(Reply::done(to, json!({ "pick": pick, "passage": passage.1 })))
}

/// The places that were sent, if the words that were sent with them stand there; else all where these words stand.
async fn places(cx: &Cx, capture: CaptureId) -> Result<Vec<(u32, u32)>, Refusal> {
    let number = |name: &str| cx.field(name).parse::<u32>().ok();
    let words = cx.field("words");
    let sent = number("start").zip(number("end")).filter(|(start, end)| start < end);
    if let Some((start, end)) = sent {
        let stands = |passage: &Pointed| {
            let exact: Vec<char> = passage.exact.trim().chars().collect();
            picks::occurrences(&exact, words, 1) == [(0, exact.len())]
        };
        let passage = picks::select(&cx.app, capture, start, end).await?;
        if passage.is_some_and(|passage| words.is_empty() || stands(&passage)) {
            return Ok(vec![(start, end)]);
        }
    }
    if words.is_empty() {
        return Err(cx.wrong("words", "passage-wrong"));
    }
    let text = picks::text(&cx.app, capture).await?;
    let places = picks::occurrences(&text, words, LISTED).into_iter();
    Ok(places.filter_map(|(start, end)| u32::try_from(start).ok().zip(u32::try_from(end).ok())).collect())
}

async fn drop_passage(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    own.must_be_open(&cx)?;
    // The button stands in the form of the decision: what was typed there comes along.
    let with_form = cx.fields.iter().any(|(name, _)| name == "note");
    let mut body = if with_form { typed(&cx, &own, &code) } else { own.draft(&code) };
    change(&mut body, "passages", cx.field("drop"), false);
    change(&mut body, "pick", cx.field("drop"), false);
    cx.app.store.put_draft(&own.slot.id, code.as_str(), &body, cx.now).await?;
    Ok(Reply::done(format!("/slots/{}/{code}?said=said-saved#candidates", own.slot.id), json!({ "dropped": cx.field("drop") })))
}

/// Puts a choice into a list of a draft, or takes it out.
fn change(body: &mut Value, list: &str, pick: &str, there: bool) {
    let mut picks = body[list].as_array().cloned().unwrap_or_default();
    picks.retain(|one| one != pick);
    if there {
        picks.push(json!(pick));
    }
    body[list] = Value::Array(picks);
}
