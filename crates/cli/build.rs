//! Lists the files of `config/` so that the binary carries them: built-in data takes the same path as a user's.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../config");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut list = String::new();
    for (constant, extension) in [("FILES", "toml"), ("MAPS", "geojson")] {
        let mut files = Vec::new();
        collect(&root, extension, &mut files)?;
        files.sort();
        writeln!(list, "pub(crate) const {constant}: &[(&str, &str)] = &[").expect("a string takes all");
        for path in files {
            let name = path.strip_prefix(&root).expect("it was found below").to_string_lossy().replace('\\', "/");
            writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string()).expect("a string takes all");
        }
        list.push_str("];\n");
    }
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("builtin.rs"), list)
}

fn collect(folder: &Path, wanted: &str, files: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, wanted, files)?;
        } else if path.extension().is_some_and(|extension| extension == wanted) {
            files.push(path);
        }
    }
    Ok(())
}
