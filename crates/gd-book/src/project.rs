//! Where things are in the repository, and writing files so that none is ever half-written.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The repository of the book.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The project at a folder that holds `book.toml`.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        if !root.join("book.toml").is_file() {
            bail!(
                "{} 里没有 book.toml：请在书的根目录里运行这条命令",
                root.display()
            );
        }
        Ok(Self { root })
    }

    /// The project that the current folder lies in.
    pub fn find() -> Result<Self> {
        let start = std::env::current_dir().context("读不到当前目录")?;
        start
            .ancestors()
            .find(|dir| dir.join("book.toml").is_file())
            .map(|dir| Self {
                root: dir.to_path_buf(),
            })
            .with_context(|| {
                format!(
                    "{} 和它的上级目录里都没有 book.toml：请在书的根目录里运行这条命令",
                    start.display()
                )
            })
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The Markdown sources.
    pub fn src(&self) -> PathBuf {
        self.root.join("src")
    }

    /// Pictures and their data as files, made by the build and not kept in git.
    pub fn figures(&self) -> PathBuf {
        self.src().join("figures")
    }

    /// The text that readers search, made by the build and not kept in git.
    pub fn search_index(&self) -> PathBuf {
        self.src().join("search.js")
    }

    /// Whether the build makes this file of `src/`.
    pub fn is_made(&self, file: &Path) -> bool {
        file.starts_with(self.figures()) || file == self.search_index()
    }

    /// One program per listing, with its recorded output beside it.
    pub fn examples(&self) -> PathBuf {
        self.root.join("examples")
    }

    /// What readers program: the exercises, their solutions and checks.
    pub fn exercises(&self) -> PathBuf {
        self.root.join("exercises")
    }

    /// The finished site.
    pub fn site(&self) -> PathBuf {
        self.root.join("book")
    }

    /// What the build remembers between runs.
    pub fn cache(&self) -> PathBuf {
        self.root.join("target/gd-book")
    }

    /// Waits until no other build works on this project, and keeps others waiting as long as the
    /// returned file lives: two builds at once would overwrite each other's folders.
    pub fn lock(&self) -> Result<File> {
        let path = self.cache().join("lock");
        fs::create_dir_all(self.cache())
            .with_context(|| format!("建不了 {}", self.cache().display()))?;
        let file = File::create(&path).with_context(|| format!("写不了 {}", path.display()))?;
        if file.try_lock().is_err() {
            eprintln!("  另一个构建正在进行，等它结束……");
            file.lock()
                .with_context(|| format!("锁不住 {}", path.display()))?;
        }
        Ok(file)
    }

    /// A number that changes when anything changes that the site is made from: the sources by
    /// content, this program itself, and mdBook's settings in the environment.
    pub fn fingerprint(&self) -> Result<u64> {
        let mut hasher = DefaultHasher::new();
        for folder in ["src", "theme", "examples", "exercises"] {
            for file in files_below(&self.root.join(folder))? {
                if self.is_made(&file) {
                    continue;
                }
                file.hash(&mut hasher);
                read(&file)?.hash(&mut hasher);
            }
        }
        read(&self.root.join("book.toml"))?.hash(&mut hasher);
        let program = std::env::current_exe().context("找不到本程序自己的文件")?;
        let program = fs::metadata(program).context("读不到本程序自己的文件")?;
        program.len().hash(&mut hasher);
        program.modified().ok().hash(&mut hasher);
        let mut settings: Vec<_> = std::env::vars_os()
            .filter(|(key, _)| key.to_string_lossy().starts_with("MDBOOK_"))
            .collect();
        settings.sort();
        settings.hash(&mut hasher);
        Ok(hasher.finish())
    }
}

/// Reads a file; the error names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("读不了 {}", path.display()))
}

/// Reads a text file; the error names it.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("读不了 {}", path.display()))
}

/// Every regular file below a folder, sorted; none if the folder does not exist.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        if !dir.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&dir).with_context(|| format!("读不了 {}", dir.display()))? {
            let entry = entry?;
            let kind = entry
                .file_type()
                .with_context(|| format!("读不了 {}", dir.display()))?;
            // Links are not followed, so no loop is walked; pipes and sockets are no sources.
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file through a neighbour that is then renamed, and only if the content is new, so that
/// a reader never sees half a file and a watcher never sees a change that is none.
/// Returns whether it wrote.
pub fn write_if_changed(path: &Path, content: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("建不了 {}", parent.display()))?;
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    fs::write(&part, content).with_context(|| format!("写不了 {}", part.display()))?;
    fs::rename(&part, path).with_context(|| format!("写不了 {}", path.display()))?;
    Ok(true)
}

/// Makes sure that a place is free or a folder of our own kind: not a file, not a link.
pub fn expect_folder_or_nothing(place: &Path) -> Result<()> {
    match fs::symlink_metadata(place) {
        Ok(meta) if !meta.is_dir() => bail!(
            "{} 应当是一个普通的目录，却是文件或链接：请把它移开",
            place.display()
        ),
        _ => Ok(()),
    }
}

/// Puts the folder `fresh` in the place of `old`. `old` stays whole until `fresh` is there, and is
/// put back if the move fails.
pub fn replace_folder(fresh: &Path, old: &Path) -> Result<()> {
    let aside = old.with_extension("old");
    remove_folder(&aside)?;
    if old.exists() {
        fs::rename(old, &aside).with_context(|| format!("移不开 {}", old.display()))?;
    }
    if let Err(error) = fs::rename(fresh, old) {
        if aside.exists() {
            fs::rename(&aside, old).with_context(|| format!("放不回 {}", old.display()))?;
        }
        return Err(error).with_context(|| format!("写不了 {}", old.display()));
    }
    remove_folder(&aside)
}

/// Removes a folder if it is there.
pub fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("删不掉 {}", folder.display()))?;
    }
    Ok(())
}
