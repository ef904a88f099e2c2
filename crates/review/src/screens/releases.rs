//! Releases and what is public of them.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
