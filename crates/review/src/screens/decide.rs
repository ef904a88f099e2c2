//! The decision screen: an indicator, what is proposed for it, and the assessor's answer.

use maud::{Markup, html};
use model::{Assist, Choice, Code, Decision, Indicator, Made, Pointed, Scope, Time};
use serde::Serialize;
use serde_json::{Value, json};

use crate::cx::Cx;
use crate::form::carried;
use crate::layout::{marked, problem, said};
use crate::own::Own;
use crate::picks;
use crate::policy::Need;
use crate::proposals::{Candidate, Proposals, Said, assist, around};
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, need, post, run};
use crate::screens::slot::{answer_tag, short};

/// What a decision is made of.
const FIELDS: &[Input] = &[
    may("answer", Kind::Word(&["yes", "no", "unclear", "blocked"])),
    may("reason", Kind::Text(60)),
    may("note", Kind::Text(4000)),
    may("trail", Kind::Text(8000)),
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
];

pub(crate) const ROUTES: &[Route] = &[
    get("/slots/{slot}/{code}", Need::OwnSlot, &[], "An indicator with its candidates and the own answer.", run!(show)),
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
    Ok(Reply::screen(view.title(), &view, page(&cx, &view, None)))
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
        own: selected(cx, own, &draft).await?,
        candidates,
        decision,
        draft,
        drafted: own.drafts.get(code.as_str()).map(|draft| draft.at),
        reasons: &own.rules.reasons,
        open: own.open(),
        surveyed: proposals.is_some(),
        pages: proposals.as_ref().map_or(0, |proposals| proposals.pages),
        searches: proposals.filter(|_| !of_clean).map_or(Vec::new(), |proposals| proposals.searches.clone()),
    })
}

/// Passages that the assessor selected and that wait in the draft.
async fn selected(cx: &Cx, own: &Own, draft: &Value) -> Result<Vec<Candidate>, Refusal> {
    let mut passages = Vec::new();
    for pick in draft["passages"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        // A capture that is gone from sight stays in the draft and is not shown.
        let Ok((capture, passage)) = picks::passage(&cx.app, own, pick).await else { continue };
        let Some(captured) = cx.app.store.capture(capture).await? else { continue };
        let (before, after) = around(&cx.app, capture, &passage).await?;
        passages.push(Candidate {
            pick: pick.to_owned(),
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

fn page(cx: &Cx, view: &View<'_>, refusal: Option<&Refusal>) -> Markup {
    let at = |path: &str| format!("/slots/{}{path}", view.slot);
    let seconds = view.draft["seconds"].as_str().filter(|text| text.parse::<u32>().is_ok()).unwrap_or("0");
    html! {
        @if let Some(refusal) = refusal { (problem(cx, refusal, &said(cx, refusal).1, true)) }
        nav.crumbs aria-label=(cx.t("crumbs")) {
            a href=(at("")) { bdi { (view.city) } } " · " (view.criterion) " · "
            (cx.f("n-of-m", &[("n", view.place.into()), ("m", view.asked.into())]))
        }
        div.decision data-keys="decision" {
            section.about aria-labelledby="about" {
                h2 #about tabindex="-1" data-key="guidance" { (cx.t("what-counts")) }
                p { (view.indicator.seen) }
                @if !view.indicator.not_enough.is_empty() {
                    h3 { (cx.t("not-enough")) }
                    p { (view.indicator.not_enough) }
                }
                p.hint { (cx.t(if view.indicator.scope == Scope::Portal { "scope-portal" } else { "scope-any" })) }
                @if let Some(said) = &view.verdict {
                    p.verdict { (cx.t("machine-says")) " " strong { (said.answer) } " (" (said.band.as_str()) "). " (said.because) }
                }
            }
            form.answer method="post" action=(at(&format!("/{}/decisions", view.indicator.code)))
                data-draft=[view.open.then(|| at(&format!("/{}/draft", view.indicator.code)))] data-at=[view.kept()]
            {
                // Enter decides: the first button is the one that it presses.
                @if view.open { button.unseen type="submit" tabindex="-1" aria-hidden="true" {} }
                (carried(cx))
                input type="hidden" name="supersedes" value=(view.decision.map_or("", |one| one.id.as_str()));
                input type="hidden" name="seconds" value=(seconds);
                (candidates(cx, view))
                @if view.open { (answer(cx, view, refusal)) } @else { p { (cx.t("state-slot-sealed")) } }
            }
            @if let Some(decision) = view.decision { (decided(cx, decision)) }
        }
        nav.steps aria-label=(cx.t("steps")) {
            @if let Some(previous) = view.previous { a.button rel="prev" data-key="previous" href=(at(&format!("/{previous}"))) { (cx.t("previous")) } }
            @if let Some(next) = view.next { a.button rel="next" data-key="next" href=(at(&format!("/{next}"))) { (cx.t("next")) } }
        }
    }
}

fn candidates(cx: &Cx, view: &View<'_>) -> Markup {
    let chosen = |pick: &str| view.draft["pick"].as_array().map(|picks| picks.iter().any(|one| one == pick));
    let at = |path: &str| format!("/slots/{}/{}{path}", view.slot, view.indicator.code);
    html! {
        section.candidates aria-labelledby="candidates" {
            h2 #candidates tabindex="-1" { (cx.t("evidence")) }
            @if view.candidates.is_empty() && view.own.is_empty() {
                p {
                    @if view.assist == Assist::Clean { (cx.t("clean-text")) }
                    @else if view.surveyed { (cx.f("no-candidates", &[("pages", view.pages.into())])) }
                    @else { (cx.t("not-surveyed")) }
                }
            }
            ol #pick tabindex="-1" {
                @for (place, one) in view.own.iter().chain(&view.candidates).enumerate() {
                    li.candidate { (candidate(cx, view, one, chosen(&one.pick).unwrap_or(place == 0 && view.decision.is_none()))) }
                }
            }
            p.actions {
                @if view.open {
                    button type="submit" data-key="evidence" name="to" value="evidence" formaction=(at("/draft")) formnovalidate { (cx.t("add-evidence")) }
                } @else { a.button data-key="evidence" href=(at("/evidence")) { (cx.t("see-evidence")) } }
            }
        }
    }
}

fn candidate(cx: &Cx, view: &View<'_>, one: &Candidate, chosen: bool) -> Markup {
    let id = format!("pick-{}", one.pick.replace(':', "-"));
    let language = one.language.as_deref().unwrap_or("");
    let at = |path: &str| format!("/slots/{}/{}{path}/{}", view.slot, view.indicator.code, one.capture);
    let anchor = one.passage.start.zip(one.passage.end).map_or_else(String::new, |(start, end)| format!("?start={start}&end={end}#passage"));
    html! {
        div.pick {
            input type="checkbox" id=(id) name="pick" value=(one.pick) checked[chosen] disabled[!view.open];
            label for=(id) { (cx.t("use-this")) " " bdi.url { (one.passage.url) } }
        }
        blockquote dir="auto" lang=[one.language.as_deref()] cite=(one.passage.url) {
            (marked(&one.before, &one.passage.exact, &one.after))
        }
        dl.facts {
            div { dt { (cx.t("captured")) } dd { time datetime=(one.captured) { (cx.words.moment(one.captured)) } } }
            @if !language.is_empty() { div { dt { (cx.t("language")) } dd { bdi { (language) } } } }
            div { dt { (cx.t("digest")) } dd { code title=(one.digest) { (short(&one.digest.to_string())) } } }
            @if !one.path.is_empty() {
                div { dt { (cx.t("click-path")) } dd {
                    ol.path { @for (url, link) in &one.path { li { bdi dir="auto" { (link.as_deref().filter(|link| !link.is_empty()).unwrap_or(url)) } } } }
                } }
            }
        }
        p.actions {
            a data-key="text" href=(at("/text").to_owned() + &anchor) { (cx.t("see-text")) }
            " · " a data-key="page" href=(at("/page")) { (cx.t("see-page")) }
            " · " a data-key="live" href=(one.passage.url) rel="noopener noreferrer external" target="_blank" { (cx.t("see-live")) }
            @if view.open && one.pick.starts_with("p:") {
                " " button type="submit" name="drop" value=(one.pick) formaction=(format!("/slots/{}/{}/passages/drop", view.slot, view.indicator.code)) formnovalidate { (cx.t("drop-passage")) }
            }
        }
    }
}

fn answer(cx: &Cx, view: &View<'_>, refusal: Option<&Refusal>) -> Markup {
    let now = |name: &str| view.draft[name].as_str().map(str::to_owned);
    let decided = |of: fn(&Decision) -> String| view.decision.map(of);
    let answer = now("answer").or_else(|| decided(|one| one.answer.as_str().to_owned())).unwrap_or_default();
    let reason = now("reason").or_else(|| decided(|one| one.reason.clone().unwrap_or_default())).unwrap_or_default();
    let note = now("note").or_else(|| decided(|one| one.note.clone())).unwrap_or_default();
    let of_decision = || decided(|one| one.trail.join("\n")).filter(|trail| !trail.is_empty());
    let trail = now("trail").or_else(of_decision).unwrap_or_else(|| prefilled(view));
    let wrong = |name: &str| match refusal {
        Some(Refusal::Wrong(fields)) => fields.iter().find(|(own, _)| own == name).map(|(_, what)| what.clone()),
        _ => None,
    };
    html! {
        fieldset.choices #answer {
            legend { (cx.t("your-answer")) }
            @for word in ["yes", "no", "unclear", "blocked"] {
                span.pick {
                    input type="radio" id={ "answer-" (word) } name="answer" value=(word) required checked[answer == word] data-key=(word);
                    label for={ "answer-" (word) } { (cx.t(&format!("answer-{word}"))) " " kbd hidden data-for=(word) {} }
                }
            }
        }
        (field(cx, "reason", None, wrong("reason"), |told| html! {
            select id="reason" name="reason" aria-describedby=[told] aria-invalid=[told.map(|_| "true")] {
                option value="" selected[reason.is_empty()] { (cx.t("reason-none")) }
                @for code in view.reasons { option value=(code) selected[*code == reason] { (reason_text(cx, code)) } }
            }
        }))
        (field(cx, "trail", Some("trail-hint"), wrong("trail"), |told| html! {
            textarea id="trail" name="trail" rows="4" maxlength="8000" dir="auto" aria-describedby=[told] aria-invalid=[wrong("trail").map(|_| "true")] { (trail) }
        }))
        (field(cx, "note", None, wrong("note"), |told| html! {
            textarea id="note" name="note" rows="2" maxlength="4000" dir="auto" data-key="note" aria-describedby=[told] { (note) }
        }))
        div.bar {
            button.main type="submit" data-key="commit" { (cx.t("decide")) }
            button type="submit" formaction=(format!("/slots/{}/{}/draft", view.slot, view.indicator.code)) formnovalidate { (cx.t("keep-draft")) }
            (receipt(cx, view))
        }
    }
}

/// A field with its hint and, beside it, what is wrong with it. The control gets the names of both.
fn field(cx: &Cx, name: &str, hint: Option<&str>, wrong: Option<String>, control: impl Fn(Option<&str>) -> Markup) -> Markup {
    let ids = [hint.map(|_| format!("{name}-hint")), wrong.as_ref().map(|_| format!("{name}-wrong"))];
    let ids = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        div class=(if wrong.is_some() { "field wrong" } else { "field" }) {
            label for=(name) { (cx.t(&format!("field-{name}"))) }
            @if let Some(wrong) = &wrong { p.error id={ (name) "-wrong" } { (wrong) } }
            (control(Some(ids.as_str()).filter(|ids| !ids.is_empty())))
            @if let Some(hint) = hint { p.hint id={ (name) "-hint" } { (cx.t(hint)) } }
        }
    }
}

/// Where the page tells whether what was typed is kept; the script takes its words from here.
fn receipt(cx: &Cx, view: &View<'_>) -> Markup {
    let time = |key: &str| cx.f(key, &[("time", "{time}".into())]);
    html! {
        span.receipt role="status" aria-live="polite" data-saving=(cx.t("receipt-saving")) data-saved=(time("receipt-saved"))
            data-unsaved=(cx.t("receipt-unsaved")) data-queued=(cx.t("receipt-queued")) data-sent=(time("receipt-sent"))
            data-refused=(cx.t("receipt-refused")) data-restored=(time("receipt-restored"))
        {
            @if let Some(at) = view.drafted { (cx.f("receipt-saved", &[("time", (&cx.words.moment(at)).into())])) }
        }
    }
}

/// Where was looked, as far as it is known: the candidates that this page shows, and what the crawler searched for.
fn prefilled(view: &View<'_>) -> String {
    let urls = view.candidates.iter().map(|one| one.passage.url.clone());
    urls.chain(view.searches.iter().map(|words| format!("search: {words}"))).collect::<Vec<_>>().join("\n")
}

/// A reason code in words.
pub(crate) fn reason_text(cx: &Cx, code: &str) -> String {
    let key = format!("reason-{code}");
    if cx.words.has(&key) { cx.t(&key) } else { code.to_owned() }
}

/// What stands: read it at a glance.
fn decided(cx: &Cx, decision: &Decision) -> Markup {
    html! {
        section.decided aria-labelledby="decided" {
            h2 #decided { (cx.t("you-decided")) " " (answer_tag(cx, Some(decision.answer), false)) }
            p { time datetime=(decision.at) { (cx.words.moment(decision.at)) } }
            (evidence(&decision.evidence))
        }
    }
}

/// Passages that a decision points at.
pub(crate) fn evidence(passages: &[Pointed]) -> Markup {
    html! {
        @for one in passages {
            blockquote dir="auto" cite=(one.url) { (marked(&one.prefix, &one.exact, &one.suffix)) footer { bdi { (one.url) } } }
        }
    }
}

/// What was typed, as a draft.
pub(crate) fn typed(cx: &Cx, own: &Own, code: &Code) -> Value {
    json!({
        "answer": cx.field("answer"),
        "reason": cx.field("reason"),
        "note": cx.field("note"),
        "trail": cx.field("trail"),
        "seconds": cx.field("seconds"),
        "pick": cx.fields("pick").collect::<Vec<_>>(),
        "passages": own.draft(code)["passages"],
    })
}

async fn draft(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    if !own.open() {
        return Err(Refusal::Conflict(cx.t("state-slot-sealed")));
    }
    cx.app.store.put_draft(&own.slot.id, code.as_str(), &typed(&cx, &own, &code), cx.now).await?;
    let to = if cx.field("to").is_empty() { "?said=said-saved" } else { "/evidence" };
    Ok(Reply::done(format!("/slots/{}/{code}{to}", own.slot.id), json!({ "saved": cx.now })))
}

async fn decide(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let code = code(&cx, &own)?;
    if !own.open() {
        return Err(Refusal::Conflict(cx.t("state-slot-sealed")));
    }
    let kept = match decision(&cx, &own, &code).await {
        Ok(made) => cx.app.desk.keep(Made::Decision(made.clone())).await.map(|_| made).map_err(Refusal::from),
        Err(refusal) => Err(refusal),
    };
    let made = match kept {
        Ok(made) => made,
        Err(refusal @ (Refusal::Wrong(_) | Refusal::Stale(_))) if !cx.json => return Err(again(&cx, own, &code, refusal).await?),
        Err(refusal) => return Err(refusal),
    };
    cx.app.store.drop_draft(&own.slot.id, code.as_str()).await?;
    let to = match own.next_open(&code).filter(|next| **next != code) {
        Some(next) => format!("/slots/{}/{next}?said=said-decided", own.slot.id),
        None => format!("/slots/{}?said=said-decided", own.slot.id),
    };
    Ok(Reply::done(to, json!(made)))
}

/// The screen once more with what was sent, what is wrong with it, and what stands meanwhile. What was sent becomes the draft.
async fn again(cx: &Cx, own: Own, code: &Code, refusal: Refusal) -> Result<Refusal, Refusal> {
    cx.app.store.put_draft(&own.slot.id, code.as_str(), &typed(cx, &own, code), cx.now).await?;
    let own = Own::load(&cx.app, own.slot).await?;
    let view = view(cx, &own, code).await?;
    let body = page(cx, &view, Some(&refusal));
    Ok(Refusal::Page(Box::new(refusal), view.title(), body))
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
        trail.extend(cx.field("trail").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
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
