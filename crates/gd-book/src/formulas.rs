//! Finds formulas that KaTeX would reject, and the stray `$` that would ruin the rest of a page.
//!
//! mdbook-katex only warns about a bad formula, and pairs dollar signs over any distance. So each
//! page is read here first, with mdbook-katex's own scanner, and judged.

use crate::directive::{code_ranges, line_of};
use crate::line_breaks::{is_full_width_punctuation, is_han};
use crate::problem::Problem;
use anyhow::Result;
use mdbook_katex::cfg::KatexConfig;
use mdbook_katex::preprocess::{ExtraOpts, Render, get_render_tasks};
use mdbook_preprocessor::config::Config;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A reader of formulas that remembers which ones KaTeX accepted, over runs.
pub struct Checker {
    inline: katex::Opts,
    display: katex::Opts,
    delimiters: ExtraOpts,
    accepted: HashSet<u64>,
    memory: PathBuf,
    learned: bool,
}

impl Checker {
    /// A checker with the book's KaTeX settings; `memory` is the file it remembers in.
    pub fn new(config: &Config, root: &Path, memory: PathBuf) -> Result<Self> {
        let settings: KatexConfig = config.get("preprocessor.katex")?.unwrap_or_default();
        let (inline, display) = settings.build_opts(root);
        let accepted = std::fs::read_to_string(&memory)
            .unwrap_or_default()
            .lines()
            .filter_map(|line| line.parse().ok())
            .collect();
        Ok(Self {
            inline,
            display,
            delimiters: settings.build_extra_opts(),
            accepted,
            memory,
            learned: false,
        })
    }

    /// The byte ranges of the formulas of a page, without their delimiters.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.tasks(text)
            .into_iter()
            .filter_map(|task| match task {
                Render::Text(_) => None,
                Render::InlineTask(formula) | Render::DisplayTask(formula) => {
                    Some(range_within(text, formula))
                }
            })
            .collect()
    }

    fn tasks<'a>(&self, text: &'a str) -> Vec<Render<'a>> {
        get_render_tasks(text, "", &self.delimiters)
    }

    /// Everything wrong with the formulas of one page.
    pub fn check(&mut self, page: &str, text: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let code = code_ranges(text);
        let tasks = self.tasks(text);
        for task in &tasks {
            let (formula, display) = match task {
                Render::Text(_) => continue,
                Render::InlineTask(formula) => (*formula, false),
                Render::DisplayTask(formula) => (*formula, true),
            };
            let range = range_within(text, formula);
            let line = line_of(text, range.start);
            let neighbours = neighbours(text, &range, display);
            if let Some(reason) = suspicious(formula, display).or(neighbours) {
                problems.push(Problem::new(
                    page,
                    line,
                    format!(
                        "多余的 $，或者公式没有写完：{reason}，在“{}”",
                        excerpt(formula)
                    ),
                    "公式写成 $…$ 或 $$…$$；正文里的美元符号写成 \\$；公式里的汉字放进 \\text{…}。",
                ));
                // After one stray $ every later pairing is off by one: more reports would mislead.
                return problems;
            }
            if code
                .iter()
                .any(|block| block.start < range.start && range.end < block.end)
            {
                problems.push(Problem::new(
                    page,
                    line,
                    format!("代码块里的 $ 会被当作公式：“{}”", excerpt(formula)),
                    "代码块用 ``` 围起来，不要用 ~~~ 或缩进。",
                ));
                continue;
            }
            if let Err(reason) = self.accepts(formula, display) {
                problems.push(Problem::new(
                    page,
                    line,
                    format!("KaTeX 不接受公式“{}”", excerpt(formula)),
                    reason,
                ));
            }
        }
        if let Some(offset) = unclosed(text, &tasks, &code) {
            problems.push(Problem::new(
                page,
                line_of(text, offset),
                "多余的 $：到页尾也没有与它配对的另一个",
                "公式写成 $…$ 或 $$…$$；正文里的美元符号写成 \\$。",
            ));
        }
        problems
    }

    fn accepts(&mut self, formula: &str, display: bool) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        (formula, display, katex::KATEX_VERSION).hash(&mut hasher);
        let key = hasher.finish();
        if self.accepted.contains(&key) {
            return Ok(());
        }
        let options = if display { &self.display } else { &self.inline };
        match katex::render_with_opts(formula, options) {
            Ok(_) => {
                self.accepted.insert(key);
                self.learned = true;
                Ok(())
            }
            Err(error) => {
                let text = error.to_string();
                let reason = text.split("KaTeX parse error:").nth(1).unwrap_or(&text);
                let reason = reason.lines().next().unwrap_or_default();
                // The message comes in Rust's debug notation, with the spot underlined.
                let reason = reason.replace("\\u{332}", "").replace("\\\\", "\\");
                Err(format!(
                    "KaTeX 说：{}",
                    reason.trim().trim_end_matches([')', '"'])
                ))
            }
        }
    }

    /// Writes down what was learned, for the next run.
    pub fn remember(&self) -> Result<()> {
        if self.learned {
            let mut lines: Vec<String> = self.accepted.iter().map(u64::to_string).collect();
            lines.sort();
            crate::project::write_if_changed(&self.memory, lines.join("\n").as_bytes())?;
        }
        Ok(())
    }
}

fn range_within(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// Why this is hardly a formula.
fn suspicious(formula: &str, display: bool) -> Option<&'static str> {
    if formula.trim().is_empty() {
        return Some("里面是空的");
    }
    if formula.contains("\n\n") || formula.contains("\r\n\r\n") {
        return Some("它跨过了空行");
    }
    if !display && (formula.starts_with([' ', '\n']) || formula.ends_with([' ', '\n'])) {
        return Some("$ 的内侧有空格");
    }
    if outside_text(formula).any(|c| is_han(c) || is_full_width_punctuation(c)) {
        return Some("里面有汉字或全角标点");
    }
    let mut before = ' ';
    for c in formula.chars() {
        if c == '%' && before != '\\' {
            return Some("% 之后的部分会被当作注释丢掉（写成 \\%）");
        }
        before = c;
    }
    None
}

/// Prices look like this: `5$/kg and 6$`. A formula stands beside Chinese, spaces or punctuation.
fn neighbours(text: &str, range: &Range<usize>, display: bool) -> Option<&'static str> {
    if display {
        return None;
    }
    let before = text[..range.start - 1].chars().next_back();
    let after = text[range.end + 1..].chars().next();
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    (is_word(before) || is_word(after)).then_some("$ 的外侧紧挨着字母或数字")
}

/// The characters of a formula that are not inside `\text{…}`.
fn outside_text(formula: &str) -> impl Iterator<Item = char> {
    let mut outside = String::new();
    let mut rest = formula;
    while let Some(start) = rest.find("\\text") {
        outside.push_str(&rest[..start]);
        let tail = &rest[start..];
        // `\textstyle` and its like take no argument.
        if tail[5..].starts_with(|c: char| c.is_ascii_alphabetic()) && !tail.starts_with("\\textbf")
        {
            rest = &tail[5..];
            continue;
        }
        let Some(open) = tail.find('{') else { break };
        let mut depth = 0_usize;
        let mut end = tail.len();
        for (at, c) in tail[open..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                end = open + at + 1;
                break;
            }
        }
        rest = &tail[end..];
    }
    outside.push_str(rest);
    outside.chars().collect::<Vec<_>>().into_iter()
}

/// The offset of a `$` that opens a formula which never ends: the scanner leaves it, and all that
/// follows, as plain text.
fn unclosed(text: &str, tasks: &[Render<'_>], code: &[Range<usize>]) -> Option<usize> {
    let Some(Render::Text(last)) = tasks.last() else {
        return None;
    };
    let start = range_within(text, last).start;
    last.match_indices('$')
        .map(|(at, _)| start + at)
        .find(|&at| !text[..at].ends_with('\\') && !code.iter().any(|range| range.contains(&at)))
}

fn excerpt(formula: &str) -> String {
    let one_line = formula.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = one_line.chars().take(40).collect();
    if short.len() < one_line.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<Problem> {
        let mut checker = Checker::new(
            &Config::default(),
            Path::new("."),
            PathBuf::from("/nonexistent/x"),
        )
        .unwrap();
        checker.check("src/p.md", text)
    }

    #[test]
    fn good_formulas_pass() {
        let text = "设 $x_t = (1-2\\eta)^t x_0$，则\n\n$$\n\\text{损失} = \\frac1n \\sum_i e_i^2\n$$\n\n价格 \\$5，代码 `$x`。\n\n```text\necho $HOME\n```\n";
        assert_eq!(problems(text), []);
    }

    #[test]
    fn a_rejected_formula_names_its_line() {
        let found = problems("一\n\n二 $\\frac{1}{$ 三\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 3);
        assert!(found[0].message.contains("KaTeX 不接受"), "{}", found[0]);
    }

    #[test]
    fn a_stray_dollar_is_found_wherever_it_stands() {
        for (text, line) in [
            ("只有一个 $ 号\n", 1),
            ("价格 5$ 一斤\n\n而 $x$ 是变量\n", 1),
            ("先有 $x$\n\n后有 $ 号\n", 3),
            ("$$\nx\n\n正文 $y$ 正文\n", 1),
            ("Price 5$/kg and 6$/kg\n", 1),
            ("一\n\n$a % b$\n", 3),
        ] {
            let found = problems(text);
            assert_eq!(found.len(), 1, "{text:?}: {found:?}");
            assert_eq!(found[0].line, line, "{text:?}");
            assert!(found[0].message.contains('$'));
        }
    }
}
