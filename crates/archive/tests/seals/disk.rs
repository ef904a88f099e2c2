//! A full disk at every step of writing and closing.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use archive::{Archive, Error, Signer};
use model::{Exchange, Record};
use serde_json::json;

use crate::ground::{all_there, exchange, faults, fill, mend, open, settings};

#[test]
fn a_disk_that_is_full_when_the_seal_is_written_costs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(dir.path());
    let kept = fill(&mut archive, 3);
    let part = dir.path().join(format!("{}.seal.part", kept[0].0.segment));
    std::os::unix::fs::symlink("/dev/full", &part).unwrap();
    let error = archive.close().unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(error.to_string().starts_with("cannot write seal") && cause.contains("No space left"), "{error}: {cause}");
    assert!(faults(dir.path()).contains(&format!("segment {}", kept[0].0.segment)));
    fs::remove_file(part).unwrap();
    assert_eq!(mend(dir.path(), &Signer::new("city").unwrap()).len(), 1);
    assert_eq!(faults(dir.path()), Vec::<String>::new());
    all_there(dir.path(), &kept);
}

/// A small disk of its own; goes away with its folder.
struct Disk(tempfile::TempDir);

impl Disk {
    /// None if this user may not have one.
    fn new(kibibytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={kibibytes}k");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|mount| mount.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

/// Writes until the disk is full; gives what was promised to be kept.
fn until_full(dir: &Path, segment: u64) -> (Vec<(Record, Exchange)>, Option<Error>) {
    let mut kept = Vec::new();
    let mut archive = match Archive::open(dir, settings(segment, Duration::from_secs(900))) {
        Ok(archive) => archive,
        Err(error) => return (kept, Some(error)),
    };
    for n in 0_u32.. {
        // What does not press into less.
        let body: Vec<u8> = (0..1500_u32).map(|at| (at.wrapping_mul(at ^ n).wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let asked = exchange(&format!("http://city.example/{n}"), &body);
        match archive.append(&asked, &json!(n)).and_then(|record| archive.sync().map(|()| record)) {
            Ok(record) => kept.push((record, asked)),
            Err(error) => return (kept, Some(error)),
        }
    }
    (kept, None)
}

#[test]
fn a_disk_that_fills_up_at_any_step_costs_nothing_that_was_kept() {
    let mut steps: Vec<String> = Vec::new();
    // Small segments: it is full while members, seals or entries are written, as it happens.
    for (segment, most) in [(1, 240), (2_000, 72), (6_000, 72), (20_000, 72)] {
        for kibibytes in (12..=most).step_by(4) {
            let Some(disk) = Disk::new(kibibytes) else {
                // Only root may mount. The test above and that of segments play the full disk without.
                assert_ne!(Command::new("id").arg("-u").output().unwrap().stdout, b"0\n", "root can mount");
                return;
            };
            let (kept, error) = until_full(disk.path(), segment);
            let error = error.unwrap();
            let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            assert!(cause.contains("No space left"), "{error}: {cause}");
            steps.push(error.to_string().split(" `").next().unwrap().to_owned());
            let room = Command::new("mount").args(["-o", "remount,size=4m"]).arg(disk.path()).status().unwrap();
            assert!(room.success());
            mend(disk.path(), &Signer::new("city").unwrap());
            assert_eq!(faults(disk.path()), Vec::<String>::new(), "{segment} bytes, {kibibytes} KiB: {error}");
            all_there(disk.path(), &kept);
        }
    }
    for step in ["cannot write to segment", "cannot write seal", "cannot write to log"] {
        assert!(steps.iter().any(|had| had == step), "`{step}` is among {steps:?}");
    }
}
