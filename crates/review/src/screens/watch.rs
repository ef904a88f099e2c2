//! Watching over it all: changes on portals, agreement of assessors, exports.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::Duty;
use report::decisions::{Flavour, Line, write_csv};
use serde::Serialize;
use serde_json::json;

use crate::agreement::{Agreement, Pair, pairs};
use crate::cx::Cx;
use crate::layout::wide;
use crate::overview::{Overview, decisions};
use crate::policy::{Need, On, Verdict, may as allowed};
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, run};
use crate::tables::Readable;

const READERS: Need = Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor]);
const TAKERS: Need = Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor, Duty::Viewer]);
const FLAVOUR: &[Input] = &[may("flavour", Kind::Word(&["raw", "spreadsheet"]))];

pub(crate) const ROUTES: &[Route] = &[
    get("/drift", READERS, &[], "Changes of pages on which published answers rest.", run!(drift)),
    get("/agreement", READERS, &[], "How far assessors agree.", run!(agreement)),
    get("/exports", TAKERS, &[], "What can be taken along.", run!(exports)),
    get("/exports/{campaign}/decisions.csv", TAKERS, FLAVOUR, "The decisions of a campaign as CSV.", run!(decided)),
    get("/exports/{campaign}/finals.csv", TAKERS, FLAVOUR, "The final answers of a campaign as CSV.", run!(finals)),
    get("/exports/{campaign}/differences.csv", TAKERS, FLAVOUR, "The differences of a campaign as CSV.", run!(differences)),
];

async fn drift(cx: Cx) -> Result<Reply, Refusal> {
    let body = html! { p { (cx.t("drift-none")) } p.hint { (cx.t("drift-text")) } };
    Ok(Reply::screen(cx.t("nav-drift"), &json!({ "changes": [], "compared": false }), body))
}

#[derive(Serialize)]
struct Of {
    campaign: String,
    title: String,
    all: Agreement,
    cities: Vec<OfCity>,
    criteria: BTreeMap<String, Agreement>,
    /// By what both were shown of the machine; `mixed` where it was not the same.
    assist: BTreeMap<&'static str, Agreement>,
}

#[derive(Serialize)]
struct OfCity {
    portal: String,
    city: String,
    round: u32,
    agreement: Agreement,
}

async fn agreement(cx: Cx) -> Result<Reply, Refusal> {
    let mut campaigns = Vec::new();
    for campaign in cx.app.store.campaigns().await? {
        campaigns.push(of_campaign(&cx, campaign).await?);
    }
    cx.audit("read", "agreement", json!({})).await?;
    let body = html! {
        p { (cx.t("agreement-text")) }
        p.hint { (cx.t("agreement-later")) }
        @if campaigns.is_empty() { p { (cx.t("cities-none")) } }
        @for one in &campaigns { (campaign_markup(&cx, one)) }
    };
    Ok(Reply::screen(cx.t("nav-agreement"), &json!({ "campaigns": campaigns }), body))
}

async fn of_campaign(cx: &Cx, campaign: store::Campaign) -> Result<Of, Refusal> {
    let made = decisions(&cx.app.store, &campaign.id).await?;
    let overview = Overview::load(&cx.app.store, campaign).await?;
    let mut of = Of {
        campaign: overview.campaign.id.clone(),
        title: overview.campaign.title.clone(),
        all: Agreement::default(),
        cities: Vec::new(),
        criteria: BTreeMap::new(),
        assist: BTreeMap::new(),
    };
    for round in &overview.rounds {
        let on = On { slot: None, city: Some(round.facts()) };
        if allowed(cx.who.as_ref(), Need::ReadCity, &on) != Verdict::Yes {
            continue;
        }
        let own = made.get(&(round.portal.id.clone(), round.round)).map_or(&[][..], Vec::as_slice);
        let pairs = pairs(round, own);
        let mut agreement = Agreement::default();
        agreement.add(pairs.iter().map(Pair::same));
        of.all.add(pairs.iter().map(Pair::same));
        for pair in &pairs {
            let criterion = cx.app.indicator(pair.code.as_str()).map_or_else(String::new, |one| one.criterion.clone());
            of.criteria.entry(criterion).or_default().add([pair.same()]);
            of.assist.entry(pair.assist.map_or("mixed", |assist| assist.as_str())).or_default().add([pair.same()]);
        }
        of.cities.push(OfCity {
            portal: round.portal.id.clone(),
            city: round.portal.city.clone(),
            round: round.round,
            agreement,
        });
    }
    Ok(of)
}

fn campaign_markup(cx: &Cx, of: &Of) -> Markup {
    let criterion = |id: &str| {
        let known = cx.app.instrument.criteria.iter().find(|one| one.id == id);
        known.map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let cities = of.cities.iter().map(|city| (format!("{} ({})", city.city, cx.words.number(city.round.into())), city.agreement));
    let criteria = of.criteria.iter().map(|(id, own)| (criterion(id), *own));
    let assist = of.assist.iter().map(|(mode, own)| (cx.t(&format!("rule-assist-{mode}")), *own));
    html! {
        section aria-labelledby={ "campaign-" (of.campaign) } {
            h2 id={ "campaign-" (of.campaign) } { bdi { (of.title) } }
            @if of.all.n == 0 { p { (cx.t("agreement-none")) } } @else {
                p { strong { (share(cx, of.all)) } }
                (table(cx, "agreement-by-city", "agreement-city-round", &cities.collect::<Vec<_>>()))
                (table(cx, "agreement-by-criterion", "cities-criterion", &criteria.collect::<Vec<_>>()))
                (table(cx, "agreement-by-assist", "rule-shown", &assist.collect::<Vec<_>>()))
            }
        }
    }
}

fn share(cx: &Cx, of: Agreement) -> String {
    cx.f("agreement-share", &[("share", of.percent.into()), ("same", of.same.into()), ("n", of.n.into())])
}

fn table(cx: &Cx, caption: &str, head: &str, rows: &[(String, Agreement)]) -> Markup {
    html! {
        (wide(&cx.t(caption), &html! {
            thead { tr { th scope="col" { (cx.t(head)) } th scope="col" { (cx.t("nav-agreement")) } th scope="col" { (cx.t("cities-differences")) } } }
            tbody { @for (name, own) in rows {
                tr { th scope="row" { bdi { (name) } } td { (share(cx, *own)) } td { (cx.words.number((own.n - own.same) as u64)) } }
            } }
        }))
    }
}

async fn exports(cx: Cx) -> Result<Reply, Refusal> {
    let campaigns = cx.app.store.campaigns().await?;
    let files = ["decisions", "finals", "differences"];
    let listed: Vec<String> =
        campaigns.iter().flat_map(|one| files.map(|file| format!("/exports/{}/{file}.csv", one.id))).collect();
    let body = html! {
        p { (cx.t("export-text")) }
        p.hint { (cx.t("export-flavours")) }
        @for campaign in &campaigns {
            h2 { bdi { (campaign.title) } }
            ul { @for file in files {
                li {
                    a href={ "/exports/" (campaign.id) "/" (file) ".csv" } { (cx.t(&format!("export-{file}"))) }
                    " · " a href={ "/exports/" (campaign.id) "/" (file) ".csv?flavour=raw" } aria-label={ (cx.t(&format!("export-{file}"))) " – " (cx.t("export-raw")) } { (cx.t("export-raw")) }
                }
            } }
        }
    };
    Ok(Reply::screen(cx.t("nav-exports"), &json!({ "files": listed }), body))
}

async fn decided(cx: Cx) -> Result<Reply, Refusal> {
    let lines = Readable::of(&cx).await?.decided(&cx);
    file(&cx, "decisions", &lines).await
}

async fn finals(cx: Cx) -> Result<Reply, Refusal> {
    let lines = Readable::of(&cx).await?.finals(&cx);
    file(&cx, "finals", &lines).await
}

async fn differences(cx: Cx) -> Result<Reply, Refusal> {
    let lines = Readable::of(&cx).await?.differences(&cx);
    file(&cx, "differences", &lines).await
}

async fn file<L: Line>(cx: &Cx, name: &str, lines: &[L]) -> Result<Reply, Refusal> {
    let raw = cx.field("flavour") == "raw";
    let mut bytes = Vec::new();
    let written = write_csv(lines, if raw { Flavour::Raw } else { Flavour::Spreadsheet }, &mut bytes);
    written.map_err(|error| Refusal::Broken(format!("an export could not be written: {error}")))?;
    let campaign = &cx.campaign().id;
    let digest = archive::digest(&bytes);
    cx.audit("export", &format!("{campaign}/{name}.csv"), json!({ "rows": lines.len(), "raw": raw, "digest": digest })).await?;
    Ok(Reply::file(&format!("{campaign}-{name}.csv"), "text/csv; charset=utf-8", bytes))
}
