//! Small instruments and sheets for tests.

use model::{Choice, Code, Criterion, Indicator, Instrument, Kind, Scope, ScoreBand};

use crate::Sheet;

pub(crate) fn code(name: &str) -> Code {
    Code::new(name).unwrap()
}

/// An edition with indicators `1` to `count`, odd ones under `OD`, even ones under `EV`; a score divides by one more.
pub(crate) fn instrument(edition: &str, count: u16) -> Instrument {
    let indicator = |number: u16| Indicator {
        code: code(&number.to_string()),
        criterion: if number % 2 == 1 { "OD" } else { "EV" }.to_owned(),
        title: String::new(),
        seen: String::new(),
        not_enough: String::new(),
        scope: Scope::Portal,
        kind: Kind::Content,
    };
    let bands = [("very high", 0.75), ("high", 0.5), ("middle", 0.25), ("low", -1.0)];
    let criterion = |id: &str| Criterion { id: id.to_owned(), name: String::new() };
    Instrument {
        edition: edition.to_owned(),
        title: String::new(),
        language: "en".to_owned(),
        denominator: count + 1,
        criteria: vec![criterion("OD"), criterion("EV")],
        bands: bands.map(|(name, above)| ScoreBand { name: name.to_owned(), above }).to_vec(),
        indicators: (1..=count).map(indicator).collect(),
    }
}

/// Decided answers to indicators in their order, `y` or `n` each.
pub(crate) fn sheet(edition: &str, portal: &str, answers: &str) -> Sheet {
    let instrument = instrument(edition, u16::try_from(answers.len()).unwrap());
    let choice = |letter| if letter == 'y' { Choice::Yes } else { Choice::No };
    let codes = instrument.indicators.iter().map(|indicator| indicator.code.clone());
    Sheet::decided(&instrument, portal, codes.zip(answers.chars().map(choice))).unwrap()
}
