//! The parent's side: starts the child, feeds it, reads a bounded answer, and kills it at the deadline.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// How much of a failing child's complaint is read, in bytes.
const MAX_COMPLAINT: usize = 4096;

/// How the text of PDFs is extracted.
#[derive(Debug, Clone)]
pub struct Extractor {
    /// The program that runs [`child`](fn@super::child), and its arguments.
    pub command: Vec<OsString>,
    /// How long one PDF may take.
    pub timeout: Duration,
    /// How much text is taken from one PDF, in bytes; the rest is left out.
    pub max_output: usize,
}

/// Why a PDF gave no text.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no program to run.
    #[error("no command is set to read PDFs with")]
    NoCommand,
    /// The program could not be started.
    #[error("cannot start `{program}` to read a PDF")]
    Start {
        /// The program.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The program did not end in time and was killed.
    #[error("the PDF reader was killed after {} s", .0.as_secs_f32())]
    Timeout(Duration),
    /// The program failed or was killed by the system, as one that overflows its stack is.
    #[error("the PDF reader failed with {status}, saying `{complaint}`")]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// The last line of what it said.
        complaint: String,
    },
    /// Its end could not be awaited.
    #[error("cannot wait for the PDF reader")]
    Wait(#[source] io::Error),
}

impl Extractor {
    /// The text of a PDF: the title of the document, a form feed, then its pages with form feeds between them.
    ///
    /// Blocks until the child ends, its output is full or the time is over, whichever comes first.
    ///
    /// # Errors
    /// If the child can't be started, fails or takes too long. Text it wrote before is dropped then.
    pub fn text(&self, pdf: &[u8]) -> Result<String, Error> {
        let (program, arguments) = self.command.split_first().ok_or(Error::NoCommand)?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let start = |source| Error::Start { program: program.to_string_lossy().into_owned(), source };
        let child = command.spawn().map_err(start)?;
        self.converse(child, pdf)
    }

    fn converse(&self, mut child: Child, pdf: &[u8]) -> Result<String, Error> {
        let deadline = Instant::now() + self.timeout;
        // None of these threads is awaited: a process that the child left behind may hold the pipes for ever.
        if let Some(mut stdin) = child.stdin.take() {
            let pdf = pdf.to_vec();
            // A child that ends before it has read all breaks the pipe; its status tells whether that was well.
            thread::spawn(move || stdin.write_all(&pdf));
        }
        let text = Self::listen(child.stdout.take(), self.max_output);
        let complaint = Self::listen(child.stderr.take(), MAX_COMPLAINT);
        let answer = text.recv_timeout(self.timeout).map_err(|_| Error::Timeout(self.timeout));
        let full = answer.as_ref().is_ok_and(|bytes| bytes.len() >= self.max_output);
        let status = if full || answer.is_err() { Ok(None) } else { wait(&mut child, deadline) };
        // Killing and reaping one that has ended already does nothing.
        let _ = child.kill();
        let _ = child.wait();
        let bytes = answer?;
        match status.map_err(Error::Wait)? {
            None if !full => Err(Error::Timeout(self.timeout)),
            Some(status) if !status.success() => {
                let complaint = complaint.recv_timeout(Duration::from_millis(100)).unwrap_or_default();
                let complaint = String::from_utf8_lossy(&complaint).lines().last().unwrap_or_default().trim().to_owned();
                Err(Error::Failed { status, complaint })
            }
            _ => Ok(String::from_utf8_lossy(&bytes).trim_end_matches('\u{fffd}').to_owned()),
        }
    }

    /// Reads at most so many bytes on a thread of its own.
    fn listen(pipe: Option<impl Read + Send + 'static>, max: usize) -> Receiver<Vec<u8>> {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(pipe) = pipe {
                // What came before an error is all there is.
                let _ = pipe.take(max as u64).read_to_end(&mut bytes);
            }
            let _ = sender.send(bytes);
        });
        receiver
    }
}

/// How a child ended that closed its output, if it did before the deadline.
fn wait(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= deadline {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a shell script in the child's place leads to.
    fn ask(script: &str, pdf: &[u8]) -> Result<String, Error> {
        let command = ["/bin/sh", "-c", script].map(OsString::from).to_vec();
        Extractor { command, timeout: Duration::from_millis(500), max_output: 1000 }.text(pdf)
    }

    #[test]
    fn the_child_reads_the_pdf_and_answers() {
        assert_eq!(ask("tr a-z A-Z", b"abc").unwrap(), "ABC");
    }

    #[test]
    fn a_child_that_never_ends_is_killed() {
        let start = Instant::now();
        assert!(matches!(ask("sleep 60", b""), Err(Error::Timeout(_))));
        assert!(matches!(ask("echo begun; exec >&-; sleep 60", b""), Err(Error::Timeout(_))));
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_child_that_crashes_is_reported_with_its_last_words() {
        let Err(Error::Failed { complaint, .. }) = ask("echo one >&2; echo two >&2; exit 3", b"") else { panic!() };
        assert_eq!(complaint, "two");
        assert!(matches!(ask("kill -SEGV $$", b""), Err(Error::Failed { .. })));
    }

    #[test]
    fn a_flood_is_cut() {
        assert_eq!(ask("while :; do echo 0123456789; done", b"").unwrap().len(), 1000);
        assert_eq!(ask("while :; do printf éé; done", b"").unwrap().chars().filter(|c| *c != 'é').count(), 0);
    }

    #[test]
    fn a_child_that_reads_nothing_still_answers() {
        assert_eq!(ask("echo done", &vec![b'x'; 1 << 20]).unwrap(), "done\n");
    }

    #[test]
    fn what_cannot_start_is_reported() {
        let extractor = Extractor { command: vec!["/nowhere/reader".into()], timeout: Duration::from_secs(1), max_output: 10 };
        assert_eq!(extractor.text(b"").unwrap_err().to_string(), "cannot start `/nowhere/reader` to read a PDF");
        assert!(matches!(Extractor { command: Vec::new(), ..extractor }.text(b""), Err(Error::NoCommand)));
    }
}
