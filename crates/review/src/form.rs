//! Forms: what each has to carry, and their fields.

use maud::{Markup, html};

use crate::cx::Cx;
use crate::dispatch::{FORM, ONCE};
use crate::layout::field_name;
use crate::secret;

/// A form that is sent to an address of ours. If it was refused, its fields hold what was sent.
pub(crate) fn post(cx: &Cx, to: &str, fields: impl FnOnce(&Cx) -> Markup) -> Markup {
    let other = cx.returned.as_ref().filter(|back| back.to != to);
    let fields = match other {
        Some(_) => fields(&Cx { returned: None, ..cx.clone() }),
        None => fields(cx),
    };
    html! {
        form method="post" action=(to) {
            (carried(cx))
            (fields)
        }
    }
}

/// A field with its name and, if it was refused, what is wrong with it. The control gets the name of that.
fn field(cx: &Cx, name: &str, label: &str, control: impl FnOnce(Option<&str>) -> Markup) -> Markup {
    let fault = cx.fault(name);
    let id = fault.map(|_| format!("{name}-wrong"));
    html! {
        div class=(if fault.is_some() { "field wrong" } else { "field" }) {
            label for=(name) { (cx.t(label)) }
            @if let Some(what) = fault { p.error id={ (name) "-wrong" } { (what) } }
            (control(id.as_deref()))
        }
    }
}

/// What is wrong with what was chosen, where there is no single control to say it of.
pub(crate) fn fault(cx: &Cx, name: &str) -> Markup {
    html! { @if let Some(what) = cx.fault(name) { p.error id={ (name) "-wrong" } { (what) } } }
}

/// What each form carries: a name for what is sent, and the token of the session.
pub(crate) fn carried(cx: &Cx) -> Markup {
    html! {
        input type="hidden" name=(ONCE) value=(secret::name());
        @if let Some(session) = &cx.session {
            input type="hidden" name=(FORM) value=(session.form);
        }
    }
}

/// A line of text.
pub(crate) fn text(cx: &Cx, name: &str, label: &str, value: &str, most: usize, required: bool) -> Markup {
    let value = cx.typed(name).unwrap_or(value);
    field(cx, name, label, |told| {
        html! {
            input type="text" id=(name) name=(name) value=(value) maxlength=(most) required[required] dir="auto"
                aria-describedby=[told] aria-invalid=[told.map(|_| "true")];
        }
    })
}

/// Lines of text.
pub(crate) fn lines(cx: &Cx, name: &str, label: &str, value: &str, rows: u8, most: usize) -> Markup {
    let value = cx.typed(name).unwrap_or(value);
    field(cx, name, label, |told| {
        html! {
            textarea id=(name) name=(name) rows=(rows) maxlength=(most) dir="auto" aria-describedby=[told]
                aria-invalid=[told.map(|_| "true")] { (value) }
        }
    })
}

/// A password; pasting is welcome.
pub(crate) fn password(cx: &Cx, name: &str, label: &str, complete: &str) -> Markup {
    field(cx, name, label, |told| {
        html! {
            input type="password" id=(name) name=(name) required autocomplete=(complete) maxlength=(secret::LONGEST)
                aria-describedby=[told] aria-invalid=[told.map(|_| "true")];
        }
    })
}

/// One of several: value, text.
pub(crate) fn choice(cx: &Cx, name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    let chosen = cx.typed(name).unwrap_or(chosen);
    field(cx, name, label, |told| {
        html! {
            select id=(name) name=(name) aria-describedby=[told] aria-invalid=[told.map(|_| "true")] {
                @for (value, text) in options {
                    option value=(value) selected[value == chosen] { (text) }
                }
            }
        }
    })
}

/// One of a few, all in sight: value, text.
pub(crate) fn radios(cx: &Cx, name: &str, legend: &str, options: &[(String, String)], chosen: &str) -> Markup {
    let chosen = cx.typed(name).unwrap_or(chosen);
    html! {
        fieldset id=(name) aria-describedby=[cx.fault(name).map(|_| format!("{name}-wrong"))] {
            legend { (cx.t(legend)) }
            (fault(cx, name))
            @for (value, text) in options {
                div.pick {
                    input type="radio" id={ (name) "-" (value) } name=(name) value=(value) checked[value == chosen];
                    label for={ (name) "-" (value) } { (text) }
                }
            }
        }
    }
}

/// Any of a few: value, text, whether it is chosen.
pub(crate) fn boxes(cx: &Cx, name: &str, legend: &str, options: &[(String, String, bool)]) -> Markup {
    let chosen = |value: &str, before: bool| if cx.returned.is_some() { cx.chose(name, value) } else { before };
    html! {
        fieldset id=(name) aria-describedby=[cx.fault(name).map(|_| format!("{name}-wrong"))] {
            legend { (cx.t(legend)) }
            (fault(cx, name))
            @for (value, text, before) in options {
                div.pick {
                    input type="checkbox" id={ (name) "-" (value) } name=(name) value=(value) checked[chosen(value, *before)];
                    label for={ (name) "-" (value) } { (text) }
                }
            }
        }
    }
}

/// The button that sends.
pub(crate) fn submit(cx: &Cx, label: &str) -> Markup {
    html! { button.main type="submit" { (cx.t(label)) } }
}

/// Fields in which nobody types: they go along unseen.
const UNTYPED: [&str; 6] = ["supersedes", "seconds", "after", "capture", "pick", "to"];

/// What was sent to the path, to be corrected and sent again: nothing that was typed is lost but passwords.
pub(crate) fn again(cx: &Cx) -> Markup {
    let carried = |name: &str| name == FORM || name == ONCE;
    html! {
        details open {
            summary { (cx.t("what-you-sent")) }
            (post(cx, &cx.path, |cx| html! {
                @for (at, (name, value)) in cx.fields.iter().enumerate().filter(|(_, (name, _))| !carried(name)) {
                    @if UNTYPED.contains(&name.as_str()) { input type="hidden" name=(name) value=(value); } @else { div.field {
                        label for={ "again-" (at) } { bdi { (field_name(cx, name)) } }
                        @if name.contains("password") {
                            input type="password" id={ "again-" (at) } name=(name) required maxlength=(secret::LONGEST);
                        } @else {
                            textarea id={ "again-" (at) } name=(name) rows=(rows(value)) dir="auto" { (value) }
                        }
                    } }
                }
                (submit(cx, "send-again"))
            }))
            p { a href=(cx.from) { (cx.t("start-over")) } }
        }
    }
}

/// Lines that a text takes, within reason.
fn rows(text: &str) -> usize {
    text.lines().map(|line| line.chars().count() / 60 + 1).sum::<usize>().clamp(1, 12)
}
