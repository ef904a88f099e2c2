//! Pages for everybody: made of a release alone, the same in the application and as files.

pub(crate) mod city;
mod city_html;
mod past;
mod qr;

pub(crate) use city::{CityPage, Edited, Maker};
pub(crate) use city_html::{Dress, city_html};
pub(crate) use past::Past;
