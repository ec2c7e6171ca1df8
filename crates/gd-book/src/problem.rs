//! What can be wrong with the book, said so that its author can put it right.

use std::fmt;

/// One mistake in the book: where it is, what it is, what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as the author knows it, for instance `src/algorithm/learning-rate.md`.
    pub page: String,
    /// Line in that file, from 1; 0 when the problem belongs to the file as a whole.
    pub line: usize,
    /// What is wrong, in Chinese, with the offending text.
    pub message: String,
    /// What is allowed, or what to do.
    pub hint: String,
}

impl Problem {
    /// A problem at a line of a page.
    pub fn new(
        page: impl Into<String>,
        line: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            page: page.into(),
            line,
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.page)?;
        if self.line > 0 {
            write!(f, "，第 {} 行", self.line)?;
        }
        write!(f, "：{}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n    {}", self.hint)?;
        }
        Ok(())
    }
}

/// All problems of one pass, so that an author sees them at once and not one a build.
#[derive(Debug, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// `Ok` if there are none.
    pub fn into_result(self) -> Result<(), Problems> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "书里有 {} 处要改：", self.0.len())?;
        for problem in &self.0 {
            writeln!(f, "  {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The names nearest to a mistyped one, as a hint: `相近的有 a、b；` or an empty string.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut ranked: Vec<(f64, &str)> = known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let names: Vec<&str> = ranked.into_iter().take(3).map(|(_, name)| name).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("相近的有：{}。", names.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names_come_best_first() {
        let hint = nearest(
            "learning-rate-panel",
            [
                "batches-convergence",
                "learning-rate-panels",
                "learning-rate-steps",
            ],
        );
        assert_eq!(
            hint,
            "相近的有：learning-rate-panels、learning-rate-steps。"
        );
        assert_eq!(nearest("zzz", ["abc"]), "");
    }

    #[test]
    fn a_problem_names_page_line_and_remedy() {
        let problem = Problem::new(
            "src/a.md",
            7,
            "没有名为 x 的图",
            "可用的图见 cargo run -- figures",
        );
        assert_eq!(
            problem.to_string(),
            "src/a.md，第 7 行：没有名为 x 的图\n    可用的图见 cargo run -- figures"
        );
    }
}
