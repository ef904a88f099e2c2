//! The maps of the configuration: every `GeoJSON` file of its folder `maps`.

use std::path::Path;

use review::Atlas;

use crate::config::MAPS;
use crate::exit::Fault;

/// Bytes of a file that are read; what is larger is refused by whoever looks at it.
const MOST: u64 = 5 << 20;

/// Reads the maps of a configuration folder, or the built-in ones.
pub(crate) fn read(dir: Option<&Path>) -> anyhow::Result<Atlas> {
    let own = match dir {
        Some(dir) => found(&dir.join("maps"))?,
        None => MAPS.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    };
    let files = own.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let wrong =
        |error: review::MapError| Fault::configuration(error.to_string(), "correct that file, or take the folder `maps` out");
    Ok(Atlas::read(files).map_err(wrong)?)
}

/// Name and text of each file, in the order of their names; none if there is no such folder.
fn found(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "geojson") {
            continue;
        }
        let unread =
            |what: String| Fault::configuration(format!("`{}` cannot be read: {what}", path.display()), "save it as UTF-8 text");
        let size = std::fs::metadata(&path).map_err(|error| unread(error.to_string()))?.len();
        if size > MOST {
            return Err(unread(format!("{size} bytes are too many")).into());
        }
        let text = std::fs::read_to_string(&path).map_err(|error| unread(error.to_string()))?;
        files.push((format!("maps/{}", path.file_name().unwrap_or_default().to_string_lossy()), text));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maps_that_ship_are_read_and_a_folder_takes_their_place() {
        let shipped = read(None).unwrap();
        assert_ne!(shipped, Atlas::default());
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(Some(dir.path())).unwrap(), Atlas::default());
        let maps = dir.path().join("maps");
        std::fs::create_dir(&maps).unwrap();
        std::fs::write(maps.join("README.md"), "no map").unwrap();
        let place = r#"{"type":"Feature","properties":{"portal":"a"},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
        std::fs::write(maps.join("places.geojson"), place).unwrap();
        assert_ne!(read(Some(dir.path())).unwrap(), Atlas::default());
        std::fs::write(maps.join("land.geojson"), "{").unwrap();
        let told = read(Some(dir.path())).unwrap_err().to_string();
        assert!(told.starts_with("`maps/land.geojson`: no JSON"), "{told}");
    }
}
