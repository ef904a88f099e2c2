//! A released city on one page, for everybody.

use maud::Markup;
use model::Duty;
use store::Campaign;
use url::Url;

use crate::app::App;
use crate::cx::Cx;
use crate::policy::Need;
use crate::public::{CityPage, Dress, Maker, Past, city_html};
use crate::published::Published;
use crate::reply::{Refusal, Reply};
use crate::results::Results;
use crate::route::{Kind, Route, get, may, run};
use crate::screens::messages::{edits, place};
use crate::words::Words;

pub(crate) const ROUTES: &[Route] = &[get(
    "/releases/{campaign}/{number}/{portal}/page",
    Need::Anyone,
    &[may("lang", Kind::Text(10))],
    "A released city on one page: score, what it lacks and what to do first.",
    run!(show),
)];

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let words = Words::of(cx.field("lang")).unwrap_or(cx.words);
    let published = Published::of(&cx).await?;
    let (page, round) = page(&cx.app, &published, cx.param("portal"), words, cx.home().as_ref()).await?;
    if cx.json {
        return Ok(Reply::screen(page.city.clone(), &page, Markup::default()));
    }
    let edit = cx.has(&[Duty::Reviewer]).then(|| place(&page.campaign, &page.portal, round, words));
    let html = city_html(&page, words, &Dress::Served { path: &cx.path, edit });
    Ok(Reply::Raw { media: "text/html; charset=utf-8", bytes: html.into_string().into_bytes(), headers: Vec::new() })
}

/// The page of a city of a release, and the round that the release has of it. `home`: how the application is reached.
async fn page(
    app: &App,
    published: &Published,
    portal: &str,
    words: &Words,
    home: Option<&Url>,
) -> Result<(CityPage, u32), Refusal> {
    if !published.release.cities.iter().any(|city| city.portal == portal) {
        return Err(Refusal::Unknown);
    }
    let results = Results::of(app, published).await?;
    let Some(city) = results.city(portal) else { return Err(Refusal::Conflict(words.say("sheet-partial"))) };
    let past = Past::of(app, &results, city).await?;
    let edits = edits(app, &results.campaign, portal, words).await?;
    Ok((CityPage::of(&Maker { app, results: &results, city, words }, past, &edits, home)?, city.round))
}

/// A city of a release, in which form, for [`city_page`].
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Key of the campaign.
    pub campaign: &'a str,
    /// Number of the release.
    pub number: u32,
    /// Key of the portal.
    pub portal: &'a str,
    /// BCP 47 tag of a language of the screens.
    pub language: &'a str,
    /// How the application is reached; without it the page has no links.
    pub home: Option<&'a Url>,
    /// Paper of the print: `A4` or `letter`.
    pub paper: &'a str,
}

/// The campaign of that key; where it was never set up in the application, as its surveys have it.
async fn campaign(app: &App, id: &str) -> Result<Option<Campaign>, Refusal> {
    if let Some(known) = app.campaign(id).await? {
        return Ok(Some(known.as_ref().clone()));
    }
    let mut made: Option<Campaign> = None;
    for survey in app.store.surveys().await?.into_iter().filter(|survey| survey.begun.campaign == id) {
        let made = made.get_or_insert_with(|| Campaign {
            id: id.to_owned(),
            title: id.to_owned(),
            instrument: app.instrument.edition.clone(),
            portals: Vec::new(),
            begun: survey.begun.started,
            by: String::new(),
        });
        for run in app.store.runs(survey.id).await? {
            if made.portals.iter().all(|portal| portal.id != run.portal.id) {
                made.portals.push(run.portal);
            }
        }
    }
    Ok(made)
}

/// The page of a released city as an HTML file that stands alone. The error says what there is not.
pub async fn city_page(app: &App, of: &Wanted<'_>) -> Result<String, String> {
    let words = Words::of(of.language).ok_or_else(|| {
        let all: Vec<&str> = Words::all().iter().map(|words| words.tag).collect();
        format!("there are no texts in `{}`; there are {}", of.language, all.join(", "))
    })?;
    let broken = |refusal: Refusal| match refusal {
        Refusal::Unknown => format!("release {}/{} has no city `{}`", of.campaign, of.number, of.portal),
        Refusal::Conflict(what) | Refusal::Broken(what) => what,
        other => format!("{other:?}"),
    };
    let campaign = campaign(app, of.campaign).await.map_err(broken)?;
    let campaign = campaign.ok_or_else(|| format!("there is no campaign `{}`", of.campaign))?;
    let all = Published::all(&app.store, &campaign).await.map_err(|error| broken(error.into()))?;
    let published = all.into_iter().find(|one| one.release.number == of.number);
    let published = published.ok_or_else(|| format!("the campaign `{}` has no release {}", of.campaign, of.number))?;
    let (page, _) = page(app, &published, of.portal, words, of.home).await.map_err(broken)?;
    Ok(city_html(&page, words, &Dress::Alone { home: of.home, paper: of.paper }).into_string())
}
