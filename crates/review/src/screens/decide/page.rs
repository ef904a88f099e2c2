//! How the decision screen looks.

use maud::{Markup, html};
use model::{Assist, Decision, Pointed, Scope};

use crate::cx::Cx;
use crate::form::carried;
use crate::layout::{live, marked, problem, said, worded};
use crate::proposals::Candidate;
use crate::reply::Refusal;
use crate::screens::decide::{View, same};
use crate::screens::slot::{answer_tag, short};

/// Why it was not decided. What was typed became the draft.
fn told(cx: &Cx, refusal: &Refusal) -> String {
    if matches!(refusal, Refusal::Wrong(_)) { cx.t("decide-refused") } else { said(cx, refusal).1 }
}

/// The screen, with what was refused at its top.
pub(super) fn page(cx: &Cx, view: &View<'_>, refusal: Option<&Refusal>) -> Markup {
    let at = |path: &str| format!("/slots/{}{path}", view.slot);
    let seconds = view.draft["seconds"].as_str().filter(|text| text.parse::<u32>().is_ok()).unwrap_or("0");
    html! {
        @if let Some(refusal) = refusal { (problem(cx, refusal, &told(cx, refusal), true)) }
        nav.crumbs aria-label=(cx.t("crumbs")) {
            a href=(at("")) { bdi { (view.city) } } " · " (worded(cx, view.criterion)) " · "
            (cx.f("n-of-m", &[("n", view.place.into()), ("m", view.asked.into())]))
        }
        @if let Some(decision) = view.decision { (decided(cx, decision)) }
        div.decision data-keys="decision" {
            section.about aria-labelledby="about" {
                h2 #about tabindex="-1" data-key="guidance" { (cx.t("what-counts")) }
                p { (worded(cx, &view.indicator.seen)) }
                @if !view.indicator.not_enough.is_empty() {
                    h3 { (cx.t("not-enough")) }
                    p { (worded(cx, &view.indicator.not_enough)) }
                }
                p.hint { (cx.t(if view.indicator.scope == Scope::Portal { "scope-portal" } else { "scope-any" })) }
                @if let Some(said) = &view.verdict {
                    p.verdict { (cx.t("machine-says")) " " bdi lang="en" { strong { (said.answer) } " (" (said.band.as_str()) "). " (said.because) } }
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
                (candidates(cx, view, refusal))
                @if view.open { (answer(cx, view, refusal)) } @else { p { (cx.t("state-slot-sealed")) } }
            }
        }
        nav.steps aria-label=(cx.t("steps")) {
            @if let Some(previous) = view.previous { a.button rel="prev" data-key="previous" href=(at(&format!("/{previous}"))) { (cx.t("previous")) } }
            @if let Some(next) = view.next { a.button rel="next" data-key="next" href=(at(&format!("/{next}"))) { (cx.t("next")) } }
        }
    }
}

fn candidates(cx: &Cx, view: &View<'_>, refusal: Option<&Refusal>) -> Markup {
    // As typed; else as decided; else the first.
    let chosen = |place: usize, one: &Candidate| match (view.draft["pick"].as_array(), view.decision) {
        (Some(picks), _) => picks.iter().any(|pick| *pick == one.pick),
        (None, Some(decision)) => decision.evidence.iter().any(|pointed| same(pointed, &one.passage)),
        (None, None) => place == 0,
    };
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
            @if let Some(what) = wrong(refusal, "pick") { p.error #pick-wrong { (what) } }
            ol #pick tabindex="-1" {
                @for (place, one) in view.own.iter().chain(&view.candidates).enumerate() {
                    li.candidate { (candidate(cx, view, one, chosen(place, one))) }
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
    let anchor = one
        .passage
        .start
        .zip(one.passage.end)
        .map_or_else(String::new, |(start, end)| format!("?start={start}&end={end}#passage"));
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
            " · " (live(cx, &one.passage.url, "see-live"))
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
    let offered = offered(view);
    let (looked, rest) = looked(view, &offered);
    let trail = now("trail").unwrap_or(rest);
    let wrong = |name: &str| wrong(refusal, name);
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
        @if !offered.is_empty() {
            fieldset.looked {
                legend { (cx.t("looked-title")) }
                @for (place, line) in offered.iter().enumerate() {
                    div.pick {
                        input type="checkbox" id={ "looked-" (place) } name="looked" value=(line) checked[looked.contains(line)];
                        label for={ "looked-" (place) } { bdi { (line) } }
                    }
                }
            }
        }
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

/// What is wrong with a field.
fn wrong<'a>(refusal: Option<&'a Refusal>, name: &str) -> Option<&'a str> {
    let Some(Refusal::Wrong(fields)) = refusal else { return None };
    fields.iter().find(|(own, _)| own == name).map(|(_, what)| what.as_str())
}

/// A field with its hint and, beside it, what is wrong with it. The control gets the names of both.
fn field(cx: &Cx, name: &str, hint: Option<&str>, wrong: Option<&str>, control: impl Fn(Option<&str>) -> Markup) -> Markup {
    let ids = [hint.map(|_| format!("{name}-hint")), wrong.map(|_| format!("{name}-wrong"))];
    let ids = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        div class=(if wrong.is_some() { "field wrong" } else { "field" }) {
            label for=(name) { (cx.t(&format!("field-{name}"))) }
            @if let Some(wrong) = wrong { p.error id={ (name) "-wrong" } { (wrong) } }
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

/// Where the machine looked, for the assessor to say what of it they looked at too: the candidates that this page shows, and
/// what the crawler searched for. Nothing of it is ticked before somebody does.
fn offered(view: &View<'_>) -> Vec<String> {
    let urls = view.candidates.iter().map(|one| one.passage.url.clone());
    let mut lines: Vec<String> = Vec::new();
    for line in urls.chain(view.searches.iter().map(|words| format!("search: {words}"))) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What is ticked of what is offered, and what was written besides.
fn looked(view: &View<'_>, offered: &[String]) -> (Vec<String>, String) {
    if let Some(ticked) = view.draft["looked"].as_array() {
        return (ticked.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect(), String::new());
    }
    let (ticked, rest): (Vec<String>, Vec<String>) =
        view.decision.iter().flat_map(|one| one.trail.clone()).partition(|line| offered.contains(line));
    (ticked, rest.join("\n"))
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
