//! From a chapter its listings and figures are found, and back: nothing is an orphan.

use gd_book::directive::{self, Directive, Kind};
use gd_book::glossary::Glossary;
use gd_book::listing;
use gd_book::numbering::chapter_name;
use gd_book::project::{Project, files_below, read_text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Every page with its directives.
fn pages() -> BTreeMap<PathBuf, Vec<Directive>> {
    let project = project();
    let mut pages = BTreeMap::new();
    for file in files_below(&project.src()).unwrap() {
        if file.extension().is_some_and(|ending| ending == "md") && !file.ends_with("SUMMARY.md") {
            let text = read_text(&file).unwrap();
            let found = directive::find(&file.display().to_string(), &text, &[]).unwrap();
            let page = file.strip_prefix(project.src()).unwrap().to_path_buf();
            pages.insert(page, found.into_iter().map(|one| one.directive).collect());
        }
    }
    pages
}

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).unwrap()
}

fn blocks(kind: Kind) -> BTreeSet<String> {
    pages()
        .into_values()
        .flatten()
        .filter_map(|directive| match directive {
            Directive::Block {
                kind: found, name, ..
            } if found == kind => Some(name),
            _ => None,
        })
        .collect()
}

#[test]
fn every_page_is_in_the_summary() {
    let summary = read_text(&project().src().join("SUMMARY.md")).unwrap();
    for page in pages().keys() {
        let name = page.to_string_lossy();
        if name == "404.md" {
            continue;
        }
        assert!(
            summary.contains(&format!("({name})")),
            "SUMMARY.md 里没有 {name}"
        );
    }
}

#[test]
fn every_name_in_the_glossary_is_one_of_gd_core() {
    let mut sources = String::new();
    for file in files_below(&project().root().join("crates/gd-core/src")).unwrap() {
        sources += &read_text(&file).unwrap();
    }
    let is_there = |name: &str| {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        sources.match_indices(name).any(|(at, _)| {
            !is_word(sources[..at].chars().next_back())
                && !is_word(sources[at + name.len()..].chars().next())
        })
    };
    assert!(is_there("Adam") && !is_there("Ada"));
    for term in Glossary::read(&project(), &mut Vec::new()).terms() {
        for name in &term.code {
            assert!(
                is_there(name),
                "{}，第 {} 行：gd-core 里没有 {name}",
                gd_book::glossary::FILE,
                term.line
            );
        }
    }
}

#[test]
fn every_source_of_gd_core_is_in_the_literature() {
    let literature = read_text(&project().root().join(gd_book::references::FILE)).unwrap();
    for file in files_below(&project().root().join("crates/gd-core/src")).unwrap() {
        let text = read_text(&file).unwrap();
        for mark in ["doi:", "arXiv:"] {
            for (at, _) in text.match_indices(mark) {
                let number = text[at + mark.len()..]
                    .split(|c: char| c.is_whitespace() || [',', ';', '”'].contains(&c))
                    .next()
                    .unwrap()
                    .trim_end_matches(['.', ')', ':']);
                assert!(
                    literature.contains(&format!("\"{number}\"")),
                    "{}：{mark}{number} 不在 {} 里",
                    file.display(),
                    gd_book::references::FILE
                );
            }
        }
    }
}

#[test]
fn every_listing_is_shown_with_its_output() {
    let shown = blocks(Kind::Listing);
    let outputs: BTreeSet<String> = pages()
        .into_values()
        .flatten()
        .filter_map(|directive| match directive {
            Directive::Output { name } => Some(name),
            _ => None,
        })
        .collect();
    for name in listing::names(&project()).unwrap() {
        assert!(shown.contains(&name), "没有哪一章用到示例 {name}");
        assert!(outputs.contains(&name), "示例 {name} 的输出没有印在书里");
    }
}

#[test]
fn every_figure_is_shown() {
    let shown = blocks(Kind::Figure);
    for entry in gd_figures::all() {
        if entry.kind == gd_figures::Kind::Figure {
            assert!(
                shown.contains(entry.name),
                "没有哪一章用到图 {}",
                entry.name
            );
        }
    }
}

#[test]
fn every_experiment_has_its_file_and_every_name_begins_with_a_chapter() {
    let chapters: Vec<String> = pages().keys().map(|page| chapter_name(page)).collect();
    let chapter_of = |name: &str| {
        let mut fitting: Vec<&String> = chapters
            .iter()
            .filter(|chapter| {
                name.strip_prefix(chapter.as_str())
                    .is_some_and(|rest| rest.starts_with('-'))
            })
            .collect();
        fitting.sort_by_key(|chapter| chapter.len());
        fitting.last().map(|chapter| chapter.to_string())
    };
    for entry in gd_figures::all() {
        let chapter = chapter_of(entry.name)
            .unwrap_or_else(|| panic!("{} 不以任何一章的名字开头", entry.name));
        let thing = &entry.name[chapter.len() + 1..];
        let file = format!("crates/gd-figures/src/{chapter}/{thing}.rs").replace('-', "_");
        let file = file.replacen("gd_figures", "gd-figures", 1);
        assert!(
            project().root().join(&file).is_file(),
            "{} 应在 {file}",
            entry.name
        );
    }
    for name in listing::names(&project()).unwrap() {
        assert!(
            chapter_of(&name).is_some(),
            "示例 {name} 不以任何一章的名字开头"
        );
    }
    for kind in [Kind::Figure, Kind::Listing, Kind::Table, Kind::Equation] {
        for name in blocks(kind) {
            assert!(
                chapter_of(&name).is_some(),
                "{} {name} 不以任何一章的名字开头",
                kind.word()
            );
            assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{name}：名字只用小写字母和连字符"
            );
        }
    }
}
