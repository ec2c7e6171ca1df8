//! `cargo run -- epub`: the whole book as one EPUB 3 file.
//!
//! epub-builder, the crate for this, cannot say which chapters hold MathML and SVG, which EPUB asks
//! for; what it would write is short, so it is written here, and `zip` packs it.

use crate::cover;
use crate::downloads::Download;
use crate::finish::{self, Page};
use crate::project::{Project, read_text};
use crate::site;
use crate::xhtml::{self, Chapter};
use anyhow::{Context, Result};
use gd_figures::text::escape;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::SystemTime;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// The name of this book among all books, for good: a reader that knows it replaces the old edition.
const IDENTIFIER: &str = "urn:uuid:5b0e6a44-7f0c-4c53-9d3b-0f6c0a1d7e29";

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
    <rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\
    </container>\n";

/// What readers who need to know are told about the book.
const ACCESSIBILITY: [(&str, &str); 9] = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "MathML"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    (
        "accessibilitySummary",
        "公式是 MathML，每张图都有替代文字，目录到节。",
    ),
];

/// Makes the EPUB of a finished site in a folder, with a picture (PNG) for its cover; returns its
/// content.
pub fn make(project: &Project, site: &Path, cover: &[u8]) -> Result<Vec<u8>> {
    let mdbook = site::load(project, site)?;
    let settings = &mdbook.config.book;
    let book = Book {
        title: settings.title.clone().unwrap_or_default(),
        description: settings.description.clone().unwrap_or_default(),
        authors: settings.authors.clone(),
        language: settings.language.clone().unwrap_or("zh-CN".to_string()),
    };
    let mut chapters = Vec::new();
    for page in finish::pages(&mdbook) {
        let chapter = xhtml::chapter(&read_text(&site.join(&page.path))?);
        chapters.push((page, chapter));
    }
    let style = read_text(&project.root().join("theme/epub/book.css"))?;

    let mut file = Archive::default();
    // Readers know the kind of the file by these first bytes.
    file.add(
        "mimetype",
        b"application/epub+zip",
        CompressionMethod::Stored,
    )?;
    file.text("META-INF/container.xml", CONTAINER)?;
    file.text("EPUB/package.opf", &book.package(&chapters))?;
    file.text("EPUB/nav.xhtml", &book.contents(&chapters))?;
    let cover_page = format!(
        "<div class=\"cover\"><img src=\"cover.png\" alt=\"{}\"/></div>",
        escape(&book.title)
    );
    file.text("EPUB/cover.xhtml", &book.page(&book.title, "", &cover_page))?;
    file.add("EPUB/cover.png", cover, CompressionMethod::Stored)?;
    file.text("EPUB/book.css", &style)?;
    for (page, chapter) in &chapters {
        let up = "../".repeat(page.path.matches('/').count());
        let text = book.page(&page.title, &up, &chapter.body);
        file.text(&format!("EPUB/{}", place(page)), &text)?;
    }
    Ok(file.0.finish().context("EPUB 没有写完")?.into_inner())
}

/// Makes the EPUB and keeps it for the site.
pub fn run(project: &Project) -> Result<usize> {
    let made_from = project.fingerprint()?;
    let mdbook = site::load(project, &project.site())?;
    let title = mdbook.config.book.title.unwrap_or_default();
    let content = make(project, &project.site(), &cover::cover_png(&title)?)?;
    Download::Epub.keep(project, &content, made_from)?;
    Ok(content.len())
}

/// Where a page is in the e-book, from its package file.
fn place(page: &Page) -> String {
    format!("{}.xhtml", page.path.trim_end_matches(".html"))
}

struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Archive {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::default()))
    }
}

impl Archive {
    fn add(&mut self, name: &str, content: &[u8], method: CompressionMethod) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        self.0
            .start_file(name, options)
            .and_then(|()| Ok(self.0.write_all(content)?))
            .with_context(|| format!("{name} 写不进 EPUB"))
    }

    fn text(&mut self, name: &str, text: &str) -> Result<()> {
        self.add(name, text.as_bytes(), CompressionMethod::Deflated)
    }
}

struct Book {
    title: String,
    description: String,
    authors: Vec<String>,
    language: String,
}

impl Book {
    /// A whole XHTML file; `up` leads from it to the package file.
    fn page(&self, title: &str, up: &str, body: &str) -> String {
        let language = escape(&self.language);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
             lang=\"{language}\" xml:lang=\"{language}\">\n\
             <head><meta charset=\"UTF-8\"/><title>{}</title>\
             <link rel=\"stylesheet\" type=\"text/css\" href=\"{up}book.css\"/></head>\n\
             <body>{body}</body>\n</html>\n",
            escape(title)
        )
    }

    fn package(&self, chapters: &[(Page, Chapter)]) -> String {
        let mut metadata = String::new();
        for author in &self.authors {
            metadata += &format!("<dc:creator>{}</dc:creator>\n", escape(author));
        }
        for (property, value) in ACCESSIBILITY {
            metadata += &format!("<meta property=\"schema:{property}\">{value}</meta>\n");
        }
        let mut manifest = String::new();
        let mut spine = String::new();
        for (index, (page, chapter)) in chapters.iter().enumerate() {
            let properties: Vec<&str> = chapter.properties.iter().copied().collect();
            let properties = match properties.as_slice() {
                [] => String::new(),
                some => format!(" properties=\"{}\"", some.join(" ")),
            };
            manifest += &format!(
                "<item id=\"page-{index}\" href=\"{}\" media-type=\"application/xhtml+xml\"{properties}/>\n",
                escape(&place(page))
            );
            spine += &format!("<itemref idref=\"page-{index}\"/>\n");
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
             <dc:identifier id=\"id\">{IDENTIFIER}</dc:identifier>\n\
             <dc:title>{title}</dc:title>\n\
             <dc:language>{language}</dc:language>\n\
             <dc:description>{description}</dc:description>\n\
             <dc:rights>正文和图：CC BY-SA 4.0；代码：MIT 或 Apache-2.0</dc:rights>\n\
             <meta property=\"dcterms:modified\">{modified}</meta>\n\
             <meta name=\"cover\" content=\"cover-picture\"/>\n\
             {metadata}</metadata>\n\
             <manifest>\n\
             <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
             <item id=\"cover-picture\" href=\"cover.png\" media-type=\"image/png\" properties=\"cover-image\"/>\n\
             <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n\
             {manifest}</manifest>\n\
             <spine>\n<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n{spine}</spine>\n\
             </package>\n",
            language = escape(&self.language),
            title = escape(&self.title),
            description = escape(&self.description),
            modified = humantime::format_rfc3339_seconds(SystemTime::now()),
        )
    }

    /// The table of contents: parts, chapters, sections.
    fn contents(&self, chapters: &[(Page, Chapter)]) -> String {
        let mut list = String::new();
        for same_part in chapters.chunk_by(|one, next| one.0.part == next.0.part) {
            let items: String = same_part
                .iter()
                .map(|(page, chapter)| entry(page, chapter))
                .collect();
            match &same_part[0].0.part {
                Some(part) => {
                    list += &format!("<li><span>{}</span><ol>\n{items}</ol></li>\n", escape(part));
                }
                None => list += &items,
            }
        }
        let body =
            format!("<nav epub:type=\"toc\" id=\"toc\"><h1>目录</h1><ol>\n{list}</ol></nav>");
        self.page("目录", "", &body)
    }
}

fn entry(page: &Page, chapter: &Chapter) -> String {
    let address = escape(&place(page));
    let sections: String = chapter
        .sections
        .iter()
        .map(|(anchor, title)| {
            format!(
                "<li><a href=\"{address}#{}\">{}</a></li>\n",
                escape(anchor),
                escape(title)
            )
        })
        .collect();
    let sections = if sections.is_empty() {
        sections
    } else {
        format!("<ol>\n{sections}</ol>")
    };
    format!(
        "<li><a href=\"{address}\">{}</a>{sections}</li>\n",
        escape(&page.title)
    )
}
