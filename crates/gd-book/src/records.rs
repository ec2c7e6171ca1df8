//! The book's data files (literature, glossary): TOML in which every table is one record.
//!
//! toml's own messages are English and know nothing of the book, so fields are looked at here.

use crate::directive::line_of;
use crate::problem::{Problem, nearest};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// One table of a data file.
#[derive(Debug)]
pub struct Record {
    /// The name of the table.
    pub key: String,
    /// The line of its head.
    pub line: usize,
    page: String,
    fields: BTreeMap<String, (usize, Field)>,
}

#[derive(Debug)]
enum Field {
    Text(String),
    Number(i64),
    List(Vec<String>),
}

/// The records of a file, in its order. `page` names it in problems, `known` are the fields that a
/// record may have. What is wrong is added to `problems`, and the record kept as far as it is read.
pub fn read(page: &str, text: &str, known: &[&str], problems: &mut Vec<Problem>) -> Vec<Record> {
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(text, span.start));
            problems.push(Problem::new(
                page,
                line,
                "这个文件不是 TOML",
                format!(
                    "一条写成 [名字]，下面每行一个 字段 = \"文字\"；解析器说：{}",
                    error.message().replace('\n', "；")
                ),
            ));
            return Vec::new();
        }
    };
    let mut records = Vec::new();
    for (key, value) in document.get_ref().iter() {
        let line = line_of(text, key.span().start);
        let DeValue::Table(table) = value.get_ref() else {
            problems.push(Problem::new(
                page,
                line,
                format!("{} 不在任何一条里", key.get_ref()),
                "每条以 [名字] 开头，字段写在它下面。",
            ));
            continue;
        };
        let mut fields = BTreeMap::new();
        for (name, value) in table.iter() {
            let line = line_of(text, name.span().start);
            let name = name.get_ref().as_ref();
            if !known.contains(&name) {
                problems.push(Problem::new(
                    page,
                    line,
                    format!("没有名为 {name} 的字段"),
                    format!(
                        "{}可用的有 {}。",
                        nearest(name, known.iter().copied()),
                        known.join("、")
                    ),
                ));
                continue;
            }
            match field(value.get_ref()) {
                Some(field) => {
                    fields.insert(name.to_string(), (line, field));
                }
                None => problems.push(Problem::new(
                    page,
                    line,
                    format!("{name} 的值读不懂"),
                    "值是 \"文字\"、整数或 [\"文字\", \"文字\"]。",
                )),
            }
        }
        records.push(Record {
            key: key.get_ref().to_string(),
            line,
            page: page.to_string(),
            fields,
        });
    }
    records.sort_by_key(|record| record.line);
    records
}

fn field(value: &DeValue<'_>) -> Option<Field> {
    match value {
        DeValue::String(text) => Some(Field::Text(text.to_string())),
        DeValue::Integer(number) => number.as_str().parse().ok().map(Field::Number),
        DeValue::Array(items) => items
            .iter()
            .map(|item| item.get_ref().as_str().map(str::to_string))
            .collect::<Option<Vec<_>>>()
            .map(Field::List),
        _ => None,
    }
}

impl Record {
    /// A problem with this record.
    pub fn problem(&self, message: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::new(&self.page, self.line, message, hint)
    }

    /// A problem with one of its fields.
    pub fn problem_in(
        &self,
        field: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Problem {
        let line = self.fields.get(field).map_or(self.line, |(line, _)| *line);
        Problem::new(&self.page, line, message, hint)
    }

    /// A text that must be there; empty after a problem.
    pub fn text(&self, field: &str, problems: &mut Vec<Problem>) -> String {
        match self.optional_text(field, problems) {
            Some(text) => text,
            None => {
                if !self.fields.contains_key(field) {
                    problems.push(self.missing(field, "\"文字\""));
                }
                String::new()
            }
        }
    }

    /// A text that may be there, but not empty.
    pub fn optional_text(&self, field: &str, problems: &mut Vec<Problem>) -> Option<String> {
        match self.fields.get(field)? {
            (_, Field::Text(text)) if !text.trim().is_empty() => Some(text.clone()),
            _ => {
                problems.push(self.problem_in(
                    field,
                    format!("{} 的 {field} 应当是文字，并且不空", self.key),
                    format!("写成 {field} = \"文字\"。"),
                ));
                None
            }
        }
    }

    /// A whole number that must be there; 0 after a problem.
    pub fn number(&self, field: &str, problems: &mut Vec<Problem>) -> i64 {
        match self.fields.get(field) {
            Some((_, Field::Number(number))) => *number,
            Some(_) => {
                problems.push(self.problem_in(
                    field,
                    format!("{} 的 {field} 应当是整数", self.key),
                    format!("写成 {field} = 1964，不加引号。"),
                ));
                0
            }
            None => {
                problems.push(self.missing(field, "1964"));
                0
            }
        }
    }

    /// A list of texts; empty if there is none.
    pub fn list(&self, field: &str, problems: &mut Vec<Problem>) -> Vec<String> {
        match self.fields.get(field) {
            Some((_, Field::List(items))) => items.clone(),
            Some(_) => {
                problems.push(self.problem_in(
                    field,
                    format!("{} 的 {field} 应当是一列文字", self.key),
                    format!("写成 {field} = [\"文字\", \"文字\"]。"),
                ));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn missing(&self, field: &str, example: &str) -> Problem {
        self.problem(
            format!("{} 没有 {field}", self.key),
            format!("补上一行 {field} = {example}。"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_keep_the_order_of_the_file_and_their_lines() {
        let text =
            "# 注\n[b-x]\nname = \"乙\"\nyear = 1964\n\n[a]\nname = \"甲\"\nmore = [\"丙\"]\n";
        let mut problems = Vec::new();
        let records = read("f", text, &["name", "year", "more"], &mut problems);
        let keys: Vec<(&str, usize)> = records.iter().map(|r| (&*r.key, r.line)).collect();
        assert_eq!(keys, [("b-x", 2), ("a", 6)]);
        assert_eq!(records[0].text("name", &mut problems), "乙");
        assert_eq!(records[0].number("year", &mut problems), 1964);
        assert_eq!(records[1].list("more", &mut problems), ["丙"]);
        assert_eq!(problems, []);
    }

    #[test]
    fn what_is_wrong_names_line_and_remedy() {
        for (text, line, said) in [
            ("[a]\nnmae = \"x\"\n", 2, "没有名为 nmae 的字段"),
            ("[a]\n\nname = 3\n", 3, "应当是文字"),
            ("[a]\nname = \"\"\n", 2, "并且不空"),
            ("\n[a]\n", 2, "没有 name"),
            ("[a]\nname = 1.5\n", 2, "读不懂"),
            ("name = \"x\"\n", 1, "不在任何一条里"),
            ("[a]\nname \"x\"\n", 2, "不是 TOML"),
            ("[a]\nname = \"x\"\n[a]\nname = \"y\"\n", 3, "不是 TOML"),
        ] {
            let mut problems = Vec::new();
            for record in read("f", text, &["name"], &mut problems) {
                record.text("name", &mut problems);
            }
            assert!(!problems.is_empty(), "{text:?}");
            assert_eq!(problems[0].line, line, "{text:?}: {}", problems[0]);
            assert!(problems[0].message.contains(said), "{}", problems[0]);
            assert!(!problems[0].hint.is_empty());
        }
    }
}
