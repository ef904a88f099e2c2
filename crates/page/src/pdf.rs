//! Text of a PDF, taken in a child process: PDF parsers can overflow their stack, which no process survives, or never end.

mod child;
mod extractor;

pub use child::child;
pub use extractor::{Error, Extractor};
