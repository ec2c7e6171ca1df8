//! The literature: `src/appendix/references.toml`, one table a source, named author-year.
//!
//! ```toml
//! [kingma-ba-2015]
//! authors = ["Kingma, D. P.", "Ba, J."]
//! year = 2015
//! title = "Adam: A Method for Stochastic Optimization"
//! venue = "ICLR"
//! arxiv = "1412.6980"
//! about = "Adam 的原文。"
//! ```
//!
//! Family names stand before the comma: from them come the key and what the text shows.

use crate::problem::Problem;
use crate::project::{Project, read_text};
use crate::records::{self, Record};
use std::collections::BTreeMap;

/// The file, as authors know it.
pub const FILE: &str = "src/appendix/references.toml";

const FIELDS: [&str; 8] = [
    "authors", "year", "title", "venue", "doi", "arxiv", "url", "about",
];

/// Where a source is found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A DOI, without prefix.
    Doi(String),
    /// An arXiv number.
    Arxiv(String),
    /// Another address that will last.
    Url(String),
}

impl Place {
    /// The address and what to show for it.
    pub fn link(&self) -> (String, String) {
        match self {
            Place::Doi(doi) => (format!("https://doi.org/{doi}"), format!("doi:{doi}")),
            Place::Arxiv(number) => (
                format!("https://arxiv.org/abs/{number}"),
                format!("arXiv:{number}"),
            ),
            Place::Url(url) => {
                let shown = url.trim_start_matches("https://").trim_end_matches('/');
                (url.clone(), shown.to_string())
            }
        }
    }
}

/// One source.
#[derive(Debug, Clone)]
pub struct Reference {
    /// `polyak-1964`
    pub key: String,
    /// Authors, family name before the comma.
    pub authors: Vec<String>,
    /// Year of publication.
    pub year: i64,
    /// Title, in its own language.
    pub title: String,
    /// Journal, conference or publisher, with volume and pages.
    pub venue: String,
    /// At least one.
    pub places: Vec<Place>,
    /// What it is good for, in one Chinese sentence.
    pub about: Option<String>,
}

impl Reference {
    /// “Polyak”, “Kingma 与 Ba”, “Li 等”.
    pub fn short(&self) -> String {
        match self.authors.as_slice() {
            [] => String::new(),
            [one] => family(one).to_string(),
            [one, two] => format!("{} 与 {}", family(one), family(two)),
            [first, ..] => format!("{} 等", family(first)),
        }
    }

    /// Whether a text ends with the authors, so that a citation behind it must not repeat them.
    pub fn is_named_at_the_end_of(&self, text: &str) -> bool {
        let text = text.trim_end();
        match self.authors.as_slice() {
            [] => false,
            [.., last] if self.authors.len() <= 2 => text.ends_with(family(last)),
            [first, ..] => ["等", " 等", "等人", " 等人"]
                .iter()
                .any(|more| text.ends_with(&format!("{}{more}", family(first)))),
        }
    }

    /// Family names first, as the list is sorted; at most six authors, else the first three.
    pub fn names(&self) -> String {
        let shown = if self.authors.len() <= 6 {
            self.authors.len()
        } else {
            3
        };
        let names: Vec<String> = self.authors[..shown]
            .iter()
            .map(|author| author.replacen(',', "", 1))
            .collect();
        let more = if shown < self.authors.len() {
            " 等"
        } else {
            ""
        };
        format!("{}{more}", names.join("、"))
    }
}

fn family(author: &str) -> &str {
    author.split(',').next().unwrap_or_default().trim()
}

/// All sources, sorted by authors and year.
#[derive(Debug, Default)]
pub struct Bibliography {
    entries: Vec<Reference>,
}

impl Bibliography {
    /// Reads the project's file; without one there are no sources.
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
        let mut entries = Vec::new();
        let mut seen: BTreeMap<Place, String> = BTreeMap::new();
        for record in records::read(FILE, text, &FIELDS, problems) {
            let entry = entry(&record, problems);
            for place in &entry.places {
                if let Some(first) = seen.insert(place.clone(), entry.key.clone()) {
                    problems.push(record.problem(
                        format!("{} 和 {first} 是同一篇：{}", entry.key, place.link().1),
                        "留下一条。",
                    ));
                }
            }
            entries.push(entry);
        }
        entries.sort_by_key(|entry| {
            let families: Vec<String> =
                entry.authors.iter().map(|one| plain(family(one))).collect();
            (families, entry.year, entry.key.clone())
        });
        Self { entries }
    }

    /// The source with this key.
    pub fn get(&self, key: &str) -> Option<&Reference> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// All sources, sorted.
    pub fn entries(&self) -> &[Reference] {
        &self.entries
    }
}

fn entry(record: &Record, problems: &mut Vec<Problem>) -> Reference {
    let mut places = Vec::new();
    if let Some(doi) = record.optional_text("doi", problems) {
        let is_doi = doi
            .strip_prefix("10.")
            .and_then(|rest| rest.split_once('/'))
            .is_some_and(|(registrant, name)| {
                registrant.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty()
            });
        if !is_doi {
            problems.push(record.problem_in(
                "doi",
                format!("{doi} 不是 DOI"),
                "只写号码，例如 doi = \"10.1038/323533a0\"。",
            ));
        }
        places.push(Place::Doi(doi));
    }
    if let Some(number) = record.optional_text("arxiv", problems) {
        let is_number = number.split_once('.').is_some_and(|(month, rest)| {
            month.len() == 4
                && (4..=5).contains(&rest.len())
                && (month.to_string() + rest)
                    .bytes()
                    .all(|byte| byte.is_ascii_digit())
        });
        if !is_number {
            problems.push(record.problem_in(
                "arxiv",
                format!("{number} 不是 arXiv 编号"),
                "只写编号，例如 arxiv = \"1412.6980\"。",
            ));
        }
        places.push(Place::Arxiv(number));
    }
    if let Some(url) = record.optional_text("url", problems) {
        if !url.starts_with("https://") || url.contains([' ', '"']) {
            problems.push(record.problem_in(
                "url",
                format!("{url} 不是 https:// 开头的地址"),
                "写一个长期有效的地址：出版社、会议或作者本人的页面。",
            ));
        }
        places.push(Place::Url(url));
    }
    if places.is_empty() {
        problems.push(record.problem(
            format!("{} 没有 doi、arxiv 或 url", record.key),
            "至少写一个，读者才找得到；号码要核对过。",
        ));
    }
    let authors = record.list("authors", problems);
    let year = record.number("year", problems);
    if !(1600..=2100).contains(&year) && year != 0 {
        problems.push(record.problem_in(
            "year",
            format!("{} 的 year 是 {year}", record.key),
            "写四位的出版年份。",
        ));
    }
    let entry = Reference {
        key: record.key.clone(),
        authors,
        year,
        title: record.text("title", problems),
        venue: record.text("venue", problems),
        places,
        about: record.optional_text("about", problems),
    };
    check_key(record, &entry, problems);
    entry
}

fn check_key(record: &Record, entry: &Reference, problems: &mut Vec<Problem>) {
    if entry.authors.iter().any(|author| family(author).is_empty()) || entry.authors.is_empty() {
        problems.push(record.problem_in(
            "authors",
            format!("{} 没有作者", entry.key),
            "写成 authors = [\"Kingma, D. P.\", \"Ba, J.\"]，逗号前面是姓。",
        ));
        return;
    }
    let families: Vec<String> = entry.authors.iter().map(|one| plain(family(one))).collect();
    let expected = match families.as_slice() {
        [one] => format!("{one}-{}", entry.year),
        [one, two] => format!("{one}-{two}-{}", entry.year),
        [first, ..] => format!("{first}-et-al-{}", entry.year),
        [] => unreachable!("checked above"),
    };
    let rest = entry.key.strip_prefix(&expected);
    let is_expected = rest.is_some_and(|rest| {
        rest.is_empty() || (rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_lowercase()))
    });
    if !is_expected && entry.year != 0 {
        problems.push(record.problem(
            format!("{} 应当叫 {expected}", entry.key),
            "名字是作者的姓加年份；同一作者同一年有几篇时，在后面加 a、b。",
        ));
    }
}

/// A family name in lower-case ASCII, with hyphens: the form that keys have.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'a'..='z' | '0'..='9' => Some(c),
            ' ' | '-' => Some('-'),
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => Some('a'),
            'ç' | 'č' | 'ć' => Some('c'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'í' | 'ì' | 'î' | 'ï' => Some('i'),
            'ł' => Some('l'),
            'ñ' | 'ń' => Some('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => Some('o'),
            'š' | 'ś' => Some('s'),
            'ú' | 'ù' | 'û' | 'ü' => Some('u'),
            'ž' => Some('z'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[kingma-ba-2015]\nauthors = [\"Kingma, D. P.\", \"Ba, J.\"]\nyear = 2015\n\
        title = \"Adam\"\nvenue = \"ICLR\"\narxiv = \"1412.6980\"\n";

    #[test]
    fn names_and_order_come_from_the_authors() {
        let text = format!(
            "{GOOD}\n[armijo-1966]\nauthors = [\"Armijo, L.\"]\nyear = 1966\ntitle = \"M\"\n\
             venue = \"P\"\ndoi = \"10.2140/pjm.1966.16.1\"\n\n[more-et-al-1981]\n\
             authors = [\"Moré, J. J.\", \"Garbow, B. S.\", \"Hillstrom, K. E.\"]\nyear = 1981\n\
             title = \"T\"\nvenue = \"ACM\"\ndoi = \"10.1145/355934.355936\"\n"
        );
        let mut problems = Vec::new();
        let all = Bibliography::parse(&text, &mut problems);
        assert_eq!(problems, []);
        let short: Vec<String> = all.entries().iter().map(Reference::short).collect();
        assert_eq!(short, ["Armijo", "Kingma 与 Ba", "Moré 等"]);
        assert_eq!(
            all.get("kingma-ba-2015").unwrap().names(),
            "Kingma D. P.、Ba J."
        );
        let more = all.get("more-et-al-1981").unwrap();
        assert!(more.is_named_at_the_end_of("由 Moré 等人"));
        assert!(!more.is_named_at_the_end_of("那些函数"));
    }

    #[test]
    fn every_source_must_be_findable_and_rightly_named() {
        for (from, to, line, said) in [
            ("arxiv = \"1412.6980\"\n", "", 1, "没有 doi、arxiv 或 url"),
            ("1412.6980", "1412.698", 6, "不是 arXiv 编号"),
            (
                "arxiv = \"1412.6980\"",
                "doi = \"1412.6980\"",
                6,
                "不是 DOI",
            ),
            ("arxiv = \"1412.6980\"", "url = \"http://x\"", 6, "https://"),
            ("year = 2015\n", "", 1, "没有 year"),
            ("year = 2015", "year = 15", 3, "year 是 15"),
            (
                "[kingma-ba-2015]",
                "[kingma-2015]",
                1,
                "应当叫 kingma-ba-2015",
            ),
            ("[\"Kingma, D. P.\", \"Ba, J.\"]", "[]", 2, "没有作者"),
        ] {
            let mut problems = Vec::new();
            Bibliography::parse(&GOOD.replace(from, to), &mut problems);
            assert!(!problems.is_empty(), "{said}");
            assert_eq!(problems[0].line, line, "{}", problems[0]);
            assert!(problems[0].message.contains(said), "{}", problems[0]);
        }
        let mut problems = Vec::new();
        let twice = format!("{GOOD}\n{}", GOOD.replace("2015]", "2015a]"));
        Bibliography::parse(&twice, &mut problems);
        assert!(problems[0].message.contains("同一篇"), "{}", problems[0]);
    }
}
