//! `verify`: whether everything is as it was sealed and signed, offline.

use std::path::Path;

use archive::{Report, Subject, Verifier, is_audit_pack, verify_audit, verify_folder, verify_package};
use store::Store;

use super::trace;
use crate::args::VerifyArgs;
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Verifies a data directory, an archive folder, a package or an audit pack.
pub(crate) async fn run(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let trusted = args.trusted.iter().map(|key| trusted(key)).collect::<anyhow::Result<Vec<_>>>()?;
    let report = if is_audit_pack(&args.path) {
        let audit = verify_audit(&args.path, &trusted);
        if let Some(score) = &args.score {
            trace::print(&audit, score)?;
            say::out("");
        }
        audit.report
    } else if args.score.is_some() {
        let hint = "make one with `portolan pack CAMPAIGN/NUMBER`";
        return Err(Fault::usage("a score is followed in the audit pack of its release", hint).into());
    } else if args.path.is_file() {
        verify_package(&args.path, &trusted).report
    } else {
        folder(&args.path, &trusted).await?
    };
    for finding in &report.findings {
        say::out(finding);
    }
    let faults = report.findings.iter().filter(|finding| finding.fault).count();
    if faults > 0 {
        say::out(format_args!("NOT verified: {faults} faults"));
        return Ok(Exit::Unproven);
    }
    say::out(format_args!(
        "verified: {} records, {} entries, {} checkpoints",
        report.records, report.entries, report.checkpoints
    ));
    Ok(Exit::Done)
}

fn trusted(key: &str) -> anyhow::Result<Verifier> {
    let hint = "give a public key as `portolan key show` prints it";
    Ok(key.parse().map_err(|what| Fault::usage(format!("`{key}` is no public key: {what}"), hint))?)
}

async fn folder(path: &Path, trusted: &[Verifier]) -> anyhow::Result<Report> {
    let inner = path.join(ground::ARCHIVE);
    let dir = if inner.is_dir() { inner.as_path() } else { path };
    let mut folder = verify_folder(dir, trusted)?;
    let ledger = path.join(ground::LEDGER);
    if ledger.exists() {
        let store = Store::open(&format!("sqlite:{}", ledger.display())).await?;
        survey::verify_ledger(&store, &mut folder).await?;
        store.close().await;
    } else {
        folder.report.remark(
            Subject::File(ground::LEDGER.to_owned()),
            "there is no ledger beside the archive: its rows were not compared",
        );
    }
    Ok(folder.report)
}
