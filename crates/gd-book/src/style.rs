//! The one style sheet of the pages: what stands in `theme/css/` and the inks of the figures, joined
//! into `theme/style.css`, so that a page waits for one file and not for eight.

use crate::project::{Project, read_text, write_if_changed};
use anyhow::Result;

/// The sheets of `theme/`, in the order of the cascade. The inks of the figures come after them, then
/// the sheet for paper, which looks like the others but holds only there.
const SHEETS: [&str; 4] = [
    "css/mdbook.css",
    "fonts/fonts.css",
    "css/formula-fonts.css",
    "css/katex.css",
];
const PRINT: &str = "css/print.css";
const SHEETS_AFTER_PRINT: [&str; 2] = ["css/page.css", "css/flowchart.css"];

/// Writes the style sheet.
pub fn write(project: &Project) -> Result<()> {
    let theme = project.root().join("theme");
    let read = |sheets: &[&str]| -> Result<String> {
        sheets
            .iter()
            .map(|sheet| read_text(&theme.join(sheet)))
            .collect()
    };
    let style = read(&SHEETS)?
        + &gd_figures::style::theme_css()
        + &format!("@media print {{\n{}}}\n", read(&[PRINT])?)
        + &read(&SHEETS_AFTER_PRINT)?;
    write_if_changed(&project.style(), pack(&style).as_bytes())?;
    Ok(())
}

/// Without comments, indents and empty lines: what is left means the same and travels faster.
fn pack(css: &str) -> String {
    let mut rules = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        rules.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    rules.push_str(rest);
    let lines = rules.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indents_do_not_travel() {
        let css = "/* a */\na {\n    color: red; /* b\n c */\n\n    top: 0;\n}\n";
        assert_eq!(pack(css), "a {\ncolor: red;\ntop: 0;\n}\n");
    }
}
