//! What anybody may read of a release, made of it alone, the same in the application and as files: the page of a city, the report
//! of a campaign, its figures, and the folder that any web server can serve.

pub(crate) mod before;
pub(crate) mod chart;
pub(crate) mod cities;
pub(crate) mod city;
mod city_html;
pub(crate) mod files;
pub(crate) mod geo;
pub(crate) mod indicators;
pub(crate) mod learned;
pub(crate) mod lessons;
pub(crate) mod links;
pub(crate) mod method;
mod past;
mod qr;
pub(crate) mod report;
pub(crate) mod scene;
pub(crate) mod site;

pub(crate) use city::{CityPage, Edited, Maker};
pub(crate) use city_html::{Dress, city_html};
pub(crate) use past::Past;
