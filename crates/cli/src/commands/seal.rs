//! `seal`: closes what a stopped process left open, and signs.

use std::path::Path;

use archive::Archive;

use crate::config::Config;
use crate::exit::Exit;
use crate::{ground, reach, say, seals};

/// Seals and signs.
pub(crate) async fn run(data: &Path, config: &Config, key: Option<&Path>, connect_to: &[String]) -> anyhow::Result<Exit> {
    let dir = ground::archive(data)?;
    let archive = Archive::open(&dir, config.raw.survey(1).archive)?;
    for repaired in archive.repaired() {
        say::note(format_args!(
            "{}: sealed with {} whole records; {} unfinished bytes set aside",
            repaired.name, repaired.records, repaired.torn
        ));
    }
    archive.close()?;
    seals::sign(data, key, &config.raw.authority, &reach::routes(connect_to)?).await?;
    Ok(Exit::Done)
}
