//! Puts values, pictures, programs and outputs into the chapters.
//!
//! Two passes: first every chapter is read and its figures, listings and tables numbered, then every
//! directive is replaced. All mistakes of all chapters are collected before the build fails.

use crate::back_matter::BackMatter;
use crate::blocks;
use crate::directive::{self, Directive, Found, Kind};
use crate::exercise;
use crate::figures::Figures;
use crate::formulas::Checker;
use crate::line_breaks;
use crate::listing;
use crate::numbering::{Numbering, relative_link};
use crate::problem::{Problem, Problems, nearest};
use crate::project::Project;
use anyhow::Result;
use gd_figures::text::escape;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What the expanded chapters are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Pages to read.
    Page,
    /// Code blocks for `mdbook test`: no pictures, and the crates named for rustdoc.
    Test,
}

/// Expands a whole book.
pub struct Expander<'a> {
    project: &'a Project,
    figures: &'a Figures,
    purpose: Purpose,
}

impl<'a> Expander<'a> {
    /// An expander over the given figures and values.
    pub fn new(project: &'a Project, figures: &'a Figures, purpose: Purpose) -> Self {
        Self {
            project,
            figures,
            purpose,
        }
    }

    /// Replaces every directive in the book.
    pub fn expand(&self, mut book: Book, formulas: &mut Checker) -> Result<Book> {
        // Line ends of any system, so that an empty line is one everywhere.
        book.for_each_chapter_mut(|chapter| {
            chapter.content = chapter.content.replace("\r\n", "\n")
        });
        let mut problems = Vec::new();
        let mut back = BackMatter::read(self.project, formulas, &mut problems);
        let mut numbering = Numbering::default();
        let mut directives: HashMap<PathBuf, Vec<Found>> = HashMap::new();
        for item in book.iter() {
            let BookItem::Chapter(chapter) = item else {
                continue;
            };
            let Some(path) = &chapter.source_path else {
                continue;
            };
            let page = page_name(path);
            let ranges = formulas.ranges(&chapter.content);
            match directive::find(&page, &chapter.content, &ranges) {
                Ok(found) => {
                    problems.extend(numbering.add_chapter(&page, chapter, &found));
                    problems.extend(back.add_chapter(&page, path, &found));
                    directives.insert(path.clone(), found);
                }
                Err(more) => problems.extend(more),
            }
        }
        Problems(problems).into_result()?;

        // Values and references first, everywhere: the lists at the end show captions of all chapters.
        let mut problems = Vec::new();
        let mut captions = Vec::new();
        let mut blocks: HashMap<PathBuf, Vec<Found>> = HashMap::new();
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = chapter.source_path.clone() else {
                return;
            };
            let page = page_name(&path);
            let pass = Pass {
                expander: self,
                numbering: &numbering,
                back: &back,
                path: &path,
                page: &page,
            };
            problems.extend(blocks::check(self.project, &path, &chapter.content));
            let found = directives.remove(&path).unwrap_or_default();
            let ranges = formulas.ranges(&chapter.content);
            let (text, found) = pass.inline(chapter, &found, &ranges, &mut problems);
            problems.extend(formulas.check(&page, &text));
            captions.extend(found.iter().filter_map(|one| caption_of(&text, one)));
            chapter.content = text;
            blocks.insert(path, found);
        });
        for (kind, name, caption) in &captions {
            back.add_caption(*kind, name, caption);
        }
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = chapter.source_path.clone() else {
                return;
            };
            let pass = Pass {
                expander: self,
                numbering: &numbering,
                back: &back,
                path: &path,
                page: &page_name(&path),
            };
            let found = blocks.remove(&path).unwrap_or_default();
            let expanded = pass.blocks(&chapter.content, &found, &mut problems);
            chapter.content = match self.purpose {
                Purpose::Page => line_breaks::join(&expanded),
                Purpose::Test => name_crates(&expanded),
            };
        });
        formulas.remember()?;
        Problems(problems).into_result()?;
        Ok(book)
    }
}

/// Kind, name and caption of a figure or listing.
fn caption_of(text: &str, found: &Found) -> Option<(Kind, String, String)> {
    let Directive::Block { kind, name, body } = &found.directive else {
        return None;
    };
    let body = &text[body.clone()];
    match kind {
        Kind::Figure => Some((*kind, name.clone(), caption_and_alt(body).0)),
        Kind::Listing => Some((*kind, name.clone(), body.trim().to_string())),
        _ => None,
    }
}

/// The two parts of a figure's body.
fn caption_and_alt(body: &str) -> (String, String) {
    let mut caption = Vec::new();
    let mut alt = Vec::new();
    for text in body.trim().lines() {
        match text.trim().strip_prefix("alt:") {
            Some(first) => alt.push(first.trim()),
            None if alt.is_empty() => caption.push(text.trim()),
            None => alt.push(text.trim()),
        }
    }
    (caption.join("\n"), alt.concat())
}

/// The name of a page in messages.
pub fn page_name(path: &Path) -> String {
    format!("src/{}", path.to_string_lossy().replace('\\', "/"))
}

/// The work on one chapter.
struct Pass<'a> {
    expander: &'a Expander<'a>,
    numbering: &'a Numbering,
    back: &'a BackMatter,
    path: &'a Path,
    page: &'a str,
}

impl Pass<'_> {
    fn problem(&self, line: usize, message: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::new(self.page, line, message, hint)
    }

    /// Replaces values and references, which never hold a line break, so that lines stay what they
    /// are in the author's file. Returns the text and the block directives with their new ranges.
    fn inline(
        &self,
        chapter: &Chapter,
        found: &[Found],
        formulas: &[Range<usize>],
        problems: &mut Vec<Problem>,
    ) -> (String, Vec<Found>) {
        let text = &chapter.content;
        let in_formula = |at: usize| formulas.iter().any(|range| range.contains(&at));
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut cited = BTreeSet::new();
        for one in found {
            let before = &text[..one.range.start];
            let replacement = match &one.directive {
                Directive::Value { key, format } => self.value(one.line, key, format.as_deref()),
                Directive::Ref { kind, name } => self.reference(one.line, *kind, name),
                Directive::Cite { keys, year_only } => self
                    .back
                    .cite(
                        self.path,
                        before,
                        keys,
                        *year_only,
                        &mut cited,
                        self.is_plain(),
                    )
                    .map_err(|(message, hint)| self.problem(one.line, message, hint)),
                Directive::Term { .. } if before.ends_with("**") => Err(self.problem(
                    one.line,
                    "{{term}} 写在粗体里",
                    "术语自己会显眼，外国字不该跟着变粗：去掉两边的 **。",
                )),
                Directive::Term { id } => self
                    .back
                    .term(self.path, id, self.is_plain())
                    .map_err(|(message, hint)| self.problem(one.line, message, hint)),
                Directive::Output { .. }
                | Directive::Exercise { .. }
                | Directive::List { .. }
                | Directive::Block { .. } => {
                    continue;
                }
            };
            match replacement {
                // In LaTeX a bare % starts a comment.
                Ok(new) if in_formula(one.range.start) => {
                    edits.push((one.range.clone(), new.replace('%', "\\%")));
                }
                Ok(new) => edits.push((one.range.clone(), new)),
                Err(problem) => problems.push(problem),
            }
        }
        let (text, moved) = apply(text, &edits);
        let blocks = found
            .iter()
            .filter_map(|one| {
                let directive = match &one.directive {
                    Directive::Block { kind, name, body } => Directive::Block {
                        kind: *kind,
                        name: name.clone(),
                        body: moved(body.start)..moved(body.end),
                    },
                    Directive::Output { .. }
                    | Directive::Exercise { .. }
                    | Directive::List { .. } => one.directive.clone(),
                    Directive::Value { .. }
                    | Directive::Ref { .. }
                    | Directive::Cite { .. }
                    | Directive::Term { .. } => return None,
                };
                let range = moved(one.range.start)..moved(one.range.end);
                Some(Found {
                    range,
                    line: one.line,
                    directive,
                })
            })
            .collect();
        (text, blocks)
    }

    /// Whether links are left out.
    fn is_plain(&self) -> bool {
        self.expander.purpose == Purpose::Test
    }

    fn value(&self, line: usize, key: &str, format: Option<&str>) -> Result<String, Problem> {
        let figures = self.expander.figures;
        let Some(value) = figures.value(key) else {
            return Err(self.problem(
                line,
                format!("没有名为 {key} 的值"),
                format!(
                    "{}全部的键：cargo run -- values。",
                    nearest(key, figures.keys())
                ),
            ));
        };
        value
            .format(format)
            .map_err(|reason| self.problem(line, reason, ""))
    }

    fn reference(&self, line: usize, kind: Kind, name: &str) -> Result<String, Problem> {
        let target = self.numbering.target(kind, name).map_err(|hint| {
            self.problem(
                line,
                format!(
                    "没有名为 {name} 的{}（{}）可以引用",
                    kind.label(),
                    kind.word()
                ),
                hint,
            )
        })?;
        let link = relative_link(self.path, &target.page);
        Ok(match kind {
            Kind::Chapter => format!("[{}]({link})", target.chapter_label()),
            _ if self.is_plain() => {
                format!("{} {}", kind.label(), target.number)
            }
            // Markdown links carry no class, and mdBook turns `.md` into `.html` only in those.
            _ => format!(
                "<a class=\"gd-ref\" href=\"{}#{}\">{} {}</a>",
                link.replace(".md", ".html"),
                target.anchor,
                kind.label(),
                target.number
            ),
        })
    }

    /// Replaces figures, listings, outputs, tables and equations.
    fn blocks(&self, text: &str, blocks: &[Found], problems: &mut Vec<Problem>) -> String {
        let mut edits = Vec::new();
        for one in blocks {
            let line_start = text[..one.range.start].rfind('\n').map_or(0, |at| at + 1);
            if line_start != one.range.start {
                problems.push(self.problem(
                    one.line,
                    format!("{} 不在行首", text[one.range.start..].lines().next().unwrap_or_default()),
                    "图、代码、输出、练习、表、编号公式和各种清单自成一段：前面不能有文字、缩进、列表或引用的记号。",
                ));
                continue;
            }
            let replacement = match &one.directive {
                Directive::Output { name } => self.output(one.line, name),
                Directive::List { list } => Ok(self.back.list(*list, self.path, self.numbering)),
                Directive::Exercise { name } => self.exercise(one.line, name),
                Directive::Block { kind, name, body } => {
                    let body = text[body.clone()].trim();
                    match kind {
                        Kind::Figure => self.figure(one.line, name, body),
                        Kind::Listing => self.listing(one.line, name, body),
                        Kind::Table => self.table(one.line, name, body),
                        Kind::Equation => self.equation(one.line, name, body),
                        Kind::Chapter => unreachable!("chapters are not blocks"),
                    }
                }
                Directive::Value { .. }
                | Directive::Ref { .. }
                | Directive::Cite { .. }
                | Directive::Term { .. } => continue,
            };
            match replacement {
                Ok(new) => edits.push((one.range.clone(), new)),
                Err(problem) => problems.push(problem),
            }
        }
        apply(text, &edits).0
    }

    fn caption(&self, kind: Kind, name: &str, caption: &str) -> String {
        let target = self
            .numbering
            .target(kind, name)
            .expect("numbered in the first pass");
        format!(
            "<span class=\"gd-number\">{} {}</span> {caption}",
            kind.label(),
            target.number
        )
    }

    fn figure(&self, line: usize, name: &str, body: &str) -> Result<String, Problem> {
        let figures = self.expander.figures;
        let Some(picture) = figures.picture(name) else {
            return Err(self.problem(
                line,
                format!("没有名为 {name} 的图"),
                format!(
                    "{}全部的图：cargo run -- figures。",
                    nearest(name, figures.picture_names())
                ),
            ));
        };
        let (caption, alt) = caption_and_alt(body);
        if caption.trim().is_empty() || alt.is_empty() {
            return Err(self.problem(
                line,
                format!("图 {name} 缺少图注或替代文字"),
                "{{figure 名字}} 与 {{/figure}} 之间先写图注，再另起一行写 alt: 图里看得出什么。",
            ));
        }
        if alt.contains(['$', '<', '`', '[', '*', '_']) {
            return Err(self.problem(
                line,
                format!("图 {name} 的替代文字里有公式或标记"),
                "替代文字是念给看不见图的读者听的：只用文字和数字，不用公式、链接、粗体和代码的记号。",
            ));
        }
        if self.is_plain() {
            return Ok(String::new());
        }
        let data = relative_link(self.path, Path::new("figures"));
        Ok(format!(
            "<figure class=\"gd-figure\" id=\"figure-{name}\">\n\
             <div class=\"gd-picture\" role=\"img\" aria-label=\"{alt}\">\
             {wide}{narrow}</div>\n\
             <figcaption>\n\n{caption} \
             <a class=\"gd-data\" href=\"{data}/{name}.csv\" download>数据</a>\n\n\
             </figcaption>\n</figure>\n",
            alt = escape(&alt),
            wide = picture.wide,
            narrow = picture.narrow,
            caption = self.caption(Kind::Figure, name, &caption),
        ))
    }

    fn listing(&self, line: usize, name: &str, caption: &str) -> Result<String, Problem> {
        let program = self.read_listing(line, name, listing::program)?;
        let program = program.trim_end();
        let stem = listing::file_stem(name);
        if caption.is_empty() {
            return Err(self.problem(
                line,
                format!("代码 {name} 缺少说明"),
                "{{listing 名字}} 与 {{/listing}} 之间写一句它做什么。",
            ));
        }
        Ok(format!(
            "<div class=\"gd-listing\" id=\"listing-{name}\">\n\n{caption}\n\n\
             ```rust\n{program}\n```\n\n\
             <p class=\"gd-run\">运行：<code>cargo run --example {stem}</code> 或 \
             <code>rust-script examples/{stem}.rs</code></p>\n</div>\n",
            caption = self.caption(Kind::Listing, name, caption),
        ))
    }

    fn output(&self, line: usize, name: &str) -> Result<String, Problem> {
        let output = self.read_listing(line, name, listing::recorded_output)?;
        Ok(format!(
            "<div class=\"gd-output\">\n\n```text\n{}\n```\n\n</div>\n",
            output.trim_end()
        ))
    }

    fn exercise(&self, line: usize, name: &str) -> Result<String, Problem> {
        let project = self.expander.project;
        let wrong = |error: anyhow::Error| self.problem(line, format!("{error:#}"), "");
        let name = exercise::named(project, name).map_err(wrong)?;
        let title = exercise::title(project, &name).map_err(wrong)?;
        let task = exercise::task(project, &name).map_err(wrong)?;
        let solution = exercise::solution(project, &name).map_err(wrong)?;
        // The chapter that the name begins with.
        let chapter = self
            .numbering
            .names(Kind::Chapter)
            .into_iter()
            .rfind(|chapter| {
                name.strip_prefix(chapter)
                    .is_some_and(|rest| rest.starts_with('-'))
            });
        let chapter = match chapter {
            Some(chapter) => format!("（{}）", self.reference(line, Kind::Chapter, chapter)?),
            None => String::new(),
        };
        Ok(format!(
            "<div class=\"gd-exercise\" id=\"exercise-{name}\">\n\n\
             <span class=\"gd-number\">动手写</span> **{title}**{chapter}\n\n\
             <p class=\"gd-run\">文件：<code>exercises/{stem}.rs</code></p>\n\
             <p class=\"gd-run\">检查：<code>cargo run -- check {name}</code></p>\n\n\
             ```rust\n{task}\n```\n\n\
             <details>\n<summary>解答</summary>\n\n\
             ```rust\n{solution}\n```\n\n</details>\n\n</div>\n",
            stem = listing::file_stem(&name),
        ))
    }

    fn read_listing(
        &self,
        line: usize,
        name: &str,
        read: impl Fn(&Project, &str) -> Result<String>,
    ) -> Result<String, Problem> {
        let project = self.expander.project;
        let known = listing::names(project).unwrap_or_default();
        if !known.iter().any(|one| one == name) {
            return Err(self.problem(
                line,
                format!(
                    "没有名为 {name} 的示例（examples/{}.rs）",
                    listing::file_stem(name)
                ),
                format!(
                    "{}全部示例：{}",
                    nearest(name, known.iter().map(String::as_str)),
                    known.join("、")
                ),
            ));
        }
        read(project, name).map_err(|error| {
            self.problem(
                line,
                format!("{error:#}"),
                "记录输出用 cargo run -- record。",
            )
        })
    }

    fn table(&self, line: usize, name: &str, body: &str) -> Result<String, Problem> {
        let parts = body
            .split_once("\n\n")
            .filter(|(_, rows)| rows.trim().starts_with('|'));
        let Some((caption, rows)) = parts else {
            return Err(self.problem(
                line,
                format!("表 {name} 缺少标题或表体"),
                "{{table 名字}} 之后写一行标题，空一行，再写 Markdown 表格。",
            ));
        };
        Ok(format!(
            "<div class=\"gd-table\" id=\"table-{name}\">\n\n{caption}\n\n{rows}\n\n</div>\n",
            caption = self.caption(Kind::Table, name, caption.trim()),
            rows = rows.trim(),
        ))
    }

    fn equation(&self, line: usize, name: &str, body: &str) -> Result<String, Problem> {
        let is_formula = body.len() > 4 && body.starts_with("$$") && body.ends_with("$$");
        if !is_formula || body.matches("$$").count() != 2 {
            return Err(self.problem(
                line,
                format!("式 {name} 里应当有且只有一个 $$…$$"),
                "说明文字写在 {{/equation}} 之后。",
            ));
        }
        let target = self
            .numbering
            .target(Kind::Equation, name)
            .expect("numbered in the first pass");
        Ok(format!(
            "<div class=\"gd-equation\" id=\"equation-{name}\">\n\n{body}\n\n\
             <span class=\"gd-number\">({})</span>\n</div>\n",
            target.number
        ))
    }
}

/// Applies edits (sorted, not overlapping); also returns how old offsets map to new ones.
fn apply(text: &str, edits: &[(Range<usize>, String)]) -> (String, impl Fn(usize) -> usize) {
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    let mut shifts: Vec<(usize, isize)> = Vec::new();
    for (range, replacement) in edits {
        new.push_str(&text[done..range.start]);
        new.push_str(replacement);
        done = range.end;
        shifts.push((range.end, new.len() as isize - done as isize));
    }
    new.push_str(&text[done..]);
    let moved = move |offset: usize| {
        let shift = shifts
            .iter()
            .take_while(|(end, _)| *end <= offset)
            .last()
            .map_or(0, |s| s.1);
        (offset as isize + shift) as usize
    };
    (new, moved)
}

/// `rustdoc --test` knows the crates of `-L` only by `extern crate`; the reader need not see that.
fn name_crates(text: &str) -> String {
    let mut named = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        named.push_str(line);
        named.push('\n');
        if line.trim_start().starts_with("```rust") {
            let indent = &line[..line.len() - line.trim_start().len()];
            for name in ["gd_core", "ndarray"] {
                let block = lines
                    .clone()
                    .take_while(|line| !line.trim_start().starts_with("```"));
                if block.into_iter().any(|line| line.contains(name)) {
                    named.push_str(&format!("{indent}# extern crate {name};\n"));
                }
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_move_offsets() {
        let edits = [(2..7, "Y".to_string())];
        let (text, moved) = apply("ab{{x}}cd", &edits);
        assert_eq!(text, "abYcd");
        assert_eq!((moved(1), moved(7), moved(8)), (1, 3, 4));
    }

    #[test]
    fn crates_are_named_where_they_are_used() {
        let text = "```rust\nuse gd_core::minimize;\n```\n\n```rust\nlet x = 1;\n```\n";
        let named = name_crates(text);
        assert_eq!(named.matches("extern crate").count(), 1);
        assert!(named.starts_with("```rust\n# extern crate gd_core;\nuse"));
    }
}
