//! The application as a whole: settling a city, every route with every role, and what one assessor can learn of another.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod attack;
mod blind;
mod import;
mod numbers;
mod page;
mod routes;
mod settle;
mod site;
mod world;
