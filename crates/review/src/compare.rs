//! The comparison of two sealed slots: made once, by the seal that came second.

use model::{Comparison, Made, Path, Slot, Time};

use crate::app::App;
use crate::own::Own;
use crate::reply::Refusal;
use crate::secret;

/// Compares a city if both its slots are sealed and nobody did yet.
pub(crate) async fn compare(app: &App, own: &Own, now: Time) -> Result<(), Refusal> {
    let Some(city) = own.unblinded(app).await? else { return Ok(()) };
    if city.comparison.is_some() {
        return Ok(());
    }
    let mismatches = city.mismatches();
    let (policy, rules) = &city.policy;
    let made = Comparison {
        id: secret::name(),
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        round: city.round,
        seals: [Slot::A, Slot::B].iter().filter_map(|slot| city.seals.get(slot)).map(|seal| seal.digest).collect(),
        compared: u32::try_from(city.codes.len()).unwrap_or(u32::MAX),
        path: if rules.over(mismatches.len(), city.codes.len()) { Path::Over } else { Path::Within },
        mismatches,
        policy: *policy,
        at: now,
    };
    match app.desk.keep(Made::Comparison(made)).await {
        Ok(_) => Ok(()),
        // Both seals came at the same time: the other one made it.
        Err(_) if own.unblinded(app).await?.is_some_and(|city| city.comparison.is_some()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
