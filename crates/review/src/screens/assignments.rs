//! Assignments: who assesses which city in which slot.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
