//! Campaigns: an instrument applied to a list of portals, with its policies.

use model::{Portal, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plain::Bind::{Maybe, Text};
use crate::{Error, Store};

/// A campaign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Campaign {
    /// Its key.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Edition of the instrument.
    pub instrument: String,
    /// Its cities.
    pub portals: Vec<Portal>,
    /// Since when.
    pub begun: Time,
    /// Who began it.
    pub by: String,
}

/// The rules of a campaign as they were from some instant on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyRow {
    /// The campaign.
    pub campaign: String,
    /// From 1.
    pub no: u32,
    /// The rules.
    pub body: Value,
    /// Since when.
    pub at: Time,
    /// Who set them.
    pub by: String,
}

impl Store {
    /// Begins a campaign with its first policy; false if the key is taken.
    pub async fn put_campaign(&self, of: &Campaign, policy: &Value) -> Result<bool, Error> {
        let insert = "insert into campaign (id, title, instrument, portals, begun, \"by\") values (?, ?, ?, ?, ?, ?) \
                      on conflict do nothing";
        let (portals, begun) = (serde_json::to_string(&of.portals).expect("portals are plain data"), of.begun.to_string());
        let binds = [Text(&of.id), Text(&of.title), Text(&of.instrument), Text(&portals), Text(&begun), Text(&of.by)];
        if self.change("begin a campaign", insert, &binds).await? == 0 {
            return Ok(false);
        }
        self.put_policy(&of.id, policy, &of.by, of.begun).await?;
        Ok(true)
    }

    /// The campaign of that key.
    pub async fn campaign(&self, id: &str) -> Result<Option<Campaign>, Error> {
        self.first("read a campaign", CAMPAIGNS, &[Text(id)]).await
    }

    /// Every campaign, the latest first.
    pub async fn campaigns(&self) -> Result<Vec<Campaign>, Error> {
        self.list("list campaigns", CAMPAIGNS, &[Maybe(None)]).await
    }

    /// Sets the rules of a campaign from now on.
    pub async fn put_policy(&self, campaign: &str, body: &Value, by: &str, at: Time) -> Result<(), Error> {
        let insert = "insert into policy (campaign, no, body, at, \"by\") \
                      values (?1, (select coalesce(max(no), 0) + 1 from policy where campaign = ?1), ?2, ?3, ?4)";
        let binds = [Text(campaign), Text(&body.to_string()), Text(&at.to_string()), Text(by)];
        self.change("keep a policy", insert, &binds).await?;
        Ok(())
    }

    /// The rules of a campaign, the latest first.
    pub async fn policies(&self, campaign: &str) -> Result<Vec<PolicyRow>, Error> {
        self.list("list policies", "select * from policy where campaign = ? order by no desc", &[Text(campaign)]).await
    }
}

const CAMPAIGNS: &str = "select * from campaign where ?1 is null or id = ?1 order by begun desc, id";
