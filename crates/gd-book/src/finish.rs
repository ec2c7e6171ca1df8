//! The last step of a build, on pages that mdBook has rendered: what search engines, messengers and
//! readers without a network need.
//!
//! A page keeps every byte of its body (but for the links to the [`downloads`]);
//! only the one line of its head that holds the description is replaced. New files beside the pages:
//! [`FILES`].

use crate::cover;
use crate::description::describe;
use crate::downloads;
use crate::offline;
use crate::project::{Project, files_below, read_text};
use crate::raster;
use anyhow::{Context, Result, bail};
use gd_figures::text::escape;
use mdbook_core::book::BookItem;
use mdbook_driver::MDBook;
use std::fs;
use std::path::Path;

/// The files that this step adds to what stock mdBook writes. Those of the last line are there only
/// if the address of the site is known.
pub const FILES: [&str; 6] = [
    "icon.png",
    "offline.html",
    "robots.txt",
    "sw.js",
    "share.png",
    "sitemap.xml",
];

/// What the line of the template begins with that this step replaces.
const DESCRIPTION: &str = "<meta name=\"description\" content=\"";

/// A page that readers read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is in the site, with `/` between folders.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Whether it is the first, and so the front page too.
    pub is_first: bool,
    /// The part of the book that it stands in, if it stands in one.
    pub part: Option<String>,
}

/// The chapters of a book as pages.
pub fn pages(mdbook: &MDBook) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut part = None;
    for item in mdbook.book.iter() {
        match item {
            BookItem::PartTitle(title) => part = Some(title.clone()),
            BookItem::Separator => part = None,
            BookItem::Chapter(chapter) => {
                let Some(path) = &chapter.path else {
                    continue;
                };
                let path = path.with_extension("html");
                pages.push(Page {
                    path: path.to_string_lossy().replace('\\', "/"),
                    title: chapter.name.clone(),
                    is_first: pages.is_empty(),
                    part: part.clone(),
                });
            }
        }
    }
    pages
}

/// Finishes the rendered site in a folder.
pub fn finish(project: &Project, mdbook: &MDBook, site: &Path) -> Result<()> {
    let pages = pages(mdbook);
    let settings = mdbook.config.book.clone();
    let book = Book {
        title: settings.title.unwrap_or_default(),
        description: settings.description.unwrap_or_default(),
        address: address(mdbook)?,
    };
    if book.address.is_some() {
        write(site, "share.png", &cover::shared_png()?)?;
    }
    let icon = read_text(&project.root().join("theme/favicon.svg"))?;
    // 32 units of the drawing become the 192 pixels that home screens ask for.
    write(site, "icon.png", &raster::png(&icon, 6.0)?)?;

    let downloads = downloads::place(project, site)?;
    for file in files_below(site)? {
        if file.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let name = name_in(site, &file);
        if name == "toc.html" {
            continue;
        }
        let html = read_text(&file)?;
        let page = if name == "index.html" {
            pages.first()
        } else {
            pages.iter().find(|page| page.path == name)
        };
        let head = book.head(&name, page, &html);
        let html = replace_description(&html, &head).with_context(|| {
            format!("{name} 没有写完：theme/index.hbs 里应当恰好有一行 {DESCRIPTION}…")
        })?;
        let html = downloads::link(&html, &downloads);
        fs::write(&file, html).with_context(|| format!("写不了 {}", file.display()))?;
    }

    let mut robots = "User-agent: *\nAllow: /\n".to_string();
    if let Some(address) = &book.address {
        write(site, "sitemap.xml", sitemap(address, &pages).as_bytes())?;
        robots += &format!("Sitemap: {address}sitemap.xml\n");
    }
    write(site, "robots.txt", robots.as_bytes())?;
    offline::write_files(project, site, &book.title, &pages)
}

/// The full address of the site, if `site-url` of `[output.html]` is one; a mere path tells the host
/// to nobody.
fn address(mdbook: &MDBook) -> Result<Option<String>> {
    match mdbook.config.get::<String>("output.html.site-url")? {
        Some(url) => full_address(&url),
        None => Ok(None),
    }
}

fn full_address(url: &str) -> Result<Option<String>> {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    if let Some(host) = host {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%".contains(c);
        if !url.ends_with('/') || host.starts_with('/') || !host.chars().all(is_plain) {
            bail!(
                "book.toml 里 [output.html] 的 site-url（或环境变量 MDBOOK_OUTPUT__HTML__SITE_URL）不能是 {url}\n    \
                 完整的网址要有主机名，以 / 结尾，例如 https://example.org/gd/。"
            );
        }
        return Ok(Some(url.to_string()));
    }
    if !url.starts_with('/') {
        bail!(
            "book.toml 里 [output.html] 的 site-url（或环境变量 MDBOOK_OUTPUT__HTML__SITE_URL）不能是 {url}\n    \
             写完整的网址（https://example.org/gd/），或者只写路径（/gd/）。"
        );
    }
    Ok(None)
}

/// What all pages share.
struct Book {
    title: String,
    description: String,
    address: Option<String>,
}

impl Book {
    /// The lines for the head of a page; `page` is its chapter, if it is one.
    fn head(&self, name: &str, page: Option<&Page>, html: &str) -> String {
        let meta = |kind: &str, name: &str, content: &str| {
            format!("<meta {kind}=\"{name}\" content=\"{}\">", escape(content))
        };
        let up = "../".repeat(name.matches('/').count());
        let icon = format!("<link rel=\"apple-touch-icon\" href=\"{up}icon.png\">");
        let Some(page) = page else {
            return [meta("name", "description", &self.description), icon].join(NEXT_LINE);
        };
        let description = describe(html, &page.title, &self.description);
        let is_front = name == "index.html";
        let (title, kind) = if is_front {
            (&self.title, "website")
        } else {
            (&page.title, "article")
        };
        let mut lines = vec![
            meta("name", "description", &description),
            icon,
            meta("property", "og:title", title),
            meta("property", "og:description", &description),
            meta("property", "og:type", kind),
            meta("property", "og:locale", "zh_CN"),
            meta("property", "og:site_name", &self.title),
        ];
        if let Some(site) = &self.address {
            let address = page_address(site, page);
            lines.push(meta("property", "og:url", &address));
            lines.push(meta("property", "og:image", &format!("{site}share.png")));
            lines.push(meta("property", "og:image:alt", SHARED_ALT));
            lines.push(format!(
                "<link rel=\"canonical\" href=\"{}\">",
                escape(&address)
            ));
        }
        lines.join(NEXT_LINE)
    }
}

/// What `share.png` shows.
const SHARED_ALT: &str = "峡谷的等高线上，梯度下降的路来回折着走向谷底。";

/// The line break and indent of the template's head.
const NEXT_LINE: &str = "\n        ";

/// The one address of a page. The first chapter is also the front page; its address is the short one.
fn page_address(site: &str, page: &Page) -> String {
    if page.is_first {
        site.to_string()
    } else {
        format!("{site}{}", page.path)
    }
}

/// The page with other lines in the place of the one that holds its description.
fn replace_description(html: &str, head: &str) -> Option<String> {
    let (before, rest) = html.split_once(DESCRIPTION)?;
    let (_, after) = rest.split_once("\">")?;
    if after.contains(DESCRIPTION) {
        return None;
    }
    Some(format!("{before}{head}{after}"))
}

fn sitemap(site: &str, pages: &[Page]) -> String {
    let addresses: String = pages
        .iter()
        .map(|page| {
            format!(
                "<url><loc>{}</loc></url>\n",
                escape(&page_address(site, page))
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{addresses}</urlset>\n"
    )
}

/// The path of a file in the site, with `/` between folders.
pub fn name_in(site: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(site).unwrap_or(file);
    inside.to_string_lossy().replace('\\', "/")
}

/// Writes a new file of the site.
pub fn write(site: &Path, name: &str, content: &[u8]) -> Result<()> {
    let path = site.join(name);
    if path.exists() {
        bail!("建书要写 {name}，可是书里已有同名的文件：给 src/ 里的那个换个名字");
    }
    fs::write(&path, content).with_context(|| format!("写不了 {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(address: Option<&str>) -> Book {
        Book {
            title: "下山：一本书".to_string(),
            description: "一本讲怎样下山的书。".repeat(8),
            address: address.map(str::to_string),
        }
    }

    fn page(path: &str, is_first: bool) -> Page {
        Page {
            path: path.to_string(),
            title: "学习率 \"η\"".to_string(),
            is_first,
            part: None,
        }
    }

    const HTML: &str = "<head>\n        <meta name=\"description\" content=\"全书\">\n</head>\
        <main><p>步子太小，走得很慢；步子太大，会越过谷底，甚至越走越远。</p>\
        <p>合适的步子有一个范围，它由谷底的弯曲程度决定，这一章把它算出来，再用程序验证一遍。</p></main>";

    #[test]
    fn a_page_gets_its_own_head_and_keeps_its_body() {
        let head = book(Some("https://example.org/gd/")).head(
            "algorithm/rate.html",
            Some(&page("algorithm/rate.html", false)),
            HTML,
        );
        for line in [
            "<meta property=\"og:title\" content=\"学习率 &quot;η&quot;\">",
            "<meta property=\"og:locale\" content=\"zh_CN\">",
            "<meta property=\"og:image\" content=\"https://example.org/gd/share.png\">",
            "<link rel=\"canonical\" href=\"https://example.org/gd/algorithm/rate.html\">",
            "<link rel=\"apple-touch-icon\" href=\"../icon.png\">",
            "content=\"步子太小，走得很慢；",
        ] {
            assert!(head.contains(line), "{line} 不在\n{head}");
        }
        let finished = replace_description(HTML, &head).unwrap();
        assert!(!finished.contains("全书"));
        assert_eq!(
            finished.replacen(&head, "", 1).len() + DESCRIPTION.len() + "全书\">".len(),
            HTML.len()
        );
    }

    #[test]
    fn no_host_is_invented() {
        let head = book(None).head("a.html", Some(&page("a.html", false)), HTML);
        assert!(!head.contains("og:url") && !head.contains("canonical") && !head.contains("http"));
    }

    #[test]
    fn the_front_page_and_the_first_chapter_share_an_address() {
        let book = book(Some("https://example.org/gd/"));
        let first = page("preface.html", true);
        for name in ["index.html", "preface.html"] {
            let head = book.head(name, Some(&first), HTML);
            assert!(head.contains("<link rel=\"canonical\" href=\"https://example.org/gd/\">"));
        }
        let map = sitemap("https://example.org/gd/", &[first, page("a&b.html", false)]);
        assert!(map.contains("<loc>https://example.org/gd/</loc>"));
        assert!(map.contains("<loc>https://example.org/gd/a&amp;b.html</loc>"));
    }

    #[test]
    fn a_page_without_the_marked_line_is_refused() {
        assert_eq!(replace_description("<head></head>", "x"), None);
        assert_eq!(replace_description(&HTML.repeat(2), "x"), None);
    }

    #[test]
    fn a_site_address_is_whole_or_a_path() {
        assert_eq!(full_address("/gd/").unwrap(), None);
        let whole = "https://example.org/gd/";
        assert_eq!(full_address(whole).unwrap().as_deref(), Some(whole));
        for bad in [
            "gd/",
            "https:///gd/",
            "https://example.org/gd",
            "https://a b/",
            "https://a/?x=\"/",
        ] {
            let said = full_address(bad).unwrap_err().to_string();
            assert!(said.contains(bad) && said.contains("site-url"), "{said}");
        }
    }
}
