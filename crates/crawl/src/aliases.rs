//! Host names that are the same site.
/// placeholder
#[derive(Debug, Default)]
pub struct Aliases;
