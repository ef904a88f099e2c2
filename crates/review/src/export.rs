//! What a campaign hands out: its rows as one book, made of the ledger, and the files that are written of it. Of a slot that is not
//! sealed there is never anything in it.

mod answers;
mod files;
mod material;
mod numbers;
mod sides;

use std::collections::HashMap;
use std::path::Path;

use archive::Checkpoint;
use model::{Instrument, Scope, Time};
use report::book::{Book, Campaign, City, Indicator, Proof};
use serde_json::Value;
use store::{Captured, Store};
use url::Url;

pub use files::{File, Format, file, names};
pub(crate) use material::Material;

use crate::error::Error;
use crate::overview::Round;
use crate::stats::Stats;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Extract<'a> {
    /// Key of the campaign.
    pub campaign: &'a str,
    /// Number of the release; none: the campaign as it is now, which is not for publishing.
    pub release: Option<u32>,
    /// How the application is reached from outside, for links to traces.
    pub origin: Option<&'a Url>,
    /// When.
    pub made: Time,
    /// Name and version of the program.
    pub by: &'a str,
}

impl Extract<'_> {
    /// The address under which the rows are known, whether or not anything answers there.
    pub fn base(&self) -> String {
        let origin = self.origin.map_or("https://portolan.invalid/", Url::as_str).trim_end_matches('/');
        match self.release {
            Some(number) => format!("{origin}/releases/{}/{number}", self.campaign),
            None => format!("{origin}/campaigns/{}", self.campaign),
        }
    }
}

/// The rows of a campaign, or of a release of it, for somebody who may read all of it; none if there is no such. Of a campaign,
/// that is each city with both slots sealed.
pub async fn book(store: &Store, archive: &Path, instrument: &Instrument, of: &Extract<'_>) -> Result<Option<Book>, Error> {
    let Some(material) = Material::load(store, of.campaign, of.release, |_| true).await? else { return Ok(None) };
    filled(store, archive, instrument, of, &material).await.map(Some)
}

/// The rows of what was loaded.
pub(crate) async fn filled(
    store: &Store,
    archive: &Path,
    instrument: &Instrument,
    of: &Extract<'_>,
    material: &Material,
) -> Result<Book, Error> {
    let proposals = material.proposals(store).await?;
    let pointed = material.pointed(store).await?;
    let stats = Stats::of(instrument, &material.rounds, &material.decisions, &proposals);
    let about = About { instrument, of, material, pointed };
    let titles = instrument.indicators.iter().map(indicator).collect();
    Ok(Book {
        campaign: about.campaign(),
        cities: about.asked().map(|round| about.city(round)).collect(),
        indicators: titles,
        scores: about.scores(),
        finals: about.finals(),
        pairs: about.pairs(),
        discrepancies: about.discrepancies(),
        agreement: about.agreement(&stats),
        machine: about.machine(&stats),
        answers: about.answers(&proposals),
        manifest: about.manifest(archive)?,
    })
}

/// What rows are made with.
struct About<'a> {
    instrument: &'a Instrument,
    of: &'a Extract<'a>,
    material: &'a Material,
    /// Captures that decisions and rulings point at, by record.
    pointed: HashMap<String, Captured>,
}

fn indicator(one: &model::Indicator) -> Indicator {
    Indicator {
        code: one.code.to_string(),
        criterion: one.criterion.clone(),
        title: one.title.clone(),
        question: one.seen.clone(),
        scope: match one.scope {
            Scope::Portal => "portal",
            Scope::Any => "any",
        }
        .to_owned(),
    }
}

impl About<'_> {
    fn status(&self) -> String {
        if self.of.release.is_some() { "released" } else { "internal" }.to_owned()
    }

    fn key(&self) -> String {
        self.material.campaign.id.clone()
    }

    /// The rounds that are asked for, without those before them.
    fn asked(&self) -> impl Iterator<Item = &Round> {
        self.material.rounds.iter().filter(|round| self.material.asked(round))
    }

    fn campaign(&self) -> Campaign {
        Campaign {
            key: self.key(),
            name: self.material.campaign.title.clone(),
            edition: self.instrument.edition.clone(),
            instrument: self.instrument.title.clone(),
            release: self.of.release,
            status: self.status(),
            made: self.of.made.to_string(),
            made_by: self.of.by.to_owned(),
        }
    }

    fn city(&self, round: &Round) -> City {
        let signed = round.sign_off.as_ref();
        City {
            key: format!("{}/{}", round.portal.id, round.round),
            campaign: self.key(),
            portal: round.portal.id.clone(),
            city: round.portal.city.clone(),
            country: round.portal.country.to_string(),
            round: round.round,
            status: self.material.state(round).to_owned(),
            home: round.portal.home.to_string(),
            signed_by: signed.map(|one| one.reviewer.clone()).unwrap_or_default(),
            signed: signed.map(|one| one.at.to_string()).unwrap_or_default(),
        }
    }

    /// What the rows rest on: the release, the log that covers it, the rules, the rulebook of each judging.
    fn manifest(&self, archive: &Path) -> Result<Vec<Proof>, Error> {
        let row = |key: &str, name: String, value: String, digest: String| Proof {
            key: key.to_owned(),
            campaign: self.key(),
            round: None,
            status: self.status(),
            name,
            value,
            digest,
        };
        let mut rows = Vec::new();
        if let Some(published) = &self.material.published {
            let (release, entry) = (&published.release, published.entry);
            let name = format!("{}/{}", release.campaign, release.number);
            rows.push(row("release", name, format!("entry {entry} of the log, {}", release.at), published.digest().to_string()));
            if let Some(number) = published.corrects {
                rows.push(row("corrects", format!("{}/{number}", release.campaign), release.reason.clone(), String::new()));
            }
            if let Some(number) = published.corrected {
                rows.push(row("corrected by", format!("{}/{number}", release.campaign), String::new(), String::new()));
            }
            rows.push(row("policy", "policy of the release".to_owned(), release.policy.to_string(), digest(&release.policy)));
        }
        if let Some(published) = &self.material.published
            && let Some(signed) = Checkpoint::covering(archive, published.entry)?
        {
            let name = format!("portolan/{}", signed.archive);
            rows.push(row("checkpoint", name, format!("size {}, signed {}", signed.size, signed.at), signed.root.to_string()));
        }
        for (round, judging) in &self.material.judged {
            rows.push(Proof {
                round: Some(round.1),
                ..row("proposals", format!("{}/{}", round.0, round.1), format!("judging {judging}"), String::new())
            });
        }
        Ok(rows)
    }
}

fn digest(of: &Value) -> String {
    archive::digest(archive::canonical(of).as_bytes()).to_string()
}
