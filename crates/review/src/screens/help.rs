//! Help, the same for everybody: words, steps of a campaign, keys, and where to ask.

use maud::html;
use serde_json::json;

use crate::cx::Cx;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Route, get, run};
use crate::screens::keys::Keys;

pub(crate) const ROUTES: &[Route] = &[get("/help", Need::Anyone, &[], "Words, steps and keys.", run!(show))];

/// Words that screens use, each for one thing.
const WORDS: [&str; 18] = [
    "instrument",
    "indicator",
    "campaign",
    "portal",
    "survey",
    "capture",
    "miss",
    "finding",
    "evidence",
    "coverage",
    "assignment",
    "decision",
    "seal",
    "comparison",
    "ruling",
    "sign-off",
    "release",
    "score",
];

/// Steps of a campaign.
const STEPS: [&str; 9] = ["people", "campaign", "survey", "assign", "decide", "seal", "rule", "sign-off", "release"];

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let keys = Keys::of(cx.who.as_ref());
    let told = |kind: &str, names: &[&str]| -> Vec<(String, String)> {
        let text = |name: &&str| (cx.t(&format!("help-{kind}-{name}")), cx.t(&format!("help-{kind}-{name}-text")));
        names.iter().map(text).collect()
    };
    let (words, steps) = (told("word", &WORDS), told("step", &STEPS));
    let body = html! {
        nav aria-label=(cx.t("help-on-page")) {
            ul {
                @for part in ["steps", "words", "keys", "ask"] { li { a href={ "#" (part) } { (cx.t(&format!("help-{part}"))) } } }
            }
        }
        h2 #steps { (cx.t("help-steps")) }
        ol { @for (name, text) in &steps { li { strong { (name) } ": " (text) } } }
        p { (cx.t("help-blind")) }
        h2 #words { (cx.t("help-words")) }
        dl { @for (word, text) in &words { dt { (word) } dd { (text) } } }
        h2 #keys { (cx.t("help-keys")) }
        p { (cx.t("help-keys-text")) }
        @if keys.off { p { strong { (cx.t("help-keys-off")) } } }
        (keys.table(&cx))
        p {
            (cx.t("help-keys-switch"))
            @if cx.who.is_some() { " " a href="/me" { (cx.t("me-title")) } }
        }
        h2 #ask { (cx.t("help-ask")) }
        p { (cx.t("help-ask-text")) }
    };
    Ok(Reply::screen(cx.t("nav-help"), &json!({ "words": words, "steps": steps, "keys": keys }), body))
}
