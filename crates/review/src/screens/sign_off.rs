//! Signing a city off, and opening it again.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
