//! Shape of URLs.
/// placeholder
pub fn shape() {}
