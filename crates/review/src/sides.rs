//! What the two slots of a city say of an indicator, as "first" and "second" in an order drawn by chance, without names.

use maud::{Markup, html};
use model::{Assist, Choice, Code, Decision, Digest, Pointed, Slot, Stance, Time};
use serde::Serialize;

use crate::app::App;
use crate::city::{City, chance};
use crate::cx::Cx;
use crate::layout::marked;
use crate::proposals::around;
use crate::reply::Refusal;
use crate::screens::decide::reason_text;
use crate::screens::slot::{answer_tag, short};

/// The words under which slots appear, in the order they are shown.
pub(crate) const WORDS: [&str; 2] = ["first", "second"];

/// What one slot says.
#[derive(Debug, Serialize)]
pub(crate) struct Side {
    /// `first` or `second`.
    pub(crate) which: &'static str,
    /// Pseudonym, where it was asked for.
    pub(crate) name: Option<String>,
    pub(crate) answer: Choice,
    pub(crate) reason: Option<String>,
    pub(crate) note: String,
    pub(crate) trail: Vec<String>,
    pub(crate) assist: Assist,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) rebuttal: Option<Heard>,
}

/// What a slot says to the difference.
#[derive(Debug, Serialize)]
pub(crate) struct Heard {
    pub(crate) stance: Stance,
    pub(crate) note: String,
    /// Whether a reviewer noted that nobody is there to be heard.
    pub(crate) absent: bool,
}

/// A passage with the captured text around it.
#[derive(Debug, Serialize)]
pub(crate) struct Piece {
    /// What a form sends to choose it.
    pub(crate) pick: String,
    pub(crate) passage: Pointed,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) captured: Option<Time>,
    pub(crate) digest: Option<Digest>,
}

/// The slots in the order in which they are shown for an indicator: drawn once by the name of the comparison.
pub(crate) fn order(city: &City, code: &Code) -> [Slot; 2] {
    let of = city.comparison.as_ref().map_or("", |comparison| comparison.id.as_str());
    if chance(&format!("order {of} {code}")) < 50 { [Slot::A, Slot::B] } else { [Slot::B, Slot::A] }
}

/// What both slots say of an indicator.
pub(crate) async fn sides(app: &App, city: &City, code: &Code, names: bool) -> Result<Vec<Side>, Refusal> {
    let mut sides = Vec::new();
    for (which, slot) in WORDS.into_iter().zip(order(city, code)) {
        let Some(decision) = city.of_slot(code, slot) else { continue };
        let rebuttal = city.rebuttals.iter().find(|one| one.slot == slot && one.code == *code);
        sides.push(Side {
            which,
            name: names.then(|| decision.assessor.clone()),
            answer: decision.answer,
            reason: decision.reason.clone(),
            note: decision.note.clone(),
            trail: decision.trail.clone(),
            assist: decision.assist,
            pieces: pieces(app, decision).await?,
            rebuttal: rebuttal.map(|one| Heard {
                stance: one.stance,
                note: one.note.clone(),
                absent: one.assessor != decision.assessor,
            }),
        });
    }
    Ok(sides)
}

async fn pieces(app: &App, decision: &Decision) -> Result<Vec<Piece>, Refusal> {
    let mut pieces = Vec::new();
    for (at, passage) in decision.evidence.iter().enumerate() {
        pieces.push(piece(app, format!("{}:{at}", decision.id), passage).await?);
    }
    Ok(pieces)
}

async fn piece(app: &App, pick: String, passage: &Pointed) -> Result<Piece, Refusal> {
    let found = app.store.capture_of(&passage.record).await?;
    let (before, after) = match &found {
        Some((capture, _)) => around(app, *capture, passage).await?,
        None => (passage.prefix.clone(), passage.suffix.clone()),
    };
    let captured = found.map(|(_, captured)| captured);
    let (at, digest) = (captured.as_ref().map(|one| one.done), captured.map(|one| one.record.payload));
    Ok(Piece { pick, passage: passage.clone(), before, after, captured: at, digest })
}

/// A piece of evidence, with a box to choose it where it can be chosen.
pub(crate) fn piece_markup(cx: &Cx, one: &Piece, of: &str, choosable: bool) -> Markup {
    let id = format!("pick-{}", one.pick.replace(':', "-"));
    html! {
        @if choosable {
            div.pick {
                input type="checkbox" id=(id) name="pick" value=(one.pick) checked[cx.chose("pick", &one.pick)];
                label for=(id) { (of) " – " (cx.t("rule-take")) " " bdi.url { (one.passage.url) } }
            }
        } @else {
            p { (of) " – " bdi.url { (one.passage.url) } }
        }
        blockquote dir="auto" cite=(one.passage.url) { (marked(&one.before, &one.passage.exact, &one.after)) }
        dl.facts {
            @if let Some(at) = one.captured { div { dt { (cx.t("captured")) } dd { time datetime=(at) { (cx.words.moment(at)) } } } }
            @if let Some(digest) = one.digest { div { dt { (cx.t("digest")) } dd { code title=(digest) { (short(&digest.to_string())) } } } }
        }
    }
}

/// What one slot says, without its evidence.
pub(crate) fn side_markup(cx: &Cx, side: &Side) -> Markup {
    let id = format!("side-{}", side.which);
    html! {
        section.side aria-labelledby=(id) {
            h3 id=(id) { (cx.t(&format!("rule-{}", side.which))) " " (answer_tag(cx, Some(side.answer), false)) }
            @if let Some(name) = &side.name { p { (cx.t("rule-name")) " " bdi { (name) } } }
            dl.facts {
                @if let Some(reason) = &side.reason { div { dt { (cx.t("field-reason")) } dd { (reason_text(cx, reason)) } } }
                @if !side.note.is_empty() { div { dt { (cx.t("field-note")) } dd dir="auto" { (side.note) } } }
                @if !side.trail.is_empty() {
                    div { dt { (cx.t("field-trail")) } dd { ul { @for line in &side.trail { li dir="auto" { (line) } } } } }
                }
                div { dt { (cx.t("rule-shown")) } dd { (cx.t(&format!("rule-assist-{}", side.assist.as_str()))) } }
                @if let Some(heard) = &side.rebuttal {
                    div {
                        dt { (cx.t("rule-heard")) }
                        dd {
                            @if heard.absent { (cx.t("rule-absent")) }
                            @else {
                                (cx.t(if heard.stance == Stance::Keep { "rule-keeps" } else { "rule-concedes" }))
                                @if !heard.note.is_empty() { ": " span dir="auto" { (heard.note) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
