//! The `{{…}}` of the book's Markdown.
//!
//! | written | becomes |
//! |---|---|
//! | `{{value KEY}}`, `{{value KEY .4}}` | a computed value, with a format |
//! | `{{ref KIND NAME}}` | “图 3-2” with a link; KIND is `figure`, `listing`, `table`, `equation` or `chapter` |
//! | `{{figure NAME}}` … `{{/figure}}` | the picture; between them the caption and a line `alt: …` |
//! | `{{listing NAME}}` … `{{/listing}}` | the program `examples/NAME.rs`; between them the caption |
//! | `{{output NAME}}` | what that program printed, as recorded |
//! | `{{exercise NAME}}` | the exercise `exercises/NAME.rs` with its command and its solution |
//! | `{{table NAME}}` … `{{/table}}` | a numbered table: a caption paragraph, then the Markdown table |
//! | `{{equation NAME}}` … `{{/equation}}` | a numbered display formula |
//! | `{{cite KEY …}}` | “（Kingma 与 Ba，2015）” with a link; `{{cite year KEY …}}` only “（2015）” |
//! | `{{term ID}}` | “动量（momentum）” with a link, where a page first uses the term |
//! | `{{references}}`, `{{glossary}}` | all sources, all terms |
//! | `{{index figures}}`, `{{index listings}}` | all figures, all listings |
//!
//! Code blocks and inline code are left alone, and so is mdBook's own `{{#include …}}`.

use crate::problem::{Problem, nearest};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What can carry a number and be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 图
    Figure,
    /// 代码
    Listing,
    /// 表
    Table,
    /// 式
    Equation,
    /// 章
    Chapter,
}

impl Kind {
    const ALL: [Kind; 5] = [
        Kind::Figure,
        Kind::Listing,
        Kind::Table,
        Kind::Equation,
        Kind::Chapter,
    ];

    /// The word in a directive.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Figure => "figure",
            Kind::Listing => "listing",
            Kind::Table => "table",
            Kind::Equation => "equation",
            Kind::Chapter => "chapter",
        }
    }

    /// The word a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Figure => "图",
            Kind::Listing => "代码",
            Kind::Table => "表",
            Kind::Equation => "式",
            Kind::Chapter => "章",
        }
    }

    fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What is collected from the whole book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// The literature.
    References,
    /// The terms.
    Glossary,
    /// All figures.
    Figures,
    /// All listings.
    Listings,
}

impl List {
    /// The words in the directive.
    pub fn words(self) -> &'static str {
        match self {
            List::References => "references",
            List::Glossary => "glossary",
            List::Figures => "index figures",
            List::Listings => "index listings",
        }
    }
}

/// One directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directive {
    /// `{{value KEY FORMAT}}`
    Value {
        /// The full key.
        key: String,
        /// The format, if one was given.
        format: Option<String>,
    },
    /// `{{ref KIND NAME}}`
    Ref {
        /// What is referred to.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// `{{output NAME}}`
    Output {
        /// Name of the listing.
        name: String,
    },
    /// `{{cite KEY …}}`, `{{cite year KEY …}}`
    Cite {
        /// The keys of the sources.
        keys: Vec<String>,
        /// Whether the authors are left out.
        year_only: bool,
    },
    /// `{{term ID}}`
    Term {
        /// The name of the term.
        id: String,
    },
    /// `{{references}}`, `{{glossary}}`, `{{index …}}`
    List {
        /// Which one.
        list: List,
    },
    /// `{{exercise NAME}}`
    Exercise {
        /// Name of the exercise.
        name: String,
    },
    /// `{{KIND NAME}}` body `{{/KIND}}`
    Block {
        /// Figure, listing, table or equation.
        kind: Kind,
        /// Its name.
        name: String,
        /// What stands between the opening and the closing.
        body: Range<usize>,
    },
}

/// A directive with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the Markdown text that it takes up.
    pub range: Range<usize>,
    /// Line of its opening, from 1.
    pub line: usize,
    /// The directive.
    pub directive: Directive,
}

const WORDS: [&str; 13] = [
    "value",
    "ref",
    "figure",
    "listing",
    "output",
    "table",
    "equation",
    "cite",
    "term",
    "references",
    "glossary",
    "index",
    "exercise",
];

/// The Markdown options that mdBook itself uses, so that both see the same blocks.
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// The line (from 1) of a byte offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].bytes().filter(|byte| *byte == b'\n').count() + 1
}

/// The byte ranges of fenced code, indented code and inline code.
pub fn code_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut block_start = None;
    for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block_start = Some(range.start),
            Event::End(TagEnd::CodeBlock) => {
                if let Some(start) = block_start.take() {
                    ranges.push(start..range.end);
                }
            }
            Event::Code(_) => ranges.push(range),
            _ => {}
        }
    }
    ranges
}

/// All directives of a page, in order; or what is wrong with them. `page` names the file in errors,
/// `formulas` are the ranges of its formulas: in them only `{{value …}}` is looked for, since
/// double braces are also LaTeX (`x^{{2}}`). Elsewhere every `{{` must be a directive.
pub fn find(page: &str, text: &str, formulas: &[Range<usize>]) -> Result<Vec<Found>, Vec<Problem>> {
    let code = code_ranges(text);
    let mut found: Vec<Found> = Vec::new();
    let mut open: Option<(Kind, String, Range<usize>)> = None;
    let mut problems = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|offset| at + offset) {
        at = start + 2;
        if code.iter().any(|range| range.contains(&start)) {
            continue;
        }
        let inner_start = start + 2;
        let rest = &text[inner_start..];
        let in_formula = formulas.iter().any(|range| range.contains(&start));
        // mdBook's own `{{#include …}}` is checked where files are known.
        if rest.starts_with('#') || (in_formula && !rest.starts_with("value ")) {
            continue;
        }
        let line = line_of(text, start);
        let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        let Some(end) = text[inner_start..line_end].find("}}") else {
            problems.push(Problem::new(
                page,
                line,
                format!("{} 没有写完", text[start..line_end].trim_end()),
                "在同一行里补上 }}。",
            ));
            continue;
        };
        let inner = &text[inner_start..inner_start + end];
        let range = start..inner_start + end + 2;
        at = range.end;
        match parse(inner) {
            Ok(Parsed::Inline(directive)) => found.push(Found {
                range,
                line,
                directive,
            }),
            Ok(Parsed::Open(kind, name)) => {
                if let Some((other, other_name, other_range)) = &open {
                    problems.push(Problem::new(
                        page,
                        line_of(text, other_range.start),
                        format!("{{{{{} {other_name}}}}} 没有结束", other.word()),
                        format!("在下一个块之前写上 {{{{/{}}}}}。", other.word()),
                    ));
                }
                open = Some((kind, name, range));
            }
            Ok(Parsed::Close(kind)) => match open.take() {
                Some((opened, name, opening)) if opened == kind => {
                    let body = opening.end..range.start;
                    found.push(Found {
                        line: line_of(text, opening.start),
                        range: opening.start..range.end,
                        directive: Directive::Block { kind, name, body },
                    });
                }
                _ => problems.push(Problem::new(
                    page,
                    line,
                    format!("{{{{/{}}}}} 没有与它配对的开头", kind.word()),
                    format!("前面应有 {{{{{} 名字}}}}。", kind.word()),
                )),
            },
            Err((message, hint)) => problems.push(Problem::new(page, line, message, hint)),
        }
    }
    if let Some((kind, name, range)) = open {
        problems.push(Problem::new(
            page,
            line_of(text, range.start),
            format!("{{{{{} {name}}}}} 没有结束", kind.word()),
            format!("在块的末尾写上 {{{{/{}}}}}。", kind.word()),
        ));
    }
    if problems.is_empty() {
        found.sort_by_key(|one| one.range.start);
        Ok(found)
    } else {
        Err(problems)
    }
}

enum Parsed {
    Inline(Directive),
    Open(Kind, String),
    Close(Kind),
}

fn parse(inner: &str) -> Result<Parsed, (String, String)> {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let wrong = |hint: String| (format!("看不懂 {{{{{inner}}}}}"), hint);
    let names_something = words
        .first()
        .is_some_and(|word| *word != "value" && WORDS.contains(word));
    let is_name = |word: &&&str| {
        word.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if names_something && let Some(name) = words.iter().skip(1).find(|word| !is_name(word)) {
        return Err(wrong(format!(
            "名字只用小写字母、数字和连字符，{name} 不行。"
        )));
    }
    match words.as_slice() {
        ["value", key] => Ok(Parsed::Inline(Directive::Value {
            key: key.to_string(),
            format: None,
        })),
        ["value", key, format] => Ok(Parsed::Inline(Directive::Value {
            key: key.to_string(),
            format: Some(format.to_string()),
        })),
        ["value", ..] => Err(wrong(
            "写法是 {{value 键}} 或 {{value 键 格式}}，例如 {{value first-program-descent.final-x .4}}。"
                .into(),
        )),
        ["ref", kind, name] => match Kind::from_word(kind) {
            Some(kind) => Ok(Parsed::Inline(Directive::Ref {
                kind,
                name: name.to_string(),
            })),
            None => Err(wrong(
                "{{ref 种类 名字}} 的种类是 figure、listing、table、equation 或 chapter。".into(),
            )),
        },
        ["ref", ..] => Err(wrong(
            "写法是 {{ref 种类 名字}}，例如 {{ref figure first-program-descent}}。".into(),
        )),
        ["output", name] => Ok(Parsed::Inline(Directive::Output {
            name: name.to_string(),
        })),
        ["cite", "year", keys @ ..] if !keys.is_empty() => Ok(Parsed::Inline(cite(keys, true))),
        ["cite", keys @ ..] if !keys.is_empty() && !keys.contains(&"year") => {
            Ok(Parsed::Inline(cite(keys, false)))
        }
        ["cite", ..] => Err(wrong(
            "写法是 {{cite 文献}} 或 {{cite year 文献}}，可以有几篇，例如 {{cite polyak-1964 nesterov-1983}}。"
                .into(),
        )),
        ["term", id] => Ok(Parsed::Inline(Directive::Term { id: id.to_string() })),
        ["term", ..] => Err(wrong("写法是 {{term 术语}}，例如 {{term momentum}}。".into())),
        ["references"] => Ok(Parsed::Inline(list(List::References))),
        ["glossary"] => Ok(Parsed::Inline(list(List::Glossary))),
        ["index", "figures"] => Ok(Parsed::Inline(list(List::Figures))),
        ["index", "listings"] => Ok(Parsed::Inline(list(List::Listings))),
        ["references" | "glossary", ..] => Err(wrong("它后面不写别的。".into())),
        ["index", ..] => Err(wrong("写法是 {{index figures}} 或 {{index listings}}。".into())),
        ["exercise", name] => Ok(Parsed::Inline(Directive::Exercise {
            name: name.to_string(),
        })),
        [word, name] if block_kind(word).is_some() => Ok(Parsed::Open(
            block_kind(word).expect("guarded"),
            name.to_string(),
        )),
        [word] if word.strip_prefix('/').and_then(block_kind).is_some() => Ok(Parsed::Close(
            word.strip_prefix('/').and_then(block_kind).expect("guarded"),
        )),
        [word, ..] if WORDS.contains(&word.trim_start_matches('/')) => {
            Err(wrong(format!("写法是 {{{{{word} 名字}}}}，名字只有一个。")))
        }
        [word, ..] => Err(wrong(format!(
            "{}可用的有 {}。",
            nearest(word, WORDS),
            WORDS.join("、")
        ))),
        [] => Err(wrong("大括号里是空的。".into())),
    }
}

fn cite(keys: &[&str], year_only: bool) -> Directive {
    Directive::Cite {
        keys: keys.iter().map(|key| key.to_string()).collect(),
        year_only,
    }
}

fn list(list: List) -> Directive {
    Directive::List { list }
}

fn block_kind(word: &str) -> Option<Kind> {
    Kind::from_word(word).filter(|kind| *kind != Kind::Chapter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_refs_and_blocks_are_found_with_their_lines() {
        let text = "# T\n\n起点 {{value a.b .4}}，见{{ref figure a-b}}。\n\n{{figure a-b}}\n图注\nalt: 说明\n{{/figure}}\n";
        let found = find("p", text, &[]).unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].line, 3);
        assert_eq!(
            found[0].directive,
            Directive::Value {
                key: "a.b".into(),
                format: Some(".4".into())
            }
        );
        assert_eq!(found[2].line, 5);
        let Directive::Block { kind, name, body } = &found[2].directive else {
            panic!()
        };
        assert_eq!((*kind, name.as_str()), (Kind::Figure, "a-b"));
        assert_eq!(&text[body.clone()], "\n图注\nalt: 说明\n");
    }

    #[test]
    fn code_and_latex_braces_are_left_alone() {
        let text = "`{{value x}}` 和 $x^{{2}}$ 和 {{#include a.rs}}\n\n```text\n{{value y}}\n```\n";
        let formula = text.find("x^").unwrap()..text.find("$ 和 {{#").unwrap();
        assert_eq!(find("p", text, &[formula]).unwrap(), []);
    }

    #[test]
    fn several_sources_are_one_citation() {
        let found = find("p", "一{{cite a-1964 b-1983}}二{{cite year a-1964}}", &[]).unwrap();
        let keys = |keys: &[&str]| keys.iter().map(|key| key.to_string()).collect::<Vec<_>>();
        assert_eq!(
            [&found[0].directive, &found[1].directive],
            [
                &Directive::Cite {
                    keys: keys(&["a-1964", "b-1983"]),
                    year_only: false
                },
                &Directive::Cite {
                    keys: keys(&["a-1964"]),
                    year_only: true
                },
            ]
        );
    }

    #[test]
    fn nothing_in_double_braces_is_passed_over() {
        for wrong in [
            "{{ vlaue x }}",
            "{{Value x}}",
            "{{v}}",
            "{{}}",
            "{{figure 图}}",
            "{{cite}}",
            "{{cite year}}",
            "{{cite a-1964 year}}",
            "{{cite A-1964}}",
            "{{cite a-1964, b-1983}}",
            "{{term}}",
            "{{term a b}}",
            "{{glossary all}}",
            "{{index tables}}",
            "{{{value a.b}}}",
        ] {
            assert!(find("p", wrong, &[]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mistakes_name_the_line_and_the_remedy() {
        let problems = find("src/p.md", "一\n二 {{vlaue a.b}}\n{{figure x}}\n", &[]).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].line, 2);
        assert!(problems[0].hint.contains("value"), "{}", problems[0]);
        assert_eq!(problems[1].line, 3);
        assert!(problems[1].message.contains("没有结束"));
    }
}
