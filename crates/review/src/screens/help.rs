//! Help: the words, the steps, the keys.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
