//! `show`: one finding down to the archived bytes.

use std::path::Path;

use store::{FindingId, Proof, RunId, Store};

use crate::config::Config;
use crate::exit::Exit;
use crate::{ground, say};

/// Shows a finding with its evidence.
pub(crate) async fn run(data: &Path, config: Config, finding: i64) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    let found = ground.store.finding(FindingId(finding)).await?;
    let run = ground.store.run(found.run).await?;
    if let Some(indicator) = ground.book.instrument.indicators.iter().find(|indicator| indicator.code == found.finding.code) {
        say::out(format_args!("{} {}  {}", indicator.code, indicator.title, run.portal.city));
        say::out(format_args!("  asked      {}", indicator.seen));
        say::out(format_args!("  not enough {}", indicator.not_enough));
    }
    say::out(format_args!("  answer     {} ({} confidence)", found.finding.answer, found.finding.band.as_str()));
    say::out(format_args!("  because    {}", found.finding.because));
    for proof in ground.store.proofs(found.id).await? {
        show(&ground.store, found.run, &ground.archive, &proof).await?;
    }
    Ok(Exit::Done)
}

async fn show(store: &Store, run: RunId, archive: &Path, proof: &Proof) -> anyhow::Result<()> {
    let evidence = &proof.evidence;
    say::out(format_args!("\nevidence {}  {}", proof.rank, evidence.url));
    let quote = &evidence.quote;
    say::out(format_args!(
        "  quote      {}[{}]{}",
        say::cut(&quote.prefix, 40),
        say::cut(&quote.exact, 300),
        say::cut(&quote.suffix, 40)
    ));
    if let Some((start, end)) = quote.position {
        say::out(format_args!("  position   characters {start} to {end} of the text layer, in the {}", evidence.place.as_str()));
    } else {
        say::out(format_args!("  position   in the {}", evidence.place.as_str()));
    }
    let signals: Vec<String> = evidence.signals.iter().map(|(name, worth)| format!("{name} {worth:+.1}")).collect();
    say::out(format_args!("  worth      {:.1} = {}", evidence.worth, signals.join(", ")));
    if let Some(chain) = &evidence.chain {
        let opened = if chain.visit.is_some() { "opened" } else { "not opened" };
        say::out(format_args!("  leads to   “{}” → {} ({opened})", say::cut(&chain.text, 80), chain.target));
    }
    for (step, visit) in store.click_path(run, evidence.visit).await?.iter().enumerate() {
        let link = visit.link.as_ref().map(|link| format!("“{}” → ", say::cut(link, 60))).unwrap_or_default();
        say::out(format_args!("  {:<10} {link}{}", if step == 0 { "click path" } else { "" }, visit.url));
    }
    if let Some((_, captured)) = &proof.captured {
        let record = &captured.record;
        say::out(format_args!("  captured   {}, status {}, {} bytes", captured.sent, captured.status, captured.bytes));
        say::out(format_args!("  digest     {}", record.payload));
        say::out(format_args!(
            "  archived   {} offset {} length {}",
            archive.join(&record.segment).display(),
            record.offset,
            record.length
        ));
        say::out(format_args!("  record     {}", record.id));
    }
    Ok(())
}
