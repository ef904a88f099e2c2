//! What was published: releases of a campaign, each with what it corrects and what corrects it.

use std::collections::BTreeMap;

use model::{Digest, Release, SignOff};
use store::{Campaign, Store};

use crate::city::read;
use crate::cx::Cx;
use crate::error::Error;
use crate::reply::Refusal;

/// A release with its place among those of its campaign.
pub(crate) struct Published {
    pub(crate) campaign: Campaign,
    /// Number of its log entry.
    pub(crate) entry: u64,
    pub(crate) release: Release,
    /// Number of the release that it corrects.
    pub(crate) corrects: Option<u32>,
    /// Number of the release that corrects it.
    pub(crate) corrected: Option<u32>,
}

impl Published {
    /// The releases of a campaign, the first one first.
    pub(crate) async fn all(store: &Store, campaign: &Campaign) -> Result<Vec<Self>, Error> {
        let kept = store.made("release", &campaign.id).await?;
        let all: Vec<(u64, Release)> =
            kept.into_iter().map(|(entry, row)| Ok((entry, read(row)?))).collect::<Result<_, Error>>()?;
        let number = |id: &str| all.iter().find(|(_, one)| one.id == id).map(|(_, one)| one.number);
        let corrected = |id: &str| all.iter().find(|(_, one)| one.supersedes.as_deref() == Some(id)).map(|(_, one)| one.number);
        let published = all.iter().map(|(entry, release)| Self {
            campaign: campaign.clone(),
            entry: *entry,
            corrects: release.supersedes.as_deref().and_then(number),
            corrected: corrected(&release.id),
            release: release.clone(),
        });
        Ok(published.collect())
    }

    /// The release in the path.
    pub(crate) async fn of(cx: &Cx) -> Result<Self, Refusal> {
        let campaign = cx.campaign.as_ref().ok_or(Refusal::Unknown)?;
        let all = Self::all(&cx.app.store, campaign).await?;
        all.into_iter().find(|one| one.release.number.to_string() == cx.param("number")).ok_or(Refusal::Unknown)
    }

    /// The sign-offs that it rests on, by portal.
    pub(crate) async fn sign_offs(&self, store: &Store) -> Result<BTreeMap<String, (u64, SignOff)>, Refusal> {
        let mut signed = BTreeMap::new();
        for city in &self.release.cities {
            if let Some((entry, row)) = store.made_as("sign_off", &city.sign_off).await? {
                signed.insert(city.portal.clone(), (entry, read(row)?));
            }
        }
        Ok(signed)
    }

    /// Digest of its row as the log has it.
    pub(crate) fn digest(&self) -> Digest {
        archive::digest(archive::canonical(&self.release).as_bytes())
    }
}
