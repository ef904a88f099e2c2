//! Drift, agreement and exports.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
