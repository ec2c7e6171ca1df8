//! The three preprocessors of `book.toml`: `gd` (ours), `mermaid` and `katex`.
//!
//! In our own build they run in this process. Stock mdBook starts `gd-book preprocess NAME` and
//! talks JSON over standard input and output.

use crate::expand::{Expander, Purpose};
use crate::figures::Figures;
use crate::flowchart::Flowcharts;
use crate::formulas::Checker;
use crate::project::Project;
use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_katex::preprocess::KatexProcessor;
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
        Expander::new(&self.project, &self.figures, purpose).expand(book, &mut formulas)
    }
}

/// mdbook-katex, but not for `mdbook test`.
struct Formulas;

impl Preprocessor for Formulas {
    fn name(&self) -> &str {
        "katex"
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        KatexProcessor.run(ctx, book)
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
                let figures = Figures::load(&project, |name| eprintln!("画图 {name}"))?;
                figures.write_files(&project)?;
                Arc::new(figures)
            } else {
                return Ok(true);
            };
            Box::new(BookPreprocessor { project, figures })
        }
        "mermaid" => Box::new(Flowcharts),
        "katex" => Box::new(Formulas),
        other => bail!("没有名为 {other} 的预处理器；有 gd、mermaid 和 katex"),
    };
    match rest {
        [] => {
            let (ctx, book) = parse_input(std::io::stdin())?;
            let book = preprocessor.run(&ctx, book)?;
            serde_json::to_writer(std::io::stdout(), &book)?;
            Ok(true)
        }
        [supports, renderer] if supports == "supports" => preprocessor.supports_renderer(renderer),
        other => bail!("看不懂 preprocess {name} {}", other.join(" ")),
    }
}
