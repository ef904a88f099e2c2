//! Watching over it all: changes on portals, and what can be taken along.

use maud::{Markup, html};
use model::Duty;
use report::decisions::{Flavour, Line, write_csv};
use serde_json::json;

use crate::cx::Cx;
use crate::export::{self, Extract, Format, Material, names};
use crate::policy::Need;
use crate::published::Published;
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, run};
use crate::tables::Readable;

const READERS: Need = Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor]);
const TAKERS: Need = Need::Duty(&[Duty::Reviewer, Duty::Senior, Duty::Auditor, Duty::Viewer]);
const FLAVOUR: &[Input] = &[may("flavour", Kind::Word(&["raw", "spreadsheet"]))];

pub(crate) const ROUTES: &[Route] = &[
    get("/drift", READERS, &[], "Changes of pages on which published answers rest.", run!(drift)),
    get("/exports", TAKERS, &[], "What can be taken along.", run!(exports)),
    get("/exports/{campaign}/decisions.csv", TAKERS, FLAVOUR, "The decisions of a campaign as CSV.", run!(decided)),
    get("/exports/{campaign}/finals.csv", TAKERS, FLAVOUR, "The final answers of a campaign as CSV.", run!(finals)),
    get("/exports/{campaign}/differences.csv", TAKERS, FLAVOUR, "The differences of a campaign as CSV.", run!(differences)),
    get("/exports/{campaign}/files/{file}", TAKERS, &[], "A file of a campaign as it is now.", run!(current)),
    get("/exports/{campaign}/{number}/files/{file}", TAKERS, &[], "A file of a release.", run!(released)),
];

async fn drift(cx: Cx) -> Result<Reply, Refusal> {
    let body = html! { p { (cx.t("drift-none")) } p.hint { (cx.t("drift-text")) } };
    Ok(Reply::screen(cx.t("nav-drift"), &json!({ "changes": [], "compared": false }), body))
}

/// Name and version of the program, as it stands in files.
pub(crate) const MADE_BY: &str = concat!("Portolan/", env!("CARGO_PKG_VERSION"));

/// The tables that are made of what somebody may read, row by row.
const TABLES: [&str; 3] = ["decisions", "finals", "differences"];

async fn exports(cx: Cx) -> Result<Reply, Refusal> {
    let mut listed = Vec::new();
    let mut sections = Vec::new();
    for campaign in cx.app.store.campaigns().await? {
        let now = format!("/exports/{}", campaign.id);
        listed.extend(TABLES.map(|file| format!("{now}/{file}.csv")));
        listed.extend(every().map(|file| format!("{now}/files/{file}")));
        let mut releases = Published::all(&cx.app.store, &campaign).await?;
        releases.reverse();
        for one in &releases {
            listed.extend(every().map(|file| format!("{now}/{}/files/{file}", one.release.number)));
        }
        sections.push(html! {
            section aria-labelledby={ "campaign-" (campaign.id) } {
                h2 id={ "campaign-" (campaign.id) } { bdi { (campaign.title) } }
                @for one in &releases {
                    @let name = cx.f("files-release", &[("number", one.release.number.into())]);
                    h3 { (name) }
                    (files(&cx, &format!("{now}/{}", one.release.number), &name))
                }
                h3 { (cx.t("files-internal")) }
                (files(&cx, &now, &cx.t("files-internal")))
                ul { @for file in TABLES {
                    li {
                        a href={ (now) "/" (file) ".csv" } { (cx.t(&format!("export-{file}"))) }
                        " · " a href={ (now) "/" (file) ".csv?flavour=raw" } aria-label={ (cx.t(&format!("export-{file}"))) " – " (cx.t("export-raw")) } { (cx.t("export-raw")) }
                    }
                } }
            }
        });
    }
    let body = html! {
        p { (cx.t("export-text")) }
        p.hint { (cx.t("export-flavours")) }
        @for section in sections { (section) }
    };
    Ok(Reply::screen(cx.t("nav-exports"), &json!({ "files": listed }), body))
}

/// Every file once, in the order of the formats.
fn every() -> impl Iterator<Item = &'static str> {
    let all = Format::ALL.iter().flat_map(|format| names(*format));
    let mut seen = Vec::new();
    all.copied().filter(move |name| {
        !seen.contains(name) && {
            seen.push(name);
            true
        }
    })
}

/// The files below an address, each with its schema beside it.
fn files(cx: &Cx, at: &str, of: &str) -> Markup {
    let texts = [
        ("files-workbook", "workbook.xlsx", None),
        ("files-answers-safe", "answers-safe.csv", None),
        ("files-answers", "answers.csv", None),
        ("files-codebook", "codebook.csv", None),
        ("files-campaign-json", "campaign.json", Some("campaign.schema.json")),
        ("files-lines", "answers.jsonl", Some("answer.schema.json")),
        ("files-earl", "answers.jsonld", None),
        ("files-table", "datapackage.json", None),
    ];
    html! {
        ul { @for (text, file, schema) in texts {
            li {
                a href={ (at) "/files/" (file) } aria-label={ (cx.t(text)) " – " (of) } { (cx.t(text)) }
                @if let Some(schema) = schema {
                    " · " a href={ (at) "/files/" (schema) } aria-label={ (cx.t(text)) ", " (cx.t("files-schema")) " – " (of) } { (cx.t("files-schema")) }
                }
                @if file == "datapackage.json" {
                    @for table in ["cities.csv", "indicators.csv", "scores.csv"] { " · " a href={ (at) "/files/" (table) } aria-label={ (table) " – " (of) } { (table) } }
                }
            }
        } }
    }
}

async fn current(cx: Cx) -> Result<Reply, Refusal> {
    let Readable(material) = Readable::of(&cx).await?;
    written(&cx, &material, None).await
}

async fn released(cx: Cx) -> Result<Reply, Refusal> {
    let number = cx.param("number").parse().map_err(|_| Refusal::Unknown)?;
    let material = Material::load(&cx.app.store, &cx.campaign().id, Some(number), |_| false).await?;
    written(&cx, &material.ok_or(Refusal::Unknown)?, Some(number)).await
}

/// The file in the path, written of what was loaded.
async fn written(cx: &Cx, material: &Material, release: Option<u32>) -> Result<Reply, Refusal> {
    let (campaign, name) = (&cx.campaign().id, cx.param("file"));
    let of = Extract { campaign, release, origin: cx.app.origin.as_ref(), made: cx.now, by: MADE_BY };
    let book = export::filled(&cx.app.store, &cx.app.archive, &cx.app.instrument, &of, material).await?;
    let (base, file, now) = (of.base(), name.to_owned(), cx.now);
    let written = tokio::task::spawn_blocking(move || export::file(&book, &file, &base, now)).await;
    let written = written.map_err(|error| error.to_string()).flatten();
    let file = written.map_err(|what| Refusal::Broken(format!("an export could not be written: {what}")))?;
    let file = file.ok_or(Refusal::Unknown)?;
    let digest = archive::digest(&file.bytes);
    let of = release.map_or_else(|| campaign.clone(), |number| format!("{campaign}/{number}"));
    cx.audit("export", &format!("{of}/{name}"), json!({ "bytes": file.bytes.len(), "digest": digest })).await?;
    let kept = release.map_or_else(|| format!("{campaign}-{name}"), |number| format!("{campaign}-{number}-{name}"));
    Ok(Reply::file(&kept, file.media, file.bytes))
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
