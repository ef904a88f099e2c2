//! Whatever happens to an archive on its way, a power cut, a full disk, a busy neighbour or a forger, ends in a finding
//! that names it, and no whole record is lost.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

mod closing;
mod damage;
mod disk;
mod forged;
mod ground;
mod keys;
