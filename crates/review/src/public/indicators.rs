//! Indicators by the share of cities that have them.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::Code;
use score::Effort;

use crate::public::chart::{Bar, Bars, Named, Told, figure, wide};
use crate::public::scene::Scene;

/// An indicator over all cities.
pub(crate) struct Standing {
    pub(crate) code: Code,
    pub(crate) name: Named,
    pub(crate) criterion: String,
    pub(crate) effort: Option<Effort>,
    /// The effort in words.
    effort_name: Option<Named>,
    /// Cities that have it.
    pub(crate) yes: u32,
    /// Cities.
    pub(crate) of: u32,
}

impl Standing {
    /// Cities that lack it.
    pub(crate) fn missing(&self) -> u32 {
        self.of - self.yes
    }

    /// The share of cities that have it.
    pub(crate) fn share(&self) -> f64 {
        f64::from(self.yes) / f64::from(self.of.max(1))
    }
}

/// Every indicator in the order of the instrument.
pub(crate) fn standing(scene: &Scene<'_>) -> Vec<Standing> {
    let mut counts: BTreeMap<&Code, (u32, u32)> = BTreeMap::new();
    for answer in scene.results.cities.iter().flat_map(|city| &city.answers) {
        let count = counts.entry(&answer.code).or_default();
        count.0 += u32::from(answer.yes);
        count.1 += 1;
    }
    let one = |indicator: &model::Indicator| {
        let (yes, of) = counts.get(&indicator.code).copied().unwrap_or_default();
        let effort = scene.effort(&indicator.code);
        Standing {
            code: indicator.code.clone(),
            name: scene.indicator(&indicator.code),
            criterion: indicator.criterion.clone(),
            effort: effort.as_ref().map(|(effort, _)| *effort),
            effort_name: effort.map(|(_, name)| name),
            yes,
            of,
        }
    };
    scene.instrument.indicators.iter().map(one).collect()
}

/// Bars and table of each criterion, what most cities have first.
pub(crate) fn page(scene: &Scene<'_>) -> Markup {
    let all = standing(scene);
    html! {
        p { (scene.t("site-indicators-says")) }
        @for criterion in &scene.instrument.criteria {
            @let name = scene.criterion(&criterion.id);
            @let id = format!("criterion-{}", criterion.id);
            section aria-labelledby=(id) {
                h2 id=(id) { (name.shown()) }
                (of_criterion(scene, &criterion.id, &name, all.iter().filter(|one| one.criterion == criterion.id).collect()))
            }
        }
    }
}

fn of_criterion(scene: &Scene<'_>, id: &str, name: &Named, mut own: Vec<&Standing>) -> Markup {
    own.sort_by_key(|one| std::cmp::Reverse(one.yes));
    let bars: Vec<Bar> =
        own.iter().map(|one| Bar { name: one.name.clone(), share: one.share(), told: scene.percent(one.share()) }).collect();
    let (figure_id, table_id) = (format!("bars-{id}"), format!("table-{id}"));
    let (title, says) = (scene.f("site-bars", &[("criterion", (&name.words).into())]), scene.t("site-bars-says"));
    let told = Told { id: &figure_id, title: &title, says: &says, mirrored: scene.mirrored() };
    let advised = own.iter().any(|one| one.effort.is_some());
    let head = html! { tr {
        th scope="col" { (scene.t("release-indicator")) }
        th.number scope="col" { (scene.t("site-have")) }
        th.number scope="col" { (scene.t("site-share-of-cities")) }
        @if advised { th scope="col" { (scene.t("site-effort")) } }
    } };
    let body = html! { @for one in &own {
        tr {
            th scope="row" { span.code { (one.code) } " " (one.name.shown()) }
            td.number { (scene.f("n-of-m", &[("n", one.yes.into()), ("m", one.of.into())])) }
            td.number { (scene.percent(one.share())) }
            @if advised { td { @if let Some(effort) = &one.effort_name { (effort.shown()) } } }
        }
    } };
    let table = wide(&table_id, &html! { (title) }, &head, &body);
    figure(&told, &Bars { told, bars: &bars }.draw(), &scene.t("site-as-table"), &table)
}
