//! The built program, command by command: what it prints, and with which exit code it ends.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

mod again;
mod audit;
mod demo;
mod disk;
mod documents;
mod fit;
mod ingest;
mod program;
mod receipt;
mod refusals;
mod rules;
mod seals;
mod sheet;
