//! A captured page as it may safely be shown.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
