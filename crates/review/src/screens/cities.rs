//! Cities: how far each is; the comparison of two sealed slots.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
