//! What an assessor says to differences, and what was overruled.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
