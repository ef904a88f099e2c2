//! The report of a campaign, and the files of a release: for everybody.

use std::sync::Arc;

use axum::http::header;
use maud::Markup;
use serde_json::json;

use crate::cx::Cx;
use crate::policy::Need;
use crate::public::before::Before;
use crate::public::files;
use crate::public::learned::{Appeals, Learned};
use crate::public::links::{Links, Part};
use crate::public::report;
use crate::public::scene::Scene;
use crate::published::Published;
use crate::reply::{Refusal, Reply};
use crate::results::Results;
use crate::route::{Kind, Route, get, may, run};

/// Words of `?lang=`; the dispatcher has chosen by it.
const LANG: &[crate::route::Input] = &[may("lang", Kind::Word(&["en", "fr", "es", "ar", "ru", "zh"]))];

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/releases/{campaign}/{number}/report",
        Need::Anyone,
        LANG,
        "The report of a campaign: levels, map, ranks, change.",
        run!(overview),
    ),
    get("/releases/{campaign}/{number}/report/cities", Need::Anyone, LANG, "Cities by criteria.", run!(cities)),
    get(
        "/releases/{campaign}/{number}/report/indicators",
        Need::Anyone,
        LANG,
        "Indicators by the share of cities.",
        run!(indicators),
    ),
    get("/releases/{campaign}/{number}/report/lessons", Need::Anyone, LANG, "What was hard about a campaign.", run!(lessons)),
    get(
        "/releases/{campaign}/{number}/files/{file}",
        Need::Anyone,
        &[],
        "A file of a release: release.json (scorecards, checkpoint), indicators.json (advice), scores.csv, answers.csv.",
        run!(file),
    ),
    get(
        "/releases/{campaign}/{number}/files/cities/{file}",
        Need::Anyone,
        &[],
        "A city of a release as a file, {portal}.json: scorecard, answers, links to their traces.",
        run!(city_file),
    ),
];

async fn overview(cx: Cx) -> Result<Reply, Refusal> {
    part(&cx, Part::Overview).await
}

async fn cities(cx: Cx) -> Result<Reply, Refusal> {
    part(&cx, Part::Cities).await
}

async fn indicators(cx: Cx) -> Result<Reply, Refusal> {
    part(&cx, Part::Indicators).await
}

async fn lessons(cx: Cx) -> Result<Reply, Refusal> {
    part(&cx, Part::Lessons).await
}

async fn part(cx: &Cx, part: Part) -> Result<Reply, Refusal> {
    let published = Published::of(cx).await?;
    let results = Results::of(&cx.app, &published).await?;
    let before = match part {
        Part::Overview => Before::of(&cx.app, &published, &results).await?,
        _ => None,
    };
    let learned = match part {
        Part::Lessons => Some((learned(cx, &published).await?, Appeals::of(&cx.app, &published).await?)),
        _ => None,
    };
    let asked = cx.fields.iter().any(|(name, _)| name == "lang");
    let scene = Scene {
        words: cx.words,
        instrument: &cx.app.instrument,
        advice: &cx.app.advice,
        atlas: &cx.app.atlas,
        results: &results,
        before: before.as_ref(),
        links: Links::App { campaign: results.campaign.clone(), number: results.number, language: asked.then_some(cx.words.tag) },
    };
    let (title, body): (String, Markup) =
        report::page(&scene, part, learned.as_ref().map(|(learned, appeals)| (&**learned, *appeals)));
    let data = json!({
        "campaign": results.campaign, "release": results.number, "part": part.name(),
        "files": crate::public::method::FILES.map(|(name, _)| scene.links.file(name)),
    });
    Ok(Reply::screen(title, &data, body))
}

/// What was learned, from memory if it was asked for before: the rounds that a release rests on never change.
async fn learned(cx: &Cx, published: &Published) -> Result<Arc<Learned>, Refusal> {
    if let Some(known) = cx.app.learned.get(&published.release.id) {
        return Ok(known);
    }
    let made = Arc::new(Learned::of(&cx.app, published).await?);
    cx.app.learned.keep(&published.release.id, &made);
    Ok(made)
}

async fn file(cx: Cx) -> Result<Reply, Refusal> {
    let name = cx.param("file").to_owned();
    named(&cx, &name).await
}

async fn city_file(cx: Cx) -> Result<Reply, Refusal> {
    let name = format!("cities/{}", cx.param("file"));
    named(&cx, &name).await
}

async fn named(cx: &Cx, name: &str) -> Result<Reply, Refusal> {
    let published = Published::of(cx).await?;
    let results = Results::of(&cx.app, &published).await?;
    let file = files::file(&results, &cx.app.instrument, &cx.app.advice, name).ok_or(Refusal::Unknown)?;
    let caching = if file.lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let tag = format!("\"{}\"", archive::digest(&file.bytes).to_string().trim_start_matches("sha256:"));
    let headers = vec![
        (header::ETAG, tag),
        (header::CACHE_CONTROL, caching.to_owned()),
        // The same for everybody.
        (header::VARY, "accept-encoding".to_owned()),
    ];
    Ok(Reply::Raw { media: file.media, bytes: file.bytes, headers })
}
