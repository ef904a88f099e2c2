//! Serves saved sites on loopback under their own names, over HTTP and HTTPS. Knows nothing of crawling; testkit and
//! cli decide what is served.
//!
//! Several sites share one pair of listeners and are told apart by the `Host` field, so that a crawler that sends
//! every host here (`--connect-to`) sees each site as if it were the real one. The certificate authority is made for
//! each [`serve()`] and lives as long as the [`Mirror`]; its PEM goes to `--trust`. TLS with a certificate of the owner's,
//! for the review application, is here too ([`Secure`]).

mod answer;
mod certificate;
mod instant;
mod kind;
mod locate;
mod message;
mod search;
mod secure;
mod serve;

pub use hyper::body::Bytes;

pub use crate::message::{Request, Response};
pub use crate::search::word_search;
pub use crate::secure::{Secure, TlsStream};
pub use crate::serve::{Dynamic, Error, Mirror, Ports, Site, serve, serve_at};
