//! The terms of the book: `src/appendix/glossary.toml`, one table a term.
//!
//! ```toml
//! [learning-rate]
//! group = "算法"
//! zh = "学习率"
//! en = "learning rate"
//! symbol = '$\eta$'
//! code = ["lr"]
//! meaning = "梯度前面的倍数。"
//! avoid = ["学习速率"]
//! ```

use crate::problem::Problem;
use crate::project::{Project, read_text};
use crate::records::{self, Record};
use std::collections::BTreeMap;

/// The file, as authors know it.
pub const FILE: &str = "src/appendix/glossary.toml";

const FIELDS: [&str; 8] = [
    "group", "zh", "en", "short", "symbol", "code", "meaning", "avoid",
];

/// One term.
#[derive(Debug, Clone)]
pub struct Term {
    /// The word in `{{term …}}`.
    pub id: String,
    /// The line of its entry.
    pub line: usize,
    /// The heading it stands under in the glossary.
    pub group: String,
    /// The one Chinese word for it.
    pub zh: String,
    /// The English word.
    pub en: String,
    /// The abbreviation, if it is used: `SGD`.
    pub short: Option<String>,
    /// Markdown with formulas.
    pub symbol: Option<String>,
    /// Names in gd-core.
    pub code: Vec<String>,
    /// What it is, in a sentence or two.
    pub meaning: String,
    /// Chinese words for the same thing that the book does not use.
    pub avoid: Vec<String>,
}

impl Term {
    /// `momentum`, `stochastic gradient descent，SGD`.
    pub fn foreign(&self) -> String {
        match &self.short {
            Some(short) => format!("{}，{short}", self.en),
            None => self.en.clone(),
        }
    }

    /// What stands behind the term where it is introduced; nothing if its name is foreign anyway.
    pub fn parenthesis(&self) -> String {
        if self.en == self.zh {
            String::new()
        } else {
            format!("（{}）", self.foreign())
        }
    }
}

/// All terms, in the order of the file.
#[derive(Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
}

impl Glossary {
    /// Reads the project's file; without one there are no terms.
    pub fn read(project: &Project, problems: &mut Vec<Problem>) -> Self {
        let path = project.root().join(FILE);
        if !path.exists() {
            return Self::default();
        }
        match read_text(&path) {
            Ok(text) => Self::parse(&text, problems),
            Err(error) => {
                problems.push(Problem::new(FILE, 0, format!("{error:#}"), ""));
                Self::default()
            }
        }
    }

    fn parse(text: &str, problems: &mut Vec<Problem>) -> Self {
        let mut terms: Vec<Term> = Vec::new();
        let mut words: BTreeMap<String, String> = BTreeMap::new();
        for record in records::read(FILE, text, &FIELDS, problems) {
            let term = term(&record, problems);
            for word in std::iter::once(&term.zh).chain(&term.avoid) {
                if word.is_empty() {
                    continue;
                }
                if let Some(first) = words.insert(word.clone(), term.id.clone()) {
                    problems.push(record.problem(
                        format!("{word} 在 {first} 和 {} 里都有", term.id),
                        "一个词只属于一条：一件事只用一个说法，两件事不共用一个词。",
                    ));
                }
            }
            terms.push(term);
        }
        Self { terms }
    }

    /// The term with this id.
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// All terms, in the order of the file.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The groups with their terms, in the order of the file.
    pub fn groups(&self) -> Vec<(&str, Vec<&Term>)> {
        let mut groups: Vec<(&str, Vec<&Term>)> = Vec::new();
        for term in &self.terms {
            match groups.iter_mut().find(|(name, _)| *name == term.group) {
                Some((_, terms)) => terms.push(term),
                None => groups.push((&term.group, vec![term])),
            }
        }
        groups
    }
}

fn term(record: &Record, problems: &mut Vec<Problem>) -> Term {
    let id = record.key.clone();
    if !id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        problems.push(record.problem(
            format!("{id} 不能作为术语的名字"),
            "名字只用小写字母和连字符，例如 learning-rate。",
        ));
    }
    let term = Term {
        id,
        line: record.line,
        group: record.text("group", problems),
        zh: record.text("zh", problems),
        en: record.text("en", problems),
        short: record.optional_text("short", problems),
        symbol: record.optional_text("symbol", problems),
        code: record.list("code", problems),
        meaning: record.text("meaning", problems),
        avoid: record.list("avoid", problems),
    };
    if !term.meaning.is_empty() && !term.meaning.ends_with('。') {
        problems.push(record.problem_in(
            "meaning",
            format!("{} 的 meaning 不以句号结尾", term.id),
            "用一两句完整的话说明它。",
        ));
    }
    for (field, text) in [
        ("meaning", term.meaning.as_str()),
        ("symbol", term.symbol.as_deref().unwrap_or_default()),
    ] {
        if text.contains(['|', '\n']) {
            problems.push(record.problem_in(
                field,
                format!("{} 的 {field} 里有竖线或换行", term.id),
                "它要放进表格：绝对值写 \\lvert x\\rvert，范数写 \\lVert x\\rVert。",
            ));
        }
    }
    term
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[learning-rate]\ngroup = \"算法\"\nzh = \"学习率\"\nen = \"learning rate\"\n\
        symbol = '$\\eta$'\nmeaning = \"梯度前面的倍数。\"\navoid = [\"学习速率\"]\n";

    #[test]
    fn terms_stand_in_groups_in_the_order_of_the_file() {
        let text = format!(
            "{GOOD}\n[bowl]\ngroup = \"地貌\"\nzh = \"碗\"\nen = \"bowl\"\nmeaning = \"圆的。\"\n\n\
             [step]\ngroup = \"算法\"\nzh = \"步\"\nen = \"step\"\nshort = \"S\"\nmeaning = \"一次。\"\n"
        );
        let mut problems = Vec::new();
        let glossary = Glossary::parse(&text, &mut problems);
        assert_eq!(problems, []);
        let groups: Vec<(&str, usize)> = glossary
            .groups()
            .into_iter()
            .map(|(name, terms)| (name, terms.len()))
            .collect();
        assert_eq!(groups, [("算法", 2), ("地貌", 1)]);
        assert_eq!(glossary.get("step").unwrap().parenthesis(), "（step，S）");
    }

    #[test]
    fn what_is_wrong_names_line_and_remedy() {
        for (from, to, line, said) in [
            ("[learning-rate]", "[Learning]", 1, "不能作为术语的名字"),
            ("倍数。", "倍数", 6, "不以句号结尾"),
            ("倍数。", "倍|数。", 6, "竖线"),
            ("en = \"learning rate\"\n", "", 1, "没有 en"),
            ("[\"学习速率\"]", "[\"学习率\"]", 1, "都有"),
        ] {
            let mut problems = Vec::new();
            Glossary::parse(&GOOD.replace(from, to), &mut problems);
            assert!(!problems.is_empty(), "{said}");
            assert_eq!(problems[0].line, line, "{}", problems[0]);
            assert!(problems[0].message.contains(said), "{}", problems[0]);
        }
    }
}
