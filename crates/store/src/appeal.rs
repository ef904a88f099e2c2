//! Appeals: what cities say to their scores.

use model::Time;
use serde::{Deserialize, Serialize};

use crate::plain::Bind::{Maybe, Number, Text};
use crate::{Error, Store};

/// What a city says to its score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// UUID.
    pub id: String,
    /// Key of the campaign.
    pub campaign: String,
    /// Number of the release it speaks of.
    pub release: u32,
    /// Key of the portal.
    pub portal: String,
    /// The indicator.
    pub code: String,
    /// Where it is said to be.
    pub url: String,
    /// In the city's words.
    pub comment: String,
    /// How to reach who wrote it.
    pub contact: String,
    /// When.
    pub at: Time,
    /// When a reviewer settled it.
    pub settled: Option<Time>,
    /// Who.
    pub by: Option<String>,
    /// `reopened` or `declined`.
    pub outcome: Option<String>,
    /// Why.
    pub answer: Option<String>,
}

impl Store {
    /// Keeps an appeal.
    pub async fn put_appeal(&self, of: &Appeal) -> Result<(), Error> {
        let insert = "insert into appeal (id, campaign, release, portal, code, url, comment, contact, at) \
                      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
        let at = of.at.to_string();
        let binds = [
            Text(&of.id),
            Text(&of.campaign),
            Number(of.release.into()),
            Text(&of.portal),
            Text(&of.code),
            Text(&of.url),
            Text(&of.comment),
            Text(&of.contact),
            Text(&at),
        ];
        self.change("keep an appeal", insert, &binds).await?;
        Ok(())
    }

    /// The appeals of a campaign or of all, the latest first.
    pub async fn appeals(&self, campaign: Option<&str>) -> Result<Vec<Appeal>, Error> {
        let select = "select * from appeal where ?1 is null or campaign = ?1 order by at desc, id";
        self.list("list appeals", select, &[Maybe(campaign)]).await
    }

    /// Settles an appeal; false if it was settled before.
    pub async fn settle_appeal(&self, id: &str, outcome: &str, answer: &str, by: &str, at: Time) -> Result<bool, Error> {
        let update = "update appeal set settled = ?2, \"by\" = ?3, outcome = ?4, answer = ?5 where id = ?1 and settled is null";
        let binds = [Text(id), Text(&at.to_string()), Text(by), Text(outcome), Text(answer)];
        Ok(self.change("settle an appeal", update, &binds).await? == 1)
    }
}
