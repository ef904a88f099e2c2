//! The data directory: the ledger and the archive beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use store::{Store, SurveyId};
use survey::Ground;

use crate::config::{Config, TOOL};
use crate::exit::Fault;

/// Name of the archive's folder within the data directory.
pub(crate) const ARCHIVE: &str = "archive";

/// Name of the ledger within the data directory.
pub(crate) const LEDGER: &str = "ledger.sqlite";

/// The archive of a data directory that must be there.
pub(crate) fn archive(data: &Path) -> anyhow::Result<PathBuf> {
    let archive = data.join(ARCHIVE);
    if archive.is_dir() {
        return Ok(archive);
    }
    let hint = "run `portolan survey` first, or name the directory with --data";
    Err(Fault::usage(format!("there is no archive in `{}`", data.display()), hint).into())
}

/// Opens the data directory, making it if needed.
pub(crate) async fn open(data: &Path, config: Config) -> anyhow::Result<Ground> {
    let archive = data.join(ARCHIVE);
    std::fs::create_dir_all(&archive).map_err(|error| {
        Fault::configuration(
            format!("the data directory `{}` cannot be made: {error}", data.display()),
            "choose another with --data",
        )
    })?;
    let store = ledger(data).await?;
    Ok(Ground { store, archive, book: Arc::new(config.book), rules: config.rules, digest: config.digest, tool: TOOL.to_owned() })
}

/// Opens a data directory that must be there.
pub(crate) async fn existing(data: &Path, config: Config) -> anyhow::Result<Ground> {
    if !data.join(LEDGER).exists() {
        let hint = "run `portolan survey` first, or name the directory with --data";
        return Err(Fault::usage(format!("there is no ledger in `{}`", data.display()), hint).into());
    }
    open(data, config).await
}

async fn ledger(data: &Path) -> anyhow::Result<Store> {
    Ok(Store::open_or_create(&format!("sqlite:{}", data.join(LEDGER).display())).await?)
}

/// The survey of that number, or the latest.
pub(crate) async fn survey(ground: &Ground, number: Option<i64>) -> anyhow::Result<SurveyId> {
    if let Some(number) = number {
        return Ok(ground.store.survey(SurveyId(number)).await?.id);
    }
    let latest = ground.store.latest(None).await?;
    Ok(latest.ok_or_else(|| Fault::usage("the ledger holds no survey", "run `portolan survey` first"))?.id)
}
