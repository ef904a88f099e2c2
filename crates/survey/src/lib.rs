//! The order of steps for one portal, how many portals at once, and judging a stored run again.
//!
//! Only this crate knows that order: frontier → fetch → parse → match → archive → ledger → frontier. It knows no
//! flags, no SQL text and no HTML.

mod book;
mod commit;
mod error;
mod event;
mod explain;
mod fixture;
mod gathering;
mod identity;
mod ingesting;
mod judge;
mod packing;
mod reading;
mod run;
mod sealing;
mod searching;
mod settings;
mod survey;
mod verifying;
mod visitor;

pub use error::Error;
pub use event::Event;
pub use explain::{Explained, SavedPage, explain_file, explain_url};
pub use fixture::{Fixture, Judged};
pub use gathering::{Gatherer, Ungathered};
pub use ingesting::{Gift, Ingested, TakenIn, ingest};
pub use judge::judge;
pub use packing::pack;
pub use settings::Settings;
pub use survey::{Ground, Outcome, Reach, Stop, Survey};
pub use verifying::verify_ledger;

/// Target of the spans, one per stage, that tell where the processor time goes. They do not nest.
pub const STAGES: &str = "stage";
