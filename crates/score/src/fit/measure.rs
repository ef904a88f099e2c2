//! How well a weighing tells accepted from rejected: Brier score, and calibration by band.

use super::{Curve, Sample, Weighing};

/// How a weighing does on decisions.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Mean square of chance less outcome (G. Brier, 1950): 0 is perfect, 0.25 a coin.
    pub brier: f64,
    /// The same, each decision judged by a fit that did not see it.
    pub unseen: f64,
    /// From the lowest band to the highest.
    pub bands: [InBand; 3],
}

/// Decisions whose pages fall into one band.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct InBand {
    /// How many.
    pub count: usize,
    /// The mean of their chances.
    pub predicted: f64,
    /// The share that was accepted.
    pub accepted: f64,
}

impl Measure {
    pub(super) fn new(samples: &[Sample], weighing: &Weighing, curve: &Curve, unseen: f64) -> Self {
        let mut sum = 0.0;
        let mut bands = [InBand::default(); 3];
        for sample in samples {
            let margin = weighing.margin(sample);
            let chance = curve.chance(margin);
            sum += brier(chance, sample.accepted);
            let band = &mut bands[usize::from(margin >= weighing.medium) + usize::from(margin >= weighing.high)];
            band.count += 1;
            band.predicted += chance;
            band.accepted += f64::from(u8::from(sample.accepted));
        }
        for band in bands.iter_mut().filter(|band| band.count > 0) {
            band.predicted /= count(band.count);
            band.accepted /= count(band.count);
        }
        Self { brier: sum / count(samples.len()), unseen, bands }
    }
}

/// The square of chance less outcome.
pub(super) fn brier(chance: f64, accepted: bool) -> f64 {
    (chance - f64::from(u8::from(accepted))).powi(2)
}

/// A count as a number to divide by; no file holds so many decisions that it would be rounded.
pub(super) fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
