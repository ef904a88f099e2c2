//! Looks at answers on which both agreed.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
