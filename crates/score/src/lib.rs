//! Decisions and instrument to scores: pure arithmetic. So far the band of a score, crosswalks between editions, and the
//! fit of signals to decisions.

mod crosswalk;
pub mod fit;

pub use crosswalk::{Became, Crosswalk, Draft, Flaw, Row};
use model::{Instrument, ScoreBand};

/// The band that a score between 0 and 1 falls into; bands stand from the highest to the lowest.
pub fn band(instrument: &Instrument, score: f64) -> Option<&ScoreBand> {
    instrument.bands.iter().find(|band| score > band.above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_on_the_edge_belongs_to_the_lower_band() {
        let bands = [("very high", 0.75), ("high", 0.5), ("middle", 0.25), ("low", -1.0)];
        let bands = bands.map(|(name, above)| ScoreBand { name: name.to_owned(), above }).to_vec();
        let instrument = Instrument {
            edition: "t".to_owned(),
            title: String::new(),
            language: "en".to_owned(),
            denominator: 4,
            criteria: Vec::new(),
            bands,
            indicators: Vec::new(),
        };
        let named = [1.0, 0.75, 0.5001, 0.0].map(|score| band(&instrument, score).unwrap().name.clone());
        assert_eq!(named, ["very high", "high", "high", "low"]);
    }
}
