//! The three preprocessors of `book.toml`: `gd` (ours), `mermaid` and `katex`.
//!
//! In our own build they run in this process. Stock mdBook starts `gd-book preprocess NAME` and
//! talks JSON over standard input and output.

use crate::expand::{Expander, Purpose};
use crate::figures::Figures;
use crate::flowchart::Flowcharts;
use crate::formulas::Checker;
use crate::project::Project;
use crate::search_index;
use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_katex::cfg::KatexConfig;
use mdbook_katex::preprocess::{ExtraOpts, Render, get_render_tasks};
use mdbook_katex::render::render;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};
use std::sync::Arc;

/// The preprocessor `gd`: values, figures, listings, numbers, references, line breaks.
pub struct BookPreprocessor {
    project: Project,
    figures: Arc<Figures>,
}

impl Preprocessor for BookPreprocessor {
    fn name(&self) -> &str {
        "gd"
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let purpose = if ctx.renderer == "test" {
            Purpose::Test
        } else {
            Purpose::Page
        };
        let memory = self.project.cache().join("formulas.txt");
        let mut formulas = Checker::new(&ctx.config, &ctx.root, memory)?;
        let book =
            Expander::new(&self.project, &self.figures, purpose).expand(book, &mut formulas)?;
        if purpose == Purpose::Page {
            search_index::write(&self.project, &book, &formulas)?;
        }
        Ok(book)
    }
}

/// mdbook-katex: its scanner finds the formulas, its renderer draws them. In between, what KaTeX
/// returns is guarded against Markdown, which would read the `*`, `_` and `\` in it as its own and
/// so damage the formula's text for screen readers and for copying.
struct Formulas;

impl Formulas {
    fn render(text: &str, options: &(katex::Opts, katex::Opts), extra: &ExtraOpts) -> String {
        let mut page = String::with_capacity(4 * text.len());
        let mut tasks = get_render_tasks(text, "", extra).into_iter().peekable();
        // How much of the next text already stands behind the formula.
        let mut taken = 0;
        while let Some(task) = tasks.next() {
            match task {
                Render::Text(text) => {
                    page.push_str(&text[taken..]);
                    taken = 0;
                }
                Render::InlineTask(formula) => {
                    let html = guard(&render(formula, options.0.clone(), extra.clone(), false));
                    if let Some(Render::Text(next)) = tasks.peek() {
                        taken = leading_punctuation(next);
                        let punctuation = &next[..taken];
                        let opening = trailing_bracket(&page);
                        // A long formula must be free to break.
                        if (taken > 0 || opening > 0) && formula.len() <= LONGEST_GLUED {
                            let bracket = page.split_off(page.len() - opening);
                            page += &format!(
                                "<span class=\"gd-glue\">{bracket}{html}{punctuation}</span>"
                            );
                            continue;
                        }
                        taken = 0;
                    }
                    page.push_str(&html);
                }
                Render::DisplayTask(formula) => {
                    page += &guard(&render(formula, options.1.clone(), extra.clone(), true));
                }
            }
        }
        page
    }
}

/// Longer formulas are not kept on one line with the punctuation behind them, in bytes of LaTeX.
const LONGEST_GLUED: usize = 24;

/// The length in bytes of the punctuation that a text begins with. Browsers keep it from the start
/// of a line after a character, but not after a formula.
fn leading_punctuation(text: &str) -> usize {
    text.find(|c: char| !"，。；：、！？）》”".contains(c))
        .unwrap_or(text.len())
}

/// The length in bytes of the opening bracket or quotation mark that a text ends with.
fn trailing_bracket(text: &str) -> usize {
    text.chars()
        .next_back()
        .filter(|c| "（“《".contains(*c))
        .map_or(0, char::len_utf8)
}

/// Writes what Markdown would take for markup as character references, outside of tags.
fn guard(html: &str) -> String {
    let mut guarded = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '\\' | '*' | '_' | '[' | ']' | '`' | '~' | '|' | '!' if !in_tag => {
                guarded.push_str(&format!("&#{};", c as u32));
                continue;
            }
            _ => {}
        }
        guarded.push(c);
    }
    guarded
}

impl Preprocessor for Formulas {
    fn name(&self) -> &str {
        "katex"
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let settings: KatexConfig = ctx.config.get("preprocessor.katex")?.unwrap_or_default();
        let options = settings.build_opts(&ctx.root);
        let extra = settings.build_extra_opts();
        book.for_each_chapter_mut(|chapter| {
            chapter.content = Formulas::render(&chapter.content, &options, &extra);
        });
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer != "test")
    }
}

/// Replaces the commands of `book.toml` by the same preprocessors in this process.
pub fn install(mdbook: &mut MDBook, project: &Project, figures: &Arc<Figures>) {
    mdbook.with_preprocessor(BookPreprocessor {
        project: project.clone(),
        figures: figures.clone(),
    });
    mdbook.with_preprocessor(Flowcharts);
    mdbook.with_preprocessor(Formulas);
}

/// Serves stock mdBook: `preprocess NAME` reads a book and writes it back, `preprocess NAME
/// supports RENDERER` answers by `Ok(true)` or `Ok(false)`.
pub fn serve_stock_mdbook(arguments: &[String]) -> Result<bool> {
    let (name, rest) = arguments
        .split_first()
        .context("preprocess 之后要有名字：gd、mermaid 或 katex")?;
    let project = Project::find()?;
    let preprocessor: Box<dyn Preprocessor> = match name.as_str() {
        "gd" => {
            // Only a run needs the figures; the question about the renderer must be quick.
            let figures = if rest.is_empty() {
                let _lock = project.lock()?;
                let figures = Figures::load(&project, |progress| eprintln!("{}", progress.line()))?;
                figures.write_files(&project)?;
                Arc::new(figures)
            } else {
                return supports_question(rest).map(|_| true);
            };
            Box::new(BookPreprocessor { project, figures })
        }
        "mermaid" => Box::new(Flowcharts),
        "katex" => Box::new(Formulas),
        other => bail!("没有名为 {other} 的预处理器；有 gd、mermaid 和 katex"),
    };
    if !rest.is_empty() {
        let renderer = supports_question(rest)?;
        return preprocessor.supports_renderer(renderer);
    }
    let (ctx, book) =
        parse_input(std::io::stdin()).context("标准输入不是 mdBook 给预处理器的 JSON")?;
    let book = preprocessor.run(&ctx, book)?;
    serde_json::to_writer(std::io::stdout(), &book)?;
    Ok(true)
}

/// The renderer in `supports RENDERER`.
fn supports_question(rest: &[String]) -> Result<&str> {
    match rest {
        [supports, renderer] if supports == "supports" => Ok(renderer),
        other => bail!(
            "看不懂 {}；预处理器的名字之后只能有 supports 和渲染器的名字",
            other.join(" ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_leaves_a_rendered_formula_alone() {
        let settings = KatexConfig {
            no_css: true,
            ..KatexConfig::default()
        };
        let options = settings.build_opts(".");
        let extra = settings.build_extra_opts();
        let html = Formulas::render("$x^*$，$y_1\\,z^*$，$w[i](t)$", &options, &extra);
        for markup in ["\\,", "^*", "[i]"] {
            assert!(!html.contains(markup), "{html}");
        }
        let html = Formulas::render("由 $x$，得", &options, &extra);
        assert!(html.ends_with("，</span>得"), "{html}");
        let html = Formulas::render("由（$x$）得", &options, &extra);
        assert!(
            html.starts_with("由<span class=\"gd-glue\">（<span"),
            "{html}"
        );
        assert_eq!(
            guard("a<b class=\"x_y\">*</b>"),
            "a<b class=\"x_y\">&#42;</b>"
        );
    }
}
