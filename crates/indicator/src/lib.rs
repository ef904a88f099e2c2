//! The instrument, the lexicons and the rules: what a page says about each indicator, and what a run concludes.
//!
//! Pure: pages in, hits and findings out. Reads no files, knows no HTML, HTTP or SQL.
//! How rules are written is told in `RULES.md` beside this crate.

mod check;
mod class;
mod concept;
mod conclude;
mod detect;
mod edition;
mod expr;
mod fitted;
mod fold;
mod harvest;
mod lexicon;
mod place;
mod progress;
mod quote;
mod rule;
mod rulebook;
mod scan;
mod signal;
mod source;
mod states;
mod step;
mod unit;
mod vendor;

pub use check::{Remark, check};
pub use conclude::{Alone, Lack};
pub use detect::Setting;
pub use edition::{editions, instrument};
pub use fitted::Fitted;
pub use harvest::Harvest;
pub use progress::Progress;
pub use rule::Decide;
pub use rulebook::{Error, Rulebook};
pub use source::{Mistake, Source};
pub use states::State;
