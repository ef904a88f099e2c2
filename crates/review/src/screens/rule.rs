//! Ruling on one indicator.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
