//! `judge`: a stored survey judged again from its archive, offline.

use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::exit::Exit;
use crate::{ground, say};

/// Judges every run of a survey again.
pub(crate) async fn run(data: &Path, config: Config, survey: Option<i64>) -> anyhow::Result<Exit> {
    let raw = config.raw.clone();
    let ground = Arc::new(ground::existing(data, config).await?);
    let number = ground::survey(&ground, survey).await?;
    let settings = raw.survey(ground.store.survey(number).await?.begun.seed);
    let mut rows = vec![["portal", "present", "absent", "undetermined", "changed"].map(str::to_owned).to_vec()];
    let mut unjudged = 0;
    for run in ground.store.runs(number).await? {
        let before = super::findings::latest(&ground.store, &run).await?;
        if before.is_empty() {
            say::note(format_args!("{}: not judged yet; finish it with `portolan survey --resume`", run.portal.id));
            unjudged += 1;
            continue;
        }
        let now = survey::judge(&ground, run.id, &settings).await?;
        let count = |word: &str| now.iter().filter(|finding| finding.answer.word() == word).count().to_string();
        let changed = now.iter().filter(|finding| !before.iter().any(|found| found.finding == **finding)).count();
        rows.push(vec![run.portal.id.clone(), count("present"), count("absent"), count("undetermined"), changed.to_string()]);
    }
    say::table(&rows);
    Ok(if unjudged > 0 { Exit::PartlyReached } else { Exit::Done })
}
