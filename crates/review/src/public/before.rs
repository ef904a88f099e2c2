//! What changed since an earlier release: of an earlier campaign of the same cities, else of the same campaign. Only over
//! questions that mean the same in both editions.

use std::collections::BTreeMap;

use model::{Instrument, Time};
use score::{Change, Crosswalk, Sheet};

use crate::app::App;
use crate::published::Published;
use crate::reply::Refusal;
use crate::results::Results;

/// An earlier release, and what changed since.
#[derive(Debug)]
pub(crate) struct Before {
    /// Key of the campaign.
    pub(crate) campaign: String,
    pub(crate) title: String,
    pub(crate) number: u32,
    pub(crate) at: Time,
    /// Whether it is of the same campaign: then the later one corrects the earlier.
    pub(crate) same: bool,
    /// By portal; of the cities that are in both.
    pub(crate) changes: BTreeMap<String, Change>,
}

impl Before {
    /// The latest release before that one which can be compared with it.
    pub(crate) async fn of(app: &App, published: &Published, results: &Results) -> Result<Option<Self>, Refusal> {
        let mut earlier = Vec::new();
        for campaign in app.store.campaigns().await? {
            let all = Published::all(&app.store, &campaign).await?;
            // Of each campaign the last one that there was: the others were corrected by it.
            let before = |one: &Published| {
                one.release.at <= published.release.at
                    && one.release.id != published.release.id
                    && (campaign.id != published.campaign.id || one.release.number < published.release.number)
            };
            earlier.extend(all.into_iter().rfind(before));
        }
        let same = |one: &Published| one.campaign.id == published.campaign.id;
        earlier.sort_by_key(|one| (same(one), std::cmp::Reverse(one.release.at)));
        for one in &earlier {
            let Some((instrument, crosswalk)) = read_by(app, &one.release.instrument) else { continue };
            let changes = changes(app, one, results, instrument, crosswalk).await?;
            if !changes.is_empty() {
                return Ok(Some(Self {
                    campaign: one.campaign.id.clone(),
                    title: one.campaign.title.clone(),
                    number: one.release.number,
                    at: one.release.at,
                    same: same(one),
                    changes,
                }));
            }
        }
        Ok(None)
    }
}

/// The instrument of an edition, with what leads from it to the present one.
fn read_by<'a>(app: &'a App, edition: &str) -> Option<(&'a Instrument, Option<&'a Crosswalk>)> {
    if edition == app.instrument.edition {
        return Some((&app.instrument, None));
    }
    let (instrument, crosswalk) = app.earlier.iter().find(|(instrument, _)| instrument.edition == edition)?;
    Some((instrument, Some(crosswalk)))
}

async fn changes(
    app: &App,
    before: &Published,
    results: &Results,
    instrument: &Instrument,
    crosswalk: Option<&Crosswalk>,
) -> Result<BTreeMap<String, Change>, Refusal> {
    let signed = before.sign_offs(&app.store).await?;
    let mut changes = BTreeMap::new();
    for city in &results.cities {
        // A city may have had another key then.
        let own = |one: &&model::Portal| one.id == city.portal.id && one.country == city.portal.country;
        let portals = &before.campaign.portals;
        let was = portals.iter().find(own).or_else(|| portals.iter().find(|one| one.home == city.portal.home));
        let Some((_, signed)) = was.and_then(|was| signed.get(&was.id)) else { continue };
        let answers = signed.finals.iter().map(|one| (one.code.clone(), one.answer));
        // What is not answered in full is not compared.
        let Ok(old) = Sheet::decided(instrument, &city.portal.id, answers) else { continue };
        let change = match crosswalk {
            Some(crosswalk) => Change::over(crosswalk, &old, &city.sheet),
            None => Change::within(&old, &city.sheet),
        };
        let change = change.map_err(|error| Refusal::Broken(error.to_string()))?;
        if change.compared > 0 {
            changes.insert(city.portal.id.clone(), change);
        }
    }
    Ok(changes)
}
