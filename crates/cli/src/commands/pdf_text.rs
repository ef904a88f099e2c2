//! `pdf-text`: the child process that takes the text out of one PDF, within limits that the system enforces.

use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, setrlimit};

/// Address space, and CPU seconds.
const MEMORY: u64 = 1 << 30;
const CPU: u64 = 30;

/// Reads a PDF from standard input and writes its text to standard output.
pub(crate) fn run() -> ExitCode {
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, CPU), (Resource::Core, 0)] {
        // Where the system refuses a limit, the parent's clock still holds.
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok();
    }
    match page::pdf::child(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            crate::say::note(format_args!("{error}"));
            ExitCode::FAILURE
        }
    }
}
