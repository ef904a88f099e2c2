//! Judging a stored run again, from the archive alone: the same archive and rulebook give the same findings.

use std::sync::Arc;

use archive::Archive;
use indicator::Harvest;
use model::{Coverage, Finding, Hit, Visit};
use store::{Captured, Outcome, RunId};

use crate::identity::loose;
use crate::sealing::{Sealing, keep_rulebook, layers, seal};
use crate::survey::{Ground, now};
use crate::{Error, Settings, reading};

/// Reads every capture of a run from the archive, matches it with the ground's rulebook, concludes, and keeps the
/// findings. Asks no network.
pub async fn judge(ground: &Arc<Ground>, run: RunId, settings: &Settings) -> Result<Vec<Finding>, Error> {
    let Some(last) = ground.store.judgings(run).await?.into_iter().next() else { return Err(Error::Unjudged(run.0)) };
    let coverage = Coverage { lexicons: ground.book.lexicons(), ..last.coverage };
    let portal = ground.store.run(run).await?.portal;
    let past = ground.store.outcomes(run).await?;
    let (on, of) = (Arc::clone(ground), settings.clone());
    let key = portal.id.clone();
    let judged = tokio::task::spawn_blocking(move || {
        let mut harvest = Harvest::default();
        for past in &past {
            if let Outcome::Captured(captured) | Outcome::Shared(_, captured) = &past.outcome {
                let hits = hits_of(&on, &portal, &coverage, &past.visit, captured, &of)?;
                harvest.add(past.visit.no, &[&loose(&past.visit.url), &loose(&captured.url)], hits);
            }
        }
        Ok::<_, Error>((on.book.conclude(&coverage, &harvest), coverage))
    });
    let (findings, coverage) = judged.await.expect("judging does not panic")?;
    let judging = ground.store.put_findings(run, &ground.digest, &ground.tool, now(), &coverage, &findings).await?;
    let mut archive = Archive::open(&ground.archive, settings.archive.clone())?;
    keep_rulebook(&mut archive, ground)?;
    let layers = layers(ground, judging, settings).await?;
    let (archive, sealed) = seal(archive, &ground.store, Sealing { run, portal: key, judging, layers }).await;
    sealed?;
    archive.close()?;
    Ok(findings)
}

fn hits_of(
    ground: &Ground,
    portal: &model::Portal,
    coverage: &Coverage,
    visit: &Visit,
    captured: &Captured,
    settings: &Settings,
) -> Result<Vec<Hit>, Error> {
    if visit.errand == model::Errand::Sitemap {
        return Ok(Vec::new());
    }
    let exchange = archive::read(&ground.archive, &captured.record)?;
    let text = captured.text.as_ref().map(|text| archive::read_text(&ground.archive, text)).transpose()?;
    // What could not be read then cannot be read now: it is in the coverage as a miss.
    let read = reading::read(&ground.book, &reading::setting(portal, coverage.day), &exchange, text, settings);
    Ok(read.map(|reading| reading.hits).unwrap_or_default())
}
