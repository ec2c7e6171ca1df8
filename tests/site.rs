//! The built pages: links, anchors, numbers, and nothing loaded from elsewhere.

use gd_book::figures::Figures;
use gd_book::problem::nearest;
use gd_book::project::{Project, files_below, read_text};
use gd_book::site;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// The site, built once for all tests of this file.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    let figures = Figures::load(&project, |_| {}).unwrap();
    figures.write_files(&project).unwrap();
    let into = folder.path().join("site");
    site::render(&project, &Arc::new(figures), &into).unwrap();
    let mut pages = BTreeMap::new();
    for file in files_below(&into).unwrap() {
        if file.extension().is_some_and(|ending| ending == "html") {
            let page = file.strip_prefix(&into).unwrap().to_path_buf();
            pages.insert(page, read_text(&file).unwrap());
        }
    }
    Site {
        root: into,
        pages,
        _folder: folder,
    }
});

struct Site {
    root: PathBuf,
    pages: BTreeMap<PathBuf, String>,
    _folder: tempfile::TempDir,
}

impl Site {
    /// The pages that readers read: not the redirects, the print version or the 404 page.
    fn chapters(&self) -> impl Iterator<Item = (&PathBuf, &String)> {
        self.pages.iter().filter(|(page, _)| {
            !["print.html", "404.html", "toc.html", "index.html"]
                .contains(&page.to_string_lossy().as_ref())
        })
    }

    fn text(&self, page: &str) -> String {
        let html = Html::parse_document(&self.pages[Path::new(page)]);
        let main = Selector::parse("main").unwrap();
        html.select(&main)
            .flat_map(|element| element.text().collect::<Vec<_>>())
            .collect()
    }
}

fn ids(html: &Html) -> Vec<String> {
    let selector = Selector::parse("[id]").unwrap();
    html.select(&selector)
        .filter_map(|element| element.attr("id").map(str::to_string))
        .collect()
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    let site = &*SITE;
    let anchors: BTreeMap<&PathBuf, BTreeSet<String>> = site
        .pages
        .iter()
        .map(|(page, text)| (page, ids(&Html::parse_document(text)).into_iter().collect()))
        .collect();
    let selector = Selector::parse("[href], [src]").unwrap();
    let mut broken = Vec::new();
    for (page, text) in &site.pages {
        for element in Html::parse_document(text).select(&selector) {
            let Some(address) = element.attr("href").or(element.attr("src")) else {
                continue;
            };
            if address.starts_with("http:")
                || address.starts_with("https:")
                || address.starts_with("data:")
            {
                continue;
            }
            // The 404 page is served from any depth; its base address is the root of the site.
            let address = if address == "/" {
                "index.html"
            } else {
                address
            };
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if path.is_empty() {
                page.clone()
            } else {
                normalise(
                    &page
                        .parent()
                        .unwrap_or(Path::new(""))
                        .join(path.trim_start_matches('/')),
                )
            };
            if !site.root.join(&target).is_file() {
                broken.push(format!("{}：{address} 不存在", page.display()));
            } else if !anchor.is_empty()
                && let Some(known) = anchors.get(&target)
                && !known.contains(&decode(anchor))
            {
                broken.push(format!("{}：{address} 没有这个锚点", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn normalise(path: &Path) -> PathBuf {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                parts.pop();
            }
            std::path::Component::CurDir => {}
            other => parts.push(other),
        }
    }
    parts.into_iter().collect()
}

fn decode(anchor: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = anchor.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%').then(|| tail.get(..2)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn ids_are_unique_on_a_page() {
    for (page, text) in SITE.chapters() {
        let mut seen = BTreeSet::new();
        for id in ids(&Html::parse_document(text)) {
            assert!(
                seen.insert(id.clone()),
                "{}：id {id} 出现了两次",
                page.display()
            );
        }
    }
}

#[test]
fn no_markup_is_left_raw_in_the_text() {
    let skip = Selector::parse("code, pre, annotation, script, style").unwrap();
    let main = Selector::parse("main").unwrap();
    for (page, text) in SITE.chapters() {
        let html = Html::parse_document(text);
        let hidden: BTreeSet<_> = html
            .select(&skip)
            .flat_map(|element| {
                element
                    .descendants()
                    .map(|node| node.id())
                    .collect::<Vec<_>>()
            })
            .collect();
        for main in html.select(&main) {
            for node in main.descendants() {
                if hidden.contains(&node.id()) {
                    continue;
                }
                if let Some(text) = node.value().as_text() {
                    for raw in ["$", "**", "{{", "}}", "[!", "```"] {
                        assert!(
                            !text.contains(raw),
                            "{}：正文里有 {raw}：{}",
                            page.display(),
                            &**text
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let selector =
        Selector::parse("script[src], link[href], img[src], iframe[src], source[src], use[href]")
            .unwrap();
    for (page, text) in &SITE.pages {
        for element in Html::parse_document(text).select(&selector) {
            let address = element.attr("src").or(element.attr("href")).unwrap();
            assert!(
                !address.contains("//"),
                "{}：从别处加载 {address}",
                page.display()
            );
        }
    }
    for file in files_below(&SITE.root).unwrap() {
        if file.extension().is_some_and(|ending| ending == "css") {
            let text = read_text(&file).unwrap();
            for bad in ["url(http", "url(//", "url(\"http", "@import"] {
                assert!(!text.contains(bad), "{} 里有 {bad}", file.display());
            }
        }
    }
}

#[test]
fn every_picture_says_what_it_shows() {
    let picture = Selector::parse(".gd-picture, .gd-flowchart").unwrap();
    let svg = Selector::parse("svg").unwrap();
    let mut pictures = 0;
    for (page, text) in SITE.chapters() {
        for element in Html::parse_document(text).select(&picture) {
            let alt = element.attr("aria-label").unwrap_or_default();
            assert!(
                alt.chars().count() >= 20,
                "{}：替代文字太短：{alt}",
                page.display()
            );
            assert!(
                element.select(&svg).next().is_some(),
                "{}：没有图",
                page.display()
            );
            pictures += 1;
        }
    }
    assert!(pictures >= 19, "只找到 {pictures} 张图");
}

/// What the lesson and the notes behind this book hold, and where the book has it.
#[test]
fn everything_in_the_sources_has_its_place() {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    let table = read_text(&project.root().join("tests/coverage.tsv")).unwrap();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (index, line) in table.lines().enumerate().skip(1) {
        let mut problem = |what: String| {
            wrong.push(format!(
                "tests/coverage.tsv，第 {} 行：{what}：{line}",
                index + 1
            ));
        };
        let columns: Vec<&str> = line.split('\t').collect();
        let [source, item, page, anchor] = columns.as_slice() else {
            problem("要有四列：来源、内容、页、锚点".into());
            continue;
        };
        if !seen.insert((*source, *item)) || !["讲义", "笔记"].contains(source) || item.is_empty()
        {
            problem("来源不是讲义或笔记，或者内容空着、重复了".into());
        }
        let html = Path::new(page).with_extension("html");
        match SITE.pages.get(&html) {
            None => problem(format!("没有 {page} 这一页")),
            Some(text) => {
                let known = ids(&Html::parse_document(text));
                if !known.iter().any(|id| id == anchor) {
                    let near = nearest(anchor, known.iter().map(String::as_str));
                    problem(format!("这一页没有锚点 {anchor}。{near}"));
                }
            }
        }
    }
    assert!(seen.len() >= 95, "只有 {} 项", seen.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_can_be_found_and_every_term_is_explained() {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut problems = Vec::new();
    let sources = gd_book::references::Bibliography::read(&project, &mut problems);
    let terms = gd_book::glossary::Glossary::read(&project, &mut problems);
    assert_eq!(problems, []);
    assert!(sources.entries().len() >= 40 && terms.terms().len() >= 70);
    let page = &SITE.pages[Path::new("appendix/references.html")];
    for source in sources.entries() {
        assert!(page.contains(&format!("id=\"{}\"", source.key)));
        assert!(page.contains(&source.places[0].link().0), "{}", source.key);
    }
    let page = &SITE.pages[Path::new("appendix/glossary.html")];
    for term in terms.terms() {
        assert!(page.contains(&format!("id=\"term-{}\"", term.id)));
    }
}

#[test]
fn the_index_lists_every_figure_and_listing() {
    let page = &SITE.pages[Path::new("appendix/index.html")];
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    for name in gd_book::listing::names(&project).unwrap() {
        assert!(page.contains(&format!("#listing-{name}\"")), "没有 {name}");
    }
    for entry in gd_figures::all() {
        if entry.kind == gd_figures::Kind::Figure {
            let anchor = format!("#figure-{}\"", entry.name);
            assert!(page.contains(&anchor), "没有 {}", entry.name);
        }
    }
}

#[test]
fn every_figure_can_be_had_as_data() {
    let data = Selector::parse("a.gd-data").unwrap();
    let mut found = 0;
    for (page, text) in SITE.chapters() {
        for element in Html::parse_document(text).select(&data) {
            let file = page.parent().unwrap().join(element.attr("href").unwrap());
            let csv = read_text(&SITE.root.join(normalise(&file))).unwrap();
            assert!(csv.lines().count() > 2, "{} 没有数据", file.display());
            found += 1;
        }
    }
    assert_eq!(
        found,
        gd_figures::all()
            .iter()
            .filter(|entry| entry.kind == gd_figures::Kind::Figure)
            .count()
    );
}

/// The numbers that a reader of the lesson would look for, on the page where they belong.
#[test]
fn the_pages_hold_the_numbers_of_the_lesson() {
    for (page, numbers) in [
        (
            "algorithm/update-rule.html",
            ["−14.8081", "5.8543", "5.086985", "−24.08296"].as_slice(),
        ),
        ("landscape/convexity.html", &["380", "71.4", "18071"]),
        ("algorithm/first-program.html", &["1.6000", "0.0026"]),
        (
            "algorithm/learning-rate.html",
            &[
                "411", "753", "145", "−4.80", "5.76", "−6.91", "8.29", "−9.95",
            ],
        ),
        (
            "algorithm/line-fit.html",
            &["1.9289", "2.9217", "1.9310", "2.9778", "0.11284"],
        ),
        (
            "algorithm/batches.html",
            &["200", "64", "15600", "35.13", "5.15"],
        ),
        (
            "landscape/critical-points.html",
            &["−1.4445", "1.3819", "0.0626", "349"],
        ),
        ("exercises/four-rates.html", &["171", "6.0015"]),
        ("exercises/parabola-fit.html", &["0.05738", "40.5"]),
        ("exercises/contour-path.html", &["69", "14"]),
    ] {
        let text = SITE.text(page);
        for number in numbers {
            assert!(text.contains(number), "{page} 里没有 {number}");
        }
    }
}

#[test]
fn both_flowcharts_are_drawn_without_javascript() {
    for (page, words) in [
        ("intuition/downhill.html", ["选一个起点", "更新参数"]),
        ("landscape/critical-points.html", ["鞍点", "局部最小值点"]),
    ] {
        let chart = Selector::parse(".gd-flowchart svg").unwrap();
        let html = Html::parse_document(&SITE.pages[Path::new(page)]);
        let text: String = html
            .select(&chart)
            .flat_map(|svg| svg.text().collect::<Vec<_>>())
            .collect();
        for word in words {
            assert!(text.contains(word), "{page} 的流程图里没有 {word}");
        }
        assert!(!SITE.pages[Path::new(page)].contains("mermaid.min.js"));
    }
}
