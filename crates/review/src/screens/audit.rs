//! The audit log: read, verified row by row, and taken along.

use std::collections::BTreeSet;

use maud::{Markup, html};
use model::{Digest, Duty};
use serde::Serialize;
use serde_json::json;
use store::{Audited, Store};

use crate::cx::{Cx, bind};
use crate::form::text;
use crate::layout::wide;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, run};
use crate::screens::slot::short;

/// Rows on a page.
const PAGE: u32 = 100;

/// Rows read at once for verification and export.
const BATCH: u32 = 1000;

/// Who sees everything that was done; all others see what they did themselves.
const ALL: &[Duty] = &[Duty::Auditor, Duty::Administrator];

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/audit",
        Need::Person,
        &[may("person", Kind::Text(40)), may("action", Kind::Text(40)), may("below", Kind::Number)],
        "What was done, the latest first: everything for auditors and administrators, the own for others.",
        run!(show),
    ),
    get(
        "/audit/verify",
        Need::Duty(ALL),
        &[],
        "Computes every row's digest anew and names the first that does not fit.",
        run!(verify),
    ),
    get("/audit/export", Need::Duty(ALL), &[], "The whole audit log as JSON lines, the earliest first.", run!(export)),
];

#[derive(Serialize)]
struct View {
    rows: Vec<Audited>,
    /// Where the next page begins; none if this is the last.
    below: Option<i64>,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let all = cx.has(ALL);
    let asked = cx.field("person").to_lowercase();
    let person = match all {
        true => Some(asked.as_str()).filter(|person| !person.is_empty()),
        false => Some(cx.me().id.as_str()),
    };
    let below = cx.field("below").parse().unwrap_or(i64::MAX);
    let rows = match cx.field("action") {
        "" => cx.app.store.audited(person, below, PAGE).await?,
        action => cx.app.store.audited_as(person, action, below, PAGE).await?,
    };
    let full = rows.len() == PAGE as usize;
    let below = rows.last().map(|row| row.no).filter(|no| full && *no > 1);
    let blind = if all { blind(&cx).await? } else { BTreeSet::new() };
    let view = View { below, rows: rows.into_iter().filter(|row| !withheld(row, &blind, &cx.me().id)).collect() };
    let body = html! {
        @if all {
            p.actions {
                a.button href="/audit/verify" { (cx.t("audit-verify")) }
                a.button href="/audit/export" { (cx.t("audit-export")) }
            }
        } @else {
            p { (cx.t("audit-own")) }
        }
        form method="get" action="/audit" {
            @if all { (text(&cx, "person", "field-person", &asked, 40, false)) }
            (text(&cx, "action", "audit-action", cx.field("action"), 40, false))
            button type="submit" { (cx.t("filter")) }
        }
        @if view.rows.is_empty() { p { (cx.t("audit-none")) } } @else { (table(&cx, &view.rows)) }
        @if let Some(below) = view.below {
            p { a href=(older(&cx, below)) { (cx.t("audit-older")) } }
        }
    };
    Ok(Reply::screen(cx.t("nav-audit"), &view, body))
}

/// Slots of cities of which not both are sealed.
async fn blind(cx: &Cx) -> Result<BTreeSet<String>, Refusal> {
    let mut blind = BTreeSet::new();
    for campaign in cx.app.store.campaigns().await? {
        let seals = cx.app.store.made("slot_seal", &campaign.id).await?;
        for one in cx.app.store.assignments(&campaign.id).await? {
            let sealed = |slot: &str| {
                seals
                    .iter()
                    .any(|(_, row)| row["portal"] == one.portal.as_str() && row["round"] == one.round && row["slot"] == slot)
            };
            if !(sealed("A") && sealed("B")) {
                blind.insert(one.id);
            }
        }
    }
    Ok(blind)
}

/// Whether a row says what somebody else does in such a slot: only that it is sealed may be known (R3).
fn withheld(row: &Audited, blind: &BTreeSet<String>, me: &str) -> bool {
    let of_slot = row.act.object.get(..36).is_some_and(|slot| blind.contains(slot));
    of_slot && row.act.action != "seal" && row.act.person != me
}

/// The address of the next page, with the same filter.
fn older(cx: &Cx, below: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for name in ["person", "action"] {
        if !cx.field(name).is_empty() {
            query.append_pair(name, cx.field(name));
        }
    }
    format!("/audit?{}", query.append_pair("below", &below.to_string()).finish())
}

fn table(cx: &Cx, rows: &[Audited]) -> Markup {
    html! {
        (wide(&cx.t("audit-caption"), &html! {
            thead { tr {
                th scope="col" { (cx.t("audit-no")) }
                th scope="col" { (cx.t("audit-at")) }
                th scope="col" { (cx.t("field-person")) }
                th scope="col" { (cx.t("audit-action")) }
                th scope="col" { (cx.t("audit-object")) }
                th scope="col" { (cx.t("audit-detail")) }
                th scope="col" { (cx.t("audit-digest")) }
            } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { (row.no) }
                        td { time datetime=(row.act.at) { (cx.words.moment(row.act.at)) } }
                        td { bdi { (row.act.person) } }
                        td { code { (row.act.action) } }
                        td { bdi dir="auto" { (row.act.object) } }
                        td { @if row.act.detail != json!({}) { code dir="ltr" { (row.act.detail) } } }
                        td { code { (short(&row.digest)) } }
                    }
                }
            }
        }))
    }
}

/// What a verification found.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Chain {
    rows: i64,
    /// The first row that does not fit.
    broken: Option<i64>,
    /// Digest of the last row that fits.
    digest: String,
}

/// Computes every row's digest anew, from its predecessor's and its own content.
async fn chain(store: &Store) -> Result<Chain, Refusal> {
    let hex = |digest: &Digest| digest.to_string().trim_start_matches("sha256:").to_owned();
    let (mut no, mut last) = (0, Digest([0; 32]));
    loop {
        let rows = store.audited_after(no, BATCH).await?;
        if rows.is_empty() {
            return Ok(Chain { rows: no, broken: None, digest: hex(&last) });
        }
        for row in rows {
            let own = bind(&last, &row.act);
            if row.no != no + 1 || row.previous != hex(&last) || row.digest != hex(&own) {
                return Ok(Chain { rows: no, broken: Some(no + 1), digest: hex(&last) });
            }
            (no, last) = (row.no, own);
        }
    }
}

async fn verify(cx: Cx) -> Result<Reply, Refusal> {
    let found = chain(&cx.app.store).await?;
    cx.audit("verify-audit", "", json!({ "rows": found.rows, "broken": found.broken })).await?;
    let rows = usize::try_from(found.rows).unwrap_or_default();
    let body = html! {
        @match found.broken {
            Some(no) => p.problem role="alert" { (cx.f("audit-broken", &[("no", no.to_string().as_str().into())])) },
            None => p { (cx.f("audit-whole", &[("n", rows.into())])) },
        }
        dl.facts { div { dt { (cx.t("audit-last")) } dd { code { (found.digest) } } } }
        p { (cx.t("audit-keep")) }
        p { a href="/audit" { (cx.t("nav-audit")) } }
    };
    Ok(Reply::screen(cx.t("audit-verify"), &found, body))
}

async fn export(cx: Cx) -> Result<Reply, Refusal> {
    let (mut no, mut lines) = (0, Vec::new());
    let blind = blind(&cx).await?;
    loop {
        let rows = cx.app.store.audited_after(no, BATCH).await?;
        let Some(last) = rows.last() else { break };
        no = last.no;
        for row in &rows {
            let line = match withheld(row, &blind, &cx.me().id) {
                true => json!({ "no": row.no, "previous": row.previous, "digest": row.digest, "withheld": true }),
                false => json!(row),
            };
            serde_json::to_writer(&mut lines, &line).expect("rows are plain data");
            lines.push(b'\n');
        }
    }
    cx.audit("export-audit", "", json!({ "rows": no })).await?;
    Ok(Reply::file("audit.jsonl", "application/jsonl", lines))
}
