//! What cities say to their scores.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
