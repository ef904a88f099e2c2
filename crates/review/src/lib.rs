//! Where people decide: what they make, by which rules, in which order it becomes lasting.
//!
//! So far the rules and the record of decisions; the application that people use is not built yet.

mod error;
mod record;
mod release;

pub use error::Error;
pub use record::{catch_up, record};
pub use release::{release, sign_off};
