//! The page of a city as HTML, whose print is one sheet of paper: no script, nothing told by colour alone.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::Time;
use score::Share;
use url::Url;

use super::city::{CityPage, Criterion, Message, Point, Worded};
use super::past::Past;
use super::qr::qr;
use crate::asset;
use crate::words::{Fill, Words};

/// How a page is dressed: in the application, or as a file that stands alone.
pub(crate) enum Dress<'a> {
    /// Style sheet and links of the application.
    Served {
        /// Path of the page, for its other languages.
        path: &'a str,
        /// Path under which reviewers edit the messages, for those who may.
        edit: Option<String>,
    },
    /// The style in the file, links to where the application is reached; none if that is not known.
    Alone {
        home: Option<&'a Url>,
        /// Paper of the print, in the words of CSS.
        paper: &'a str,
    },
    /// In a folder of pages: what its head links to and the way to the other pages; links to where the application is reached.
    Folder { head: Markup, around: Markup, home: Option<&'a Url> },
}

/// The whole page.
pub(crate) fn city_html(page: &CityPage, words: &Words, dress: &Dress<'_>) -> Markup {
    let draw = Draw { words, dress };
    html! {
        (DOCTYPE)
        html lang=(words.tag) dir=(words.direction()) {
            head {
                meta charset="utf-8";
                title { (draw.f("sheet-title", &[("city", (&page.city).into())])) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                @match dress {
                    Dress::Served { .. } => {
                        link rel="stylesheet" href=(asset::SHEET.path());
                        link rel="icon" href=(asset::ICON.path()) type="image/svg+xml";
                    }
                    Dress::Folder { head, .. } => (head),
                    Dress::Alone { paper, .. } => style { (PreEscaped(asset::SHEET.text())) "@page{size:" (paper) "}" },
                }
            }
            body {
                @match dress {
                    Dress::Served { path, edit } => (draw.around(page, path, edit.as_deref())),
                    Dress::Folder { around, .. } => (around),
                    Dress::Alone { .. } => {},
                }
                main {
                    (draw.head(page))
                    (draw.result(page))
                    (draw.first(page))
                    (draw.beside(page))
                    (draw.proof(page))
                }
            }
        }
    }
}

struct Draw<'a> {
    words: &'a Words,
    dress: &'a Dress<'a>,
}

impl Draw<'_> {
    fn t(&self, key: &str) -> String {
        self.words.say(key)
    }

    fn f(&self, key: &str, with: &[(&'static str, Fill<'_>)]) -> String {
        self.words.fill(key, with)
    }

    /// Where a path of the application leads from this page; none if that is not known.
    fn link(&self, path: &str) -> Option<String> {
        match self.dress {
            Dress::Served { .. } => Some(path.to_owned()),
            Dress::Alone { home, .. } | Dress::Folder { home, .. } => {
                home.and_then(|home| home.join(path).ok()).map(String::from)
            }
        }
    }

    /// Words that lead somewhere, if it is known where.
    fn linked(&self, path: &str, inner: &Markup) -> Markup {
        html! { @match self.link(path) { Some(to) => a href=(to) { (inner) }, None => (inner) } }
    }

    /// What only the screen shows: the way back, other languages.
    fn around(&self, page: &CityPage, path: &str, edit: Option<&str>) -> Markup {
        let release = format!("/releases/{}/{}", page.campaign, page.release);
        html! {
            nav.around aria-label=(self.t("crumbs")) {
                a href=(release) { bdi { (page.title) } }
                a href={ (release) "/" (page.portal) } { (self.t("release-answers")) }
                a href={ "/api/v1" (path) "?lang=" (self.words.tag) } { "JSON" }
                @if let Some(edit) = edit { a href=(edit) { (self.t("sheet-edit")) } }
                span.languages { @for other in Words::all() {
                    a href={ "?lang=" (other.tag) } lang=(other.tag) hreflang=(other.tag) aria-current=[(other.tag == self.words.tag).then_some("true")] { (other.name) }
                } }
            }
        }
    }

    fn head(&self, page: &CityPage) -> Markup {
        html! {
            header {
                p.kicker {
                    bdi { (page.title) } " · " (self.f("sheet-release", &[("n", page.release.into())])) " · "
                    time datetime=(page.published) { (self.words.day(page.published)) }
                }
                h1 { bdi { (page.city) } " " span.country { (page.country) } }
                p.instrument { (worded(&page.instrument)) @if let Some(about) = &page.about { ". " span.about { (worded(about)) } } }
                @if let Some(number) = page.corrected { p.old { strong { (self.f("release-corrected-by", &[("n", number.into())])) } } }
            }
        }
    }

    fn result(&self, page: &CityPage) -> Markup {
        let card = &page.card;
        html! {
            section.result aria-labelledby="result" {
                div.score {
                    h2 #result { (self.t("sheet-score")) }
                    p.points { strong { (self.words.number(card.yes.into())) } " " (self.f("sheet-of-points", &[("of", card.denominator.into())])) }
                    p.share { (self.percent(card.score)) @if let Some(band) = &page.band { " · " (self.t("sheet-level")) " " strong { (worded(band)) } } }
                    @if !page.bands.is_empty() {
                        p.bands { (self.t("sheet-levels")) " " @for (place, band) in page.bands.iter().enumerate() { @if place > 0 { " · " } (worded(band)) } }
                    }
                    p { (self.rank(page)) }
                    p { (self.past(page.past.as_ref())) }
                }
                table.bars {
                    caption { (self.t("sheet-criteria")) }
                    tbody { @for part in &page.criteria { (self.bar(part)) } }
                }
            }
        }
    }

    fn rank(&self, page: &CityPage) -> String {
        let Some(rank) = &page.rank else { return self.t("sheet-unranked") };
        let of = [("rank", rank.rank.into()), ("cities", rank.of.into()), ("sharing", rank.sharing.into())];
        self.f(if rank.sharing > 1 { "sheet-rank-shared" } else { "sheet-rank" }, &of)
    }

    fn bar(&self, part: &Criterion) -> Markup {
        let width = if part.of == 0 { 0 } else { part.yes * 200 / part.of };
        html! {
            tr {
                th scope="row" { (worded(&part.name)) }
                td.bar { svg viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true" {
                    rect.all x="0.5" y="0.5" width="199" height="11" {}
                    rect.own width=(width) height="12" {}
                } }
                td.number { (self.f("n-of-m", &[("n", part.yes.into()), ("m", part.of.into())])) }
            }
        }
    }

    fn first(&self, page: &CityPage) -> Markup {
        let [after, _] = page.after;
        let gain = [
            ("count", page.messages.len().into()),
            ("n", after.numerator().into()),
            ("of", after.denominator().into()),
            ("share", tenths(after).into()),
        ];
        html! {
            @if page.lacking == 0 { section.first { h2 { (self.t("sheet-first")) } p { (self.t("sheet-whole")) } } }
            @else if !page.messages.is_empty() {
                section.first aria-labelledby="first" {
                    h2 #first { (self.t("sheet-first")) }
                    p { (self.f("sheet-first-text", &gain)) }
                    ol.messages { @for message in &page.messages { (self.message(message)) } }
                }
            }
        }
    }

    fn message(&self, of: &Message) -> Markup {
        html! {
            li {
                h3 { (worded(&of.point.title)) }
                p.facts {
                    (self.effort(&of.point)) " · " (self.t("sheet-owner")) " " strong { (worded(&of.owner)) } " · "
                    @match &of.peer {
                        Some(peer) => (self.linked(&peer.trace, &html! { (self.f("sheet-peer", &[("city", (&peer.city).into())])) })),
                        None => (self.t("sheet-no-peer")),
                    }
                    " · " (self.linked(&of.point.trace, &html! { (self.f("sheet-question", &[("code", of.point.code.as_str().into())])) }))
                }
                div.gap {
                    p dir="auto" { (worded(&of.missing)) }
                    p dir="auto" { (worded(&of.why)) }
                    @if let Some(edited) = &of.edited {
                        p.edited { (self.f("sheet-edited", &[("person", (&edited.by).into()), ("date", (&self.words.day(edited.at)).into())])) }
                    }
                }
                ol.steps aria-label=(self.t("sheet-steps")) { @for step in &of.steps { li { (worded(step)) } } }
            }
        }
    }

    /// How much work it is: words, and as many full circles.
    fn effort(&self, point: &Point) -> Markup {
        let full = match point.grade {
            Some("easy") => "●○○",
            Some("moderate") => "●●○",
            _ => "●●●",
        };
        html! { @if let Some(effort) = &point.effort { span.effort aria-hidden="true" { (full) } " " (self.t("sheet-effort")) " " strong { (worded(effort)) } } }
    }

    /// What comes after, and what is good.
    fn beside(&self, page: &CityPage) -> Markup {
        let [_, after] = page.after;
        let gain = [("n", after.numerator().into()), ("of", after.denominator().into()), ("share", tenths(after).into())];
        html! {
            div.beside {
                @if !page.next.is_empty() {
                    section aria-labelledby="next" {
                        h2 #next { (self.t(if page.messages.is_empty() { "sheet-missing" } else { "sheet-next" })) }
                        ul.next { @for point in &page.next { li {
                            (self.linked(&point.trace, &worded(&point.title)))
                            @if let Some(effort) = &point.effort { " (" (worded(effort)) ")" }
                        } } }
                        p { (self.f("sheet-next-text", &gain)) " " (self.f("sheet-lacking", &[("n", page.lacking.into())])) }
                    }
                }
                section aria-labelledby="strong" {
                    h2 #strong { (self.t("sheet-strong")) }
                    @if page.strong.is_empty() { p { (self.t(if page.others == 0 { "sheet-alone" } else { "sheet-strong-none" })) } } @else {
                        ul { @for point in &page.strong { li {
                            (self.linked(&point.trace, &worded(&point.title)))
                            @if let Some(others) = point.others { " – " (self.f("sheet-strong-of", &[("n", others.numerator().into()), ("of", others.denominator().into())])) }
                        } } }
                    }
                }
            }
        }
    }

    fn past(&self, past: Option<&Past>) -> Markup {
        let Some(past) = past else { return html! { (self.t("sheet-change-none")) } };
        let (change, day) = (&past.change, self.words.day(past.at));
        let count = |share: Option<Share>| share.map_or(0, Share::numerator);
        let with = [
            ("campaign", (&past.title).into()),
            ("date", (&day).into()),
            ("n", change.compared.into()),
            ("before", count(change.before).into()),
            ("after", count(change.after).into()),
            ("gained", change.gained.len().into()),
            ("lost", change.lost.len().into()),
        ];
        html! { (self.f("sheet-change", &with)) }
    }

    /// On what all of it rests.
    fn proof(&self, page: &CityPage) -> Markup {
        let path = format!("/releases/{}/{}/{}", page.campaign, page.release, page.portal);
        let says = self.t("sheet-address");
        html! {
            footer {
                div {
                    h2 { (self.t("sheet-sure")) }
                    p {
                        (self.agreement(page)) " "
                        (self.f("sheet-signed", &[("person", (&page.reviewer).into()), ("date", (&self.words.day(page.signed)).into())])) " "
                        @if let Some((first, last)) = page.evidence {
                            (self.seen(first, last)) " "
                        }
                        @if usize::try_from(page.card.denominator) != Ok(page.asked) {
                            (self.f("sheet-denominator", &[("of", page.card.denominator.into()), ("n", page.asked.into())]))
                        }
                    }
                    p { (says) " · " (self.linked(&path, &html! { bdi.url dir="ltr" { (page.address) } })) }
                    p { @match &page.checkpoint {
                        Some(checkpoint) => { (self.t("sheet-checkpoint")) " " code dir="ltr" { (checkpoint) } },
                        None => (self.t("sheet-unsigned")),
                    } }
                }
                @if page.address.starts_with("http") { @if let Some(code) = qr(&page.address, &says) { (code) } }
            }
        }
    }

    fn seen(&self, first: Time, last: Time) -> String {
        let (first, last) = (self.words.day(first), self.words.day(last));
        let key = if first == last { "sheet-evidence-day" } else { "sheet-evidence" };
        self.f(key, &[("first", (&first).into()), ("last", (&last).into())])
    }

    fn agreement(&self, page: &CityPage) -> String {
        let Some(of) = &page.agreement else { return self.t("sheet-agreement-none") };
        let whole = |part: f64| (100.0 * part).round().into();
        let with = [
            ("same", of.same.numerator().into()),
            ("n", of.same.denominator().into()),
            ("share", tenths(of.same).into()),
            ("low", whole(of.interval.low)),
            ("high", whole(of.interval.high)),
        ];
        self.f("sheet-agreement", &with)
    }

    fn percent(&self, share: Share) -> String {
        self.f("sheet-percent", &[("share", tenths(share).into())])
    }
}

/// A share in percent, to one decimal; a tie up, as everywhere.
fn tenths(share: Share) -> f64 {
    let (part, of) = (u64::from(share.numerator()), u64::from(share.denominator()));
    let tenths = (2000 * part + of) / (2 * of);
    u32::try_from(tenths).map_or(100.0, f64::from) / 10.0
}

fn worded(of: &Worded) -> Markup {
    html! { @match &of.language { Some(language) => bdi lang=(language) { (of.text) }, None => (of.text) } }
}
