//! The form of a slot as a workbook, and sheets that come back: sent, mapped, looked through row by row, taken in as drafts.
//!
//! Nothing of a sheet becomes a decision by itself: a yes needs a passage of a capture (R7), a no the words of who looked (R8), so
//! each row waits as a draft until its assessor decides it.

use maud::{Markup, html};
use model::Choice;
use report::book::{Asked, Campaign};
use report::import::mapping::{Across, Mapping, Source};
use report::import::preview::{Outcome, Verdict, preview};
use report::workbook;
use serde_json::{Value, json};

use crate::cx::Cx;
use crate::form::{self, submit};
use crate::imports::{Sent, guessed, heads, key, known};
use crate::own::Own;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, post, run};
use crate::screens::slot::{answer_tag, short};

/// What the columns of a sheet are.
const MAPPING: &[Input] = &[
    may("sheet", Kind::Text(100)),
    may("header", Kind::Number),
    may("across", Kind::Word(&["nothing", "codes", "cities"])),
    may("code", Kind::Text(500)),
    may("answer", Kind::Text(500)),
    may("reason", Kind::Text(500)),
    may("note", Kind::Text(500)),
    may("url", Kind::Text(500)),
    may("quote", Kind::Text(500)),
    may("trail", Kind::Text(500)),
    may("key", Kind::Text(500)),
    may("base", Kind::Text(500)),
    may("name", Kind::Text(100)),
    may("seen", Kind::Text(100)),
];

pub(crate) const ROUTES: &[Route] = &[
    get("/slots/{slot}/form.xlsx", Need::OwnSlot, &[], "The indicators of an own city as a workbook to fill in.", run!(blank)),
    get("/slots/{slot}/import", Need::OwnSlot, &[], "Where a filled workbook or CSV is sent.", run!(ask)),
    post(
        "/slots/{slot}/import",
        Need::OwnSlot,
        &[may("csv", Kind::Text(2_000_000))],
        "Sends a sheet: a file as `multipart/form-data` in the field `file`, or CSV as text.",
        run!(send),
    ),
    get(
        "/slots/{slot}/import/{id}",
        Need::OwnSlot,
        MAPPING,
        "What would become of each row of a sheet that was sent.",
        run!(show),
    ),
    post(
        "/slots/{slot}/import/{id}",
        Need::OwnSlot,
        MAPPING,
        "Takes a sheet in as drafts: all that can be, or nothing.",
        run!(take),
    ),
];

/// The columns that somebody can say.
const ROLES: [&str; 9] = ["code", "answer", "reason", "note", "url", "quote", "trail", "key", "base"];

async fn blank(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let city = own.city_name();
    let asked = |code: &model::Code| {
        let indicator = cx.app.indicator(code.as_str());
        let decision = own.decisions.get(code);
        let first = decision.and_then(|one| one.evidence.first());
        Asked {
            key: key(&own, code),
            base: decision.map(|one| one.id.clone()).unwrap_or_default(),
            campaign: own.slot.campaign.clone(),
            portal: own.slot.portal.clone(),
            city: city.clone(),
            round: own.slot.round,
            status: if decision.is_some() { "answered" } else { "open" }.to_owned(),
            slot: format!("{:?}", own.slot.slot),
            code: code.to_string(),
            criterion: indicator.map(|one| one.criterion.clone()).unwrap_or_default(),
            title: indicator.map(|one| one.title.clone()).unwrap_or_default(),
            question: indicator.map(|one| one.seen.clone()).unwrap_or_default(),
            answer: decision.map(|one| one.answer.as_str().to_owned()).unwrap_or_default(),
            reason: decision.and_then(|one| one.reason.clone()).unwrap_or_default(),
            note: decision.map(|one| one.note.clone()).unwrap_or_default(),
            url: first.map(|one| one.url.clone()).unwrap_or_default(),
            quote: first.map(|one| one.exact.clone()).unwrap_or_default(),
            trail: decision.map(|one| one.trail.join("\n")).unwrap_or_default(),
        }
    };
    let campaign = Campaign {
        key: own.campaign.id.clone(),
        name: own.campaign.title.clone(),
        edition: cx.app.instrument.edition.clone(),
        instrument: cx.app.instrument.title.clone(),
        release: None,
        status: "internal".to_owned(),
        made: cx.now.to_string(),
        made_by: crate::screens::watch::MADE_BY.to_owned(),
    };
    let rows: Vec<Asked> = own.codes.iter().map(asked).collect();
    let bytes = workbook::write_form(&campaign, &rows, cx.now).map_err(|error| Refusal::Broken(error.to_string()))?;
    cx.audit("export", &format!("slot {}", own.slot.id), json!({ "digest": archive::digest(&bytes) })).await?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(Reply::file(&format!("{}-{}.xlsx", own.slot.portal, own.slot.round), media, bytes))
}

async fn ask(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let to = format!("/slots/{}/import", own.slot.id);
    let body = html! {
        p { a href={ "/slots/" (own.slot.id) } { (own.city_name()) } }
        @if own.open() {
            p { (cx.t("import-text")) }
            p.hint { (cx.t("import-drafts")) }
            p { a.button href={ "/slots/" (own.slot.id) "/form.xlsx" } { (cx.t("import-form")) } }
            form method="post" action=(to) enctype="multipart/form-data" {
                (form::carried(&cx))
                div.field {
                    label for="file" { (cx.t("import-file")) }
                    @if let Some(what) = cx.fault("file") { p.error { (what) } }
                    input type="file" id="file" name="file" required accept=".xlsx,.csv,text/csv";
                }
                (submit(&cx, "import-send"))
            }
        } @else { p { (cx.t("state-slot-sealed")) } }
    };
    Ok(Reply::screen(cx.t("import-title"), &json!({ "slot": own.slot.id, "open": own.open() }), body))
}

async fn send(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    own.must_be_open(&cx)?;
    let (name, bytes) = match cx.files.iter().find(|file| file.field == "file") {
        Some(file) => (file.name.clone(), file.bytes.clone()),
        None => ("csv".to_owned(), cx.field("csv").as_bytes().to_vec()),
    };
    if bytes.is_empty() {
        return Err(cx.wrong("file", "field-missing"));
    }
    let digest = archive::digest(&bytes);
    let read = cx.app.outside.sheets(bytes).await.map_err(|what| Refusal::field("file", what))?;
    let sheets = read.map_err(|refused| Refusal::field("file", refused.to_string()))?;
    let before = remembered(&cx).into_iter().find(|mapping| fits(&sheets, mapping));
    let mapping = before.or_else(|| guessed(&own, &sheets)).ok_or_else(|| cx.wrong("file", "import-no-answers"))?;
    let (id, slot) = (cx.once.clone(), own.slot.id.clone());
    let to = format!("/slots/{slot}/import/{id}");
    let data = json!({ "import": id, "file": digest, "mapping": mapping });
    cx.app.waiting.put(Sent { id, slot, name, digest, sheets, mapping });
    Ok(Reply::done(to, data))
}

/// The mappings that somebody used before, the latest first.
fn remembered(cx: &Cx) -> Vec<Mapping> {
    let kept = cx.me().preferences["mappings"].as_array().cloned().unwrap_or_default();
    kept.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
}

/// Whether a sheet has all that a mapping names.
fn fits(sheets: &report::import::Sheets, mapping: &Mapping) -> bool {
    let heads = heads(sheets, mapping);
    let roles = [&mapping.code, &mapping.answer, &mapping.reason, &mapping.note, &mapping.url, &mapping.quote, &mapping.trail];
    let keys = [&mapping.key, &mapping.base, &mapping.city];
    let there = |source: &Source| match source {
        Source::Column(head) => heads.contains(head),
        Source::Always(_) => false,
        Source::Nowhere => true,
    };
    !heads.is_empty() && roles.into_iter().chain(keys).all(there)
}

/// The mapping of a sheet that was sent, as the fields change it.
fn mapped(cx: &Cx, sent: &Sent) -> Mapping {
    let mut mapping = sent.mapping.clone();
    let given = |name: &str| cx.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim().to_owned());
    if let Some(sheet) = given("sheet") {
        mapping.sheet = sheet;
    }
    if let Some(header) = given("header").and_then(|header| header.parse().ok()) {
        mapping.header = header;
    }
    if let Some(across) = given("across") {
        mapping.across = match across.as_str() {
            "codes" => Across::Codes,
            "cities" => Across::Cities,
            _ => Across::Nothing,
        };
    }
    if let Some(name) = given("name") {
        mapping.name = name;
    }
    for role in ROLES {
        if let (Some(head), Some(place)) = (given(role), place(&mut mapping, role)) {
            *place = if head.is_empty() { Source::Nowhere } else { Source::Column(head) };
        }
    }
    mapping
}

fn place<'a>(mapping: &'a mut Mapping, role: &str) -> Option<&'a mut Source> {
    Some(match role {
        "code" => &mut mapping.code,
        "answer" => &mut mapping.answer,
        "reason" => &mut mapping.reason,
        "note" => &mut mapping.note,
        "url" => &mut mapping.url,
        "quote" => &mut mapping.quote,
        "trail" => &mut mapping.trail,
        "key" => &mut mapping.key,
        "base" => &mut mapping.base,
        _ => return None,
    })
}

/// What would become of each row, without those that hold nothing; and the digest by which one knows that it is still so.
fn looked(own: &Own, sent: &Sent, mapping: &Mapping) -> Result<(Vec<Verdict>, String), Refusal> {
    let mut verdicts = preview(&sent.sheets, mapping, &known(own)).map_err(|why| Refusal::field("sheet", why.to_string()))?;
    verdicts.retain(|one| one.outcome != Outcome::Empty);
    let seen = archive::digest(archive::canonical(&json!({ "mapping": mapping, "rows": verdicts })).as_bytes());
    Ok((verdicts, seen.to_string()))
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    let sent = cx.app.waiting.get(cx.param("id"), &own.slot.id).ok_or(Refusal::Unknown)?;
    let mapping = mapped(&cx, &sent);
    let looked = looked(&own, &sent, &mapping);
    let at = format!("/slots/{}/import/{}", own.slot.id, sent.id);
    let taken = looked.as_ref().map_or(0, |(rows, _)| rows.iter().filter(|one| one.outcome == Outcome::Taken).count());
    let body = html! {
        p { a href={ "/slots/" (own.slot.id) } { (own.city_name()) } " · " bdi { (sent.name) } " " code { (short(&sent.digest.to_string())) } }
        (mapping_form(&cx, &sent, &mapping, &at))
        @match &looked {
            Err(_) => p.error { (cx.t("import-map-again")) },
            Ok((rows, seen)) => {
                h2 { (cx.t("import-preview")) }
                p { (cx.f("import-counts", &[("taken", taken.into()), ("refused", (rows.len() - taken).into())])) }
                p.hint { (cx.t("import-drafts")) }
                (rows_table(&cx, rows))
                @if taken > 0 && own.open() {
                    (form::post(&cx, &at, |cx| html! {
                        (hidden(&mapping))
                        input type="hidden" name="seen" value=(seen);
                        (form::text(cx, "name", "import-name", &mapping.name, 100, false))
                        (submit(cx, "import-take"))
                    }))
                }
            }
        }
    };
    let (rows, seen) = looked.unwrap_or_default();
    let data = json!({ "import": sent.id, "file": sent.digest, "mapping": mapping, "rows": rows, "taken": taken, "seen": seen });
    Ok(Reply::screen(cx.t("import-title"), &data, body))
}

/// The mapping as fields that are sent along.
fn hidden(mapping: &Mapping) -> Markup {
    let mut own = mapping.clone();
    let across = across(mapping);
    html! {
        input type="hidden" name="sheet" value=(mapping.sheet);
        input type="hidden" name="header" value=(mapping.header);
        input type="hidden" name="across" value=(across);
        @for role in ROLES {
            @if let Some(Source::Column(head)) = place(&mut own, role) { input type="hidden" name=(role) value=(head); }
            @else { input type="hidden" name=(role) value=""; }
        }
    }
}

fn across(mapping: &Mapping) -> &'static str {
    match mapping.across {
        Across::Nothing => "nothing",
        Across::Codes => "codes",
        Across::Cities => "cities",
    }
}

fn mapping_form(cx: &Cx, sent: &Sent, mapping: &Mapping, at: &str) -> Markup {
    let heads = heads(&sent.sheets, mapping);
    let sheets: Vec<(String, String)> =
        sent.sheets.sheets.iter().filter(|one| !one.hidden).map(|one| (one.name.clone(), one.name.clone())).collect();
    let kinds: Vec<(String, String)> =
        ["nothing", "codes", "cities"].map(|one| (one.to_owned(), cx.t(&format!("import-across-{one}")))).to_vec();
    let mut columns = vec![(String::new(), cx.t("import-nowhere"))];
    columns.extend(heads.iter().map(|head| (head.clone(), head.clone())));
    let mut own = mapping.clone();
    html! {
        details open[heads.is_empty()] {
            summary { (cx.t("import-mapping")) }
            form method="get" action=(at) {
                (form::choice(cx, "sheet", "import-sheet", &sheets, &mapping.sheet))
                (form::text(cx, "header", "import-header", &mapping.header.to_string(), 6, true))
                (form::choice(cx, "across", "import-across", &kinds, across(mapping)))
                @for role in ROLES {
                    @let chosen = match place(&mut own, role) { Some(Source::Column(head)) => head.clone(), _ => String::new() };
                    (form::choice(cx, role, &format!("import-role-{role}"), &columns, &chosen))
                }
                (submit(cx, "import-map"))
            }
        }
    }
}

fn rows_table(cx: &Cx, rows: &[Verdict]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(cx.t("import-preview")) {
            table {
                caption { (cx.t("import-preview")) }
                thead { tr { @for head in ["import-row", "stats-indicator", "import-answer", "import-outcome"] { th scope="col" { (cx.t(head)) } } } }
                tbody { @for one in rows {
                    tr {
                        th scope="row" { (cx.words.number(one.row.into())) }
                        td { span.code { (one.code) } }
                        td { @if one.answer.is_some() { (answer_tag(cx, one.answer, false)) } }
                        td { (outcome(cx, one)) }
                    }
                } }
            }
        }
    }
}

/// What becomes of a row, in words.
fn outcome(cx: &Cx, one: &Verdict) -> String {
    let quoted = |key: &str, what: &String| cx.f(key, &[("what", what.into())]);
    match &one.outcome {
        Outcome::Taken if one.answer == Some(Choice::Yes) => cx.t("import-taken-yes"),
        Outcome::Taken if one.replaces => cx.t("import-taken-again"),
        Outcome::Taken => cx.t("import-taken"),
        Outcome::Empty => cx.t("answer-open"),
        Outcome::UnknownCity(what) => quoted("import-unknown-city", what),
        Outcome::UnknownCode(what) => quoted("import-unknown-code", what),
        Outcome::ForeignKey(what) => quoted("import-foreign", what),
        Outcome::Unreadable(what) => quoted("import-unreadable", what),
        Outcome::Stale { .. } => cx.t("import-stale"),
        Outcome::Duplicate(row) => cx.f("import-duplicate", &[("row", (*row).into())]),
    }
}

async fn take(cx: Cx) -> Result<Reply, Refusal> {
    let own = Own::load(&cx.app, cx.slot().clone()).await?;
    own.must_be_open(&cx)?;
    let sent = cx.app.waiting.get(cx.param("id"), &own.slot.id).ok_or(Refusal::Unknown)?;
    let mut mapping = mapped(&cx, &sent);
    let name = std::mem::take(&mut mapping.name);
    let (rows, seen) = looked(&own, &sent, &Mapping { name: sent.mapping.name.clone(), ..mapping.clone() })?;
    if seen != cx.field("seen") {
        return Err(Refusal::Conflict(cx.t("import-changed")));
    }
    let taken: Vec<&Verdict> = rows.iter().filter(|one| one.outcome == Outcome::Taken).collect();
    if taken.is_empty() {
        return Err(Refusal::Conflict(cx.t("import-nothing")));
    }
    mapping.name = name;
    let of = archive::digest(mapping.text().as_bytes());
    let drafts: Vec<(String, Value)> = taken.iter().map(|one| (one.code.clone(), draft(&own, one, &sent))).collect();
    cx.app.store.put_drafts(&own.slot.id, &drafts, cx.now).await?;
    let told: Vec<Value> = rows.iter().map(|one| json!({ "row": one.row, "code": one.code, "outcome": one.outcome })).collect();
    let detail = json!({ "file": sent.digest, "mapping": of, "columns": mapping, "rows": told });
    cx.audit("import", &own.slot.id, detail).await?;
    let mut kept = vec![json!(mapping)];
    kept.extend(remembered(&cx).into_iter().filter(|one| *one != mapping).take(9).map(|one| json!(one)));
    let mut preferences = cx.me().preferences.clone();
    preferences["mappings"] = kept.into();
    cx.app.store.set_preferences(&cx.me().id, &preferences).await?;
    cx.app.waiting.drop(&sent.id);
    let data = json!({ "taken": taken.len(), "refused": rows.len() - taken.len(), "file": sent.digest, "mapping": of });
    Ok(Reply::done(format!("/slots/{}?said=said-imported", own.slot.id), data))
}

/// A row as a draft. Address and words of the evidence go into the note: a passage is pointed at in a capture, and not typed.
fn draft(own: &Own, one: &Verdict, sent: &Sent) -> Value {
    let before = own.drafts.get(&one.code).map_or(Value::Null, |draft| draft.body["passages"].clone());
    let mut note = vec![one.note.clone(), one.url.clone(), one.quote.clone()];
    note.retain(|part| !part.is_empty());
    json!({
        "answer": one.answer.map_or("", Choice::as_str),
        "reason": one.reason,
        "note": note.join("\n"),
        "trail": one.trail,
        "seconds": "",
        "pick": [],
        "passages": before,
        "imported": { "file": sent.digest, "row": one.row },
    })
}
