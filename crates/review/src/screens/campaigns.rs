//! Campaigns: begun from an instrument and a portal list, with their rules.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
