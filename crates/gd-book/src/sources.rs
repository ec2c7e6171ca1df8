//! Numbers that stand for the code behind the figures, one a chapter, so that a figure is drawn
//! anew exactly when something behind it changed. `build.rs` uses this file too: it computes them
//! when the program is compiled, since then the code in the program and the code on disk are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The number of every chapter module of gd-figures (`learning_rate`). `crates` is the folder that
/// gd-core and gd-figures lie in, `others` are further files that everything depends on.
///
/// Behind a chapter stand gd-core, the shared modules of gd-figures, the chapter's own folder, and
/// the folders of other chapters that it takes something from.
pub fn of_chapters(crates: &Path, others: &[PathBuf]) -> BTreeMap<String, u64> {
    let mut shared = DefaultHasher::new();
    for source in ["gd-core/src", "gd-core/data"] {
        hash(&crates.join(source), &mut shared);
    }
    for other in others {
        hash(other, &mut shared);
    }
    let figures = crates.join("gd-figures/src");
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries(&figures)
        .into_iter()
        .partition(|path| path.is_dir());
    for file in files {
        hash(&file, &mut shared);
    }
    let shared = shared.finish();
    let names: BTreeSet<String> = folders.iter().map(|folder| name_of(folder)).collect();
    names
        .iter()
        .map(|name| {
            let mut hasher = DefaultHasher::new();
            shared.hash(&mut hasher);
            for needed in closure(name, &figures, &names) {
                hash(&figures.join(&needed), &mut hasher);
            }
            (name.clone(), hasher.finish())
        })
        .collect()
}

/// The module of an entry: `learning-rate-three-rates` belongs to `learning_rate`.
pub fn module_of<'a>(entry: &str, modules: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let entry = entry.replace('-', "_");
    modules
        .filter(|module| {
            entry
                .strip_prefix(module)
                .is_some_and(|rest| rest.starts_with('_'))
        })
        .max_by_key(|module| module.len())
}

/// A chapter and the chapters that it takes something from, over any number of steps.
fn closure(name: &str, figures: &Path, names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::from([name.to_string()]);
    let mut open = vec![name.to_string()];
    while let Some(next) = open.pop() {
        let text = text_of(&figures.join(next));
        for other in names {
            if names_module(&text, other) && found.insert(other.clone()) {
                open.push(other.clone());
            }
        }
    }
    found
}

/// Whether a path in some code goes through a module: `crate::ravine::x`, `{ravine::x, …}`.
fn names_module(code: &str, module: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(&format!("{module}::"))
        .any(|(at, _)| !code[..at].ends_with(is_word))
}

fn text_of(path: &Path) -> String {
    if path.is_dir() {
        entries(path).iter().map(|path| text_of(path)).collect()
    } else {
        fs::read_to_string(path).unwrap_or_default()
    }
}

fn hash(path: &Path, hasher: &mut DefaultHasher) {
    if path.is_dir() {
        for entry in entries(path) {
            hash(&entry, hasher);
        }
    } else if let Ok(content) = fs::read_to_string(path) {
        name_of(path).hash(hasher);
        for line in content.lines().filter(|line| !only_registers(line)) {
            line.hash(hasher);
        }
    }
}

/// Whether a line of gd-figures only lists a chapter or an entry: a new one changes no old figure.
fn only_registers(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("pub mod ") && line.ends_with(';'))
        || line.starts_with("Entry::figure::<")
        || line.starts_with("Entry::numbers::<")
        || line == ".heavy(),"
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    entries.sort();
    entries
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
