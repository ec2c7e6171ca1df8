//! `cargo run -- test`: what `mdbook test` does, without installing mdBook.
//!
//! rustdoc compiles and runs every Rust block of every chapter against gd-core. gd-core is built
//! into a target folder of its own, because in the shared one several copies of a crate may lie side
//! by side, and rustdoc would not know which is meant.

use crate::figures::Figures;
use crate::preprocess;
use crate::project::{Project, read, remove_folder, write_if_changed};
use crate::site;
use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

/// The target folder of gd-core for the chapters; the README tells it to users of stock mdBook.
pub const TARGET: &str = "target/book";

/// Builds gd-core for the chapters and returns the folder for `-L`.
pub fn build_library(project: &Project) -> Result<PathBuf> {
    let target = project.root().join(TARGET);
    start_afresh_if_dependencies_changed(project, &target)?;
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--package", "gd-core", "--target-dir"])
        .arg(&target)
        .current_dir(project.root())
        .status()
        .context("启动不了 cargo")?;
    if !status.success() {
        bail!("gd-core 编译不过，见上面的错误");
    }
    Ok(target.join("debug/deps"))
}

/// With another compiler, other dependencies or other profile settings the old copies would lie
/// beside the new ones.
fn start_afresh_if_dependencies_changed(project: &Project, target: &std::path::Path) -> Result<()> {
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("启动不了 rustc")?;
    let mut hasher = DefaultHasher::new();
    version.stdout.hash(&mut hasher);
    for manifest in ["Cargo.lock", "Cargo.toml", "crates/gd-core/Cargo.toml"] {
        read(&project.root().join(manifest))?.hash(&mut hasher);
    }
    let stamp = target.join("dependencies.stamp");
    let now = hasher.finish().to_string();
    if std::fs::read_to_string(&stamp).is_ok_and(|old| old == now) {
        return Ok(());
    }
    remove_folder(target)?;
    write_if_changed(&stamp, now.as_bytes())?;
    Ok(())
}

/// Runs every Rust block of every chapter, or of one chapter.
pub fn run(project: &Project, chapter: Option<&str>) -> Result<()> {
    let library = build_library(project)?;
    let figures = Figures::load(project, |progress| eprintln!("{}", progress.line()))?;
    let mut mdbook = site::load(project, &project.cache().join("unused"))?;
    preprocess::install(&mut mdbook, project, &Arc::new(figures));
    let library = library.to_str().context("项目的路径不是 UTF-8")?;
    mdbook
        .test_chapter(vec![library], chapter)
        .context("章节里有 Rust 代码没有通过，见上面 rustdoc 的输出")
}
