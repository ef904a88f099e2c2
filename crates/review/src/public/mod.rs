//! What anybody may read of a release: its figures, the report of a campaign, and the folder that any web server can serve.

pub(crate) mod chart;
pub(crate) mod geo;
