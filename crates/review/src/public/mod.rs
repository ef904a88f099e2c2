//! What anybody may read of a release: its figures, the report of a campaign, and the folder that any web server can serve.

pub(crate) mod before;
pub(crate) mod chart;
pub(crate) mod cities;
pub(crate) mod files;
pub(crate) mod geo;
pub(crate) mod indicators;
pub(crate) mod learned;
pub(crate) mod lessons;
pub(crate) mod links;
pub(crate) mod method;
pub(crate) mod report;
pub(crate) mod scene;
pub(crate) mod site;
