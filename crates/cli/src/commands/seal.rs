//! `seal`: closes what a stopped process left open, and signs.

use std::path::Path;

use archive::{Archive, Repaired};

use crate::config::Config;
use crate::exit::Exit;
use crate::{ground, reach, say, seals};

/// Seals and signs.
pub(crate) async fn run(data: &Path, config: &Config, key: Option<&Path>, connect_to: &[String]) -> anyhow::Result<Exit> {
    let dir = ground::archive(data)?;
    let archive = Archive::open(&dir, config.raw.survey(1).archive)?;
    for Repaired { name, records, torn } in archive.repaired() {
        match records {
            0 => say::note(format_args!("{name}: taken away, it had no whole record; {torn} unfinished bytes set aside")),
            _ => say::note(format_args!("{name}: sealed with {records} whole records; {torn} unfinished bytes set aside")),
        }
    }
    archive.close()?;
    seals::sign(data, key, &config.raw.authority, &reach::routes(connect_to)?).await?;
    Ok(Exit::Done)
}
