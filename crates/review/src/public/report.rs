//! The report of a campaign: how many cities, how far they are, where they stand, what changed, and how far the answers agree.

use maud::{Markup, html};
use score::{Effort, Share};

use crate::public::before::Before;
use crate::public::chart::{Dot, Dots, Line, Map, Named, Slope, Spot, Told, figure, marks, wide};
use crate::public::indicators::standing;
use crate::public::learned::{Appeals, Learned};
use crate::public::links::Part;
use crate::public::scene::Scene;
use crate::public::{cities, indicators, lessons, method};

/// Indicators that are told as the easiest wins.
const WINS: usize = 10;

/// Title and body of a page of the report. The lessons need what was learned; without it their page is empty.
pub(crate) fn page(scene: &Scene<'_>, part: Part, learned: Option<(&Learned, Appeals)>) -> (String, Markup) {
    let results = scene.results;
    let title =
        scene.f(&format!("site-title-{}", part.name()), &[("campaign", (&results.title).into()), ("n", results.number.into())]);
    let body = html! {
        (marks())
        (parts(scene, part))
        @if results.corrected.is_some() { p.problem { (scene.t("release-old")) } }
        @match part {
            Part::Overview => (overview(scene)),
            Part::Cities => (cities::page(scene)),
            Part::Indicators => (indicators::page(scene)),
            Part::Lessons => @if let Some((learned, appeals)) = learned { (lessons::page(scene, learned, appeals)) },
        }
    };
    (title, body)
}

/// From one page of the report to the others.
fn parts(scene: &Scene<'_>, here: Part) -> Markup {
    html! {
        nav.tabs aria-label=(scene.t("site-parts")) { ul {
            @for part in Part::ALL {
                li { a href=(scene.links.part(part)) aria-current=[(part == here).then_some("page")] { (scene.t(&format!("site-part-{}", part.name()))) } }
            }
        } }
    }
}

fn overview(scene: &Scene<'_>) -> Markup {
    html! {
        (facts(scene))
        @if !scene.results.complete { p.note { (scene.t("site-unranked")) } }
        section aria-labelledby="levels" { h2 #levels { (scene.t("site-levels")) } (levels(scene)) }
        section aria-labelledby="where" { h2 #where { (scene.t("site-where")) } (map(scene)) (dots(scene)) }
        (wins(scene))
        @if let Some(before) = scene.before { (change(scene, before)) }
        (agreement(scene))
        (method::section(scene))
    }
}

fn facts(scene: &Scene<'_>) -> Markup {
    let results = scene.results;
    let totals = totals(scene);
    let whole = u32::from(results.denominator);
    let told = |yes: u32| scene.share(Share::new(yes.min(whole), whole));
    let apart = results.ranking.unassessable.len() + results.ranking.unruled.len();
    let evidence = results.cities.iter().filter_map(|city| city.evidence);
    let span = evidence.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    html! {
        p.lead { (scene.f("site-lead", &[("cities", results.cities.len().into()), ("indicators", scene.instrument.indicators.len().into())])) }
        dl.facts.large {
            div { dt { (scene.t("site-cities")) } dd { (scene.n(results.cities.len())) } }
            @if apart > 0 { div { dt { (scene.t("site-apart")) } dd { (scene.n(apart)) } } }
            @if let [first, .., last] | [first @ last] = totals.as_slice() {
                div { dt { (scene.t("site-mean")) } dd { (scene.percent(mean(&totals) / f64::from(whole))) } }
                div { dt { (scene.t("site-median")) } dd { (scene.percent(median(&totals) / f64::from(whole))) } }
                div { dt { (scene.t("site-highest")) } dd { (told(*last)) } }
                div { dt { (scene.t("site-lowest")) } dd { (told(*first)) } }
            }
            div { dt { (scene.t("release-at")) } dd { time datetime=(results.at) { (scene.words.day(results.at)) } } }
            @if let Some((from, to)) = span {
                div { dt { (scene.t("site-evidence")) } dd { time datetime=(from) { (scene.words.day(from)) } " – " time datetime=(to) { (scene.words.day(to)) } } }
            }
            div { dt { (scene.t("release-instrument")) } dd { (scene.questions().shown()) } }
        }
    }
}

/// Yes answers of each city, the fewest first.
fn totals(scene: &Scene<'_>) -> Vec<u32> {
    let mut totals: Vec<u32> = scene.results.cities.iter().map(|city| city.card.yes).collect();
    totals.sort_unstable();
    totals
}

fn mean(totals: &[u32]) -> f64 {
    totals.iter().map(|yes| f64::from(*yes)).sum::<f64>() / totals.len().max(1) as f64
}

/// The one in the middle, or the mean of the two there.
fn median(sorted: &[u32]) -> f64 {
    let at = |no: usize| sorted.get(no).map_or(0.0, |yes| f64::from(*yes));
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { at(half) } else { f64::midpoint(at(half.saturating_sub(1)), at(half)) }
}

fn levels(scene: &Scene<'_>) -> Markup {
    let cities = &scene.results.cities;
    let head = html! { tr {
        th scope="col" { (scene.t("release-band")) }
        th.number scope="col" { (scene.t("site-above")) }
        th.number scope="col" { (scene.t("site-cities")) }
        th.number scope="col" { (scene.t("site-share-of-cities")) }
    } };
    let body = html! { @for band in &scene.instrument.bands {
        @let own = cities.iter().filter(|city| city.card.band.as_ref() == Some(&band.name)).count();
        tr {
            th scope="row" { (scene.marked(Some(&band.name))) }
            td.number { @if band.above > 0.0 { (scene.percent(band.above)) } @else { "–" } }
            td.number { (scene.n(own)) }
            td.number { @if !cities.is_empty() { (scene.percent(own as f64 / cities.len() as f64)) } }
        }
    } };
    wide("levels-table", &html! { (scene.t("site-levels-caption")) }, &head, &body)
}

fn map(scene: &Scene<'_>) -> Markup {
    let cities = scene.ordered();
    let spots: Vec<Spot> = cities
        .iter()
        .map(|city| Spot {
            portal: city.portal.id.clone(),
            country: city.portal.country.as_str().to_owned(),
            band: scene.place(city.card.band.as_deref()),
        })
        .collect();
    let (title, says) = (scene.t("site-map"), scene.t("site-map-says"));
    let told = Told { id: "map", title: &title, says: &says, mirrored: scene.mirrored() };
    let map = Map { told, atlas: scene.atlas, spots: &spots };
    let Some(drawn) = map.draw() else { return html! {} };
    let mut by_country: Vec<_> = cities.iter().map(|city| (city.portal.country.as_str(), *city)).collect();
    by_country.sort_by_key(|(country, _)| *country);
    let head = html! { tr { @for key in ["site-country", "city", "release-band"] { th scope="col" { (scene.t(key)) } } } };
    let body = html! { @for (country, city) in &by_country {
        tr { td { bdi { (country) } } th scope="row" { bdi { (city.portal.city) } } td { @if let Some(band) = &city.card.band { (scene.band(band).shown()) } } }
    } };
    let table = wide("map-table", &html! { (scene.t("site-map-caption")) }, &head, &body);
    let unplaced = map.unplaced();
    html! {
        (figure(&told, &drawn, &scene.t("site-as-table"), &table))
        @if unplaced > 0 { p.hint { (scene.f("site-unplaced", &[("n", unplaced.into())])) } }
    }
}

fn dots(scene: &Scene<'_>) -> Markup {
    let cities = scene.ordered();
    let rows: Vec<Dot> = cities
        .iter()
        .map(|city| Dot {
            rank: scene.rank(city),
            name: Named::plain(&city.portal.city),
            score: city.card.value(),
            band: scene.place(city.card.band.as_deref()),
        })
        .collect();
    let scale: Vec<(f64, String)> = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, scene.percent(share))).into();
    let ranked = scene.results.complete;
    let (title, says) = (scene.t("site-dots"), scene.t(if ranked { "site-dots-says" } else { "site-dots-says-unranked" }));
    let told = Told { id: "dots", title: &title, says: &says, mirrored: scene.mirrored() };
    let head = html! { tr {
        @if ranked { th.number scope="col" { (scene.t("release-rank")) } }
        th scope="col" { (scene.t("city")) }
        th scope="col" { (scene.t("release-score")) }
        th scope="col" { (scene.t("release-band")) }
    } };
    let body = html! { @for city in &cities {
        tr {
            @if ranked { td.number { (scene.rank(city).unwrap_or_default()) } }
            th scope="row" { (scene.city(&city.portal)) }
            td { (scene.score(city)) }
            td { @if let Some(band) = &city.card.band { (scene.band(band).shown()) } }
        }
    } };
    let table = wide("scores", &html! { (scene.t("site-scores")) }, &head, &body);
    html! {
        (figure(&told, &Dots { told, rows: &rows, scale: &scale }.draw(), &scene.t("site-as-table"), &table))
        (apart(scene))
    }
}

/// Cities without a score.
fn apart(scene: &Scene<'_>) -> Markup {
    let ranking = &scene.results.ranking;
    let waiting: Vec<&str> = ranking.unassessable.iter().chain(&ranking.unruled).map(score::Standing::portal).collect();
    html! { @if !waiting.is_empty() { p.note { (scene.t("site-apart-says")) @for portal in waiting { " " bdi { (portal) } } } } }
}

/// What most cities lack and is easy.
fn wins(scene: &Scene<'_>) -> Markup {
    let mut easy: Vec<_> =
        standing(scene).into_iter().filter(|one| one.effort == Some(Effort::Easy) && one.missing() > 0).collect();
    easy.sort_by_key(|one| std::cmp::Reverse(one.missing()));
    easy.truncate(WINS);
    if easy.is_empty() {
        return html! {};
    }
    let head = html! { tr {
        th scope="col" { (scene.t("release-indicator")) }
        th.number scope="col" { (scene.t("site-missing-in")) }
    } };
    let body = html! { @for one in &easy {
        tr {
            th scope="row" { span.code { (one.code) } " " (one.name.shown()) }
            td.number { (scene.f("n-of-m", &[("n", one.missing().into()), ("m", one.of.into())])) }
        }
    } };
    html! {
        section aria-labelledby="wins" {
            h2 #wins { (scene.t("site-wins")) }
            p { (scene.t("site-wins-says")) }
            (wide("wins-table", &html! { (scene.t("site-wins-caption")) }, &head, &body))
            p { a href=(scene.links.part(Part::Indicators)) { (scene.t("site-wins-more")) } }
        }
    }
}

/// What changed since an earlier release.
fn change(scene: &Scene<'_>, before: &Before) -> Markup {
    let changed: Vec<_> =
        scene.ordered().into_iter().filter_map(|city| Some((city, before.changes.get(&city.portal.id)?))).collect();
    let value = |share: Option<Share>| share.map_or(0.0, Share::value);
    let lines: Vec<Line> = changed
        .iter()
        .map(|(city, change)| Line {
            name: Named::plain(&city.portal.city),
            before: value(change.before),
            after: value(change.after),
            told: (scene.percent(value(change.before)), scene.percent(value(change.after))),
        })
        .collect();
    let earlier = scene.f("release-title", &[("campaign", (&before.title).into()), ("n", before.number.into())]);
    let compared = changed.iter().map(|(_, change)| change.compared).max().unwrap_or(0);
    let (title, says) =
        (scene.t("site-slope"), scene.t(if lines.len() > 16 { "site-slope-says-many" } else { "site-slope-says" }));
    let told = Told { id: "slope", title: &title, says: &says, mirrored: scene.mirrored() };
    let (old, new) = (scene.words.day(before.at), scene.words.day(scene.results.at));
    let head = html! { tr {
        th scope="col" { (scene.t("city")) }
        @for key in ["site-before", "site-after", "site-gained", "site-lost"] { th.number scope="col" { (scene.t(key)) } }
    } };
    let body = html! { @for (city, change) in &changed {
        tr {
            th scope="row" { (scene.city(&city.portal)) }
            td.number { (scene.percent(value(change.before))) }
            td.number { (scene.percent(value(change.after))) }
            td.number { (scene.n(change.gained.len())) }
            td.number { (scene.n(change.lost.len())) }
        }
    } };
    let table = wide("slope-table", &html! { (scene.t("site-slope")) }, &head, &body);
    html! {
        section aria-labelledby="change" {
            h2 #change { (scene.t("site-change")) }
            p { (scene.f(if before.same { "site-change-corrected" } else { "site-change-since" }, &[("earlier", (&earlier).into())])) " "
                (scene.f("site-change-over", &[("n", compared.into())])) }
            (figure(&told, &Slope { told, heads: (&old, &new), lines: &lines }.draw(), &scene.t("site-as-table"), &table))
        }
    }
}

/// How far both assessors agreed before anybody ruled.
fn agreement(scene: &Scene<'_>) -> Markup {
    let (same, n) = scene
        .results
        .cities
        .iter()
        .fold((0, 0), |(same, n), city| (same + city.agreement.same.map_or(0, Share::numerator), n + city.agreement.n));
    let share = Share::new(same, n);
    let over = scene.results.cities.iter().filter(|city| city.over).count();
    html! {
        section aria-labelledby="agreement" {
            h2 #agreement { (scene.t("site-agreement")) }
            p { (scene.t("site-agreement-says")) }
            dl.facts.large {
                div { dt { (scene.t("site-agreed")) } dd { (scene.share(share)) } }
                @if let Ok(share) = share {
                    @let interval = share.wilson();
                    div { dt { (scene.t("site-interval")) } dd { (scene.percent(interval.low)) " – " (scene.percent(interval.high)) } }
                }
                @if let Some(threshold) = scene.results.threshold {
                    div { dt { (scene.f("site-over", &[("threshold", threshold.into())])) } dd { (scene.n(over)) } }
                }
            }
            p { a href=(scene.links.part(Part::Lessons)) { (scene.t("site-lessons-more")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_median_are_as_counted_by_hand() {
        assert_eq!((mean(&[1, 2, 6]), median(&[1, 2, 6]), median(&[1, 2, 4, 6])), (3.0, 2.0, 3.0));
        assert_eq!((mean(&[]), median(&[])), (0.0, 0.0));
    }
}
