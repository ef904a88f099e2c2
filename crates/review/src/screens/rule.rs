//! Reconciling one indicator: the evidence first, then both outcomes without names, then the ruling (R17).

use maud::{Markup, html};
use model::{Adjudication, Assist, Choice, Code, Indicator, Made, Pointed, Rebuttal, Stance};
use serde::Serialize;
use serde_json::json;

use crate::city::City;
use crate::cx::Cx;
use crate::form::{self, choice, lines, radios, submit};
use crate::layout::{marked, worded};
use crate::policy::{Need, On, Verdict, may as allowed};
use crate::proposals::{Candidate, Said};
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::cities::{at, object};
use crate::screens::decide::{evidence, reason_text};
use crate::screens::inspect::proposals;
use crate::screens::slot::answer_tag;
use crate::sides::{Side, WORDS, order, piece_markup, side_markup, sides};

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/cities/{campaign}/{portal}/{round}/rule/{code}",
        Need::ReadCity,
        &[may("names", Kind::Word(&["yes"]))],
        "Both outcomes of an indicator, without names unless they were asked for.",
        run!(show),
    ),
    post("/cities/{campaign}/{portal}/{round}/rule/{code}/names", Need::ReadCity, &[], "Asks for the names.", run!(names)),
    post(
        "/cities/{campaign}/{portal}/{round}/rule/{code}/absent",
        Need::Rule,
        &[need("which", Kind::Word(&WORDS))],
        "Notes that nobody is there any more who could be heard.",
        run!(absent),
    ),
    post(
        "/cities/{campaign}/{portal}/{round}/rulings",
        Need::Rule,
        &[
            need("code", Kind::Text(40)),
            need("answer", Kind::Word(&["yes", "no"])),
            need("reason", Kind::Text(60)),
            may("note", Kind::Text(4000)),
            may("pick", Kind::Texts(100)),
            may("supersedes", Kind::Text(36)),
        ],
        "Rules on an indicator.",
        run!(rule),
    ),
];

#[derive(Serialize)]
struct View {
    campaign: String,
    portal: String,
    city: String,
    round: u32,
    indicator: Indicator,
    /// Who is still to be heard: `first`, `second`.
    unheard: Vec<&'static str>,
    sides: Vec<Side>,
    ruling: Option<Adjudication>,
    machine: Option<Said>,
    /// What the machine would point at.
    candidates: Vec<Candidate>,
    reasons: Vec<String>,
    /// Whether whoever asks may rule now.
    may_rule: bool,
    /// Whether names are shown.
    names: bool,
}

/// The indicator of that code, if it is asked in this round.
fn asked(city: &City, code: &str) -> Option<Code> {
    city.codes.iter().find(|own| own.as_str() == code).cloned()
}

/// Whether an indicator is one to rule on: the slots differ, or their agreement was doubted.
fn differs(city: &City, code: &Code) -> bool {
    city.agreed(code).is_none() || city.rulings.contains_key(code) || city.unruled().contains(code)
}

/// Who is still to be heard, without names.
fn unheard(city: &City, code: &Code) -> Vec<&'static str> {
    let slots = city.unheard(code);
    WORDS.into_iter().zip(order(city, code)).filter(|(_, slot)| slots.contains(slot)).map(|(word, _)| word).collect()
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    let code = asked(city, cx.param("code")).ok_or(Refusal::Unknown)?;
    let what = format!("{}/{code}", object(city));
    // Names are shown to whoever asked for them, which stands in the audit log.
    let mine = cx.app.store.audited(Some(&cx.me().id), i64::MAX, 1000).await?;
    let names = cx.field("names") == "yes" && mine.iter().any(|one| one.act.action == "names" && one.act.object == what);
    cx.audit("read", &what, json!({})).await?;
    let (machine, candidates) = match proposals(&cx.app, city).await? {
        Some(of) => (of.said(&code), of.candidates(&cx.app, &code, Assist::VerdictShown, 0).await?),
        None => (None, Vec::new()),
    };
    let on = On { slot: None, city: Some(city.facts()) };
    let may_rule = allowed(cx.who.as_ref(), Need::Rule, &on) == Verdict::Yes;
    let view = View {
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        city: city.portal.city.clone(),
        round: city.round,
        indicator: cx.app.indicator(code.as_str()).ok_or(Refusal::Unknown)?.clone(),
        unheard: unheard(city, &code),
        sides: sides(&cx.app, city, &code, names).await?,
        ruling: city.rulings.get(&code).cloned(),
        machine,
        candidates,
        reasons: city.policy.1.reasons.clone(),
        may_rule: may_rule && city.sign_off.is_none() && city.comparison.is_some() && differs(city, &code),
        names,
    };
    let title = format!("{} {}", view.indicator.code, view.indicator.title);
    Ok(Reply::screen(title, &view, page(&cx, &view)).titled_in(&cx.app.instrument.language))
}

fn page(cx: &Cx, view: &View) -> Markup {
    let base = format!("/cities/{}/{}/{}", view.campaign, view.portal, view.round);
    let own = format!("{base}/rule/{}", view.indicator.code);
    let open = view.may_rule && view.unheard.is_empty();
    let inner = |cx: &Cx| {
        html! {
            section #pick tabindex="-1" aria-labelledby="evidence" aria-describedby=[cx.fault("pick").map(|_| "pick-wrong")] {
                h2 #evidence { (cx.t("evidence")) }
                (form::fault(cx, "pick"))
                @if view.sides.iter().all(|side| side.pieces.is_empty()) { p { (cx.t("rule-no-evidence")) } }
                @for side in &view.sides {
                    @for piece in &side.pieces { (piece_markup(cx, piece, &cx.t(&format!("rule-{}", side.which)), open)) }
                }
            }
            section aria-labelledby="outcomes" {
                h2 #outcomes { (cx.t("rule-outcomes")) }
                p.hint { (cx.t("rule-order-hint")) }
                @for side in &view.sides { (side_markup(cx, side)) }
            }
            (machine_markup(cx, view, open))
            @if open { (ruling_fields(cx, view)) }
        }
    };
    html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(base) { bdi { (view.city) } } }
        section aria-labelledby="about" {
            h2 #about { (cx.t("what-counts")) }
            p { (worded(cx, &view.indicator.seen)) }
            @if !view.indicator.not_enough.is_empty() { h3 { (cx.t("not-enough")) } p { (worded(cx, &view.indicator.not_enough)) } }
        }
        @if let Some(ruling) = &view.ruling { (ruled(cx, ruling)) }
        @if !view.unheard.is_empty() && view.ruling.is_none() { (still_to_hear(cx, view, &own)) }
        @if open { (form::post(cx, &format!("{base}/rulings"), inner)) } @else { (inner(cx)) }
        @if !view.names { (form::post(cx, &format!("{own}/names"), |cx| html! { button type="submit" { (cx.t("rule-show-names")) } })) }
        p.hint { (cx.t("rule-names-hint")) }
    }
}

fn machine_markup(cx: &Cx, view: &View, open: bool) -> Markup {
    html! {
        details {
            summary { (cx.t("rule-machine")) }
            @match &view.machine {
                Some(said) => p.verdict { (cx.t("machine-says")) " " bdi lang="en" { strong { (said.answer) } " (" (said.band.as_str()) "). " (said.because) } },
                None => p { (cx.t("rule-no-machine")) },
            }
            @for one in &view.candidates {
                @if open {
                    div.pick {
                        input type="checkbox" id={ "pick-" (one.pick.replace(':', "-")) } name="pick" value=(one.pick) checked[cx.chose("pick", &one.pick)];
                        label for={ "pick-" (one.pick.replace(':', "-")) } { (cx.t("rule-take")) " " bdi.url { (one.passage.url) } }
                    }
                } @else { p { bdi.url { (one.passage.url) } } }
                blockquote dir="auto" lang=[one.language.as_deref()] cite=(one.passage.url) { (marked(&one.before, &one.passage.exact, &one.after)) }
            }
        }
    }
}

fn ruling_fields(cx: &Cx, view: &View) -> Markup {
    let mut reasons = vec![(String::new(), cx.t("reason-none"))];
    reasons.extend(view.reasons.iter().map(|code| (code.clone(), reason_text(cx, code))));
    let answers =
        [Choice::Yes, Choice::No].map(|answer| (answer.as_str().to_owned(), cx.t(&format!("answer-{}", answer.as_str()))));
    html! {
        section aria-labelledby="ruling" {
            h2 #ruling { (cx.t("rule-yours")) }
            input type="hidden" name="code" value=(view.indicator.code);
            input type="hidden" name="supersedes" value=(view.ruling.as_ref().map_or("", |one| one.id.as_str()));
            (radios(cx, "answer", "rule-answer", &answers, ""))
            p.hint { (cx.t("rule-evidence-hint")) }
            (choice(cx, "reason", "field-reason", &reasons, ""))
            (lines(cx, "note", "field-note", "", 3, 4000))
            (submit(cx, "rule-send"))
        }
    }
}

fn ruled(cx: &Cx, ruling: &Adjudication) -> Markup {
    html! {
        section.decided aria-labelledby="ruled" {
            h2 #ruled { (cx.t("rule-ruled")) " " (answer_tag(cx, Some(ruling.answer), false)) }
            p {
                bdi { (ruling.reviewer) } " · " time datetime=(ruling.at) { (cx.words.moment(ruling.at)) } " · " (reason_text(cx, &ruling.reason))
            }
            @if !ruling.note.is_empty() { p dir="auto" { (ruling.note) } }
            (evidence(&ruling.evidence))
        }
    }
}

fn still_to_hear(cx: &Cx, view: &View, own: &str) -> Markup {
    html! {
        div.problem role="status" {
            p { (cx.t("rule-unheard")) }
            ul { @for word in &view.unheard { li { (cx.t(&format!("rule-{word}"))) } } }
            @if view.may_rule {
                p.hint { (cx.t("rule-absent-hint")) }
                @for word in &view.unheard {
                    (form::post(cx, &format!("{own}/absent"), |cx| html! {
                        input type="hidden" name="which" value=(word);
                        button type="submit" { (cx.t(&format!("rule-absent-{word}"))) }
                    }))
                }
            }
        }
    }
}

async fn names(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    let code = asked(city, cx.param("code")).ok_or(Refusal::Unknown)?;
    cx.audit("names", &format!("{}/{code}", object(city)), json!({})).await?;
    Ok(Reply::done(at(city, &format!("/rule/{code}?names=yes")), json!({ "names": true })))
}

async fn absent(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    let code = asked(city, cx.param("code")).ok_or(Refusal::Unknown)?;
    let slots = WORDS.into_iter().zip(order(city, &code));
    let (_, slot) = slots.into_iter().find(|(word, _)| *word == cx.field("which")).ok_or(Refusal::Unknown)?;
    if !city.unheard(&code).contains(&slot) {
        return Err(Refusal::Conflict(cx.t("rule-heard-already")));
    }
    let assessor = city.holder(slot).map(|one| &one.person).or_else(|| city.seals.get(&slot).map(|seal| &seal.assessor));
    let person = match assessor {
        Some(id) => cx.app.store.person(id).await?,
        None => None,
    };
    // Whoever is no person here decided elsewhere and cannot be asked here either.
    if person.is_some_and(|person| person.ended.is_none()) {
        return Err(Refusal::Conflict(cx.t("rule-still-here")));
    }
    // It stands under the name of who notes it: nobody's words are put into another's mouth.
    let made = Rebuttal {
        id: cx.once.clone(),
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        round: city.round,
        slot,
        assessor: cx.me().id.clone(),
        code: code.clone(),
        stance: Stance::Keep,
        note: "abandoned: the assessor is deactivated and cannot be heard".to_owned(),
        at: cx.now,
    };
    cx.app.desk.keep(Made::Rebuttal(made)).await?;
    cx.audit("absent", &format!("{}/{code}", object(city)), json!({ "which": cx.field("which") })).await?;
    Ok(Reply::done(at(city, &format!("/rule/{code}?said=said-saved")), json!({ "absent": cx.field("which") })))
}

async fn rule(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    let code = asked(city, cx.field("code")).ok_or_else(|| cx.wrong("code", "field-unknown"))?;
    if city.sign_off.is_some() {
        return Err(Refusal::Conflict(cx.t("settled-signed-off")));
    }
    if city.comparison.is_none() || !differs(city, &code) {
        return Err(Refusal::Conflict(cx.t("rule-agreed")));
    }
    let waiting = unheard(city, &code);
    if !waiting.is_empty() {
        let who: Vec<String> = waiting.iter().map(|word| cx.t(&format!("rule-{word}"))).collect();
        return Err(Refusal::Conflict(format!("{} {}", cx.t("rule-unheard"), who.join(", "))));
    }
    if !city.policy.1.reasons.iter().any(|known| known == cx.field("reason")) {
        return Err(cx.wrong("reason", "field-unknown"));
    }
    let answer = if cx.field("answer") == "yes" { Choice::Yes } else { Choice::No };
    let evidence = if answer == Choice::Yes { picked(&cx, city, &code).await? } else { Vec::new() };
    if answer == Choice::Yes && evidence.is_empty() {
        return Err(cx.wrong("pick", "yes-needs-evidence"));
    }
    let made = Adjudication {
        id: cx.once.clone(),
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        round: city.round,
        reviewer: cx.me().id.clone(),
        code: code.clone(),
        answer,
        reason: cx.field("reason").to_owned(),
        note: cx.field("note").to_owned(),
        evidence,
        at: cx.now,
        supersedes: Some(cx.field("supersedes")).filter(|id| !id.is_empty()).map(str::to_owned),
    };
    cx.app.desk.keep(Made::Adjudication(made.clone())).await?;
    cx.audit("rule", &format!("{}/{code}", object(city)), json!({ "answer": made.answer, "reason": made.reason })).await?;
    let next = city.unruled().into_iter().find(|open| *open != code);
    let to = next.map_or_else(|| at(city, "?said=said-ruled"), |next| at(city, &format!("/rule/{next}?said=said-ruled")));
    Ok(Reply::done(to, json!(made)))
}

/// The passages that were chosen: of either side, or of the machine's candidates.
async fn picked(cx: &Cx, city: &City, code: &Code) -> Result<Vec<Pointed>, Refusal> {
    let mut known: Vec<(String, Pointed)> = Vec::new();
    for decision in order(city, code).into_iter().filter_map(|slot| city.of_slot(code, slot)) {
        let passages = decision.evidence.iter().enumerate();
        known.extend(passages.map(|(place, passage)| (format!("{}:{place}", decision.id), passage.clone())));
    }
    if let Some(of) = proposals(&cx.app, city).await? {
        let candidates = of.candidates(&cx.app, code, Assist::VerdictShown, 0).await?;
        known.extend(candidates.into_iter().map(|one| (one.pick, one.passage)));
    }
    let mut chosen: Vec<Pointed> = Vec::new();
    for pick in cx.fields("pick") {
        let (_, passage) = known.iter().find(|(own, _)| own == pick).ok_or_else(|| cx.wrong("pick", "field-unknown"))?;
        if !chosen.contains(passage) {
            chosen.push(passage.clone());
        }
    }
    Ok(chosen)
}
