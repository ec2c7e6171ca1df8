//! Colours for Rust code at build time: the preprocessor `highlight` writes each Rust block as HTML
//! whose words carry a class (`theme/css/page.css` holds the colours), so that no page needs a
//! highlighter of its own.
//!
//! The words are found by rustc's own lexer. It runs after all other preprocessors, which look for
//! code fences, and not for `mdbook test`, which compiles them.

use crate::directive::markdown_options;
use anyhow::Result;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

/// The preprocessor `highlight`.
pub struct Highlight;

impl Preprocessor for Highlight {
    fn name(&self) -> &str {
        "highlight"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        book.for_each_chapter_mut(|chapter| {
            chapter.content = replace_blocks(&chapter.content);
        });
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer != "test")
    }
}

/// The page with its Rust blocks as HTML.
fn replace_blocks(text: &str) -> String {
    let mut page = String::with_capacity(2 * text.len());
    let mut copied = 0;
    let mut block: Option<(String, String)> = None;
    for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                // ```rust,ignore: the words behind the language become classes, as in mdBook.
                let mut words = info.split([',', ' ']).filter(|word| !word.is_empty());
                if words.next() == Some("rust") {
                    let classes = words.fold("language-rust".to_string(), |all, word| {
                        format!("{all} {word}")
                    });
                    block = Some((classes, String::new()));
                }
            }
            Event::Text(part) => {
                if let Some((_, code)) = &mut block {
                    code.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((classes, code)) = block.take() {
                    page.push_str(&text[copied..range.start]);
                    page += &format!(
                        "<pre><code class=\"{}\">{}</code></pre>",
                        escape(&classes),
                        // One line: in a list or a quotation every line would need its indent.
                        html(&code).replace('\n', "&#10;")
                    );
                    copied = range.end;
                    // The range of a block may or may not take in the end of its last line.
                    if text[..copied].ends_with('\n') {
                        page.push('\n');
                    }
                }
            }
            _ => {}
        }
    }
    page.push_str(&text[copied..]);
    page
}

/// A program with its words in classes and its hidden lines, as mdBook marks them, in `boring`.
fn html(code: &str) -> String {
    let (source, hidden) = unhide(code.trim_end_matches('\n'));
    let classes = classes(&source);
    let mut words = classes.into_iter().peekable();
    let mut html = String::with_capacity(2 * code.len());
    let mut at = 0;
    for (line, is_hidden) in source.split_inclusive('\n').zip(hidden) {
        let end = at + line.len();
        if is_hidden {
            html.push_str("<span class=\"boring\">");
        }
        while let Some((start, stop, class)) = words.peek().copied() {
            if start >= end {
                break;
            }
            html.push_str(&escape(&source[at..start.max(at)]));
            // A text or a comment of several lines is coloured line by line.
            let stop_here = stop.min(end);
            html += &format!(
                "<span class=\"{class}\">{}</span>",
                escape(&source[start.max(at)..stop_here])
            );
            at = stop_here;
            if stop > end {
                break;
            }
            words.next();
        }
        html.push_str(&escape(&source[at..end]));
        at = end;
        if is_hidden {
            html.push_str("</span>");
        }
    }
    html
}

/// Takes away the `# ` of hidden lines, and one `#` of `##`; says which lines are hidden.
fn unhide(code: &str) -> (String, Vec<bool>) {
    let mut source = String::with_capacity(code.len());
    let mut hidden = Vec::new();
    for line in code.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (before, marked) = line.split_at(indent);
        let rest = marked.strip_prefix('#');
        let (is_hidden, shown) = match rest {
            Some(rest) if rest.trim_end().is_empty() => (true, rest),
            Some(rest) if rest.starts_with(' ') => (true, &rest[1..]),
            Some(rest) if rest.starts_with('#') => (false, rest),
            _ => (false, marked),
        };
        source.push_str(before);
        source.push_str(shown);
        hidden.push(is_hidden);
    }
    (source, hidden)
}

/// Start, end and class of every word that has a colour.
fn classes(source: &str) -> Vec<(usize, usize, &'static str)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for token in tokenize(source, FrontmatterAllowed::No) {
        let end = at + token.len as usize;
        tokens.push((token.kind, at, end));
        at = end;
    }
    let kind = |index: usize| tokens.get(index).map(|token| token.0);
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let (token, start, end) = tokens[index];
        let word = &source[start..end];
        // `#[…]` and `#![…]`: all of it at once.
        let bracket = index + 1 + usize::from(kind(index + 1) == Some(TokenKind::Bang));
        if token == TokenKind::Pound && kind(bracket) == Some(TokenKind::OpenBracket) {
            let mut depth = 0;
            let mut last = bracket;
            while let Some(token) = kind(last) {
                match token {
                    TokenKind::OpenBracket => depth += 1,
                    TokenKind::CloseBracket => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                last += 1;
            }
            let last = last.min(tokens.len() - 1);
            found.push((start, tokens[last].2, "hl-attribute"));
            index = last + 1;
            continue;
        }
        let class = match token {
            TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Some("hl-comment"),
            TokenKind::Literal { kind, .. } => Some(match kind {
                LiteralKind::Int { .. } | LiteralKind::Float { .. } => "hl-number",
                _ => "hl-string",
            }),
            TokenKind::Lifetime { .. } | TokenKind::RawLifetime => Some("hl-type"),
            TokenKind::Ident if KEYWORDS.contains(&word) => Some("hl-keyword"),
            TokenKind::Ident if kind(index + 1) == Some(TokenKind::Bang) => {
                // `name!` is a macro, `name != other` is not.
                (kind(index + 2) != Some(TokenKind::Eq)).then_some("hl-macro")
            }
            TokenKind::Ident if is_type(word) => Some("hl-type"),
            _ => None,
        };
        if let Some(class) = class {
            found.push((start, end, class));
        }
        index += 1;
    }
    found
}

/// The keywords of Rust 2024; the lexer leaves them to the parser.
const KEYWORDS: [&str; 37] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "type", "unsafe", "use",
    "where", "while",
];

/// The types that are written in small letters.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

/// Types, traits and variants begin with a capital and go on in small letters; constants do not.
fn is_type(word: &str) -> bool {
    PRIMITIVES.contains(&word)
        || word.starts_with(|c: char| c.is_ascii_uppercase())
            && (word.len() == 1 || word.contains(|c: char| c.is_ascii_lowercase()))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_their_classes() {
        for (code, expected) in [
            ("let x = 1.0e-3_f64;", "let:keyword 1.0e-3_f64:number"),
            ("println!(\"{x}\")", "println:macro \"{x}\":string"),
            ("a != b // 不等", "// 不等:comment"),
            (
                "#[derive(Debug)]\nstruct S;",
                "#[derive(Debug)]:attribute struct:keyword S:type",
            ),
            ("#![allow(x)]", "#![allow(x)]:attribute"),
            (
                "fn f<'a>(x: &'a [f64]) {}",
                "fn:keyword 'a:type 'a:type f64:type",
            ),
            ("Vec::new() + STEPS + r#type", "Vec:type"),
            ("'c' /* a\nb */", "'c':string /* a\nb */:comment"),
            ("#[unclosed", "#[unclosed:attribute"),
        ] {
            let found: Vec<String> = classes(code)
                .iter()
                .map(|(start, end, class)| format!("{}:{}", &code[*start..*end], &class[3..]))
                .collect();
            assert_eq!(found.join(" "), expected);
        }
    }

    #[test]
    fn a_block_keeps_its_text_and_hides_what_mdbook_hides() {
        let code = "# use x;\n#\n## 不藏\n#[inline]\nfn f() -> &str {\n    # \"a\n    # b\"\n}\n";
        let html = html(code);
        let mut text = String::new();
        for piece in html.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
        }
        assert_eq!(
            text,
            "use x;\n\n# 不藏\n#[inline]\nfn f() -&gt; &amp;str {\n    &quot;a\n    b&quot;\n}"
        );
        assert_eq!(html.matches("<span class=\"boring\">").count(), 4, "{html}");
        assert_eq!(
            html.matches("<span").count(),
            html.matches("</span>").count()
        );
        // The text of two lines is coloured line by line.
        assert!(
            html.contains("&quot;a\n</span></span><span class=\"boring\"><span"),
            "{html}"
        );
    }

    #[test]
    fn a_block_in_a_list_is_one_line_and_other_languages_stay() {
        let text = "- 一\n\n  ```rust,no_run\n  let a = 1;\n\n  a < 2\n  ```\n\n- 二\n\n```text\nlet\n```\n尾\n";
        assert_eq!(
            replace_blocks(text),
            "- 一\n\n  <pre><code class=\"language-rust no_run\"><span class=\"hl-keyword\">let</span> \
             a = <span class=\"hl-number\">1</span>;&#10;&#10;a &lt; <span class=\"hl-number\">2</span>\
             </code></pre>\n\n- 二\n\n```text\nlet\n```\n尾\n"
        );
    }
}
