//! The rules of a campaign: threshold, assist mode, shares and reasons.

use model::Assist;
use serde::{Deserialize, Serialize};

/// The rules of a campaign. A change is a new policy; each comparison names its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Above this share of differing indicators, in percent, both assessors are heard first (R13).
    pub threshold: f64,
    /// Whether a share that is exactly the threshold is above it: it matters where few indicators are compared (R14).
    pub inclusive: bool,
    /// What assessors are shown of the machine (R4).
    pub assist: Assist,
    /// Share of indicators shown without anything of the machine, in percent (R5).
    pub clean: u32,
    /// Share of agreed indicators that a reviewer looks at, in percent (R18).
    pub inspected: u32,
    /// Whether who ruled on a city may sign it off (R16).
    pub own_rulings: bool,
    /// Reason codes (R10).
    pub reasons: Vec<String>,
}

/// Reason codes to begin with; texts of the screens have a sentence for each.
const REASONS: [&str; 14] = [
    "not_found_after_search",
    "info_only_not_service",
    "partial",
    "outdated",
    "wrong_portal",
    "wrong_entity",
    "national_not_local",
    "third_party_site",
    "other_language",
    "link_dead",
    "login_wall",
    "machine_misread",
    "duplicate",
    "definition_unclear",
];

impl Default for Rules {
    fn default() -> Self {
        Self {
            threshold: 5.0,
            inclusive: false,
            assist: Assist::default(),
            clean: 10,
            inspected: 10,
            own_rulings: false,
            reasons: REASONS.map(str::to_owned).to_vec(),
        }
    }
}

impl Rules {
    /// Whether so many differences of so many indicators are over the threshold.
    pub fn over(&self, mismatches: usize, compared: usize) -> bool {
        // 100 m > θ n instead of m / n > θ / 100: no rounding decides.
        let (left, right) = (100.0 * mismatches as f64, self.threshold * compared as f64);
        left > right || (self.inclusive && mismatches > 0 && left >= right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_threshold_is_a_matter_of_the_rules() {
        let rules = Rules::default();
        assert!(!rules.over(4, 80) && !rules.over(4, 95) && rules.over(5, 95));
        let inclusive = Rules { inclusive: true, ..rules };
        assert!(inclusive.over(4, 80) && !inclusive.over(4, 95) && !inclusive.over(0, 95));
    }
}
