//! Loopback cities, kind and hostile, for the tests and benchmarks of the other crates. Development only; ships nothing.
//!
//! A [`City`] is a site in memory (or on disk) under its own name, served by [`mirror`], that remembers every request.
//! [`hostile`] misbehaves below HTTP, [`trap`] and [`bomb`] within it. [`synthetic`] makes large sites.

pub mod bomb;
mod city;
pub mod hostile;
mod log;
mod pdf;
pub mod synthetic;
pub mod trap;

pub use mirror::{Bytes, Request, Response};

pub use crate::city::{City, Served, serve, serve_apart};
pub use crate::log::{Asked, Log};
pub use crate::pdf::{crashing_pdf, pdf};
