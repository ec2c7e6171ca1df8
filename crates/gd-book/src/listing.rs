//! Programs of the book and what they print.
//!
//! A listing is a complete program, `examples/NAME.rs`, that cargo and rust-script both run. Its
//! first lines are rust-script's embedded manifest; the book shows what follows them. What it
//! printed stands in `examples/NAME.txt`, written by `cargo run -- record` and compared by the tests.

use crate::project::{Project, read_text, write_if_changed};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The embedded manifest that every listing starts with, so that rust-script finds gd-core.
pub const MANIFEST: &str = "#!/usr/bin/env rust-script
//! ```cargo
//! [dependencies]
//! gd-core = { path = \"../crates/gd-core\" }
//! ndarray = \"0.17\"
//! ```
";

/// The file name (without ending) of a listing: `first-program-descent` → `first_program_descent`.
pub fn file_stem(name: &str) -> String {
    name.replace('-', "_")
}

/// The names of all listings, sorted.
pub fn names(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in crate::project::files_below(&project.examples())? {
        if file.extension().is_some_and(|ending| ending == "rs") {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            names.push(stem.replace('_', "-"));
        }
    }
    names.sort();
    Ok(names)
}

/// The program as the reader sees it: without the embedded manifest.
pub fn program(project: &Project, name: &str) -> Result<String> {
    let path = source_path(project, name);
    let text = read_text(&path)?;
    let Some(shown) = text.strip_prefix(MANIFEST) else {
        bail!(
            "{} 的开头不是约定的 rust-script 清单；请照抄别的示例的前 {} 行",
            path.display(),
            MANIFEST.lines().count()
        );
    };
    Ok(shown.trim_start_matches('\n').to_string())
}

/// The recorded output.
pub fn recorded_output(project: &Project, name: &str) -> Result<String> {
    read_text(&output_path(project, name))
}

/// `examples/NAME.rs`
pub fn source_path(project: &Project, name: &str) -> PathBuf {
    project.examples().join(format!("{}.rs", file_stem(name)))
}

/// `examples/NAME.txt`
pub fn output_path(project: &Project, name: &str) -> PathBuf {
    project.examples().join(format!("{}.txt", file_stem(name)))
}

/// Compiles all listings; returns the folder that the programs are in.
pub fn build(project: &Project) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args([
            "build",
            "--quiet",
            "--examples",
            "--package",
            "gradient-descent-book",
        ])
        .args(["--message-format", "json"])
        .current_dir(project.root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("启动不了 cargo")?;
    if !output.status.success() {
        bail!("示例程序编译不过，见上面的错误");
    }
    // Cargo says where it put each program; the folder is the same for all.
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .and_then(|program| program.parent().map(Path::to_path_buf))
        .context("cargo 没有说示例程序编译到了哪里：examples/ 里有程序吗？")
}

/// Runs a compiled listing and returns what it printed.
pub fn run(folder: &Path, name: &str) -> Result<String> {
    let program = folder.join(format!(
        "{}{}",
        file_stem(name),
        std::env::consts::EXE_SUFFIX
    ));
    let output = Command::new(&program)
        .output()
        .with_context(|| format!("启动不了示例 {name}"))?;
    if !output.status.success() {
        bail!(
            "示例 {name} 没有正常结束（{}）：\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("示例 {name} 的输出不是 UTF-8"))
}

/// Runs the listings named (all if none) and records their outputs. Returns the names whose
/// record changed.
pub fn record(project: &Project, wanted: &[String]) -> Result<Vec<String>> {
    let known = names(project)?;
    for name in wanted {
        if !known.contains(name) {
            bail!(
                "没有名为 {name} 的示例。{}全部示例：{}",
                crate::problem::nearest(name, known.iter().map(String::as_str)),
                known.join("、")
            );
        }
    }
    let folder = build(project)?;
    let mut changed = Vec::new();
    for name in known {
        if !wanted.is_empty() && !wanted.contains(&name) {
            continue;
        }
        let printed = run(&folder, &name)?;
        if write_if_changed(&output_path(project, &name), printed.as_bytes())? {
            changed.push(name);
        }
    }
    Ok(changed)
}
