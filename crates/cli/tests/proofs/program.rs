//! The built program as a person runs it: with its flags, its own copy of the configuration, and ways to end it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use testkit::Served;

/// A copy of the program, so that a build meanwhile changes nothing, with all flags that reach a served city.
pub(crate) struct Program {
    folder: PathBuf,
    flags: Vec<String>,
}

impl Program {
    /// Made in an empty folder. `changes` are keys of `portolan.toml` with the value they get.
    pub(crate) fn copied(folder: &Path, served: &Served, delay: f64, changes: &[(&str, String)]) -> Self {
        fs::copy(env!("CARGO_BIN_EXE_portolan"), folder.join("portolan")).unwrap();
        copy_all(&top().join("config"), &folder.join("config"));
        let file = folder.join("config/portolan.toml");
        let mut text = fs::read_to_string(&file).unwrap();
        for (key, value) in changes {
            let start = format!("{key} = ");
            assert!(text.lines().any(|line| line.starts_with(&start)), "`{key}` is in portolan.toml");
            let line = |line: &str| if line.starts_with(&start) { format!("{start}{value}\n") } else { format!("{line}\n") };
            text = text.lines().map(line).collect();
        }
        fs::write(file, text).unwrap();
        fs::write(folder.join("ca.pem"), served.ca_pem()).unwrap();
        let routes = served.routes().into_iter().flat_map(|route| ["--connect-to".to_owned(), route]);
        let trust = ["--trust".to_owned(), folder.join("ca.pem").display().to_string()];
        let delay = ["--delay".to_owned(), delay.to_string()];
        Self { folder: folder.to_owned(), flags: routes.chain(trust).chain(delay).collect() }
    }

    /// Begins a survey of `portals.csv` in the program's folder.
    pub(crate) fn begin(&self, data: &Path) -> Child {
        self.start(data, &["survey", &self.folder.join("portals.csv").display().to_string()], &self.flags)
    }

    /// Takes the latest survey up again.
    pub(crate) fn resume(&self, data: &Path) -> Child {
        self.start(data, &["survey", "--resume"], &self.flags)
    }

    /// Runs a command to its end and gives its standard output.
    pub(crate) fn output(&self, data: &Path, arguments: &[&str]) -> String {
        let output = self.command(data).args(arguments).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {}\n{told}", output.status);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command to its end, whatever that is: exit code, standard output, standard error.
    pub(crate) fn ended(&self, data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.command(data).args(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }

    /// What surveys said on standard error so far.
    pub(crate) fn told(&self) -> String {
        fs::read_to_string(self.folder.join("told.txt")).unwrap_or_default()
    }

    fn start(&self, data: &Path, arguments: &[&str], flags: &[String]) -> Child {
        let told = fs::File::options().create(true).append(true).open(self.folder.join("told.txt")).unwrap();
        self.command(data).args(arguments).args(flags).stdout(Stdio::null()).stderr(told).spawn().unwrap()
    }

    fn command(&self, data: &Path) -> Command {
        let mut command = Command::new(self.folder.join("portolan"));
        command.arg("--data").arg(data).arg("--config").arg(self.folder.join("config"));
        command
            .env_remove("PORTOLAN_CONTACT")
            .env_remove("PORTOLAN_INSTRUMENT")
            .env_remove("PORTOLAN_LOG")
            .env_remove("PORTOLAN_KEY")
            .stdin(Stdio::null());
        command
    }
}

/// The repository's top folder.
pub(crate) fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// An empty folder below `target`. What is below `target/peers` is looked at by outside programs after the tests.
pub(crate) fn empty(below: &str) -> PathBuf {
    let folder = top().join("target").join(below);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Waits for the end of a process.
pub(crate) async fn end(child: &mut Child) -> ExitStatus {
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// What Ctrl-C sends.
pub(crate) fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).unwrap();
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_all(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}
