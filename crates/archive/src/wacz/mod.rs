//! WACZ 1.1.1: packages of our own, canonical to the byte, and packages of strangers, believed in nothing.
//!
//! Ours is put together by [`Wacz`], and [`check`] tells whether one still is as it was written. Whatever lies in a ZIP
//! container, ours or not, is read through [`Container`], which has looked at every header before the first file is given
//! out. Nothing is ever extracted to a path from a container. What exactly is written is in `FORMAT.md`.

mod build;
mod cdxj;
mod container;
mod directory;
mod fields;
mod foreign;
mod local;
mod name;
mod open;
mod package;
mod pages;
mod refusal;
mod surt;

pub use build::{Contents, Wacz, Written};
pub use cdxj::{Index, line};
pub use container::{At, Writer, check};
pub use directory::{Entry, Limits};
pub use foreign::{Foreign, Hashes};
pub use open::{Container, Stream};
pub(crate) use package::SPKI;
pub use package::{About, Resource, Sign};
pub use pages::{Page, id};
pub use refusal::Refusal;
pub use surt::surt;
