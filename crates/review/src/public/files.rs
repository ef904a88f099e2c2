//! A release as data: versioned files that a knowledge base can take over, with the checkpoint they rest on. They say nothing
//! that a later release or appeal could change.

use model::Instrument;
use score::{Agreement, Undefined};
use serde::Serialize;
use serde_json::{Value, json};

use crate::advice::{Advice, key_of};
use crate::results::{CityResult, Results};

/// Version of the form of these files, also in their addresses.
pub(crate) const VERSION: u32 = 1;

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) media: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Whether it can never become another: texts of the configuration can.
    pub(crate) lasting: bool,
}

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=utf-8";

/// The file of that name; none if there is none.
pub(crate) fn file(results: &Results, instrument: &Instrument, advice: &Advice, name: &str) -> Option<File> {
    // As long as it was not signed, its checkpoint is still to come.
    let lasting = results.checkpoint.is_some();
    let of = |media, bytes: Vec<u8>, lasting| Some(File { media, bytes, lasting });
    match name {
        "release.json" => of(JSON, text(&release(results)), lasting),
        "indicators.json" => of(JSON, text(&indicators(results, instrument, advice)), false),
        "scores.csv" => of(CSV, scores(results), lasting),
        "answers.csv" => of(CSV, answers(results), lasting),
        _ => {
            let portal = name.strip_prefix("cities/")?.strip_suffix(".json")?;
            of(JSON, text(&city(results, results.city(portal)?)), lasting)
        }
    }
}

fn text(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// The release with the scorecard of each city.
fn release(results: &Results) -> Value {
    let cities: Vec<Value> = results.cities.iter().map(|city| card(results, city)).collect();
    let mut value = head(results);
    value["reason"] = json!(results.reason);
    value["corrects"] = json!(results.corrects);
    value["complete"] = json!(results.complete);
    value["threshold"] = json!(results.threshold);
    value["cities"] = json!(cities);
    value["unassessable"] = json!(results.ranking.unassessable);
    value["unruled"] = json!(results.ranking.unruled);
    value
}

/// A city with its answers.
fn city(results: &Results, city: &CityResult) -> Value {
    let answer = |one: &crate::results::AnswerOf| json!({ "code": one.code, "yes": one.yes, "trace": one.trace });
    let mut value = head(results);
    value["city"] = card(results, city);
    value["answers"] = city.answers.iter().map(answer).collect();
    value
}

/// What every file says of the release.
fn head(results: &Results) -> Value {
    json!({
        "version": VERSION,
        "campaign": results.campaign,
        "title": results.title,
        "number": results.number,
        "at": results.at,
        "edition": results.edition,
        "denominator": results.denominator,
        "checkpoint": results.checkpoint,
    })
}

fn card(results: &Results, city: &CityResult) -> Value {
    let portal = &city.portal;
    json!({
        "portal": portal.id,
        "city": portal.city,
        "country": portal.country,
        "languages": portal.languages,
        "home": portal.home,
        "card": city.card,
        "rank": city.rank.map(|(rank, _)| rank),
        "sharing": city.rank.map(|(_, sharing)| sharing),
        "agreement": agreement(&city.agreement),
        "over_threshold": city.over,
        "evidence": city.evidence.map(|(first, last)| json!({ "first": first, "last": last })),
        "signed_off": { "by": city.reviewer, "at": city.signed, "round": city.round },
        "answers": format!("/api/v{VERSION}/releases/{}/{}/files/cities/{}.json", results.campaign, results.number, portal.id),
    })
}

/// Numbers, or why there are none.
fn agreement(of: &Agreement) -> Value {
    fn number<T: Serialize>(number: Result<T, Undefined>) -> Value {
        number.map_or_else(|why| json!({ "undefined": why }), |number| json!(number))
    }
    json!({
        "n": of.n,
        "same": number(of.same),
        "interval": number(of.interval),
        "kappa": number(of.kappa),
        "alpha": number(of.alpha),
        "ac1": number(of.ac1),
        "yes": number(of.yes),
    })
}

/// The questions with how many cities have each, and the advice in every language.
fn indicators(results: &Results, instrument: &Instrument, advice: &Advice) -> Value {
    let one = |indicator: &model::Indicator| {
        let task = advice.task(&indicator.code);
        let texts: serde_json::Map<String, Value> = advice
            .languages()
            .filter_map(|(language, texts)| Some((language, texts.indicators.get(indicator.code.as_str())?)))
            .map(|(language, text)| {
                let words = json!({ "title": text.title, "missing": text.missing, "why": text.why, "steps": text.steps });
                (language.to_owned(), words)
            })
            .collect();
        json!({
            "code": indicator.code,
            "criterion": indicator.criterion,
            "title": indicator.title,
            "yes": results.cities.iter().filter(|city| city.answer(&indicator.code).is_some_and(|answer| answer.yes)).count(),
            "of": results.cities.len(),
            "effort": task.map(|task| key_of(task.effort)),
            "owner": task.map(|task| &task.owner),
            "advice": texts,
        })
    };
    let criteria: Vec<Value> = instrument.criteria.iter().map(|one| json!({ "id": one.id, "name": one.name })).collect();
    let bands: Vec<Value> = instrument.bands.iter().map(|one| json!({ "name": one.name, "above": one.above })).collect();
    let mut value = head(results);
    value["language"] = json!(instrument.language);
    value["criteria"] = json!(criteria);
    value["bands"] = json!(bands);
    value["indicators"] = instrument.indicators.iter().map(one).collect();
    value
}

/// A line for each city.
fn scores(results: &Results) -> Vec<u8> {
    let criteria = results.cities.first().map(|city| &city.card.criteria[..]).unwrap_or_default();
    let mut head: Vec<String> =
        ["portal", "city", "country", "rank", "yes", "denominator", "score", "band"].map(str::to_owned).into();
    head.extend(criteria.iter().flat_map(|part| [part.id.clone(), format!("{}_of", part.id)]));
    let mut lines = vec![head];
    for city in &results.cities {
        let card = &city.card;
        let mut line = vec![
            city.portal.id.clone(),
            city.portal.city.clone(),
            city.portal.country.to_string(),
            city.rank.map(|(rank, _)| rank.to_string()).unwrap_or_default(),
            card.yes.to_string(),
            card.denominator.to_string(),
            card.score.decimal(),
            card.band.clone().unwrap_or_default(),
        ];
        line.extend(card.criteria.iter().flat_map(|part| [part.yes.to_string(), part.of.to_string()]));
        lines.push(line);
    }
    csv(&lines)
}

/// A line for each answer.
fn answers(results: &Results) -> Vec<u8> {
    let mut lines = vec![["portal", "code", "answer", "trace"].map(str::to_owned).into()];
    for city in &results.cities {
        for one in &city.answers {
            let answer = if one.yes { "yes" } else { "no" };
            lines.push(vec![city.portal.id.clone(), one.code.to_string(), answer.to_owned(), one.trace.clone()]);
        }
    }
    csv(&lines)
}

/// RFC 4180. What a spreadsheet would take for a formula is marked as text.
fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn quoted(cell: &str) -> String {
    let formula =
        cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || cell.starts_with(['\t', '\r', '\n']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if formula || cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formula() {
        assert_eq!(quoted("Aville"), "Aville");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted(" @x"), "\"' @x\"");
    }
}
