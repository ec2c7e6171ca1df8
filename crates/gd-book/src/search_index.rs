//! What readers search: the prose of every section, without pictures, programs, outputs and
//! anything of a formula that cannot be typed.
//!
//! mdBook's own index finds no Chinese word, and formulas and pictures fill it with fragments; so
//! it is switched off, and `theme/js/search.js` looks for exact pieces of text in this one.

use crate::directive::markdown_options;
use crate::flowchart::unescape;
use crate::formulas::Checker;
use crate::glossary::Glossary;
use crate::project::{Project, write_if_changed};
use anyhow::Result;
use mdbook_preprocessor::book::{Book, BookItem};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use std::ops::Range;

/// A heading and the prose below it.
#[derive(Debug, Default, PartialEq)]
pub struct Section {
    /// The heading's id on the page; empty for what stands above the first heading.
    pub anchor: String,
    /// The heading.
    pub title: String,
    /// The prose, its pieces parted by single spaces.
    pub text: String,
}

/// Writes the index of an expanded book, its formulas not yet drawn, as a script beside the pages.
pub fn write(project: &Project, book: &Book, formulas: &Checker) -> Result<bool> {
    let mut pages = Vec::new();
    for item in book.iter() {
        let BookItem::Chapter(chapter) = item else {
            continue;
        };
        let Some(path) = &chapter.path else {
            continue;
        };
        let address = path.with_extension("html").to_string_lossy().into_owned();
        let ranges = formulas.ranges(&chapter.content);
        let sections: Vec<Json> = sections(&chapter.content, &ranges)
            .into_iter()
            .map(|section| json!([section.anchor, section.title, section.text]))
            .collect();
        pages.push(json!([address, chapter.name, sections]));
    }
    // Its mistakes have been reported by whoever expanded the book.
    let glossary = Glossary::read(project, &mut Vec::new());
    let terms: Vec<Vec<&str>> = glossary
        .terms()
        .iter()
        .map(|term| {
            let names = [Some(&term.zh), Some(&term.en), term.short.as_ref()];
            let names = names.into_iter().flatten().chain(&term.avoid);
            names.map(String::as_str).collect()
        })
        .collect();
    let index = json!({ "pages": pages, "terms": terms });
    let script = format!("window.gdSearch = {index};\n");
    write_if_changed(&project.search_index(), script.as_bytes())
}

/// The sections of a page, given the ranges of its formulas without their delimiters.
pub fn sections(page: &str, formulas: &[Range<usize>]) -> Vec<Section> {
    let page = with_typeable_formulas(page, formulas);
    let mut sections = vec![Section::default()];
    let mut ids = HashSet::new();
    let mut heading: Option<(Option<String>, String)> = None;
    let mut in_code = false;
    let mut markup = Markup::default();
    for event in Parser::new_ext(&page, markdown_options()) {
        let mut add = |words: &str| match &mut heading {
            Some((_, title)) => title.push_str(words),
            None => {
                let text = &mut sections.last_mut().expect("never empty").text;
                text.push_str(words);
            }
        };
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some((id.map(|id| id.to_string()), String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                let (id, title) = heading.take().expect("a heading that ends has begun");
                let anchor = id.unwrap_or_else(|| unique(anchor(&title), &mut ids));
                sections.push(Section {
                    anchor,
                    title: tidy(&title),
                    text: String::new(),
                });
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) if !in_code && !markup.hides() => add(&words),
            Event::Code(words) if !markup.hides() => add(&words),
            Event::Html(html) | Event::InlineHtml(html) => add(&markup.words(&html)),
            Event::SoftBreak | Event::HardBreak => add(" "),
            Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::HtmlBlock,
            ) => add(" "),
            _ => {}
        }
    }
    for section in &mut sections {
        section.text = tidy(&section.text);
    }
    sections.retain(|section| !section.title.is_empty() || !section.text.is_empty());
    sections
}

/// The page with `2/L` for `$2/L$`, and without the formulas that take more than a keyboard.
fn with_typeable_formulas(page: &str, formulas: &[Range<usize>]) -> String {
    let mut text = String::with_capacity(page.len());
    let mut done = 0;
    for range in formulas {
        text.push_str(page[done..range.start].trim_end_matches('$'));
        let formula = &page[range.clone()];
        let typeable = |c: char| c.is_ascii_alphanumeric() || " +-/=().,".contains(c);
        if formula.chars().all(typeable) {
            text.push_str(formula);
        }
        let rest = &page[range.end..];
        done = page.len() - rest.trim_start_matches('$').len();
    }
    text + &page[done..]
}

/// Reads the words of HTML in pieces, as Markdown hands it over.
#[derive(Default)]
struct Markup {
    /// The element that is being left out, if any.
    hidden: Option<&'static str>,
}

impl Markup {
    /// Pictures, commands, and the buttons that open hints.
    const HIDDEN: [(&'static str, &'static str); 4] = [
        ("<svg", "</svg>"),
        ("<summary", "</summary>"),
        ("<p class=\"gd-run\"", "</p>"),
        ("<a class=\"gd-data\"", "</a>"),
    ];

    fn hides(&self) -> bool {
        self.hidden.is_some()
    }

    /// The words between the tags.
    fn words(&mut self, html: &str) -> String {
        let mut words = String::new();
        let mut rest = html;
        while !rest.is_empty() {
            if let Some(end) = self.hidden {
                match rest.split_once(end) {
                    Some((_, after)) => {
                        self.hidden = None;
                        rest = after;
                    }
                    None => break,
                }
            } else if let Some((_, end)) = Self::HIDDEN
                .iter()
                .find(|(start, _)| rest.starts_with(start))
            {
                self.hidden = Some(end);
            } else if rest.starts_with('<') {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                if !rest.starts_with("<a ") && !rest.starts_with("</a") {
                    words.push(' ');
                }
                rest = &rest[end..];
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                words += &unescape(&rest[..end]);
                rest = &rest[end..];
            }
        }
        words
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id that mdBook gives to a heading.
fn anchor(title: &str) -> String {
    let kept = |c: char| match c {
        _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        _ if c.is_whitespace() => Some('-'),
        _ => None,
    };
    title
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(kept)
        .collect()
}

/// The same with a number behind it if it was there before, as mdBook does.
fn unique(id: String, used: &mut HashSet<String>) -> String {
    let numbered = (1..).map(|n| format!("{id}-{n}"));
    let mut candidates = std::iter::once(id.clone()).chain(numbered);
    candidates
        .find(|candidate| used.insert(candidate.clone()))
        .expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<(String, String)> {
        let start = page.find('$').map_or(0, |at| at + 1);
        let end = page.rfind('$').unwrap_or(0);
        let formulas: Vec<_> = (start < end).then_some(start..end).into_iter().collect();
        sections(page, &formulas)
            .into_iter()
            .map(|section| (section.anchor, section.text))
            .collect()
    }

    #[test]
    fn headings_part_a_page_and_repeated_ones_are_numbered() {
        let page = "# 动量 `lr`\n\n一\n二\n\n## 练习\n\n三\n\n## 练习\n";
        let expected = [("动量-lr", "一 二"), ("练习", "三"), ("练习-1", "")];
        assert_eq!(found(page), expected.map(|(a, t)| (a.into(), t.into())));
    }

    #[test]
    fn only_formulas_that_can_be_typed_are_found() {
        assert_eq!(found("超过 $2/L$ 就发散")[0].1, "超过 2/L 就发散");
        assert_eq!(found("记作 $\\nabla f$，长")[0].1, "记作 ，长");
    }

    #[test]
    fn pictures_programs_and_buttons_are_left_out() {
        let page = "<figure>\n<div><svg><text>轴</text></svg></div>\n<figcaption>\n\n说明 \
                    <a class=\"gd-data\" href=\"x\">数据</a>\n\n</figcaption>\n</figure>\n\n\
                    ```rust\nlet x = 1;\n```\n\n\
                    <p class=\"gd-run\">运行：<code>cargo run</code></p>\n\n\
                    见<a class=\"gd-ref\" href=\"y\">图 1-1</a>。a &amp; b\n";
        assert_eq!(found(page)[0].1, "说明 见图 1-1。a & b");
    }
}
