//! My work: the cities of an assessor, with their own progress and nothing else.

use maud::html;
use model::{Slot, Time};
use serde::Serialize;

use crate::cx::Cx;
use crate::layout::{date, wide};
use crate::own::Own;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Route, get, run};

pub(crate) const ROUTES: &[Route] =
    &[get("/work", Need::Duty(&[model::Duty::Assessor]), &[], "The cities of an assessor.", run!(show))];

#[derive(Serialize)]
struct View {
    slots: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    slot: String,
    campaign: String,
    city: String,
    round: u32,
    which: Slot,
    due: Option<String>,
    decided: usize,
    asked: usize,
    sealed: bool,
    /// When something of the assessor was last kept.
    saved: Option<Time>,
    /// Differences on which the assessor is asked to say something.
    heard: usize,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let mut slots = Vec::new();
    for slot in cx.app.store.assignments_of(&cx.me().id).await? {
        let own = Own::load(&cx.app, slot).await?;
        slots.push(Row {
            saved: own.decisions.values().map(|one| one.at).chain(own.drafts.values().map(|one| one.at)).max(),
            heard: own.to_rebut(&cx.app).await?.len(),
            slot: own.slot.id.clone(),
            campaign: own.campaign.title.clone(),
            city: own.city_name(),
            round: own.slot.round,
            which: own.slot.slot,
            due: own.slot.due.clone(),
            decided: own.decisions.len(),
            asked: own.codes.len(),
            sealed: own.seal.is_some(),
        });
    }
    let view = View { slots };
    let body = html! {
        @if view.slots.is_empty() {
            p { (cx.t("work-none")) }
        } @else {
            (wide(&cx.t("work-caption"), &html! {
                thead { tr {
                    th scope="col" { (cx.t("city")) }
                    th scope="col" { (cx.t("campaign")) }
                    th scope="col" { (cx.t("round")) }
                    th scope="col" { (cx.t("progress")) }
                    th scope="col" { (cx.t("last-saved")) }
                    th scope="col" { (cx.t("due")) }
                    th scope="col" { (cx.t("state")) }
                } }
                tbody {
                    @for row in &view.slots {
                        tr {
                            th scope="row" { a href={ "/slots/" (row.slot) } { bdi { (row.city) } } }
                            td { bdi { (row.campaign) } }
                            td { (cx.words.number(row.round.into())) }
                            td {
                                progress value=(row.decided) max=(row.asked) aria-hidden="true" {}
                                " " (cx.f("n-of-m", &[("n", row.decided.into()), ("m", row.asked.into())]))
                            }
                            td { @if let Some(at) = row.saved { time datetime=(at) { (cx.words.moment(at)) } } }
                            td { @if let Some(due) = &row.due { (date(&cx, due)) } }
                            td {
                                @if row.heard > 0 {
                                    a href={ "/slots/" (row.slot) "/rebuttals" } { (cx.f("to-rebut", &[("n", row.heard.into())])) }
                                } @else if row.sealed { (cx.t("state-slot-sealed")) } @else { (cx.t("state-slot-open")) }
                            }
                        }
                    }
                }
            }))
        }
    };
    Ok(Reply::screen(cx.t("nav-work"), &view, body))
}
