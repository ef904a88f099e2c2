//! Style sheet, script and icon: compiled in, named by their digest, so that browsers keep them for good.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::reply::response;

/// A file of ours.
pub(crate) struct Asset {
    media: &'static str,
    text: &'static str,
    name: LazyLock<String>,
}

macro_rules! asset {
    ($stem:literal, $extension:literal, $media:literal, $($file:literal),+) => {
        Asset {
            media: $media,
            text: concat!($(include_str!(concat!("../assets/", $file))),+),
            name: LazyLock::new(|| named($stem, $extension, concat!($(include_str!(concat!("../assets/", $file))),+))),
        }
    };
}

pub(crate) static STYLE: Asset = asset!("review", "css", "text/css; charset=utf-8", "review.css", "chart.css");
pub(crate) static SHEET: Asset = asset!("sheet", "css", "text/css; charset=utf-8", "sheet.css");
pub(crate) static SCRIPT: Asset = asset!("review", "js", "text/javascript; charset=utf-8", "review.js");
pub(crate) static ICON: Asset = asset!("icon", "svg", "image/svg+xml", "icon.svg");

fn named(stem: &str, extension: &str, text: &str) -> String {
    let digest = archive::digest(text.as_bytes()).to_string();
    format!("{stem}-{}.{extension}", &digest[7..19])
}

impl Asset {
    /// Its text.
    pub(crate) fn text(&self) -> &'static str {
        self.text
    }

    /// Its address.
    pub(crate) fn path(&self) -> String {
        format!("/assets/{}", *self.name)
    }
}

/// Answers a request for a file of ours.
pub(crate) async fn answer(Path(name): Path<String>) -> Response<Body> {
    let Some(asset) = [&STYLE, &SHEET, &SCRIPT, &ICON].into_iter().find(|asset| *asset.name == name) else {
        return response(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "404: there is no such file\n");
    };
    let mut answer = response(StatusCode::OK, asset.media, asset.text);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}
