//! Identity of URLs.
/// placeholder
pub fn key() {}
