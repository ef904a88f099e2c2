//! The step of a service that is done online, told apart from information about it and from forms to download.

use std::sync::Arc;

use model::{Place, Quote};

use crate::expr::Expr;
use crate::quote::quote;
use crate::rule::Rule;
use crate::signal::{Facts, FormShape, REACH, shape_of};
use crate::unit::Unit;

/// Names of the step's signals; `conclude` asks for one of them.
pub(crate) const STEP: &str = "step";
/// A link to the step seen without a page about the service: a lead.
pub(crate) const STEP_LEAD: &str = "step-lead";
/// A link to the step whose target, an outside service, was opened.
pub(crate) const STEP_OPENED: &str = "step-opened";
/// A form to download, which is no step.
pub(crate) const DOWNLOAD: &str = "download";

impl StepWords {
    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Expr> {
        [&self.online, &self.appointment, &self.feedback, &self.not_online].into_iter().flatten().chain(&self.services)
    }
}

/// A step or something that is none, with what it is worth.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) weight: f32,
    pub(crate) place: Place,
    pub(crate) quote: Arc<Quote>,
    /// Index of the link that leads to it.
    pub(crate) link: Option<usize>,
}

/// Expressions that steps share, whatever the service.
#[derive(Debug)]
pub(crate) struct StepWords {
    pub(crate) online: Option<Expr>,
    pub(crate) appointment: Option<Expr>,
    pub(crate) feedback: Option<Expr>,
    /// That it is not done online.
    pub(crate) not_online: Option<Expr>,
    /// How a list of services, or the place where they are done, is called.
    pub(crate) services: Vec<Expr>,
}

/// The best step that a page shows for a service. `about` says whether title, headline or URL name the service.
pub(crate) fn step(rule: &Rule, words: &StepWords, facts: &Facts<'_>, about: bool) -> Option<Step> {
    let found = [by_link(rule, words, facts, about), by_form(words, facts, about), by_sentence(rule, words, facts, about)];
    found.into_iter().flatten().max_by(|a, b| a.weight.total_cmp(&b.weight)).or_else(|| download(facts, about))
}

/// A link that says the act and the topic, or the act alone on a page about the topic.
fn by_link(rule: &Rule, words: &StepWords, facts: &Facts<'_>, about: bool) -> Option<Step> {
    let mut best: Option<Step> = None;
    // On a page called "Apply for a job" a link need not repeat "apply"; else what says the act and the topic names the act.
    let naming = |unit: &&Unit<'_>| matches!(unit.place, Place::Title | Place::Headline);
    let called = about
        && facts.units.near(&rule.act_on_topic).into_iter().filter(naming).any(|unit| any(&rule.act_on_topic, unit).is_some());
    let topics = facts.units.near(if called { &rule.topic } else { &[] }).into_iter();
    let telling = topics.chain(facts.units.near(&rule.act));
    for unit in telling.filter(|unit| matches!(unit.place, Place::Link | Place::Chrome)) {
        let Some(number) = unit.link.map(|n| n as usize) else { continue };
        let (whole, act) = (any(&rule.act_on_topic, unit), any(&rule.act, unit));
        let topic = if called { any(&rule.topic, unit) } else { None };
        let link = &facts.page.links[number];
        if whole.or(act).or(topic).is_none()
            || !leads_on(facts, number)
            || says(words.appointment.as_ref(), unit)
            || says(words.not_online.as_ref(), unit)
        {
            continue;
        }
        let outside = link.url.host_str() != facts.page.url.host_str();
        let service_host = facts.links.hosts[number].iter().any(|class| matches!(*class, "e-service" | "payment"));
        let online = says(words.online.as_ref(), unit);
        let in_content = unit.place == Place::Link;
        let (name, weight, matched) = match (whole, act.or(topic)) {
            // On a page about the service any telling link out of it is the step; elsewhere it is a lead to it.
            (Some(matched), _) if outside || service_host => {
                (if about { STEP } else { STEP_LEAD }, if in_content { 4.0 } else { 3.5 }, matched)
            }
            (Some(matched), _) if online => (STEP_LEAD, 3.0, matched),
            (_, Some(matched)) if about && in_content && (outside || service_host || online) => (STEP, 3.5, matched),
            _ => continue,
        };
        if best.as_ref().is_none_or(|b| weight > b.weight) {
            best = Some(Step { name, weight, place: unit.place, quote: quote(facts.units, unit, matched), link: Some(number) });
        }
    }
    best
}

/// A form with fields to fill in on a page about the service.
fn by_form(words: &StepWords, facts: &Facts<'_>, about: bool) -> Option<Step> {
    if !about {
        return None;
    }
    let form = facts.page.forms.iter().find(|form| {
        let fits = matches!(
            shape_of(form),
            Some(FormShape::Request | FormShape::Upload | FormShape::Payment | FormShape::Login | FormShape::Contact)
        );
        let feedback = facts
            .units
            .all
            .iter()
            .any(|unit| unit.place == Place::Label && unit.region == form.region && says(words.feedback.as_ref(), unit));
        fits && !feedback && !form.region.is_chrome()
    })?;
    let named = if form.name.is_empty() { form.buttons.first().cloned().unwrap_or_default() } else { form.name.clone() };
    let exact = if named.is_empty() {
        form.fields.iter().map(|f| f.label.as_str()).filter(|l| !l.is_empty()).take(3).collect::<Vec<_>>().join(" · ")
    } else {
        named
    };
    Some(Step { name: STEP, weight: 4.0, place: Place::Markup, quote: Quote { exact, ..Quote::default() }.into(), link: None })
}

/// A sentence that says that the act is done online.
fn by_sentence(rule: &Rule, words: &StepWords, facts: &Facts<'_>, about: bool) -> Option<Step> {
    let online = words.online.as_ref()?;
    let acts = if about { &rule.act } else { &rule.act_on_topic };
    facts
        .units
        .near(acts)
        .into_iter()
        .filter(|unit| matches!(unit.place, Place::Body | Place::Heading | Place::Headline | Place::Title))
        .filter(|unit| says(Some(online), unit) && !says(words.not_online.as_ref(), unit))
        .find_map(|unit| {
            acts.iter().find_map(|act| {
                let both = Expr { all: act.all.iter().chain(&online.all).cloned().collect(), none: act.none.clone() };
                let matched = both.find(&unit.matches, REACH)?;
                let weight = if about { 3.0 } else { 2.5 };
                Some(Step {
                    name: if about { STEP } else { STEP_LEAD },
                    weight,
                    place: unit.place,
                    quote: quote(facts.units, unit, matched),
                    link: None,
                })
            })
        })
}

fn download(facts: &Facts<'_>, about: bool) -> Option<Step> {
    let mut links = facts.page.links.iter().zip(&facts.links.files);
    let number = about.then(|| links.position(|(link, file)| file.is_some() && !link.region.is_chrome()))??;
    let exact = facts.page.links[number].text.clone();
    Some(Step {
        name: DOWNLOAD,
        weight: 0.5,
        place: Place::File,
        quote: Quote { exact, ..Quote::default() }.into(),
        link: Some(number),
    })
}

/// Whether a link leads to a page rather than to a file, a place on this page, an address or a social network.
fn leads_on(facts: &Facts<'_>, number: usize) -> bool {
    let link = &facts.page.links[number];
    matches!(link.url.scheme(), "http" | "https")
        && facts.links.files[number].is_none()
        && link.url[..url::Position::AfterQuery] != facts.page.url[..url::Position::AfterQuery]
}

fn any(list: &[Expr], unit: &Unit<'_>) -> Option<(usize, usize)> {
    list.iter().find_map(|expr| expr.find(&unit.matches, REACH))
}

fn says(expr: Option<&Expr>, unit: &Unit<'_>) -> bool {
    expr.is_some_and(|expr| expr.find(&unit.matches, REACH).is_some())
}
