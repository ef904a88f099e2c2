//! Proofs on the built program: what it keeps when it is killed or interrupted, and how many portals it walks at once.
//!
//! The short ones run with all tests. The long ones are asked for by name: `cargo xtask crash`, `cargo xtask simulate`, `cargo xtask
//! assessors`.

#![expect(clippy::unwrap_used, reason = "a proof that cannot be made has failed")]
#![expect(clippy::print_stdout, reason = "a proof prints the figures it rests on")]

mod archive;
mod assessors;
mod city;
mod closing;
mod crash;
mod interrupt;
mod ledger;
mod program;
mod simulate;
