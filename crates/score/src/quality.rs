//! How good the machine's proposals were, by what people made of them.

use model::{Assist, Band};
use serde::Serialize;

use crate::{Interval, NotMeasured, Said, Share, Undefined};

/// A proposal that people have decided upon. One row per city and indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// What the machine proposed.
    pub proposed: Said,
    /// How sure it was.
    pub band: Band,
    /// Whether the final answer is yes.
    pub yes: bool,
    /// Passages that it proposed.
    pub passages: u32,
    /// Those of them that at least one assessor kept.
    pub kept: u32,
    /// What its assessors saw of the proposal; [`Assist::Clean`] only if none of them saw anything.
    pub assist: Assist,
    /// What an assessor without the machine's help found; none if there was no such assessor.
    pub unaided: Option<Unaided>,
}

/// What an assessor without the machine's help found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unaided {
    /// Not a yes.
    No,
    /// Yes, on evidence of their own.
    Yes {
        /// Whether the machine had a valid passage for it as well.
        machine_too: bool,
    },
}

/// A share with what it allows for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Precision {
    /// Right, of all.
    pub share: Share,
    /// Wilson's interval at 95 %.
    pub interval: Interval,
    /// If nothing was wrong: the share of wrong ones that is still possible at 95 %, see [`Share::rule_of_three`].
    pub wrong_at_most: Option<f64>,
}

/// Proposals of yes in one band of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Calibrated {
    /// The band.
    pub band: Band,
    /// Proposals of yes in it.
    pub n: u32,
    /// Those that became a final yes.
    pub became_yes: Result<Precision, Undefined>,
}

/// Quality of the machine's proposals. For a slice (language, indicator, assist mode), give the rows of that slice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Rows.
    pub n: u32,
    /// Proposals of yes that became a final yes, of all proposals of yes.
    pub verdict: Result<Precision, Undefined>,
    /// Proposed passages that at least one assessor kept, of all that assessors saw. Clean rows do not count: nobody saw theirs.
    pub evidence: Result<Precision, Undefined>,
    /// Verdict right, evidence wrong: proposals of yes that became a final yes on other passages, of those that did and whose
    /// passages were seen. They count as right in `verdict` and as wrong in `evidence`.
    pub replaced: Result<Share, Undefined>,
    /// Yes of unaided assessors for which the machine had a valid passage too, of all such yes. Relative to what people find;
    /// confirmations cannot tell of what the machine missed, so that there is none without a clean arm.
    pub recall: Result<Precision, NotMeasured>,
    /// Proposals of yes by confidence, the lowest band first.
    pub bands: Vec<Calibrated>,
}

impl From<Share> for Precision {
    fn from(share: Share) -> Self {
        Self { share, interval: share.wilson(), wrong_at_most: share.rest().rule_of_three() }
    }
}

impl Quality {
    /// Measures rows.
    ///
    /// # Panics
    /// If a row keeps more passages than were proposed.
    pub fn of(rows: &[Judged]) -> Self {
        let seen = || rows.iter().filter(|row| row.assist != Assist::Clean);
        let (kept, passages) = seen().fold((0, 0), |(kept, all), row| (kept + row.kept, all + row.passages));
        let right = seen().filter(|row| row.proposed == Said::Yes && row.yes && row.passages > 0);
        Self {
            n: Share::of(rows.iter().map(|_| true)).map_or(0, Share::denominator),
            verdict: verdict(rows, |_| true),
            evidence: Share::new(kept, passages).map(Precision::from),
            replaced: Share::of(right.map(|row| row.kept == 0)),
            recall: recall(rows),
            bands: [Band::Low, Band::Medium, Band::High].map(|band| calibrated(rows, band)).to_vec(),
        }
    }
}

fn verdict(rows: &[Judged], counts: impl Fn(&Judged) -> bool) -> Result<Precision, Undefined> {
    let proposed = rows.iter().filter(|row| row.proposed == Said::Yes && counts(row));
    Share::of(proposed.map(|row| row.yes)).map(Precision::from)
}

fn calibrated(rows: &[Judged], band: Band) -> Calibrated {
    let became_yes = verdict(rows, |row| row.band == band);
    Calibrated { band, n: became_yes.map_or(0, |precision| precision.share.denominator()), became_yes }
}

fn recall(rows: &[Judged]) -> Result<Precision, NotMeasured> {
    let unaided = || rows.iter().filter_map(|row| row.unaided);
    if unaided().next().is_none() {
        return Err(NotMeasured::NoCleanArm);
    }
    let found = unaided().filter_map(|unaided| match unaided {
        Unaided::Yes { machine_too } => Some(machine_too),
        Unaided::No => None,
    });
    Share::of(found).map(Precision::from).map_err(|_| NotMeasured::NoCleanYes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: Judged = Judged {
        proposed: Said::Yes,
        band: Band::High,
        yes: true,
        passages: 3,
        kept: 2,
        assist: Assist::EvidenceOnly,
        unaided: None,
    };

    fn share(measured: Result<Precision, Undefined>) -> Result<Share, Undefined> {
        measured.map(|precision| precision.share)
    }

    #[test]
    fn a_replaced_passage_leaves_the_verdict_right_and_the_evidence_wrong() {
        let replaced = Judged { kept: 0, ..RIGHT };
        let wrong = Judged { yes: false, kept: 0, band: Band::Low, ..RIGHT };
        let absent = Judged { proposed: Said::No, passages: 0, kept: 0, ..RIGHT };
        let quality = Quality::of(&[RIGHT, replaced, wrong, absent]);
        assert_eq!((quality.n, share(quality.verdict)), (4, Share::new(2, 3)));
        assert_eq!((share(quality.evidence), quality.replaced), (Share::new(2, 9), Share::new(1, 2)));
        let bands: Vec<_> = quality.bands.iter().map(|band| (band.n, share(band.became_yes))).collect();
        assert_eq!(bands, [(1, Share::new(0, 1)), (0, Err(Undefined::Nothing)), (2, Share::new(2, 2))]);
    }

    #[test]
    fn passages_that_nobody_saw_are_not_held_against_the_machine() {
        let clean = Judged { kept: 0, assist: Assist::Clean, ..RIGHT };
        let quality = Quality::of(&[clean]);
        assert_eq!((share(quality.verdict), share(quality.evidence)), (Share::new(1, 1), Err(Undefined::Nothing)));
        assert_eq!(quality.replaced, Err(Undefined::Nothing));
    }

    #[test]
    fn recall_comes_from_the_clean_arm_alone() {
        let unaided = |unaided| Judged { unaided: Some(unaided), ..RIGHT };
        assert_eq!(Quality::of(&[RIGHT; 50]).recall, Err(NotMeasured::NoCleanArm));
        assert_eq!(Quality::of(&[RIGHT, unaided(Unaided::No)]).recall, Err(NotMeasured::NoCleanYes));
        let [hit, miss] = [true, false].map(|machine_too| unaided(Unaided::Yes { machine_too }));
        let recall = Quality::of(&[hit, hit, miss, RIGHT, unaided(Unaided::No)]).recall.unwrap();
        assert_eq!((recall.share, recall.wrong_at_most), (Share::new(2, 3).unwrap(), None));
        let bound = Quality::of(&[hit; 100]).recall.unwrap().wrong_at_most;
        assert!(bound.is_some_and(|bound| (bound - 0.03).abs() < 1e-12));
    }
}
