//! Gives the program a number that changes when the code behind the figures changes, so that a
//! figure is drawn anew exactly then.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let crates =
        PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("..");
    let mut hasher = DefaultHasher::new();
    for source in [
        "gd-core/src",
        "gd-core/data",
        "gd-figures/src",
        "../Cargo.lock",
    ] {
        let path = crates.join(source);
        println!("cargo:rerun-if-changed={}", path.display());
        hash(&path, &mut hasher);
    }
    println!("cargo:rustc-env=GD_SOURCE_HASH={:016x}", hasher.finish());
}

fn hash(path: &Path, hasher: &mut DefaultHasher) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .expect("a readable source folder")
            .map(|entry| entry.expect("a readable source folder").path())
            .collect();
        entries.sort();
        for entry in entries {
            hash(&entry, hasher);
        }
    } else if let Ok(content) = fs::read(path) {
        path.file_name().hash(hasher);
        content.hash(hasher);
    }
}
