//! From a portal to captures: which URL is next, and how to fetch it politely.
//!
//! Two halves. The pure one decides: identity of URLs ([`key()`], [`shape()`]), what belongs to a portal
//! ([`Scope`]), what robots.txt allows ([`robots`]), what a sitemap lists ([`sitemap`]) and in which order to visit
//! ([`Frontier`]). The other one acts: [`guard`], [`pace`], [`route`], [`decode`] and [`fetch`].
//! It knows no HTML, no indicators and no SQL.

mod aliases;
mod frontier;
mod key;
pub mod robots;
mod scope;
mod shape;
pub mod sitemap;
mod traps;

pub mod decode;
pub mod fetch;
pub mod guard;
pub mod pace;
pub mod route;

pub use aliases::Aliases;
pub use frontier::{Budget, Frontier, FrontierSettings, Lead, Need, Order, Passage, Refused, Settled, SitemapLead};
pub use key::key;
pub use scope::{Admission, Asked, Proposed, Scope, Standing};
pub use shape::shape;
