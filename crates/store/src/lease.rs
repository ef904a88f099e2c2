//! At most one surveying process per ledger, by a lock that the system drops with the process, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::{Error, Store};

/// The right to survey into a ledger; ends when dropped.
#[derive(Debug)]
pub struct Lease {
    /// Locked as long as it is open.
    _file: File,
}

impl Store {
    /// Takes the right to survey into this ledger, to be held while a survey runs. Reading and judging need none.
    ///
    /// The lock is on a file beside the ledger, `<ledger>.lock`, that names the process; the file stays and means
    /// nothing without the lock.
    pub fn lease(&self) -> Result<Lease, Error> {
        let mut path = self.path().as_os_str().to_owned();
        path.push(".lock");
        take(Path::new(&path), self.path())
    }
}

fn take(path: &Path, ledger: &Path) -> Result<Lease, Error> {
    let failed = |source| Error::Io { what: "lock", path: path.to_owned(), source };
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut who = String::new();
            let known = (&mut file).take(64).read_to_string(&mut who).is_ok() && !who.trim().is_empty();
            let holder = if known { format!(" ({})", who.trim()) } else { String::new() };
            return Err(Error::Leased { path: ledger.to_owned(), holder });
        }
        Err(TryLockError::Error(source)) => return Err(failed(source)),
    }
    let named = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "process {}", std::process::id()));
    named.map_err(failed)?;
    Ok(Lease { _file: file })
}
