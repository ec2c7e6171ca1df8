//! The e-book of the whole book.

use gd_book::figures::Figures;
use gd_book::project::Project;
use resvg::usvg::roxmltree;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

fn normalise(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// What epubcheck looks at, as far as it needs no Java.
#[test]
fn the_epub_holds_every_page_and_every_link_in_it_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let project = Project::at(root).unwrap();
    let figures = Figures::load(&project, |_| {}).unwrap();
    figures.write_files(&project).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    gd_book::site::render(&project, &Arc::new(figures), &site).unwrap();
    let cover = gd_book::cover::shared_png().unwrap();
    let epub = gd_book::epub::make(&project, &site, &cover).unwrap();
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).unwrap();
    let mut texts = BTreeMap::new();
    let mut files = BTreeSet::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = PathBuf::from(file.name().unwrap().as_ref());
        if name
            .extension()
            .is_some_and(|ending| ending == "xhtml" || ending == "opf")
        {
            texts.insert(name.clone(), std::io::read_to_string(&mut file).unwrap());
        }
        files.insert(name);
    }
    let parse = |name: &Path| {
        let options = roxmltree::ParsingOptions {
            allow_dtd: true,
            ..Default::default()
        };
        roxmltree::Document::parse_with_options(&texts[name], options)
            .unwrap_or_else(|error| panic!("{}：{error}", name.display()))
    };

    // The package names every file but itself, and knows what is in it.
    let package = parse(Path::new("EPUB/package.opf"));
    let mut named = BTreeSet::new();
    for item in package
        .descendants()
        .filter(|node| node.has_tag_name("item"))
    {
        let file = Path::new("EPUB").join(item.attribute("href").unwrap());
        if let Some(text) = texts.get(&file) {
            let properties = item.attribute("properties").unwrap_or_default();
            assert_eq!(
                properties.contains("mathml"),
                text.contains("<math "),
                "{}",
                file.display()
            );
            assert_eq!(
                properties.contains("svg"),
                text.contains("<svg "),
                "{}",
                file.display()
            );
        }
        named.insert(file);
    }
    for outside in ["mimetype", "META-INF/container.xml", "EPUB/package.opf"] {
        assert!(files.remove(Path::new(outside)), "没有 {outside}");
    }
    assert_eq!(named, files);

    let mut anchors: BTreeMap<&Path, BTreeSet<String>> = BTreeMap::new();
    for name in texts.keys() {
        let ids = parse(name);
        let ids = ids.descendants().filter_map(|node| node.attribute("id"));
        anchors.insert(name, ids.map(str::to_string).collect());
    }
    let mut links = 0;
    for name in texts.keys() {
        for node in parse(name).descendants() {
            let Some(address) = node.attribute("href").or(node.attribute("src")) else {
                continue;
            };
            if address.contains("://") {
                continue;
            }
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if path.is_empty() {
                name.clone()
            } else {
                normalise(&name.parent().unwrap().join(path))
            };
            assert!(
                files.contains(&target) || target == *name,
                "{}：{address}",
                name.display()
            );
            assert!(
                anchor.is_empty() || anchors[target.as_path()].contains(anchor),
                "{}：{address}",
                name.display()
            );
            links += 1;
        }
    }
    assert!(links > 1000, "只有 {links} 个链接");
}
