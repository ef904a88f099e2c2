//! Cities by criteria.

use maud::{Markup, html};

use crate::public::chart::{Heat, Row};
use crate::public::scene::Scene;

/// The heat table of cities and criteria.
pub(crate) fn page(scene: &Scene<'_>) -> Markup {
    let ranked = scene.results.complete;
    let cities = scene.ordered();
    let rows: Vec<Row> = cities
        .iter()
        .map(|city| {
            let mut before = vec![scene.city(&city.portal)];
            before.extend(scene.rank(city).filter(|_| ranked).map(|rank| html! { (rank) }));
            before.push(html! { (scene.score(city)) });
            Row { before, cells: city.card.criteria.iter().map(|part| (part.yes, part.of)).collect() }
        })
        .collect();
    let mut heads = vec![html! { (scene.t("city")) }];
    if ranked {
        heads.push(html! { (scene.t("release-rank")) });
    }
    heads.push(html! { (scene.t("release-score")) });
    let criteria: Vec<Markup> = scene
        .instrument
        .criteria
        .iter()
        .map(|one| {
            let of = scene.instrument.indicators.iter().filter(|indicator| indicator.criterion == one.id).count();
            html! { (scene.criterion(&one.id).shown()) " " span.soft { (scene.f("site-of", &[("n", of.into())])) } }
        })
        .collect();
    let caption = html! { (scene.t("site-heat-caption")) };
    let number = |number: u32| scene.words.number(number.into());
    html! {
        p { (scene.t("site-heat-says")) }
        (Heat { id: "heat", caption: &caption, before: &heads, criteria: &criteria, rows: &rows, number: &number }.draw())
    }
}
