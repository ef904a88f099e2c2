//! Surveys of a campaign: started, watched and stopped from here.

use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
