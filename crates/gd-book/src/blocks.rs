//! Checks of code fences and includes, before mdBook reads them: it would misread the former and
//! only warn about the latter.

use crate::directive::{code_ranges, line_of, markdown_options};
use crate::expand::page_name;
use crate::problem::Problem;
use crate::project::Project;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use std::path::{Component, Path, PathBuf};

/// Folders whose files may be included: the build looks at changes in them.
const INCLUDABLE: [&str; 4] = ["src", "examples", "theme", "crates"];

/// Everything wrong with the fences and includes of the page at `path` (relative to `src/`).
pub fn check(project: &Project, path: &Path, text: &str) -> Vec<Problem> {
    let page = page_name(path);
    let mut problems = check_fences(&page, text);
    let code = code_ranges(text);
    for (start, _) in text.match_indices("{{#") {
        if text[..start].ends_with('\\') {
            continue;
        }
        let line = line_of(text, start);
        let block = code.iter().find(|range| range.contains(&start));
        // In inline code it is only talked about.
        if block.is_some_and(|range| !text[range.clone()].contains('\n')) {
            continue;
        }
        if let Err((message, hint)) = check_include(project, path, &text[start..], block.is_some())
        {
            problems.push(Problem::new(&page, line, message, hint));
        }
    }
    problems
}

/// Code blocks that would be taken for Rust, that never end, or that say nothing to the blind.
fn check_fences(page: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(kind)) = event else {
            continue;
        };
        let mut problem = |message: &str, hint: &str| {
            problems.push(Problem::new(
                page,
                line_of(text, range.start),
                message,
                hint,
            ));
        };
        let block = text[range.clone()].trim_end();
        match kind {
            CodeBlockKind::Indented => problem(
                "缩进的代码块",
                "四个空格开头的行会被当作 Rust 程序；用 ``` 围栏，并写明语言。",
            ),
            CodeBlockKind::Fenced(language) => {
                if language.is_empty() {
                    problem(
                        "代码围栏没有写语言",
                        "没有语言的围栏会被当作 Rust 程序；写 ```rust、```text、```console 等。",
                    );
                }
                let last = block.lines().next_back().unwrap_or_default();
                let last = last.trim_start_matches([' ', '>']);
                if block.lines().count() < 2
                    || !(last.starts_with("```") || last.starts_with("~~~"))
                {
                    problem("代码围栏没有结束", "在代码块后面另起一行写 ```。");
                }
                if &*language == "mermaid" && !block.contains("accDescr:") {
                    problem(
                        "流程图缺少一行 accDescr:",
                        "看不见图的读者靠它知道流程图画的是什么：accDescr: 先……，然后……。",
                    );
                }
            }
        }
    }
    problems
}

/// One `{{#include FILE:PART}}`.
fn check_include(
    project: &Project,
    page: &Path,
    text: &str,
    in_block: bool,
) -> Result<(), (String, String)> {
    let line = text.lines().next().unwrap_or_default();
    let Some(inner) = line[3..].split_once("}}").map(|(inner, _)| inner) else {
        return Err((format!("{line} 没有写完"), "在同一行里补上 }}。".into()));
    };
    let words: Vec<&str> = inner.split_whitespace().collect();
    let ["include" | "rustdoc_include" | "playground", target] = words.as_slice() else {
        return Err((
            format!("看不懂 {{{{#{inner}}}}}"),
            "写法是 {{#include 文件}}、{{#include 文件:行:行}} 或 {{#include 文件:锚点}}。".into(),
        ));
    };
    if !in_block {
        return Err((
            format!("{{{{#{inner}}}}} 不在代码块里"),
            "包含进来的正文不会经过检查；只能在 ``` 代码块里包含文件。".into(),
        ));
    }
    let (file, part) = target.split_once(':').unwrap_or((target, ""));
    let folder = project.src().join(page.parent().unwrap_or(Path::new("")));
    let found = normalise(&folder.join(file));
    let is_inside = INCLUDABLE
        .iter()
        .any(|folder| found.starts_with(project.root().join(folder)));
    if !is_inside {
        return Err((
            format!("要包含的文件 {file} 不在 {} 里", INCLUDABLE.join("、")),
            "别处的文件变了，书不会知道要重建。".into(),
        ));
    }
    let Ok(content) = std::fs::read_to_string(&found) else {
        return Err((
            format!("要包含的文件 {file} 不存在，或者不是文字"),
            "路径从这一页所在的目录算起。".into(),
        ));
    };
    if part_is_there(&content, part) {
        Ok(())
    } else {
        Err((
            format!("{file} 里没有 {part} 这一段"),
            "行号要在文件之内、先小后大；锚点要有 ANCHOR: 名字 和 ANCHOR_END: 名字 两行。".into(),
        ))
    }
}

/// Whether `""`, `3`, `3:`, `:5`, `3:5` or an anchor names a non-empty part.
fn part_is_there(content: &str, part: &str) -> bool {
    if part.is_empty() {
        return !content.is_empty();
    }
    let lines = content.lines().count();
    let (first, last) = part.split_once(':').unwrap_or((part, part));
    let number = |text: &str, empty: usize| {
        if text.is_empty() {
            Some(empty)
        } else {
            text.parse::<usize>().ok()
        }
    };
    match (number(first, 1), number(last, lines)) {
        (Some(first), Some(last)) => 1 <= first && first <= last && last <= lines,
        _ => ["ANCHOR:", "ANCHOR_END:"].iter().all(|mark| {
            content.lines().any(|line| {
                line.split_once(mark)
                    .is_some_and(|(_, name)| name.split_whitespace().next() == Some(part))
            })
        }),
    }
}

/// The path without `.` and `..`, as far as that is possible without looking at the disk.
fn normalise(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            Component::CurDir => {}
            other => parts.push(other),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_lines_or_anchors() {
        let content = "a\n// ANCHOR: ab\nb\n// ANCHOR_END: ab\n";
        for good in ["", "2", "2:3", ":3", "2:", "ab"] {
            assert!(part_is_there(content, good), "{good}");
        }
        for bad in ["0", "9", "3:2", "2:9", "a", "abc", "-3"] {
            assert!(!part_is_there(content, bad), "{bad}");
        }
    }

    #[test]
    fn a_fence_that_never_ends_is_found() {
        let problems = check_fences("p", "一\n\n```text\nx\n\n## 二\n");
        assert_eq!((problems.len(), problems[0].line), (1, 3));
        assert_eq!(
            check_fences(
                "p",
                "- 一\n\n  ```text\n  x\n  ```\n\n> ```text\n> y\n> ```\n"
            ),
            []
        );
    }
}
