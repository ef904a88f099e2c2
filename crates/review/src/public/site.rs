//! A release as a folder that any web server can serve, or that can be opened from a disk: pages in every language, data, one
//! style sheet, no script, relative addresses only.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{DOCTYPE, Markup, html};
use model::Code;

use crate::app::App;
use crate::asset;
use crate::layout::direction;
use crate::public::before::Before;
use crate::public::chart::{Named, wide};
use crate::public::files;
use crate::public::learned::{Appeals, Learned};
use crate::public::links::{Links, Part};
use crate::public::method::FILES;
use crate::public::report;
use crate::public::scene::Scene;
use crate::public::{CityPage, Dress, Edited, Maker, Past, city_html};
use crate::published::Published;
use crate::reply::Refusal;
use crate::results::{CityResult, Results};
use crate::screens::messages::edits;
use crate::words::Words;

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path below the folder.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Makes the folder of a release.
pub async fn site(app: &App, campaign: &str, number: u32) -> Result<Vec<SiteFile>, crate::Error> {
    let told = |refusal: Refusal| match refusal {
        Refusal::Conflict(what) | Refusal::Broken(what) => crate::error::rule(what),
        _ => crate::error::rule(format!("there is no release {campaign}/{number}")),
    };
    make(app, campaign, number).await.map_err(told)
}

async fn make(app: &App, campaign: &str, number: u32) -> Result<Vec<SiteFile>, Refusal> {
    let campaign = app.campaign(campaign).await?.ok_or(Refusal::Unknown)?;
    let all = Published::all(&app.store, &campaign).await?;
    let published = all.into_iter().find(|one| one.release.number == number).ok_or(Refusal::Unknown)?;
    let results = Results::of(app, &published).await?;
    let before = Before::of(app, &published, &results).await?;
    let (learned, appeals) = (Learned::of(app, &published).await?, Appeals::of(app, &published).await?);
    let mut said = BTreeMap::new();
    for words in Words::all() {
        for city in &results.cities {
            let edits = edits(app, &results.campaign, &city.portal.id, words).await?;
            said.insert((city.portal.id.clone(), words.tag), edits);
        }
    }
    Folder { app, results, before, learned, appeals, said }.files()
}

/// What the pages are made of.
struct Folder<'a> {
    app: &'a App,
    results: Arc<Results>,
    before: Option<Before>,
    learned: Learned,
    appeals: Appeals,
    /// What reviewers said to each city in each language.
    said: BTreeMap<(String, &'static str), BTreeMap<Code, Edited>>,
}

impl Folder<'_> {
    fn files(&self) -> Result<Vec<SiteFile>, Refusal> {
        let mut made = vec![
            SiteFile { path: "style.css".to_owned(), bytes: asset::STYLE.text().as_bytes().to_vec() },
            SiteFile { path: "sheet.css".to_owned(), bytes: asset::SHEET.text().as_bytes().to_vec() },
            SiteFile { path: "icon.svg".to_owned(), bytes: asset::ICON.text().as_bytes().to_vec() },
            SiteFile { path: "index.html".to_owned(), bytes: self.entry().into_string().into_bytes() },
        ];
        let cities = self.results.cities.iter().map(|city| format!("cities/{}.json", city.portal.id));
        for name in FILES.iter().map(|(name, _)| (*name).to_owned()).chain(cities) {
            if let Some(file) = files::file(&self.results, &self.app.instrument, &self.app.advice, &name) {
                made.push(SiteFile { path: format!("v{}/{name}", files::VERSION), bytes: file.bytes });
            }
        }
        for words in Words::all() {
            for part in Part::ALL {
                let scene = self.scene(words, "");
                let (title, body) = report::page(&scene, part, Some((&self.learned, self.appeals)));
                let path = scene.links.part(part);
                made.push(self.page(&scene, &path, &Named::plain(title), &body));
            }
            for city in &self.results.cities {
                let scene = self.scene(words, "../");
                made.push(self.city(&scene, city)?);
                let title = scene.f("site-title-answers", &[("city", (&city.portal.city).into())]);
                made.push(self.page(
                    &scene,
                    &format!("answers/{}.html", city.portal.id),
                    &Named::plain(title),
                    &answers(&scene, city),
                ));
            }
        }
        Ok(made)
    }

    /// The page of a city, the same as in the application.
    fn city(&self, scene: &Scene<'_>, city: &CityResult) -> Result<SiteFile, Refusal> {
        let (words, portal) = (scene.words, &city.portal.id);
        let home = self.app.origin.as_ref();
        let change = self.before.as_ref().filter(|before| !before.same);
        let past = change.and_then(|before| {
            Some(Past {
                campaign: before.campaign.clone(),
                title: before.title.clone(),
                release: before.number,
                at: before.at,
                change: before.changes.get(portal)?.clone(),
            })
        });
        let maker = Maker { app: self.app, results: &self.results, city, words };
        let none = BTreeMap::new();
        let said = self.said.get(&(portal.clone(), words.tag)).unwrap_or(&none);
        let page = CityPage::of(&maker, past, said, home)?;
        let path = format!("city/{portal}.html");
        let head = html! {
            link rel="stylesheet" href="../../sheet.css";
            link rel="icon" href="../../icon.svg" type="image/svg+xml";
            @for other in Words::all() { link rel="alternate" hreflang=(other.tag) href={ "../../" (other.tag) "/" (path) }; }
        };
        let around = html! {
            nav.around aria-label=(scene.t("crumbs")) {
                a href=(scene.links.part(Part::Overview)) { bdi { (self.results.title) } }
                a href={ "../answers/" (portal) ".html" } { (scene.t("release-answers")) }
                a href=(scene.links.file(&format!("cities/{portal}.json"))) { "JSON" }
                span.languages { @for other in Words::all() {
                    a href={ "../../" (other.tag) "/" (path) } lang=(other.tag) hreflang=(other.tag) aria-current=[(other.tag == words.tag).then_some("true")] { (other.name) }
                } }
            }
        };
        let page = city_html(&page, words, &Dress::Folder { head, around, home });
        Ok(SiteFile { path: format!("{}/{path}", words.tag), bytes: page.into_string().into_bytes() })
    }

    fn scene(&self, words: &'static Words, up: &'static str) -> Scene<'_> {
        Scene {
            words,
            instrument: &self.app.instrument,
            advice: &self.app.advice,
            atlas: &self.app.atlas,
            results: &self.results,
            before: self.before.as_ref(),
            links: Links::Folder { up },
        }
    }

    /// A page at a path below the folder of its language.
    fn page(&self, scene: &Scene<'_>, path: &str, title: &Named, body: &Markup) -> SiteFile {
        let words = scene.words;
        let Links::Folder { up } = scene.links else { unreachable!("a folder has relative addresses") };
        let top = format!("{up}../");
        let release = scene.f("release-title", &[("campaign", (&self.results.title).into()), ("n", self.results.number.into())]);
        let page = html! {
            (DOCTYPE)
            html lang=(words.tag) dir=(words.direction()) {
                (head(&title.words, &top, &html! {
                    @for other in Words::all() { link rel="alternate" hreflang=(other.tag) href={ (top) (other.tag) "/" (path) }; }
                }))
                body {
                    a.skip href="#main" { (scene.t("skip")) }
                    header.top {
                        a.brand href=(scene.links.part(Part::Overview)) { (release) }
                        nav.languages aria-label=(scene.t("site-languages")) { ul {
                            @for other in Words::all() {
                                li { a href={ (top) (other.tag) "/" (path) } lang=(other.tag) hreflang=(other.tag) aria-current=[(other.tag == words.tag).then_some("true")] { (other.name) } }
                            }
                        } }
                    }
                    main #main tabindex="-1" { h1 { bdi lang=[title.language.as_deref()] dir=[direction(words, &title.words)] { (title.words) } } (body) }
                    footer { p { (scene.t("site-foot")) } }
                }
            }
        };
        SiteFile { path: format!("{}/{path}", words.tag), bytes: page.into_string().into_bytes() }
    }

    /// The way in: the languages.
    fn entry(&self) -> Markup {
        let (title, number) = (&self.results.title, self.results.number);
        html! {
            (DOCTYPE)
            html lang="en" {
                (head(title, "", &html! { @for words in Words::all() { link rel="alternate" hreflang=(words.tag) href={ (words.tag) "/index.html" }; } }))
                body { main #main {
                    h1 { bdi { (title) } }
                    ul { @for words in Words::all() {
                        li lang=(words.tag) dir=(words.direction()) {
                            a href={ (words.tag) "/index.html" } hreflang=(words.tag) { (words.name) ": " (words.fill("release-title", &[("campaign", title.into()), ("n", number.into())])) }
                        }
                    } }
                } }
            }
        }
    }
}

fn head(title: &str, top: &str, more: &Markup) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            title { (title) }
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            link rel="stylesheet" href={ (top) "style.css" };
            link rel="icon" href={ (top) "icon.svg" } type="image/svg+xml";
            (more)
        }
    }
}

/// Every answer of a city.
fn answers(scene: &Scene<'_>, city: &CityResult) -> Markup {
    let head = html! { tr { th scope="col" { (scene.t("site-criterion")) } th.number scope="col" { (scene.t("site-yes-of")) } } };
    let body = html! { @for part in &city.card.criteria {
        tr { th scope="row" { (scene.criterion(&part.id).shown()) } td.number { (scene.f("n-of-m", &[("n", part.yes.into()), ("m", part.of.into())])) } }
    } };
    let data = scene.links.file(&format!("cities/{}.json", city.portal.id));
    html! {
        nav.crumbs aria-label=(scene.t("crumbs")) { a href=(scene.links.city(&city.portal.id)) { bdi { (city.portal.city) } } }
        (wide("criteria", &html! { (scene.t("site-criteria-caption")) }, &head, &body))
        @for (yes, id, key) in [(false, "missing", "site-missing"), (true, "there", "site-there")] {
            section aria-labelledby=(id) {
                h2 id=(id) { (scene.t(key)) }
                ul { @for answer in city.answers.iter().filter(|answer| answer.yes == yes) {
                    li { span.code { (answer.code) } " " (scene.indicator(&answer.code).shown()) }
                } }
            }
        }
        p { a href=(data) { (scene.t("site-city-data")) } }
    }
}
