//! Statistics: how far assessors agree, how good the machine's proposals were, what time they save. Every number with what it is
//! counted over, and where there is none, why.

use maud::{Markup, html};
use model::Duty;
use score::{Agreement, Interval, NotMeasured, Precision, Quality, Saved, Share};
use serde::Serialize;
use serde_json::{Value, json};

use crate::cx::Cx;
use crate::export::Material;
use crate::layout::worded;
use crate::overview::Round;
use crate::policy::{Need, On, Verdict, may};
use crate::reply::{Refusal, Reply};
use crate::route::{Route, get, run};
use crate::stats::{Measured, Over, Proposals, Slice, Stats};

const READERS: Need = Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor]);

pub(crate) const ROUTES: &[Route] = &[
    get("/agreement", READERS, &[], "How far the assessors of each campaign agree.", run!(list)),
    get(
        "/agreement/{campaign}",
        READERS,
        &[],
        "How far assessors agree and how good the proposals were, part by part.",
        run!(show),
    ),
];

#[derive(Serialize)]
struct Row {
    campaign: String,
    title: String,
    all: Agreement,
}

async fn list(cx: Cx) -> Result<Reply, Refusal> {
    let mut rows = Vec::new();
    for campaign in cx.app.store.campaigns().await? {
        let Some(material) = readable(&cx, &campaign.id).await? else { continue };
        let stats = Stats::of(&cx.app.instrument, &material.rounds, &material.decisions, &Proposals::new());
        let Some(all) = stats.agreement.first() else { continue };
        rows.push(Row { campaign: campaign.id, title: campaign.title, all: all.of });
    }
    cx.audit("read", "agreement", json!({})).await?;
    let shown = rows.iter().map(|row| {
        let name = html! { a href={ "/agreement/" (row.campaign) } { bdi { (row.title) } } };
        (name, row.all)
    });
    let body = html! {
        p { (cx.t("agreement-text")) }
        p.hint { (cx.t("stats-read")) }
        @if rows.is_empty() { p { (cx.t("cities-none")) } } @else {
            (agreements(&cx, "stats-over-campaign", "stats-campaign", &shown.collect::<Vec<_>>()))
        }
    };
    Ok(Reply::screen(cx.t("stats-title"), &json!({ "campaigns": rows }), body))
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let material = readable(&cx, &cx.campaign().id).await?.ok_or(Refusal::Unknown)?;
    let proposals = material.proposals(&cx.app.store).await?;
    let stats = Stats::of(&cx.app.instrument, &material.rounds, &material.decisions, &proposals);
    cx.audit("read", &format!("agreement {}", cx.campaign().id), json!({})).await?;
    let some = |over: Over| {
        let own = stats.agreement.iter().filter(move |one| one.over == over);
        own.map(|one| (part(&cx, &material, one.over, &one.part), one.of)).collect::<Vec<_>>()
    };
    let all = stats.agreement.first().map(|one| one.of).filter(|all| all.n > 0);
    let body = html! {
        p { a href="/agreement" { (cx.t("stats-title")) } }
        p { (cx.t("agreement-text")) }
        p.hint { (cx.t("stats-read")) }
        section aria-labelledby="agreement" {
            h2 id="agreement" { (cx.t("nav-agreement")) }
            @if all.is_none() { p { (cx.t("agreement-none")) } } @else {
                @for (over, head) in [
                    (Over::All, "stats-part"), (Over::City, "agreement-city-round"), (Over::Criterion, "cities-criterion"),
                    (Over::Language, "stats-language"), (Over::Assist, "rule-shown"), (Over::Pair, "stats-pair"),
                    (Over::Indicator, "stats-indicator"),
                ] {
                    (agreements(&cx, &format!("stats-over-{}", over.as_str()), head, &some(over)))
                }
            }
        }
        (machine(&cx, &material, &stats))
    };
    let title = cx.f("stats-of", &[("campaign", (&cx.campaign().title).into())]);
    Ok(Reply::screen(title, &json!({ "campaign": cx.campaign().id, "stats": stats }), body))
}

/// What whoever asks may read of a campaign.
async fn readable(cx: &Cx, campaign: &str) -> Result<Option<Material>, Refusal> {
    let reads = |round: &Round| {
        let on = On { slot: None, city: Some(round.facts()) };
        may(cx.who.as_ref(), Need::ReadCity, &on) == Verdict::Yes
    };
    Ok(Material::load(&cx.app.store, campaign, None, reads).await?)
}

/// What a part is called.
fn part(cx: &Cx, material: &Material, over: Over, part: &str) -> Markup {
    match over {
        Over::All => html! { (cx.t("stats-all")) },
        Over::City => {
            let round = material.rounds.iter().find(|round| format!("{}/{}", round.portal.id, round.round) == part);
            html! { @if let Some(round) = round { bdi { (round.portal.city) } " (" (cx.words.number(round.round.into())) ")" } }
        }
        Over::Criterion => {
            let known = cx.app.instrument.criteria.iter().find(|one| one.id == part);
            html! { (worded(cx, known.map_or(part, |one| &one.name))) }
        }
        Over::Indicator => {
            let known = cx.app.indicator(part);
            html! { span.code { (part) } " " @if let Some(one) = known { (worded(cx, &one.title)) } }
        }
        Over::Language if part.is_empty() => html! { (cx.t("stats-no-language")) },
        Over::Language | Over::Pair => html! { bdi { (part) } },
        Over::Assist => html! { (cx.t(&format!("rule-assist-{part}"))) },
        Over::Band => html! { (cx.t(&format!("stats-band-{part}"))) },
    }
}

fn agreements(cx: &Cx, caption: &str, head: &str, rows: &[(Markup, Agreement)]) -> Markup {
    let heads = ["stats-pairs", "stats-same", "stats-ac1", "stats-kappa", "stats-alpha", "stats-yes"];
    table(cx, caption, head, &heads, rows, |own| {
        let same = own.same.ok().zip(own.interval.ok());
        vec![
            cx.words.number(own.n.into()),
            same.map_or_else(|| why(cx, own.same.err()), |(same, ends)| share(cx, same, ends)),
            number(cx, own.ac1),
            number(cx, own.kappa),
            number(cx, own.alpha),
            own.yes.map_or_else(|reason| why(cx, Some(reason)), |yes| plain(cx, yes)),
        ]
    })
}

/// A table of parts; nothing if there are none.
fn table<T>(
    cx: &Cx,
    caption: &str,
    head: &str,
    heads: &[&str],
    rows: &[(Markup, T)],
    cells: impl Fn(&T) -> Vec<String>,
) -> Markup {
    html! {
        @if !rows.is_empty() {
            div.scroll tabindex="0" role="region" aria-label=(cx.t(caption)) {
                table {
                    caption { (cx.t(caption)) }
                    thead { tr { th scope="col" { (cx.t(head)) } @for head in heads { th scope="col" { (cx.t(head)) } } } }
                    tbody { @for (name, own) in rows {
                        tr { th scope="row" { (name) } @for cell in cells(own) { td { (cell) } } }
                    } }
                }
            }
        }
    }
}

fn machine(cx: &Cx, material: &Material, stats: &Stats) -> Markup {
    let all = stats.machine.first().filter(|all| all.of.quality.n > 0);
    let some = |over: Over| {
        let own = stats.machine.iter().filter(move |one| one.over == over);
        own.map(|one| (part(cx, material, one.over, &one.part), one.of.clone())).collect::<Vec<_>>()
    };
    let heads = ["stats-answers", "stats-verdict", "stats-evidence", "stats-replaced", "stats-recall"];
    let cells = |own: &Measured| quality(cx, &own.quality);
    html! {
        section aria-labelledby="machine" {
            h2 id="machine" { (cx.t("stats-machine")) }
            p { (cx.t("stats-machine-text")) }
            @if let Some(all) = all {
                (table(cx, "stats-over-all", "stats-part", &heads, &some(Over::All), cells))
                (calibration(cx, all))
                @for (over, head) in [
                    (Over::Criterion, "cities-criterion"), (Over::Language, "stats-language"), (Over::Assist, "rule-shown"),
                    (Over::Indicator, "stats-indicator"),
                ] {
                    (table(cx, &format!("stats-over-{}", over.as_str()), head, &heads, &some(over), cells))
                }
            } @else { p { (cx.t("stats-machine-none")) } }
            h3 { (cx.t("stats-saved")) }
            p { (saved(cx, &stats.saved)) }
        }
    }
}

fn quality(cx: &Cx, of: &Quality) -> Vec<String> {
    vec![
        cx.words.number(of.n.into()),
        precision(cx, of.verdict),
        precision(cx, of.evidence),
        of.replaced.map_or_else(|reason| why(cx, Some(reason)), |share| plain(cx, share)),
        precision(cx, of.recall),
    ]
}

/// How often a proposal of yes became one, by how sure the machine was.
fn calibration(cx: &Cx, all: &Slice<Measured>) -> Markup {
    let rows: Vec<(Markup, score::Calibrated)> = all
        .of
        .quality
        .bands
        .iter()
        .rev()
        .map(|one| (html! { (cx.t(&format!("stats-band-{}", one.band.as_str()))) }, *one))
        .collect();
    table(cx, "stats-calibration", "stats-band", &["stats-proposed", "stats-became"], &rows, |one| {
        vec![cx.words.number(one.n.into()), precision(cx, one.became_yes)]
    })
}

fn saved(cx: &Cx, of: &Result<Saved, NotMeasured>) -> String {
    match of {
        Err(reason) => why(cx, Some(*reason)),
        Ok(saved) => cx.f(
            "stats-saved-text",
            &[
                ("median", rounded(saved.median, 10.0).into()),
                ("low", rounded(saved.interval.low, 10.0).into()),
                ("high", rounded(saved.interval.high, 10.0).into()),
                ("assessors", saved.assessors.into()),
                ("clean", saved.clean.into()),
                ("assisted", saved.assisted.into()),
            ],
        ),
    }
}

fn precision<E: Serialize>(cx: &Cx, of: Result<Precision, E>) -> String {
    of.map_or_else(|reason| why(cx, Some(reason)), |of| share(cx, of.share, of.interval))
}

/// A share with its interval.
fn share(cx: &Cx, of: Share, ends: Interval) -> String {
    let percent = |part: f64| rounded(100.0 * part, 10.0);
    cx.f(
        "stats-share",
        &[
            ("share", percent(of.value()).into()),
            ("part", of.numerator().into()),
            ("of", of.denominator().into()),
            ("low", percent(ends.low).into()),
            ("high", percent(ends.high).into()),
        ],
    )
}

/// A share without one.
fn plain(cx: &Cx, of: Share) -> String {
    let share = rounded(100.0 * of.value(), 10.0);
    cx.f("stats-plain", &[("share", share.into()), ("part", of.numerator().into()), ("of", of.denominator().into())])
}

fn number<E: Serialize>(cx: &Cx, of: Result<f64, E>) -> String {
    of.map_or_else(|reason| why(cx, Some(reason)), |of| cx.f("stats-number", &[("n", rounded(of, 100.0).into())]))
}

fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
}

/// Why there is no number, in words.
fn why<E: Serialize>(cx: &Cx, reason: Option<E>) -> String {
    let word = serde_json::to_value(reason).unwrap_or(Value::Null);
    cx.t(&format!("stats-why-{}", word.as_str().unwrap_or("nothing")))
}
