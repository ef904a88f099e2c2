//! The ledger: every row of Portolan, in one SQLite file.
//!
//! Knows SQL and the schema (`migrations/`), nothing of HTTP, HTML or screens. One [`Store`], one file per noun, one
//! transaction per public method. Bytes are in the archive; a row that refers to them is written after they were
//! synced, so whatever the ledger says can be shown.

mod appeal;
mod assignment;
mod audit;
mod campaign;
mod capture;
mod error;
mod evidence;
mod finding;
mod ingest;
mod keep;
mod layer;
mod lease;
mod message;
mod pace;
mod person;
mod plain;
mod quote;
mod refusal;
mod row;
mod rows;
mod run;
mod schema;
mod search;
mod session;
mod store;
mod survey;
mod tally;
mod visit;

pub use appeal::Appeal;
pub use assignment::{Assignment, Draft, Listed};
pub use audit::{Act, Answered, Audited};
pub use campaign::{Campaign, PolicyRow};
pub use capture::{CaptureId, Captured, Exchanged};
pub use error::Error;
pub use evidence::Proof;
pub use finding::{FindingId, Found, Judging};
pub use ingest::Ingest;
pub use keep::{Kept, Outcome};
pub use lease::Lease;
pub use message::Message;
pub use person::{Interest, Person};
pub use refusal::Refusal;
pub use rows::{MADE, Making, key_of};
pub use run::{Run, RunId, RunState};
pub use session::{Link, Session, Token};
pub use store::Store;
pub use survey::{NewSurvey, Survey, SurveyId};
pub use tally::Tally;
pub use visit::{Past, Step};
