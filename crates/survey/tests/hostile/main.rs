//! Portals that fail or mean harm, each surveyed beside a healthy one: what is written down of them, how often they are
//! asked, and that nothing of it hinders the other. What needs much memory is in `tests/bombs`.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

mod again;
mod gathering;
mod ground;
mod reach;
mod records;
mod redirects;
mod robots;
mod text;
mod traps;
mod walls;
