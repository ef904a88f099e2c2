//! Lessons learned: what was hard, so that the next campaign goes better.

use maud::{Markup, html};
use model::Code;
use score::{Agreement, Share};

use crate::public::chart::wide;
use crate::public::learned::{Appeals, Learned};
use crate::public::scene::Scene;

/// Rows of a table at most: the rest is not what was hard.
const ROWS: usize = 15;

/// The page.
pub(crate) fn page(scene: &Scene<'_>, learned: &Learned, appeals: Appeals) -> Markup {
    html! {
        p.lead { (scene.t("site-lessons-says")) }
        (agreement(scene, &learned.agreement))
        (section(scene, "hard", &hard(scene, learned)))
        (section(scene, "open", &open(scene, learned)))
        (section(scene, "reasons", &html! {
            (reasons(scene, "reasons", &learned.reasons))
            (reasons(scene, "rulings", &learned.rulings))
        }))
        (section(scene, "corrections", &html! {
            dl.facts.large {
                div { dt { (scene.t("site-over-cities")) } dd { (scene.words.number(learned.over.into())) } }
                div { dt { (scene.t("site-reopened")) } dd { (scene.words.number(learned.reopened.into())) } }
                div { dt { (scene.t("site-appeals")) } dd { (scene.words.number(appeals.sent.into())) } }
                @if appeals.sent > 0 {
                    div { dt { (scene.t("site-appeals-reopened")) } dd { (scene.words.number(appeals.reopened.into())) } }
                    div { dt { (scene.t("site-appeals-declined")) } dd { (scene.words.number(appeals.declined.into())) } }
                }
            }
        }))
        (section(scene, "time", &html! {
            dl.facts.large {
                @if let Some(days) = learned.days { div { dt { (scene.t("site-days")) } dd { (scene.words.number(days)) } } }
                @if let Some(minutes) = learned.minutes { div { dt { (scene.t("site-minutes")) } dd { (scene.words.number(minutes)) } } }
            }
            @if learned.minutes.is_none() { p { (scene.t("site-minutes-none")) } }
        }))
    }
}

fn section(scene: &Scene<'_>, name: &str, body: &Markup) -> Markup {
    html! {
        section aria-labelledby=(name) {
            h2 id=(name) { (scene.t(&format!("site-{name}"))) }
            p { (scene.t(&format!("site-{name}-says"))) }
            (body)
        }
    }
}

/// All numbers of agreement beside each other, since none says it alone.
fn agreement(scene: &Scene<'_>, of: &Agreement) -> Markup {
    html! {
        section aria-labelledby="agreement" {
            h2 #agreement { (scene.t("site-agreement")) }
            p { (scene.t("site-agreement-says")) " " (scene.t("site-coefficients-says")) }
            dl.facts.large {
                div { dt { (scene.t("site-agreed")) } dd { (scene.share(of.same)) } }
                @if let Ok(interval) = of.interval { div { dt { (scene.t("site-interval")) } dd { (scene.percent(interval.low)) " – " (scene.percent(interval.high)) } } }
                div { dt { (scene.t("site-kappa")) } dd { (scene.coefficient(of.kappa)) } }
                div { dt { (scene.t("site-alpha")) } dd { (scene.coefficient(of.alpha)) } }
                div { dt { (scene.t("site-ac1")) } dd { (scene.coefficient(of.ac1)) } }
                div { dt { (scene.t("site-prevalence")) } dd { (scene.share(of.yes)) } }
            }
        }
    }
}

fn indicator(scene: &Scene<'_>, code: &Code) -> Markup {
    html! { th scope="row" { span.code { (code) } " " (scene.indicator(code).shown()) } }
}

/// Indicators on which assessors agreed the least.
fn hard(scene: &Scene<'_>, learned: &Learned) -> Markup {
    let hardest = learned.hardest();
    if hardest.is_empty() {
        return html! { p { (scene.t("site-hard-none")) } };
    }
    let head = html! { tr {
        th scope="col" { (scene.t("release-indicator")) }
        th.number scope="col" { (scene.t("site-agreed")) }
        th.number scope="col" { (scene.t("site-ac1")) }
    } };
    let body = html! { @for (code, of) in hardest.iter().take(ROWS) {
        tr { (indicator(scene, code)) td.number { (scene.share(of.same)) } td.number { (scene.coefficient(of.ac1)) } }
    } };
    wide("hard-table", &html! { (scene.t("site-hard-caption")) }, &head, &body)
}

/// Indicators that could not be answered the most often.
fn open(scene: &Scene<'_>, learned: &Learned) -> Markup {
    let open = learned.unanswered();
    if open.is_empty() {
        return html! { p { (scene.t("site-open-none")) } };
    }
    let head = html! { tr { th scope="col" { (scene.t("release-indicator")) } th.number scope="col" { (scene.t("site-open-answers")) } } };
    let body = html! { @for (code, (open, of)) in open.iter().take(ROWS) {
        tr { (indicator(scene, code)) td.number { (scene.share(Share::new(*open, *of))) } }
    } };
    wide("open-table", &html! { (scene.t("site-open-caption")) }, &head, &body)
}

/// Reasons with how often each was given.
fn reasons(scene: &Scene<'_>, name: &str, counts: &[(String, u32)]) -> Markup {
    if counts.is_empty() {
        return html! { p { (scene.t(&format!("site-{name}-none"))) } };
    }
    let words = |key: &str| {
        let known = format!("reason-{key}");
        if scene.words.has(&known) { scene.t(&known) } else { key.to_owned() }
    };
    let head = html! { tr { th scope="col" { (scene.t("release-reason")) } th.number scope="col" { (scene.t("site-times")) } } };
    let body = html! { @for (key, count) in counts.iter().take(ROWS) {
        tr { th scope="row" { bdi { (words(key)) } } td.number { (scene.words.number((*count).into())) } }
    } };
    wide(&format!("{name}-table"), &html! { (scene.t(&format!("site-{name}-caption"))) }, &head, &body)
}
