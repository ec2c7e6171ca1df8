//! Gives the program the numbers of `src/sources.rs`, as a table of chapter modules.

use std::fmt::Write;
use std::path::PathBuf;

#[path = "src/sources.rs"]
#[allow(dead_code, reason = "the program uses the rest of it")]
mod sources;

fn main() {
    let crates =
        PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("..");
    let lock = crates.join("../Cargo.lock");
    for source in ["gd-core/src", "gd-core/data", "gd-figures/src"] {
        println!("cargo:rerun-if-changed={}", crates.join(source).display());
    }
    println!("cargo:rerun-if-changed={}", lock.display());
    println!("cargo:rerun-if-changed=src/sources.rs");
    let mut table = String::from("&[\n");
    for (module, number) in sources::of_chapters(&crates, &[lock]) {
        writeln!(table, "    ({module:?}, \"{number:016x}\"),").expect("a String takes all");
    }
    table.push(']');
    let target = PathBuf::from(std::env::var("OUT_DIR").expect("set by cargo"));
    std::fs::write(target.join("chapter_sources.rs"), table).expect("a writable OUT_DIR");
}
