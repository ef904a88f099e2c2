//! Files that a form sends (RFC 7578).

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart};
use axum::http::{HeaderMap, Request, header};

/// A file as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// Name of the field.
    pub(crate) field: String,
    /// What the sender calls the file.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// What a form of several parts holds: fields, and files. None if it is no such form.
pub(crate) async fn parts(headers: &HeaderMap, body: &[u8]) -> Option<Result<(Vec<(String, String)>, Vec<Upload>), String>> {
    let kind = headers.get(header::CONTENT_TYPE)?;
    if !kind.as_bytes().starts_with(b"multipart/form-data") {
        return None;
    }
    let request = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body.to_vec())).ok()?;
    Some(read(request).await)
}

async fn read(request: Request<Body>) -> Result<(Vec<(String, String)>, Vec<Upload>), String> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| error.body_text())?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = form.next_field().await.map_err(|error| error.body_text())? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let bytes = part.bytes().await.map_err(|error| error.body_text())?.to_vec();
                files.push(Upload { field: name, name: file, bytes });
            }
            None => fields.push((name, part.text().await.map_err(|error| error.body_text())?)),
        }
    }
    Ok((fields, files))
}
