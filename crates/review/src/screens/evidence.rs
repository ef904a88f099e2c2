//! Adding evidence: search in captures, fetch an address, select a passage.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
