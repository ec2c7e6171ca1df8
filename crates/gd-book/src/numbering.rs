//! Numbers of chapters, figures, listings, tables and equations, from the order in `SUMMARY.md`.

use crate::directive::{Directive, Found, Kind};
use crate::problem::{Problem, nearest};
use mdbook_preprocessor::book::Chapter;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// One thing that can be referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// “3-2”, or “3” for a chapter; letters for the appendices.
    pub number: String,
    /// The page it is on, relative to `src/`.
    pub page: PathBuf,
    /// The anchor on that page; empty for a chapter.
    pub anchor: String,
    /// The chapter's title; empty for other kinds.
    pub title: String,
}

impl Target {
    /// “第 3 章《学习率》”; chapters without a number have only the title. For chapters.
    pub fn chapter_label(&self) -> String {
        let is_numbered = self.number.starts_with(|c: char| ('1'..='9').contains(&c));
        if is_numbered {
            format!("第 {} 章《{}》", self.number, self.title)
        } else {
            format!("《{}》", self.title)
        }
    }
}

/// Every numbered thing of the book.
#[derive(Debug, Default)]
pub struct Numbering {
    targets: HashMap<(Kind, String), Target>,
    appendices: usize,
}

impl Numbering {
    /// Takes in one chapter, in book order, with the directives found in it.
    /// `page` is the name to use in problems.
    pub fn add_chapter(&mut self, page: &str, chapter: &Chapter, found: &[Found]) -> Vec<Problem> {
        let Some(path) = chapter.source_path.as_deref() else {
            return Vec::new();
        };
        let prefix = match &chapter.number {
            Some(number) => number.to_string().trim_end_matches('.').to_string(),
            // Before the numbered chapters there is the preface, after them the appendices.
            None if self.has_numbered_chapter() => {
                self.appendices += 1;
                appendix_letter(self.appendices)
            }
            None => "0".to_string(),
        };
        let mut problems = Vec::new();
        let mut insert = |this: &mut Self, kind: Kind, name: &str, line: usize, target: Target| {
            if let Some(first) = this.targets.get(&(kind, name.to_string())) {
                problems.push(Problem::new(
                    page,
                    line,
                    format!("{} {name} 出现了两次", kind.word()),
                    format!("第一次在 src/{}；一个名字只用一次。", first.page.display()),
                ));
            } else {
                this.targets.insert((kind, name.to_string()), target);
            }
        };
        insert(
            self,
            Kind::Chapter,
            &chapter_name(path),
            0,
            Target {
                number: prefix.clone(),
                page: path.to_path_buf(),
                anchor: String::new(),
                title: chapter.name.clone(),
            },
        );
        let mut counts: HashMap<Kind, usize> = HashMap::new();
        for one in found {
            let Directive::Block { kind, name, .. } = &one.directive else {
                continue;
            };
            let count = counts.entry(*kind).or_default();
            *count += 1;
            let target = Target {
                number: format!("{prefix}-{count}"),
                page: path.to_path_buf(),
                anchor: format!("{}-{name}", kind.word()),
                title: String::new(),
            };
            insert(self, *kind, name, one.line, target);
        }
        problems
    }

    fn has_numbered_chapter(&self) -> bool {
        self.targets.iter().any(|((kind, _), target)| {
            *kind == Kind::Chapter
                && target
                    .number
                    .starts_with(|c: char| ('1'..='9').contains(&c))
        })
    }

    /// Looks a target up; the error is a hint that lists the nearest names.
    pub fn target(&self, kind: Kind, name: &str) -> Result<&Target, String> {
        self.targets
            .get(&(kind, name.to_string()))
            .ok_or_else(|| nearest(name, self.names(kind)))
    }

    /// All names of a kind, sorted.
    pub fn names(&self, kind: Kind) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .targets
            .keys()
            .filter(|(other, _)| *other == kind)
            .map(|(_, name)| name.as_str())
            .collect();
        names.sort();
        names
    }
}

/// The key of a chapter: the name of its file, or of its folder for a `README.md`.
pub fn chapter_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match path.parent().and_then(Path::file_name) {
        Some(folder) if stem == "README" => folder.to_string_lossy().into_owned(),
        _ => stem.into_owned(),
    }
}

/// A, B, … Z, AA, AB, ….
fn appendix_letter(count: usize) -> String {
    let last = char::from(b'A' + ((count - 1) % 26) as u8);
    match (count - 1) / 26 {
        0 => last.to_string(),
        more => appendix_letter(more) + &last.to_string(),
    }
}

/// The relative address from one page to another, in Markdown (`.md`) terms.
pub fn relative_link(from: &Path, to: &Path) -> String {
    let depth = from.components().count().saturating_sub(1);
    let to = to.to_string_lossy().replace('\\', "/");
    format!("{}{to}", "../".repeat(depth))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directive;
    use mdbook_preprocessor::book::SectionNumber;

    fn chapter(name: &str, path: &str, number: Option<u32>) -> Chapter {
        let mut chapter = Chapter::new(name, String::new(), path, Vec::new());
        chapter.number = number.map(|n| SectionNumber::new([n]));
        chapter
    }

    #[test]
    fn numbers_follow_the_summary() {
        let text =
            "{{figure a-x}}\n{{/figure}}\n{{table a-y}}\n{{/table}}\n{{figure a-z}}\n{{/figure}}\n";
        let found = directive::find("a", text, &[]).unwrap();
        let mut numbering = Numbering::default();
        assert_eq!(
            numbering.add_chapter("src/p.md", &chapter("前言", "p.md", None), &[]),
            []
        );
        assert_eq!(
            numbering.add_chapter("src/x/a.md", &chapter("甲", "x/a.md", Some(3)), &found),
            []
        );
        numbering.add_chapter("src/e.md", &chapter("勘误", "e.md", None), &[]);
        assert_eq!(numbering.target(Kind::Figure, "a-z").unwrap().number, "3-2");
        assert_eq!(numbering.target(Kind::Table, "a-y").unwrap().number, "3-1");
        assert_eq!(numbering.target(Kind::Chapter, "a").unwrap().title, "甲");
        assert_eq!(numbering.target(Kind::Chapter, "e").unwrap().number, "A");
        assert!(
            numbering
                .target(Kind::Figure, "a-zz")
                .unwrap_err()
                .contains("a-z")
        );
    }

    #[test]
    fn a_name_used_twice_is_a_problem() {
        let found = directive::find(
            "a",
            "{{figure a}}\n{{/figure}}\n{{figure a}}\n{{/figure}}\n",
            &[],
        )
        .unwrap();
        let problems =
            Numbering::default().add_chapter("src/a.md", &chapter("甲", "a.md", Some(1)), &found);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, 3);
    }

    #[test]
    fn links_climb_out_of_the_folder_of_the_page() {
        assert_eq!(
            relative_link(Path::new("x/a.md"), Path::new("y/b.md")),
            "../y/b.md"
        );
        assert_eq!(
            relative_link(Path::new("a.md"), Path::new("y/b.md")),
            "y/b.md"
        );
    }
}
