//! The profile: language, appearance, shortcuts, password, sessions, tokens.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
