//! What reviewers say to a city about what it lacks, in the place of the words of the configuration.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Choice, Code};
use serde_json::json;
use store::Message;

use crate::app::App;
use crate::cx::Cx;
use crate::error::{Error, rule};
use crate::form::{self, submit};
use crate::policy::Need;
use crate::public::{Edited, Maker};
use crate::published::Published;
use crate::reply::{Refusal, Reply};
use crate::results::Results;
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::cities::{at, object};
use crate::words::Words;

/// Characters of a text: what is longer would push the page of the city over one sheet.
const MOST: usize = 200;

const LANG: crate::route::Input = may("lang", Kind::Text(10));

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/cities/{campaign}/{portal}/{round}/messages",
        Need::Rule,
        &[LANG],
        "What the page of a city says about what it lacks, to be edited.",
        run!(show),
    ),
    post(
        "/cities/{campaign}/{portal}/{round}/messages",
        Need::Rule,
        &[need("code", Kind::Text(40)), LANG, may("missing", Kind::Text(MOST)), may("why", Kind::Text(MOST))],
        "Says in own words what a city lacks; empty words bring those of the configuration back.",
        run!(say),
    ),
];

/// Where that is done.
pub(crate) fn place(campaign: &str, portal: &str, round: u32, words: &Words) -> String {
    format!("/cities/{campaign}/{portal}/{round}/messages?lang={}", words.tag)
}

/// What reviewers said to a city, by indicator; nothing of what was taken back.
pub(crate) async fn edits(app: &App, campaign: &str, portal: &str, words: &Words) -> Result<BTreeMap<Code, Edited>, Refusal> {
    let kept = app.store.messages(campaign, portal, words.tag).await?;
    let said = kept.into_iter().filter(|one| !(one.missing.is_empty() && one.why.is_empty()));
    let edited = said.map(|one| {
        let code = Code::new(&one.code).map_err(|error| rule(format!("a message names no indicator: {error}")))?;
        Ok((code, Edited { missing: one.missing, why: one.why, by: one.by, at: one.at }))
    });
    Ok(edited.collect::<Result<_, Error>>()?)
}

/// The last release in which the city is.
async fn last(cx: &Cx) -> Result<Published, Refusal> {
    let portal = &cx.city().portal.id;
    let all = Published::all(&cx.app.store, cx.campaign()).await?;
    let last = all.into_iter().rfind(|one| one.release.cities.iter().any(|city| city.portal == *portal));
    last.ok_or_else(|| Refusal::Conflict(cx.t("messages-unreleased")))
}

fn language(cx: &Cx) -> Result<&'static Words, Refusal> {
    match cx.field("lang") {
        "" => Ok(cx.words),
        tag => Words::of(tag).ok_or_else(|| cx.wrong("lang", "field-unknown")),
    }
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let (city, words) = (cx.city(), language(&cx)?);
    let published = last(&cx).await?;
    let results = Results::of(&cx.app, &published).await?;
    let Some(result) = results.city(&city.portal.id) else { return Err(Refusal::Conflict(cx.t("sheet-partial"))) };
    let edits = edits(&cx.app, &city.campaign, &city.portal.id, words).await?;
    let made = Maker { app: &cx.app, results: &results, city: result, words };
    let messages = made.messages(&edits)?;
    let page = format!("/releases/{}/{}/{}/page?lang={}", city.campaign, results.number, city.portal.id, words.tag);
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(at(city, "")) { bdi { (city.portal.city) } } }
        p { (cx.t("messages-text")) }
        p { a href=(page) { (cx.t("sheet-open")) } }
        ul.languages { @for other in Words::all() {
            li { a href={ "?lang=" (other.tag) } lang=(other.tag) hreflang=(other.tag) aria-current=[(other.tag == words.tag).then_some("true")] { (other.name) } }
        } }
        @if messages.is_empty() { p { (cx.t("messages-none")) } }
        @for one in &messages {
            section aria-labelledby={ "code-" (one.point.code) } lang=(words.tag) dir=(words.direction()) {
                h2 id={ "code-" (one.point.code) } { span.code { (one.point.code) } " " (one.point.title.text) }
                @if let Some(edited) = &one.edited {
                    p.hint lang=(cx.words.tag) dir=(cx.words.direction()) { (cx.f("sheet-edited", &[("person", (&edited.by).into()), ("date", (&cx.words.day(edited.at)).into())])) }
                }
                (fields(&cx, words, &one.point.code, [("missing", &one.missing.text), ("why", &one.why.text)]))
            }
        }
    };
    Ok(Reply::screen(cx.t("sheet-edit"), &json!({ "language": words.tag, "messages": messages }), body))
}

fn fields(cx: &Cx, words: &Words, code: &Code, texts: [(&str, &String); 2]) -> Markup {
    let mine = cx.typed("code").is_some_and(|typed| typed == code.as_str());
    form::post(cx, &at(cx.city(), "/messages"), |cx| {
        html! {
            input type="hidden" name="code" value=(code);
            input type="hidden" name="lang" value=(words.tag);
            @for (name, text) in texts {
                div.field {
                    label for={ (name) "-" (code) } lang=(cx.words.tag) { (cx.t(&format!("messages-{name}"))) }
                    textarea id={ (name) "-" (code) } name=(name) rows="3" maxlength=(MOST) dir="auto" { (cx.typed(name).filter(|_| mine).unwrap_or(text)) }
                }
            }
            (submit(cx, "messages-send"))
        }
    })
}

async fn say(cx: Cx) -> Result<Reply, Refusal> {
    let (city, words) = (cx.city(), language(&cx)?);
    let published = last(&cx).await?;
    let signed = published.sign_offs(&cx.app.store).await?;
    let code = cx.field("code");
    // A text about an answer that is not there, or that is a yes, would be about nothing.
    let lacks = signed
        .get(&city.portal.id)
        .is_some_and(|(_, signed)| signed.finals.iter().any(|one| one.code.as_str() == code && one.answer == Choice::No));
    if !lacks {
        return Err(cx.wrong("code", "messages-not-missing"));
    }
    let one_line = |name: &str| cx.field(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let made = Message {
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        language: words.tag.to_owned(),
        code: code.to_owned(),
        missing: one_line("missing"),
        why: one_line("why"),
        at: cx.now,
        by: cx.me().id.clone(),
    };
    cx.app.store.put_message(&made).await?;
    let detail = json!({ "code": made.code, "language": made.language, "missing": made.missing, "why": made.why });
    cx.audit("message", &object(city), detail).await?;
    let to = format!("{}&said=said-saved", place(&city.campaign, &city.portal.id, city.round, words));
    Ok(Reply::done(to, json!(made)))
}
