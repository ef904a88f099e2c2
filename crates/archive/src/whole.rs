//! Files that are there whole or not at all.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::Error;

/// Writes a file under another name, syncs it, and gives it its own; the disk has all of it when this returns. `what` is
/// for the error.
pub(crate) fn write_whole(what: &'static str, path: &Path, part: &Path, bytes: &[u8]) -> Result<(), Error> {
    let dir = path.parent().expect("a file lies in a folder");
    let write = || {
        std::fs::create_dir_all(dir)?;
        let mut file = File::create(part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(part, path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(Error::io(what, path))
}
