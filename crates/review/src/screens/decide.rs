//! The decision screen: an indicator, what is proposed for it, and the assessor's answer.

mod page;

use maud::{Markup, html};
use model::{Assist, Choice, Code, Decision, Indicator, Made, Pointed, Time};
use serde::Serialize;
use serde_json::{Value, json};

use crate::cx::Cx;
use crate::layout::worded;
use crate::own::Own;
use crate::picks;
use crate::policy::Need;
use crate::proposals::{Candidate, Proposals, Said, around, assist};
use crate::reply::{Refusal, Reply, Titled};
use crate::route::{Input, Kind, Route, get, may, need, post, run};

use crate::screens::slot::answer_tag;
use page::page;
pub(crate) use page::{evidence, reason_text};

/// The indicator that was just decided, to be told on the page that follows.
pub(crate) const DECIDED: Input = may("decided", Kind::Text(40));

/// What was just decided, with the way back to it.
pub(crate) fn receipt(cx: &Cx, own: &Own) -> Markup {
    let decision = own.decisions.iter().find(|(code, _)| code.as_str() == cx.field("decided")).map(|(_, decision)| decision);
    html! {
        @if let Some(one) = decision {
            p.said role="status" {
                (cx.t("said-decided")) " "
                a href=(format!("/slots/{}/{}", own.slot.id, one.code)) {
                    span.code { (one.code) } " " (worded(cx, cx.app.indicator(one.code.as_str()).map_or("", |of| of.title.as_str())))
                }
                ": " (answer_tag(cx, Some(one.answer), false))
                @if !one.evidence.is_empty() { " · " (cx.f("passages", &[("n", one.evidence.len().into())])) }
                " · " time datetime=(one.at) { (cx.words.moment(one.at)) }
            }
        }
    }
}

/// What a decision is made of.
const FIELDS: &[Input] = &[
    may("answer", Kind::Word(&["yes", "no", "unclear", "blocked"])),
    may("reason", Kind::Text(60)),
    may("note", Kind::Text(4000)),
    may("trail", Kind::Text(8000)),
    may("looked", Kind::Texts(2000)),
    may("pick", Kind::Texts(100)),
    may("supersedes", Kind::Text(36)),
    may("seconds", Kind::Number),
    may("to", Kind::Word(&["evidence"])),
];

/// The same for a decision, where an answer must be given.
const DECISION: &[Input] = &[
    need("answer", Kind::Word(&["yes", "no", "unclear", "blocked"])),
    FIELDS[1],
    FIELDS[2],
    FIELDS[3],
    FIELDS[4],
    FIELDS[5],
    FIELDS[6],
    FIELDS[7],
];

pub(crate) const ROUTES: &[Route] = &[
    get("/slots/{slot}/{code}", Need::OwnSlot, &[DECIDED], "An indicator with its candidates and the own answer.", run!(show)),
    post("/slots/{slot}/{code}/draft", Need::OwnSlot, FIELDS, "Keeps what was typed, without deciding.", run!(draft)),
    post("/slots/{slot}/{code}/decisions", Need::OwnSlot, DECISION, "Decides an indicator.", run!(decide)),
];

#[derive(Serialize)]
struct View<'a> {
    slot: &'a str,
    city: String,
    indicator: &'a Indicator,
    criterion: &'a str,
    /// Place in the round, from 1.
    place: usize,
    asked: usize,
    previous: Option<&'a Code>,
    next: Option<&'a Code>,
    assist: Assist,
    verdict: Option<Said>,
    candidates: Vec<Candidate>,
    /// Passages that the assessor selected.
    own: Vec<Candidate>,
    decision: Option<&'a Decision>,
    draft: Value,
    drafted: Option<Time>,
    reasons: &'a [String],
    open: bool,
    /// Whether a survey brought proposals at all.
    surveyed: bool,
    pages: usize,
    searches: Vec<String>,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    let view = view(&cx, &own, &code).await?;
    let body = html! { (receipt(&cx, &own)) (page(&cx, &view, None)) };
    Ok(Reply::screen(view.title(), &view, body).titled_in(&cx.app.instrument.language))
}

impl View<'_> {
    fn title(&self) -> String {
        format!("{} {}", self.indicator.code, self.indicator.title)
    }

    /// When what the page shows was last kept: what a browser kept after that is newer.
    fn kept(&self) -> Option<Time> {
        self.drafted.max(self.decision.map(|one| one.at))
    }
}

/// The indicator in the path, if it is asked in this round.
pub(crate) fn code(cx: &Cx, own: &Own) -> Result<Code, Refusal> {
    own.codes.iter().find(|code| code.as_str() == cx.param("code")).cloned().ok_or(Refusal::Unknown)
}

async fn view<'a>(cx: &'a Cx, own: &'a Own, code: &Code) -> Result<View<'a>, Refusal> {
    let indicator = cx.app.indicator(code.as_str()).ok_or(Refusal::Unknown)?;
    let criterion = cx.app.instrument.criteria.iter().find(|one| one.id == indicator.criterion);
    let at = own.codes.iter().position(|one| one == code).unwrap_or(0);
    let decision = own.decisions.get(code);
    let assist = assist(&own.rules, &own.slot, code);
    let proposals = Proposals::of(&cx.app, &own.slot).await?;
    let (mut candidates, mut verdict) = (Vec::new(), None);
    if let Some(proposals) = &proposals {
        candidates = proposals.candidates(&cx.app, code, assist, own.slot.seed).await?;
        let shown = assist == Assist::VerdictShown || assist == Assist::RevealAfterCommit && decision.is_some();
        verdict = proposals.said(code).filter(|_| shown);
    }
    let draft = own.draft(code);
    let of_clean = assist == Assist::Clean;
    Ok(View {
        slot: &own.slot.id,
        city: own.city_name(),
        indicator,
        criterion: criterion.map_or("", |one| one.name.as_str()),
        place: at + 1,
        asked: own.codes.len(),
        previous: at.checked_sub(1).and_then(|at| own.codes.get(at)),
        next: own.codes.get(at + 1),
        assist,
        verdict,
        own: selected(cx, own, &draft, &candidates, decision).await?,
        candidates,
        decision,
        draft,
        drafted: own.drafts.get(code.as_str()).map(|draft| draft.at),
        reasons: &own.rules.reasons,
        open: own.open(),
        surveyed: proposals.is_some(),
        pages: proposals.as_ref().filter(|_| !of_clean).map_or(0, |proposals| proposals.pages),
        searches: proposals.filter(|_| !of_clean).map_or(Vec::new(), |proposals| proposals.searches.clone()),
    })
}

/// Passages that the assessor selected: those that wait in the draft, and those that the decision rests on.
async fn selected(
    cx: &Cx,
    own: &Own,
    draft: &Value,
    known: &[Candidate],
    decision: Option<&Decision>,
) -> Result<Vec<Candidate>, Refusal> {
    let waiting = draft["passages"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut picks: Vec<String> = waiting.map(str::to_owned).collect();
    for one in decision.map_or(&[][..], |decision| &decision.evidence) {
        let Some((start, end)) = one.start.zip(one.end).filter(|_| !known.iter().any(|known| same(&known.passage, one))) else {
            continue;
        };
        let Some((capture, _)) = cx.app.store.capture_of(&one.record).await? else { continue };
        let pick = format!("p:{}:{start}:{end}", capture.0);
        if !picks.contains(&pick) {
            picks.push(pick);
        }
    }
    let mut passages = Vec::new();
    for pick in picks {
        // A capture that is gone from sight stays in the draft and is not shown.
        let Ok((capture, passage)) = picks::passage(&cx.app, own, &pick).await else { continue };
        let Some(captured) = cx.app.store.capture(capture).await? else { continue };
        let (before, after) = around(&cx.app, capture, &passage).await?;
        passages.push(Candidate {
            pick,
            capture: capture.0,
            passage,
            before,
            after,
            captured: captured.done,
            language: None,
            digest: captured.record.payload,
            path: Vec::new(),
        });
    }
    Ok(passages)
}

/// Whether two passages are the same place of the same capture.
fn same(a: &Pointed, b: &Pointed) -> bool {
    (&a.record, a.start, a.end, &a.exact) == (&b.record, b.start, b.end, &b.exact)
}

/// What was typed, as a draft.
pub(crate) fn typed(cx: &Cx, own: &Own, code: &Code) -> Value {
    json!({
        "answer": cx.field("answer"),
        "reason": cx.field("reason"),
        "note": cx.field("note"),
        "trail": cx.field("trail"),
        "looked": cx.fields("looked").collect::<Vec<_>>(),
        "seconds": cx.field("seconds"),
        "pick": cx.fields("pick").collect::<Vec<_>>(),
        "passages": own.draft(code)["passages"],
    })
}

async fn draft(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    own.must_be_open(&cx)?;
    cx.app.store.put_draft(&own.slot.id, code.as_str(), &typed(&cx, &own, &code), cx.now).await?;
    let to = if cx.field("to").is_empty() { "?said=said-saved" } else { "/evidence" };
    Ok(Reply::done(format!("/slots/{}/{code}{to}", own.slot.id), json!({ "saved": cx.now })))
}

async fn decide(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    own.must_be_open(&cx)?;
    let kept = match decision(&cx, &own, &code).await {
        Ok(made) => cx.app.desk.keep(Made::Decision(made.clone())).await.map(|_| made).map_err(Refusal::from),
        Err(refusal) => Err(refusal),
    };
    let made = match kept {
        Ok(made) => made,
        Err(refusal @ (Refusal::Wrong(_) | Refusal::Stale(_))) if !cx.json => return Err(again(&cx, own, &code, refusal).await?),
        Err(refusal) => return Err(refusal),
    };
    if own.drafts.contains_key(code.as_str()) {
        cx.app.store.drop_draft(&own.slot.id, code.as_str()).await?;
    }
    let to = match own.next_open(&code).filter(|next| **next != code) {
        Some(next) => format!("/slots/{}/{next}?decided={code}", own.slot.id),
        None => format!("/slots/{}?decided={code}", own.slot.id),
    };
    Ok(Reply::done(to, json!(made)))
}

/// The screen once more with what was sent, what is wrong with it, and what stands meanwhile. What was sent becomes the draft.
async fn again(cx: &Cx, own: Own, code: &Code, refusal: Refusal) -> Result<Refusal, Refusal> {
    cx.app.store.put_draft(&own.slot.id, code.as_str(), &typed(cx, &own, code), cx.now).await?;
    let own = Own::load(&cx.app, own.slot).await?;
    let view = view(cx, &own, code).await?;
    let body = page(cx, &view, Some(&refusal));
    let title = Titled { words: view.title(), language: Some(cx.app.instrument.language.clone()) };
    Ok(Refusal::Page(Box::new(refusal), title, body))
}

async fn decision(cx: &Cx, own: &Own, code: &Code) -> Result<Decision, Refusal> {
    let answer: Choice = serde_json::from_value(json!(cx.field("answer"))).map_err(|_| cx.wrong("answer", "field-unknown"))?;
    let reason = Some(cx.field("reason")).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| !own.rules.reasons.iter().any(|known| known == reason)) {
        return Err(cx.wrong("reason", "field-unknown"));
    }
    let (mut evidence, mut trail) = (Vec::new(), Vec::new());
    let mut wrong = Vec::new();
    if answer == Choice::Yes {
        for pick in cx.fields("pick") {
            evidence.push(picks::passage(&cx.app, own, pick).await?.1);
        }
        if evidence.is_empty() {
            wrong.push(("pick".to_owned(), cx.t("yes-needs-evidence")));
        }
    } else {
        let typed = cx.field("trail").lines().map(str::trim).filter(|line| !line.is_empty());
        trail.extend(cx.fields("looked").chain(typed).map(str::to_owned));
        if answer == Choice::No && trail.is_empty() {
            wrong.push(("trail".to_owned(), cx.t("no-needs-trail")));
        }
        if reason.is_none() {
            wrong.push(("reason".to_owned(), cx.t("needs-reason")));
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::Wrong(wrong));
    }
    Ok(Decision {
        id: cx.once.clone(),
        campaign: own.slot.campaign.clone(),
        portal: own.slot.portal.clone(),
        round: own.slot.round,
        slot: own.slot.slot,
        assessor: cx.me().id.clone(),
        code: code.clone(),
        answer,
        reason: reason.map(str::to_owned),
        note: cx.field("note").to_owned(),
        evidence,
        trail,
        assist: assist(&own.rules, &own.slot, code),
        seconds: cx.field("seconds").parse().unwrap_or(0),
        at: cx.now,
        supersedes: Some(cx.field("supersedes")).filter(|id| !id.is_empty()).map(str::to_owned),
    })
}
