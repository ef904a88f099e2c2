//! Decisions and instrument to numbers: pure arithmetic. Scorecards, ranks and change over time are exact; of statistics,
//! each says its formula, unit and source, and why it is not defined where it is not.

mod agreement;
mod bootstrap;
mod card;
mod change;
mod cheapest;
mod coefficient;
mod crosswalk;
pub mod fit;
mod quality;
mod rank;
mod share;
mod sheet;
#[cfg(test)]
mod testing;
mod undefined;

pub use agreement::Agreement;
pub use bootstrap::{Arm, Saved, SplitMix64, Timed};
pub use card::{Card, CardError, Open, Part, Standing};
pub use change::{Carried, Change};
pub use cheapest::{Effort, Step, cheapest};
pub use coefficient::{ac1, alpha, kappa};
pub use crosswalk::{Became, Crosswalk, Draft, Flaw, Row};
use model::{Instrument, ScoreBand};
pub use quality::{Calibrated, Judged, Precision, Quality, Unaided};
pub use rank::{Ranked, Ranking};
pub use share::{Interval, Share};
pub use sheet::{Basis, Said, Sheet, SheetError};
pub use undefined::{Mixed, NotMeasured, Undefined};

/// The band that a score between 0 and 1 falls into; bands stand from the highest to the lowest.
pub fn band(instrument: &Instrument, score: f64) -> Option<&ScoreBand> {
    instrument.bands.iter().find(|band| score > band.above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_on_the_edge_belongs_to_the_lower_band() {
        let instrument = testing::instrument("t", 3);
        let named = [1.0, 0.75, 0.5001, 0.0].map(|score| band(&instrument, score).unwrap().name.clone());
        assert_eq!(named, ["very high", "high", "high", "low"]);
    }
}
