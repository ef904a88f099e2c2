//! `datapackage.json`, which names every file of a package with its digest, and `datapackage-digest.json`, which seals
//! that list and carries the signature.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{Digest, Time};
use serde_json::{Value, json};
use url::Url;

use crate::canon::canonical;
use crate::digest::digest;

/// Version of the WACZ specification.
const WACZ: &str = "1.1.1";
/// Version of the specification of signatures in a WACZ.
const SIGNING: &str = "0.1.0";
/// What stands before the 32 bytes of an Ed25519 public key in DER (RFC 8410, 4).
pub(crate) const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Signs some bytes: the signature and the public key that it is checked with, both Ed25519.
pub type Sign<'a> = &'a dyn Fn(&[u8]) -> ([u8; 64], [u8; 32]);

/// What a package says about itself.
#[derive(Debug, Clone)]
pub struct About {
    /// What it is called.
    pub title: String,
    /// When it was put together; written to the second.
    pub created: Time,
    /// Name and version of the program.
    pub software: String,
    /// The page to begin with, and when it was asked for.
    pub main: Option<(Url, Time)>,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its name in the container.
    pub path: String,
    /// Digest of its bytes.
    pub digest: Digest,
    /// How many there are.
    pub bytes: u64,
}

/// `datapackage.json`.
pub(crate) fn package(about: &About, resources: &[Resource]) -> Vec<u8> {
    let resources: Vec<Value> = resources
        .iter()
        .map(|file| json!({"name": name(&file.path), "path": file.path, "hash": file.digest.to_string(), "bytes": file.bytes}))
        .collect();
    let mut package = json!({
        "profile": "data-package",
        "resources": resources,
        "wacz_version": WACZ,
        "title": about.title,
        "created": to_second(about.created),
        "software": about.software,
    });
    if let Some((url, at)) = &about.main {
        package["mainPageUrl"] = url.as_str().into();
        package["mainPageDate"] = to_second(*at).into();
    }
    canonical(&package).into_bytes()
}

/// `datapackage-digest.json` for that package. What is signed is the text of its digest.
pub(crate) fn seal(about: &About, package: &[u8], sign: Option<Sign<'_>>) -> Vec<u8> {
    let hash = digest(package).to_string();
    let mut seal = json!({"path": "datapackage.json", "hash": hash});
    if let Some(sign) = sign {
        let (signature, key) = sign(hash.as_bytes());
        seal["signedData"] = json!({
            "created": to_second(about.created),
            "hash": hash,
            "publicKey": STANDARD.encode([&SPKI[..], &key].concat()),
            "signature": STANDARD.encode(signature),
            "software": about.software,
            "version": SIGNING,
        });
    }
    canonical(&seal).into_bytes()
}

/// The name of a file in the list: unique, and of letters that Frictionless asks for.
fn name(path: &str) -> String {
    path.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { if c == '/' { '-' } else { c } })
        .collect()
}

fn to_second(time: Time) -> String {
    format!("{}Z", &time.to_string()[..19])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_names_its_files_and_its_seal_is_signed() {
        let about = About {
            title: "City".to_owned(),
            created: "2026-11-23T05:30:00.999999Z".parse().unwrap(),
            software: "portolan/0".to_owned(),
            main: Some((Url::parse("https://city.example/").unwrap(), "2026-11-23T05:30:00Z".parse().unwrap())),
        };
        let file = Resource { path: "archive/City.warc.gz".to_owned(), digest: digest(b"abc"), bytes: 3 };
        let bytes = package(&about, &[file]);
        assert_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            format!(
                r#"{{"created":"2026-11-23T05:30:00Z","mainPageDate":"2026-11-23T05:30:00Z","mainPageUrl":"https://city.example/","profile":"data-package","resources":[{{"bytes":3,"hash":"{}","name":"archive-city.warc.gz","path":"archive/City.warc.gz"}}],"software":"portolan/0","title":"City","wacz_version":"1.1.1"}}"#,
                digest(b"abc")
            )
        );
        let said = digest(&bytes).to_string();
        let seal: Value = serde_json::from_slice(&seal(
            &about,
            &bytes,
            Some(&|bytes| {
                assert_eq!(bytes, said.as_bytes());
                ([7; 64], [9; 32])
            }),
        ))
        .unwrap();
        assert_eq!(seal["hash"], said);
        assert_eq!(seal["signedData"]["hash"], said);
        let key = STANDARD.decode(seal["signedData"]["publicKey"].as_str().unwrap()).unwrap();
        assert_eq!((key.len(), &key[..4], key[43]), (44, &[0x30, 42, 0x30, 5][..], 9));
    }
}
