//! The service worker: with it a hosted book can be read without a network, as far as it was read.

use crate::finish::{Page, name_in, write};
use crate::project::{Project, files_below, read, read_text};
use anyhow::{Context, Result};
use gd_figures::text::escape;
use scraper::{Html, Selector};
use serde_json::json;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Writes `sw.js` and the page that it shows for a page that was never read. Last of all: the
/// worker's version comes from all other files.
pub fn write_files(project: &Project, site: &Path, title: &str, pages: &[Page]) -> Result<()> {
    let folder = project.root().join("theme/offline");
    let page = read_text(&folder.join("offline.html"))?;
    let page = fill(&page, "{{title}}", &escape(title))?;
    write(site, "offline.html", page.as_bytes())?;

    let mut files = loaded_by_every_page(&read_text(&site.join("index.html"))?);
    files.push("offline.html".to_string());
    let pages: Vec<_> = pages.iter().map(|page| (&page.path, &page.title)).collect();
    let settings = json!({ "version": version(site)?, "shell": files, "pages": pages });
    let worker = read_text(&folder.join("sw.js"))?;
    let worker = fill(&worker, "{{book}}", &settings.to_string())?;
    write(site, "sw.js", worker.as_bytes())
}

fn fill(template: &str, place: &str, text: &str) -> Result<String> {
    let (before, after) = template
        .split_once(place)
        .with_context(|| format!("theme/offline/ 的文件里没有 {place}"))?;
    Ok(format!("{before}{text}{after}"))
}

/// The styles and scripts that the front page loads, which are those of every page. A style for
/// paper only is not among them.
fn loaded_by_every_page(front: &str) -> Vec<String> {
    let loaded = Selector::parse("link[rel=stylesheet]:not([media=print]), script[src]")
        .expect("a plain selector");
    Html::parse_document(front)
        .select(&loaded)
        .filter_map(|element| element.attr("href").or(element.attr("src")))
        .map(str::to_string)
        .collect()
}

/// A number for the content of the whole site.
fn version(site: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files_below(site)? {
        name_in(site, &file).hash(&mut hasher);
        read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_is_what_the_page_loads() {
        let html = "<link rel=stylesheet href=a-1.css><link rel=stylesheet media=print href=p.css>\
            <link rel=icon href=i.svg><script src=b-2.js></script><script>1</script>";
        assert_eq!(loaded_by_every_page(html), ["a-1.css", "b-2.js"]);
    }

    #[test]
    fn the_version_follows_name_and_content() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            version(folder.path()).unwrap()
        };
        let first = write("a.html", "1");
        let second = write("a.html", "2");
        assert_ne!(first, second);
        assert_eq!(write("a.html", "1"), first);
        assert_ne!(write("b.html", ""), first);
    }
}
