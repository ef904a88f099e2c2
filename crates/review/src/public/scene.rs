//! A release told in a language: names as its readers have them, numbers as they write them, and where one page leads to another.

use maud::{Markup, html};
use model::{Code, Instrument, Portal};
use score::{Effort, Share, Undefined};

use crate::advice::{Advice, key_of};
use crate::public::before::Before;
use crate::public::chart::{Named, mark_of};
use crate::public::geo::Atlas;
use crate::public::links::Links;
use crate::results::{CityResult, Results};
use crate::words::{Fill, Words};

/// A release told in a language.
pub(crate) struct Scene<'a> {
    pub(crate) words: &'static Words,
    pub(crate) instrument: &'a Instrument,
    pub(crate) advice: &'a Advice,
    pub(crate) atlas: &'a Atlas,
    pub(crate) results: &'a Results,
    pub(crate) before: Option<&'a Before>,
    pub(crate) links: Links,
}

impl Scene<'_> {
    /// The text of that key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The text of that key, filled in.
    pub(crate) fn f(&self, key: &str, with: &[(&'static str, Fill<'_>)]) -> String {
        self.words.fill(key, with)
    }

    /// A number.
    pub(crate) fn n(&self, number: usize) -> String {
        self.words.number(number as u64)
    }

    /// A share between 0 and 1 in percent, to one decimal.
    pub(crate) fn percent(&self, share: f64) -> String {
        self.f("site-percent", &[("n", ((1000.0 * share).round() / 10.0).into())])
    }

    /// How many of how many, and in percent; or that there is nothing to count.
    pub(crate) fn share(&self, share: Result<Share, Undefined>) -> String {
        let Ok(share) = share else { return self.t("site-undefined") };
        let percent = self.percent(share.value());
        let with = [("n", share.numerator().into()), ("of", share.denominator().into()), ("share", percent.as_str().into())];
        self.f("site-share", &with)
    }

    /// A number with two decimals; or that it is not defined.
    pub(crate) fn coefficient(&self, number: Result<f64, Undefined>) -> String {
        number.map_or_else(
            |why| self.t(&format!("site-{}", if why == Undefined::OneCategory { "undefined-one" } else { "undefined" })),
            |number| self.f("number", &[("n", ((100.0 * number).round() / 100.0).into())]),
        )
    }

    /// Whether it is read from the right.
    pub(crate) fn mirrored(&self) -> bool {
        self.words.direction() == "rtl"
    }

    /// In the words of the advice of this language, else in those of the instrument.
    fn named(&self, advised: Option<&String>, own: &str) -> Named {
        match advised {
            Some(words) => Named::plain(words),
            None if self.instrument.language == self.words.tag => Named::plain(own),
            None => Named { words: own.to_owned(), language: Some(self.instrument.language.clone()) },
        }
    }

    pub(crate) fn questions(&self) -> Named {
        self.named(self.advice.texts(self.words.tag).map(|texts| &texts.name), &self.instrument.title)
    }

    pub(crate) fn criterion(&self, id: &str) -> Named {
        let own = self.instrument.criteria.iter().find(|one| one.id == id).map_or(id, |one| &one.name);
        self.named(self.advice.texts(self.words.tag).and_then(|texts| texts.criteria.get(id)), own)
    }

    pub(crate) fn band(&self, name: &str) -> Named {
        self.named(self.advice.texts(self.words.tag).and_then(|texts| texts.bands.get(name)), name)
    }

    pub(crate) fn indicator(&self, code: &Code) -> Named {
        let own = self.instrument.indicators.iter().find(|one| one.code == *code).map_or("", |one| &one.title);
        let texts = self.advice.texts(self.words.tag).and_then(|texts| texts.indicators.get(code.as_str()));
        self.named(texts.map(|text| &text.title), own)
    }

    /// How much work an indicator is, if anybody has said so.
    pub(crate) fn effort(&self, code: &Code) -> Option<(Effort, Named)> {
        let effort = self.advice.task(code)?.effort;
        let texts = self.advice.texts(self.words.tag).and_then(|texts| texts.efforts.get(key_of(effort)));
        Some((effort, self.named(texts, key_of(effort))))
    }

    /// Place of a band, the highest being 0.
    pub(crate) fn place(&self, band: Option<&str>) -> Option<usize> {
        self.instrument.bands.iter().position(|one| Some(one.name.as_str()) == band)
    }

    /// A band with its mark.
    pub(crate) fn marked(&self, band: Option<&str>) -> Markup {
        html! { @if let Some((place, name)) = self.place(band).zip(band) { span.band { (mark_of(place)) " " (self.band(name).shown()) } } }
    }

    /// The city as a link to its page.
    pub(crate) fn city(&self, portal: &Portal) -> Markup {
        html! { a href=(self.links.city(&portal.id)) { bdi { (portal.city) } } }
    }

    /// The score of a city: how many of how many, and in percent.
    pub(crate) fn score(&self, city: &CityResult) -> String {
        self.share(Ok(city.card.score))
    }

    /// From the highest score where cities are ranked, else by name.
    pub(crate) fn ordered(&self) -> Vec<&CityResult> {
        let mut cities: Vec<&CityResult> = self.results.cities.iter().collect();
        cities.sort_by(|a, b| a.portal.city.cmp(&b.portal.city).then_with(|| a.portal.id.cmp(&b.portal.id)));
        cities.sort_by_key(|city| city.rank.map_or(0, |(rank, _)| rank));
        cities
    }

    /// The rank of a city; of several that share one, it says so.
    pub(crate) fn rank(&self, city: &CityResult) -> Option<String> {
        let (rank, sharing) = city.rank?;
        let key = if sharing > 1 { "site-rank-shared" } else { "number" };
        Some(self.f(key, &[("n", rank.into())]))
    }
}
