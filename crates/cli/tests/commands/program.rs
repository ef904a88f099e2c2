//! Runs the built program away from the configuration of whoever runs the tests.

use std::path::Path;
use std::process::{Command, Output};

use testkit::Served;

/// The program with a data directory.
pub(crate) fn portolan(data: &Path) -> Command {
    hushed(Command::new(env!("CARGO_BIN_EXE_portolan")), data)
}

/// The program where no file may grow beyond so many mebibytes, as on a disk that is full by then.
pub(crate) fn portolan_on_small_disk(data: &Path, mebibytes: u32) -> Command {
    let mut shell = Command::new("sh");
    // `sh` counts blocks of 512 bytes (POSIX). Writing beyond the limit is an error once the signal is ignored.
    shell.args(["-c", "trap '' XFSZ; ulimit -f \"$0\" && exec \"$@\"", &(mebibytes * 2048).to_string()]);
    shell.arg(env!("CARGO_BIN_EXE_portolan"));
    hushed(shell, data)
}

/// Leaves a package where outside programs look at it after the tests, under its own name: no two tests share one.
pub(crate) fn leave(package: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("target/peers/packages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(package, folder.join(package.file_name().unwrap())).unwrap();
}

/// Flags that lead to a served city, without politeness beyond a moment.
pub(crate) fn flags(served: &Served, dir: &Path) -> Vec<String> {
    let ca = dir.join("ca.pem");
    std::fs::write(&ca, served.ca_pem()).unwrap();
    let routes = served.routes().into_iter().flat_map(|route| ["--connect-to".to_owned(), route]);
    let others = ["--delay", "0.02", "--trust"].map(str::to_owned).into_iter().chain([ca.display().to_string()]);
    routes.chain(others).collect()
}

/// Exit code, standard output and standard error.
#[track_caller]
pub(crate) fn ended(output: std::io::Result<Output>) -> (i32, String, String) {
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn hushed(mut command: Command, data: &Path) -> Command {
    for name in ["PORTOLAN_DATA", "PORTOLAN_CONFIG", "PORTOLAN_CONTACT", "PORTOLAN_INSTRUMENT", "PORTOLAN_LOG"] {
        command.env_remove(name);
    }
    command.arg("--data").arg(data);
    command
}
