//! `receipt`: what a run asked of whom and how fast, for the people whose servers were asked.

use std::io::Write as _;
use std::path::Path;

use store::RunId;

use crate::args::{ReceiptArgs, ReceiptFormat};
use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Writes the receipt of a run. The figures come from the archive; the ledger only knows what the city is called.
pub(crate) async fn run(data: &Path, config: Config, args: &ReceiptArgs) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    let run = ground.store.run(RunId(args.run)).await?;
    let archive = ground.archive;
    let number = args.run;
    let receipt = tokio::task::spawn_blocking(move || archive::receipt(&archive, number)).await??;
    if receipt.hosts.is_empty() {
        let message = format!("the archive holds no record of run {number} ({})", run.portal.city);
        return Err(
            Fault::usage(message, "records that an older version wrote do not name their run: survey the portal again").into()
        );
    }
    let mut bytes = Vec::new();
    match args.format {
        ReceiptFormat::Html => report::receipt::write_html(&receipt, &run.portal.city, &mut bytes)?,
        ReceiptFormat::Json => {
            serde_json::to_writer_pretty(&mut bytes, &receipt)?;
            bytes.push(b'\n');
        }
    }
    let Some(file) = &args.out else {
        // A reader that went away (`| head`) is no error.
        std::io::stdout().lock().write_all(&bytes).ok();
        return Ok(Exit::Done);
    };
    std::fs::write(file, &bytes)
        .map_err(|error| Fault::usage(format!("cannot write `{}`: {error}", file.display()), "choose another file with --out"))?;
    say::note(format_args!("{} requests to {} hosts, in {}", receipt.total.requests, receipt.hosts.len(), file.display()));
    Ok(Exit::Done)
}
