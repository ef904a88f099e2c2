//! Where people decide: the application in which they do, what they make, by which rules, in which order it becomes lasting.
//!
//! A route of the table ([`routes`]) is a page below `/` and JSON below `/api/v1`. [`may`] says who may ask for it. Handlers are in
//! `screens`. What people make goes over the desk: log entry first, row second.

mod advice;
mod agreement;
mod app;
mod asset;
mod check;
mod city;
mod clean;
mod compare;
mod cx;
mod desk;
mod dispatch;
mod error;
mod export;
mod form;
mod imports;
mod layout;
mod limit;
mod openapi;
mod overview;
mod own;
mod picks;
mod policy;
mod proposals;
mod public;
mod published;
mod record;
mod release;
mod reply;
mod results;
mod returned;
mod route;
mod rules;
mod screens;
mod secret;
mod serve;
mod sides;
mod stats;
mod tables;
mod tryout;
mod upload;
mod words;

pub use advice::{Advice, Plan, Task, Text, Texts};
pub use app::{App, Doing, Outside, Setup, first_token};
pub use error::Error;
pub use export::{Extract, File, Format, book, file, names};
pub use openapi::document;
pub use policy::{CityFacts, Need, On, Verdict, may};
pub use public::geo::{Atlas, MapError};
pub use public::site::{SiteFile, site};
pub use record::{catch_up, record};
pub use release::{release, sign_off, signed_off};
pub use route::{Input, Kind, Method, Route, routes};
pub use rules::Rules;
pub use screens::city_page::{Wanted, city_page};
pub use serve::{serve, serve_secure};
pub use tryout::{Tryout, tryout};
