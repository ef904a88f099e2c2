//! `doctor`: whether everything a survey needs is in place.

use std::path::Path;

use crate::config::{self, Chosen};
use crate::exit::Exit;
use crate::say;

/// A PDF of one empty page: enough to see that the child process works.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n";

/// Checks and tells.
pub(crate) async fn run(data: &Path, chosen: Chosen<'_>) -> anyhow::Result<Exit> {
    let mut healthy = true;
    let mut tell = |good: bool, what: String| {
        healthy &= good;
        say::out(format_args!("{}  {what}", if good { "good" } else { "BAD " }));
    };
    match config::load(chosen) {
        Ok(config) => {
            let book = &config.book;
            let (indicators, lexicons) = (book.instrument.indicators.len(), book.lexicons().len());
            tell(
                true,
                format!(
                    "rules: {} with {indicators} indicators, {lexicons} lexicons, {}",
                    book.instrument.edition, config.digest
                ),
            );
            match config.raw.contact(None) {
                Ok(Some(contact)) => tell(true, format!("contact: {contact}")),
                Ok(None) => tell(
                    false,
                    "contact: none set, so the public web is not crawled; set agent.contact in the portolan.toml of --config FOLDER, or give --contact URL".to_owned(),
                ),
                Err(fault) => tell(false, fault.to_string()),
            }
            let pdf = config.raw.survey(1).pdf;
            match tokio::task::spawn_blocking(move || pdf.map(|pdf| pdf.text(PDF))).await? {
                Some(Ok(_)) => tell(true, "PDF reader: works in its child process".to_owned()),
                Some(Err(error)) => tell(false, format!("PDF reader: {error}")),
                None => tell(false, "PDF reader: this program cannot find itself on the disk".to_owned()),
            }
        }
        Err(error) => tell(false, format!("{error:#}")),
    }
    let probe = data.join(".doctor");
    let written =
        std::fs::create_dir_all(data).and_then(|()| std::fs::write(&probe, b"x")).and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => tell(true, format!("data directory: {} can be written", data.display())),
        Err(error) => tell(false, format!("data directory: {} cannot be written: {error}", data.display())),
    }
    let year = config::now().date().year();
    tell(year >= 2026, format!("clock: {}", config::now()));
    Ok(if healthy { Exit::Done } else { Exit::Configuration })
}
