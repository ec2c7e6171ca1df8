//! `cargo run -- pdf`: the whole book as one PDF, printed by Chromium from `print.html`.
//!
//! Chromium makes bookmarks from the headings and embeds the fonts; the page numbers, the running
//! titles and where a page may end come from `theme/css/print.css` and from `compose`.

use crate::downloads::Download;
use crate::finish::{self, Page, name_in};
use crate::project::{Project, files_below, read, read_text, remove_folder, write_if_changed};
use crate::{cover, raster, site};
use anyhow::{Context, Result, bail};
use gd_figures::text::escape;
use std::env;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names that Chromium and its relatives go by.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Longer than this, Chromium hangs.
const PATIENCE: Duration = Duration::from_secs(900);

/// Between two chapters of mdBook's print page.
const CHAPTER_BREAK: &str = "<div style=\"break-before: page; page-break-before: always;\"></div>";

/// Makes the PDF of the site as it stands in `book/`; returns its content.
pub fn make(project: &Project) -> Result<Vec<u8>> {
    // Chromium would print boxes in the place of Chinese characters, and say nothing.
    raster::chinese_font()?;
    let work = project.cache().join("pdf");
    remove_folder(&work)?;
    let printed = lay_out(project, &work).and_then(|page| print(&page, &work));
    remove_folder(&work)?;
    printed
}

/// Copies what the print page needs, and writes the page itself; returns its path.
fn lay_out(project: &Project, work: &Path) -> Result<PathBuf> {
    let site = project.site();
    for file in files_below(&site)? {
        if file
            .extension()
            .is_some_and(|ending| ending == "css" || ending == "woff2" || ending == "js")
        {
            write_if_changed(&work.join(name_in(&site, &file)), &read(&file)?)?;
        }
    }
    let mdbook = site::load(project, work)?;
    let title = mdbook.config.book.title.clone().unwrap_or_default();
    write_if_changed(&work.join("cover.png"), &cover::cover_png(&title)?)?;
    let pages = finish::pages(&mdbook);
    let html = compose(&read_text(&site.join("print.html"))?, &title, &pages)
        .context("book/print.html 和目录对不上，排不成 PDF")?;
    let page = work.join("print.html");
    write_if_changed(&page, html.as_bytes())?;
    Ok(page)
}

/// The print page with a cover and a table of contents, and the title of the chapter on each page.
fn compose(html: &str, title: &str, pages: &[Page]) -> Option<String> {
    let opens = html.find("<main")?;
    let (head, rest) = html.split_at(opens + html[opens..].find('>')? + 1);
    let (main, tail) = rest.split_once("</main>")?;
    // The page opens the print dialog; here nobody could close it.
    let head = head.replacen(
        "<head>",
        "<head><script>window.print = () => {};</script>",
        1,
    );
    let chapters: Vec<&str> = main.split(CHAPTER_BREAK).collect();
    if chapters.len() != pages.len() {
        return None;
    }
    let mut styles = String::new();
    let mut contents = String::new();
    let mut body = String::new();
    let mut part = None;
    for (index, (page, chapter)) in pages.iter().zip(chapters).enumerate() {
        let (_, rest) = chapter.split_once("<h1 id=\"")?;
        let (anchor, _) = rest.split_once('"')?;
        if part != Some(&page.part) {
            part = Some(&page.part);
            let title = page.part.as_deref().unwrap_or_default();
            let _ = write!(contents, "<li class=\"gd-part\">{}</li>", escape(title));
        }
        let _ = write!(
            contents,
            "<li><a href=\"#{anchor}\">{}</a></li>",
            escape(&page.title)
        );
        let words = page.title.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(
            styles,
            "@page chapter-{index} {{ @top-right {{ content: \"{words}\" }} }}"
        );
        let _ = write!(body, "<div style=\"page: chapter-{index}\">{chapter}</div>");
    }
    Some(format!(
        "{head}<style>{styles}</style>\
         <img class=\"gd-cover\" src=\"cover.png\" alt=\"{}\">\
         <nav class=\"gd-contents\"><p>目录</p><ul>{contents}</ul></nav>\
         {body}</main>{tail}",
        escape(title)
    ))
}

/// Prints a page to PDF.
fn print(page: &Path, work: &Path) -> Result<Vec<u8>> {
    let target = work.join("book.pdf");
    let mut browser = start(&[
        "--headless".to_string(),
        // In containers the sandbox does not start; the page is our own.
        "--no-sandbox".to_string(),
        "--disable-gpu".to_string(),
        "--no-first-run".to_string(),
        "--disable-background-networking".to_string(),
        format!("--user-data-dir={}", work.join("profile").display()),
        "--no-pdf-header-footer".to_string(),
        "--generate-pdf-document-outline".to_string(),
        format!("--print-to-pdf={}", target.display()),
        file_address(page),
    ])?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = browser.try_wait().context("等不到 Chromium 结束")? {
            break status;
        }
        if start.elapsed() > PATIENCE {
            browser.kill().context("停不下 Chromium")?;
            bail!("Chromium 打印了 {} 秒还没有完，停掉了", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    match read(&target) {
        Ok(content) if status.success() && content.starts_with(b"%PDF-") => Ok(content),
        _ => bail!("Chromium 没有印出 PDF（{status}）"),
    }
}

/// Starts the browser that `CHROMIUM` names, or the first one that is there.
fn start(arguments: &[String]) -> Result<Child> {
    let wanted = env::var("CHROMIUM").ok();
    let names: Vec<&str> = match &wanted {
        Some(name) => vec![name],
        None => BROWSERS.to_vec(),
    };
    for name in &names {
        let child = Command::new(name)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match child {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            other => return other.with_context(|| format!("启动不了 {name}")),
        }
    }
    bail!(
        "做 PDF 要用 Chromium，找不到 {}\n    Debian 和 Ubuntu：apt-get install chromium；装在别处时用环境变量指明：CHROMIUM=/路径/chromium",
        names.join("、")
    )
}

/// The `file:` address of a path.
fn file_address(path: &Path) -> String {
    let mut address = "file://".to_string();
    for byte in path.to_string_lossy().replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            address.push(byte as char);
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Makes the PDF and keeps it for the site; returns its size.
pub fn run(project: &Project) -> Result<usize> {
    let made_from = project.fingerprint()?;
    let content = make(project)?;
    Download::Pdf.keep(project, &content, made_from)?;
    Ok(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(title: &str, part: Option<&str>) -> Page {
        Page {
            path: "a.html".to_string(),
            title: title.to_string(),
            is_first: false,
            part: part.map(str::to_string),
        }
    }

    #[test]
    fn every_chapter_is_in_the_contents_and_names_its_pages() {
        let html = format!(
            "<head></head><main><h1 id=\"前言\">前言</h1>{CHAPTER_BREAK}<h1 id=\"b\">B</h1></main><footer>"
        );
        let pages = [page("前言", None), page("B \"b\"", Some("算法"))];
        let composed = compose(&html, "书名", &pages).unwrap();
        for part in [
            "<li><a href=\"#前言\">前言</a></li>",
            "<li class=\"gd-part\">算法</li><li><a href=\"#b\">B &quot;b&quot;</a></li>",
            "@page chapter-1 { @top-right { content: \"B \\\"b\\\"\" } }",
            "<div style=\"page: chapter-1\"><h1 id=\"b\">B</h1></div>",
            "window.print = ",
            "<footer>",
        ] {
            assert!(composed.contains(part), "{part} 不在\n{composed}");
        }
        assert!(!composed.contains(CHAPTER_BREAK));
        assert_eq!(compose(&html, "书名", &pages[..1]), None);
    }

    #[test]
    fn an_address_holds_any_path() {
        assert_eq!(
            file_address(Path::new("/书 1/a.html")),
            "file:///%E4%B9%A6%201/a.html"
        );
    }
}
