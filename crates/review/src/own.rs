//! What an assessor sees of a city: their own slot. Nothing in here looks at another one before both are sealed.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Code, Decision, Portal, SlotSeal};
use serde_json::Value;
use store::{Assignment, Campaign, Draft};

use crate::app::App;
use crate::city::{City, asked, policy, rows};
use crate::cx::Cx;
use crate::reply::Refusal;
use crate::rules::Rules;

/// An assessor's own slot.
pub(crate) struct Own {
    pub(crate) slot: Assignment,
    pub(crate) campaign: Arc<Campaign>,
    pub(crate) portal: Option<Portal>,
    /// Indicators that are asked in this round, in the order of the instrument.
    pub(crate) codes: Vec<Code>,
    /// The decisions that stand.
    pub(crate) decisions: BTreeMap<Code, Decision>,
    /// What was typed and not decided.
    pub(crate) drafts: BTreeMap<String, Draft>,
    pub(crate) seal: Option<SlotSeal>,
    pub(crate) rules: Rules,
    /// Whether somebody else took the slot over.
    pub(crate) left: bool,
}

impl Own {
    /// The slot with all that was done in it.
    pub(crate) async fn load(app: &App, slot: Assignment) -> Result<Self, Refusal> {
        let campaign = app.campaign(&slot.campaign).await?.ok_or(Refusal::Unknown)?;
        let all = app.codes();
        let codes = asked(&app.store, &slot.campaign, &slot.portal, slot.round, &all).await?.unwrap_or_default();
        let which = format!("{:?}", slot.slot);
        let made = async |table| app.store.made_in(table, &slot.campaign, &slot.portal, slot.round, &which).await;
        let decisions: Vec<Decision> = rows(made("decision").await?)?;
        let drafts = app.store.drafts(&slot.id).await?;
        let seals: Vec<SlotSeal> = rows(made("slot_seal").await?)?;
        Ok(Self {
            portal: campaign.portals.iter().find(|one| one.id == slot.portal).cloned(),
            codes,
            // Later ones take the place of earlier ones. Of who had the slot before nothing counts or is shown.
            decisions: decisions
                .into_iter()
                .filter(|one| one.assessor == slot.person)
                .map(|one| (one.code.clone(), one))
                .collect(),
            drafts: drafts.into_iter().map(|draft| (draft.code.clone(), draft)).collect(),
            seal: seals.into_iter().next(),
            rules: policy(&app.store, &slot.campaign).await?.1,
            left: app.store.taken_over(&slot).await?,
            campaign,
            slot,
        })
    }

    /// Name of the city.
    pub(crate) fn city_name(&self) -> String {
        self.portal.as_ref().map_or_else(|| self.slot.portal.clone(), |portal| portal.city.clone())
    }

    /// Whether answers can still be given.
    pub(crate) fn open(&self) -> bool {
        self.seal.is_none() && !self.left
    }

    /// Refuses where answers can no longer be given.
    pub(crate) fn must_be_open(&self, cx: &Cx) -> Result<(), Refusal> {
        if self.open() { Ok(()) } else { Err(Refusal::Conflict(cx.t("state-slot-sealed"))) }
    }

    /// The first indicator after one, round the corner, that is not decided.
    pub(crate) fn next_open(&self, after: &Code) -> Option<&Code> {
        let at = self.codes.iter().position(|code| code == after).map_or(0, |at| at + 1);
        self.codes[at..].iter().chain(&self.codes[..at]).find(|code| !self.decisions.contains_key(*code))
    }

    /// What was typed for an indicator.
    pub(crate) fn draft(&self, code: &Code) -> Value {
        self.drafts.get(code.as_str()).map_or(Value::Null, |draft| draft.body.clone())
    }

    /// The whole city, once both slots are sealed.
    pub(crate) async fn unblinded(&self, app: &App) -> Result<Option<City>, Refusal> {
        let all = app.codes();
        let city = City::load(&app.store, &self.campaign, &all, &self.slot.portal, self.slot.round).await?;
        Ok(city.filter(City::sealed))
    }

    /// Differences on which this assessor is still to be heard.
    pub(crate) async fn to_rebut(&self, app: &App) -> Result<Vec<Code>, Refusal> {
        if self.seal.is_none() {
            return Ok(Vec::new());
        }
        let Some(city) = self.unblinded(app).await? else { return Ok(Vec::new()) };
        let open = |code: &&Code| city.unheard(code).contains(&self.slot.slot) && !city.rulings.contains_key(*code);
        Ok(self.codes.iter().filter(open).cloned().collect())
    }
}
