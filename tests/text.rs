//! Rules of the Chinese text, checked on the sources.

use gd_book::directive;
use gd_book::expand::{Expander, Purpose};
use gd_book::figures::Figures;
use gd_book::formulas::Checker;
use gd_book::glossary::Glossary;
use gd_book::project::{Project, files_below, read_text};
use gd_book::site;

/// Each page: its name, its text, and the same text with code, formulas and directives blanked out
/// (line breaks kept), so that rules of prose do not look into them.
fn pages() -> Vec<(String, String, String)> {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut pages = Vec::new();
    for file in files_below(&project.src()).unwrap() {
        if file.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = read_text(&file).unwrap();
        let mut prose = text.clone().into_bytes();
        let mut blank = |range: std::ops::Range<usize>| {
            for byte in &mut prose[range] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        };
        for range in directive::code_ranges(&text) {
            blank(range);
        }
        for (open, close) in [("$$", "$$"), ("$", "$"), ("{{", "}}"), ("](", ")")] {
            let mut at = 0;
            while let Some(start) = text[at..].find(open).map(|n| at + n) {
                let inside = start + open.len();
                let Some(end) = text[inside..].find(close).map(|n| inside + n + close.len()) else {
                    break;
                };
                blank(start..end);
                at = end;
            }
        }
        let name = file
            .strip_prefix(project.root())
            .unwrap()
            .display()
            .to_string();
        pages.push((name, text, String::from_utf8(prose).unwrap()));
    }
    assert!(pages.len() >= 12);
    pages
}

fn check(rule: &str, wrong: impl Fn(&str) -> bool) {
    let mut found = Vec::new();
    for (name, text, prose) in pages() {
        for (index, (line, prose)) in text.lines().zip(prose.lines()).enumerate() {
            if wrong(prose) {
                found.push(format!("{name}，第 {} 行：{line}", index + 1));
            }
        }
    }
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

/// Each page as the reader gets it, in Markdown: values, references and listings put in, without
/// pictures.
fn expanded_pages() -> Vec<(String, String)> {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    let figures = Figures::load(&project, |_| {}).unwrap();
    let mdbook = site::load(&project, &project.cache().join("unused")).unwrap();
    let memory = project.cache().join("formulas.txt");
    let mut formulas = Checker::new(&mdbook.config, project.root(), memory).unwrap();
    let expander = Expander::new(&project, &figures, Purpose::Test);
    let book = expander.expand(mdbook.book, &mut formulas).unwrap();
    book.chapters()
        .map(|chapter| (chapter.name.clone(), without_links(&chapter.content)))
        .collect()
}

/// `[图 2-1](page.md#x)` reads as `图 2-1`; the brackets are not there for the reader.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let Some(start) = rest[..middle].rfind('[') else {
            break;
        };
        let Some(end) = rest[middle..].find(')') else {
            break;
        };
        plain.push_str(&rest[..start]);
        plain.push_str(&rest[start + 1..middle]);
        rest = &rest[middle + end + 1..];
    }
    plain + rest
}

#[test]
fn autocorrect_has_nothing_to_say() {
    let mut found = Vec::new();
    for (name, text) in expanded_pages() {
        let report = autocorrect::lint_for(&text, "markdown");
        for line in report.lines {
            if line.severity == autocorrect::Severity::Error {
                found.push(format!(
                    "{name}，第 {} 行：\n  {}\n  {}",
                    line.line, line.old, line.new
                ));
            }
        }
    }
    assert!(found.is_empty(), "autocorrect：\n{}", found.join("\n"));
}

#[test]
fn bold_ends_before_punctuation() {
    check("粗体里不要以标点结尾：写 **词**：", |line| {
        line.split("**")
            .skip(1)
            .step_by(2)
            .any(|bold| bold.ends_with(['：', '，', '；']))
    });
}

#[test]
fn bold_marks_come_in_pairs() {
    check("** 没有成对", |line| {
        line.matches("**").count() % 2 == 1
    });
}

#[test]
fn no_computed_number_is_typed_by_hand() {
    check(
        "三位以上的小数应当是 {{value …}}，不要手写",
        |line| {
            let bytes = line.as_bytes();
            line.match_indices('.').any(|(at, _)| {
            at > 0
                && bytes[at - 1].is_ascii_digit()
                && bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count() >= 3
                // What is put in, not what comes out: learning rates to try, and a version.
                && !["0.001", "0.999", "0.000001"].iter().any(|given| line[at - 1..].starts_with(given))
                && !line[..at].contains("arXiv:") && !line[..at].contains("doi:")
        })
        },
    );
}

/// What others say stands in quotation marks, and may use their words.
fn without_quotes(line: &str) -> String {
    let mut plain = String::new();
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '“' => is_quoted = true,
            '”' => is_quoted = false,
            _ if !is_quoted => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// The words to avoid, each with the term that stands for it, found in a line.
fn avoided<'a>(glossary: &'a Glossary, line: &str) -> Vec<(&'a str, &'a str)> {
    let line = without_quotes(line);
    let all = glossary.terms().iter().flat_map(|term| {
        let words = term.avoid.iter();
        words.map(move |word| (word.as_str(), term.zh.as_str()))
    });
    all.filter(|(word, _)| line.contains(word)).collect()
}

#[test]
fn one_thing_has_one_name() {
    let project = Project::at(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut problems = Vec::new();
    let glossary = Glossary::read(&project, &mut problems);
    assert_eq!(problems, []);
    assert!(glossary.terms().len() >= 70);
    assert_eq!(
        avoided(&glossary, "“学习速率”就是学习速率"),
        [("学习速率", "学习率")]
    );
    let mut texts: Vec<(String, String)> = pages()
        .into_iter()
        .map(|(name, text, _)| (name, text))
        .collect();
    for folder in ["examples", "crates/gd-figures/src"] {
        for file in files_below(&project.root().join(folder)).unwrap() {
            if file.extension().is_some_and(|ending| ending == "rs") {
                let name = file.strip_prefix(project.root()).unwrap();
                texts.push((name.display().to_string(), read_text(&file).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    for (name, text) in texts {
        for (index, line) in text.lines().enumerate() {
            for (word, right) in avoided(&glossary, line) {
                found.push(format!(
                    "{name}，第 {} 行：“{word}”应写“{right}”：{}",
                    index + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(
        found.is_empty(),
        "一件事只用一个说法，见 {}\n{}",
        gd_book::glossary::FILE,
        found.join("\n")
    );
}

#[test]
fn nothing_is_left_for_later() {
    check("书里不要留下占位的话", |line| {
        ["TODO", "FIXME", "待补", "敬请期待", "未完待续"]
            .iter()
            .any(|word| line.contains(word))
    });
}
