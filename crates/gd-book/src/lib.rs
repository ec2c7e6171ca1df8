//! The one binary of the book: it builds, serves, tests and checks it.
//!
//! What happens to a chapter, in order:
//!
//! 1. [`directive`] finds `{{value …}}`, `{{ref …}}`, `{{figure …}}` and their like, with their lines;
//! 2. [`numbering`] gives each figure, listing, table and equation its number from the order in `SUMMARY.md`;
//! 3. [`expand`] puts in the computed values, pictures, programs and recorded outputs, and joins
//!    Chinese lines ([`line_breaks`]); [`back_matter`] links citations and terms and lists them,
//!    from the data files of [`references`] and [`glossary`], which [`records`] reads;
//! 4. [`blocks`] looks at fences and includes, and [`formulas`] lets KaTeX read every formula and finds a stray `$`, before anything is rendered;
//! 5. mdBook's own `links`, then [`flowchart`] (mdbook-mermaid finds, merman draws) and mdbook-katex.
//!
//! Steps 1–4 are the preprocessor `gd` ([`preprocess`]). [`site`] runs all of it in one process and
//! replaces `book/` only when everything went well; stock `mdbook build` and `mdbook test` reach the
//! same code through the `command` lines of `book.toml`.
//!
//! Whatever is wrong with the book is a [`problem::Problem`]: page, line, what, and what to do.

/// Prints a line. Whoever reads it may have closed the pipe (`cargo run | head`); that is no error.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($text)*);
    }};
}

pub mod back_matter;
pub mod blocks;
pub mod cli;
pub mod directive;
pub mod doctest;
pub mod exercise;
pub mod expand;
pub mod figures;
pub mod flowchart;
pub mod formulas;
pub mod glossary;
pub mod line_breaks;
pub mod listing;
pub mod numbering;
pub mod preprocess;
pub mod problem;
pub mod project;
pub mod records;
pub mod references;
pub mod search_index;
pub mod serve;
pub mod site;
pub mod sources;
