//! WACZ 1.1.1: packages of our own, canonical to the byte, and packages of strangers, believed in nothing.
//!
//! Ours is written by [`Writer`] and held against what it would write by [`check`]; whatever lies in a ZIP container, ours or not, is read
//! through [`Container`], which has looked at every header before the first file is given out. Nothing is ever
//! extracted to a path from a container. What exactly is written is in `FORMAT.md`.

mod container;
mod directory;
mod fields;
mod foreign;
mod local;
mod md5;
mod name;
mod open;
mod refusal;

pub use container::{At, Writer, check};
pub use directory::{Entry, Limits};
pub use foreign::{Foreign, Hashes};
pub use open::{Container, Stream};
pub use refusal::Refusal;
