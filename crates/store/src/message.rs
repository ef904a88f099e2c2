//! Messages to cities: what reviewers say in the place of the words of the configuration.

use model::Time;
use serde::{Deserialize, Serialize};

use crate::plain::Bind::Text;
use crate::{Error, Store};

/// What a reviewer says to a city about an indicator that it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Key of the campaign.
    pub campaign: String,
    /// Key of the portal.
    pub portal: String,
    /// BCP 47 tag.
    pub language: String,
    /// The indicator.
    pub code: String,
    /// What is missing; empty: in the words of the configuration.
    pub missing: String,
    /// Why it matters; empty: in the words of the configuration.
    pub why: String,
    /// When.
    pub at: Time,
    /// Pseudonym.
    pub by: String,
}

impl Store {
    /// Keeps a message. What was said before stays.
    pub async fn put_message(&self, of: &Message) -> Result<(), Error> {
        let insert = "insert into message (campaign, portal, language, code, missing, why, at, \"by\") \
                      values (?, ?, ?, ?, ?, ?, ?, ?)";
        let at = of.at.to_string();
        let texts = [&of.campaign, &of.portal, &of.language, &of.code, &of.missing, &of.why, &at, &of.by];
        self.change("keep a message", insert, &texts.map(|text| Text(text))).await?;
        Ok(())
    }

    /// The messages to a city in a language that count: of each indicator the latest.
    pub async fn messages(&self, campaign: &str, portal: &str, language: &str) -> Result<Vec<Message>, Error> {
        let select = "select campaign, portal, language, code, missing, why, at, \"by\" from message where no in \
                      (select max(no) from message where campaign = ? and portal = ? and language = ? group by code) order by code";
        self.list("list messages", select, &[Text(campaign), Text(portal), Text(language)]).await
    }
}
