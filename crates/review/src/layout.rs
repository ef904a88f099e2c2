//! What all pages share: head, navigation, messages, and what is said when something is refused.

use maud::{DOCTYPE, Markup, html};
use model::Duty;
use url::Url;

use crate::asset;
use crate::cx::Cx;
use crate::form;
use crate::reply::Refusal;
use crate::words::Words;

/// Addresses of the navigation, with the keys of their texts and who sees them.
const PLACES: [(&str, &str, &[Duty]); 9] = [
    ("/work", "nav-work", &[Duty::Assessor]),
    ("/cities", "nav-cities", &[Duty::Reviewer, Duty::Senior, Duty::Auditor, Duty::Administrator]),
    ("/campaigns", "nav-campaigns", &[Duty::Administrator, Duty::Auditor]),
    ("/people", "nav-people", &[Duty::Administrator]),
    ("/appeals", "nav-appeals", &[Duty::Reviewer, Duty::Senior, Duty::Auditor]),
    ("/drift", "nav-drift", &[Duty::Reviewer, Duty::Senior, Duty::Auditor]),
    ("/agreement", "nav-agreement", &[Duty::Reviewer, Duty::Senior, Duty::Auditor]),
    ("/exports", "nav-exports", &[Duty::Reviewer, Duty::Senior, Duty::Auditor, Duty::Viewer]),
    ("/audit", "nav-audit", &[Duty::Auditor, Duty::Administrator, Duty::Assessor, Duty::Reviewer, Duty::Senior]),
];

/// Messages that an address may ask for by `?said=`.
const SAID: [&str; 13] = [
    "said-saved",
    "said-decided",
    "said-sealed",
    "said-imported",
    "said-signed-in",
    "said-signed-out",
    "said-password",
    "said-added",
    "said-begun",
    "said-ruled",
    "said-signed-off",
    "said-released",
    "said-sent",
];

/// A whole page.
pub(crate) fn page(cx: &Cx, title: &str, language: Option<&str>, body: &Markup) -> Markup {
    let words = cx.words;
    let chosen = |name: &str, usual: &'static str| {
        let own = cx.who.as_ref().and_then(|who| who.preferences[name].as_str()).unwrap_or(usual);
        own.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let said = cx.fields.iter().find(|(name, _)| name == "said").map(|(_, key)| key.as_str());
    html! {
        (DOCTYPE)
        html lang=(words.tag) dir=(words.direction()) data-theme=(chosen("theme", "auto")) data-size=(chosen("size", "normal")) {
            (head(title, cx))
            body {
                a.skip href="#main" { (cx.t("skip")) }
                header.top {
                    a.brand href="/" { "Portolan" }
                    @if let Some(who) = &cx.who {
                        nav aria-label=(cx.t("nav")) {
                            ul {
                                @for (to, key, duties) in PLACES {
                                    @if cx.has(duties) {
                                        li { a href=(to) aria-current=[cx.path.starts_with(to).then_some("page")] { (cx.t(key)) } }
                                    }
                                }
                                li { a href="/releases" aria-current=[cx.path.starts_with("/releases").then_some("page")] { (cx.t("nav-releases")) } }
                            }
                        }
                        div.who {
                            a href="/help" { (cx.t("nav-help")) }
                            a href="/me" { bdi { (who.id) } }
                            (form::post(cx, "/session/end", |cx| html! { button.link type="submit" { (cx.t("sign-out")) } }))
                        }
                    } @else {
                        div.who {
                            a href="/releases" { (cx.t("nav-releases")) }
                            a href="/help" { (cx.t("nav-help")) }
                            a href="/sign-in" { (cx.t("sign-in")) }
                        }
                    }
                }
                main #main tabindex="-1" {
                    @if let Some(key) = said.filter(|key| SAID.contains(key)) {
                        p.said role="status" { (cx.t(key)) " " time datetime=(cx.now) { (words.moment(cx.now)) } }
                    }
                    h1 { bdi lang=[language] dir=[direction(words, title)] { (title) } }
                    (body)
                }
                footer {
                    (languages(cx))
                }
            }
        }
    }
}

/// A sentence of ours runs as its reader reads, even if it begins with a name in other letters; a bare name runs by itself.
/// What sentences are filled with is isolated (U+2068), by which they are known.
pub(crate) fn direction(words: &Words, title: &str) -> Option<&'static str> {
    title.contains('\u{2068}').then(|| words.direction())
}

fn head(title: &str, cx: &Cx) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            title { (title) " – Portolan" }
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            link rel="stylesheet" href=(asset::STYLE.path());
            link rel="icon" href=(asset::ICON.path()) type="image/svg+xml";
            script src=(asset::SCRIPT.path()) defer {}
            @if let Some(keys) = cx.who.as_ref().and_then(|who| who.preferences["keys"].as_str()) {
                meta name="keys" content=(keys);
            }
        }
    }
}

/// The page in other languages; whoever is signed in chooses in the profile.
fn languages(cx: &Cx) -> Markup {
    html! {
        @if cx.who.is_none() {
            ul.languages {
                @for words in Words::all() {
                    li { a href={ "?lang=" (words.tag) } lang=(words.tag) hreflang=(words.tag) aria-current=[(words.tag == cx.words.tag).then_some("true")] { (words.name) } }
                }
            }
        }
    }
}

/// Title and text of a refusal.
pub(crate) fn said(cx: &Cx, refusal: &Refusal) -> (String, String) {
    let (title, text) = match refusal {
        Refusal::SignIn => ("sign-in", "sign-in-needed"),
        Refusal::Unknown => ("unknown-title", "unknown-text"),
        Refusal::Forbidden(why) => ("forbidden-title", *why),
        Refusal::Wrong(_) => ("wrong-title", "wrong-text"),
        Refusal::Stale(_) => ("stale-title", "stale-text"),
        Refusal::Conflict(what) => return (cx.t("conflict-title"), what.clone()),
        Refusal::TooMany(seconds) => {
            let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
            return (cx.t("too-many-title"), cx.f("too-many-text", &[("minutes", minutes.into())]));
        }
        Refusal::Broken(_) => ("broken-title", "broken-text"),
        Refusal::Page(why, ..) => return said(cx, why),
    };
    (cx.t(title), cx.t(text))
}

/// The page of a refusal. What was typed is not lost: it can be sent again from here.
pub(crate) fn refused(cx: &Cx, refusal: &Refusal, title: &str, detail: &str) -> Markup {
    if let Refusal::Page(_, title, body) = refusal {
        return page(cx, &title.words, title.language.as_deref(), body);
    }
    let body = html! {
        @if matches!(refusal, Refusal::SignIn) { p { (detail) } } @else { (problem(cx, refusal, detail, false)) }
        @match refusal {
            Refusal::SignIn => (crate::screens::sign_in::form(cx)),
            Refusal::Wrong(_) | Refusal::Stale(_) | Refusal::Conflict(_) => (form::again(cx)),
            _ => p { a href="/" { (cx.t("to-start")) } },
        }
    };
    page(cx, title, None, &body)
}

/// What is wrong, to begin a page with; with links to the fields where they are on the same page.
pub(crate) fn problem(cx: &Cx, refusal: &Refusal, detail: &str, linked: bool) -> Markup {
    html! {
        div.problem role="alert" tabindex="-1" {
            p { (detail) }
            @if let Refusal::Wrong(fields) = refusal {
                ul {
                    @for (name, what) in fields {
                        li {
                            @if linked { a href={ "#" (name) } { (field_name(cx, name)) } } @else { strong { bdi { (field_name(cx, name)) } } }
                            ": " (what)
                        }
                    }
                }
            }
        }
    }
}

/// The way to a page as it is now, in a window of its own; none where the name is one that nobody can have (RFC 2606).
pub(crate) fn live(cx: &Cx, url: &str, words: &str) -> Markup {
    let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let reserved = [".example", ".test", ".invalid"].iter().any(|end| host.ends_with(end));
    html! {
        @if reserved { span.hint { (cx.t("live-none")) } }
        @else { a data-key="live" href=(url) rel="noopener noreferrer external" target="_blank" { (cx.t(words)) } }
    }
}

/// A table in a region with its name, which scrolls where the table is wider than the page: with keys too, and without scripts.
pub(crate) fn wide(caption: &str, rows: &Markup) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label=(caption) {
            table { caption { (caption) } (rows) }
        }
    }
}

/// A day without a clock, as `2031-01-31`.
pub(crate) fn date(cx: &Cx, day: &str) -> Markup {
    html! { bdi { time datetime=(day) { (cx.words.date(day)) } } }
}

/// Words of the instrument, which are in its language whatever the reader's.
pub(crate) fn worded(cx: &Cx, words: &str) -> Markup {
    html! { bdi lang=(cx.app.instrument.language) { (words) } }
}

/// A field in words.
pub(crate) fn field_name(cx: &Cx, name: &str) -> String {
    let plain = name.replace('_', "-");
    let known =
        ["field-", "", "me-", "policy-", "assign-"].map(|of| format!("{of}{plain}")).into_iter().find(|key| cx.words.has(key));
    known.map_or_else(|| name.to_owned(), |key| cx.t(&key))
}

/// A page without a request behind it.
pub(crate) fn plain(words: &Words, title: &str, text: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.tag) dir=(words.direction()) {
            head {
                meta charset="utf-8";
                title { (title) " – Portolan" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                link rel="stylesheet" href=(asset::STYLE.path());
            }
            body {
                main #main { h1 { bdi { (title) } } p { (text) } p { a href="/" { (words.say("to-start")) } } }
            }
        }
    }
}

/// Text in which a passage is marked.
pub(crate) fn marked(before: &str, passage: &str, after: &str) -> Markup {
    html! { (before) mark { (passage) } (after) }
}
