//! `findings`: what a survey found, as a table, CSV or JSON lines.

use std::path::Path;

use report::findings::{Row, write_csv, write_json_lines};
use store::{Found, Run, Store};
use survey::Ground;

use crate::args::{AnswerWord, FindingsArgs, Format};
use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Lists findings.
pub(crate) async fn run(data: &Path, config: Config, args: &FindingsArgs) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    let survey = ground::survey(&ground, args.survey).await?;
    let mut rows = Vec::new();
    for run in ground.store.runs(survey).await? {
        if args.portal.as_ref().is_none_or(|portal| *portal == run.portal.id) {
            rows.extend(rows_of(&ground, &run).await?);
        }
    }
    if rows.is_empty() {
        return Err(Fault::usage(
            format!("survey {} has no findings of that kind yet", survey.0),
            "finish it with `portolan survey --resume`, or look at --portal",
        )
        .into());
    }
    let word = args.answer.map(|answer| match answer {
        AnswerWord::Present => "present",
        AnswerWord::Absent => "absent",
        AnswerWord::Undetermined => "undetermined",
    });
    rows.retain(|row| word.is_none_or(|word| row.answer.starts_with(word)));
    match args.format {
        Format::Table => table(&rows),
        Format::Csv => write_csv(&rows, std::io::stdout().lock())?,
        Format::Jsonl => write_json_lines(&rows, std::io::stdout().lock())?,
    }
    Ok(Exit::Done)
}

/// The findings of a run's latest judging.
pub(crate) async fn latest(store: &Store, run: &Run) -> anyhow::Result<Vec<Found>> {
    let judgings = store.judgings(run.id).await?;
    let Some(judging) = judgings.first() else { return Ok(Vec::new()) };
    Ok(store.findings(judging.id).await?)
}

async fn rows_of(ground: &Ground, run: &Run) -> anyhow::Result<Vec<Row>> {
    let instrument = &ground.book.instrument;
    let mut rows = Vec::new();
    for found in latest(&ground.store, run).await? {
        let Found { id, finding, .. } = found;
        let indicator = instrument.indicators.iter().find(|indicator| indicator.code == finding.code);
        let best = finding.evidence.first();
        rows.push(Row {
            finding: id.0,
            portal: run.portal.id.clone(),
            city: run.portal.city.clone(),
            code: finding.code.to_string(),
            criterion: indicator.map(|indicator| indicator.criterion.clone()).unwrap_or_default(),
            title: indicator.map(|indicator| indicator.title.clone()).unwrap_or_default(),
            scope: indicator.map(|indicator| format!("{:?}", indicator.scope).to_lowercase()).unwrap_or_default(),
            answer: finding.answer.to_string(),
            confidence: finding.band.as_str().to_owned(),
            url: best.map(|evidence| evidence.url.clone()).unwrap_or_default(),
            quote: best.map(|evidence| evidence.quote.exact.clone()).unwrap_or_default(),
            target: best.and_then(|evidence| evidence.chain.as_ref()).map(|chain| chain.target.clone()).unwrap_or_default(),
            evidence: finding.evidence.len(),
            because: finding.because,
        });
    }
    Ok(rows)
}

/// Aligned columns, a blank line between portals.
pub(crate) fn table(rows: &[Row]) {
    for portal in rows.chunk_by(|a, b| a.portal == b.portal) {
        say::out(format_args!("\n{} ({})", portal[0].city, portal[0].portal));
        let lines = portal.iter().map(|row| {
            let seen = if row.quote.is_empty() {
                row.because.clone()
            } else {
                format!("“{}” {}", say::cut(&row.quote, 60), row.url)
            };
            vec![
                format!("#{}", row.finding),
                row.code.clone(),
                say::cut(&row.title, 40),
                row.answer.clone(),
                row.confidence.clone(),
                say::cut(&seen, 110),
            ]
        });
        say::table(&lines.collect::<Vec<_>>());
    }
}
