//! From a score to bytes, on one page.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
