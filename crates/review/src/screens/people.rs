//! People: who they are, what they may do, and one-time links.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
