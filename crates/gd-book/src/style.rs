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
    write_if_changed(&project.style(), style.as_bytes())?;
    Ok(())
}
