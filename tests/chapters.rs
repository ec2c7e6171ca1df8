//! Every Rust block of every chapter compiles and runs, as `mdbook test` would do it.

use gd_book::doctest;
use gd_book::project::{Project, files_below, read_text};

#[test]
fn every_rust_block_of_every_chapter_runs() {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    doctest::run(&project, None).unwrap();
}

#[test]
fn no_rust_block_is_exempt_from_running() {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    for file in files_below(&project.src()).unwrap() {
        if file.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        for (index, line) in read_text(&file).unwrap().lines().enumerate() {
            if let Some(attributes) = line.trim_start().strip_prefix("```rust,") {
                for forbidden in ["ignore", "no_run", "noplayground", "should_panic"] {
                    assert!(
                        !attributes.split(',').any(|word| word.trim() == forbidden),
                        "{}，第 {} 行：{forbidden} 的代码块没有人运行",
                        file.display(),
                        index + 1
                    );
                }
            }
        }
    }
}
