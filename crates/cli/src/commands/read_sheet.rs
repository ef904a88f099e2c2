//! `read-sheet`: the child process that reads a workbook or CSV that somebody sent, within limits that the system enforces.

use std::process::{ExitCode, Stdio};
use std::time::Duration;

use report::import::{Refused, Sheets, answered};
use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Address space, and CPU seconds.
const MEMORY: u64 = 1 << 30;
const CPU: u64 = 20;

/// How long the parent waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads a file from standard input and writes what it holds, or why it is refused, to standard output.
pub(crate) fn run() -> ExitCode {
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, CPU), (Resource::Core, 0)] {
        // Where the system refuses a limit, the parent's clock still holds.
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok();
    }
    match report::import::child(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            crate::say::note(format_args!("{error}"));
            ExitCode::FAILURE
        }
    }
}

/// Has a child of this program read a file. What ends the child, as a limit of the system, ends nothing else.
pub(crate) async fn ask(file: Vec<u8>) -> anyhow::Result<Result<Sheets, Refused>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("read-sheet").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn()?;
    let stdin = child.stdin.take();
    let feed = async move {
        if let Some(mut stdin) = stdin {
            // A child that ended early reads no more: what it wrote says why.
            stdin.write_all(&file).await.ok();
        }
    };
    let both = async { tokio::join!(feed, child.wait_with_output()).1 };
    let output = tokio::time::timeout(PATIENCE, both).await??;
    anyhow::ensure!(output.status.success(), "reading it takes more memory or time than a sheet may; split it by city");
    Ok(answered(&output.stdout)?)
}
