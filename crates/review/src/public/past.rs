//! What a city was said to have before: in the last release of another campaign.

use model::{Choice, Time};
use score::{Change, Sheet};
use serde::Serialize;

use crate::app::App;
use crate::published::Published;
use crate::reply::Refusal;
use crate::results::{CityResult, Results};

/// An earlier result of a city, and what changed since, over the questions that mean the same in both.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Past {
    pub(crate) campaign: String,
    pub(crate) title: String,
    pub(crate) release: u32,
    pub(crate) at: Time,
    pub(crate) change: Change,
}

impl Past {
    /// The latest earlier result of a city; none if there is none, or none whose questions can be compared. Corrections within
    /// the campaign are no change over time.
    pub(crate) async fn of(app: &App, results: &Results, city: &CityResult) -> Result<Option<Self>, Refusal> {
        let mut earlier = Vec::new();
        for campaign in app.store.campaigns().await?.iter().filter(|campaign| campaign.id != results.campaign) {
            let same = campaign.portals.iter().find(|one| one.id == city.portal.id && one.country == city.portal.country);
            let same = same.or_else(|| campaign.portals.iter().find(|one| one.home == city.portal.home));
            let Some(portal) = same else { continue };
            let releases = Published::all(&app.store, campaign).await?;
            let last = releases.into_iter().rfind(|one| one.corrected.is_none() && one.release.at < results.at);
            earlier.extend(last.map(|last| (last, portal.id.clone())));
        }
        earlier.sort_by_key(|(one, _)| std::cmp::Reverse(one.release.at));
        for (one, portal) in earlier {
            if let Some(change) = change(app, &one, &portal, city).await? {
                let release = &one.release;
                return Ok(Some(Self {
                    campaign: release.campaign.clone(),
                    title: one.campaign.title.clone(),
                    release: release.number,
                    at: release.at,
                    change,
                }));
            }
        }
        Ok(None)
    }
}

/// What changed since that release; none if its questions cannot be compared or not all were answered.
async fn change(app: &App, before: &Published, portal: &str, city: &CityResult) -> Result<Option<Change>, Refusal> {
    let Some((_, signed)) = before.sign_offs(&app.store).await?.remove(portal) else { return Ok(None) };
    let answers = || signed.finals.iter().map(|one| (one.code.clone(), one.answer)).collect::<Vec<(_, Choice)>>();
    let edition = &before.release.instrument;
    let change = if *edition == app.instrument.edition {
        Sheet::decided(&app.instrument, portal, answers()).ok().and_then(|old| Change::within(&old, &city.sheet).ok())
    } else {
        let known = app.earlier.iter().find(|(old, _)| old.edition == *edition);
        known.and_then(|(old, crosswalk)| {
            let old = Sheet::decided(old, portal, answers()).ok()?;
            Change::over(crosswalk, &old, &city.sheet).ok()
        })
    };
    Ok(change.filter(|change| change.compared > 0))
}
