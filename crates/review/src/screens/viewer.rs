//! A captured page for an assessor: its text, in which passages are found and chosen, and a static copy that does nothing.

use axum::http::header;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::Code;
use serde::Serialize;
use store::{CaptureId, Captured};

use crate::clean::clean;
use crate::cx::Cx;
use crate::form;
use crate::layout::{live, marked};
use crate::own::Own;
use crate::picks;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, run};
use crate::screens::decide::code;
use crate::screens::slot::short;

/// Code points of a captured text on one page.
const PAGE: usize = 30_000;

/// Places of sought words that are listed.
const LISTED: usize = 50;

/// Code points shown on each side of such a place.
const AROUND: usize = 80;

const TEXT: &[Input] = &[
    may("start", Kind::Number),
    may("end", Kind::Number),
    may("find", Kind::Text(picks::LONGEST as usize)),
    may("page", Kind::Number),
];

pub(crate) const ROUTES: &[Route] = &[
    get("/slots/{slot}/{code}/text/{capture}", Need::OwnSlot, TEXT, "The text of a captured page.", run!(show_text)),
    get(
        "/slots/{slot}/{code}/page/{capture}",
        Need::OwnSlot,
        &[],
        "A captured page with its static copy in a frame.",
        run!(show_page),
    ),
    get("/slots/{slot}/{code}/file/{capture}", Need::OwnSlot, &[], "A captured file (PDF) as it came.", run!(file)),
    get("/slots/{slot}/{code}/static/{capture}", Need::OwnSlot, &[], "The static copy of a captured page.", run!(show_static)),
];

/// What the path is about.
struct Asked {
    own: Own,
    code: Code,
    id: CaptureId,
    captured: Captured,
}

impl Asked {
    /// The capture in the path, if the assessor may see it.
    async fn of(cx: &Cx) -> Result<Self, Refusal> {
        let own = Own::load(&cx.app, cx.slot().clone()).await?;
        let code = code(cx, &own)?;
        let id = CaptureId(cx.param("capture").parse().map_err(|_| Refusal::Unknown)?);
        if !cx.app.store.may_see(&own.slot, id).await? {
            return Err(Refusal::Unknown);
        }
        let captured = cx.app.store.capture(id).await?.ok_or(Refusal::Unknown)?;
        Ok(Self { own, code, id, captured })
    }

    fn at(&self, path: &str) -> String {
        format!("/slots/{}/{}{path}", self.own.slot.id, self.code)
    }

    /// Where one is, what is shown, and in which of two ways.
    fn head(&self, cx: &Cx, shown: &str) -> Markup {
        let tabs = [("text", "see-text"), ("page", "see-page")];
        html! {
            nav.crumbs aria-label=(cx.t("crumbs")) {
                a href=(format!("/slots/{}", self.own.slot.id)) { bdi { (self.own.city_name()) } } " · "
                a data-key="back" href=(self.at("")) { bdi { (self.code) } } " · "
                a href=(self.at("/evidence")) { (cx.t("add-evidence")) }
            }
            dl.facts {
                div { dt { (cx.t("address")) } dd { bdi.url dir="ltr" { (self.captured.url) } } }
                div { dt { (cx.t("captured")) } dd { time datetime=(self.captured.done) { (cx.words.moment(self.captured.done)) } } }
                div { dt { (cx.t("digest")) } dd { code title=(self.captured.record.payload) { (short(&self.captured.record.payload.to_string())) } } }
            }
            nav.tabs aria-label=(cx.t("views")) {
                ul {
                    @for (path, key) in tabs {
                        li { a data-key=(path) href=(self.at(&format!("/{path}/{}", self.id.0))) aria-current=[(path == shown).then_some("page")] { (cx.t(key)) } }
                    }
                    @if is_file(&self.captured) { li { a href=(self.at(&format!("/file/{}", self.id.0))) { (cx.t("see-file")) } } }
                    li { (live(cx, self.captured.url.as_str(), "see-live")) }
                }
            }
        }
    }
}

/// Whether a capture is a file to be opened by a program for it. Markup is not: it would run in the browser that opens it.
fn is_file(captured: &Captured) -> bool {
    captured.media_type == "application/pdf"
}

/// The bytes of a captured file, to be kept and not to be shown here.
async fn file(cx: Cx) -> Result<Reply, Refusal> {
    let asked = Asked::of(&cx).await?;
    if !is_file(&asked.captured) {
        return Err(Refusal::Unknown);
    }
    let (archive, record) = (cx.app.archive.clone(), asked.captured.record.clone());
    let read = tokio::task::spawn_blocking(move || archive::read(&archive, &record)).await;
    let exchange = read.map_err(|_| Refusal::Broken("a capture could not be read".to_owned()))??;
    let last = asked.captured.url.path_segments().and_then(Iterator::last).unwrap_or_default();
    let name = format!("{}-{last}", asked.captured.url.host_str().unwrap_or_default());
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-".contains(c) { c } else { '_' }).collect();
    let Reply::Raw { media, bytes, mut headers } = Reply::file(&name, "application/pdf", exchange.body) else {
        return Err(Refusal::Unknown);
    };
    headers.push((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()));
    // The bytes are as they were sent, coded as they were.
    if let Some(coding) = exchange.headers.get("content-encoding") {
        headers.push((header::CONTENT_ENCODING, coding.to_owned()));
    }
    Ok(Reply::Raw { media, bytes, headers })
}

#[derive(Serialize)]
struct View {
    slot: String,
    code: Code,
    capture: i64,
    url: String,
    captured: model::Time,
    /// Code points of the whole text.
    length: usize,
    /// Which part is shown, from 1, of how many.
    page: usize,
    pages: usize,
    /// Where that part starts.
    from: usize,
    text: String,
    start: Option<usize>,
    end: Option<usize>,
    /// Where the words that were sought stand.
    found: Vec<Place>,
    /// There is none, and why.
    without: Option<String>,
}

/// A place in a text.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    before: String,
    exact: String,
    after: String,
}

async fn show_text(cx: Cx) -> Result<Reply, Refusal> {
    let asked = Asked::of(&cx).await?;
    let (text, without) = match picks::text(&cx.app, asked.id).await {
        Ok(text) => (text, None),
        Err(Refusal::Conflict(why)) => (Vec::new(), Some(why)),
        Err(Refusal::Unknown) => (Vec::new(), Some(cx.t("text-none"))),
        Err(other) => return Err(other),
    };
    let view = view(&cx, &asked, &text, without);
    let body = html! {
        (asked.head(&cx, "text"))
        @if let Some(why) = &view.without {
            div.problem role="alert" tabindex="-1" { p { (cx.t("text-none")) } p { bdi { (why) } } }
        } @else {
            div.reader data-keys="reader" {
                (find(&cx, &asked, &view))
                (part(&cx, &asked, &view))
                @if asked.own.open() { (choose(&cx, &asked, &view)) }
            }
        }
    };
    Ok(Reply::screen(cx.t("see-text"), &view, body))
}

fn view(cx: &Cx, asked: &Asked, text: &[char], without: Option<String>) -> View {
    let number = |name: &str| cx.field(name).parse::<usize>().ok();
    let (start, end) = match (number("start"), number("end")) {
        (Some(start), Some(end)) if start < end && end <= text.len() => (Some(start), Some(end)),
        _ => (None, None),
    };
    let pages = text.len().div_ceil(PAGE).max(1);
    let page = number("page").unwrap_or_else(|| start.unwrap_or(0) / PAGE + 1).clamp(1, pages);
    let from = (page - 1) * PAGE;
    let slice = |from: usize, to: usize| text[from.min(text.len())..to.min(text.len())].iter().collect::<String>();
    let place = |(start, end): (usize, usize)| Place {
        start,
        end,
        before: slice(start.saturating_sub(AROUND), start),
        exact: slice(start, end),
        after: slice(end, end + AROUND),
    };
    View {
        slot: asked.own.slot.id.clone(),
        code: asked.code.clone(),
        capture: asked.id.0,
        url: asked.captured.url.to_string(),
        captured: asked.captured.done,
        length: text.len(),
        page,
        pages,
        from,
        text: slice(from, from + PAGE),
        start,
        end,
        found: picks::occurrences(text, cx.field("find"), LISTED).into_iter().map(place).collect(),
        without,
    }
}

/// The box to find words, and where they stand.
fn find(cx: &Cx, asked: &Asked, view: &View) -> Markup {
    let sought = cx.field("find");
    html! {
        form.inline role="search" method="get" action=(cx.path) {
            label for="find" { (cx.t("find-words")) }
            input type="search" id="find" name="find" value=(sought) maxlength=(picks::LONGEST) dir="auto" data-key="find";
            button type="submit" { (cx.t("find")) }
        }
        @if !sought.is_empty() {
            section.found #found aria-labelledby="found-title" {
                h2 #found-title { (cx.f("found-n", &[("n", view.found.len().into())])) }
                @if view.found.is_empty() {
                    div.problem role="alert" tabindex="-1" { p { (cx.t("found-none")) } }
                }
                ol {
                    @for one in &view.found {
                        li {
                            blockquote dir="auto" { (marked(&one.before, &one.exact, &one.after)) }
                            p.actions {
                                a href=(format!("{}?start={}&end={}#passage", cx.path, one.start, one.end)) { (cx.t("show-place")) }
                                @if asked.own.open() { (form::post(cx, &asked.at("/passages"), |cx| html! {
                                    input type="hidden" name="capture" value=(view.capture);
                                    input type="hidden" name="start" value=(one.start);
                                    input type="hidden" name="end" value=(one.end);
                                    button type="submit" { (cx.t("use-passage")) }
                                })) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The part of the text that is shown, with the passage marked.
fn part(cx: &Cx, asked: &Asked, view: &View) -> Markup {
    let text: Vec<char> = view.text.chars().collect();
    let within = |at: usize| at.saturating_sub(view.from).min(text.len());
    let (start, end) = (within(view.start.unwrap_or(0)), within(view.end.unwrap_or(0)));
    let piece = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    html! {
        section aria-labelledby="text-title" {
            h2 #text-title { (cx.t("see-text")) }
            @if start < end { p { a href="#passage" { (cx.t("to-passage")) } } }
            div.captured role="region" aria-labelledby="text-title" tabindex="0" dir="auto" data-captured=(view.from) {
                @if start < end {
                    (piece(0, start)) mark #passage tabindex="-1" { (piece(start, end)) } (piece(end, text.len()))
                } @else { (view.text) }
            }
            @if view.pages > 1 {
                nav.steps aria-label=(cx.t("parts")) {
                    @if view.page > 1 { a.button rel="prev" href=(asked.at(&format!("/text/{}?page={}", view.capture, view.page - 1))) { (cx.t("previous-part")) } }
                    span { (cx.f("n-of-m", &[("n", view.page.into()), ("m", view.pages.into())])) }
                    @if view.page < view.pages { a.button rel="next" href=(asked.at(&format!("/text/{}?page={}", view.capture, view.page + 1))) { (cx.t("next-part")) } }
                }
            }
        }
    }
}

/// The form to choose a passage: by its words, or by its places.
fn choose(cx: &Cx, asked: &Asked, view: &View) -> Markup {
    let number = |at: Option<usize>| at.map_or_else(String::new, |at| at.to_string());
    html! {
        section.choose aria-labelledby="choose-title" {
            h2 #choose-title { (cx.t("choose-title")) }
            form method="post" action=(asked.at("/passages")) data-choose="" {
                (form::carried(cx))
                input type="hidden" name="capture" value=(view.capture);
                (form::lines(cx, "words", "field-words", "", 3, picks::LONGEST as usize))
                p.hint { (cx.t("words-hint")) }
                details {
                    summary { (cx.t("places")) }
                    p.hint { (cx.t("places-hint")) }
                    div.field { label for="start" { (cx.t("field-start")) } input type="number" id="start" name="start" min="0" max=(view.length) value=(number(view.start)); }
                    div.field { label for="end" { (cx.t("field-end")) } input type="number" id="end" name="end" min="0" max=(view.length) value=(number(view.end)); }
                }
                (form::submit(cx, "use-passage"))
            }
        }
    }
}

async fn show_page(cx: Cx) -> Result<Reply, Refusal> {
    let asked = Asked::of(&cx).await?;
    let copy = asked.at(&format!("/static/{}", asked.id.0));
    let body = html! {
        (asked.head(&cx, "page"))
        p.hint { (cx.t("static-hint")) }
        iframe.copy sandbox="" src=(copy) title=(cx.t("static-title")) referrerpolicy="no-referrer" {}
        p { a href=(copy) { (cx.t("static-alone")) } }
    };
    let data = serde_json::json!({ "capture": asked.id.0, "url": asked.captured.url, "media_type": asked.captured.media_type, "static": copy });
    Ok(Reply::screen(cx.t("see-page"), &data, body))
}

/// Nothing of it may run, load or be sent, however it is opened (W3C CSP 3, section 6.3).
const SHUT: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

async fn show_static(cx: Cx) -> Result<Reply, Refusal> {
    let asked = Asked::of(&cx).await?;
    copy(&cx, asked.id).await
}

/// The static copy of a capture; its text where it is no HTML. Whoever asks for it has been admitted.
pub(crate) async fn copy(cx: &Cx, id: CaptureId) -> Result<Reply, Refusal> {
    let headers = vec![(header::CONTENT_SECURITY_POLICY, SHUT.to_owned())];
    let markup = cx.app.outside.markup(id).await.map_err(Refusal::Conflict)?;
    let cleaned = match markup {
        Some(markup) => {
            let cleaned = tokio::task::spawn_blocking(move || clean(&markup)).await;
            cleaned.map_err(|_| Refusal::Broken("captured markup could not be cleaned".to_owned()))?
        }
        None => None,
    };
    let Some(cleaned) = cleaned else {
        let text: String = picks::text(&cx.app, id).await?.into_iter().collect();
        return Ok(Reply::Raw { media: "text/plain; charset=utf-8", bytes: text.into_bytes(), headers });
    };
    let page = html! {
        (DOCTYPE)
        html lang="und" {
            head {
                meta charset="utf-8";
                title { (cx.t("static-title")) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                style { "body{font:1rem/1.5 system-ui,sans-serif;margin:1rem;overflow-wrap:anywhere}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.25em}" }
            }
            // The only markup from outside that is not escaped: it was made anew from an allow-list.
            body dir="auto" { (PreEscaped(cleaned)) }
        }
    };
    Ok(Reply::Raw { media: "text/html; charset=utf-8", bytes: page.into_string().into_bytes(), headers })
}
