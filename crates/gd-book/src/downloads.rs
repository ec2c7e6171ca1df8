//! The book as one file, to take along: [`pdf`](crate::pdf) and [`epub`](crate::epub) make the files,
//! the site offers those that belong to its present text.

use crate::project::{Project, read, write_if_changed};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A file that the book can be had as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Download {
    /// For paper and large screens.
    Pdf,
    /// For e-book readers and phones.
    Epub,
}

impl Download {
    const ALL: [Self; 2] = [Self::Pdf, Self::Epub];

    /// The name of the file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Pdf => "gradient-descent.pdf",
            Self::Epub => "gradient-descent.epub",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF，适合打印和大屏幕",
            Self::Epub => "EPUB，适合手机和电子书阅读器",
        }
    }

    /// Where the file is kept between builds.
    pub fn path(self, project: &Project) -> PathBuf {
        project.cache().join("downloads").join(self.file())
    }

    /// Keeps the file, and the fingerprint of the project that it was made from.
    pub fn keep(self, project: &Project, content: &[u8], made_from: u64) -> Result<()> {
        write_if_changed(&self.path(project), content)?;
        write_if_changed(&self.source(project), made_from.to_string().as_bytes())?;
        Ok(())
    }

    /// Whether the file was made from the text as it is now.
    fn is_current(self, project: &Project, fingerprint: u64) -> bool {
        self.path(project).is_file()
            && fs::read_to_string(self.source(project))
                .is_ok_and(|made_from| made_from == fingerprint.to_string())
    }

    fn source(self, project: &Project) -> PathBuf {
        self.path(project).with_added_extension("made-from")
    }
}

/// The files that were made from the text as it is now.
pub fn current(project: &Project) -> Result<Vec<Download>> {
    let fingerprint = project.fingerprint()?;
    let mut found = Download::ALL.to_vec();
    found.retain(|one| one.is_current(project, fingerprint));
    Ok(found)
}

/// Where a page wants the links.
const PLACE: &str = "<div class=\"gd-downloads\"></div>";

/// Copies the current files into the site; returns the links to them, if there are any.
pub fn place(project: &Project, site: &Path) -> Result<String> {
    let mut links = String::new();
    for one in current(project)? {
        let content = read(&one.path(project))?;
        let target = site.join(one.file());
        fs::write(&target, &content).with_context(|| format!("写不了 {}", target.display()))?;
        links += &format!(
            "<li><a href=\"{}\" download>{}</a>（{:.1} MB）</li>\n",
            one.file(),
            one.label(),
            content.len() as f64 / 1e6
        );
    }
    Ok(links)
}

/// The page with the links where it wants them. The pages that do (the preface, the front page and
/// the print version) all lie at the root of the site.
pub fn link(html: &str, links: &str) -> String {
    if links.is_empty() {
        return html.to_string();
    }
    html.replace(
        PLACE,
        &format!("<div class=\"gd-downloads\"><p>整本书也可以下载：</p>\n<ul>\n{links}</ul></div>"),
    )
}
