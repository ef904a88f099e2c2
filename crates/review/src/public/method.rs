//! How the numbers came about, and how they can be checked.

use maud::{Markup, html};

use crate::public::scene::Scene;

/// Files of a release, as they are called below `v1`, each with the key of what it is.
pub(crate) const FILES: [(&str, &str); 4] = [
    ("release.json", "site-file-release"),
    ("indicators.json", "site-file-indicators"),
    ("scores.csv", "site-file-scores"),
    ("answers.csv", "site-file-answers"),
];

/// The note on the method, and the data.
pub(crate) fn section(scene: &Scene<'_>) -> Markup {
    let (asked, whole) = (scene.instrument.indicators.len(), u32::from(scene.results.denominator));
    html! {
        section aria-labelledby="method" {
            h2 #method { (scene.t("site-method")) }
            p { (scene.f("site-method-score", &[("indicators", asked.into()), ("of", whole.into())])) }
            @if usize::try_from(whole).is_ok_and(|whole| whole > asked) {
                p { (scene.f("site-method-denominator", &[("indicators", asked.into()), ("of", whole.into())])) }
            }
            p { (scene.t("site-method-bands")) }
            p { (scene.t("site-method-people")) }
            p { (scene.t("site-method-evidence")) }
            @match &scene.results.checkpoint {
                Some(checkpoint) => { p { (scene.t("site-method-checkpoint")) } pre dir="ltr" { (checkpoint) } },
                None => p { (scene.t("site-method-unsigned")) },
            }
            h3 { (scene.t("site-data")) }
            ul.files { @for (name, key) in FILES { li { a href=(scene.links.file(name)) { code { (name) } } " " (scene.t(key)) } } }
        }
    }
}
