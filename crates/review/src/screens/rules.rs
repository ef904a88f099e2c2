//! The policy of a campaign: each change is a further row, and all of them stay in sight.

use maud::{Markup, html};
use model::{Assist, Duty};
use serde_json::json;
use store::PolicyRow;

use crate::city::policy;
use crate::cx::Cx;
use crate::form::{self, choice, lines, submit, text};
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::rules::Rules;
use crate::screens::campaigns::READERS;
use crate::screens::decide::reason_text;
use crate::screens::people::ADMINISTRATOR;

pub(crate) const ROUTES: &[Route] = &[
    get("/campaigns/{campaign}/policy", READERS, &[], "The rules of a campaign, with those before.", run!(show)),
    post(
        "/campaigns/{campaign}/policy",
        ADMINISTRATOR,
        &[
            need("threshold", Kind::Text(10)),
            may("inclusive", Kind::Word(&["yes", "no"])),
            need("assist", Kind::Word(&["evidence_only", "reveal_after_commit", "verdict_shown", "clean"])),
            need("clean", Kind::Number),
            need("inspected", Kind::Number),
            may("own_rulings", Kind::Word(&["yes", "no"])),
            need("reasons", Kind::Text(8000)),
            may("after", Kind::Number),
        ],
        "Sets the rules of a campaign from now on; `after` is the number of the policy that was read.",
        run!(set),
    ),
];

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let (no, rules) = policy(&cx.app.store, &cx.campaign().id).await?;
    let all = cx.app.store.policies(&cx.campaign().id).await?;
    let body = html! {
        p { a href={ "/campaigns/" (cx.campaign().id) } { bdi { (cx.campaign().title) } } }
        @if cx.has(&[Duty::Administrator]) {
            p { (cx.t("policy-text")) }
            (fields(&cx, no, &rules))
        }
        (history(&cx, &all))
    };
    let title = format!("{} · {}", cx.t("policy-title"), cx.campaign().title);
    Ok(Reply::screen(title, &json!({ "no": no, "rules": rules, "policies": all }), body))
}

fn fields(cx: &Cx, no: u32, rules: &Rules) -> Markup {
    let yes_no = || vec![("no".to_owned(), cx.t("word-no")), ("yes".to_owned(), cx.t("word-yes"))];
    let word = |yes: bool| if yes { "yes" } else { "no" };
    let assist: Vec<(String, String)> = Assist::ALL
        .iter()
        .map(|mode| (mode.as_str().to_owned(), cx.t(&format!("assist-{}", mode.as_str().replace('_', "-")))))
        .collect();
    form::post(cx, &format!("/campaigns/{}/policy", cx.campaign().id), |cx| {
        html! {
            input type="hidden" name="after" value=(no);
            (text(cx, "threshold", "policy-threshold", &rules.threshold.to_string(), 10, true))
            p.hint { (cx.t("policy-threshold-hint")) }
            (choice(cx, "inclusive", "policy-inclusive", &yes_no(), word(rules.inclusive)))
            (choice(cx, "assist", "policy-assist", &assist, rules.assist.as_str()))
            (text(cx, "clean", "policy-clean", &rules.clean.to_string(), 3, true))
            p.hint { (cx.t("policy-clean-hint")) }
            (text(cx, "inspected", "policy-inspected", &rules.inspected.to_string(), 3, true))
            (choice(cx, "own_rulings", "policy-own-rulings", &yes_no(), word(rules.own_rulings)))
            (lines(cx, "reasons", "policy-reasons", &rules.reasons.join("\n"), 14, 8000))
            p.hint { (cx.t("policy-reasons-hint")) }
            (submit(cx, "policy-set"))
        }
    })
}

fn history(cx: &Cx, all: &[PolicyRow]) -> Markup {
    html! {
        h2 { (cx.t("policy-history")) }
        @for row in all {
            section aria-labelledby={ "policy-" (row.no) } {
                h3 id={ "policy-" (row.no) } { (cx.f("policy-no", &[("no", row.no.into())])) }
                p { time datetime=(row.at) { (cx.words.moment(row.at)) } " · " bdi { (row.by) } }
                @if let Ok(rules) = serde_json::from_value::<Rules>(row.body.clone()) { (told(cx, &rules)) }
            }
        }
    }
}

fn told(cx: &Cx, rules: &Rules) -> Markup {
    let word = |yes: bool| cx.t(if yes { "word-yes" } else { "word-no" });
    let percent = |n: String| cx.f("percent", &[("n", n.as_str().into())]);
    html! {
        dl.facts {
            div { dt { (cx.t("policy-threshold")) } dd { (percent(rules.threshold.to_string())) } }
            div { dt { (cx.t("policy-inclusive")) } dd { (word(rules.inclusive)) } }
            div { dt { (cx.t("policy-assist")) } dd { (cx.t(&format!("assist-{}", rules.assist.as_str().replace('_', "-")))) } }
            div { dt { (cx.t("policy-clean")) } dd { (percent(rules.clean.to_string())) } }
            div { dt { (cx.t("policy-inspected")) } dd { (percent(rules.inspected.to_string())) } }
            div { dt { (cx.t("policy-own-rulings")) } dd { (word(rules.own_rulings)) } }
            div { dt { (cx.t("policy-reasons")) } dd { ul { @for code in &rules.reasons { li { (reason_text(cx, code)) " " code { (code) } } } } } }
        }
    }
}

async fn set(cx: Cx) -> Result<Reply, Refusal> {
    let campaign = cx.campaign().id.clone();
    let turn = cx.app.turn(format!("policy {campaign}"));
    let _mine = turn.lock().await;
    let (no, before) = policy(&cx.app.store, &campaign).await?;
    if !cx.field("after").is_empty() && cx.field("after") != no.to_string() {
        return Err(Refusal::Stale(json!({ "no": no, "rules": before })));
    }
    let rules = sent(&cx)?;
    if rules == before {
        return Err(Refusal::Conflict(cx.t("policy-same")));
    }
    let body = serde_json::to_value(&rules).expect("rules are plain data");
    cx.app.store.put_policy(&campaign, &body, &cx.me().id, cx.now).await?;
    cx.audit("set-policy", &campaign, json!({ "no": no + 1, "before": before, "after": rules })).await?;
    Ok(Reply::done(format!("/campaigns/{campaign}/policy?said=said-saved"), json!({ "no": no + 1, "rules": rules })))
}

/// The rules that were sent; everything that is wrong with them is told at once.
fn sent(cx: &Cx) -> Result<Rules, Refusal> {
    let mut wrong = Vec::new();
    let mut fault = |field: &str, key: &str| wrong.push((field.to_owned(), cx.t(key)));
    let threshold = cx.field("threshold").replace(',', ".").parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share));
    if threshold.is_none() {
        fault("threshold", "policy-share-wrong");
    }
    let mut share = |field: &str| {
        let share = cx.field(field).parse::<u32>().ok().filter(|share| *share <= 100);
        if share.is_none() {
            fault(field, "policy-share-wrong");
        }
        share.unwrap_or_default()
    };
    let (clean, inspected) = (share("clean"), share("inspected"));
    let assist = Assist::ALL.into_iter().find(|mode| mode.as_str() == cx.field("assist")).unwrap_or_default();
    let mut reasons: Vec<String> = Vec::new();
    for line in cx.field("reasons").lines().map(str::trim).filter(|line| !line.is_empty()) {
        let good =
            line.len() <= 60 && line.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !good {
            wrong.push(("reasons".to_owned(), cx.f("policy-reason-wrong", &[("word", line.into())])));
        } else if !reasons.iter().any(|known| known == line) {
            reasons.push(line.to_owned());
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::Wrong(wrong));
    }
    Ok(Rules {
        threshold: threshold.unwrap_or_default(),
        inclusive: cx.field("inclusive") == "yes",
        assist,
        clean,
        inspected,
        own_rulings: cx.field("own_rulings") == "yes",
        reasons,
    })
}
