//! The nouns of Portolan: plain data with invariants kept by constructors. No behaviour beyond that.
//!
//! Nothing here does IO, reads a clock, knows HTML, HTTP or SQL.

mod code;
mod country;
mod coverage;
mod digest;
mod duty;
mod exchange;
mod finding;
mod hit;
mod instrument;
mod language;
mod made;
mod miss;
mod pace;
mod page;
mod portal;
mod receipt;
mod record;
mod time;
mod visit;

pub use code::{Code, CodeError};
pub use country::{Country, UnknownCountry};
pub use coverage::{Coverage, Seen, SeenAs, SiteSearch, Waiting};
pub use digest::Digest;
pub use duty::Duty;
pub use exchange::{Capture, Exchange, Headers, Purpose, Tls, Truncation};
pub use finding::{Answer, Band, Chain, Evidence, Finding, Why};
pub use hit::{Hit, Place, Quote};
pub use instrument::{Criterion, Indicator, Instrument, Kind, Scope, ScoreBand};
pub use language::{Language, UnknownLanguage};
pub use made::{
    Adjudication, Assist, Choice, Comparison, Decision, Final, Inspected, Inspection, Made, Path, Pointed, Rebuttal, Release,
    Released, Reopening, SignOff, Slot, SlotSeal, Stance,
};
pub use miss::{Miss, Missed};
pub use pace::{HostPace, RobotsAnswer, RobotsOutcome};
pub use page::{
    Alternate, Block, BlockKind, Charset, CharsetFrom, Contact, DateMention, Embed, EmbedKind, Field, Form, Image, Link, Page,
    PageKind, Region, Spoken, Table,
};
pub use portal::{Host, Portal, Role};
pub use receipt::{HostReceipt, Receipt, RobotsReceipt, Traffic};
pub use record::Record;
pub use time::{Date, Time, TimeError};
pub use visit::{Errand, UrlKey, Via, Visit, VisitNo};
